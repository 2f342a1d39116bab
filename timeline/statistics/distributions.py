"""Distribution functions by iteration, in floats: right to about 1e-12 relative, 1e-15 absolute.

Continued fractions by Lentz's method (Numerical Recipes, 3rd edition, sections 6.2 and 6.4).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from statistics import NormalDist

_TINY = 1e-300
_ENOUGH = 1e-15
_MOST = 10_000  # steps; far beyond what any published sample needs


def normal_quantile(probability: float) -> float:
    """The z below which a standard normal variable falls with this probability."""
    return NormalDist().inv_cdf(probability)


def normal_two_sided(z: float) -> float:
    """The chance of a standard normal variable at least as far from nought as z."""
    return math.erfc(abs(z) / math.sqrt(2))


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b); a and b above nought."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the near side only
        return 1 - _beta_part(1 - x, b, a)
    return _beta_part(x, a, b)


def _beta_part(x: float, a: float, b: float) -> float:
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(log_front + a * math.log(x) + b * math.log1p(-x)) / a

    def term(step: int) -> float:
        m = step // 2
        if step % 2:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))

    return front / _continued(1.0, term, lambda _: 1.0)


def _continued(start: float, term: Callable[[int], float], plus: Callable[[int], float]) -> float:
    """The value of start + term(1) / (plus(1) + term(2) / (plus(2) + ...))."""
    value = start or _TINY
    c, d = value, 0.0
    for step in range(1, _MOST):
        d = 1 / ((plus(step) + term(step) * d) or _TINY)
        c = (plus(step) + term(step) / c) or _TINY
        value *= c * d
        if abs(c * d - 1) < _ENOUGH:
            return value
    raise ValueError("a continued fraction did not settle (the sample is too large for this)")


@functools.lru_cache(maxsize=1024)
def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = probability; Newton's steps, kept inside a shrinking bracket."""
    low, high, x = 0.0, 1.0, a / (a + b)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _ in range(200):
        error = beta_cdf(x, a, b) - probability
        low, high = (x, high) if error < 0 else (low, x)
        slope = math.exp(log_front + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x))
        better = x - error / slope if slope > 0 else low
        if not low < better < high:
            better = (low + high) / 2
        if abs(better - x) <= 1e-14 * x:
            return better
        x = better
    return x


def chi_squared_tail(x: float, df: float) -> float:
    """The chance of a chi-squared variable of ``df`` degrees of freedom to be x or more."""
    a, half = df / 2, x / 2
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(half) - half - math.lgamma(a))
    if half < a + 1:
        return 1 - front * _gamma_series(a, half)
    # Q(a, x) = front / (x + 1 - a - 1 (1 - a) / (x + 3 - a - ...))
    return front / _continued(half + 1 - a, lambda i: -i * (i - a), lambda i: half + 1 - a + 2 * i)


def _gamma_series(a: float, x: float) -> float:
    total = part = 1 / a
    for step in range(1, _MOST):
        part *= x / (a + step)
        total += part
        if part < total * _ENOUGH:
            return total
    raise ValueError("a series did not settle (the degrees of freedom are too many for this)")


def t_two_sided(t: float, df: float) -> float:
    """The chance of Student's t of ``df`` degrees of freedom at least as far from nought as t."""
    return beta_cdf(df / (df + t * t), df / 2, 0.5)


def f_tail(f: float, df1: float, df2: float) -> float:
    """The chance of an F variable of ``df1`` and ``df2`` degrees of freedom to be f or more."""
    return beta_cdf(df2 / (df2 + df1 * f), df2 / 2, df1 / 2) if f > 0 else 1.0


def t_quantile(probability: float, df: float) -> float:
    """The t below which Student's t of ``df`` degrees of freedom falls with this probability.

    For probabilities from one half up to, and not with, 1; found by halving.
    """
    low, high = 0.0, 1.0
    while 1 - t_two_sided(high, df) / 2 < probability and high < 1e12:
        low, high = high, 2 * high
    for _ in range(100):
        middle = (low + high) / 2
        below = 1 - t_two_sided(middle, df) / 2 < probability
        low, high = (middle, high) if below else (low, middle)
    return (low + high) / 2
