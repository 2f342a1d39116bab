"""The limits of a mean. The oracle is scipy's t distribution."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.rows import every_row
from tests.statistics.truth import law, shown, ways
from timeline.core.claimed_numbers import claimed_number
from timeline.statistics.distributions import t_quantile
from timeline.statistics.mean_limits import mean_width
from timeline.statistics.rounding import Consistency


@every_row("df", [1, 2, 5, 14, 29, 300])
@every_row("share", [0.5, 0.9, 0.975, 0.995])
def test_quantiles_of_t_are_those_of_scipy(share, df):
    assert t_quantile(share, df) == pytest.approx(stats.t.ppf(share, df), rel=1e-9, abs=1e-9)


@law
@given(
    st.fractions(50, 90, max_denominator=1000),
    st.fractions("0.1", 20, max_denominator=1000),
    st.integers(2, 200),
    st.booleans(),
    st.sampled_from([0.9, 0.95, 0.99]),
    st.integers(0, 3),
    ways,
)
def test_truthful_limits_are_never_called_wrong(mean, sd, n, by_t, level, places, how):
    share = (1 + level) / 2
    times = stats.t.ppf(share, n - 1) if by_t else stats.norm.ppf(share)
    half = Fraction(float(times) * float(sd) / math.sqrt(n))
    low, high = mean - half, mean + half
    if low < 0:
        low, high = low + 4000, high + 4000  # the width alone is held
    found = mean_width(
        shown(low, places, how), shown(high, places, how), shown(sd, places, how), n, level
    )
    assert found.fit is Consistency.AGREES


@pytest.mark.parametrize(
    ("low", "high", "fit", "why"),
    [
        # t of 14, 0.975: 2.145; 2.145 * 10 / root(15) = 5.54
        ("49.5", "60.5", Consistency.AGREES, "t"),
        ("49.9", "60.1", Consistency.AGREES, "z: 5.06"),
        ("45.0", "65.0", Consistency.POSSIBLE, "one SD"),
        ("52.4", "57.6", Consistency.POSSIBLE, "one SE: 2.58"),
        ("49.0", "61.0", Consistency.POSSIBLE, "within a quarter: a bootstrap"),
        ("54.9", "55.1", Consistency.CONTRADICTED, "fifty times too narrow"),
    ],
)
def test_the_width_of_limits_of_a_mean(low, high, fit, why):
    found = mean_width(claimed_number(low), claimed_number(high), claimed_number("10.0"), 15, 0.95)
    assert found.fit is fit, why
