"""Percentages and the counts behind them; for categories of all patients see ``partitions``."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

import attrs

from timeline.core.calendar.durations import rounded
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    consistent_roundings,
    equal,
    judge,
    times,
    whole_numbers,
)

HUNDRED = 100
MOST_TRIED = 20_000  # numbers of patients; above it nearly every percentage is some share


@attrs.frozen(kw_only=True)
class PercentOfN(CheckResult):
    """A percentage of ``n``, and the counts of ``n`` that print as it does."""

    percent: Printed
    n: int
    count: int | None
    counts: Sequence[int]

    @property
    def expected(self) -> str | None:
        """What the count prints as with as many digits, half up; None without a count."""
        if self.count is None:
            return None
        return rounded(Fraction(HUNDRED * self.count, self.n), places_of(self.percent))


def places_of(number: Printed) -> int:
    """How many decimals a print has."""
    return len(str(number.unit.denominator)) - 1


def counts_within(percent: Span, n: int) -> range:
    """The counts k of 0 to n with 100 k / n in a range of percent; there may be very many.

    In whole numbers alone: a search for another denominator computes thousands of them.
    """
    first, last = 0, n
    if not isinstance(percent.low, float):
        least, rest = divmod(percent.low.numerator * n, percent.low.denominator * HUNDRED)
        first = least + (rest > 0 or not percent.low_in)
    if not isinstance(percent.high, float):
        most, rest = divmod(percent.high.numerator * n, percent.high.denominator * HUNDRED)
        last = most - (rest == 0 and not percent.high_in)
    first = max(first, 0)
    return range(first, max(min(last, n) + 1, first))


def percent_of_n(percent: Printed, n: int, count: int | None = None) -> PercentOfN:
    """Whether k of n patients print as this percentage: the count given, or any (K01, K02).

    The GRIM test with a percentage (Brown and Heathers 2017, doi:10.1177/1948550616673876). Only
    for shares of patients; never for a Kaplan-Meier rate after the first censoring.

    >>> from timeline.core.printed_numbers import parse_printed
    >>> percent_of_n(parse_printed("42.2"), 7).fit.value
    'contradicted'
    >>> percent_of_n(parse_printed("42.9"), 7).counts[0]
    3
    """
    at_least_one(n)
    if count is not None and count < 0:
        raise ValueError(f"a count below 0: {count} (write 0 or more)")

    def find(spans: tuple[Span, ...]) -> Sequence[int]:
        counts = counts_within(spans[0], n)
        return counts if count is None else (count,) * (count in counts)

    fit, roundings, _ = consistent_roundings([percent], find)
    counts = consistent_roundings([percent], lambda spans: counts_within(spans[0], n))[2]
    return PercentOfN(
        fit=fit, roundings=roundings, percent=percent, n=n, count=count, counts=counts
    )


@attrs.frozen(kw_only=True)
class Denominators(CheckResult):
    """Which n of 1 to ``most`` reproduce every one of some percentages.

    ``fitting`` under the default rounding, or the first that has any; ``others`` only under
    another one.
    """

    most: int
    fitting: Sequence[int]
    others: tuple[int, ...]

    @property
    def smallest(self) -> int | None:
        return self.fitting[0] if self.fitting else None


def denominators(
    percents: Sequence[Printed], most: int, counts: Sequence[int] = ()
) -> Denominators:
    """The numbers of patients that can be the denominators of a set of percentages (K03).

    ``counts``: the printed count of each percentage, where known; then k itself must fit.
    More than ``MOST_TRIED`` are not tried: NOT_CHECKABLE where none of so many fits.
    """
    at_least_one(most)
    tried_all, most = most <= MOST_TRIED, min(most, MOST_TRIED)
    if counts and len(counts) != len(percents):
        raise ValueError(f"{len(counts)} counts for {len(percents)} percentages (one for each)")

    def fits(spans: tuple[Span, ...], n: int) -> bool:
        possible = [counts_within(span, n) for span in spans]
        if counts:
            return all(k in those for k, those in zip(counts, possible, strict=True))
        return all(possible)

    tried: set[int] = set()

    def find(spans: tuple[Span, ...]) -> tuple[int, ...]:
        found = tuple(n for n in range(1, most + 1) if fits(spans, n))
        tried.update(found)
        return found

    fit, roundings, fitting = consistent_roundings(percents, find)
    if fit is Consistency.CONTRADICTED and not tried_all:
        fit = Consistency.NOT_CHECKABLE
    others = tuple(sorted(tried - set(fitting)))
    return Denominators(fit=fit, roundings=roundings, most=most, fitting=fitting, others=others)


def implied(percents: Sequence[Printed], counts: Sequence[int]) -> Denominators:
    """The numbers of patients that counts and their percentages imply, however many (K03).

    n = 100 k / p for each pair; only counts above 0 are informative. ``most`` is the largest.
    """
    pairs = [(each, k) for each, k in zip(percents, counts, strict=True) if k > 0]
    if not pairs:
        raise ValueError("no count above 0 (write the counts of the percentages)")

    def find(spans: tuple[Span, ...]) -> range:
        ranges = [_numbers_of(span, count) for span, (_, count) in zip(spans, pairs, strict=True)]
        return range(max(each.start for each in ranges), min(each.stop for each in ranges))

    fit, roundings, fitting = consistent_roundings([each for each, _ in pairs], find)
    most = fitting[-1] if fitting else 0
    return Denominators(fit=fit, roundings=roundings, most=most, fitting=fitting, others=())


def _numbers_of(percent: Span, count: int) -> range:
    """The n of which a count is a percentage in a range above 0; n without a gap."""
    low, high = Fraction(percent.low), Fraction(percent.high)
    if low <= 0:
        return range(0)
    sizes = Span(HUNDRED * count / high, HUNDRED * count / low, percent.high_in, percent.low_in)
    return whole_numbers(sizes, count, math.ceil(sizes.high))


def same_fraction(prints: Sequence[Printed]) -> CheckResult:
    """Whether several prints can be one and the same fraction (K06).

    With as many digits, they must be equal; with fewer, some value must round to each.
    """
    values = defaultdict(set)
    for each in prints:
        if each.value is not None:
            values[each.unit].add(each.value)
    if any(len(those) > 1 for those in values.values()):
        return CheckResult(fit=Consistency.CONTRADICTED)
    fit, roundings, _ = consistent_roundings(prints, _common)
    return CheckResult(fit=fit, roundings=roundings)


def _common(spans: tuple[Span, ...]) -> Span | None:
    common: Span | None = spans[0]
    for span in spans[1:]:
        common = common & span if common else None
    return common


def risk_reduction(reduction: Printed, ratio: Printed) -> CheckResult:
    """A reduction of risk in percent against its ratio: 100 (1 - ratio) (K24)."""
    fit, roundings = judge(
        [reduction, ratio], lambda spans: equal(-times(spans[1], HUNDRED) + HUNDRED, spans[0])
    )
    return CheckResult(fit=fit, roundings=roundings)


@attrs.frozen
class Precision:
    """Decimals printed, and how many separate each count of n from the next (steps of 100 / n)."""

    places: int
    needed: int

    @property
    def excess(self) -> int:
        return max(0, self.places - self.needed)


def precision(percent: Printed, n: int) -> Precision:
    """Whether a percentage has more decimals than n patients can fill: unit below 100 / n (K45)."""
    at_least_one(n)
    needed = 0
    while Fraction(1, 10**needed) > Fraction(HUNDRED, n):
        needed += 1
    return Precision(places_of(percent), needed)


def at_least_one(n: int) -> None:
    if n < 1:
        raise ValueError(f"not a number of patients: {n} (write 1 or more)")
