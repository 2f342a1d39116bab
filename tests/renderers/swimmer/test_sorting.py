"""Sort keys and groups."""

import pytest

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.swimmer.lane import CALENDAR, ColumnCell, Lane, cell_text
from renderers.swimmer.sorting import group_headings, sort_lanes
from renderers.text.sort_keys import by_size, rank
from timeline.core.span import Span


def lane(name, start, end, best="", group="", time_zero=0):
    bar = TreatmentBar(
        style="line 1", start=DateRange(low=start, high=start), end=DateRange(low=end, high=end)
    )
    place = {"CR": 1, "PR": 3, "PD": 11}.get(best)
    cells = (("best", ColumnCell(rank=by_size(place))), ("stage", cell_text(group)))
    return Lane(
        name=name, bars=(bar,), cells=cells, group=group, time_zero=Span.point(time_zero + 1)
    )


LANES = (
    lane("P10", 0, 100, "PD", "III", 30),
    lane("P9", 0, 300, "CR", "II", 10),
    lane("P1", 0, 200, "", "III", 20),
    lane("P2", 0, 100, "PR", "", 0),
)


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        pytest.param(("duration",), "P9 P1 P10 P2", id="the longest first, equals as they were"),
        pytest.param(("duration reversed",), "P10 P2 P1 P9", id="the shortest first"),
        pytest.param(("name",), "P1 P2 P9 P10", id="numbers by their size, not their letters"),
        pytest.param(("start",), "P2 P9 P1 P10", id="the earliest start first"),
        pytest.param(("best",), "P9 P2 P10 P1", id="the best response first, none last"),
        pytest.param(
            ("duration", "name reversed"), "P9 P1 P10 P2", id="the second key among equals"
        ),
        pytest.param(("duration", "start"), "P9 P1 P2 P10", id="two keys"),
        pytest.param((), "P10 P9 P1 P2", id="as given"),
    ],
)
def test_lanes_are_in_order(keys, names):
    plain = [Lane(**{**{f: getattr(e, f) for f in Lane.__slots__ if not f.startswith("_")},
                     "group": ""}) for e in LANES]  # fmt: skip
    assert [each.name for each in sort_lanes(plain, keys)] == names.split()


def test_groups_are_together_with_their_counts():
    found = sort_lanes(LANES, ("duration",))
    assert [each.name for each in found] == ["P9", "P1", "P10", "P2"]
    assert group_headings(found) == ("II, n = 1", "III, n = 2", "", "")


def test_a_key_that_is_none_is_refused_with_the_near_one():
    with pytest.raises(ValueError, match=r"unknown sort key: 'duraton' .did you mean duration"):
        sort_lanes(LANES, ("duraton",))


def test_texts_rank_by_the_numbers_in_them():
    assert sorted(["T2", "T10", "", "T1b"], key=rank) == ["T1b", "T2", "T10", ""]


def test_on_a_calendar_length_counts_from_the_first_day():
    """Day 700 000 to 700 100: a hundred days."""
    bar = TreatmentBar(
        style="line 1",
        start=DateRange(low=700000, high=700000),
        end=DateRange(low=700100, high=700100),
    )
    assert Lane(name="A", bars=(bar,), time_zero=CALENDAR).length == 100
