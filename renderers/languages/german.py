"""The phrases of figures."""

from __future__ import annotations

GERMAN: dict[str, str] = {}
