"""What of a lane is laid down: a line that bars cover is no mark, and no row of the legend."""

from __future__ import annotations

import pytest

from renderers.bars import Stay
from renderers.lanes.laid import ROOMY, laid
from renderers.lanes.lane import Lane
from renderers.scene import Frame, Reach
from renderers.spot import Spot


def stay(low, high):
    return Stay(style="line 1", start=Spot(low=low, high=low), end=Spot(low=high, high=high))


@pytest.mark.parametrize(
    ("stays", "seen"),
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
def test_a_line_is_drawn_where_bars_leave_some_of_it(stays, seen):
    trail = Reach(style="follow-up", low=0.0, high=100.0)
    lane = Lane(name="a", stays=tuple(stay(*each) for each in stays), follow=trail)
    marks, _ = laid(lane, Frame(low=0.0, high=100.0, left=0.0, right=100.0), ROOMY)
    assert any(mark.style == "follow-up" for mark in marks) is seen
