"""Gray's test: what another program prints, the log-rank test where they agree, and permutation."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.statistics.survival.cumulative_incidence import cumulative_incidence
from timeline.statistics.survival.gray import gray_test, scores_and_variance
from timeline.statistics.survival.log_rank import log_rank

SAMPLE = Path(__file__).parents[2] / "data" / "survival" / "gray_sample.csv"
SWAPPED = {0: 0, 1: 2, 2: 1}  # the other event is the one of interest


def sample(groups="abc", stratum=None):
    """Times, events and groups of the sample, of some groups and one stratum or both."""
    with SAMPLE.open(newline="") as file:
        rows = [row for row in csv.DictReader(file)
                if row["group"] in groups and stratum in (None, row["stratum"])]  # fmt: skip
    return (
        [Fraction(row["time"]) for row in rows],
        [int(row["event"]) for row in rows],
        [row["group"] for row in rows],
    )


def test_the_sample_is_that_of_the_other_program():
    """cmprsk, tests/test.Rout.save, ``cuminc(ss, cc)``: the incidences at 1, 2 and 3."""
    times, events, _ = sample()
    for event, printed in ((1, (0.2352861, 0.3287068, 0.4247898)),
                           (2, (0.2567862, 0.3931580, 0.4631781))):  # fmt: skip
        found = cumulative_incidence(times, events, event)
        assert [found.at(time) for time in (1, 2, 3)] == pytest.approx(printed, abs=5e-8)


@pytest.mark.parametrize(
    ("groups", "event", "printed"),
    [
        ("abc", 1, 3.393977),
        ("abc", 2, 1.989511),
        ("ac", 1, 3.5151549),
        ("ac", 2, 0.1400145),
    ],
)
def test_statistics_are_those_of_another_program(groups, event, printed):
    """cmprsk, the same file: ``cuminc(ss, cc, gg, strt)`` and that of ``ggd != 'b'``."""
    scores, variance = np.zeros(len(groups)), np.zeros((len(groups),) * 2)
    for stratum in "12":
        times, events, of = sample(groups, stratum)
        codes = events if event == 1 else [SWAPPED[each] for each in events]
        found = scores_and_variance(times, codes, of, list(groups))
        scores, variance = scores + found[0], variance + found[1]
    statistic = scores[1:] @ np.linalg.solve(variance[1:, 1:], scores[1:])
    assert statistic == pytest.approx(printed, rel=1e-6)


def test_without_strata_it_is_the_same_from_scores_and_variance():
    found = gray_test(*sample())
    scores, variance = scores_and_variance(*sample(), list(found.names))
    for left_out in range(3):  # any group follows from the others
        kept = [n for n in range(3) if n != left_out]
        one = scores[kept] @ np.linalg.solve(variance[np.ix_(kept, kept)], scores[kept])
        assert found.statistic == pytest.approx(one)
    assert (found.df, sum(found.scores)) == (2, pytest.approx(0))
    assert variance.sum(axis=0) == pytest.approx([0, 0, 0])


def test_a_score_by_hand():
    """A: event at 1, other event at 2. B: event at 3, censored at 4.

    At risk for the subdistribution: A 2, B 2 at 1; at 3, A has 1 at risk over S = 0? A had its
    event and its other event, nobody is left, so A counts 0, and B 2. Expected of A: 2/4 at 1.
    """
    scores, _ = scores_and_variance([1, 2, 3, 4], [1, 2, 1, 0], ["A", "A", "B", "B"], ["A", "B"])
    assert scores == pytest.approx([0.5, -0.5])


patients = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 2), st.sampled_from("AB")), min_size=4, max_size=30
)


@given(patients)
def test_without_a_competing_event_the_scores_are_those_of_the_log_rank_test(found):
    times, codes, groups = zip(*found, strict=True)
    events = [min(code, 1) for code in codes]
    test = log_rank(times, [bool(each) for each in events], groups)
    if test is not None:
        scores, _ = scores_and_variance(times, events, groups, test.names)
        gap = [seen - due for seen, due in zip(test.observed, test.expected, strict=True)]
        assert scores == pytest.approx(gap, abs=1e-9)


@given(patients, st.permutations("AB"))
def test_names_order_and_unit_change_nothing(found, names):
    times, codes, groups = zip(*found, strict=True)
    named = dict(zip("AB", names, strict=True))
    one = gray_test(times, codes, groups)
    other = gray_test([7 * time for time in reversed(times)], codes[::-1],
                      [named[group] for group in reversed(groups)])  # fmt: skip
    assert (one is None) == (other is None)
    if one is not None:
        assert one.statistic == pytest.approx(other.statistic, rel=1e-6, abs=1e-9)
        assert 0 <= one.p <= 1


def test_the_variance_is_that_of_scores_when_groups_are_drawn_again():
    """Under one incidence the groups may be exchanged: 400 draws of 90 patients, with ties.

    The variance of a variance from 400 draws is 2/400 of its square: three deviations are 21 %.
    """
    draw = np.random.default_rng(7)
    times = [int(each) for each in draw.integers(1, 40, 90)]
    codes = [int(each) for each in draw.choice(3, 90, p=(0.25, 0.5, 0.25))]
    groups, scores, variances = list("AAB" * 30), [], []
    for _ in range(400):
        draw.shuffle(groups)
        score, variance = scores_and_variance(times, codes, groups, ["A", "B"])
        scores.append(score[0])
        variances.append(variance[0, 0])
    assert np.var(scores) == pytest.approx(np.mean(variances), rel=0.21)
    assert abs(np.mean(scores)) < 3 * np.std(scores) / 20


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (([], [], []), "0 times, 0 events, 0 groups"),
        (([1], [1, 2], ["A"]), "1 times, 2 events, 1 groups"),
        (([1], [3], ["A"]), "events: {3}|events: \\[3\\]"),
    ],
)
def test_what_cannot_be_tested_is_refused(given_, words):
    with pytest.raises(ValueError, match=words):
        gray_test(*given_)


@pytest.mark.parametrize(
    ("times", "codes", "groups"),
    [
        pytest.param([1, 2], [1, 1], ["A", "A"], id="one group"),
        pytest.param([1, 2, 3], [0, 2, 0], ["A", "B", "A"], id="no event"),
    ],
)
def test_nothing_to_compare_is_no_test(times, codes, groups):
    assert gray_test(times, codes, groups) is None
