"""A lane of a table: its rows and events in days from nought."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.layout.packing import pack_levels
from renderers.scene.scene import RangeMark
from renderers.swimmer.lane import CALENDAR, ColumnCell, Lane, LaneMarker, cell_text
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.response_spans import responded
from renderers.swimmer.tables.rows import StateInterval, TableEvent, Tables
from renderers.text.translation import translate
from timeline.core.dates import parse_edtf
from timeline.core.span import Span


def _nought(rows: Sequence[StateInterval], read: Tables, swim: SwimmerOptions) -> Span | None:
    """The day a lane counts from; None for tables of numbers, which say it themselves."""
    if not read.dated:
        if swim.align and swim.align != "start":
            raise ValueError(f"numbers have no dates: cannot align on {swim.align!r} (write start)")
        return None
    if swim.align == "calendar":
        return CALENDAR
    if swim.align and swim.align != "start":
        return parse_edtf(swim.align).span
    return min((row.start for row in rows), key=lambda span: (span.low, span.high))


def lane_from_rows(
    name: str,
    rows: tuple[StateInterval, ...],
    read: Tables,
    inks: Mapping[str, str],
    swim: SwimmerOptions,
) -> Lane:
    nought = _nought(rows, read, swim)
    shift = nought
    if nought is None and swim.align == "start":
        shift = min((row.start for row in rows), key=lambda span: span.low)
    events = read.events_of(name)
    ended = any(row.ongoing for row in rows) or any(event.ends for event in events)
    last = max((row.turned.high for row in rows), default=0)
    notes = [
        LaneMarker(style=e.style, place=_spot(e.at, shift), word=e.label,
             tooltip=f"{name}: {e.label}, {e.text} [{e.where}]")
        for e in events
    ]  # fmt: skip
    if not ended:
        tooltip = f"{name}: the table does not say what became of the patient"
        end = _spot(Span.point(last), shift)
        notes.append(
            LaneMarker(
                style="end unknown", place=end, word=translate("not stated"), tooltip=tooltip
            )
        )
    record = rows[0].record
    cells = [("id", ColumnCell(lines=((name, True),), rank=cell_text(name).rank))]
    cells += [(column, cell_text(_joined(rows, column))) for column in read.columns]
    days = float(shift.low) if shift else 0.0
    return Lane(
        name=name,
        stays=tuple(_stays(rows, shift, inks, together=read.combined)),
        responses=tuple(piece for event in events for piece in _response(event, shift)),
        notes=tuple(notes),
        follow=_follow(rows, events, shift),
        nought=nought,
        cutoff=float(parse_edtf(swim.cutoff).span.low) - days
        if swim.cutoff and read.dated
        else None,
        cells=tuple(cells),
        group=(record.text(swim.group) or translate("not stated")) if swim.group else "",
    )


def _joined(rows: Sequence[StateInterval], column: str) -> str:
    """What a column says of a patient; all of it where it says several things."""
    return " or ".join(dict.fromkeys(t for row in rows if (t := row.record.text(column))))


def _spot(span: Span, shift: Span | None) -> DateRange:
    days = span if shift is None or span is shift else span - shift
    days = Span.point(0) if span is shift and shift is not None and shift != CALENDAR else days
    return DateRange(low=float(days.low), high=float(days.high))


def _stays(
    rows: Sequence[StateInterval], shift: Span | None, inks: Mapping[str, str], *, together: bool
) -> Iterator[TreatmentBar]:
    """The bars; those that share time stand side by side where drugs are given together."""
    slots = _slots(rows) if together else [(0, 1)] * len(rows)
    for row, slot in zip(rows, slots, strict=True):
        yield TreatmentBar(
            style=inks[row.state],
            start=_spot(row.start, shift),
            end=_spot(row.end, shift) if row.end else None,
            goes_on=row.ongoing,
            slot=slot,
            tooltip=f"{row.id}: {row.state}, {row.text} [{row.where}]",
        )


def _slots(rows: Sequence[StateInterval]) -> list[tuple[int, int]]:
    """Which part of the bar each row takes, and of how many, among all that it is chained to."""
    spans = [(float(row.turned.low), float(row.turned.high)) for row in rows]
    places = [line for line, _ in pack_levels([[span] for span in spans], 0.0)]
    chains: list[list[int]] = []
    reach = -math.inf
    for n in sorted(range(len(rows)), key=lambda n: spans[n]):
        if spans[n][0] >= reach:
            chains.append([])
        chains[-1].append(n)
        reach = max(reach, spans[n][1])
    depth = {n: max(places[k] for k in chain) + 1 for chain in chains for n in chain}
    return [(places[n], depth[n]) for n in range(len(rows))]


def _response(event: TableEvent, shift: Span | None) -> tuple[RangeMark, ...]:
    """The span of a response that has an end."""
    if event.until is None:
        return ()
    start, end = _spot(event.at, shift), _spot(event.until, shift)
    tooltip = f"{event.id}: {event.label}, {event.text} [{event.where}]"
    return responded((start,), (end,), certain=True, tooltip=tooltip)


def _follow(
    rows: Sequence[StateInterval], events: Sequence[TableEvent], shift: Span | None
) -> RangeMark | None:
    """A thin line over gaps, and to events beyond the last bar."""
    spots = [_spot(row.turned, shift) for row in rows] + [_spot(e.at, shift) for e in events]
    low, high = min(spot.low for spot in spots), max(spot.high for spot in spots)
    return RangeMark(style="follow-up", low=low, high=high, open_low=True, open_high=True)
