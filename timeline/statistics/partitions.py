"""Categories that exclude each other and add up to all patients: their counts and percentages."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from timeline.core.calendar.durations import rounded
from timeline.core.printed_numbers import DEFAULT_ROUNDING, Printed
from timeline.core.span import Span
from timeline.statistics.percentages import HUNDRED, at_least_one, counts_within, places_of
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    bounded,
    judge,
    rounded_range,
    whether,
)


@attrs.frozen(kw_only=True)
class CountsSum(CheckResult):
    """The sum of the parts against the total; ``missing`` is negative where there are too many."""

    total: int
    n: int

    @property
    def missing(self) -> int:
        return self.n - self.total


def counts_sum(counts: Sequence[int], n: int) -> CountsSum:
    """Whether the counts of categories that exclude each other make up n (K04)."""
    total = sum(counts)
    return CountsSum(fit=whether(total == n), total=total, n=n)


@attrs.frozen(kw_only=True)
class PercentsSum(CheckResult):
    """The range that the sum of some percentages can have, under the default rounding."""

    total: Span


def percents_sum(percents: Sequence[Printed], n: int | None = None) -> PercentsSum:
    """Whether percentages of categories that exclude each other can make up 100 (K05).

    Each of m prints of unit u may be off by u/2, so 99.9 and 100.1 are fine. Given n, counts that
    print so must also add up to n.
    """
    bounded(*percents)

    def rule(spans: tuple[Span, ...]) -> Consistency:
        complete = HUNDRED in sum(spans, start=Span.point(0))
        return whether(complete and (n is None or _can_make(n, spans)))

    fit, roundings = judge(percents, rule)
    total = sum((rounded_range(each, DEFAULT_ROUNDING) for each in percents), start=Span.point(0))
    return PercentsSum(fit=fit, roundings=roundings, total=total)


def _can_make(n: int, spans: Sequence[Span]) -> bool:
    """Whether some counts add up to n; the counts of each print have no gaps, so ends decide."""
    possible = [counts_within(span, n) for span in spans]
    return all(possible) and sum(k[0] for k in possible) <= n <= sum(k[-1] for k in possible)


def forced_total(percents: Sequence[Printed], counts: Sequence[int]) -> bool:
    """Whether last digits were moved by one so that the prints add up to 100 exactly.

    True where correctly rounded percentages of the counts would not, the prints do, and each
    print is within one unit of the correct one.
    """
    n = sum(counts)
    at_least_one(n)
    right = [
        Fraction(rounded(Fraction(HUNDRED * count, n), places_of(percent)))
        for percent, count in zip(percents, counts, strict=True)
    ]
    values = [each.value for each in percents if each.value is not None]
    if len(values) < len(percents) or sum(values) != HUNDRED or sum(right) == HUNDRED:
        return False
    pairs = zip(percents, values, right, strict=True)
    return all(abs(value - correct) <= each.unit for each, value, correct in pairs)
