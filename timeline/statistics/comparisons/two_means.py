"""The p value of two groups of which mean, spread and number are printed."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import DEFAULT_ROUNDING, Printed
from timeline.core.span import Span
from timeline.statistics.distributions import normal_two_sided, t_two_sided
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    around,
    bounded,
    consistent_roundings,
    rounded_range,
)


@attrs.frozen
class Group:
    """A group of patients: mean, SD (or SE, where ``is_error``) and number."""

    mean: Printed
    spread: Printed
    n: int
    is_error: bool = False

    def variance(self, spread: float) -> float:
        """The variance of the values, of one value of the printed spread."""
        return spread * spread * (self.n if self.is_error else 1)


# Squared error of the difference, and degrees of freedom, from two variances and numbers.
_Error = Callable[[float, int, float, int], tuple[float, float]]


def _student(v: float, n: int, w: float, m: int) -> tuple[float, float]:
    pooled = ((n - 1) * v + (m - 1) * w) / (n + m - 2)
    return pooled * (1 / n + 1 / m), n + m - 2


def _welch(v: float, n: int, w: float, m: int) -> tuple[float, float]:
    a, b = v / n, w / m
    terms = a * a / (n - 1) + b * b / (m - 1)
    return a + b, (a + b) ** 2 / terms if terms else math.inf


def _normal(v: float, n: int, w: float, m: int) -> tuple[float, float]:
    return v / n + w / m, math.inf


TESTS: dict[str, _Error] = {
    "Student's t test": _student,
    "Welch's t test": _welch,
    "the z test": _normal,
}


@attrs.frozen(kw_only=True)
class TwoMeans(CheckResult):
    """The tests that print the p value, and the two-sided p of each under the default rounding."""

    tests: tuple[str, ...]
    expected: tuple[tuple[str, Span], ...]


def two_means(one: Group, other: Group, p: Printed) -> TwoMeans:
    """Which test of two means gives a printed p value (K53).

    Student 1908, doi:10.1093/biomet/6.1.1; Welch 1947, doi:10.1093/biomet/34.1-2.28. The rounding
    of means and spreads decides how far p is known. A one-sided p is POSSIBLE at best.
    """
    if min(one.n, other.n) < 2:
        raise ValueError(f"no spread of {min(one.n, other.n)} values (write 2 or more)")
    prints = [one.mean, one.spread, other.mean, other.spread]
    bounded(*prints)

    def find(spans: tuple[Span, ...]) -> tuple[str, ...]:
        expected = _expected(one, other, spans[:4])
        names = [name for name, span in expected if span.overlaps(spans[4])]
        names += [
            f"{name}, one-sided"
            for name, span in expected
            if span.divided_by(Fraction(2)).overlaps(spans[4])
        ]
        return tuple(names)

    fit, roundings, tests = consistent_roundings([*prints, p], find)
    if fit is Consistency.AGREES and not any(name in TESTS for name in tests):
        fit = Consistency.POSSIBLE
    default = tuple(rounded_range(each, DEFAULT_ROUNDING) for each in prints)
    return TwoMeans(
        fit=fit, roundings=roundings, tests=tests, expected=_expected(one, other, default)
    )


def _expected(one: Group, other: Group, spans: tuple[Span, ...]) -> tuple[tuple[str, Span], ...]:
    """The two-sided p of each test, over all that rounds to the prints."""
    first, second = ([float(max(span.low, 0)), float(span.high)] for span in (spans[1], spans[3]))
    gap = spans[0] - spans[2]
    near = 0.0 if 0 in gap else min(abs(float(gap.low)), abs(float(gap.high)))
    far = max(abs(float(gap.low)), abs(float(gap.high)))
    found = []
    for name, error in TESTS.items():
        corners = [
            error(one.variance(a), one.n, other.variance(b), other.n) for a in first for b in second
        ]
        errors, dfs = zip(*corners, strict=True)
        high = _tail(near, max(errors), min(dfs))
        low = _tail(far, min(errors), max(dfs))
        found.append((name, around(low, high)))
    return tuple(found)


def _tail(gap: float, squared_error: float, df: float) -> float:
    if not squared_error:
        return 0.0 if gap else 1.0
    t = gap / math.sqrt(squared_error)
    return normal_two_sided(t) if math.isinf(df) else t_two_sided(t, df)
