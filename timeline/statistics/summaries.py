"""Medians, means, ranges and standard deviations of a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import DEFAULT_ROUNDING, Printed
from timeline.core.span import Number, Span
from timeline.statistics.rounding import (
    CheckResult,
    bounded,
    equal,
    judge,
    rounded_range,
    times,
    whether,
)


@attrs.frozen(kw_only=True)
class Parity(CheckResult):
    """A median, and the steps in which the median of such data can only move."""

    grid: Fraction


def median_parity(claimed: Printed, n: int, step: Fraction | int = 1) -> Parity:
    """Whether a median can be that of n values recorded in whole steps (K16).

    With n odd it is one of the values; with n even it may lie midway between two. Ages must be
    recorded in whole years for this, not calculated from dates.
    """
    if n < 1 or step <= 0:
        raise ValueError(f"not data: {n} values in steps of {step} (write 1 or more, above 0)")
    bounded(claimed)
    grid = Fraction(step) if n % 2 else Fraction(step) / 2
    fit, roundings = judge([claimed], lambda spans: whether(_on_grid(spans[0], grid)))
    return Parity(fit=fit, roundings=roundings, grid=grid)


def _on_grid(span: Span, grid: Fraction) -> bool:
    nearest = Fraction(span.low) // grid
    return any((nearest + i) * grid in span for i in range(2)) or span.high - span.low > grid


def middle(values: Sequence[Fraction | int]) -> Fraction:
    """The median of some values; the middle of the two middle ones of an even number."""
    if not values:
        raise ValueError("no values (write one or more)")
    ordered = sorted(map(Fraction, values))
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _median(values: Sequence[Span]) -> Span:
    lows, highs = _ends(values)
    half, even = len(values) // 2, len(values) % 2 == 0
    upper = Span(lows[half], highs[half])
    return times(Span(lows[half - 1], highs[half - 1]) + upper, Fraction(1, 2)) if even else upper


def _mean(values: Sequence[Span]) -> Span:
    return times(sum(values, start=Span.point(0)), Fraction(1, len(values)))


def _least(values: Sequence[Span]) -> Span:
    lows, highs = _ends(values)
    return Span(lows[0], highs[0])


def _most(values: Sequence[Span]) -> Span:
    lows, highs = _ends(values)
    return Span(lows[-1], highs[-1])


def _ends(values: Sequence[Span]) -> tuple[list[Number], list[Number]]:
    """Low and high ends in order: the i-th value lies between the i-th of each, ends included."""
    return sorted(value.low for value in values), sorted(value.high for value in values)


STATISTICS: dict[str, Callable[[Sequence[Span]], Span]] = {
    "median": _median,
    "mean": _mean,
    "minimum": _least,
    "maximum": _most,
}


@attrs.frozen(kw_only=True)
class Summary(CheckResult):
    """A statistic of individual values, and which statistics of them print as claimed."""

    statistic: str
    recomputed: Span
    reproduced_by: tuple[str, ...]

    @property
    def mean_as_median(self) -> bool:
        """Whether a claimed median is none of the values, but their mean."""
        wrong = self.statistic == "median" and "median" not in self.reproduced_by
        return wrong and "mean" in self.reproduced_by


def against_values(claimed: Printed, values: Sequence[Printed], statistic: str) -> Summary:
    """A printed statistic against the printed values of each patient (K48, K17).

    All values must be given; a hedged one, such as 12+, counts with its open range.
    """
    if statistic not in STATISTICS:
        raise ValueError(f"unknown statistic: {statistic!r} (known: {', '.join(STATISTICS)})")
    if not values:
        raise ValueError("no values (write one or more)")
    fit, roundings = judge(
        [claimed, *values], lambda spans: equal(STATISTICS[statistic](spans[1:]), spans[0])
    )
    row = roundings[0] if roundings else DEFAULT_ROUNDING
    target, spans = rounded_range(claimed, row), [rounded_range(each, row) for each in values]
    return Summary(
        fit=fit,
        roundings=roundings,
        statistic=statistic,
        recomputed=STATISTICS[statistic](spans),
        reproduced_by=tuple(name for name, of in STATISTICS.items() if of(spans).overlaps(target)),
    )


@attrs.frozen(kw_only=True)
class DeviationBounds(CheckResult):
    """The range that the variance can have, under the default rounding of the other figures."""

    variance: Span


def sd_bounds(
    mean: Printed,
    sd: Printed,
    n: int,
    low: Printed,
    high: Printed,
    *,
    observed: bool = True,
    squares: int = 1,
) -> DeviationBounds:
    """Whether a sample SD is possible with this mean and range (K27).

    At most (high - mean)(mean - low) n / (n - 1), squared SD (Bhatia and Davis 2000,
    doi:10.1080/00029890.2000.12005203). ``observed``: the ends were seen in patients, and are not
    only those of the scale; then at least (high - low) squared / 2 (n - 1), of von Szokefalvi Nagy
    (1918). ``squares``: how many of the printed one's squares are the variance: 1 of an SD, n of a
    standard error.
    """
    if n < 2:
        raise ValueError(f"no SD of {n} values (write 2 or more)")
    prints = [mean, sd, low, high]
    bounded(*prints)

    def fits(spans: tuple[Span, ...]) -> bool:
        allowed = _variance(spans[0], spans[2], spans[3], n, observed=observed)
        return allowed is not None and allowed.overlaps(times(squared(spans[1]), squares))

    fit, roundings = judge(prints, lambda spans: whether(fits(spans)))
    spans = [rounded_range(each, DEFAULT_ROUNDING) for each in prints]
    variance = _variance(spans[0], spans[2], spans[3], n, observed=observed)
    return DeviationBounds(fit=fit, roundings=roundings, variance=variance or Span.point(0))


def squared(span: Span) -> Span:
    """The squares of a range of numbers of 0 or more; closed, so that no end raises an alarm."""
    low = max(span.low, 0)
    return Span(low * low, max(span.high, 0) ** 2)


def _variance(mean: Span, low: Span, high: Span, n: int, *, observed: bool) -> Span | None:
    """The squares that the SD may have; None where the mean lies outside the range."""
    first, last = Fraction(low.low), Fraction(high.high)
    inside = mean & Span(first, last) if first <= last else None
    if inside is None:
        return None
    # (b - m)(m - a) is highest at the m nearest to the middle of the range
    best = max(Fraction(inside.low), min((first + last) / 2, Fraction(inside.high)))
    most = (last - best) * (best - first) * Fraction(n, n - 1)
    gap = max(Fraction(0), Fraction(high.low) - Fraction(low.high)) if observed else Fraction(0)
    least = gap * gap / (2 * (n - 1))
    return Span(least, most) if least <= most else None
