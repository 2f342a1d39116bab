"""Tail probabilities and quantiles of the normal, beta, chi-squared, t and F distributions.

The normal distribution is that of the standard library. The others call `scipy.special` (DLMF
chapters 7 and 8), which is imported at the first call: a command that needs none starts faster.
"""

from __future__ import annotations

import functools
import math
from statistics import NormalDist


def normal_quantile(probability: float) -> float:
    """The z below which a standard normal variable falls with this probability.

    Args: ``probability`` above 0 and below 1.
    """
    return NormalDist().inv_cdf(probability)


def normal_two_sided(z: float) -> float:
    """The probability that a standard normal variable lies at least as far from 0 as ``z``."""
    return math.erfc(abs(z) / math.sqrt(2))


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b).

    Args: any ``x`` (0 at or below 0, 1 at or above 1); ``a`` and ``b`` above 0.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    from scipy import special

    return float(special.betainc(a, b, x))


@functools.lru_cache(maxsize=1024)
def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = ``probability``, from 0 to 1; ``a`` and ``b`` above 0."""
    from scipy import special

    return float(special.betaincinv(a, b, probability))


def chi_squared_tail(x: float, df: float) -> float:
    """The probability that a chi-squared variable of ``df`` degrees of freedom is ``x`` or more."""
    if x <= 0:
        return 1.0
    from scipy import special

    return float(special.chdtrc(df, x))


def t_two_sided(t: float, df: float) -> float:
    """The probability that Student's t lies at least as far from 0 as ``t``.

    Args: ``df`` degrees of freedom, above 0; not necessarily a whole number.
    """
    from scipy import special

    return 2 * float(special.stdtr(df, -abs(t)))


def f_tail(f: float, df1: float, df2: float) -> float:
    """The probability that an F variable is ``f`` or more.

    Args: ``df1`` and ``df2``, the degrees of freedom of numerator and denominator, above 0.
    """
    if f <= 0:
        return 1.0
    from scipy import special

    return float(special.fdtrc(df1, df2, f))


def t_quantile(probability: float, df: float) -> float:
    """The t below which Student's t of ``df`` degrees of freedom falls with this probability.

    Args: ``probability`` above 0 and below 1.
    """
    from scipy import special

    return float(special.stdtrit(df, probability))
