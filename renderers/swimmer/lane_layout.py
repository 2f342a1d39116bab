"""One lane on the page: its bars, spans and markers as marks, and the height that they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from renderers.layout.bars import bars
from renderers.layout.date_ranges import (
    DateRange,
    marker_with_range,
    markers_side_by_side,
    range_mark,
)
from renderers.layout.labels_below import labels_below
from renderers.layout.labels_beside import LabelledItem, LabelText
from renderers.layout.packing import Stretch, pack_levels
from renderers.scene.scene import (
    SMALL,
    AxisBreak,
    Bar,
    Frame,
    Mark,
    Marker,
    Polyline,
    RangeMark,
    VerticalLine,
)
from renderers.swimmer.lane import FEW, Lane, LaneMarker

_BELOW = 2.6  # millimetres from a marker with a word down to the range of its date
_TAIL = 3.0  # of a bar whose end is not stated
_GAP = 0.3  # between neighbouring markers
_RANGE_PITCH = 1.3  # between lines of date ranges
_LARGEST = 2.3  # a marker
_SHIFTS = (0, 1, -1, 2, -2)  # how many markers to the side one may be drawn, nearest first


@attrs.frozen(kw_only=True)
class LaneStyle:
    """The heights of a lane in millimetres; ``words``: whether each marker has its word below."""

    bar: float = 3.2
    pitch: float = 5.8
    marker: float = _LARGEST
    around: float = 0.9  # above and below a lane
    words: bool = False
    divided: bool = True  # whether a thin line separates the lanes

    @property
    def middle(self) -> float:
        """The middle of the bar, below the top of the lane."""
        return self.around + self.pitch / 2

    @property
    def bar_bottom(self) -> float:
        """The lower edge of the bar, below the top of the lane."""
        return self.middle + self.bar / 2


_LEAST = 2.75  # a lane with a line of small text
ROOMY = LaneStyle()
WORDED = LaneStyle(words=True)


def lane_style(lanes: int, height: float) -> LaneStyle:
    """The style of so many lanes; more than a few are as high as a page of ``height`` mm allows."""
    if lanes <= FEW:
        return ROOMY
    pitch = min(ROOMY.pitch, max(_LEAST, height / lanes))
    bar = min(ROOMY.bar, 0.62 * pitch)
    marker = min(_LARGEST, max(1.9, 0.7 * pitch))
    return LaneStyle(bar=bar, pitch=pitch, marker=marker, around=0.0, divided=False)


def lay_out_lane(lane: Lane, frame: Frame, style: LaneStyle) -> tuple[list[Mark], float]:
    """The marks of a lane, in the order of drawing, and the height that it needs.

    Args:
        lane: The lane.
        frame: The axis, with its breaks.
        style: The heights of the lane.

    Returns:
        Marks in row 0, in millimetres below the top of the lane; the height in millimetres.

    """
    drawn = [mark.shifted(style.middle) for mark in _bars_and_spans(lane, frame, style)]
    low, high = lane.days
    drawn += [
        AxisBreak(style="break", start=start, end=end, height=style.bar + 0.8, y=style.middle)
        for start, end in frame.breaks
        if low < start and end < high
    ]
    markers, height = (_with_words if style.words else _stacked)(lane.markers, frame, style)
    return [*drawn, *markers], max(height, style.pitch) + 2 * style.around


def _bars_and_spans(lane: Lane, frame: Frame, style: LaneStyle) -> Iterator[Mark]:
    """What markers are drawn on, about the middle of the bar."""
    tail = frame.days(_TAIL)
    drawn = [m for bar in lane.bars for m in bars(attrs.evolve(bar, height=style.bar), tail)]
    if lane.follow_up and not _is_hidden(lane.follow_up, drawn):
        yield lane.follow_up
    yield from drawn
    yield from lane.responses


def _is_hidden(line: RangeMark, drawn: Sequence[Mark]) -> bool:
    """Whether bars cover all of a line, so that the legend must not name it."""
    covered = line.low
    for bar in sorted((m for m in drawn if isinstance(m, Bar)), key=lambda bar: bar.start):
        if bar.start > covered:
            return False
        covered = max(covered, bar.end)
    return covered >= line.high


def _with_words(
    markers: Sequence[LaneMarker], frame: Frame, style: LaneStyle
) -> tuple[tuple[Mark, ...], float]:
    """Markers with their words below them; those of one date are side by side on leaders."""
    groups: dict[DateRange, list[LaneMarker]] = defaultdict(list)
    for marker in markers:
        groups[marker.dates].append(marker)
    items = [_item(dates, group, frame) for dates, group in groups.items()]
    return labels_below(items, frame, frame.right, style.pitch, style.around)


def _item(dates: DateRange, group: Sequence[LaneMarker], frame: Frame) -> LabelledItem:
    first, *others = group
    words = ", ".join(dict.fromkeys(each.word for each in group if each.word))
    tooltip = "" if others else first.tooltip
    if others:
        each = [Marker(style=m.style, at=dates.at, tooltip=m.tooltip) for m in group]
        marks = markers_side_by_side(dates, each, frame)
    else:
        marks = marker_with_range(dates, first.style, below=_BELOW, tooltip=tooltip)
    return LabelledItem(marks, (LabelText(words, SMALL, tooltip=tooltip),) if words else ())


def _stacked(
    markers: Sequence[LaneMarker], frame: Frame, style: LaneStyle
) -> tuple[list[Mark], float]:
    """Markers on the bar; one whose place is taken is drawn below it, on a leader.

    The most exact date is placed first, then the earliest: each at the first free place.
    """
    taken: list[list[Stretch]] = [[]]
    marks: list[Mark] = []
    for marker in sorted(markers, key=lambda each: each.dates.high - each.dates.low):
        x = frame.x(marker.dates.at)
        line, shift = _free(x, taken, frame, style.marker)
        if line == len(taken):
            taken.append([])
        taken[line].append(_stretch(x + shift, style.marker))
        marks += _marker(marker, line, shift, frame, style)
    lines = len(taken) - 1
    bottom = style.bar_bottom + _GAP + lines * (style.marker + _GAP)
    ranges = [marker for marker in markers if not marker.dates.is_point]
    spans = [[(frame.x(each.dates.low), frame.x(each.dates.high))] for each in ranges]
    levels = [level for level, _ in pack_levels(spans, 0.6)]
    marks += [
        range_mark(marker.dates, bottom + _RANGE_PITCH * (level + 0.8), marker.tooltip)
        for marker, level in zip(ranges, levels, strict=True)
    ]
    if ranges:
        bottom += _RANGE_PITCH * (1 + max(levels))
    return marks, bottom - style.around if ranges or lines else style.pitch


def _stretch(x: float, size: float) -> Stretch:
    return x - size / 2, x + size / 2


def _free(x: float, taken: list[list[Stretch]], frame: Frame, size: float) -> tuple[int, float]:
    """The first free place of a marker: its line below the bar, and its shift in millimetres."""
    for line, others in enumerate(taken):
        for aside in _SHIFTS if line else (0,):
            shift = aside * (size + _GAP)
            low, high = _stretch(x + shift, size)
            on_page = aside == 0 or (frame.left <= low and high <= frame.right + size)
            if on_page and all(high + _GAP / 2 <= a or b + _GAP / 2 <= low for a, b in others):
                return line, shift
    return len(taken), 0.0


def _marker(
    marker: LaneMarker, line: int, shift: float, frame: Frame, style: LaneStyle
) -> Iterator[Mark]:
    """The marker on its line (0: on the bar); below the bar with a leader to its date."""
    at, bottom = marker.dates.at, style.bar_bottom
    y = bottom + _GAP + (line - 0.5) * (style.marker + _GAP) if line else style.middle
    top = y - style.marker / 2
    if line and shift:
        bent = at + frame.days(shift)
        points = ((at, bottom - style.bar / 2), (at, bottom), (bent, top))
        yield Polyline(style="leader", points=points)
    elif line:
        yield VerticalLine(style="leader", at=at, last=0, y=bottom - style.bar / 2, bottom=top)
    yield Marker(
        style=marker.style, at=at, shift=shift, size=style.marker, y=y, tooltip=marker.tooltip
    )
