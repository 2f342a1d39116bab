"""Kaplan-Meier under vague times, held against every world of small cohorts, one by one."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.arithmetic.truth import law
from timeline.arithmetic.kaplan_meier import kaplan_meier, median
from timeline.arithmetic.survival_bounds import Observed, bounds, counts, median_between
from timeline.span import NEVER_ENDS, Span

F = Fraction
NEVER = 10**9  # stands for a median that is not reached, to be compared


@st.composite
def observed(draw, widest=3):
    low = draw(st.integers(0, 6))
    high = low + draw(st.integers(0, widest))
    return Observed(Span(low, high), draw(st.sampled_from((True, True, False, None))))


def worlds(patients):
    """Every choice of a day and an event for each patient."""
    choices = [
        [
            (day, event)
            for day in range(int(one.earliest), int(one.latest) + 1)
            for event in ((True, False) if one.event is None else (one.event,))
        ]
        for one in patients
    ]
    for world in itertools.product(*choices):
        yield tuple(zip(*world, strict=True))


def at(points, time):
    return [survival for when, survival in points if when <= time][-1]


@law
@given(st.lists(observed(), min_size=1, max_size=4))
def test_the_bounds_are_the_lowest_and_highest_survival_of_all_worlds(patients):
    found = bounds(patients)
    curves = [kaplan_meier(*world) for world in worlds(patients)]
    for time in range(int(found.longest) + 2):
        survivals = [curve.at(time) for curve in curves]
        assert at(found.low, time) == min(survivals)
        assert at(found.high, time) == max(survivals)


@law
@given(st.lists(observed(), min_size=1, max_size=4))
def test_no_world_has_a_median_outside_the_range(patients):
    low, high = median_between(bounds(patients))
    for world in worlds(patients):
        value = median(kaplan_meier(*world)).value
        mine = NEVER if value is None else value
        assert (NEVER if low is None else low) <= mine <= (NEVER if high is None else high)


@law
@given(st.lists(observed(widest=0), min_size=1, max_size=20))
def test_exact_times_give_the_curve_itself(patients):
    sure = [Observed(one.time, bool(one.event)) for one in patients]
    found = bounds(sure)
    curve = kaplan_meier([one.earliest for one in sure], [bool(one.event) for one in sure])
    assert found.is_one
    assert median_between(found) == (median(curve).value,) * 2
    for step in curve.steps:
        assert at(found.low, step.time) == step.survival


def test_a_cohort_by_hand():
    """Two patients: an event on day 2 or 3, and one censored on day 1 or 4.

    Lowest: censored on day 1, so the event is that of one at risk: 1 until day 2, then nought.
    Highest: censored on day 4, so the event halves: 1 until day 3, then one half.
    """
    found = bounds([Observed(Span(2, 3), True), Observed(Span(1, 4), False)])
    assert found.low == ((0, 1), (2, 0))
    assert found.high == ((0, 1), (3, F(1, 2)))
    # least: day 2; greatest: one half from day 3 to the last day of anybody, 4: (3 + 4) / 2
    assert median_between(found) == (2, F(7, 2))


@pytest.mark.parametrize(
    ("time", "at_risk", "censored", "events"),
    [
        pytest.param(0, (3, 3), (0, 0), (0, 0), id="all at the start"),
        pytest.param(3, (2, 3), (0, 0), (0, 1), id="an event of day 2 to 4 may have been"),
        pytest.param(5, (2, 2), (0, 0), (1, 1), id="it was"),
        pytest.param(9, (0, 0), (1, 2), (1, 2), id="the undecided one is either"),
    ],
)
def test_who_is_at_risk(time, at_risk, censored, events):
    patients = [
        Observed(Span(2, 4), True), Observed(Span(6, 6), False), Observed(Span(7, 7), None),
    ]  # fmt: skip
    found = counts(patients, time)
    assert (found.at_risk, found.censored, found.events) == (
        Span(*at_risk),
        Span(*censored),
        Span(*events),
    )


@law
@given(st.lists(observed(widest=0), min_size=1, max_size=12), st.integers(0, 8))
def test_where_nothing_is_open_the_three_counts_make_up_all(patients, time):
    found = counts([Observed(one.time, bool(one.event)) for one in patients], time)
    assert all(each.is_point for each in (found.at_risk, found.censored, found.events))
    assert found.at_risk.low + found.censored.low + found.events.low == len(patients)


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        pytest.param(lambda: bounds([]), "nobody to draw", id="nobody"),
        pytest.param(lambda: Observed(Span(-1, 2), True), "below nought", id="before the start"),
        pytest.param(lambda: Observed(Span(1, NEVER_ENDS), True), "without end", id="no end"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
