"""Odds ratios and relative risks against the counts of two groups."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from timeline.core.printed_numbers import parse_printed
from timeline.statistics.comparisons.two_by_two import ratio_of_counts
from timeline.statistics.rounding import Consistency

TABLE = ((5, 10), (6, 9))  # 5 of 15 and 6 of 15
counts = st.integers(1, 60)


@pytest.mark.parametrize(
    ("name", "claimed", "fit", "by"),
    [
        pytest.param("OR", "0.75", Consistency.AGREES, ("the odds ratio",), id="45 / 60"),
        pytest.param("RR", "0.833", Consistency.AGREES, ("the relative risk",), id="5 / 6"),
        pytest.param("RR", "0.75", Consistency.POSSIBLE, ("the odds ratio",), id="the other ratio"),
        pytest.param("RR", "1.11", Consistency.POSSIBLE, ("the relative risk of not having it",),
                     id="10 / 9"),
        pytest.param("RR", "1.2", Consistency.POSSIBLE,
                     ("the relative risk of the groups exchanged",),
                     id="6 / 5"),
        pytest.param("RR", "0.84", Consistency.POSSIBLE, ("the relative risk",), id="0.833 raised"),
        pytest.param("OR", "0.77", Consistency.CONTRADICTED, (), id="none of them"),
    ],
)  # fmt: skip
def test_a_ratio_against_counts(name, claimed, fit, by):
    found = ratio_of_counts(name, parse_printed(claimed), TABLE)
    assert (found.fit, found.reproduced_by) == (fit, by)


@given(counts, counts, counts, counts)
def test_an_odds_ratio_is_that_of_an_independent_library(a, b, c, d):
    """scipy's sample odds ratio; its conditional one is another."""
    ratio = float(stats.contingency.odds_ratio([[a, b], [c, d]], kind="sample").statistic)
    found = ratio_of_counts("OR", parse_printed("1"), ((a, b), (c, d)))
    assert float(found.value) == pytest.approx(ratio)


@given(counts, counts, counts, counts)
def test_a_relative_risk_is_that_of_an_independent_library(a, b, c, d):
    risk = stats.contingency.relative_risk(a, a + b, c, c + d).relative_risk
    assert float(
        ratio_of_counts("RR", parse_printed("1"), ((a, b), (c, d))).value
    ) == pytest.approx(risk)


@given(counts, counts, counts, counts, st.sampled_from(["OR", "RR"]), st.integers(1, 3))
def test_a_truthful_print_agrees(a, b, c, d, name, digits):
    table = ((a, b), (c, d))
    value = ratio_of_counts(name, parse_printed("1"), table).value
    assert isinstance(value, Fraction)
    text = f"{float(round(value, digits)):.{digits}f}"
    assert ratio_of_counts(name, parse_printed(text), table).fit is Consistency.AGREES


def test_a_group_without_any_has_no_ratio():
    assert ratio_of_counts("OR", parse_printed("2"), ((5, 10), (0, 15))).value is None


@pytest.mark.parametrize(
    ("name", "table", "description"),
    [
        pytest.param("HR", TABLE, "unknown ratio: 'HR'", id="no ratio of counts"),
        pytest.param("OR", ((0, 0), (1, 2)), "each group needs a patient", id="an empty group"),
        pytest.param("OR", ((-1, 4), (1, 2)), "write counts", id="below 0"),
    ],
)
def test_what_is_no_table_is_refused(name, table, description):
    with pytest.raises(ValueError, match=description):
        ratio_of_counts(name, parse_printed("2"), table)
