"""Survival times from a plain table: columns time, event and, where there are several, group.

A time is a number, ``12+`` where it is censored, or a date where a column ``start`` holds another.
Of a table with several endpoints (PARAMCD of ADaM) one is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from renderers.options import Option, listed
from renderers.survival.event_codes import Coding, called, coding
from renderers.survival.incidence import Events
from renderers.survival.row_times import TimeFault, number_of, time_between
from renderers.survival.table_columns import (
    TimeUnits,
    endpoint_name,
    units_of_times,
    which_group,
)
from renderers.tables.columns import Fields, Problems, mapped, needed_fields_found
from renderers.tables.csv_table import Records, Table, TableRow, at_heading
from renderers.tables.csv_table import records as row_records
from renderers.tables.headings import standard_headings
from renderers.tables.reading_options import READING
from renderers.tables.sources import PLAIN, Opening, Source, open_table
from renderers.tables.time_forms import TimeForms, time_forms
from timeline.core.calendar.durations import days_per
from timeline.core.problem import Problem, Where, in_order
from timeline.core.text.spelling import folded

FIELDS = Fields(
    needed=("time", "event"),
    optional=("group", "start", "id", "endpoint", "unit"),
    standard=standard_headings("times"),
    one_name=("time", "event", "start"),
)
_READ = ("time", "event", "group")


@attrs.frozen(kw_only=True)
class Times:
    """A table as `survival_of` takes it; ``groups`` is empty where the table has none.

    ``notes``: each column of the table that is no field of it, and how words were read.
    ``competing``: who had the competing event; empty where none is named. ``called``: the names
    of the two events. ``unit``: of the times. ``endpoint``: its name in the table, or empty.
    """

    times: tuple[Fraction, ...]
    events: tuple[bool, ...]
    groups: tuple[str, ...]
    notes: Problems = ()
    competing: tuple[bool, ...] = ()
    called: Events | None = None
    unit: str = "days"
    endpoint: str = ""


@attrs.frozen
class _Row:
    record: TableRow
    time: Fraction
    event: bool
    competing: bool = False


@attrs.frozen(kw_only=True)
class TimesReading:
    """How a table of times is read.

    Attributes:
        opening: how its file is opened.
        dates: how dates are written: a value of ``time_forms.DATES``, or empty.
        endpoint: which of several endpoints is drawn, by its name in the table.
        competing: the codes or words of its events that state a competing event.
    """

    opening: Opening = PLAIN
    dates: str = ""
    endpoint: str = ""
    competing: tuple[str, ...] = ()


# the options of how a table of times is read
READ_OPTIONS = {
    **READING,
    "endpoint": Option("endpoint", "of a table with several (PARAMCD): PFS", "endpoint"),
    "competing": Option("competing", "codes or words of the competing event: 2", "competing",
                        listed, is_list=True),
}  # fmt: skip


def reading_of(fields: Mapping[str, Any]) -> TimesReading:
    """How a table is read, from the fields that its options set."""
    own: dict[str, Any] = dict(fields)
    opening = Opening(encoding=own.pop("encoding", ""), sheet=own.pop("sheet", ""))
    return TimesReading(opening=opening, **own)


def times_of(
    source: Source,
    named: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    unit: str = "days",
    reading: TimesReading = TimesReading(),
) -> tuple[Times | None, Problems]:
    """The times of a table, or every fault of it.

    Args:
        source: the path of a file, or a data frame.
        named: the table's own names of columns.
        unit: of the times returned, none of which is longer than a life; empty for the unit that
            the table states (AVALU). Times of another stated unit are converted.
        reading: how the table is read.

    Raises:
        ValueError: a word that is no unit of time, or a name of no field.
    """
    pairs = tuple(named.items()) if isinstance(named, Mapping) else tuple(named)
    columns = mapped(pairs, (FIELDS,))
    days_per(unit or "days")  # a wrong word is named first
    table, problems, notes = open_table(source, reading.opening)
    if table is None:
        return None, problems
    table, above = at_heading(table, lambda each: _has_fields(each, columns))
    records, problems = row_records(table, FIELDS, columns)
    if not records:
        no_rows = Problem(Where(table.file), "no rows below the names of the columns")
        return None, problems or (no_rows,)
    records, undecided = _of_endpoint(records, reading.endpoint)
    if undecided:
        return None, (undecided,)
    units, faults = units_of_times(records, unit)
    faults = (*faults, *which_group(records, columns, FIELDS.standard["group"]))
    if units is None or faults:
        return None, (*problems, *faults)
    return _read(records, units, problems, (*notes, *above), reading)


def _has_fields(table: Table, named: Mapping[str, str]) -> bool:
    return needed_fields_found(table.headings, FIELDS, named) == len(FIELDS.needed)


def _of_endpoint(records: Records, wanted: str) -> tuple[Records, Problem | None]:
    """The rows of one endpoint; a fault where the table has several and none is chosen."""
    found = list(dict.fromkeys(record.text("endpoint") for record in records))
    if not wanted and len(found) < 2:
        return records, None
    if "endpoint" not in records[0].layout.fields:
        where = Where(records[0].file)
        return records, Problem(where, f"no column of endpoints for {wanted!r} (PARAMCD of ADaM)")
    alike = [record for record in records if folded(record.text("endpoint")) == folded(wanted)]
    if alike:
        return tuple(alike), None
    heading, names = _heading(records[0], "endpoint"), ", ".join(map(repr, found))
    where = attrs.evolve(records[0].where("endpoint"), line=1)
    what = f"{heading} holds {names}: which one is drawn? (--option endpoint={found[0]})"
    return records, Problem(where, what)


def _read(
    records: Records, units: TimeUnits, problems: Problems, notes: Problems, reading: TimesReading
) -> tuple[Times | None, Problems]:
    """The times of some rows, or every fault of them."""
    cells_of_event = [record.text("event") for record in records]
    code = coding(_heading(records[0], "event"), cells_of_event, reading.competing)
    open_rows = {record.line for record in records if record.text("time").endswith("+")}
    plain = tuple(map(_without_plus, records))
    cells = [(record, field) for record in plain for field in ("time", "start")
             if field in record.layout.fields]  # fmt: skip
    forms = time_forms(cells, reading.dates, deciding=("time",))
    faults = [*problems, *forms.problems, *_miscoded(records[0], code)]
    rows: list[_Row] = []
    for record in plain:
        read = _row(record, units, code, forms, plus=record.line in open_rows)
        rows += [read] if isinstance(read, _Row) else []
        faults += [] if isinstance(read, _Row) else read
    faults = faults or [*_ungrouped(records), *_same_patient(records)]
    if faults:
        return None, in_order(faults)
    groups, respelled = _groups(records)
    return Times(
        times=tuple(row.time for row in rows),
        events=tuple(row.event for row in rows),
        groups=groups if any(groups) else (),
        competing=tuple(row.competing for row in rows) if reading.competing else (),
        called=called(cells_of_event, code) if reading.competing else None,
        unit=units.name,
        endpoint=endpoint_name(records[0]),
        notes=(*notes, *forms.notes, *units.notes[: not forms.dated],
               *_unread(records[0], groups, dated=forms.dated),
               *_coded(records[0], code), *_repeated(records), *respelled),
    ), ()  # fmt: skip


def _without_plus(record: TableRow) -> TableRow:
    """The row with the number alone of a time such as ``12+``."""
    if not record.text("time").endswith("+"):
        return record
    number = record.layout.fields["time"]
    texts = (*record.texts[:number], record.texts[number][:-1], *record.texts[number + 1 :])
    return attrs.evolve(record, texts=texts)


def _heading(record: TableRow, field: str) -> str:
    return record.layout.headings[record.layout.fields[field]]


def _miscoded(first: TableRow, code: Coding) -> Iterator[Problem]:
    if code.fault:
        yield Problem(attrs.evolve(first.where("event"), line=1), code.fault)


def _coded(first: TableRow, code: Coding) -> Iterator[Problem]:
    if code.note:
        yield Problem(attrs.evolve(first.where("event"), line=1), code.note)


def _row(
    record: TableRow, units: TimeUnits, code: Coding, forms: TimeForms, *, plus: bool
) -> _Row | list[Problem]:
    """A row as read, or its faults; ``plus``: whether its time is written as censored."""
    faults: list[Problem] = []
    time: Fraction | None = None
    try:
        if forms.dated:
            time = time_between(record, units.drawn, forms)
        else:
            number = number_of(record, units.stated, forms)
            time = None if number is None else number * units.stated / units.drawn
    except TimeFault as fault:
        faults.append(Problem(record.where(fault.field), str(fault)))
    cell = record.text("event")
    competes = code.competes(cell)
    event = False if competes or (plus and not cell) else code.read(cell)
    if event is None and not code.fault:
        faults.append(Problem(record.where("event"), f"not an event: {cell!r} ({code.hint})"))
    if plus and (event or competes):
        description = f"{record.text('time')}+ is censored, yet the event is {cell!r} (correct one)"
        faults.append(Problem(record.where("time"), description))
    return (
        faults if faults or time is None or event is None else _Row(record, time, event, competes)
    )


def _unread(first: TableRow, groups: tuple[str, ...], *, dated: bool) -> Iterator[Problem]:
    """Columns that are not read, each with the way to read it where there is one."""
    layout = first.layout
    start = layout.fields.get("start")
    unread = layout.unread + (
        ((start, layout.headings[start]),) if start is not None and not dated else ()
    )
    for number, name in sorted(unread):
        hint = "" if any(groups) else f"; --map group={name} makes it the group"
        description = f"column {name!r} is not read (read are {', '.join(_READ)}{hint})"
        yield Problem(Where(first.file, 1, number + 1), description)


def _ungrouped(records: Sequence[TableRow]) -> Iterator[Problem]:
    """Rows without a group in a table where others have one."""
    if any(record.text("group") for record in records):
        for record in records:
            if not record.text("group"):
                yield Problem(record.where("group"), "no group, and other rows have one (name it)")


def _groups(records: Sequence[TableRow]) -> tuple[tuple[str, ...], Problems]:
    """The group of each row as it is spelled first, and a note for each other spelling."""
    first: dict[str, str] = {}
    notes: dict[str, Problem] = {}
    groups: list[str] = []
    for record in records:
        text = record.text("group")
        groups.append(first.setdefault(folded(text), text))
        if groups[-1] != text:
            description = f"the group {text!r} is read as {groups[-1]!r} (spell them alike)"
            notes.setdefault(text, Problem(record.where("group"), description))
    return tuple(groups), tuple(notes.values())


def _same_patient(records: Sequence[TableRow]) -> Iterator[Problem]:
    """A patient who would count twice in one curve."""
    first: dict[tuple[str, str], int] = {}
    for record in records:
        patient = record.text("id")
        line = (
            first.setdefault((patient, record.text("group")), record.line)
            if patient
            else record.line
        )
        if line != record.line:
            description = (
                f"{patient}: a second time in one curve, first in line {line} (keep one row of a "
            )
            yield Problem(record.where("id"), f"{description}patient; or --map group=COLUMN)")


def _repeated(records: Sequence[TableRow]) -> Iterator[Problem]:
    """Rows that are equal in every column, of a table that has more than the fields."""
    first: dict[tuple[str, ...], int] = {}
    for record in records if records[0].layout.unread else ():
        line = first.setdefault(record.texts, record.line)
        if line != record.line:
            description = (
                f"is equal in every column to line {line} (two patients? both are counted)"
            )
            yield Problem(record.where(), description)
