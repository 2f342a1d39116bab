"""P values of two means. The oracle is scipy's ttest_ind_from_stats."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.statistics.truth import law, shown, ways
from timeline.core.claimed_numbers import claimed_number
from timeline.statistics.comparisons.two_means import Group, two_means
from timeline.statistics.rounding import Consistency

A, P, C = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED


def group(mean, spread, n, is_error=False):
    return Group(claimed_number(mean), claimed_number(spread), n, is_error)


@pytest.mark.parametrize(
    ("one", "other", "p", "fit", "tests", "why"),
    [
        # t = 5 / root(25/50 + 25/50) = 5, df 98: 2.5e-6
        (("55", "5", 50), ("60", "5", 50), "0.85", C, (), "t is 5"),
        (("55", "5", 50), ("60", "5", 50), "< 0.001", A, ("Student's t test",), "t is 5"),
        # scipy ttest_ind_from_stats(10.0, 2.0, 12, 12.0, 4.0, 30): 0.108; equal_var=False: 0.0373
        (("10.00", "2.00", 12), ("12.00", "4.00", 30), "0.108", A, ("Student's t test",), "pooled"),
        (("10.00", "2.00", 12), ("12.00", "4.00", 30), "0.037", A, ("Welch's t test",), "Welch"),
        (("10.00", "2.00", 12), ("12.00", "4.00", 30), "0.45", C, (), "neither"),
        # half of 0.108
        (("10.00", "2.00", 12), ("12.00", "4.00", 30), "0.054", P, (), "one-sided"),
        # SE 1 and 1: t = 3 / root(2) = 2.12; as SDs of 50 they would give t = 15
        (("10.0", "1.0", 50, True), ("13.0", "1.0", 50, True), "0.036", A, (), "standard errors"),
        (("10.0", "1.0", 50), ("13.0", "1.0", 50), "0.036", C, (), "standard errors called SD"),
        (("10", "0", 5), ("12", "0", 5), "< 0.001", A, (), "no spread at all, rounded"),
    ],
)
def test_a_p_value_of_two_means(one, other, p, fit, tests, why):
    found = two_means(group(*one), group(*other), claimed_number(p))
    assert found.fit is fit, why
    assert set(tests) <= set(found.tests)


@law
@given(
    st.tuples(
        st.fractions(0, 90, max_denominator=1000), st.fractions("0.1", 20, max_denominator=1000)
    ),
    st.tuples(
        st.fractions(0, 90, max_denominator=1000), st.fractions("0.1", 20, max_denominator=1000)
    ),
    st.tuples(st.integers(2, 200), st.integers(2, 200)),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
    st.integers(1, 4),
    ways,
)
def test_a_truthful_p_value_is_never_called_wrong(
    one, other, sizes, pooled, as_errors, places, p_places, how
):
    """Means and SDs or standard errors rounded, the p value of either t test, one- or two-sided."""
    (m, s), (k, t) = one, other
    p = stats.ttest_ind_from_stats(
        float(m), float(s), sizes[0], float(k), float(t), sizes[1], equal_var=pooled
    ).pvalue
    spreads = [float(s), float(t)]
    if as_errors:
        spreads = [each / n**0.5 for each, n in zip(spreads, sizes, strict=True)]
    groups = [
        Group(shown(mean, places, how), shown(Fraction(spread), places, how), n, as_errors)
        for mean, spread, n in zip((m, k), spreads, sizes, strict=True)
    ]
    assert two_means(*groups, shown(Fraction(float(p)), p_places, how)).fit is not C


def test_one_patient_has_no_spread():
    with pytest.raises(ValueError, match="no spread of 1"):
        two_means(group("5", "1", 1), group("6", "1", 9), claimed_number("0.04"))
