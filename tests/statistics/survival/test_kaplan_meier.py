from __future__ import annotations

import csv
import itertools
import warnings
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.statistics.truth import law, places, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.statistics.rounding import Consistency
from timeline.statistics.survival.kaplan_meier import (
    CONF_TYPES,
    follow_up,
    kaplan_meier,
    median,
    reverse_kaplan_meier,
)

DATA = Path(__file__).parents[2] / "data" / "survival"
F = Fraction


def rows(name):
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


def samples():
    found = defaultdict(list)
    for row in rows("km_samples.csv"):
        found[row["sample"]].append((F(row["time"]), row["event"] == "1"))
    return {name: tuple(zip(*pairs, strict=True)) for name, pairs in found.items()}


@pytest.mark.parametrize("conf_type", CONF_TYPES)
@pytest.mark.parametrize(
    ("curve", "columns"),
    [
        pytest.param(kaplan_meier, ("median", "lower", "upper"), id="survival"),
        pytest.param(reverse_kaplan_meier, ("reverse_median", "reverse_lower", "reverse_upper"),
                     id="follow-up"),
    ],
)  # fmt: skip
def test_median_and_limits_are_those_of_r(conf_type, curve, columns):
    cohorts = samples()
    expected = [row for row in rows("km_expected.csv") if row["conf_type"] == conf_type]
    assert len(expected) == len(cohorts) == 200
    for row in expected:
        times, events = cohorts[row["sample"]]
        found = median(curve(times, events), conf_type)
        printed = tuple(None if row[name] == "NA" else F(row[name]) for name in columns)
        assert (found.value, found.low, found.high) == printed, row["sample"]
        assert (len(times), sum(events)) == (int(row["n"]), int(row["events"]))


# Freireich 1963 as in Cox and Oakes 1984: 6-mercaptopurine, weeks in remission; + censored
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+".split()  # noqa: SIM905


def test_a_curve_of_the_textbooks():
    times = [int(each.rstrip("+")) for each in SIX_MP]
    curve = kaplan_meier(times, ["+" not in each for each in SIX_MP])
    printed_rates = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    for time, rate in printed_rates.items():
        assert float(curve.at(time)) == pytest.approx(rate, abs=0.0005)
    assert curve.at(5) == 1
    assert curve.at(35) == curve.at(23)
    assert median(curve).value == 23
    assert median(curve).high is None


@pytest.mark.parametrize(
    ("times", "events", "value"),
    [
        pytest.param([1, 2, 3], [1, 1, 1], 2, id="the middle one"),
        pytest.param([1, 2, 3, 4], [1, 1, 1, 1], F(5, 2), id="midway between two"),
        pytest.param([1, 2, 3, 4], [1, 1, 0, 0], 3, id="midway to the end of the curve"),
        pytest.param([1, 2], [1, 0], F(3, 2), id="half left, to its last time"),
        pytest.param([1, 1, 2], [1, 0, 0], None, id="at risk at an event of the same time"),
        pytest.param([1, 2, 3], [0, 0, 1], 3, id="the last at risk"),
        pytest.param([1, 2], [0, 0], None, id="no event"),
    ],
)
def test_small_curves(times, events, value):
    assert median(kaplan_meier(times, events)).value == value


cohorts = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=25)


@law
@given(cohorts)
def test_laws_of_a_curve(pairs):
    times, events = zip(*pairs, strict=True)
    curve = kaplan_meier(times, events)
    survivals = [step.survival for step in curve.steps]
    assert survivals == sorted(survivals, reverse=True)
    assert sum(step.events + step.censored for step in curve.steps) == len(pairs)
    share = 1
    for step in curve.steps:  # a share of n up to the first censoring, and never below it
        share -= F(step.events, len(pairs))
        assert step.survival >= share
        if step.censored:
            break
        assert step.survival == share
    for conf_type in CONF_TYPES:
        found = median(curve, conf_type)
        if found.value is not None and found.low is not None:
            assert found.low <= found.value
        if found.high is not None:
            assert found.value is not None
            assert found.value <= found.high


@pytest.mark.parametrize(
    ("text", "fit", "kinds"),
    [
        # times 2 4+ 6 8+ 10+: middle 6; of those alive 4, 8, 10: 8; reverse 4/5 at 4 (4 at risk:
        # 3/4), at 8 of 2: 3/8
        pytest.param("6.0", Consistency.AGREES, ("naive",), id="of all"),
        pytest.param(
            "8.0", Consistency.AGREES, ("survivors only", "reverse Kaplan-Meier"), id="of two"
        ),
        pytest.param("9.0", Consistency.CONTRADICTED, (), id="of none"),
    ],
)
def test_which_follow_up_a_print_is(text, fit, kinds):
    found = follow_up(parse_printed(text), [2, 4, 6, 8, 10], [True, False, True, False, False])
    assert (found.fit, found.kinds) == (fit, kinds)
    assert dict(found.expected)["naive"] == 6


@law
@given(cohorts, places, ways)
def test_a_truthful_follow_up_is_recognised_and_naive_is_the_shortest(pairs, decimals, how):
    times, events = zip(*pairs, strict=True)
    reverse = median(reverse_kaplan_meier(times, events)).value
    if reverse is None:
        return
    found = follow_up(shown(reverse, decimals, how), times, events)
    assert found.fit is not Consistency.CONTRADICTED
    naive = dict(found.expected)["naive"]
    assert naive is not None
    assert naive <= reverse


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: kaplan_meier([], []), "0 times and 0 events"),
        (lambda: kaplan_meier([1, 2], [True]), "2 times and 1 events"),
        (lambda: kaplan_meier([1, -2], [True, True]), "a time below 0: -2"),
        (lambda: median(kaplan_meier([1], [True]), "linear"), "kind of interval: 'linear'"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()


PATTERNS = {
    "all had the event": lambda i, n: True,
    "every second censored": lambda i, n: i % 2 == 0,
    "every third censored": lambda i, n: i % 3 != 2,
    "the last third censored": lambda i, n: 3 * i < 2 * n,
    "the first third censored": lambda i, n: 3 * i >= n,
    "one event in four": lambda i, n: i % 4 == 3,
}
SCIPY_NAMES = {"log-log": "log-log", "plain": "linear"}


def first_at_half(times, values):
    """Where a curve comes down to one half; not known where it lies on it, or rises again."""
    known = [(time, value) for time, value in zip(times, values, strict=True) if value == value]
    if any(abs(value - 0.5) < 1e-6 for _, value in known):
        return "unclear"
    falls = [value for _, value in known]
    if any(later > first + 1e-12 for first, later in itertools.pairwise(falls)):
        return "unclear"
    return next((int(time) for time, value in known if value <= 0.5), None)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_curves_and_limits_of_every_n_up_to_100_as_scipy_has_them(pattern):
    compared = 0
    for n in range(1, 101):
        events = [PATTERNS[pattern](i, n) for i in range(n)]
        curve = kaplan_meier(range(1, n + 1), events)
        pairs = list(zip(range(1, n + 1), events, strict=True))
        data = stats.CensoredData(
            uncensored=[time for time, event in pairs if event],
            right=[time for time, event in pairs if not event],
        )
        theirs = stats.ecdf(data).sf
        ours = [float(curve.at(int(time))) for time in theirs.quantiles]
        assert ours == pytest.approx(list(theirs.probabilities), abs=1e-12)
        for ours_name, name in SCIPY_NAMES.items():
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # scipy warns where a limit is not defined
                both = theirs.confidence_interval(method=name)
            found = median(curve, ours_name)
            for mine, limit in ((found.low, both.low), (found.high, both.high)):
                # where nobody is left the curve has no limits; scipy carries the last on
                inside = [i for i, left in enumerate(theirs.probabilities) if left > 0]
                printed = first_at_half(
                    [theirs.quantiles[i] for i in inside], [limit.probabilities[i] for i in inside]
                )
                if printed != "unclear":
                    assert mine == printed, (n, ours_name)
                    compared += 1
    assert compared > 300
