"""Survival statistics of a table: curves, tests and models as numbers, a table and sentences.

The arguments alone are read without the statistics, which are loaded when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline.survival_statistics.analysis import survival
    from timeline.survival_statistics.result import SurvivalStatistics

__all__ = ["SurvivalStatistics", "survival"]

_HOMES = {"SurvivalStatistics": "result", "survival": "analysis"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
