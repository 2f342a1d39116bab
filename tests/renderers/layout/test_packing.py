"""Items side by side, and labels below markers: laws, and cases of figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.layout.date_ranges import DateRange, marker_with_range
from renderers.layout.labels_below import labels_below
from renderers.layout.labels_beside import LabelledItem, LabelText
from renderers.layout.packing import pack_levels
from renderers.scene.scene import Frame, Label, Marker, VerticalLine
from renderers.scene.text_metrics import width

STRETCH = st.tuples(st.integers(0, 100), st.integers(0, 30)).map(lambda s: (s[0], s[0] + s[1]))
THINGS = st.lists(st.lists(STRETCH, min_size=1, max_size=3), max_size=12)


@given(THINGS)
def test_nothing_touches_on_any_level(items):
    placed = pack_levels(items, gap=1)
    occupied = [(level, *items[n][choice]) for n, (level, choice) in enumerate(placed)]
    for n, (level, low, high) in enumerate(occupied):
        for other, a, b in occupied[:n]:
            assert other != level or high + 1 <= a or b + 1 <= low


@given(THINGS)
def test_nothing_is_dropped_and_no_level_is_empty(items):
    placed = pack_levels(items)
    assert len(placed) == len(items)
    used = {level for level, _ in placed}
    assert used == set(range(len(used)))


@pytest.mark.parametrize(
    ("expected", "placed"),
    [
        pytest.param([[(0, 5)], [(6, 9)]], ((0, 0), (0, 0)), id="side by side on one level"),
        pytest.param([[(0, 5)], [(5, 9)]], ((0, 0), (1, 0)), id="closer than the gap: below"),
        pytest.param([[(0, 5)], [(4, 9), (-9, -1)]], ((0, 0), (0, 1)), id="the other side is free"),
        pytest.param([[(0, 5)], [(2, 4)], [(2, 4)]], ((0, 0), (1, 0), (2, 0)), id="a staircase"),
    ],
)
def test_each_takes_the_first_free_level(expected, placed):
    assert pack_levels(expected, gap=1) == placed


def test_what_is_kept_free_stays_free():
    assert pack_levels([[(0, 5)], [(9, 12)]], reserved=[(0, 6)]) == ((1, 0), (0, 0))


@given(THINGS)
def test_in_order_no_item_is_above_an_earlier_one(items):
    found = [level for level, _ in pack_levels(items, in_order=True)]
    assert found == sorted(found)


def test_an_item_without_a_place_is_refused():
    with pytest.raises(ValueError, match="nothing to place"):
        pack_levels([[]])


FRAME = Frame(low=0, high=100, left=0, right=100)
DAYS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from((0, 0, 2, 30))), max_size=12)


def signs_on(days):
    return [
        LabelledItem(
            marker_with_range(DateRange(low=low, high=min(100, low + more)), "PD"),
            (LabelText("iPR or iSD"),),
        )
        for low, more in days
    ]


@given(DAYS)
def test_every_marker_has_its_label_and_its_day(days):
    items = signs_on(days)
    marks, height = labels_below(items, FRAME, 100)
    drawn = sorted(mark.at for mark in marks if isinstance(mark, Marker))
    assert drawn == sorted(item.marks[-1].at for item in items)
    words = [mark for mark in marks if isinstance(mark, Label)]
    assert len(words) == len(items)
    assert all(0 < mark.y < height for mark in marks)


@given(DAYS)
def test_no_label_overlaps_a_label_or_a_leader(days):
    marks, _ = labels_below(signs_on(days), FRAME, 100)
    labels = [(m.shift, m.shift + width(m.text, m.size), m.y)
            for m in marks if isinstance(m, Label)]  # fmt: skip
    for n, (low, high, y) in enumerate(labels):
        for a, b, other in labels[:n]:
            assert high <= a or b <= low or abs(y - other) > 2.5
        for leader in (m for m in marks if isinstance(m, VerticalLine)):
            assert not (low < leader.at < high and leader.y < y < leader.bottom)


def test_a_label_without_space_has_a_leader():
    """Words of 12 mm at signs 5 mm apart: the outer ones extend outwards, that between them low."""
    marks, _ = labels_below(signs_on([(45, 0), (50, 0), (55, 0)]), FRAME, 100)
    assert [mark.at for mark in marks if isinstance(mark, VerticalLine)] == [50]


def test_a_label_is_shifted_by_its_neighbour_on_the_same_line():
    marks, _ = labels_below(signs_on([(50, 0), (60, 0)]), FRAME, 100)
    assert not [mark for mark in marks if isinstance(mark, VerticalLine)]
    assert len({mark.y for mark in marks if isinstance(mark, Label)}) == 1


def test_dense_labels_take_further_lines():
    """Weekly scans on 2 mm a week: each word is 12 mm wide, so most fit nowhere on the line."""
    marks, height = labels_below(signs_on([(2 * n, 0) for n in range(40)]), FRAME, 100)
    assert len([mark for mark in marks if isinstance(mark, Label)]) == 40
    assert height < 200
