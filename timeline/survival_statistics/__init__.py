"""Survival statistics of a table: curves, tests and models as numbers, a table and sentences."""

from timeline.survival_statistics.analysis import survival
from timeline.survival_statistics.result import SurvivalStatistics

__all__ = ["SurvivalStatistics", "survival"]
