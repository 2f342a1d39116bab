"""Dates solved jointly, held against every assignment of days that there is."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.temporal_network.networks import (
    MOMENTS,
    MONTH,
    REACH,
    WANG,
    assignments,
    can_be_true,
    everything,
    networks,
    statements,
)
from tests.strategies import spans
from timeline.core.span import ANY, NEVER_ENDS, Span
from timeline.core.temporal_network import ORIGIN, Constraint, Network, whole_days


@given(networks())
def test_it_clashes_just_where_no_assignment_is_left(network):
    assert (network.conflict() is None) == any(True for _ in assignments(network))


@given(networks(bounded=False))
def test_the_closed_bounds_are_the_shortest_paths_of_the_graph(network):
    """The oracle is the other library's: Bellman and Ford from each moment in turn."""
    assert network.is_consistent == (network.conflict() is None)
    if network.is_consistent:
        graph = network.graph()
        for early, late in itertools.permutations((ORIGIN, *dict(network.windows)), 2):
            lengths = nx.single_source_bellman_ford_path_length(graph, early)
            assert network.distance(early, late).high == lengths.get(late, NEVER_ENDS)


@given(networks(bounded=False))
def test_open_windows_clash_just_where_no_days_within_reach_are_left(network):
    assert (network.conflict() is None) == can_be_true(everything(network))


@given(networks(bounded=False), statements(), statements())
def test_statements_added_later_have_the_same_effect(network, more, last):
    """What is added step by step is closed step by step; the oracle closes everything anew."""
    added = network.plus(more).plus(last)
    anew = Network(network.windows, (*network.statements, *more, *last))
    assert added == anew
    assert added.is_consistent == anew.is_consistent
    assert added.conflict() == anew.conflict()
    if anew.is_consistent:
        assert added.tighten() == anew.tighten()
        for early, late in itertools.permutations((ORIGIN, *MOMENTS), 2):
            assert added.distance(early, late) == anew.distance(early, late)
    assert network == Network(network.windows, network.statements)


@given(networks(bounded=False))
def test_a_contradiction_is_minimal(network):
    clash = network.conflict()
    if clash is not None:
        assert not can_be_true(clash.statements)
        for rest in itertools.combinations(clash.statements, len(clash.statements) - 1):
            assert can_be_true(rest)


@given(networks(bounded=False))
def test_no_fewer_statements_clash(network):
    clash = network.conflict()
    if clash is not None:
        for fewer in itertools.combinations(everything(network), len(clash.statements) - 1):
            assert can_be_true(fewer)


@given(networks(bounded=False))
def test_the_days_of_a_clash_are_what_one_of_its_statements_must_give_way_by(network):
    clash = network.conflict()
    if clash is None:
        return
    one, *rest = clash.statements
    for days in (clash.days - 1, clash.days):
        wider = Constraint(one.description, one.early, one.late, one.low - days, one.high + days)
        assert can_be_true((wider, *rest)) == (days == clash.days)


@given(networks())
def test_the_tightest_windows_are_the_days_that_assignments_take(network):
    found = list(assignments(network))
    if found:
        for moment, span in network.tighten().items():
            days = [day[moment] for day in found]
            assert span == Span(min(days), max(days))


@given(networks(), st.sampled_from((*MOMENTS, ORIGIN)), st.sampled_from((*MOMENTS, ORIGIN)))
def test_distances_are_the_differences_that_assignments_show(network, early, late):
    shown = {day[late] - day[early] for day in assignments(network)}
    if shown:
        span = network.distance(early, late)
        assert shown == set(range(int(span.low), int(span.high) + 1))


@given(networks(bounded=False))
def test_open_ends_are_ends_as_far_off_as_one_likes(network):
    """Far windows stand in for open ones, so that what is open and what is not can be seen."""
    if network.conflict() is not None:
        return
    far = 1000
    near = Network(
        {key: span & Span(-far, far) for key, span in network.windows}, network.statements
    ).tighten()
    for moment, span in network.tighten().items():
        for end, stand_in in ((span.low, near[moment].low), (span.high, near[moment].high)):
            assert stand_in == end or (math.isinf(end) and abs(stand_in) > far - 2 * REACH)


@given(networks(), st.integers(-400, 400))
def test_moving_every_day_moves_only_the_windows(network, days):
    if network.conflict() is not None:
        return
    fixed = tuple(s for s in network.statements if ORIGIN not in (s.early, s.late))
    here = Network(network.windows, fixed)
    there = Network({key: span + days for key, span in network.windows}, fixed)
    assert there.tighten() == {key: span + days for key, span in here.tighten().items()}
    assert there.distance("a", "b") == here.distance("a", "b")


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_the_statements_changes_nothing(network, random):
    constraints = random.sample(network.statements, len(network.statements))
    other = Network(network.windows, constraints)
    clash = network.conflict()
    if clash is None:
        assert other.tighten() == network.tighten()
    else:
        again = other.conflict()
        assert (len(again.statements), again.days) == (len(clash.statements), clash.days)


def test_a_joint_range_is_not_the_difference_of_windows():
    start, end = Span(1, 30), Span(1, 60)
    network = Network({"start": start, "end": end}, [Constraint("3 weeks", "start", "end", 21, 21)])
    assert network.distance("start", "end") == Span.point(21)
    tight = network.tighten()
    assert tight["end"] - tight["start"] == Span(-8, 50)


def test_a_chain_too_long_for_its_windows_names_all_its_links():
    chain = [Constraint(f"cycle {n}", n, n + 1, 21, None) for n in range(5)]
    network = Network({n: Span(0, 100) for n in range(6)}, chain)
    clash = network.conflict()
    constraints = [each.description for each in clash.statements]
    assert sorted(constraints) == [*(f"cycle {n}" for n in range(5)), "window of 0", "window of 5"]
    assert clash.days == 5  # 5 x 21 = 105 days in 100


@pytest.mark.parametrize(
    ("span", "unit", "days"),
    [
        pytest.param(Span(Fraction(7, 2), Fraction(9, 2)), MONTH, Span(107, 136), id="4 months"),
        pytest.param(Span(2, 3), 7, Span(14, 21), id="closed ends belong to it"),
        pytest.param(Span(2, 3, False, False), 7, Span(15, 20), id="open ends do not"),
        pytest.param(Span(2, NEVER_ENDS, False), 7, Span(15, NEVER_ENDS), id="over two weeks"),
        pytest.param(ANY, MONTH, ANY, id="nothing stated, nothing bound"),
        pytest.param(Span(Fraction(1, 3), Fraction(2, 3)), 1, None, id="no whole day in between"),
        pytest.param(Span(3, 4, False, False), 1, None, id="none between two neighbours"),
    ],
)
def test_whole_days(span, unit, days):
    assert whole_days(span, unit) == days


@given(spans(), st.fractions(Fraction(1, 4), Fraction(40), max_denominator=16), st.integers(-9, 9))
def test_a_day_is_among_the_whole_days_just_where_its_part_of_a_unit_is_in_the_span(
    span, unit, step
):
    for end in (span.low, span.high):
        day = math.floor(end * unit) + step
        days = whole_days(span, unit)
        assert (Fraction(day) / unit in span) == (days is not None and day in days)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        pytest.param(lambda: Constraint("x", "a", "b", 3, 2), "ends before it starts: 3 to 2",
                     id="the greater number first"),
        pytest.param(lambda: Constraint("x", "a", "b", Fraction(7, 2), 5), "not a whole number",
                     id="half a day"),
        pytest.param(lambda: Constraint("x", "a", "b", math.inf, None), "not a whole number",
                     id="it cannot begin where nothing begins"),
        pytest.param(lambda: Constraint("x", "a", "b", 0, 10**10), "out of reach",
                     id="more days than there were"),
        pytest.param(lambda: Network({"scan": ANY}, [Constraint("x", "scam", "scan", 0, 1)]),
                     "no such moment: 'scam' .did you mean scan", id="a moment misspelt"),
        pytest.param(lambda: Network([("a", ANY), ("b", ANY), ("a", ANY)]), "the window of a ",
                     id="a moment twice"),
        pytest.param(lambda: Network({"a": Span(1, 2, False, False)}), "no whole day",
                     id="a window between two days"),
        pytest.param(lambda: WANG.distance("line 1", "line 3"), "no such moment: 'line 3'",
                     id="a distance to no moment"),
        pytest.param(lambda: Network({"a": Span(1, 2)}, [Constraint("a is 4", ORIGIN, "a", 4, 4)])
                     .tighten(), "no day is left: .*a is 4", id="tighten where nothing is left"),
        pytest.param(lambda: Network({"a": Span(1, 2), "b": Span(1, NEVER_ENDS)}).share(
                     [Constraint("x", "a", "b", 0, 3)]), "no share of endless days: b",
                     id="a share of endless days"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_advice(make, fault):
    with pytest.raises(ValueError, match=fault):
        make()


def test_of_equal_statements_the_first_is_named():
    twins = [Constraint(name, "a", "b", 5, None) for name in ("abstract", "text")]
    clash = Network({"a": Span(0, 3), "b": Span(0, 3)}, twins).conflict()
    assert "abstract" in [each.description for each in clash.statements]


def test_networkx_is_imported_only_when_used():
    words = "import sys, timeline.core.temporal_network; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
