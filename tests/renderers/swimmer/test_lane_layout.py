"""The marks of a lane: a line that bars cover is no mark, and no row of the legend."""

from __future__ import annotations

import pytest

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.scene.scene import Frame, RangeMark
from renderers.swimmer.lane import Lane
from renderers.swimmer.lanes.lane_layout import lay_out_lane
from renderers.swimmer.lanes.lane_style import ROOMY


def bar(low, high):
    return TreatmentBar(
        style="line 1", start=DateRange(low=low, high=low), end=DateRange(low=high, high=high)
    )


@pytest.mark.parametrize(
    ("bars", "is_drawn"),
    [
        pytest.param([(0, 100)], False, id="one bar over all of it"),
        pytest.param([(0, 40), (40, 100)], False, id="two bars that meet"),
        pytest.param([(40, 100), (0, 60)], False, id="two that overlap, the later first"),
        pytest.param([(0, 90), (20, 40), (90, 100)], False, id="one within another"),
        pytest.param([(0, 40), (50, 100)], True, id="a gap between them"),
        pytest.param([(0, 90)], True, id="followed beyond the last"),
        pytest.param([(10, 100)], True, id="known before the first"),
        pytest.param([], True, id="no bar"),
    ],
)
def test_a_line_is_drawn_where_bars_leave_some_of_it(bars, is_drawn):
    trail = RangeMark(style="follow-up", low=0.0, high=100.0)
    lane = Lane(name="a", bars=tuple(bar(*each) for each in bars), follow_up=trail)
    marks, _ = lay_out_lane(lane, Frame(low=0.0, high=100.0, left=0.0, right=100.0), ROOMY)
    assert any(mark.style == "follow-up" for mark in marks) is is_drawn
