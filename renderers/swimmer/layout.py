"""Lanes on paper: the head, a row for each lane, the axes; whatever the lanes were made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.layout.packing import pack_levels
from renderers.scene.journals import Page
from renderers.scene.scene import (
    BODY,
    SMALL,
    AxisBreak,
    Frame,
    Label,
    Mark,
    Row,
    Scene,
    Separator,
    VerticalLine,
)
from renderers.scene.text_metrics import width, wrapped
from renderers.swimmer.lane import Lane
from renderers.swimmer.lane_layout import WORDED, LaneStyle, lane_style, lay_out_lane
from renderers.swimmer.lane_set import FEW, LaneSet
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.sorting import group_headings, sort_lanes
from renderers.swimmer.text_columns import (
    LINE,
    TextColumns,
    above_lanes,
    column_headings,
    column_texts,
    text_columns,
)
from renderers.swimmer.time_axis import axes_of, frame_of, moment, time_text
from renderers.text.translation import translate

_HEAD = 5.4
_AXIS = 8.5
_GROUP = 4.4  # the name of a group, above its first lane
_AIR = 0.8  # between low lanes and a line below them, which the edge of a sign would break
_FURNITURE = 45.0  # millimetres of a page that head, axis and legend take
_STATES = {"censored": "censored", "undecided": "event or censored", "alive": "alive"}


@attrs.frozen(kw_only=True)
class FigureText:
    """The words of a figure: its name, what nought is, what bars are, a note over the lanes."""

    name: str
    nought: str
    alt: str
    caption: str
    note: str = ""
    words: bool = False  # whether each sign has its word below it
    sort: tuple[str, ...] = ("duration",)


@attrs.frozen(kw_only=True)
class _Row:
    name: str
    height: float
    marks: tuple[Mark, ...]
    repeats: bool = False
    above: float = 0.0
    again: tuple[Mark, ...] = ()


def lay_out(pool: LaneSet, page: Page, swim: SwimmerOptions, description: FigureText) -> Scene:
    """The figure of some lanes. ValueError where the paper cannot hold it, or a wish fails."""
    lanes = sort_lanes(pool.lanes, description.sort if swim.sort is None else swim.sort)
    style = WORDED if description.words else lane_style(len(lanes), page.height - _FURNITURE, FEW)
    columns = text_columns(lanes, pool.headings, page.width, flat=not style.around)
    frame = frame_of(lanes, swim, columns.left, columns.right)
    rows = [
        _head(columns, frame, swim, description),
        *_lanes(lanes, columns, frame, style, page.width),
        *([] if style.around else [_Row(name="air", height=_AIR, marks=(), repeats=True)]),
    ]
    axes, depth = axes_of(lanes, frame, swim, description.nought, len(rows))
    marks = [mark.on_row(n) for n, row in enumerate(rows) for mark in row.marks]
    marks += _references(frame, swim, rows)
    marks += [
        AxisBreak(style="break", start=start, end=end, row=len(rows) + n)
        for n in range(depth)
        for start, end in frame.breaks
    ]
    bottoms = [Row(f"axis {n + 1}" if n else "axis", _AXIS, repeats=True) for n in range(depth)]
    return Scene(
        name=description.name,
        alt=description.alt,
        caption=description.caption,
        width=page.width,
        frame=frame,
        rows=(
            *(
                Row(each.name, each.height, each.repeats, above=each.above, again=each.again)
                for each in rows
            ),
            *bottoms,
        ),
        marks=tuple(marks),
        axes=axes,
        named=(*pool.named, *_cutoff_named(swim)),
    )


def _cutoff_named(swim: SwimmerOptions) -> tuple[tuple[str, str, str], ...]:
    if not swim.cutoff:
        return ()
    return (("cut-off", "Status", translate("data cut-off {day}", day=swim.cutoff)),)


def _head(
    columns: TextColumns, frame: Frame, swim: SwimmerOptions, description: FigureText
) -> _Row:
    """Names of the columns, a note above the lanes, and the words of the reference lines."""
    room = frame.right - frame.left
    notes = wrapped(description.note, SMALL, room)
    lines = max([1, len(notes), *(len(column.heading) for column in columns.columns)])
    height = _HEAD + (lines - 1) * 2.8 if columns.columns or notes else 1.0
    named = list(_named(frame, swim))
    stood = pack_levels([[(x, x + width(text, SMALL))] for x, text in named])
    depth = max((line for line, _ in stood), default=-1) + 1
    marks: list[Mark] = [*column_headings(columns, height)]
    marks += [
        Label(text=text, size=SMALL, shift=frame.right, align="right",
              y=height - 2.0 - (len(notes) - 1 - n) * LINE)
        for n, text in enumerate(notes)
    ]  # fmt: skip
    marks += [
        Label(text=text, size=SMALL, shift=x, y=height + (line + 0.5) * LINE)
        for (x, text), (line, _) in zip(named, stood, strict=True)
    ]
    return _Row(name="head", height=height + depth * LINE, marks=tuple(marks), repeats=True)


def _named(frame: Frame, swim: SwimmerOptions) -> Iterator[tuple[float, str]]:
    """Where the words of each reference line begin: about its line, within the page."""
    for time, text in swim.references:
        half = width(text, SMALL) / 2
        x = frame.x(moment(time, swim, dated=frame.dated))
        yield max(frame.left, min(x - half, frame.right - 2 * half)), text


def _references(frame: Frame, swim: SwimmerOptions, rows: Sequence[_Row]) -> Iterator[Mark]:
    """A line over all lanes for each reference time."""
    for time, text in swim.references:
        at = moment(time, swim, dated=frame.dated)
        if not frame.low <= at <= frame.high:
            there, low, high = (
                time_text(day, swim, dated=frame.dated) for day in (at, frame.low, frame.high)
            )
            raise ValueError(
                f"reference line {text!r} at {there} lies off the axis ({low} to {high})"
            )
        yield VerticalLine(style="reference", at=at, row=1, last=len(rows) - 1, tooltip=text)


def _lanes(
    lanes: Sequence[Lane], columns: TextColumns, frame: Frame, style: LaneStyle, page: float
) -> Iterator[_Row]:
    line = bool(columns.columns) and not style.divided  # below the headings of columns
    first, named = True, ""
    for lane, group in zip(lanes, group_headings(lanes), strict=True):
        named = group or named
        texts = above_lanes(
            lane, columns, page, {name: translate(word) for name, word in _STATES.items()}
        )
        above = max((mark.y for mark in texts), default=-0.5 * LINE) + 0.5 * LINE
        parting, led = _parting(group, page, style, line=line, first=first)
        top = led + above
        marks, height = lay_out_lane(lane, frame, style)
        cells, needed = column_texts(lane, columns, frame, style)
        height = max(height, needed)
        inside = [*cells, *marks]
        if lane.cutoff is not None:
            inside.append(VerticalLine(style="cut-off", at=lane.cutoff, last=0, bottom=height))
        placed = [*parting]
        placed += [mark.shifted(led) for mark in texts]
        placed += [mark.shifted(top) for mark in inside]
        again, depth = _again("" if group else named, page, line=line)
        yield _Row(name=lane.name, height=top + height, marks=tuple(placed), above=depth,
                   again=again)  # fmt: skip
        first = False


def _parting(
    group: str, page: float, style: LaneStyle, *, line: bool, first: bool
) -> tuple[tuple[Mark, ...], float]:
    """The line above a lane with the name of the group that begins with it; how tall they are."""
    parts = bool(group) and not first
    air = _AIR if parts and not style.around else 0.0
    marks: list[Mark] = []
    if style.divided or parts or (first and line):
        name = "axis" if parts else "divide"
        marks.append(Separator(style=name, left=0.0, right=page, y=air))
    if group:
        marks.append(Label(text=group, bold=True, size=BODY, y=air + _GROUP / 2 + 0.2))
    return tuple(marks), air + (_GROUP if group else 0.0)


def _again(group: str, page: float, *, line: bool) -> tuple[tuple[Mark, ...], float]:
    """What stands above a lane that begins a further page: a line, and the group it is still of."""
    marks: list[Mark] = []
    if line:
        marks.append(Separator(style="divide", left=0.0, right=page))
    if not group:
        return tuple(marks), 0.0
    said = translate("{group}, continued", group=group)
    return (*marks, Label(text=said, bold=True, size=BODY, y=_GROUP / 2 + 0.2)), _GROUP
