"""Closed forms, worked out here: where a distribution function is a finite sum or an elementary."""

from __future__ import annotations

import math
import subprocess
import sys
from fractions import Fraction

import pytest

from timeline.statistics import distributions as ours

RELATIVE = 1e-10  # a tenth of the slack that the figures are given


def binomial_tail(n, k, x):
    """The probability of k or more successes of n, exactly: I_x(k, n - k + 1) (DLMF 8.17.5)."""
    x = Fraction(x)
    return float(sum(math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(k, n + 1)))


@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 30), (7, 3), (40, 2), (150, 90)])
def test_the_incomplete_beta_function_is_a_binomial_tail(a, b):
    for i in range(1, 20):
        x = i / 20
        expected = binomial_tail(a + b - 1, a, x)
        assert ours.beta_cdf(x, a, b) == pytest.approx(expected, RELATIVE)
    for p in (0.005, 0.025, 0.5, 0.975):
        x = ours.beta_quantile(p, a, b)
        assert binomial_tail(a + b - 1, a, x) == pytest.approx(p, RELATIVE)


@pytest.mark.parametrize("x", [0.01, 0.5, 1, 3.84, 12, 40, 200])
def test_tails_with_a_closed_form(x):
    root = math.sqrt(x)
    near = {
        # a chi-squared variable of 1 degree of freedom is a squared normal one
        "chi-squared, 1": (ours.chi_squared_tail(x, 1), ours.normal_two_sided(root)),
        "chi-squared, 2": (ours.chi_squared_tail(x, 2), math.exp(-x / 2)),
        # Q(2, x / 2) = e^(-x/2) (1 + x / 2)
        "chi-squared, 4": (ours.chi_squared_tail(x, 4), math.exp(-x / 2) * (1 + x / 2)),
        # Cauchy: 1 - 2 atan(t) / pi = 2 atan(1 / t) / pi
        "t, 1": (ours.t_two_sided(x, 1), 2 * math.atan(1 / x) / math.pi),
        # 1 - t / sqrt(2 + t^2) = 2 / (s (s + t)), s = sqrt(2 + t^2)
        "t, 2": (ours.t_two_sided(-x, 2), 2 / (math.hypot(x, math.sqrt(2))
                                               * (math.hypot(x, math.sqrt(2)) + x))),
        # an F variable of 1 and n degrees of freedom is a squared t
        "F, 1 and 2.5": (ours.f_tail(x, 1, 2.5), ours.t_two_sided(root, 2.5)),
        # F of 2 and n: (1 + 2 f / n)^(-n / 2)
        "F, 2 and 27": (ours.f_tail(x, 2, 27), (1 + 2 * x / 27) ** -13.5),
    }  # fmt: skip
    for name, (found, expected) in near.items():
        assert found == pytest.approx(expected, RELATIVE), name


@pytest.mark.parametrize("p", [0.6, 0.9, 0.975, 0.9995])
def test_quantiles_with_a_closed_form(p):
    # Cauchy: tan(pi (p - 1/2)); 2 degrees of freedom: (2p - 1) / sqrt(2 p (1 - p))
    assert ours.t_quantile(p, 1) == pytest.approx(math.tan(math.pi * (p - 0.5)), RELATIVE)
    expected = (2 * p - 1) / math.sqrt(2 * p * (1 - p))
    assert ours.t_quantile(p, 2) == pytest.approx(expected, RELATIVE)


@pytest.mark.parametrize(
    ("found", "value"),
    [
        # qt(0.975, 10), qt(0.975, 30): the tables of Student's t print 2.228 and 2.042
        pytest.param(round(ours.t_quantile(0.975, 10), 3), 2.228, id="t table, 10"),
        pytest.param(round(ours.t_quantile(0.975, 30), 3), 2.042, id="t table, 30"),
        pytest.param(round(ours.normal_quantile(0.975), 3), 1.960, id="normal table"),
        pytest.param(ours.beta_cdf(0, 2, 3), 0, id="no share lies below 0"),
        pytest.param(ours.beta_cdf(1, 2, 3), 1, id="every share is at most 1"),
        pytest.param(ours.chi_squared_tail(0, 3), 1, id="every chi-squared is 0 or more"),
        pytest.param(ours.f_tail(0, 3, 4), 1, id="every F is 0 or more"),
        pytest.param(ours.t_two_sided(0, 3), 1, id="every t is at least as far from 0 as 0"),
    ],
)
def test_tables_and_ends(found, value):
    assert found == value


def test_scipy_is_imported_at_the_first_call_only():
    code = (
        "import sys; from timeline.statistics import distributions as d; "
        "d.normal_quantile(0.975), d.normal_two_sided(2); assert 'scipy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
