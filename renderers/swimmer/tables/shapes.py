"""The shapes of tables that lanes are made of, a row for each: what tells it, and how it is read.

A table of segments has a row for each interval. Other shapes are brought to it: their rows become
intervals and events that keep the places of their cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from renderers.swimmer.tables.rows import LANES
from renderers.swimmer.tables.segments import read_segments
from renderers.swimmer.tables.shaped import UNNAMED, Shaped, Wanted, heading_of, made, number_of
from renderers.tables.columns import Fields, column_of
from renderers.tables.csv_table import Table, TableRow, records
from renderers.tables.headings import standard_headings
from renderers.tables.labels import label_meaning
from timeline.core.calendar.durations import unit_named
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem
from timeline.core.text.spelling import folded


@frozen(kw_only=True)
class Shape:
    """A row: the headings that tell a shape, the column of each field, and how it is read.

    ``fields``: a field with its heading in this shape; a table whose ``--map`` names another
    column for one of them is not of this shape. ``optional``: further fields with their headings.
    """

    name: str
    fields: Mapping[str, str]
    optional: Mapping[str, tuple[str, ...]]
    read: Callable[[Table, tuple[TableRow, ...]], Shaped]

    def tells(self, table: Table, named: Mapping[str, str]) -> bool:
        """Whether a table is of this shape."""
        if any(column_of(heading, table.headings) is None for heading in self.fields.values()):
            return False
        return all(
            column_of(named[field], table.headings) == column_of(heading, table.headings)
            for field, heading in self.fields.items()
            if field in named
        )

    def shaped(self, table: Table, named: Mapping[str, str]) -> Shaped:
        """The lanes and events of a table of this shape."""
        standard = {**{name: (heading,) for name, heading in self.fields.items()}, **self.optional}
        fields = Fields(
            needed=("id", *(name for name in self.fields if name != "id")),
            optional=tuple(self.optional),
            standard={**standard, "id": (*standard.get("id", ()), *LANES.standard["id"])},
        )
        mine = {field: name for field, name in named.items() if field in fields.known}
        mine |= dict(self.fields)
        rows, faults = records(table, fields, mine)
        shaped = self.read(table, rows)
        read = ", ".join(f"{field} {heading_of(table, rows, field)!r}" for field in
                         (rows[0].layout.fields if rows else ()))  # fmt: skip
        note = Problem(table.where, f"read as {self.name}: {read}")
        return attrs.evolve(shaped, faults=(*faults, *shaped.faults), notes=(note, *shaped.notes))


def read_shape(table: Table, named: Mapping[str, str], wanted: Wanted) -> Shaped:
    """The lanes and events of a table of any shape.

    Args:
        table: the table.
        named: its own names of fields.
        wanted: what the options require of its columns.

    Returns:
        The rows as intervals and events, with every fault and how columns were read.
    """
    shape = next((row for row in SHAPES if row.tells(table, named)), None)
    return shape.shaped(table, named) if shape else read_segments(table, named, wanted)


def _cbioportal(table: Table, rows: tuple[TableRow, ...]) -> Shaped:
    """Rows of treatment with a length are bars; every other row is an event on its first day."""
    treated = [row for row in rows if _is_treatment(row)]
    bars = [row for row in treated or rows if _lasts(row)]
    lanes = tuple(
        made(row, {"id": "id", "start": "start", "end": "end"}, state=_treatment(row))
        for row in bars
    )
    in_bars = {id(row) for row in bars}
    known = {row.text("id") for row in bars}
    events = [row for row in rows if id(row) not in in_bars]
    apart = dict.fromkeys(row.text("id") for row in events if row.text("id") not in known)
    notes = []
    if apart:
        what = f"no treatment with a length, so no lane: {', '.join(apart)}"
        notes.append(Problem(table.where, what))
    return Shaped(
        lanes=lanes,
        events=tuple(
            made(row, {"id": "id", "time": "start"}, event=_event_name(row))
            for row in events if row.text("id") in known
        ),
        notes=tuple(notes),
        unit="days",
        ends_stated=False,
        combined=True,
    )  # fmt: skip


def _is_treatment(row: TableRow) -> bool:
    return any(word in folded(row.text("kind")) for word in ("treatment", "therapy", "radiation"))


def _lasts(row: TableRow) -> bool:
    """Whether it has an end that is no number, or one after its start."""
    start, end = number_of(row.text("start")), number_of(row.text("end"))
    return bool(row.text("end")) and (start is None or end is None or end > start)


def _treatment(row: TableRow) -> str:
    return row.text("agent") or row.text("kind").capitalize()


def _event_name(row: TableRow) -> str:
    if _is_treatment(row):
        return _treatment(row)
    return row.text("status") or row.text("kind").replace("_", " ").capitalize()


def _highlow(table: Table, rows: tuple[TableRow, ...]) -> Shaped:
    """Bars from LOW to HIGH, an arrow for a cap that is one, responses from START to END."""
    columns = {"id": "id", "start": "low", "end": "high"}
    columns |= {"ongoing": "ongoing"} if rows and "ongoing" in rows[0].layout.fields else {}
    single = UNNAMED
    bars = {(row.text("id"), row.text("low"), row.text("high"), row.text("state")): row
            for row in reversed(rows)}  # fmt: skip
    drawn = {id(row) for row in bars.values()}
    lanes = tuple(
        made(row, columns, state=row.text("state") or single) for row in rows if id(row) in drawn
    )  # fmt: skip
    stated = [row for row in rows if row.text("status")]
    timed = [row for row in stated if row.text("begin")]
    notes = []
    if len(timed) < len(stated):
        left = len(stated) - len(timed)
        what = f"{left} of {len(stated)} cells of status have no start, and are not drawn"
        notes.append(Problem(table.where, what))
    spans = {"id": "id", "time": "begin"}
    spans |= {"end": "until"} if rows and "until" in rows[0].layout.fields else {}
    return Shaped(
        lanes=lanes,
        events=tuple(made(row, spans, event=row.text("status")) for row in timed),
        notes=tuple(notes),
        ends_stated=False,
    )


def _adtte(_: Table, rows: tuple[TableRow, ...]) -> Shaped:
    """A lane from 0 to the longest time of a patient; an event where CNSR is 0."""
    faults = [
        Problem(row.where("cnsr"), f"{row.text('id')}: CNSR is 0 for the event, 1 and more for "
                f"censored, not {row.text('cnsr')!r}")
        for row in rows if number_of(row.text("cnsr")) is None
    ]  # fmt: skip
    longest: dict[str, TableRow] = {}
    for row in rows:
        known = longest.get(row.text("id"))
        time = number_of(row.text("aval"))
        if known is None or (time or 0) > (number_of(known.text("aval")) or 0):
            longest[row.text("id")] = row
    columns = {"id": "id", "end": "aval"}
    follow_up = UNNAMED
    lanes = tuple(
        made(row, columns, start="0", state=row.text("state") or follow_up)
        for row in longest.values()
    )
    found: dict[tuple[str, str, str], TableRow] = {}
    for row in rows:
        label = _adtte_label(row, censored=row is longest[row.text("id")])
        if label:
            key = row.text("id"), row.text("aval"), label_meaning(label)
            found.setdefault(key, made(row, {"id": "id", "time": "aval"}, event=label))
    units = {folded(row.text("unit")) for row in rows if row.text("unit")}
    return Shaped(
        lanes=lanes,
        events=tuple(found.values()),
        faults=tuple(faults),
        unit=unit_named(units.pop()) if len(units) == 1 else "",
        ends_stated=False,
    )


def _adtte_label(row: TableRow, *, censored: bool) -> str:
    """The label of a row; empty where it is censored, unless the lane ends with it."""
    if number_of(row.text("cnsr")) == 0:
        return row.text("event") or row.text("param") or "Event"
    return (row.text("event") or "Censored") if censored else ""


SHAPES: Sequence[Shape] = (
    Shape(
        name="a timeline file of cBioPortal (rows of treatment with a length are bars, other rows "
        "events, numbers are days)",
        fields={"id": "PATIENT_ID", "start": "START_DATE", "kind": "EVENT_TYPE"},
        optional={
            "end": ("STOP_DATE",),
            "agent": ("AGENT", "TREATMENT_TYPE", "SUBTYPE"),
            "status": ("STATUS",),
        },
        read=_cbioportal,
    ),
    Shape(
        name="the columns of a HIGHLOW statement of SAS",
        fields={"low": "low", "high": "high"},
        optional={
            "id": ("item", "y"),
            "state": ("stage", "group", "type"),
            "ongoing": ("highcap",),
            "status": ("status",),
            "begin": ("start",),
            "until": ("end",),
        },
        read=_highlow,
    ),
    Shape(
        name="times to events of ADaM (ADTTE)",
        fields={"aval": "AVAL", "cnsr": "CNSR"},
        optional={
            "event": ("EVNTDESC",),
            "param": ("PARAMCD", "PARAM"),
            "state": standard_headings("all")["treatment"],
            "unit": ("AVALU",),
        },
        read=_adtte,
    ),
)
