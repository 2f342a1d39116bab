"""Dates solved jointly, held against every assignment of days that there is."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from datetime import date
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import spans
from timeline.network import ORIGIN, Network, Statement, TooVague, whole_days
from timeline.network.count import Bond, count
from timeline.span import ANY, NEVER_BEGAN, NEVER_ENDS, Span

MOMENTS = "abc"
REACH = 9  # three edges of at most three days: as far as three moments need ever lie from day 0


@st.composite
def statements(draw, most=5):
    """Bounds of up to three days either way, some ends open, some about one moment only."""
    made = []
    for number in range(draw(st.integers(0, most))):
        low, high = sorted((draw(st.integers(-3, 3)), draw(st.integers(-3, 3))))
        low = draw(st.sampled_from((low, low, None)))
        high = draw(st.sampled_from((high, high, None)))
        ends = (draw(st.sampled_from((*MOMENTS, ORIGIN))) for _ in range(2))
        made.append(Statement(f"statement {number}", *ends, low, high))
    return tuple(made)


@st.composite
def windows(draw, *, bounded=True):
    """Windows of up to four days, by moment."""
    found = {}
    for moment in MOMENTS:
        low, high = sorted((draw(st.integers(0, 3)), draw(st.integers(0, 3))))
        if not bounded:
            low = draw(st.sampled_from((low, NEVER_BEGAN)))
            high = draw(st.sampled_from((high, NEVER_ENDS)))
        found[moment] = Span(low, high)
    return found


@st.composite
def networks(draw, *, bounded=True):
    return Network(draw(windows(bounded=bounded)), draw(statements()))


@st.composite
def shares(draw):
    """A network that some days keep, and further statements that others of its days may break."""
    windows, day = {}, {ORIGIN: 0}
    for moment in MOMENTS:
        low = draw(st.integers(0, 3))
        windows[moment] = Span(low, low + draw(st.integers(2, 5)))
        day[moment] = draw(st.integers(int(windows[moment].low), int(windows[moment].high)))
    said = []
    pairs = st.permutations((*MOMENTS, ORIGIN))
    for number in range(draw(st.integers(1, 5))):
        early, late = draw(pairs)[:2]
        gap = day[late] - day[early]
        low, high = draw(
            st.sampled_from(
                ((gap, gap + 2), (gap - 1, gap + 1), (gap - 2, None), (None, gap), (None, gap + 3))
            )
        )
        said.append(Statement(f"statement {number}", early, late, low, high))
    cut = draw(st.integers(0, len(said) - 1))
    return Network(windows, said[:cut]), tuple(said[cut:])


def assignments(network):
    """Every choice of a day for each moment that keeps windows and statements, one by one."""
    moments = [moment for moment, _ in network.windows]
    ranges = [range(int(span.low), int(span.high) + 1) for _, span in network.windows]
    for days in itertools.product(*ranges):
        day = {ORIGIN: 0, **dict(zip(moments, days, strict=True))}
        if all(day[each.late] - day[each.early] in each.span for each in network.statements):
            yield day


def stand(said):
    """Whether some days within reach keep all of some statements about the three moments."""
    days = np.meshgrid(*[np.arange(-REACH, REACH + 1)] * len(MOMENTS), indexing="ij")
    day = {ORIGIN: np.zeros_like(days[0]), **dict(zip(MOMENTS, days, strict=True))}
    keeps = np.ones(days[0].shape, dtype=bool)
    for each in said:
        difference = day[each.late] - day[each.early]
        keeps &= (each.low <= difference) & (difference <= each.high)
    return bool(keeps.any())


def everything(network):
    """The statements of a network, its windows among them."""
    held = [Statement("window", ORIGIN, key, span.low, span.high) for key, span in network.windows]
    return (*held, *network.statements)


@given(networks())
def test_it_clashes_just_where_no_assignment_is_left(network):
    assert (network.clash() is None) == any(True for _ in assignments(network))


@given(networks(bounded=False))
def test_open_windows_clash_just_where_no_days_within_reach_are_left(network):
    assert (network.clash() is None) == stand(everything(network))


@given(networks(bounded=False))
def test_without_any_one_statement_a_clash_is_gone(network):
    clash = network.clash()
    if clash is not None:
        assert not stand(clash.statements)
        for rest in itertools.combinations(clash.statements, len(clash.statements) - 1):
            assert stand(rest)


@given(networks(bounded=False))
def test_no_fewer_statements_clash(network):
    clash = network.clash()
    if clash is not None:
        for fewer in itertools.combinations(everything(network), len(clash.statements) - 1):
            assert stand(fewer)


@given(networks(bounded=False))
def test_the_days_of_a_clash_are_what_one_of_its_statements_must_give_way_by(network):
    clash = network.clash()
    if clash is None:
        return
    one, *rest = clash.statements
    for days in (clash.days - 1, clash.days):
        wider = Statement(one.says, one.early, one.late, one.low - days, one.high + days)
        assert stand((wider, *rest)) == (days == clash.days)


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
    if network.clash() is not None:
        return
    far = 1000
    near = Network(
        {key: span & Span(-far, far) for key, span in network.windows}, network.statements
    ).tighten()
    for moment, span in network.tighten().items():
        for end, stand_in in ((span.low, near[moment].low), (span.high, near[moment].high)):
            assert stand_in == end or (math.isinf(end) and abs(stand_in) > far - 2 * REACH)


@given(st.one_of(shares(), st.tuples(networks(), statements(most=3))))
def test_a_share_is_the_part_of_all_assignments(asked):
    network, more = asked
    found = list(assignments(network))
    if found:
        kept = list(assignments(attrs.evolve(network, statements=network.statements + more)))
        share = network.share(more)
        assert share.exact
        assert share.part == Fraction(len(kept), len(found))
        assert share.total is None or Fraction(share.kept, share.total) == share.part


@given(shares())
def test_an_estimate_says_so_and_lies_near_the_count(asked):
    network, more = asked
    exact, guess = network.share(more), network.share(more, limit=0, draws=20_000)
    if exact.part in (0, 1):
        assert guess == exact  # proved, so never left to chance
    else:
        assert not guess.exact
        assert abs(guess.part - exact.part) < 6 * guess.error  # seeded: one run, always the same


@given(networks(), st.integers(-400, 400))
def test_moving_every_day_moves_only_the_windows(network, days):
    if network.clash() is not None:
        return
    fixed = tuple(s for s in network.statements if ORIGIN not in (s.early, s.late))
    here = Network(network.windows, fixed)
    there = Network({key: span + days for key, span in network.windows}, fixed)
    assert there.tighten() == {key: span + days for key, span in here.tighten().items()}
    assert there.distance("a", "b") == here.distance("a", "b")


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_the_statements_changes_nothing(network, random):
    said = random.sample(network.statements, len(network.statements))
    other = Network(network.windows, said)
    clash = network.clash()
    if clash is None:
        assert other.tighten() == network.tighten()
    else:
        again = other.clash()
        assert (len(again.statements), again.days) == (len(clash.statements), clash.days)


# Wang 2023: line 1 starts in June 2020; progression, and with it line 2, in October 2020; line 2
# ends in May 2021. 30 x 31 x 31 = 28830 triples. With s, p, e the days of the month: the first
# gap is 122 + p - s days, the second 212 + e - p. A print of 4 months stands for 107 to 136 days
# (3.5 and 4.5 x 30.4375 = 106.53 and 136.97), of 8 for 229 to 258 (228.28 and 258.72). So the two
# leave p - 14 <= s <= p + 15 and e >= p + 17: p runs to 14, (p + 15)(15 - p) pairs each, 2135 in
# all. Seven cycles of 21 days begun: 126 days, s <= p - 4: (p - 4)(15 - p) pairs each, 220.
WANG = Network(
    {
        name: Span(date(year, month, 1).toordinal(), date(year, month, last).toordinal())
        for name, year, month, last in (
            ("line 1", 2020, 6, 30),
            ("line 2", 2020, 10, 31),
            ("end", 2021, 5, 31),
        )
    }
)
MONTH = Fraction(487, 16)


def months(says, early, late, low, high):
    days = whole_days(Span(Fraction(low), Fraction(high)), MONTH)
    return Statement(says, early, late, days.low, days.high)


FOUR = months("PFS 4 months", "line 1", "line 2", "3.5", "4.5")
EIGHT = months("PFS 8 months", "line 2", "end", "7.5", "8.5")
SEVENTH = Statement("the seventh cycle had begun", "line 1", "line 2", 126, None)


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        pytest.param([FOUR, EIGHT], 2135, id="both prints together: 7.4 %"),
        pytest.param([FOUR, EIGHT, SEVENTH], 220, id="and the seventh cycle begun: 0.8 %"),
    ],
)
def test_wang_2023_line_1_and_line_2_together(more, kept):
    share = WANG.share(more)
    assert (share.kept, share.total, share.exact) == (kept, 28830, True)
    assert share.part == Fraction(kept, 28830)


def test_each_print_of_wang_2023_is_possible_by_itself():
    # 4 months: 930 pairs less 136 too long less 105 too short; 8 months: 14 + 13 + .. + 1
    assert WANG.share([FOUR]).part == Fraction(689, 930)
    assert WANG.share([EIGHT]).part == Fraction(105, 961)


def test_a_joint_range_is_not_the_difference_of_windows():
    start, end = Span(1, 30), Span(1, 60)
    network = Network({"start": start, "end": end}, [Statement("3 weeks", "start", "end", 21, 21)])
    assert network.distance("start", "end") == Span.point(21)
    tight = network.tighten()
    assert tight["end"] - tight["start"] == Span(-8, 50)


def test_a_chain_too_long_for_its_windows_names_all_its_links():
    chain = [Statement(f"cycle {n}", n, n + 1, 21, None) for n in range(5)]
    network = Network({n: Span(0, 100) for n in range(6)}, chain)
    clash = network.clash()
    assert [each.says for each in clash.statements] == [
        "window of 5", "cycle 4", "cycle 3", "cycle 2", "cycle 1", "cycle 0", "window of 0",
    ] or {each.says for each in clash.statements} == {  # a circle starts anywhere
        "window of 0", "window of 5", *(f"cycle {n}" for n in range(5)),
    }  # fmt: skip
    assert clash.days == 5  # 5 x 21 = 105 days in 100


@pytest.mark.parametrize(
    ("span", "unit", "days"),
    [
        pytest.param(Span(Fraction(7, 2), Fraction(9, 2)), MONTH, Span(107, 136), id="4 months"),
        pytest.param(Span(2, 3), 7, Span(14, 21), id="closed ends belong to it"),
        pytest.param(Span(2, 3, False, False), 7, Span(15, 20), id="open ends do not"),
        pytest.param(Span(2, NEVER_ENDS, False), 7, Span(15, NEVER_ENDS), id="over two weeks"),
        pytest.param(ANY, MONTH, ANY, id="nothing said, nothing bound"),
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
        pytest.param(lambda: Statement("x", "a", "b", 3, 2), "ends before it starts: 3 to 2",
                     id="the greater number first"),
        pytest.param(lambda: Statement("x", "a", "b", Fraction(7, 2), 5), "not a whole number",
                     id="half a day"),
        pytest.param(lambda: Statement("x", "a", "b", math.inf, None), "not a whole number",
                     id="it cannot begin where nothing begins"),
        pytest.param(lambda: Statement("x", "a", "b", 0, 10**10), "out of reach",
                     id="more days than there were"),
        pytest.param(lambda: Network({"scan": ANY}, [Statement("x", "scam", "scan", 0, 1)]),
                     "no such moment: 'scam' .did you mean scan", id="a moment misspelt"),
        pytest.param(lambda: Network([("a", ANY), ("b", ANY), ("a", ANY)]), "the window of a ",
                     id="a moment twice"),
        pytest.param(lambda: Network({"a": Span(1, 2, False, False)}), "no whole day",
                     id="a window between two days"),
        pytest.param(lambda: WANG.distance("line 1", "line 3"), "no such moment: 'line 3'",
                     id="a distance to no moment"),
        pytest.param(lambda: Network({"a": Span(1, 2)}, [Statement("a is 4", ORIGIN, "a", 4, 4)])
                     .tighten(), "no day is left: .*a is 4", id="tighten where nothing is left"),
        pytest.param(lambda: Network({"a": Span(1, 2), "b": Span(1, NEVER_ENDS)}).share(
                     [Statement("x", "a", "b", 0, 3)]), "no share of endless days: b",
                     id="a share of endless days"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_advice(make, fault):
    with pytest.raises(ValueError, match=fault):
        make()


def test_a_moment_without_a_last_day_is_left_out_as_in_the_limit():
    early = Statement("in the first half", ORIGIN, "a", 1, 5)
    after = Statement("b follows", "a", "b", 0, None)
    share = Network({"a": Span(1, 10), "b": Span(0, NEVER_ENDS)}, [after]).share([early])
    assert (share.part, share.left_out) == (Fraction(1, 2), ("b",))
    ends = (100, 1000, 10_000)
    parts = [Network({"a": Span(1, 10), "b": Span(0, end)}, [after]).share([early]).part
             for end in ends]  # fmt: skip
    # a leaves end - a + 1 days to b: (5 end - 10) of (10 end - 45)
    assert parts == [Fraction(5 * end - 10, 10 * end - 45) for end in ends]
    assert abs(parts[2] - Fraction(1, 2)) < Fraction(1, 1000)


def test_what_windows_settle_by_themselves_ties_no_moments():
    order = Statement("in that order", "a", "b", 0, None)
    network = Network({"a": Span(1, 10), "b": Span(20, 29)}, [order])
    share = network.share([Statement("early", ORIGIN, "a", 1, 2)])
    assert (share.kept, share.total) == (2, 10)


def test_an_estimate_starts_from_windows_that_others_have_narrowed():
    # b follows a fixed day 5, so it has 6 days left; half of them are 5 to 7
    after = Statement("b follows", "a", "b", 0, None)
    network = Network({"a": Span.point(5), "b": Span(0, 10)}, [after])
    guess = network.share([Statement("b soon", ORIGIN, "b", 0, 7)], limit=0)
    assert abs(guess.part - 0.5) < 6 * guess.error


def test_what_none_and_what_all_keep_is_proved_and_not_drawn():
    never = Statement("too long", "line 1", "line 2", 200, None)
    always = Statement("in order", "line 1", "line 2", 1, None)
    assert WANG.share([never], limit=0) == WANG.share([never])
    assert (WANG.share([never]).part, WANG.share([always], limit=0).part) == (0, 1)


def test_the_same_seed_gives_the_same_estimate_and_another_another():
    first, again = WANG.share([FOUR], limit=0), WANG.share([FOUR], limit=0)
    assert first == again
    assert first.part != WANG.share([FOUR], limit=0, seed=2).part
    assert "estimated" in str(first)


def test_draws_too_uneven_to_estimate_from_are_refused():
    # twelve days in order out of a year: the first draws leave the later ones next to nothing
    order = [Statement("then", n, n + 1, 1, None) for n in range(11)]
    network = Network({n: Span(1, 365) for n in range(12)}, order)
    early = Statement("begins in spring", ORIGIN, 0, 60, 90)
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
    bonds = [Bond(place, place + 1, 0, size) for place in range(length - 1)]
    assert count([size] * length, bonds) == math.comb(size + length - 1, length)


@st.composite
def bonded(draw):
    """Six values with few choices each, and bonds between any two of them."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=6, max_size=6))
    bonds = []
    for _ in range(draw(st.integers(0, 9))):
        first, second = draw(st.permutations(range(6)))[:2]
        low, high = sorted((draw(st.integers(-4, 4)), draw(st.integers(-4, 4))))
        bonds.append(Bond(first, second, low, high))
    return sizes, bonds


@given(bonded())
def test_counting_by_summing_out_finds_every_choice_once(asked):
    sizes, bonds = asked
    values = np.indices(sizes)
    keeps = np.ones(sizes, dtype=bool)
    for bond in bonds:
        difference = values[bond.second] - values[bond.first]
        keeps &= (bond.low <= difference) & (difference <= bond.high)
    assert count(sizes, bonds) == keeps.sum()


def test_a_ring_of_four_years_needs_tables_of_two_axes_only():
    size, reach = 365, 40
    near = abs(np.subtract.outer(np.arange(size), np.arange(size))) <= reach
    ring = [Bond(place, (place + 1) % 4, -reach, reach) for place in range(4)]
    walks = np.linalg.matrix_power(near.astype(np.int64), 4)  # closed walks of four steps
    assert count([size] * 4, ring, limit=366 * 366) == int(np.trace(walks))
    assert count([size] * 4, ring, limit=364 * 364) is None


def test_networkx_waits_until_it_is_asked_for():
    words = "import sys, timeline.network; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
