"""Kaplan-Meier under vague times, held against every world of small cohorts, one by one."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law
from timeline.core.span import NEVER_ENDS, Span
from timeline.statistics.survival.kaplan_meier import kaplan_meier, median
from timeline.statistics.survival.kaplan_meier_bounds import (
    Leaving,
    Observed,
    bounds,
    counts,
    median_between,
    quantile_between,
    quantile_range,
)

F = Fraction
NEVER = 10**9  # means a median that is not reached, to be compared


@st.composite
def ways(draw, widest=3):
    low = draw(st.integers(0, 6))
    high = low + draw(st.integers(0, widest))
    return Span(low, high), draw(st.sampled_from((True, True, False, None)))


@st.composite
def observed(draw, widest=3):
    """One patient of one range."""
    return Observed.of(*draw(ways(widest)))


@st.composite
def undecided(draw):
    """One patient of one to three alternatives, often apart, who may not be of the curve at all."""
    found = [Observed.of(*draw(ways(1))) for _ in range(draw(st.integers(1, 3)))]
    every = tuple(way for one in found for way in one.ways)
    return Observed(every, may_be_absent=draw(st.sampled_from((False, False, True))))


def choices(one):
    """Every day and event that a patient may have; None where it may be absent."""
    days = (
        (day, way.event)
        for way in one.ways
        for day in range(int(way.earliest), int(way.latest) + 1)
    )
    return [*dict.fromkeys(days), *([None] if one.may_be_absent else [])]


NOBODY = ((NEVER,), (False,))  # whom nothing befalls


def worlds(patients):
    """Every choice of a day and an event for each patient."""
    for world in itertools.product(*map(choices, patients)):
        there = [each for each in world if each is not None]
        yield tuple(zip(*there, strict=True)) or NOBODY


cohorts = st.lists(observed(), min_size=1, max_size=4) | st.lists(
    undecided(), min_size=1, max_size=3
)


def at(points, time):
    return [survival for when, survival in points if when <= time][-1]


@law
@given(cohorts)
def test_the_bounds_are_the_lowest_and_highest_survival_of_all_worlds(patients):
    found = bounds(patients)
    curves = [kaplan_meier(*world) for world in worlds(patients)]
    for time in range(int(found.longest) + 2):
        survivals = [curve.at(time) for curve in curves]
        assert at(found.low, time) == min(survivals)
        assert at(found.high, time) == max(survivals)


@law
@given(cohorts)
def test_no_world_has_a_median_outside_the_range(patients):
    low, high = median_between(bounds(patients))
    for world in worlds(patients):
        value = median(kaplan_meier(*world)).value
        mine = NEVER if value is None else value
        assert (NEVER if low is None else low) <= mine <= (NEVER if high is None else high)


@law
@given(cohorts, st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]))
def test_a_quantile_without_the_curves_is_that_of_the_curves(patients, share):
    assert quantile_range(patients, share) == quantile_between(bounds(patients), share)


@given(st.lists(observed(widest=0), min_size=1, max_size=20))
def test_exact_times_give_the_curve_itself(patients):
    certain = [Observed((one.ways[0],)) for one in patients]
    found = bounds(certain)
    curve = kaplan_meier([one.earliest for one in certain], [bool(one.event) for one in certain])
    assert found.is_one
    assert median_between(found) == (median(curve).value,) * 2
    for step in curve.steps:
        assert at(found.low, step.time) == step.survival


def test_a_cohort_by_hand():
    """Two patients: an event on day 2 or 3, and one censored on day 1 or 4.

    Lowest: censored on day 1, so the event is that of one at risk: 1 until day 2, then zero.
    Highest: censored on day 4, so the event halves: 1 until day 3, then one half.
    """
    found = bounds([Observed.of(Span(2, 3), True), Observed.of(Span(1, 4), False)])
    assert found.low == ((0, 1), (2, 0))
    assert found.high == ((0, 1), (3, F(1, 2)))
    # least: day 2; greatest: one half from day 3 to the last day of anybody, 4: (3 + 4) / 2
    assert median_between(found) == (2, F(7, 2))


EVENT_2 = Leaving(Span.point(2), True)


@pytest.mark.parametrize(
    ("ways", "hull", "low", "high", "low_of_hull"),
    [
        # with the event on day 2: 2/3, and 1/3 from day 5 on. With it on day 9: 2/3 from day 5,
        # and 0 from day 9, where nobody else is left. The hull allows day 8, when that is so too.
        pytest.param(
            (EVENT_2, Leaving(Span.point(9), True)),
            Observed.of(Span(2, 9), True),
            ((0, 1), (2, F(2, 3)), (5, F(1, 3)), (9, 0)),
            ((0, 1), (5, F(2, 3)), (9, F(1, 3))),
            ((0, 1), (2, F(2, 3)), (5, F(1, 3)), (8, 0)),
            id="an event on day 2 or on day 9",
        ),
        # no world has an event after day 5, so that nothing falls below 1/3
        pytest.param(
            (EVENT_2, Leaving(Span.point(9), False)),
            Observed.of(Span(2, 9), None),
            ((0, 1), (2, F(2, 3)), (5, F(1, 3))),
            ((0, 1), (5, F(2, 3))),
            ((0, 1), (2, F(2, 3)), (5, F(1, 3)), (8, 0)),
            id="an event on day 2, or censored on day 9",
        ),
    ],
)
def test_alternatives_that_are_apart_are_not_filled_in_between(ways, hull, low, high, low_of_hull):
    """An event on day 5, one censored on day 7, and one patient of two alternatives."""
    certain = [Observed.of(Span.point(5), True), Observed.of(Span.point(7), False)]
    found = bounds([*certain, Observed(ways)])
    assert (found.low, found.high) == (low, high)
    assert bounds([*certain, hull]).low == low_of_hull


def test_a_patient_perhaps_without_measurable_disease_is_at_risk_or_not():
    """Events on day 4 and, of one who may be absent, on day 9: one half from day 4, or zero."""
    found = bounds([
        Observed.of(Span.point(4), True),
        Observed((Leaving(Span.point(9), True),), may_be_absent=True),
    ])  # fmt: skip
    assert found.low == ((0, 1), (4, 0))
    assert found.high == ((0, 1), (4, F(1, 2)), (9, 0))
    assert found.reached_by_all == 4  # without the other the curve ends there


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
        Observed.of(Span(2, 4), True),
        Observed.of(Span(6, 6), False),
        Observed.of(Span(7, 7), None),
    ]
    found = counts(patients, time)
    assert (found.at_risk, found.censored, found.events) == (
        Span(*at_risk),
        Span(*censored),
        Span(*events),
    )


def test_who_may_be_at_risk_of_alternatives():
    """An event on day 2 or censored on day 9, and one who may be absent: had, or is at risk."""
    patients = [
        Observed((Leaving(Span.point(2), True), Leaving(Span.point(9), False))),
        Observed((Leaving(Span.point(8), True),), may_be_absent=True),
    ]
    found = counts(patients, 5)
    assert (found.at_risk, found.censored, found.events) == (Span(0, 2), Span(0, 0), Span(0, 1))


@law
@given(st.lists(observed(widest=0), min_size=1, max_size=12), st.integers(0, 8))
def test_where_nothing_is_open_the_three_counts_make_up_all(patients, time):
    found = counts([Observed((one.ways[0],)) for one in patients], time)
    assert all(each.is_point for each in (found.at_risk, found.censored, found.events))
    assert found.at_risk.low + found.censored.low + found.events.low == len(patients)


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        pytest.param(lambda: bounds([]), "no patients to draw", id="no patients"),
        pytest.param(lambda: Observed(()), "no time", id="no way to leave"),
        pytest.param(lambda: Leaving(Span(-1, 2), True), "below 0", id="before the start"),
        pytest.param(lambda: Leaving(Span(1, NEVER_ENDS), True), "without end", id="no end"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
