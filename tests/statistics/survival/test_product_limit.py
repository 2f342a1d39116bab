"""Curves on arrays: the exact ones of `kaplan_meier`, areas in fractions, and laws."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law
from timeline.statistics.survival.kaplan_meier import kaplan_meier, quantile, reverse_kaplan_meier
from timeline.statistics.survival.product_limit import (
    product_limit,
    quantile_time,
    restricted_mean,
    survival_rates,
)
from timeline.statistics.survival.risk_sets import merged_times, risk_sets
from timeline.statistics.survival.survival_rates import rates_at

F = Fraction


def about(value, scale=1e-7):
    return value if value is None else pytest.approx(value, rel=scale, abs=scale)


ONE = product_limit([1], [True])
times_and_events = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)
scales = st.sampled_from(["log-log", "log", "plain"])


@law
@given(times_and_events, scales, st.booleans())
def test_a_curve_on_arrays_is_the_exact_one(cohort, scale, reverse):
    """`kaplan_meier` has fractions, so that a curve at one half is at it exactly."""
    times, events = zip(*cohort, strict=True)
    exact = (reverse_kaplan_meier if reverse else kaplan_meier)(times, events)
    found = product_limit(times, [event is not reverse for event in events])
    assert found.times.tolist() == [float(step.time) for step in exact.steps]
    assert found.survival.tolist() == pytest.approx([float(step.survival) for step in exact.steps])
    for share in (F(1, 4), F(1, 2), F(3, 4)):
        one, other = quantile(exact, share, scale), quantile_time(found, float(share), scale)
        pairs = ((one.value, other.time), (one.low, other.low), (one.high, other.high))
        assert all(a == b for a, b in pairs), (share, pairs)
    for time in (0, 1, 7, 15, 40):
        (one,), (other,) = rates_at(exact, [time], scale), survival_rates(found, [time], scale)
        assert other.at_risk == one.at_risk
        assert other.survival == about(None if one.survival is None else float(one.survival))
        assert (other.error, other.low, other.high) == tuple(
            map(about, (one.error, one.low, one.high))
        )


@law
@given(times_and_events, st.integers(1, 40))
def test_a_restricted_mean_is_the_area_in_fractions(cohort, until):
    times, events = zip(*cohort, strict=True)
    curve = kaplan_meier(times, events)
    exact = sum(curve.at(F(n)) for n in range(until))  # all times are whole: a step a unit
    found = restricted_mean(product_limit(times, events), until)
    assert found.mean == about(float(exact))
    if all(events) and max(times) <= until:  # the plain mean and its error, by n
        mean = F(sum(times), len(times))
        spread = sum((time - mean) ** 2 for time in times)
        assert found.mean == about(float(mean))
        assert found.error == about(math.sqrt(float(spread)) / len(times), 1e-6)


@law
@given(times_and_events)
def test_turned_round_twice_a_curve_is_itself(cohort):
    times, events = zip(*cohort, strict=True)
    turned = product_limit(times, [not event for event in events])
    again = product_limit(times, [bool(event) for event in events])
    assert turned.events.tolist() == again.censored.tolist()
    assert turned.censored.tolist() == again.events.tolist()
    # S(t) G(t) is the share still at risk, where nobody has the event at the time of a censoring
    if not ((turned.events > 0) & (again.events > 0)).any():
        left = [sum(other > time for other in times) / len(times) for time in again.times]
        assert (turned.survival * again.survival).tolist() == pytest.approx(left)


def test_times_that_differ_by_rounding_are_one():
    """0.1 + 0.2 is 0.30000000000000004 in floats; 0.3 and 0.30001 are two times."""
    assert set(merged_times([0.1 + 0.2, 0.3, 0.30001])) == {0.3, 0.30001}
    sets = risk_sets([0.1 + 0.2, 0.3, 5], [True, True, False], ["A", "B", "A"])
    assert sets.events.tolist() == [[1, 1]]
    assert product_limit([0.1 + 0.2, 0.3, 5], [True, True, False]).at_risk.tolist() == [3, 1]
    (rate,) = survival_rates(product_limit([0.3, 5], [True, False]), [0.1 + 0.2 - 1e-16])
    assert rate.survival == 0.5


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: product_limit([], []), "0 times and 0 events"),
        (lambda: product_limit([1, 2], [True]), "2 times and 1 events"),
        (lambda: product_limit([-1], [True]), "a time below 0: -1"),
        (lambda: product_limit([float("nan")], [True]), "a time that is no number"),
        (lambda: quantile_time(ONE, 1.0), "not a share of patients: 1.0"),
        (lambda: quantile_time(ONE, 0.5, rule="mean"), "known: quantile, table"),
        (lambda: quantile_time(ONE, 0.5, "wald"), "known: log-log, log, plain"),
        (lambda: restricted_mean(ONE, 0), "write a time above 0"),
        (lambda: risk_sets([1], [True], ["A"], ["x", "y"]), "1 groups, 2 strata"),
    ],
)
def test_what_is_no_curve_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
