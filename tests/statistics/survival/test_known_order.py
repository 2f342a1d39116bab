"""Vague times whose order is known, and those whose order is not."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law
from timeline.core.span import Span
from timeline.statistics.survival.kaplan_meier_bounds import Leaving, Observed
from timeline.statistics.survival.known_order import times_in_known_order
from timeline.statistics.survival.log_rank import log_rank


def patient(text):
    """``3-5`` an event in that range, ``3-5+`` censored in it, ``4`` an event at 4."""
    low, _, high = text.rstrip("+").partition("-")
    return Observed.of(Span(int(low), int(high or low)), "+" not in text)


@pytest.mark.parametrize(
    ("texts", "known"),
    [
        pytest.param("3 5 7+", True, id="nothing is vague"),
        pytest.param("3-4 5 7", True, id="the range ends before the next event"),
        pytest.param("3-5 5", False, id="at the same time, or before it"),
        pytest.param("3-5 4", False, id="before or after"),
        pytest.param("3-5 4+", False, id="still at risk, or not"),
        pytest.param("3-5 5+", True, id="still at risk at each possible time"),
        pytest.param("5-7+ 5", True, id="censored no earlier than the event"),
        pytest.param("3-6+ 4-8+ 2", True, id="two censored: their order does not count"),
        pytest.param("3-6+ 5", False, id="perhaps censored before the event"),
    ],
)
def test_the_order_of_times(texts, known):
    found = times_in_known_order([patient(each) for each in texts.split()])
    assert (found is not None) is known


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(Observed.of(Span.point(4), None), id="with the event or censored"),
        pytest.param(Observed((Leaving(Span.point(4), True),), may_be_absent=True), id="absent"),
        pytest.param(Observed((Leaving(Span.point(1), True), Leaving(Span.point(9), True))),
                     id="at one of two times"),
    ],
)  # fmt: skip
def test_what_else_is_open_leaves_no_order(one):
    assert times_in_known_order([one, patient("12")]) is None


ranges = st.tuples(st.integers(0, 8), st.integers(0, 2), st.booleans())


@law
@given(st.lists(ranges, min_size=2, max_size=5))
def test_where_the_order_is_known_every_choice_gives_one_test(drawn):
    patients = [Observed.of(Span(low, low + more), event) for low, more, event in drawn]
    times = times_in_known_order(patients)
    if times is None:
        return
    events, groups = [event for _, _, event in drawn], ["A", *"B" * (len(drawn) - 1)]
    expected = log_rank(times, events, groups)
    days = [range(low, low + more + 1) for low, more, _ in drawn]
    for choice in itertools.product(*days):
        found = log_rank([Fraction(day) for day in choice], events, groups)
        assert (found is None) is (expected is None)
        assert found is None or found.statistic == pytest.approx(expected.statistic)
