"""Markers of vague dates are in their stated order, and none leaves its possible days."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.layout.date_ranges import PITCH, DateRange
from renderers.layout.stated_order import in_stated_order
from renderers.scene.scene import Frame

FRAME = Frame(low=0.0, high=1000.0, left=0.0, right=100.0)  # 10 days a millimetre


def days(low, high, **ends):
    return DateRange(low=low, high=high, **ends)


def chain(number):
    return [(one, other) for one in range(number) for other in range(one + 1, number)]


@pytest.mark.parametrize(
    ("ranges", "pairs", "expected"),
    [
        pytest.param([days(0, 600)] * 2, [], [300, 300], id="no order stated: both in the middle"),
        pytest.param([days(0, 600)] * 2, chain(2), [200, 400], id="1/3 and 2/3 of 600"),
        pytest.param([days(0, 600)] * 3, chain(3), [150, 300, 450], id="quarters of 600"),
        pytest.param([days(0, 600)] * 3, [(0, 1), (0, 2)], [200, 400, 400],
                     id="the two after the first have no order: one place"),
        pytest.param([days(0, 40)] * 2, chain(2), [20, 20],
                     id="4 mm, so thirds are 1.3 mm apart: side by side at one place"),
        pytest.param([days(0, 600), days(500, 900)], chain(2), [300, 700],
                     id="apart already: each in its middle"),
        pytest.param([days(0, 600, open_low=True)] * 2, chain(2), [300, 600],
                     id="no first day: the last one at the known end"),
        pytest.param([days(0, 600, open_high=True)] * 2, chain(2), [0, 300],
                     id="no last day: the first one at the known end"),
        pytest.param([days(0, 600, open_low=True)], [], [600], id="one alone at its known end"),
        pytest.param([days(300, 300), days(300, 600)], chain(2), [300, 450],
                     id="a day is not moved, nor moves another"),
        pytest.param([days(0, 600), days(0, 600), days(0, 640)], chain(3), [150, 300, 480],
                     id="the third would be before the second: 3/4 of 640"),
    ],
)  # fmt: skip
def test_markers_of_stated_order_are_apart(ranges, pairs, expected):
    assert [each.at for each in in_stated_order(ranges, pairs, FRAME)] == pytest.approx(expected)


@st.composite
def ordered(draw):
    """Ranges as order leaves them: no end is before that of an earlier event."""
    number = draw(st.integers(2, 6))
    day = st.integers(0, 1000)
    lows = sorted(draw(st.lists(day, min_size=number, max_size=number)))
    highs = sorted(draw(st.lists(day, min_size=number, max_size=number)))
    opened = draw(st.integers(0, number))  # how many have no first day
    lows[:opened] = [0] * opened
    return [
        days(float(low), float(max(low, high)), open_low=n < opened)
        for n, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]


@given(ordered())
def test_no_marker_is_before_one_that_it_follows_nor_outside_its_range(ranges):
    placed = in_stated_order(ranges, chain(len(ranges)), FRAME)
    assert all(each.low <= each.at <= each.high for each in placed)
    assert [(each.low, each.high) for each in placed] == [(e.low, e.high) for e in ranges]
    for one, other in pairwise(placed):
        assert FRAME.x(one.at) <= FRAME.x(other.at) + 1e-6
        if one.placed is not None and other.placed is not None and one.low == other.low:
            assert other.at >= one.at


def test_events_of_one_range_are_a_marker_apart():
    placed = in_stated_order([days(0, 600)] * 4, chain(4), FRAME)
    places = [FRAME.x(each.at) for each in placed]
    assert all(other - one >= PITCH for one, other in pairwise(places))
