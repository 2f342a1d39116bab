"""Bars without known dates take the range that they share in turn, in their stated order."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.layout.in_turn import in_turn
from renderers.scene.scene import Bar, Marker, RangeMark
from renderers.timeline.figure import timeline_figure
from tests.renderers.patients import case_of
from timeline.endpoints.derived_case import derive
from timeline.record.events import (
    Diagnosis,
    LastContact,
    Relapse,
    Scan,
    StatedProgression,
    Surgery,
    Treatment,
)


@pytest.mark.parametrize(
    ("ranges", "pairs", "bars", "expected"),
    [
        pytest.param([(0, 600)] * 2, [(0, 1)], {0, 1}, {0: (0, 300), 1: (300, 600)}, id="halves"),
        pytest.param([(0, 600)] * 3, [(0, 1), (0, 2), (1, 2)], {0, 1, 2},
                     {0: (0, 200), 1: (200, 400), 2: (400, 600)}, id="thirds"),
        pytest.param([(0, 600)] * 3, [(0, 1), (0, 2), (1, 2)], {0, 2},
                     {0: (0, 200), 1: (200, 400), 2: (400, 600)}, id="a moment between two bars"),
        pytest.param([(0, 600)] * 3, [(0, 2), (1, 2)], {0, 1, 2},
                     {0: (0, 300), 1: (0, 300), 2: (300, 600)}, id="two of no order, then one"),
        pytest.param([(0, 600)] * 2, [], {0, 1}, {}, id="no order is stated"),
        pytest.param([(0, 600)] * 2, [(0, 1)], {0}, {}, id="one bar and a moment"),
        pytest.param([(0, 400), (390, 800)], [(0, 1)], {0, 1}, {},
                     id="10 of 400 days in common: they are apart as they are"),
    ],
)  # fmt: skip
def test_each_takes_its_part_of_the_range(ranges, pairs, bars, expected):
    assert in_turn(ranges, pairs, bars) == expected


@given(st.data())
def test_what_has_ended_before_another_begins_is_drawn_before_it(data):
    """Ranges as order leaves them: no end is before that of an earlier one."""
    number = data.draw(st.integers(2, 6))
    day = st.integers(0, 1000)
    lows, highs = (sorted(data.draw(st.lists(day, min_size=number, max_size=number)))
                   for _ in range(2))  # fmt: skip
    ranges = [(low, max(low, high) + 1) for low, high in zip(lows, highs, strict=True)]
    pairs = list(combinations(range(number), 2))
    parts = in_turn(ranges, pairs, set(range(number)))
    for one, other in pairs:
        shared = min(r[1] for r in (ranges[one], ranges[other])) - ranges[other][0]
        if {one, other} <= set(parts) and shared > 0:
            assert parts[one][1] <= parts[other][0] + 1e-9 or shared <= 500
    for part, (low, high) in ((parts[n], ranges[n]) for n in parts):
        assert low - 1e-9 <= part[0] <= part[1] <= high + 1e-9


SURGERY = date(2018, 1, 1).toordinal()


def drawn():
    """Two lines between surgery on 2018-01-01 and line 3 on 2020-01-01: 730 days, halves of 365.

    Line 2 took 10 days, so it is in the middle of the second half.
    """
    derived, problems = derive(case_of(
        "turns",
        Diagnosis(at="2017-12-01", what="sarcoma"),
        Surgery(at="2018-01-01", what="resection"),
        Treatment(at="after surgery/before line 2", line=1, drugs="doxorubicin"),
        StatedProgression(at="before line 2"),
        Treatment(at="before line 3/line 2 + 10 days", line=2, drugs="gemcitabine"),
        Treatment(at="2020-01-01/2020-06-01", line=3, drugs="trabectedin"),
        Scan(at="2020-06-01", line=3, called="PD"),
        LastContact(at="2020-07-01"),
    ))  # fmt: skip
    assert not problems
    return timeline_figure([derived])


def test_lines_without_dates_follow_one_another():
    scene = drawn()
    first = next(m for m in scene.marks if isinstance(m, Bar) and m.variant == "in turn")
    assert first.start == SURGERY
    assert first.end == pytest.approx(SURGERY + 365, abs=6)
    assert "the dates are not known, only the order" in scene.conventions


def test_a_bar_of_known_length_has_that_length_above_its_range():
    scene = drawn()
    (reach,) = [m for m in scene.marks if isinstance(m, RangeMark) and m.style == "known length"]
    (bar,) = [m for m in scene.marks
              if isinstance(m, Bar) and m.tooltip == reach.tooltip and not m.variant]  # fmt: skip
    assert bar.end - bar.start == 10
    assert reach.low <= bar.start < bar.end <= reach.high
    progression = next(m for m in scene.marks if isinstance(m, Marker) and m.style == "progression")
    assert progression.at == pytest.approx(bar.start, abs=1)  # it is only known to be before it
    assert "has its known length" in scene.conventions


def test_events_of_one_day_have_one_place_and_one_bracket():
    """The relapse is in 2018; the operation on its day has no other date."""
    derived, problems = derive(case_of(
        "same",
        Diagnosis(at="2017", what="sarcoma"),
        Relapse(at="after diagnosis", id="first", site="lung"),
        Surgery(at="first + 0 days", what="resection"),
        LastContact(at="2019-12-31"),
    ))  # fmt: skip
    assert not problems
    scene = timeline_figure([derived])
    places = {m.at for m in scene.marks
              if isinstance(m, Marker) and m.style in ("relapse", "surgery")}  # fmt: skip
    assert len(places) == 1


def test_a_first_line_that_begins_on_a_known_day_takes_its_turn_as_well():
    """A report without dates: line 1 begins at 0, its end is before line 2; 33 months to a scan.

    Four lines one after another take a quarter each of the days up to the end of line 4, which
    33 months (32.5 to 33.5, of 30.4375 days) allow: 1019 days at most, a quarter is 255.
    """
    derived, problems = derive(case_of(
        "undated",
        Treatment(at="../before line 2", line=1, drugs="cetuximab"),
        Treatment(at="after line 1 end/before line 3", line=2, drugs="nivolumab"),
        Treatment(at="after line 2 end/before line 4", line=3, drugs="paclitaxel"),
        Treatment(at="after line 3 end/33 months after line 1 start", line=4, drugs="gemcitabine"),
        Scan(at="33 months after line 1 start", line=4, new="tongue"),
        LastContact(at="35 months after line 1 start"),
    ))  # fmt: skip
    assert not problems
    scene = timeline_figure([derived])
    bars = [m for m in scene.marks if isinstance(m, Bar) and m.variant == "in turn"]
    ends = sorted((bar.start, bar.end) for bar in bars)
    assert ends[0] == (0, pytest.approx(255, abs=2))
    assert [start for start, _ in ends[1:]] == pytest.approx([end for _, end in ends[:-1]])
    assert len(ends) == 4
