"""Confidence intervals of k of n: which method reproduces the limits printed."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.statistics.distributions import beta_quantile, normal_quantile
from timeline.statistics.intervals import LEVEL
from timeline.statistics.rounding import CheckResult, around, bounded, consistent_roundings

Limits = tuple[float, float]
BY_HAND = (Fraction(95, 100), 1.96)  # the z that is used by hand at this level


@attrs.frozen
class Method:
    """A way to the limits of a proportion: from k, n, alpha and z to shares of 0 to 1."""

    name: str
    limits: Callable[[int, int, float, float], Limits] = attrs.field(repr=False, eq=False)
    source: str


def _clopper_pearson(k: int, n: int, alpha: float, _: float) -> Limits:
    low = beta_quantile(alpha / 2, k, n - k + 1) if k else 0.0
    high = 1 - beta_quantile(alpha / 2, n - k, k + 1) if k < n else 1.0
    return low, high


def _jeffreys(k: int, n: int, alpha: float, _: float) -> Limits:
    low = beta_quantile(alpha / 2, k + 0.5, n - k + 0.5) if k else 0.0
    high = 1 - beta_quantile(alpha / 2, n - k + 0.5, k + 0.5) if k < n else 1.0
    return low, high


def _wald(k: int, n: int, _: float, z: float) -> Limits:
    share = k / n
    half = z * math.sqrt(share * (1 - share) / n)
    return max(0.0, share - half), min(1.0, share + half)


def _wilson(k: int, n: int, _: float, z: float) -> Limits:
    share, scale = k / n, 1 + z * z / n
    centre = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = (centre - half) / scale if k else 0.0
    return low, ((centre + half) / scale if k < n else 1.0)


def _wilson_corrected(k: int, n: int, _: float, z: float) -> Limits:
    share, scale = k / n, 2 * (n + z * z)
    low = z * math.sqrt(z * z - 2 - 1 / n + 4 * share * (n * (1 - share) + 1)) if k else 0.0
    high = z * math.sqrt(z * z + 2 - 1 / n + 4 * share * (n * (1 - share) - 1)) if k < n else 0.0
    centre = 2 * n * share + z * z
    return (
        max(0.0, (centre - 1 - low) / scale) if k else 0.0,
        min(1.0, (centre + 1 + high) / scale) if k < n else 1.0,
    )


def _agresti_coull(k: int, n: int, _: float, z: float) -> Limits:
    size = n + z * z
    share = (k + z * z / 2) / size
    half = z * math.sqrt(share * (1 - share) / size)
    return max(0.0, share - half), min(1.0, share + half)


METHODS = {
    row.name: row
    for row in (
        Method(
            "Clopper-Pearson",
            _clopper_pearson,
            "Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404",
        ),
        Method("Wilson", _wilson, "Newcombe 1998, Stat. Med. 17:857-872, method 3"),
        Method(
            "Wilson, continuity corrected",
            _wilson_corrected,
            "Newcombe 1998, Stat. Med. 17:857-872, method 4",
        ),
        Method("Wald", _wald, "Newcombe 1998, Stat. Med. 17:857-872, method 1"),
        Method(
            "Agresti-Coull",
            _agresti_coull,
            "Agresti and Coull 1998, doi:10.1080/00031305.1998.10480550",
        ),
        Method(
            "Jeffreys",
            _jeffreys,
            "Brown, Cai and DasGupta 2001, doi:10.1214/ss/1009213286, section 3.1.2",
        ),
    )
}


@attrs.frozen(kw_only=True)
class ProportionInterval(CheckResult):
    """The methods that reproduce both limits, and in percent what each method gives."""

    methods: tuple[str, ...]
    expected: tuple[tuple[str, Span, Span], ...]


def limits_of(method: str, count: int, n: int, level: Fraction = LEVEL) -> tuple[Span, Span]:
    """The two limits of one method, in percent, each a range as wide as its arithmetic allows.

    The range includes the limit with the exact z, and at 95 % that with 1.96 too.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method: {method!r} (known: {', '.join(METHODS)})")
    if not (n >= 1 and 0 <= count <= n and 0 < level < 1):
        raise ValueError(f"not a share: {count} of {n} at {level} (write 0 <= count <= n, n >= 1)")
    exact = normal_quantile(float((1 + level) / 2))
    quantiles = {exact, BY_HAND[1]} if level == BY_HAND[0] else {exact}
    alpha = float(1 - level)
    ends = [METHODS[method].limits(count, n, alpha, z) for z in sorted(quantiles)]
    lows, highs = ([100 * end for end in side] for side in zip(*ends, strict=True))
    return around(min(lows), max(lows)), around(min(highs), max(highs))


def proportion_interval(
    count: int, n: int, low: Printed, high: Printed, level: Fraction = LEVEL
) -> ProportionInterval:
    """Which method gives the printed limits, in percent, for k of n patients (K25)."""
    bounded(low, high)
    expected = tuple((name, *limits_of(name, count, n, level)) for name in METHODS)

    def find(spans: tuple[Span, ...]) -> tuple[str, ...]:
        return tuple(
            name
            for name, first, last in expected
            if first.overlaps(spans[0]) and last.overlaps(spans[1])
        )

    fit, roundings, methods = consistent_roundings([low, high], find)
    return ProportionInterval(fit=fit, roundings=roundings, methods=methods, expected=expected)
