"""A lane on the page: its bars, spans and signs as marks, and the height that they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from renderers.layout.bars import bars
from renderers.layout.date_ranges import DateRange, marker_with_range, markers_side_by_side
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
from renderers.swimmer.lane import Lane, LaneMarker

_BELOW = 2.6  # millimetres of a bracket under the bar, where signs have words
_TAIL = 3.0  # of a bar whose end is not stated
_AIR = 0.3  # between neighbouring signs
_BRACKET = 1.3  # of a line of brackets
_MOST = 2.3  # a sign at its largest
_ASIDE = (0, 1, -1, 2, -2)  # how many signs to the side one may stand, nearest first


@attrs.frozen(kw_only=True)
class LaneStyle:
    """How tall things are, in millimetres; ``words``: whether each sign has its word below."""

    bar: float = 3.2
    pitch: float = 5.8
    sign: float = _MOST
    around: float = 0.9  # above and below a lane
    words: bool = False
    divided: bool = True  # whether a thin line parts the lanes

    @property
    def middle(self) -> float:
        """Of the bar, below the top of the lane."""
        return self.around + self.pitch / 2


_LEAST = 2.75  # a lane with a line of small text
ROOMY = LaneStyle()
WORDED = LaneStyle(words=True)


def lane_style(lanes: int, height: float, few: int) -> LaneStyle:
    """Roomy lanes where they are few, else as tall as a page lets them be, and none too low."""
    if lanes <= few:
        return ROOMY
    pitch = min(ROOMY.pitch, max(_LEAST, height / lanes))
    bar = min(ROOMY.bar, 0.62 * pitch)
    sign = min(_MOST, max(1.9, 0.7 * pitch))
    return LaneStyle(bar=bar, pitch=pitch, sign=sign, around=0.0, divided=False)


def lay_out_lane(lane: Lane, frame: Frame, style: LaneStyle) -> tuple[tuple[Mark, ...], float]:
    """The marks of a lane and the height it needs, in millimetres."""
    on, height = (_worded if style.words else _stacked)(lane.notes, frame, style)
    height = max(height, style.pitch) + 2 * style.around
    under = (mark.shifted(style.middle) for mark in _under(lane, frame, style))
    across = (mark.shifted(style.middle) for mark in _cuts(lane, frame, style))
    return (*under, *across, *(mark.shifted(style.around) for mark in on)), height


def _under(lane: Lane, frame: Frame, style: LaneStyle) -> Iterator[Mark]:
    """What signs stand on, about the middle of the bar."""
    tail = frame.days(_TAIL)
    boxes = [m for s in lane.stays for m in bars(attrs.evolve(s, height=style.bar), tail)]
    if lane.follow and not _is_hidden(lane.follow, boxes):
        yield lane.follow
    yield from boxes
    yield from lane.responses


def _is_hidden(trail: RangeMark, boxes: Sequence[Mark]) -> bool:
    """Whether bars lie over all of a line: the legend must not name what nobody sees."""
    seen = trail.low
    for bar in sorted((m for m in boxes if isinstance(m, Bar)), key=lambda bar: bar.start):
        if bar.start > seen:
            return False
        seen = max(seen, bar.end)
    return seen >= trail.high


def _cuts(lane: Lane, frame: Frame, style: LaneStyle) -> Iterator[Mark]:
    low, high = lane.days
    for start, end in frame.breaks:
        if low < start and end < high:
            yield AxisBreak(style="break", start=start, end=end, height=style.bar + 0.8)


def _worded(
    notes: Sequence[LaneMarker], frame: Frame, style: LaneStyle
) -> tuple[tuple[Mark, ...], float]:
    """Signs with their words below them; those of one time stand side by side on leaders."""
    groups: dict[DateRange, list[LaneMarker]] = defaultdict(list)
    for note in notes:
        groups[note.place].append(note)
    items = [_item(group, frame) for group in groups.values()]
    return labels_below(items, frame, frame.right, style.pitch)


def _item(group: Sequence[LaneMarker], frame: Frame) -> LabelledItem:
    first = group[0]
    said = ", ".join(dict.fromkeys(note.word for note in group if note.word))
    tooltip = first.tooltip if len(group) == 1 else ""
    words = (LabelText(said, SMALL, tooltip=tooltip),) if said else ()
    if len(group) == 1:
        return LabelledItem(
            marker_with_range(first.place, first.style, below=_BELOW, tooltip=first.tooltip), words
        )
    given = [Marker(style=note.style, at=first.place.at, tooltip=note.tooltip) for note in group]
    return LabelledItem(markers_side_by_side(first.place, given, frame), words)


@attrs.frozen
class _Stood:
    """A sign with its place: how many lines below the bar, and how far aside in millimetres."""

    note: LaneMarker
    line: int
    shift: float


def _stacked(
    notes: Sequence[LaneMarker], frame: Frame, style: LaneStyle
) -> tuple[tuple[Mark, ...], float]:
    """Signs on the bar; one that finds its place taken stands below it, on a leader."""
    stood = _standing(notes, frame, style)
    lines = max((each.line for each in stood), default=0)
    bottom = style.pitch / 2 + style.bar / 2 + _AIR + lines * (style.sign + _AIR)
    marks = [mark for each in stood for mark in _sign(each, frame, style)]
    vague = [note for note in notes if not note.place.is_point]
    if not vague:
        return tuple(marks), bottom if lines else style.pitch
    marks += _brackets(vague, frame, bottom)
    return tuple(marks), bottom + _BRACKET * (1 + max(_rows(vague, frame)))


def _standing(notes: Sequence[LaneMarker], frame: Frame, style: LaneStyle) -> list[_Stood]:
    """The surest first, then the earliest: each at the first place that is free."""
    taken: list[list[Stretch]] = [[]]
    found = []
    for note in sorted(notes, key=lambda each: each.place.high - each.place.low):
        line, shift = _free(frame.x(note.place.at), taken, frame, style.sign)
        if line == len(taken):
            taken.append([])
        taken[line].append(_stretch(frame.x(note.place.at) + shift, style.sign))
        found.append(_Stood(note, line, shift))
    return found


def _stretch(x: float, size: float) -> Stretch:
    return x - size / 2, x + size / 2


def _free(x: float, taken: list[list[Stretch]], frame: Frame, size: float) -> tuple[int, float]:
    for line, there in enumerate(taken):
        for aside in _ASIDE if line else (0,):
            shift = aside * (size + _AIR)
            low, high = _stretch(x + shift, size)
            on_page = aside == 0 or (frame.left <= low and high <= frame.right + size)
            if on_page and all(high + _AIR / 2 <= a or b + _AIR / 2 <= low for a, b in there):
                return line, shift
    return len(taken), 0.0


def _sign(stood: _Stood, frame: Frame, style: LaneStyle) -> Iterator[Mark]:
    """The sign, and where it stands below the bar a leader to its day."""
    at, bottom = stood.note.place.at, style.pitch / 2 + style.bar / 2
    y = bottom + _AIR + (stood.line - 0.5) * (style.sign + _AIR) if stood.line else style.pitch / 2
    top = y - style.sign / 2
    if stood.line and stood.shift:
        bent = at + frame.days(stood.shift)
        yield Polyline(
            style="leader", points=((at, bottom - style.bar / 2), (at, bottom), (bent, top))
        )
    elif stood.line:
        yield VerticalLine(style="leader", at=at, last=0, y=bottom - style.bar / 2, bottom=top)
    yield Marker(
        style=stood.note.style,
        at=at,
        shift=stood.shift,
        size=style.sign,
        y=y,
        tooltip=stood.note.tooltip,
    )


def _rows(vague: Sequence[LaneMarker], frame: Frame) -> list[int]:
    """The line of each bracket, so that none lies on another."""
    spans = [[(frame.x(note.place.low), frame.x(note.place.high))] for note in vague]
    return [line for line, _ in pack_levels(spans, 0.6)]


def _brackets(vague: Sequence[LaneMarker], frame: Frame, top: float) -> Iterator[Mark]:
    for note, row in zip(vague, _rows(vague, frame), strict=True):
        yield _bracket(note.place, top + _BRACKET * (row + 0.8), note.tooltip)


def _bracket(place: DateRange, y: float, tooltip: str) -> RangeMark:
    return RangeMark(
        style="order" if place.by_order else "range",
        y=y,
        low=place.low,
        high=place.high,
        open_low=place.open_low,
        open_high=place.open_high,
        tooltip=tooltip,
    )
