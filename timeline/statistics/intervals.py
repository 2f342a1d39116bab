"""Confidence intervals against their estimates, and a hazard ratio against its p value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import DEFAULT_ROUNDING, Printed
from timeline.core.span import NEVER_ENDS, Number, Span
from timeline.statistics.distributions import normal_quantile, normal_two_sided
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    around,
    bounded,
    consistent_roundings,
    equal,
    judge,
    rounded_range,
    whether,
)

LEVEL = Fraction(95, 100)


@attrs.frozen(kw_only=True)
class Symmetry(CheckResult):
    """On which scales the estimate can lie midway: ``normal``, ``log``, both or none."""

    scales: tuple[str, ...]


def symmetry(estimate: Printed, low: Printed, high: Printed) -> Symmetry:
    """On which scale a confidence interval is symmetric about its estimate (K14).

    Normal: estimate = (low + high) / 2. Log: estimate squared = low x high, of numbers that are 0
    or more. No scale is no fault: Clopper-Pearson and Brookmeyer-Crowley limits need none.
    """
    bounded(estimate, low, high)
    fit, roundings, scales = consistent_roundings([estimate, low, high], _scales)
    return Symmetry(fit=fit, roundings=roundings, scales=scales)


def _scales(spans: tuple[Span, ...]) -> tuple[str, ...]:
    estimate, low, high = spans
    found = ["normal"] if (estimate + estimate).overlaps(low + high) else []
    if _on_log_scale(spans):
        found.append("log")
    return tuple(found)


def _on_log_scale(spans: tuple[Span, ...]) -> bool:
    positive = [span for span in (each.not_below(0) for each in spans[:3]) if span]
    if len(positive) < 3:
        return False
    estimate, low, high = positive
    return _product(estimate, estimate).overlaps(_product(low, high))


def _product(one: Span, other: Span) -> Span:
    """Each value times each; both 0 or more. Closed, so that no end raises an alarm."""
    return Span(one.low * other.low, one.high * other.high)


@attrs.frozen(kw_only=True)
class HazardRatio(CheckResult):
    """A ratio, its interval and its p value; ranges under the default rounding.

    ``fit`` compares the p value with the range recomputed, or without p, the symmetry. ``sides``:
    which p values reproduce. ``decision``: whether interval and p agree on significance.
    ``exact``: the limits lean no further to a side than exact limits can. ``apart``: how far the
    z of the printed p lies from that of the limits, and how many times the one is the other.
    """

    symmetric: bool
    exact: bool
    apart: tuple[float, float]
    z: Span
    p: Span
    sides: tuple[str, ...]
    decision: Consistency


def hazard_ratio(
    ratio: Printed, low: Printed, high: Printed, p: Printed | None = None, level: Fraction = LEVEL
) -> HazardRatio:
    """A hazard or odds ratio with its limits against its p value (K22).

    On the log scale: SE = (ln high - ln low) / 2 z, statistic = ln ratio / SE, two-sided normal p
    (Altman and Bland 2011, doi:10.1136/bmj.d2304). Holds for Wald limits; a p value of a log-rank
    or stratified test need not match, so only the decision is a grave fault.
    """
    bounded(ratio, low, high)
    _level(level)
    if low.span.low > high.span.high:
        raise ValueError(f"the limits are swapped: {low} to {high} (write the lower one first)")
    printed = [ratio, low, high, *([p] if p else [])]
    fit, roundings = judge(printed[:3], lambda spans: whether(_on_log_scale(spans)))
    symmetric = fit is not Consistency.CONTRADICTED
    if p:
        fit, roundings = judge(printed, lambda spans: _p_fit(spans, level)[0])
    spans = tuple(rounded_range(each, DEFAULT_ROUNDING) for each in printed)
    z = _statistic(spans, level)
    return HazardRatio(
        fit=fit,
        roundings=roundings,
        symmetric=symmetric,
        exact=symmetric or leans_as_exact(*spans[:3]),
        apart=_apart(z, spans[3]) if p else (0.0, 1.0),
        z=z,
        p=_two_sided(z),
        sides=_p_fit(spans, level)[1] if p else (),
        decision=judge(printed, lambda each: _decision(each, level))[0],
    )


_LEAN = 0.2  # of the squared half width; exact limits reach 0.15, see the test


def leans_as_exact(estimate: Span, low: Span, high: Span) -> bool:
    """Whether limits lie as evenly about a ratio, on the log scale, as exact ones of events do.

    Few events make exact, profile and penalised limits lean to one side, and wide at once: exact
    limits of a Poisson rate (Garwood 1936, doi:10.1093/biomet/28.3-4.437) and of an odds ratio
    have their middle off the estimate by at most 0.15 of the squared half width. True where the
    rounding leaves it open.
    """
    if min(span.high for span in (estimate, low, high)) <= 0:
        return True
    ratio, first, last = (_logs(span) for span in (estimate, low, high))
    middle = [(x + y) / 2 for x, y in zip(first, last, strict=True)]
    lean = max(0.0, ratio[0] - middle[1], middle[0] - ratio[1])
    half = (last[1] - first[0]) / 2
    return math.isinf(half) or lean <= _LEAN * half**2


def _apart(z: Span, p: Span) -> tuple[float, float]:
    """How far the z of a two-sided p lies from a range of z; by how much, and how many times."""
    ends = [min(max(float(end), 0.0), 1.0) for end in (p.low, p.high)]
    far, near = (-normal_quantile(end / 2) if end else math.inf for end in ends)
    low, high = float(z.low), float(z.high)
    if near > high:
        return near - high, near / high if high else math.inf
    return (low - far, low / far if far else math.inf) if far < low else (0.0, 1.0)


# No source bounds how far two tests of one comparison may lie apart (log-rank and Wald, stratified
# and not): a z more than 1 away, and more than twice the other, counts as far here.
FAR, TIMES = 1.0, 2.0


def is_far_from(expected: Span, claimed: Span) -> bool:
    """Whether a printed p value lies far from a two-sided one, on the scale of z."""
    gap, times = _apart(_of_p(expected), claimed)
    return gap > FAR and times > TIMES


def normal_gap(expected: Span, claimed: Span) -> float:
    """How far two ranges of two-sided p values lie apart, as z; 0 where they meet."""
    return _apart(_of_p(expected), claimed)[0]


def _of_p(p: Span) -> Span:
    """The z of a range of two-sided p values."""
    low, high = (-normal_quantile(_share(end) / 2) for end in (p.high, p.low))
    return Span(Fraction(max(low, 0)), Fraction(max(high, low, 0)))


def _share(end: Number) -> float:
    """An end of a p value as a number above 0 that a quantile takes."""
    return min(max(float(end), 1e-300), 1.0)


def _level(level: Fraction) -> None:
    if not 0 < level < 1:
        raise ValueError(f"not a level of confidence: {level} (write Fraction(95, 100))")


def _p_fit(spans: tuple[Span, ...], level: Fraction) -> tuple[Consistency, tuple[str, ...]]:
    """The fit of p, and which of two-sided and one-sided can print so."""
    if any(span.high <= 0 for span in spans[:3]):
        return Consistency.CONTRADICTED, ()
    return p_fit(_two_sided(_statistic(spans, level)), spans[3])


def p_fit(two: Span, claimed: Span) -> tuple[Consistency, tuple[str, ...]]:
    """The fit of a printed p against a recomputed two-sided one; one-sided is half of it.

    One-sided alone is POSSIBLE at best: it is another convention.
    """
    one = two.divided_by(Fraction(2))
    named = (("two-sided", two), ("one-sided", one))
    sides = tuple(name for name, span in named if span.overlaps(claimed))
    fit = equal(two, claimed)
    return (Consistency.POSSIBLE if fit is Consistency.CONTRADICTED and sides else fit), sides


def _two_sided(z: Span) -> Span:
    return around(normal_two_sided(float(z.high)), normal_two_sided(float(z.low)))


def _statistic(spans: Sequence[Span], level: Fraction) -> Span:
    """The range of the size of z, from the ratio and the limits; from the limits alone, if less."""
    quantile = normal_quantile(float((1 + level) / 2))
    estimate, first, last = (_logs(span) for span in spans[:3])
    widest = (last[1] - first[0]) / (2 * quantile)
    narrowest = max(0.0, last[0] - first[1]) / (2 * quantile)
    near = 0.0 if estimate[0] <= 0 <= estimate[1] else min(map(abs, estimate))
    far = max(map(abs, estimate))
    from_ratio = around(near / widest, far / narrowest if narrowest else math.inf)
    if not narrowest or math.isinf(widest):
        return from_ratio
    # f = (x + y) / (y - x) is monotone in each of x = ln low and y = ln high: corners decide
    corners = [quantile * (x + y) / (y - x) for x in first for y in last]
    least = 0.0 if min(corners) <= 0 <= max(corners) else min(map(abs, corners))
    return from_ratio & around(least, max(map(abs, corners))) or from_ratio


def _logs(span: Span) -> tuple[float, float]:
    return (math.log(span.low) if span.low > 0 else -math.inf), math.log(span.high)


def _decision(spans: tuple[Span, ...], level: Fraction) -> Consistency:
    """Whether the interval leaves out 1 exactly where p is below 1 - level."""
    if len(spans) < 4:
        return Consistency.NOT_CHECKABLE
    outside = _surely(spans[1].low > 1 or spans[2].high < 1, spans[1].high < 1 < spans[2].low)
    return agree(outside, below(spans[3], 1 - level))


def _surely(yes: bool, no: bool) -> bool | None:
    return True if yes else False if no else None


def below(claimed: Span, alpha: Number) -> bool | None:
    """Whether a p value is surely below, surely above, or neither."""
    return _surely(not claimed.overlaps(Span(alpha, NEVER_ENDS)), claimed.low > alpha)


def agree(one: bool | None, other: bool | None) -> Consistency:
    """Whether two decisions are the same; POSSIBLE where one of them is open."""
    if one is None or other is None:
        return Consistency.POSSIBLE
    return Consistency.AGREES if one == other else Consistency.CONTRADICTED
