"""Ratios by hand: line 1 has 100 days, line 2 as in the case."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.core.span import Span
from timeline.endpoints.derived_case import derive
from timeline.endpoints.ratios import RATIOS, pfs_ratios, quotient
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.views.data import ratio_data

LINE_1 = (
    Scan(at="2019-12-20", baseline=1),
    Treatment(at="2020-01-01/2020-04-10", line=1, drugs="x"),
    Scan(at="2020-04-10", target="SD", new="lung", baseline=2, line=1),  # 31 + 29 + 31 + 9 = 100
)
LINE_2 = Treatment(at="2020-05-01/", line=2, drugs="y")


def found(*scans):
    case, problems = Case.of("c", (*LINE_1, LINE_2, *scans))
    assert not problems, problems
    reading, problems = derive(case)
    assert not problems, problems
    return {ratio.name: ratio for ratio in pfs_ratios(reading)}


@pytest.mark.parametrize(
    ("date", "low", "high", "benefit"),
    [
        pytest.param("2020-09-08", "1.30", "1.30", True, id="130 of 100 days: 1.3 is reached"),
        pytest.param("2020-09-07", "1.29", "1.29", False, id="129 of 100 days: it is not"),
        pytest.param("2020-09", "1.23", "1.52", None, id="a month allows 123 to 152 days"),
    ],
)
def test_pfs_ratio(date, low, high, benefit):
    ratio = found(Scan(at=date, target="SD", new="bone"))["PFS ratio"]
    assert (ratio.span, ratio.benefit) == (Span(Fraction(low), Fraction(high)), benefit)


def test_values_that_are_apart_give_ratios_that_are_apart():
    """Progression of line 2 on day 60 (grown is SD or PD) or on day 240, of 100 days before."""
    ratio = found(
        Scan(at="2020-06-30", target="grown", new="none"),  # 60 days after 2020-05-01
        Scan(at="2020-12-27", target="SD", new="bone"),  # 240
    )["PFS ratio"]
    assert ratio.parts == (Span.point(Fraction(60, 100)), Span.point(Fraction(240, 100)))
    assert ratio.description == "0.60 or 2.40; 1.3 may be reached or not"
    assert ratio.span == Span(Fraction(60, 100), Fraction(240, 100))
    shown = ratio_data(ratio)
    assert (shown["low"], shown["high"]) == ("0.60", "2.40")
    assert shown["alternatives"] == [{"low": n, "high": n} for n in ("0.60", "2.40")]


def test_the_gmi_must_exceed_its_cutoff():
    """133 of 100 days is 1.33, which is not above 1.33."""
    assert found(Scan(at="2020-09-11", target="SD", new="bone"))["GMI"].benefit is False
    assert found(Scan(at="2020-09-12", target="SD", new="bone"))["GMI"].benefit is True


def test_a_censored_numerator_is_a_lower_bound():
    ratio = found(Scan(at="2020-07-10", target="SD"))["PFS ratio"]
    assert ratio.span == Span.point(Fraction(70, 100))
    assert ratio.lower_bound
    assert ratio.description.startswith("at least 0.70; 1.3 may be reached or not")
    assert ratio.benefit is None


def test_a_censored_denominator_gives_none():
    case, _ = Case.of("c", (LINE_1[1], LINE_2))
    reading, _ = derive(case)
    (pfs, _) = pfs_ratios(reading)
    assert pfs.span is None
    assert "not evaluable" in pfs.reason  # no scan of line 1 is on record


def test_an_undecided_numerator_is_named_with_what_decides_it():
    """Line 1 ends with PD; grown in line 2 is SD or PD (Eisenhauer 2009, 4.3.1)."""
    reason = found(Scan(at="2020-09-10", target="grown", new="none"))["GMI"].reason
    assert reason == (
        "the time of line 2 is undecided (event if grown on 2020-09-10 means PD; censored if grown "
        "on 2020-09-10 means SD): no ratio can be formed"
    )


days = st.integers(0, 300)


@given(days, days, days, days, days, days)
def test_every_quotient_of_members_is_within_the_range(a, b, c, d, x, y):
    over, under = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    if x in over and y in under and y > 0:
        assert Fraction(x, y) in quotient(over, under)


def test_every_row_has_its_source_and_its_name():
    assert [row.name for row in RATIOS] == ["PFS ratio", "GMI"]
    assert all(row.source for row in RATIOS)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        pytest.param(
            "after line 1 start", Scan(at="after line 2 start", line=2, target="SD"),
            "the time of line 1 has no upper bound; the time of line 2 is censored",
            id="the time of line 1 is what leaves a ratio near 0 possible",
        ),
        pytest.param(
            "2020-04-10", Scan(at="after line 2 start", line=2, target="SD"),
            "the time of line 2 may be 0 days; the time of line 2 is censored",
            id="100 days of line 1, and at least 0 days of line 2",
        ),
        pytest.param(
            "2020-01", Scan(at="after line 2 start", line=2, new="bone"),
            "the time of line 2 may be 0 days; the time of line 2 has no upper bound",
            id="no time is censored",
        ),
    ],
)  # fmt: skip
def test_a_ratio_without_a_bound_says_which_time_has_none(first, second, why):
    case, problems = Case.of(
        "c",
        (
            Scan(at="2019-12-20", baseline=1),
            Treatment(at="2020-01-01/before line 2", line=1, drugs="x"),
            Scan(at=first, new="lung", line=1),
            Treatment(at="2020-05-01/..", line=2, drugs="y"),
            second,
        ),
    )
    assert not problems, problems
    reading, _ = derive(case)
    ratio = next(each for each in pfs_ratios(reading) if each.name == "GMI")
    assert ratio.description == f"not determinable: {why}"
