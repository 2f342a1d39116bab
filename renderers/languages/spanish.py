"""The phrases of figures."""

from __future__ import annotations

SPANISH: dict[str, str] = {}
