"""Means and standard deviations of whole-number data: GRIM, GRIMMER and DEBIT.

A mean of whole numbers is a whole total divided by n, and so is a mean of squares; few prints of
either are possible where n is small. Every total and every sum of squares is tried, exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    bounded,
    consistent_roundings,
    times,
    whole_numbers,
)
from timeline.statistics.summaries import squared


@attrs.frozen
class SpreadKind:
    """A measure of spread, and the sum of squares about the mean that follows from it."""

    name: str
    factor: Callable[[int], int] = attrs.field(repr=False, eq=False)


SPREADS = (
    SpreadKind("sample SD", lambda n: n - 1),
    SpreadKind("population SD", lambda n: n),
    SpreadKind("standard error", lambda n: n * (n - 1)),
)


@attrs.frozen(kw_only=True)
class Totals(CheckResult):
    """The totals of whole numbers whose mean prints so, the first of very many."""

    totals: tuple[int, ...]


def grim(mean: Printed, n: int, items: int = 1) -> Totals:
    """Whether n whole numbers (or means of ``items`` whole numbers) have this mean (K26).

    Brown and Heathers 2017, doi:10.1177/1948550616673876. The numbers are 0 or more.
    """
    _sample(n, items, least=1)
    bounded(mean)
    fit, roundings, totals = consistent_roundings(
        [mean], lambda spans: tuple(_totals(spans[0], n * items)[:MOST_TOTALS])
    )
    return Totals(fit=fit, roundings=roundings, totals=totals)


MOST_TOTALS = 1000  # that are tried; where more print as one mean, a spread is not informative


def _sample(n: int, items: int, least: int) -> None:
    if n < least or items < 1:
        raise ValueError(f"not a sample: {n} of {items} items (write {least} or more, 1 or more)")


def _totals(mean: Span, size: int) -> range:
    total = times(mean, size)
    return whole_numbers(total, 0, max(0, math.ceil(total.high)))


@attrs.frozen(kw_only=True)
class Spreads(CheckResult):
    """Which measures of spread the print can be; the sample SD is what SD means."""

    kinds: tuple[str, ...]


def grimmer(mean: Printed, sd: Printed, n: int, items: int = 1) -> Spreads:
    """Whether n whole numbers (or means of ``items``) have this mean and SD (K26).

    Anaya 2016, doi:10.7287/peerj.preprints.2400v1, in the analytic form of Allard 2018: the sum
    of squares is whole, and odd where the total is. Where several totals print as the same mean,
    each is tried with its own parity; taking one for all calls true prints wrong. Necessary, not
    sufficient: a print that passes may still be impossible for n below 5.
    """
    _sample(n, items, least=2)
    bounded(mean, sd)

    def find(spans: tuple[Span, ...]) -> tuple[str, ...]:
        square = times(squared(spans[1]), items * items)
        totals = _totals(spans[0], n * items)
        if totals[MOST_TOTALS:]:
            return tuple(row.name for row in SPREADS)
        return _kinds(n, square, lambda sums: any(_has_squares(t, n, sums) for t in totals))

    return _spreads(mean, sd, find)


def _kinds(n: int, square: Span, possible: Callable[[Span], bool]) -> tuple[str, ...]:
    """The measures whose sum of squares about the mean is possible."""
    return tuple(row.name for row in SPREADS if possible(times(square, row.factor(n))))


def _has_squares(total: int, n: int, about_mean: Span) -> bool:
    """Whether whole numbers of a total can have a sum of squares about their mean in a range."""
    each, more = divmod(total, n)
    least = (n - more) * each * each + more * (each + 1) ** 2  # as even as can be
    centre = Fraction(total * total, n)
    first = max(least, math.ceil(about_mean.low + centre))
    first += (first - total) % 2
    return first <= about_mean.high + centre


def debit(mean: Printed, sd: Printed, n: int) -> Spreads:
    """Whether n values of 0 or 1 have this mean and SD (K26).

    k ones of n: mean k / n, squared SD k (n - k) / n (n - 1). Heathers and Brown 2019, DEBIT.
    """
    _sample(n, 1, least=2)
    bounded(mean, sd)

    def find(spans: tuple[Span, ...]) -> tuple[str, ...]:
        ones = whole_numbers(times(spans[0], n), 0, n)
        if ones[MOST_TOTALS:]:
            return tuple(row.name for row in SPREADS)
        sums: Iterable[Fraction] = [Fraction(k * (n - k), n) for k in ones]
        return _kinds(n, squared(spans[1]), lambda span: any(each in span for each in sums))

    return _spreads(mean, sd, find)


def _spreads(
    mean: Printed, sd: Printed, find: Callable[[tuple[Span, ...]], tuple[str, ...]]
) -> Spreads:
    fit, roundings, kinds = consistent_roundings([mean, sd], find)
    if fit is Consistency.AGREES and SPREADS[0].name not in kinds:
        fit = Consistency.POSSIBLE
    return Spreads(fit=fit, roundings=roundings, kinds=kinds)
