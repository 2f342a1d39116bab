"""P values from a test statistic, and from a table of two by two."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import DEFAULT_ROUNDING, Printed
from timeline.core.span import Span
from timeline.statistics.distributions import (
    chi_squared_tail,
    f_tail,
    normal_two_sided,
    t_two_sided,
)
from timeline.statistics.intervals import agree, below, p_fit
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    around,
    equal,
    judge,
    rounded_range,
)

ALPHA = Fraction(5, 100)


@attrs.frozen
class Statistic:
    """A test statistic: how many degrees of freedom it has, and its upper or two-sided p value."""

    name: str
    dfs: int
    has_sides: bool
    tail: Callable[..., float] = attrs.field(repr=False, eq=False)


def _of_correlation(r: float, df: float) -> float:
    """The two-sided p of Pearson's r of df + 2 pairs: t = r root(df / (1 - r squared))."""
    size = min(abs(r), 1.0)
    return t_two_sided(size * math.sqrt(df / (1 - size * size)), df) if size < 1 else 0.0


STATISTICS = {
    row.name: row
    for row in (
        Statistic("z", 0, True, normal_two_sided),
        Statistic("t", 1, True, t_two_sided),
        Statistic("r", 1, True, _of_correlation),
        Statistic("chi2", 1, False, chi_squared_tail),
        Statistic("Q", 1, False, chi_squared_tail),  # Cochran's, of heterogeneity
        Statistic("F", 2, False, f_tail),
    )
}


# Statistics that reports print and whose p value is not recomputed here: they need the data.
UNCHECKED = ("U", "W", "H", "rho", "tau", "d", "log-rank")


@attrs.frozen(kw_only=True)
class PValue(CheckResult):
    """A p value recomputed (default rounding), and whether the decision at alpha is the same."""

    recomputed: Span
    sides: tuple[str, ...]
    decision: Consistency


def p_value(
    name: str,
    statistic: Printed,
    p: Printed,
    dfs: Sequence[int | Fraction] = (),
    alpha: Fraction = ALPHA,
) -> PValue:
    """The p value of a z, t, r, chi2, Q or F statistic against the one printed (K28).

    ``statistic``: its size, without the sign. Two-sided for z, t and r; a one-sided p is POSSIBLE.
    After statcheck (Nuijten et al. 2016, doi:10.3758/s13428-015-0664-2): the interval of the
    statistic's rounding decides, and a changed decision is reported separately.
    """
    row = _row(name, dfs)

    def recomputed(span: Span) -> Span:
        near, far = (max(0.0, float(end)) for end in (span.low, span.high))
        return around(_tail(row, far, dfs), _tail(row, near, dfs))

    def rule(spans: tuple[Span, ...]) -> Consistency:
        span = recomputed(spans[0])
        return p_fit(span, spans[1])[0] if row.has_sides else equal(span, spans[1])

    def decision(spans: tuple[Span, ...]) -> Consistency:
        return agree(below(recomputed(spans[0]), alpha), below(spans[1], alpha))

    fit, roundings = judge([statistic, p], rule)
    ours, claimed = (
        recomputed(rounded_range(statistic, DEFAULT_ROUNDING)),
        rounded_range(p, DEFAULT_ROUNDING),
    )
    sides = p_fit(ours, claimed)[1] if row.has_sides else ()
    return PValue(
        fit=fit,
        roundings=roundings,
        recomputed=ours,
        sides=sides,
        decision=judge([statistic, p], decision)[0],
    )


def _tail(row: Statistic, value: float, dfs: Sequence[int | Fraction]) -> float:
    return 0.0 if math.isinf(value) else row.tail(value, *map(float, dfs))


def _row(name: str, dfs: Sequence[int | Fraction]) -> Statistic:
    if name not in STATISTICS:
        raise ValueError(f"unknown statistic: {name!r} (known: {', '.join(STATISTICS)})")
    row = STATISTICS[name]
    if len(dfs) != row.dfs or any(df <= 0 for df in dfs):
        raise ValueError(f"{name} has {row.dfs} degrees of freedom above 0, got {tuple(dfs)}")
    return row


@attrs.frozen(kw_only=True)
class TwoByTwo(CheckResult):
    """The tests that reproduce the printed p, and what each test gives."""

    tests: tuple[str, ...]
    expected: tuple[tuple[str, Span], ...]


def two_by_two(table: tuple[tuple[int, int], tuple[int, int]], p: Printed) -> TwoByTwo:
    """Which test of two groups gives the printed p: Fisher or chi-squared (K29).

    ``table``: rows are groups, columns outcomes. A one-sided Fisher test is POSSIBLE at best.
    """
    (a, b), (c, d) = table
    if min(a, b, c, d) < 0 or a + b + c + d == 0:
        raise ValueError(f"not a table of counts: {table} (write counts, not all 0)")
    expected = tuple((name, around(value, value)) for name, value in _tests(a, b, c, d).items())

    def rule(spans: tuple[Span, ...]) -> Consistency:
        fitting = [name for name, span in expected if span.overlaps(spans[0])]
        if not fitting:
            return Consistency.CONTRADICTED
        return Consistency.POSSIBLE if fitting == ["Fisher, one-sided"] else Consistency.AGREES

    fit, roundings = judge([p], rule)
    shown = rounded_range(p, roundings[0] if roundings else DEFAULT_ROUNDING)
    tests = tuple(name for name, span in expected if span.overlaps(shown))
    return TwoByTwo(fit=fit, roundings=roundings, tests=tests, expected=expected)


MOST_OF_FISHER = 20_000  # patients; an exact test of more takes too long, and is chi-squared


def _tests(a: int, b: int, c: int, d: int) -> dict[str, float]:
    n, off = a + b + c + d, abs(a * d - b * c)
    tests = {}
    if n <= MOST_OF_FISHER:
        two, lower, upper = _fisher(a, b, c, d)
        tests = {"Fisher": float(two), "Fisher, one-sided": float(min(lower, upper))}
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins:  # chi-squared is not defined with an empty row or column
        corrected = max(Fraction(0), off - Fraction(n, 2))
        tests["chi-squared"] = chi_squared_tail(float(Fraction(n * off**2, margins)), 1)
        yates = float(n * corrected**2 / margins)
        tests["chi-squared, Yates"] = chi_squared_tail(yates, 1)
    return tests


def _fisher(a: int, b: int, c: int, d: int) -> tuple[Fraction, Fraction, Fraction]:
    """Two-sided (all tables no likelier than this one), lower and upper p; exact.

    The two-sided sum is that of R's fisher.test.
    """
    row, column, n = a + b, a + c, a + b + c + d
    first, last = max(0, row + column - n), min(row, column)
    ways = {k: math.comb(row, k) * math.comb(n - row, column - k) for k in range(first, last + 1)}
    total = sum(ways.values())
    two = sum(way for way in ways.values() if way <= ways[a])
    lower = sum(way for k, way in ways.items() if k <= a)
    upper = sum(way for k, way in ways.items() if k >= a)
    return Fraction(two, total), Fraction(lower, total), Fraction(upper, total)
