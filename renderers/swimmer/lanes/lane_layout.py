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
)
from renderers.layout.labels_below import labels_below
from renderers.layout.labels_beside import LabelledItem, LabelText
from renderers.scene.scene import (
    SMALL,
    Arrow,
    AxisBreak,
    Bar,
    Frame,
    Mark,
    Marker,
    RangeMark,
)
from renderers.scene.styles import STYLES
from renderers.swimmer.lane import Lane, LaneMarker
from renderers.swimmer.lanes.lane_markers import stacked
from renderers.swimmer.lanes.lane_style import LaneStyle

_BELOW = 3.5  # millimetres from a marker with a word down to the range of its date
_TAIL = 3.0  # of a bar whose end is not stated
_LINE = 0.3  # of the height of a bar: the line of follow-up where lanes are compact
_THICKEST = 0.28  # millimetres of that line, as thick as on other lanes
_ARROW, _ARROW_HALF = 2.6, 0.85  # length and half the height of an arrow on a compact lane, at most
_TICK = 0.26  # of the height of a bar: the tick of a scan without a marker
# Of two ranges of dates that would touch, which one stays at its bar: that of a response.
_RANKS = {"Response": 0}
# Of the thickness of the line of a response.
_THICKNESS = {
    "complete response": 1.0,
    "partial response": 0.8,
    "response": 1.0,
    "possible response": 0.8,
    "response between": 0.3,
}


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
    markers, height = (_with_words if style.words else stacked)(lane.markers, frame, style)
    return [*drawn, *markers], max(height, style.height) + 2 * style.around


def _bars_and_spans(lane: Lane, frame: Frame, style: LaneStyle) -> Iterator[Mark]:
    """What markers are drawn on, about the middle of the bar."""
    tail = frame.days(_TAIL)
    drawn = [m for bar in lane.bars for m in bars(attrs.evolve(bar, height=style.bar), tail)]
    if lane.follow_up and not _is_hidden(lane.follow_up, drawn):
        yield attrs.evolve(
            lane.follow_up, thick=min(_THICKEST, _LINE * style.bar) if style.compact else None
        )
    yield from (_small(mark, style) for mark in drawn)
    for piece in lane.responses:
        thick = _THICKNESS[piece.style] * style.response_line
        yield attrs.evolve(piece, y=style.response_middle, thick=thick)
    for scan in lane.unmarked:
        yield from _ticks(scan, style)


def _small(mark: Mark, style: LaneStyle) -> Mark:
    """A mark of a bar; on a compact lane its arrow is no higher than the lane."""
    if style.compact and isinstance(mark, Arrow):
        return attrs.evolve(mark, length=_ARROW, half=min(_ARROW_HALF, style.pitch / 2))
    return mark


def _ticks(scan: LaneMarker, style: LaneStyle) -> Iterator[Mark]:
    """A scan without a marker: a tick at the lower edge of the bar, a line over vague dates."""
    size = _TICK * style.bar
    y, dates = style.bar / 2 - size / 2, scan.dates
    if style.compact:  # in the data alone
        yield RangeMark(style="same range", low=dates.low, high=dates.high, y=y,
                        open_low=dates.open_low, open_high=dates.open_high,
                        tooltip=scan.tooltip)  # fmt: skip
        return
    if not dates.is_point:
        yield RangeMark(style="unmarked scan range", low=dates.low, high=dates.high, y=y,
                        open_low=dates.open_low, open_high=dates.open_high,
                        tooltip=scan.tooltip)  # fmt: skip
    yield Marker(style="unmarked scan", at=dates.at, size=size, y=y, tooltip=scan.tooltip)


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
    rank = min(_RANKS.get(STYLES[each.style].group, len(_RANKS)) for each in group)
    labels = (LabelText(words, SMALL, tooltip=tooltip),) if words else ()
    return LabelledItem(marks, labels, rank=rank)
