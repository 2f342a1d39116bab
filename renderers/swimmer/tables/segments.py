"""A table of lanes with a row for each interval, or one row a patient with columns of events.

What a column of starts or states would hold is filled in where there is none: a lane of numbers
begins at 0, and all bars are one state. Columns that hold the time of an event become events.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

import attrs

from renderers.swimmer.tables.rows import LANES
from renderers.swimmer.tables.shaped import UNNAMED, Shaped, Wanted, made
from renderers.tables.columns import Layout, Problems, column_of, table_layout
from renderers.tables.csv_table import Records, Table, TableRow, records
from renderers.tables.date_mistakes import DAY_COUNTS, usual_days
from renderers.tables.labels import kind_of
from renderers.tables.time_texts import are_dates, is_date
from timeline.core.problem import Problem, near
from timeline.core.text.spelling import folded

_ALIKE = 0.75  # from which a heading may be a misspelt field
_NAMES = {"death": "Death", "alive": "Last contact", "end unknown": "Lost to follow-up"}
_NEVER = ("diagnosis", "scan", "biopsy", "toxicity")  # not read of a column unless it is named


def read_segments(table: Table, named: Mapping[str, str], wanted: Wanted) -> Shaped:
    """The lanes of a table, and the events that its columns hold.

    Args:
        table: the table.
        named: its own names of fields.
        wanted: what the options require of its columns.
    """
    own = {field: name for field, name in named.items() if field in LANES.known}
    left_out = _may_be_left_out(table, own)
    fields = attrs.evolve(
        LANES,
        needed=tuple(name for name in LANES.needed if name not in left_out),
        optional=(*LANES.optional, *left_out),
    )
    rows, faults = records(table, fields, own)
    missing = [field for field in left_out if rows and field not in rows[0].layout.fields]
    filled = {"start": "0", "state": UNNAMED}
    lanes = tuple(_filled(row, {field: filled[field] for field in missing}) for row in rows)
    events, more = _events_of(table, rows, named, wanted)
    return Shaped(
        lanes=tuple(_passed(row, events) for row in lanes) if events else lanes,
        events=events,
        faults=(*faults, *more),
        notes=(*_read_by_standard(table, rows, own), *_filled_in(table, missing)),
    )


def _may_be_left_out(table: Table, named: Mapping[str, str]) -> tuple[str, ...]:
    """Which of the start and the state no column holds: no heading is nearly that of it."""
    layout, _ = table_layout(table.where, table.headings, LANES, named)
    if "id" not in layout.fields or "end" not in layout.fields:
        return ()
    taken = set(layout.fields.values())
    ends = [row[layout.fields["end"]] for _, row in table.rows if len(row) > layout.fields["end"]]
    kept = "start" if are_dates([text.strip() for text in ends]) else ""  # dates need a first one
    free = [folded(name) for n, name in enumerate(table.headings) if name and n not in taken]
    return tuple(
        field
        for field in ("start", "state")
        if field not in layout.fields
        and field not in named
        and field != kept
        and not difflib.get_close_matches(field, free, n=1, cutoff=_ALIKE)
    )


def _filled(row: TableRow, texts: Mapping[str, str]) -> TableRow:
    if not texts:
        return row
    first = len(row.layout.headings)
    fields = {**row.layout.fields, **{name: first + n for n, name in enumerate(texts)}}
    layout = Layout(headings=(*row.layout.headings, *texts), fields=fields, added=len(texts))
    return attrs.evolve(row, texts=(*row.texts, *texts.values()), layout=layout)


def _filled_in(table: Table, missing: Sequence[str]) -> Iterator[Problem]:
    said = {
        "start": "no column of starts: each lane begins at 0 (--map start=COLUMN names one)",
        "state": "no column of states: all bars are one state (--map state=COLUMN names one)",
    }
    for field in missing:
        yield Problem(table.where, said[field])


def _read_by_standard(table: Table, rows: Records, named: Mapping[str, str]) -> Iterator[Problem]:
    """Which columns were read by a standard name; USUBJID and the like need no word."""
    if not rows:
        return
    read = {
        field: table.headings[number]
        for field, number in rows[0].layout.fields.items()
        if number < len(table.headings) and field not in named
        and folded(table.headings[number]) != folded(field)
    }  # fmt: skip
    if set(read) - {"id"}:
        listed = ", ".join(f"{field} is {heading!r}" for field, heading in read.items())
        yield Problem(table.where, f"columns read by their names: {listed}")


def _events_of(
    table: Table, rows: Records, named: Mapping[str, str], wanted: Wanted
) -> tuple[Records, Problems]:
    """The events of the columns that hold their times, and of those that ``--map`` names."""
    if not rows:
        return (), ()
    events = [*_pairs(table, rows, named)] if not wanted.has_events else []
    columns, faults = _milestones(table, rows, wanted)
    seen: set[tuple[str, int, str]] = set()
    for row in rows:
        found = [(n, label) for n, label in columns if row.texts[n]]
        dead = any(_marker(label) == "death" for _, label in found)
        for number, label in found:
            key = row.text("id"), number, row.texts[number]
            if key not in seen and not (dead and _marker(label) == "alive"):
                seen.add(key)
                timed = attrs.evolve(row, layout=_with_time(row.layout, number))
                events.append(made(timed, {"id": "id", "time": "time"}, event=label))
    return tuple(events), faults


def _with_time(layout: Layout, number: int) -> Layout:
    return Layout(headings=layout.headings, fields={**layout.fields, "time": number})


def _marker(label: str) -> str:
    kind = kind_of(label)
    return kind.marker if kind else ""


def _pairs(table: Table, rows: Records, named: Mapping[str, str]) -> Iterator[TableRow]:
    """Events of two columns of the lanes that ``--map time=`` and ``--map event=`` name."""
    numbers = [column_of(named.get(field, ""), table.headings) for field in ("time", "event")]
    if None in numbers:
        return
    time, event = numbers
    for row in rows:
        label = row.texts[event or 0]
        if label or row.texts[time or 0]:
            timed = attrs.evolve(row, layout=_with_time(row.layout, time or 0))
            pair = made(timed, {"id": "id", "time": "time"}, event=label)
            passed = (*pair.layout.passed, event or 0)
            yield attrs.evolve(pair, layout=attrs.evolve(pair.layout, passed=passed))


def _milestones(
    table: Table, rows: Records, wanted: Wanted
) -> tuple[list[tuple[int, str]], Problems]:
    """The columns that hold the time of an event, each with its label.

    Those that an option names; and in a table of dates those of a known event with dates alone. A
    column of numbers is not taken by its name: they may be counts, grades or yes and no. Where an
    option states that days are counted, numbers that are days of a trial are dates.
    """
    faults = tuple(
        Problem(table.where, f"no column {name!r} ({near(name, table.headings)})")
        for name in wanted.milestones
        if column_of(name, table.headings) is None
    )
    named = _numbers(wanted.milestones, table)
    used = ({*rows[0].layout.fields.values()} - named) | _numbers(wanted.columns, table)
    counted = wanted.dates in DAY_COUNTS
    dated = counted or are_dates([row.text("end") for row in rows if row.text("end")])

    def is_day(text: str) -> bool:
        return is_date(text) or (counted and wanted.dates in usual_days(text))

    found = []
    for number, heading in enumerate(table.headings):
        texts = [row.texts[number] for row in rows if row.texts[number]]
        if number in used or not heading or not texts:
            continue
        kind = kind_of(heading)
        known = kind is not None and kind.marker not in _NEVER and dated
        if number in named or (known and all(map(is_day, texts))):
            found.append((number, _label(heading)))
    return found, faults


def _numbers(names: Sequence[str], table: Table) -> set[int]:
    """The columns of some headings."""
    found = (column_of(name, table.headings) for name in names)
    return {number for number in found if number is not None}


def _label(heading: str) -> str:
    """The label of the events of a column: ``Death`` of DTHDT, else its heading."""
    kind = kind_of(heading)
    plain = heading.replace("_", " ")
    return _NAMES[kind.marker] if kind and kind.marker in _NAMES else plain


def _passed(row: TableRow, events: Records) -> TableRow:
    """A lane whose layout knows which further columns its table's events took."""
    last = len(row.layout.headings) - row.layout.added
    read = {n for event in events for n in (event.layout.fields["time"], *event.layout.passed)}
    mine = tuple(n for n in read if n < last)
    return attrs.evolve(row, layout=attrs.evolve(row.layout, passed=mine))
