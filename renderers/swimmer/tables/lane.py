"""The lane of one patient of the tables: intervals and events in days from time zero."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.layout.packing import pack_levels
from renderers.scene.scene import RangeMark
from renderers.swimmer.lane import CALENDAR, ColumnCell, Lane, LaneMarker, cell_text
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.response_spans import response_pieces
from renderers.swimmer.tables.rows import StateInterval, TableEvent, Tables
from renderers.text.translation import translate
from timeline.core.calendar.dates import parse_edtf
from timeline.core.span import Span


def _time_zero(rows: Sequence[StateInterval], read: Tables, options: SwimmerOptions) -> Span | None:
    """The date that a lane counts from; None for numbers, which count from their own time zero."""
    if not read.dated:
        if options.align and options.align != "start":
            raise ValueError(
                f"numbers have no dates: cannot align on {options.align!r} (write start)"
            )
        return None
    if options.align == "calendar":
        return CALENDAR
    if options.align and options.align != "start":
        return parse_edtf(options.align).span
    return min((row.start for row in rows), key=lambda span: (span.low, span.high))


def lane_from_rows(
    name: str,
    rows: tuple[StateInterval, ...],
    read: Tables,
    style_of: Callable[[StateInterval], str],
    options: SwimmerOptions,
) -> Lane:
    """The lane of one patient.

    Args:
        name: The patient.
        rows: The intervals of the patient.
        read: All tables.
        style_of: Gives the style of the bar of a row.
        options: The options of the figure.

    Raises:
        ValueError: numbers cannot be aligned as the options say.

    """
    time_zero = _time_zero(rows, read, options)
    origin = time_zero
    if time_zero is None and options.align == "start":
        origin = min((row.start for row in rows), key=lambda span: span.low)
    events = read.events_of(name)
    ended = any(row.ongoing for row in rows) or any(event.ends for event in events)
    last = max((row.extent.high for row in rows), default=0)
    markers = [
        LaneMarker(style=e.style, dates=_dates(e.at, origin), word=e.label, tooltip=_tooltip(e))
        for e in events
    ]
    if not ended:
        markers.append(
            LaneMarker(
                style="end unknown",
                dates=_dates(Span.point(last), origin),
                word=translate("not stated"),
                tooltip=f"{name}: the table does not state how the lane ends",
            )
        )
    record = rows[0].record
    cells = [("id", ColumnCell(lines=((name, True),), rank=cell_text(name).rank))]
    cells += [(column, cell_text(_joined(rows, column))) for column in read.columns]
    days = float(origin.low) if origin else 0.0
    return Lane(
        name=name,
        bars=tuple(_bars(rows, origin, style_of, together=read.combined)),
        responses=tuple(piece for event in events for piece in _response(event, origin)),
        markers=tuple(markers),
        follow_up=_follow_up(rows, events, origin),
        time_zero=time_zero,
        cutoff=float(parse_edtf(options.cutoff).span.low) - days
        if options.cutoff and read.dated
        else None,
        cells=tuple(cells),
        group=(record.text(options.group) or translate("not stated")) if options.group else "",
    )


def _joined(rows: Sequence[StateInterval], column: str) -> str:
    """The text of a patient in a column; different texts joined by "or"."""
    return " or ".join(dict.fromkeys(t for row in rows if (t := row.record.text(column))))


def _dates(span: Span, origin: Span | None) -> DateRange:
    """The days of a time on the lane; the time that the lane counts from is day 0."""
    days = span if origin is None else Span.point(0) if span is origin else span - origin
    return DateRange(low=float(days.low), high=float(days.high))


def _bars(
    rows: Sequence[StateInterval],
    origin: Span | None,
    style_of: Callable[[StateInterval], str],
    *,
    together: bool,
) -> Iterator[TreatmentBar]:
    """The bars; those that overlap are side by side where drugs are given together."""
    slots = _slots(rows) if together else [(0, 1)] * len(rows)
    for row, slot in zip(rows, slots, strict=True):
        yield TreatmentBar(
            style=style_of(row),
            start=_dates(row.start, origin),
            end=_dates(row.end, origin) if row.end else None,
            goes_on=row.ongoing,
            slot=slot,
            tooltip=f"{row.id}: {row.state}, {row.text} [{row.where}]",
        )


def _slots(rows: Sequence[StateInterval]) -> list[tuple[int, int]]:
    """Which part of the bar each row takes, and of how many, among all rows linked by overlap."""
    spans = [(float(row.extent.low), float(row.extent.high)) for row in rows]
    levels = [level for level, _ in pack_levels([[span] for span in spans], 0.0)]
    chains: list[list[int]] = []
    reach = -math.inf
    for n in sorted(range(len(rows)), key=lambda n: spans[n]):
        if spans[n][0] >= reach:
            chains.append([])
        chains[-1].append(n)
        reach = max(reach, spans[n][1])
    depth = {n: max(levels[k] for k in chain) + 1 for chain in chains for n in chain}
    return [(levels[n], depth[n]) for n in range(len(rows))]


def _response(event: TableEvent, origin: Span | None) -> tuple[RangeMark, ...]:
    """The span of a response that has an end."""
    if event.until is None:
        return ()
    start, end = _dates(event.at, origin), _dates(event.until, origin)
    return response_pieces((start,), (end,), certain=True, tooltip=_tooltip(event))


def _tooltip(event: TableEvent) -> str:
    return f"{event.id}: {event.label}, {event.text} [{event.where}]"


def _follow_up(
    rows: Sequence[StateInterval], events: Sequence[TableEvent], origin: Span | None
) -> RangeMark | None:
    """A thin line from the first to the last day of bars and events."""
    moments = [day for row in rows for day in (row.start, row.end) if day is not None]
    dates = [_dates(each, origin) for each in (*moments, *(event.at for event in events))]
    low, high = min(each.low for each in dates), max(each.high for each in dates)
    return RangeMark(style="follow-up", low=low, high=high, open_low=True, open_high=True)
