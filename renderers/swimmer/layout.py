"""The layout of a swimmer plot: the head, a row for each lane, the axes; of whatever lanes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.layout.bars import without_end
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
from renderers.swimmer.lane import Lane, LaneSet
from renderers.swimmer.lane_facts import lane_facts
from renderers.swimmer.lanes.captions import IN_CAPTION, vague_dates
from renderers.swimmer.lanes.lane_fitting import fitted
from renderers.swimmer.lanes.lane_layout import lay_out_lane
from renderers.swimmer.lanes.lane_markers import range_levels
from renderers.swimmer.lanes.lane_style import WORDED, LaneStyle
from renderers.swimmer.lanes.legend_place import LEGEND_GAP, with_legend_placed
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
from renderers.text.bar_ends import open_bars
from renderers.text.translation import translate, translate_count
from timeline.core.frozen_class import frozen

_HEAD = 5.4  # millimetres of the head with one line of text
_HEAD_LINE = 2.8  # of each further line
_AXIS = 8.5
_GROUP = 4.4  # the name of a group, above its first lane
_AIR = 0.8  # between low lanes and a line below them, which the edge of a marker would break

_Block = tuple[Row, list[Mark]]  # a row with its marks


@frozen(kw_only=True)
class FigureText:
    """The words of a figure, with what they decide: the order of lanes, words below markers."""

    name: str
    time_zero: str
    alt: str
    caption: str
    note: str = ""  # above the lanes
    words: bool = False  # whether each marker has its word below it
    sort: tuple[str, ...] = ("treatment",)


def lay_out(lane_set: LaneSet, page: Page, options: SwimmerOptions, text: FigureText) -> Scene:
    """The scene of some lanes.

    Raises:
        ValueError: the page is too narrow, or an option does not fit the lanes.

    """
    keys = text.sort if options.sort is None else options.sort
    lanes = sort_lanes(lane_set.lanes, keys, options.order)

    def made(legend_width: float) -> Scene:
        def lanes_of(style: LaneStyle) -> Scene:
            ordered = attrs.evolve(lane_set, lanes=lanes)
            return _laid_out(ordered, page, options, text, style, legend_width)

        return lanes_of(WORDED) if text.words else fitted(lanes_of, len(lanes), page)

    return with_legend_placed(made, page, options.legend)


def _laid_out(
    lane_set: LaneSet, page: Page, options: SwimmerOptions, text: FigureText, style: LaneStyle,
    legend_width: float,
) -> Scene:  # fmt: skip
    """The scene of lanes in their order, each as high as ``style``.

    ``legend_width``: millimetres at the right that are kept for the legend, 0 where it is below.
    """
    lanes = lane_set.lanes
    headings = () if style.compact else lane_set.headings
    columns = text_columns(lanes, headings, page.width - legend_width, flat=not style.words)
    frame = frame_of(lanes, options, columns.left, columns.right)
    if not style.words:
        levels = max((range_levels(lane.markers, frame, style) for lane in lanes), default=0)
        style = attrs.evolve(style, ranges=levels)
    blocks = [
        _head(columns, frame, options, text.note or _size(lanes, style)),
        *_lanes(attrs.evolve(lane_set, lanes=lanes), columns, frame, style, page, options),
        *([] if style.around else [(Row("air", _AIR, repeats=True), list[Mark]())]),
    ]
    axes, depth = axes_of(lanes, frame, options, text.time_zero, len(blocks))
    marks = [mark for _, own in blocks for mark in own]
    marks += _reference_lines(frame, options, len(blocks) - 1)
    if frame.low < 0.0 < frame.high and not frame.dated:
        marks.append(VerticalLine(style="time zero", at=0.0, row=1, last=len(blocks) - 1))
    marks += [
        AxisBreak(style="break", start=start, end=end, row=len(blocks) + n)
        for n in range(depth)
        for start, end in frame.breaks
    ]
    rows = [row for row, _ in blocks]
    rows += [Row(f"axis {n + 1}" if n else "axis", _AXIS, repeats=True) for n in range(depth)]
    return Scene(
        name=text.name,
        alt=text.alt,
        caption=" ".join(
            [
                text.caption,
                *vague_dates(marks),
                *open_bars(without_end(marks)),
                *_omitted(columns),
            ]
        ),
        width=page.width,
        frame=frame,
        rows=tuple(rows),
        marks=tuple(marks),
        axes=axes,
        named=(*lane_set.named, *_cutoff_named(options)),
        own=lane_set.own,
        titles=lane_set.titles,
        in_caption=IN_CAPTION,
        row_kind="lane",
        per_unit=1.0 if frame.dated else options.per_unit,
        legend_left=columns.width + LEGEND_GAP if legend_width else None,
    )


def _omitted(columns: TextColumns) -> Iterator[str]:
    """The columns that the page has no room for, for the caption."""
    if columns.dropped:
        names = ", ".join(columns.dropped)
        yield translate("Columns without room on this page: {columns}.", columns=names)


_SIZE = ("{number} lane", "{number} lanes")


def _size(lanes: Sequence[Lane], style: LaneStyle) -> str:
    """How many lanes there are, above lanes without names."""
    return translate_count(*_SIZE, len(lanes)) if style.compact else ""


def _cutoff_named(options: SwimmerOptions) -> tuple[tuple[str, str, str], ...]:
    if not options.cutoff:
        return ()
    return (
        ("cut-off", "Status", translate("data cut-off {day}", day=options.cutoff)),
        ("ongoing", "Status", translate("ongoing at data cut-off")),
    )


def _head(columns: TextColumns, frame: Frame, options: SwimmerOptions, note: str) -> _Block:
    """The headings of the columns, a note above the lanes, and the words of reference lines."""
    notes = wrapped(note, SMALL, frame.right - frame.left)
    lines = max([1, len(notes), *(len(column.heading) for column in columns.columns)])
    height = _HEAD + (lines - 1) * _HEAD_LINE if columns.columns or notes else 1.0
    references = list(_reference_words(frame, options))
    levels = [n for n, _ in pack_levels([[(x, x + width(text, SMALL))] for x, text in references])]
    marks: list[Mark] = [*column_headings(columns, height)]
    marks += [
        Label(text=text, size=SMALL, shift=frame.right, align="right",
              y=height - 2.0 - (len(notes) - 1 - n) * LINE)
        for n, text in enumerate(notes)
    ]  # fmt: skip
    marks += [
        Label(text=text, size=SMALL, shift=x, y=height + (level + 0.5) * LINE)
        for (x, text), level in zip(references, levels, strict=True)
    ]
    depth = max(levels, default=-1) + 1
    return Row("head", height + depth * LINE, repeats=True), marks


def _reference_words(frame: Frame, options: SwimmerOptions) -> Iterator[tuple[float, str]]:
    """The words of each reference line and where they begin: about the line, within the page."""
    for time, text in options.references:
        half = width(text, SMALL) / 2
        x = frame.x(moment(time, options, dated=frame.dated))
        yield max(frame.left, min(x - half, frame.right - 2 * half)), text


def _reference_lines(frame: Frame, options: SwimmerOptions, last: int) -> Iterator[Mark]:
    """A line over all lanes, up to row ``last``, for each reference time."""
    for time, text in options.references:
        at = moment(time, options, dated=frame.dated)
        if not frame.low <= at <= frame.high:
            at_, low, high = (
                time_text(day, options, dated=frame.dated) for day in (at, frame.low, frame.high)
            )
            raise ValueError(f"reference line {text!r} at {at_} is off the axis ({low} to {high})")
        yield VerticalLine(style="reference", at=at, row=1, last=last, tooltip=text)


def _lanes(
    lane_set: LaneSet,
    columns: TextColumns,
    frame: Frame,
    style: LaneStyle,
    page: Page,
    options: SwimmerOptions,
) -> Iterator[_Block]:
    """The row of each lane, from row 1 on, with its marks in their place."""
    lanes, page_width = lane_set.lanes, columns.width
    has_line = bool(columns.columns) and not style.divided  # below the headings of the columns
    group = ""
    for row, (lane, begins) in enumerate(zip(lanes, group_headings(lanes), strict=True), start=1):
        group = begins or group
        above, led = _above(begins, page_width, style, has_line=has_line, is_first=row == 1)
        texts = above_lanes(lane, columns, page_width)
        top = led + max((mark.y for mark in texts), default=-0.5 * LINE) + 0.5 * LINE
        marks, height = lay_out_lane(lane, frame, style)
        cells, needed = column_texts(lane, columns, frame, style)
        height = max(height, needed)
        inside = [*cells, *marks]
        if lane.cutoff is not None and options.cutoff_line:
            inside.append(VerticalLine(style="cut-off", at=lane.cutoff, last=0, bottom=height))
        placed = [mark.on_row(row) for mark in above]
        placed += [mark.on_row(row, led) for mark in texts]
        placed += [mark.on_row(row, top) for mark in inside]
        again, depth = _continued("" if begins else group, page_width, has_line=has_line)
        yield Row(lane.name, top + height, above=depth, again=again, group=group, opening=led,
                  facts=lane_facts(lane, lane_set, options, page)), placed  # fmt: skip


def _above(
    group: str, page_width: float, style: LaneStyle, *, has_line: bool, is_first: bool
) -> tuple[list[Mark], float]:
    """The line above a lane, the name of the group that begins with it, and their height."""
    is_new = bool(group) and not is_first
    air = _AIR if is_new and not style.around else 0.0
    marks: list[Mark] = []
    if style.divided or is_new or (is_first and has_line):
        name = "axis" if is_new else "divide"
        marks.append(Separator(style=name, left=0.0, right=page_width, y=air))
    if group:
        marks.append(Label(text=group, bold=True, size=BODY, y=air + _GROUP / 2 + 0.2))
    return marks, air + (_GROUP if group else 0.0)


def _continued(group: str, page_width: float, *, has_line: bool) -> tuple[tuple[Mark, ...], float]:
    """What is above a lane that begins a further page: a line, the group of the page before."""
    marks: list[Mark] = []
    if has_line:
        marks.append(Separator(style="divide", left=0.0, right=page_width))
    if not group:
        return tuple(marks), 0.0
    text = translate("{group}, continued", group=group)
    return (*marks, Label(text=text, bold=True, size=BODY, y=_GROUP / 2 + 0.2)), _GROUP
