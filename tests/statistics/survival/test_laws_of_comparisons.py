"""Groups compared: laws that hold for any patients, and an exact calculation in plain Python.

The calculation follows the definitions one patient and one fraction at a time, without arrays.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.statistics.truth import law
from timeline.statistics.survival.log_rank import log_rank
from timeline.statistics.survival.proportional_hazards import TIES, cox_model

F = Fraction
patients = st.tuples(
    st.integers(0, 12), st.booleans(), st.sampled_from("ABC"), st.sampled_from("xyz")
)
cohorts = st.lists(patients, min_size=2, max_size=25)
ties = st.sampled_from(sorted(TIES))


def columns(cohort):
    return tuple(zip(*cohort, strict=True))


def about(value, scale=1e-7):
    return value if value is None else pytest.approx(value, rel=scale, abs=scale)


# The exact calculation


def moments(times, events, groups, strata):
    """For each time of an event in a stratum: at risk and events by group, and survival before."""
    names = sorted(set(groups))
    rows = list(zip(times, events, groups, strata, strict=True))
    for stratum in sorted(set(strata)):
        own = [row for row in rows if row[3] == stratum]
        before = F(1)
        for time in sorted({row[0] for row in own if row[1]}):
            at_risk = [sum(r[0] >= time and r[2] == name for r in own) for name in names]
            deaths = [sum(r[0] == time and r[1] and r[2] == name for r in own) for name in names]
            yield at_risk, deaths, before
            before *= 1 - F(sum(deaths), sum(at_risk))


def solved(matrix, right):
    """The solution of a system of fractions; None where the matrix is singular (Gauss)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for n in range(len(rows)):
        pivot = next((m for m in range(n, len(rows)) if rows[m][n]), None)
        if pivot is None:
            return None
        rows[n], rows[pivot] = rows[pivot], rows[n]
        rows[n] = [each / rows[n][n] for each in rows[n]]
        for m in range(len(rows)):
            if m != n:
                factor = rows[m][n]
                rows[m] = [a - factor * b for a, b in zip(rows[m], rows[n], strict=True)]
    return [row[-1] for row in rows]


def exact_log_rank(times, events, groups, strata, rho):
    """(O - E)' V^-1 (O - E) in fractions; V is that of a hypergeometric draw at each time."""
    size = len(set(groups))
    gap, expected = [F(0)] * size, [F(0)] * size
    variance = [[F(0)] * size for _ in range(size)]
    for at_risk, deaths, before in moments(times, events, groups, strata):
        n, d, w = sum(at_risk), sum(deaths), before**rho
        spread = F(d * (n - d), n - 1) if n > 1 else F(0)
        for i in range(size):
            share = F(at_risk[i], n)
            gap[i] += w * (deaths[i] - d * share)
            expected[i] += w * d * share
            for j in range(size):
                variance[i][j] += w * w * spread * share * ((i == j) - F(at_risk[j], n))
    kept = [i for i in range(size) if expected[i]][1:]
    if not kept:
        return None
    found = solved([[variance[i][j] for j in kept] for i in kept], [gap[i] for i in kept])
    return None if found is None else sum(f * gap[i] for f, i in zip(found, kept, strict=True))


def log_likelihood(logs, times, events, groups, strata, method):
    """The log partial likelihood by its definition, one event after the other."""
    total = 0.0
    for at_risk, deaths, _ in moments(times, events, groups, strata):
        count = sum(deaths)
        hazards = [math.exp(log) for log in logs]
        for number in range(count):
            part = number / count if method == "Efron" else 0.0
            total -= math.log(sum((n - part * d) * h for n, d, h in
                                  zip(at_risk, deaths, hazards, strict=True)))  # fmt: skip
        total += sum(d * log for d, log in zip(deaths, logs, strict=True))
    return total


@law
@given(cohorts, st.booleans(), st.sampled_from([0, 1]))
def test_a_log_rank_test_is_the_exact_one(cohort, stratified, rho):
    times, events, groups, blocks = columns(cohort)
    strata = blocks if stratified else ("",) * len(times)
    found = log_rank(times, events, groups, strata if stratified else None, rho)
    exact = exact_log_rank(times, events, groups, strata, rho)
    assert found.statistic == about(None if exact is None else float(exact))


@law
@given(cohorts, st.booleans(), ties)
def test_no_hazard_ratio_near_the_estimate_is_more_likely(cohort, stratified, method):
    """And where one is not finite, none that is reaches the likelihood of the test."""
    times, events, groups, blocks = columns(cohort)
    strata = blocks if stratified else ("",) * len(times)
    names = sorted(set(groups))
    model = cox_model(times, events, groups, reference=names[0], ties=method,
                      strata=strata if stratified else None)  # fmt: skip
    by_name = {each.name: each for each in model.ratios}
    logs = [0.0, *(by_name[name].log for name in names[1:])]

    def likelihood(values):
        return log_likelihood(values, times, events, groups, strata, method)

    if model.likelihood_ratio.statistic is None:
        assert any(each.reason for each in model.ratios) or len(names) == 1
        return
    best = model.likelihood_ratio.statistic / 2 + likelihood([0.0] * len(names))
    if all(log is not None for log in logs):
        assert likelihood(logs) == about(best)
        for place in range(1, len(names)):
            for step in (-0.01, 0.01):
                moved = [log + step * (n == place) for n, log in enumerate(logs)]
                assert likelihood(moved) < best
    else:
        assert model.wald.statistic is None
        for height in (5.0, 30.0):
            for signs in ((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
                tried = [height * sign for sign in (0, *signs)][: len(names)]
                assert likelihood(tried) <= best + 1e-9


@law
@given(cohorts, ties)
def test_a_ratio_that_is_not_finite_grows_the_likelihood_for_ever(cohort, method):
    times, events, groups, _ = columns(cohort)
    names = sorted(set(groups))
    assume(len(names) == 2)
    (found,) = cox_model(times, events, groups, reference=names[0], ties=method).ratios
    values = [log_likelihood([0.0, log], times, events, groups, ("",) * len(times), method)
              for log in range(-30, 31)]  # fmt: skip
    rising = all(a <= b + 1e-12 for a, b in itertools.pairwise(values))
    falling = all(a >= b - 1e-12 for a, b in itertools.pairwise(values))
    assert (found.ratio is None) is (rising or falling)
    assert bool(found.reason) is (found.ratio is None)


# Laws


def numbers(cohort, method, *, stratified=True, names=None):
    times, events, groups, blocks = columns(cohort)
    names = names or sorted(set(groups))
    blocks = blocks if stratified else None
    test = log_rank(times, events, groups, blocks)
    model = cox_model(times, events, groups, reference=names[0], strata=blocks, ties=method)
    ratios = {each.name: each for each in model.ratios}
    return [
        test.statistic, model.wald.statistic, model.score.statistic,
        model.likelihood_ratio.statistic,
        *(value for name in names[1:] for value in
          (ratios[name].ratio, ratios[name].low, ratios[name].high, ratios[name].p)),
    ]  # fmt: skip


def alike(one, other):
    return [each is None for each in one] == [each is None for each in other] and [
        each for each in one if each is not None
    ] == pytest.approx([each for each in other if each is not None], rel=1e-6, abs=1e-7)


@law
@given(cohorts, ties, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_count(cohort, method, order):
    shuffled = list(cohort)
    order.shuffle(shuffled)
    assert alike(numbers(cohort, method), numbers(shuffled, method))


@law
@given(cohorts, ties, st.integers(1, 1000), st.integers(0, 50))
def test_only_the_order_of_times_counts(cohort, method, factor, later):
    moved = [(time * factor / 30.4375 + later, *rest) for time, *rest in cohort]
    assert alike(numbers(cohort, method), numbers(moved, method))


@law
@given(cohorts, ties)
def test_the_names_of_groups_do_not_count(cohort, method):
    new = {"A": "z", "B": "a", "C": "m"}
    named = [(time, event, new[group], block) for time, event, group, block in cohort]
    names = [new[name] for name in sorted({each[2] for each in cohort})]
    assert alike(numbers(cohort, method), numbers(named, method, names=names))


@law
@given(cohorts, ties)
def test_one_stratum_is_none(cohort, method):
    one = [(time, event, group, "all") for time, event, group, _ in cohort]
    assert alike(numbers(one, method), numbers(cohort, method, stratified=False))


@law
@given(cohorts, ties)
def test_a_stratum_with_one_group_tells_nothing(cohort, method):
    groups = sorted({each[2] for each in cohort})
    more = [(time, True, groups[0], "alone") for time in (1, 5, 9)]
    assert alike(numbers(cohort, method), numbers([*cohort, *more], method))


@law
@given(cohorts, ties)
def test_the_other_reference_gives_the_reciprocal(cohort, method):
    times, events, groups, _ = columns(cohort)
    names = sorted(set(groups))
    assume(len(names) == 2)
    one, other = (cox_model(times, events, groups, reference=name, ties=method) for name in names)
    for ratio, turned in zip(one.ratios, other.ratios, strict=True):
        assert (ratio.ratio is None) is (turned.ratio is None)
        if ratio.ratio:
            assert ratio.ratio == about(1 / turned.ratio, 1e-6)
            assert ratio.low == about(1 / turned.high, 1e-6)
    for kind in ("wald", "score", "likelihood_ratio"):
        assert getattr(one, kind).statistic == about(getattr(other, kind).statistic, 1e-6)


@law
@given(st.lists(st.tuples(st.booleans(), st.sampled_from("ABC")), min_size=3, max_size=25), ties)
def test_without_ties_the_score_test_is_the_log_rank_test(cohort, method):
    """Cox 1972: with all times different the variance of both is the same."""
    events, groups = zip(*cohort, strict=True)
    times = range(1, len(events) + 1)
    score = cox_model(times, events, groups, reference=groups[0], ties=method).score
    test = log_rank(times, events, groups)
    if score.statistic is not None:
        assert test.statistic == about(score.statistic)
