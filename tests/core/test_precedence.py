"""Order in time linear in the number of events: chains, rings, and many dates."""

from __future__ import annotations

import random
import time
from functools import partial
from itertools import permutations

import pytest

from tests.machine_speed import slowness
from tests.rows import every_row
from timeline.core.precedence import Precedence, _holds, _left_by, sequence
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span
from timeline.record.events import Scan, Symptom, Treatment
from timeline.record.lines import with_lines
from timeline.record.ordering.event_order import apply_order, chronological
from timeline.record.validation import history_problems

MANY = 10_000


def chain(step):
    """Each event after its neighbour on one side; the last of them has a date."""
    events = [Symptom(at=f"after e{i + step}", id=f"e{i}") for i in range(MANY)]
    events[-1 if step > 0 else 0] = Symptom(at="2020-05", id=f"e{MANY - 1 if step > 0 else 0}")
    return tuple(events)


def ring():
    return tuple(Symptom(at=f"after e{(i + 1) % MANY}", id=f"e{i}") for i in range(MANY))


def dated():
    return tuple(Symptom(at=f"{1900 + i % 120}-{i % 12 + 1:02}", id=f"e{i}") for i in range(MANY))


def lines():
    """Regimens and scans by turns, each scan placed by the order alone."""
    pairs = (
        (
            Treatment(at=f"{1990 + i // 180}-{i % 12 + 1:02}", line=1 + i // 180, drugs="x"),
            Scan(at=f"after line {1 + i // 180}", id=f"s{i}"),
        )
        for i in range(MANY // 2)
    )
    return tuple(each for pair in pairs for each in pair)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(partial(chain, 1), id="each after the next"),
        pytest.param(partial(chain, -1), id="each after the one before"),
        pytest.param(ring, id="each after the next, in a ring"),
        pytest.param(dated, id="dated"),
        pytest.param(lines, id="lines and scans"),
    ],
)
def test_ten_thousand_events_are_ordered_in_seconds(made):
    """Of 0.1.0 they took 29 s where dated, and far over that in a chain."""
    events = made()
    began = time.process_time()
    ordered = apply_order(events)
    assert not ordered.problems
    with_lines(ordered)
    history_problems(ordered.events)
    chronological(ordered)
    assert time.process_time() - began < 5 * slowness()


def test_a_chain_narrows_every_later_date():
    """e9999 is in May 2020, so no event that comes after it can lie before May 2020."""
    ordered = apply_order(chain(1))
    assert {str(each.start.span.low) for each in ordered.events} == {"737546"}  # 2020-05-01
    assert ordered.events[chronological(ordered)[0]].id == "e9999"


@every_row("seed", range(40))
def test_the_sequence_is_the_lowest_that_keeps_the_order(seed):
    """Against brute force: of all sequences that keep the pairs, the first by its keys."""
    chance = random.Random(seed)
    keys = [chance.randrange(3) for _ in range(5)]
    at = chance.sample(range(5), 5)
    pairs = {tuple(at[i] for i in sorted(chance.sample(range(5), 2))) for _ in range(3)}
    kept = [
        each
        for each in permutations(range(5))
        if all(each.index(early) < each.index(late) for early, late in pairs)
    ]
    assert sequence(keys, pairs) == min(kept, key=lambda each: [(keys[i], i) for i in each])


def test_a_cycle_is_ordered_by_its_keys():
    assert sequence([2, 1, 0, 5], [(0, 1), (1, 2), (2, 0)]) == (3, 2, 0, 1)


ENDS = (NEVER_BEGAN, 0, 1, 2, NEVER_ENDS)
SPANS = [Span(low, high) for low in ENDS[:-1] for high in ENDS[1:] if low <= high]


@pytest.mark.parametrize(("least", "most"), [(0, NEVER_ENDS), (1, 1), (0, 1), (NEVER_BEGAN, 0)])
def test_an_edge_that_holds_leaves_all_days(least, most):
    """Every pair of short spans: the quick answer is that of the arithmetic, or not given."""
    edge = Precedence("a", "b", "", least, most)
    held = 0
    for early in SPANS:
        for late in SPANS:
            if _holds(edge, early, late):
                held += 1
                assert _left_by(edge, {"a": early, "b": late}) == (early, late)
            elif NEVER_BEGAN not in (early.low, late.low) and NEVER_ENDS not in (
                early.high, late.high,
            ):  # fmt: skip
                assert _left_by(edge, {"a": early, "b": late}) != (early, late)
    assert held
