"""Log-rank tests and hazard ratios: what textbooks print, and what cannot be given."""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law
from timeline.statistics.survival.log_rank import log_rank
from timeline.statistics.survival.partial_likelihood import Terms, maximum
from timeline.statistics.survival.proportional_hazards import hazard_ratios
from timeline.statistics.survival.risk_sets import RiskSets, risk_sets

F = Fraction


# Freireich 1963, weeks in remission, as Cox and Oakes 1984 print them; + censored
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
# Miller 1997, Survival Analysis: weeks in remission with and without maintenance
MAINTAINED = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"
NOT_MAINTAINED = "5 5 8 8 12 16+ 23 27 30 33 43 45"


def arms(first, second):
    words = [*first.split(), *second.split()]
    groups = ["first"] * len(first.split()) + ["second"] * len(second.split())
    return [int(each.rstrip("+")) for each in words], ["+" not in each for each in words], groups


@pytest.mark.parametrize(
    ("data", "statistic", "p"),
    [
        # Kleinbaum and Klein, Survival Analysis, chapter 2: 16.79 with 1 degree of freedom
        pytest.param(arms(SIX_MP, PLACEBO), 16.79, 0.0000417, id="leukaemia in children"),
        # R, package survival, survdiff(Surv(time, status) ~ x, aml): 3.4, p 0.0653
        pytest.param(arms(MAINTAINED, NOT_MAINTAINED), 3.40, 0.0653, id="acute myeloid leukaemia"),
    ],
)
def test_log_rank_tests_of_textbooks(data, statistic, p):
    found = log_rank(*data)
    assert found.df == 1
    assert found.statistic == pytest.approx(statistic, abs=0.005)
    assert found.p == pytest.approx(p, rel=0.005)


@pytest.mark.parametrize(
    ("data", "ties", "ratio", "low", "high"),
    [
        # Kleinbaum and Klein, chapter 3, model 1: 4.523 (2.027 to 10.094), SE 0.410, by Breslow
        pytest.param(arms(SIX_MP, PLACEBO), "Breslow", 4.523, 2.027, 10.094, id="Breslow"),
        # R, package survival: coef 1.5721, SE 0.4124; exp(1.5721 -+ 1.96 x 0.4124)
        pytest.param(arms(SIX_MP, PLACEBO), "Efron", 4.817, 2.147, 10.810, id="Efron"),
        # coxph(Surv(time, status) ~ x, aml): coef 0.9155, SE 0.5119
        pytest.param(arms(MAINTAINED, NOT_MAINTAINED), "Efron", 2.498, 0.916, 6.813, id="aml"),
    ],
)
def test_hazard_ratios_of_textbooks(data, ties, ratio, low, high):
    (found,) = hazard_ratios(*data, reference="first", ties=ties)
    assert (found.ratio, found.low, found.high) == pytest.approx((ratio, low, high), rel=0.001)
    (turned,) = hazard_ratios(*data, reference="second", ties=ties)
    assert turned.ratio == pytest.approx(1 / found.ratio)
    assert (turned.low, turned.high) == pytest.approx((1 / found.high, 1 / found.low))


def test_a_hazard_ratio_by_hand():
    """Events of A at 1 and 4, of B at 2 and 3, nobody else: the log likelihood in b is
    2 b - ln(2 + 2 e^b) - ln(1 + 2 e^b) - ln(1 + e^b) - 0, and its slope is zero where
    2 = 2x/(1 + x) + 2x/(1 + 2x) with x = e^b, so 1 + 2x = x + x squared: x = (1 + root 5) / 2."""
    (found,) = hazard_ratios([1, 4, 2, 3], [True] * 4, ["A", "A", "B", "B"], reference="A")
    assert found.ratio == pytest.approx((1 + 5**0.5) / 2)


@pytest.mark.parametrize(
    ("times", "events", "groups", "tested"),
    [
        pytest.param([1, 2, 3, 4], [1, 1, 0, 0], "AABB", True, id="no event in a group"),
        pytest.param([1, 2, 3, 4], [0, 0, 0, 0], "AABB", False, id="no event at all"),
        pytest.param([1, 2, 3, 4], [0, 0, 1, 1], "AABB", False, id="no risk set has both"),
    ],
)
def test_what_cannot_be_estimated_is_not_given(times, events, groups, tested):
    (found,) = hazard_ratios(times, [bool(e) for e in events], list(groups), reference="A")
    assert (found.ratio, found.low, found.high, found.p) == (None,) * 4
    test = log_rank(times, [bool(e) for e in events], list(groups))
    assert (test.statistic is not None) is tested is (test.reason == "")


def test_all_events_at_one_time():
    """Nobody leaves first, so the test has no variance; by symmetry the ratio is 1."""
    data = [5, 5], [True, True], ["A", "B"]
    test = log_rank(*data)
    assert (test.statistic, test.df, test.p) == (None, None, None)
    assert "no variance" in test.reason
    assert hazard_ratios(*data, reference="A")[0].ratio == pytest.approx(1)


cohorts = st.lists(st.tuples(st.integers(0, 20), st.booleans(), st.sampled_from("AB")),
                   min_size=2, max_size=30)  # fmt: skip


@law
@given(cohorts, st.integers(1, 9))
def test_only_the_order_of_times_counts(cohort, factor):
    times, events, groups = zip(*cohort, strict=True)
    stretched = [time * factor + 3 for time in times]
    one, other = (log_rank(each, events, groups) for each in (times, stretched))
    assert one.statistic == (other.statistic and pytest.approx(other.statistic, abs=1e-9))
    if len(set(groups)) == 2:
        first, second = (hazard_ratios(each, events, groups, reference=groups[0])
                         for each in (times, stretched))  # fmt: skip
        assert first[0].ratio == (second[0].ratio and pytest.approx(second[0].ratio))


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: log_rank([], [], []), "0 times, 0 events, 0 groups"),
        (lambda: risk_sets([1], [True], ["A", "B"]), "1 times, 1 events, 2 groups"),
        (lambda: hazard_ratios([1], [True], ["A"], reference="B"), "no such group: 'B'"),
        (lambda: hazard_ratios([1], [True], ["A"], reference="A", ties="exact"), "ties: 'exact'"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()


@pytest.mark.parametrize(
    ("cohort", "reason"),
    [  # time, event, group of each patient; B is compared with A
        ("1 1 A|2 1 A|3 0 B", "no event in B"),
        ("1 1 B|2 1 B|3 0 A", "no event in A"),
        ("1 1 A|2 1 A|3 1 B|4 1 B", "the likelihood rises as long as the ratio falls"),
        ("1 1 B|2 1 B|3 1 A|4 1 A", "the likelihood rises as long as the ratio grows"),
        ("1 0 A|2 0 A|3 1 B|4 1 B", "no event tells the hazards of B and A apart"),
        ("1 0 A|2 0 B", "no event"),
    ],
)  # fmt: skip
def test_why_there_is_no_ratio(cohort, reason):
    rows = [row.split() for row in cohort.split("|")]
    times, events, groups = zip(*((int(t), e == "1", g) for t, e, g in rows), strict=True)
    (found,) = hazard_ratios(times, events, groups, reference="A")
    assert (found.ratio, found.reason.removeprefix("no finite estimate: ")) == (None, reason)


def test_a_large_ratio_is_found_from_afar():
    """One patient of B among 1,000 of A has the event at 2, one of A had it at 1. With x the ratio
    the slope of the log likelihood in ln x is 1 - x / (1000 + x) - x / (999 + x), zero where
    1000 x 999 = x squared. A plain step of Newton's method from 0 is 500 long,
    and the likelihood far less there."""
    times, events = [1, 2, *[3] * 999], [True, True, *[False] * 999]
    (found,) = hazard_ratios(times, events, ["A", "B", *["A"] * 999], reference="A")
    assert found.ratio == pytest.approx((1000 * 999) ** 0.5)


def test_the_cost_of_a_test_and_a_model_is_linear():
    """Ten times the patients take ten times as long; a loop over pairs would take a hundred."""

    def seconds(number):
        draw = np.random.default_rng(1)
        given = (draw.random(number), draw.random(number) < 0.5, ["A", "B"] * (number // 2))
        began = time.process_time()
        log_rank(*given)
        hazard_ratios(*given, reference="A")
        return time.process_time() - began

    seconds(100)
    assert min(seconds(200_000) for _ in range(2)) < 30 * max(seconds(20_000), 0.01)


def test_a_model_of_millions_of_events_ends_soon(monkeypatch):
    """Six times with a billion patients: the likelihood is known to fifteen digits of its size.

    A step that rounding alone makes look worse was halved again and again, 1,250 values in all.
    """
    left = np.arange(6, 0, -1)[:, None] * np.array([[1e9, 0.9e9]])
    events = np.full((6, 2), 1e8) * np.array([[1.0, 0.9 * 0.77]])
    sets = RiskSets(names=("A", "B"), sizes=(6 * 10**9, 54 * 10**8), at_risk=left, events=events,
                    strata=np.zeros(6, dtype=int))  # fmt: skip
    asked = []
    value = Terms.value
    monkeypatch.setattr(Terms, "value", lambda self, logs: asked.append(1) or value(self, logs))
    fit = maximum(sets, 0, "Breslow")
    assert len(asked) < 60
    assert fit.logs[1] == pytest.approx(np.log(0.77))  # at each time 0.77 of the events of A
