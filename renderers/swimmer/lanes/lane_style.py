"""The heights of a lane, in millimetres: as many lanes as a page holds are equally high."""

from __future__ import annotations

import math

from renderers.swimmer.lane import FEW
from timeline.core.frozen_class import frozen

GAP = 0.3  # between neighbouring markers
_LARGEST = 2.3  # a marker
_LEAST_MARKER = 1.2  # one of two on two levels
_RANGE = 1.3  # between lines of date ranges, and where lanes are low
_LOW_RANGE = 1.0
_CAP = 0.8  # of a date range
_LEAST = 2.75  # a lane with a line of small text
MOST_NAMED = 60  # lanes that have names
_THINNEST = 0.5  # a lane without a name; more lanes than fit at this height take further pages
_COMPACT = 1.5  # a marker on one
_SHARE = 0.2  # of the height of a bar: the line of a response below it
_BELOW, _BELOW_SHARE = 0.15, 0.04  # from a bar to that line; at most this share of the pitch


@frozen(kw_only=True)
class LaneStyle:
    """The heights of a lane; ``words``: whether each marker has its word below.

    ``ranges``: the levels of date ranges below the bar, the same in each lane of a figure.
    """

    bar: float = 3.2
    pitch: float = 5.8
    marker: float = _LARGEST
    around: float = 0.9  # above and below a lane
    words: bool = False
    divided: bool = True  # whether a thin line separates the lanes
    ranges: int = 0
    compact: bool = False  # lanes too thin for names and edges of bars

    @property
    def middle(self) -> float:
        """The middle of the bar, below the top of the lane."""
        return self.around + self.pitch / 2

    @property
    def bar_bottom(self) -> float:
        """The lower edge of the bar, below the top of the lane."""
        return self.middle + self.bar / 2

    @property
    def response_line(self) -> float:
        """The thickness of the line of a response: a fifth of the bar."""
        return _SHARE * self.bar

    @property
    def _gap(self) -> float:
        """From a bar to that line."""
        return min(_BELOW, _BELOW_SHARE * self.pitch)

    @property
    def response_middle(self) -> float:
        """The middle of that line, below the middle of the bar."""
        return self.bar / 2 + self._gap + self.response_line / 2

    @property
    def crowded_marker(self) -> float:
        """The size of a marker on one of two levels within the lane."""
        room = (self.pitch - 2 * GAP) / 2
        return min(self.marker, room if self.compact else max(room, _LEAST_MARKER))

    @property
    def range_pitch(self) -> float:
        """From one line of date ranges to the next."""
        return _RANGE if self.around else _LOW_RANGE

    @property
    def first_range(self) -> float:
        """The first line of date ranges, below the top of the lane."""
        return self.bar_bottom + self._gap + self.response_line + _CAP + GAP

    @property
    def height(self) -> float:
        """Of a lane, without the space around it."""
        if not self.ranges:
            return self.pitch
        last = self.first_range + (self.ranges - 1) * self.range_pitch + GAP
        return max(self.pitch, last - self.around)


ROOMY = LaneStyle()
WORDED = LaneStyle(words=True, pitch=7.2)


def lane_style(lanes: int, height: float, pages: int = 1, *, scrolls: bool = False) -> LaneStyle:
    """The style of so many lanes.

    Args:
        lanes: How many there are.
        height: Millimetres of a page for lanes.
        pages: On how many pages they are.
        scrolls: Whether the page is scrolled, so that lanes need not fit it.

    Returns:
        Up to a few lanes are roomy; more are as high as the page allows. Past ``MOST_NAMED`` they
        are as thin as one page requires, without names, unless the page is scrolled.

    """
    if lanes <= FEW:
        return ROOMY
    if lanes > MOST_NAMED and not scrolls:
        pitch = min(_LEAST, max(_THINNEST, height / lanes))
        return LaneStyle(bar=0.62 * pitch, pitch=pitch, marker=min(_COMPACT, 0.92 * pitch),
                         around=0.0, divided=False, compact=True)  # fmt: skip
    pitch = min(ROOMY.pitch, max(_LEAST, height / math.ceil(lanes / pages)))
    bar = min(ROOMY.bar, 0.58 * pitch)
    marker = min(_LARGEST, max(1.9, 0.7 * pitch))
    return LaneStyle(bar=bar, pitch=pitch, marker=marker, around=0.0, divided=False)
