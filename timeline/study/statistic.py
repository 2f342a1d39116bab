"""One number of a study as a row: analysis results data (ARD) as the R package cards has them.

The names of the columns are those of cards (``group1``, ``variable``, ``variable_level``,
``context``, ``stat_name``, ``stat_label``, ``stat``). Added to them are the population, what the
record allows where it does not decide, the method, and the patients that the number counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from timeline.core.frozen_class import frozen
from timeline.core.span import Span

# The names of statistics are those of cards and broom, with their labels.
LABELS = {
    "n": "patients",
    "N": "denominator",
    "p": "percent",
    "conf.low": "lower confidence limit",
    "conf.high": "upper confidence limit",
    "median": "median",
    "min": "minimum",
    "max": "maximum",
    "n.missing": "not stated",
    "n.event": "events",
    "n.censored": "censored",
    "n.risk": "number at risk",
    "estimate": "estimate",
    "std.error": "standard error",
    "p.value": "p value, two-sided",
}
CONTEXTS = {
    "categorical": "patients of a level and their share of the population",
    "continuous": "median and range of a value",
    "rate": "share of the population with limits",
    "survival_counts": "patients, events and censored times",
    "survival_quantile": "median time without the event",
    "survival_rate": "share without the event at a time",
    "follow_up_quantile": "median follow-up",
    "restricted_mean": "mean time without the event up to a time",
    "hazard_ratio": "hazard of one group to that of the other",
    "restricted_mean_difference": "difference of two restricted means",
    "adverse_event": "patients by their worst grade of a term",
}


@frozen(kw_only=True)
class StudyStatistic:
    """One number.

    Attributes:
        context: the kind of analysis, a name of ``CONTEXTS``.
        group1: the variable that groups the patients; empty for all of them.
        group1_level: the group.
        variable: what is analysed, a name of ``ANALYSES`` or the term of an adverse event.
        variable_level: the category, the grade, or the time of a rate with its unit.
        population: the population that is counted, a name of ``POPULATIONS``.
        stat_name: a name of ``LABELS``.
        stat_label: what it is in words.
        stat: the number; None where the record allows several, or none.
        stat_low: the least number that the record allows; None where it has no bound.
        stat_high: the greatest.
        unit: of the number; percent, months, years or days; empty of counts.
        method: how it was found; empty where it was counted.
        subjects: the patients that the number surely counts.
        possible_subjects: further patients that it may count.
        reason: why there is no number, or not one.
    """

    context: str
    group1: str = ""
    group1_level: str = ""
    variable: str
    variable_level: str = ""
    population: str
    stat_name: str
    stat_label: str
    stat: float | int | None
    stat_low: float | int | None = None
    stat_high: float | int | None = None
    unit: str = ""
    method: str = ""
    subjects: tuple[str, ...] = ()
    possible_subjects: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_one(self) -> bool:
        """Whether there is a number, and the record allows no other."""
        return self.stat is not None


COLUMNS = (
    *("context", "group1", "group1_level", "variable", "variable_level", "population"),
    *("stat_name", "stat_label", "stat", "stat_low", "stat_high", "unit", "method"),
    *("subjects", "possible_subjects", "reason"),
)


def record_of(row: StudyStatistic) -> dict[str, Any]:
    """A row as plain values; patients as lists."""
    found = {name: getattr(row, name) for name in COLUMNS}
    return {name: list(value) if isinstance(value, tuple) else value
            for name, value in found.items()}  # fmt: skip


def statistics(
    values: Mapping[str, Span | float | int | None], *, reason: str = "", **fields: Any
) -> Iterator[StudyStatistic]:
    """A row for each of some numbers of one analysis.

    Args:
        values: by the names of ``LABELS``: a number; a range where the record allows several, with
            an infinite end where it has no bound; None where there is none.
        reason: why those that are not one number are not.
        fields: the other fields of the rows.
    """
    for name, value in values.items():
        low, high = _ends(value)
        one = low if low is not None and low == high else None
        yield StudyStatistic(
            stat_name=name,
            stat_label=LABELS[name],
            stat=one,
            stat_low=low,
            stat_high=high,
            reason="" if one is not None else reason,
            **fields,
        )


def _ends(value: Span | float | int | None) -> tuple[float | int | None, float | int | None]:
    if value is None:
        return None, None
    if not isinstance(value, Span):
        return value, value
    low, high = (_plain(end) for end in (value.low, value.high))
    return low, high


def _plain(end: Any) -> float | int | None:
    """An end of a range as a number of JSON; None for an open one."""
    if abs(end) == float("inf"):
        return None
    return int(end) if end == int(end) else float(end)
