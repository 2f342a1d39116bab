"""Cumulative incidence: another program, hand arithmetic, and Kaplan-Meier where it must agree."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law
from timeline.statistics.survival.cumulative_incidence import (
    COMPETING,
    VARIANCES,
    cumulative_incidence,
    incidence_limits,
)
from timeline.statistics.survival.kaplan_meier import CONF_TYPES, kaplan_meier
from timeline.statistics.survival.survival_rates import rates_at

DATA = Path(__file__).parents[2] / "data" / "survival"


def rows(name):
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_incidences_and_limits_are_those_of_another_program():
    """scikit-survival 0.28 in random samples with ties, by both variances, log-log limits."""
    cohorts = defaultdict(list)
    for row in rows("competing_samples.csv"):
        cohorts[row["sample"]].append((int(row["time"]), int(row["event"])))
    expected = rows("competing_expected.csv")
    for row in expected:
        times, events = zip(*cohorts[row["sample"]], strict=True)
        found = cumulative_incidence(times, events, int(row["event"]), row["variance"])
        step = next(each for each in found.steps if each.time == int(row["time"]))
        limits = incidence_limits(step)
        values = [step.incidence, *limits]
        assert values == pytest.approx(
            [float(row[name]) for name in ("incidence", "lower", "upper")], rel=1e-6
        ), row
    assert {row["variance"] for row in expected} == set(VARIANCES)


def test_an_incidence_by_hand():
    """Relapse at 1, death at 2, relapse at 3, censored at 4, relapse at 5.

    Before each: S = 1, 4/5, 3/5, and 2/5 at 5 with one at risk. Relapse: 1/5, 1/5 + 3/5 x 1/3 =
    2/5, 2/5 + 2/5 x 1 = 4/5; death 4/5 x 1/4 = 1/5. Together 1. One less Kaplan-Meier would give
    1 - 4/5 x 2/3 x 0 = 1 for relapse alone.
    """
    times, events = [1, 2, 3, 4, 5], [1, 2, 1, 0, 1]
    relapse = cumulative_incidence(times, events)
    assert [step.incidence for step in relapse.steps] == pytest.approx([0.2, 0.2, 0.4, 0.8])
    assert [step.at_risk for step in relapse.steps] == [5, 4, 3, 1]
    assert (relapse.at(0), relapse.at(4)) == (0.0, pytest.approx(0.4))
    assert cumulative_incidence(times, events, COMPETING).at(9) == pytest.approx(0.2)
    # delta at time 1: S squared d (n - d) / n cubed = 4 / 125, root 0.1789, that of a share
    assert relapse.steps[0].error == pytest.approx(0.1789, abs=0.0001)


cohorts = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2)), min_size=1, max_size=40)


@law
@given(cohorts)
def test_the_incidences_and_survival_add_up_to_one(pairs):
    times, events = zip(*pairs, strict=True)
    free = kaplan_meier(times, [event > 0 for event in events])
    both = [cumulative_incidence(times, events, cause) for cause in (1, 2)]
    for time in {*times}:
        total = sum(curve.at(time) for curve in both) + float(free.at(time))
        assert total == pytest.approx(1)


@law
@given(cohorts, st.sampled_from(sorted(CONF_TYPES)))
def test_without_a_competing_event_the_errors_are_those_of_greenwood(pairs, conf_type):
    times, events = zip(*((time, int(event == 1)) for time, event in pairs), strict=True)
    curve = kaplan_meier(times, [event == 1 for event in events])
    for step in cumulative_incidence(times, events).steps:
        (rate,) = rates_at(curve, [step.time])
        assert step.incidence == pytest.approx(1 - float(curve.at(step.time)))
        if rate.error:
            assert step.error == pytest.approx(rate.error, abs=1e-9)
        limits = incidence_limits(step, conf_type)
        assert limits is None or limits[0] <= step.incidence <= limits[1]


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: cumulative_incidence([], []), "0 times and 0 events"),
        (lambda: cumulative_incidence([-1], [1]), "a time below 0: -1"),
        (lambda: cumulative_incidence([1], [1], variance="jackknife"), "variance: 'jackknife'"),
        (lambda: incidence_limits(cumulative_incidence([1], [1]).steps[0], "linear"), "'linear'"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
