"""Shares of what is possible, held against counting, combinatorics and hand arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.temporal_network.networks import (
    MONTH,
    WANG,
    assignments,
    networks,
    shares,
    statements,
)
from timeline.core.span import NEVER_ENDS, Span
from timeline.core.temporal_network import ORIGIN, Constraint, Network, TooVague, whole_days
from timeline.core.temporal_network.counting import Difference, count_assignments


def months(description, early, late, low, high):
    days = whole_days(Span(Fraction(low), Fraction(high)), MONTH)
    return Constraint(description, early, late, days.low, days.high)


FOUR = months("PFS 4 months", "line 1", "line 2", "3.5", "4.5")
EIGHT = months("PFS 8 months", "line 2", "end", "7.5", "8.5")
SEVENTH = Constraint("the seventh cycle had begun", "line 1", "line 2", 126, None)


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        pytest.param([FOUR, EIGHT], 2135, id="both prints together: 7.4 %"),
        pytest.param([FOUR, EIGHT, SEVENTH], 220, id="and the seventh cycle begun: 0.8 %"),
    ],
)
def test_wang_2023_line_1_and_line_2_together(more, kept):
    share = WANG.share(more)
    assert (share.satisfied, share.total, share.exact) == (kept, 28830, True)
    assert share.part == Fraction(kept, 28830)


def test_each_print_of_wang_2023_is_possible_by_itself():
    # 4 months: 930 pairs less 136 too long less 105 too short; 8 months: 14 + 13 + .. + 1
    assert WANG.share([FOUR]).part == Fraction(689, 930)
    assert WANG.share([EIGHT]).part == Fraction(105, 961)


@given(st.one_of(shares(), st.tuples(networks(), statements(most=3))))
def test_a_share_is_the_part_of_all_assignments(question):
    network, more = question
    found = list(assignments(network))
    if found:
        kept = list(assignments(attrs.evolve(network, statements=network.statements + more)))
        share = network.share(more)
        assert share.exact
        assert share.part == Fraction(len(kept), len(found))
        assert share.total is None or Fraction(share.satisfied, share.total) == share.part


@given(shares())
def test_an_estimate_is_marked_and_near_the_count(question):
    network, more = question
    exact, guess = network.share(more), network.share(more, limit=0, draws=20_000)
    if exact.part in (0, 1):
        assert guess == exact  # proved, so never left to chance
    else:
        assert not guess.exact
        assert abs(guess.part - exact.part) < 6 * guess.error  # seeded: one run, always the same


def test_a_moment_without_a_last_day_is_left_out_as_in_the_limit():
    early = Constraint("in the first half", ORIGIN, "a", 1, 5)
    after = Constraint("b follows", "a", "b", 0, None)
    share = Network({"a": Span(1, 10), "b": Span(0, NEVER_ENDS)}, [after]).share([early])
    assert (share.part, share.left_out) == (Fraction(1, 2), ("b",))
    ends = (100, 1000, 10_000)
    parts = [Network({"a": Span(1, 10), "b": Span(0, end)}, [after]).share([early]).part
             for end in ends]  # fmt: skip
    # a leaves end - a + 1 days to b: (5 end - 10) of (10 end - 45)
    assert parts == [Fraction(5 * end - 10, 10 * end - 45) for end in ends]
    assert abs(parts[2] - Fraction(1, 2)) < Fraction(1, 1000)


def test_what_windows_settle_by_themselves_ties_no_moments():
    order = Constraint("in that order", "a", "b", 0, None)
    network = Network({"a": Span(1, 10), "b": Span(20, 29)}, [order])
    share = network.share([Constraint("early", ORIGIN, "a", 1, 2)])
    assert (share.satisfied, share.total) == (2, 10)


def test_an_estimate_starts_from_windows_that_others_have_narrowed():
    # b follows a fixed day 5, so it has 6 days left; half of them are 5 to 7
    after = Constraint("b follows", "a", "b", 0, None)
    network = Network({"a": Span.point(5), "b": Span(0, 10)}, [after])
    guess = network.share([Constraint("b soon", ORIGIN, "b", 0, 7)], limit=0)
    assert abs(guess.part - 0.5) < 6 * guess.error


def test_what_is_said_of_a_moment_and_itself_ties_nothing():
    same = Constraint("the same day", "a", "a", 0, 0)
    share = Network({"a": Span(1, 10)}, [same]).share([Constraint("early", ORIGIN, "a", 1, 2)])
    assert (share.satisfied, share.total) == (2, 10)


def test_what_none_and_what_all_keep_is_proved_and_not_drawn():
    never = Constraint("too long", "line 1", "line 2", 200, None)
    always = Constraint("in order", "line 1", "line 2", 1, None)
    assert WANG.share([never], limit=0) == WANG.share([never])
    assert (WANG.share([never]).part, WANG.share([always], limit=0).part) == (0, 1)


def test_the_same_seed_gives_the_same_estimate_and_another_another():
    first, again = WANG.share([FOUR], limit=0), WANG.share([FOUR], limit=0)
    assert first == again
    assert first.part != WANG.share([FOUR], limit=0, seed=2).part
    assert "estimated" in str(first)


def test_draws_too_uneven_to_estimate_from_are_refused():
    # twelve days in order out of a year: the first draws leave the later ones next to nothing
    order = [Constraint("then", n, n + 1, 1, None) for n in range(11)]
    network = Network({n: Span(1, 365) for n in range(12)}, order)
    early = Constraint("begins in spring", ORIGIN, 0, 60, 90)
    with pytest.raises(TooVague, match="too few to estimate"):
        network.share([early], limit=0)
    # counted: first day d leaves C(365 - d, 11) ways, all in all C(365, 12)
    ways = sum(math.comb(365 - day, 11) for day in range(60, 91))
    assert network.share([early]).part == Fraction(ways, math.comb(365, 12))


@pytest.mark.parametrize(
    ("length", "size"),
    [
        pytest.param(3, 10, id="small"),
        pytest.param(8, 1000, id="more than 64 bits hold"),
    ],
)
def test_numbers_that_never_fall_are_counted_as_combinations(length, size):
    bonds = [Difference(place, place + 1, 0, size) for place in range(length - 1)]
    assert count_assignments([size] * length, bonds) == math.comb(size + length - 1, length)


@st.composite
def bonded(draw):
    """Six values with few choices each, and bonds between any two of them."""
    sizes = draw(st.lists(st.integers(2, 5), min_size=6, max_size=6))
    bonds = []
    for _ in range(draw(st.integers(4, 9))):
        first, second = draw(st.permutations(range(6)))[:2]
        low, high = sorted((draw(st.integers(-4, 4)), draw(st.integers(-4, 4))))
        bonds.append(Difference(first, second, low, high))
    return sizes, bonds


@given(bonded())
def test_counting_by_summing_out_finds_every_choice_once(question):
    sizes, bonds = question
    values = np.indices(sizes)
    keeps = np.ones(sizes, dtype=bool)
    for bond in bonds:
        difference = values[bond.second] - values[bond.first]
        keeps &= (bond.low <= difference) & (difference <= bond.high)
    assert count_assignments(sizes, bonds) == keeps.sum()


def test_a_ring_of_four_years_needs_tables_of_two_axes_only():
    size, reach = 365, 40
    near = abs(np.subtract.outer(np.arange(size), np.arange(size))) <= reach
    ring = [Difference(place, (place + 1) % 4, -reach, reach) for place in range(4)]
    walks = np.linalg.matrix_power(near.astype(np.int64), 4)  # closed walks of four steps
    assert count_assignments([size] * 4, ring, limit=366 * 366) == int(np.trace(walks))
    assert count_assignments([size] * 4, ring, limit=364 * 364) is None
