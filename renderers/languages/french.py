"""The phrases of figures."""

from __future__ import annotations

FRENCH: dict[str, str] = {}
