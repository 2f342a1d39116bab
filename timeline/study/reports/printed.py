"""The numbers of a study as a paper prints them; reports and claims use the same texts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.study.statistic import StudyStatistic
from timeline.study.summary import StudySummary

NOT_REACHED = "not reached"
NOT_ESTIMABLE = "not estimable"
TO = " to "
# a variable of groups and its group, a variable and its level in a population, of one analysis
_Key = tuple[str, str, str, str, str, str]


@attrs.frozen
class Figure:
    """The numbers of one thing, such as of the patients with PR: rows by statistic and method."""

    context: str
    by: str
    group: str
    variable: str
    level: str
    population: str
    rows: dict[tuple[str, str], StudyStatistic] = attrs.field(repr=False)

    def row(self, stat_name: str, method: str = "") -> StudyStatistic:
        """The row of a statistic; of limits that of a method. KeyError if there is none."""
        for (name, by), row in self.rows.items():
            if name == stat_name and (not method or by == method):
                return row
        raise KeyError(stat_name)

    def has(self, stat_name: str) -> bool:
        """Whether there is a row of a statistic."""
        return any(name == stat_name for name, _ in self.rows)

    def is_one(self, *stat_names: str) -> bool:
        """Whether each of some statistics has one number."""
        return all(self.has(name) and self.row(name).is_one for name in stat_names)

    def is_count_of(self, other: Figure) -> bool:
        """Whether it counts the patients of a median or a rate of times."""
        own, others = ((each.variable, each.by, each.group) for each in (self, other))
        same = own == others
        return same and self.context == "survival_counts"

    @property
    def count(self) -> str:
        """``7``; of an open record ``7 to 9``."""
        return text(self.row("n"), 0)

    @property
    def percent(self) -> str:
        """``46.7``: of the counts, so that a half is rounded up exactly."""
        row, size = self.row("n"), self.row("N").stat
        if not size:
            return NOT_ESTIMABLE
        low, high = (
            rounded(Fraction(100 * int(each or 0), int(size)), 1)
            for each in (row.stat_low, row.stat_high)
        )
        return low if low == high else f"{low}{TO}{high}"

    @property
    def count_and_percent(self) -> str:
        """``7 (46.7)``."""
        return f"{self.count} ({self.percent})"

    def limits(self, method: str = "", decimals: int = 1) -> str:
        """``22.4 to 72.6``; of an open record from the lower of the least to the upper of the most.

        Empty where there are none at all.
        """
        if not self.has("conf.low"):
            return ""
        low, high = self.row("conf.low", method), self.row("conf.high", method)
        if low.stat_low is None and high.stat_high is None and NOT_REACHED not in (
            low.reason, high.reason
        ):  # fmt: skip
            return ""
        return TO.join(
            rounded(Fraction(value), decimals) if value is not None else row.reason or NOT_REACHED
            for row, value in ((low, low.stat_low), (high, high.stat_high))
        )


def figures(summary: StudySummary) -> Iterator[Figure]:
    """The figures of a study in the order of their first rows."""
    found: dict[_Key, dict[tuple[str, str], StudyStatistic]] = {}
    for row in summary.rows:
        group = (row.group1, row.group1_level)
        key = (row.context, *group, row.variable, row.variable_level, row.population)
        found.setdefault(key, {})[row.stat_name, row.method] = row
    for key, rows in found.items():
        yield Figure(*key, rows)


def rounded(value: Fraction, decimals: int) -> str:
    """A number with some decimals, a half rounded away from 0: 6.25 is ``6.3``."""
    if value < 0:
        text = rounded(-value, decimals)
        return f"-{text}" if text.strip("0.") else text
    scale = 10**decimals
    whole = (value * scale + Fraction(1, 2)).__floor__()
    return f"{whole // scale}.{whole % scale:0{decimals}d}" if decimals else str(whole)


def text(row: StudyStatistic, decimals: int) -> str:
    """A number, the range of an open one, or why there is none."""
    if row.stat_low is None and row.stat_high is None:
        return row.reason if row.reason == NOT_REACHED else NOT_ESTIMABLE
    if row.stat_high is None:
        least = rounded(Fraction(row.stat_low or 0), decimals)
        return f"{least}{TO}{NOT_REACHED}" if "quantile" in row.context else f"{least} or more"
    low, high = (rounded(Fraction(each or 0), decimals) for each in (row.stat_low, row.stat_high))
    return low if low == high else f"{low}{TO}{high}"


def p_value(row: StudyStatistic) -> str:
    """A p value: ``0.032``, ``< 0.001``; empty where there is none."""
    if row.stat is None:
        return ""
    return "< 0.001" if row.stat < 0.001 else rounded(Fraction(row.stat), 3)


def years(row: StudyStatistic) -> str:
    """A median age: ``58``; of an even number of patients also ``58.5``."""
    ends = (row.stat_low or 0, row.stat_high or 0)
    return text(row, 0 if all(float(each).is_integer() for each in ends) else 1)
