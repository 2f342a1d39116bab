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
from renderers.survival.incidence import Events
from renderers.survival.tables.event_codes import Coding, StatedCodes, called, coding
from renderers.survival.tables.row_groups import (
    groups_of,
    repeated,
    same_patient,
    strata_of,
    ungrouped,
    unread,
)
from renderers.survival.tables.row_times import TimeFault, number_of, time_between
from renderers.survival.tables.table_columns import (
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


@attrs.frozen(kw_only=True)
class Times:
    """A table as `survival_of` takes it; ``groups`` is empty where the table has none.

    ``notes``: each column of the table that is no field of it, and how words were read.
    ``competing``: who had the competing event; empty where none is named. ``called``: the names
    of the two events. ``unit``: of the times; empty where it is not known, and need not be.
    ``endpoint``: its name in the table, or empty. ``strata``: the stratum of each row; empty where
    none are requested. ``headings``: of each field that a column has, the heading of the column.
    ``factor``: what a time of the table is multiplied with, of dates the days between them.
    """

    times: tuple[Fraction, ...]
    events: tuple[bool, ...]
    groups: tuple[str, ...]
    notes: Problems = ()
    competing: tuple[bool, ...] = ()
    called: Events | None = None
    unit: str = "days"
    endpoint: str = ""
    strata: tuple[str, ...] = ()
    headings: Mapping[str, str] = attrs.Factory(dict)
    factor: Fraction = Fraction(1)


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
        event_codes: the codes or words that state the event, where they are stated.
        censored_codes: the codes or words that state a censored time, likewise.
        strata: the headings of columns whose cells together are the stratum of a row.
        named_group: whether there are groups only where ``named`` has their column.
        needs_unit: whether it is a fault if the unit of the times is not known.
        is_part: whether the rows are some of a larger table, so that equal ones mean nothing.
    """

    opening: Opening = PLAIN
    dates: str = ""
    endpoint: str = ""
    competing: tuple[str, ...] = ()
    event_codes: tuple[str, ...] = ()
    censored_codes: tuple[str, ...] = ()
    strata: tuple[str, ...] = ()
    named_group: bool = False
    needs_unit: bool = True
    is_part: bool = False

    @property
    def stated(self) -> StatedCodes:
        """The codes of events whose meaning is stated."""
        return StatedCodes(event=self.event_codes, censored=self.censored_codes,
                           competing=self.competing)  # fmt: skip


# the options of how a table of times is read
READ_OPTIONS = {
    **READING,
    "endpoint": Option("endpoint", "of a table with several (PARAMCD): PFS", "endpoint"),
    "competing": Option("competing", "codes or words of the competing event: 2", "competing",
                        listed, is_list=True),
    "event-code": Option("event-code", "codes or words of the event, where they are stated: 2",
                         "event_codes", listed, is_list=True),
    "censored-code": Option("censored-code", "codes or words of a censored time, likewise: 0, 1",
                            "censored_codes", listed, is_list=True),
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
    records, problems = row_records(table, _fields(columns, reading), columns)
    if not records:
        no_rows = Problem(Where(table.file), "no rows below the names of the columns")
        return None, problems or (no_rows,)
    records, undecided = _of_endpoint(records, reading.endpoint)
    if undecided:
        return None, (undecided,)
    units, faults = units_of_times(records, unit, needed=reading.needs_unit)
    faults = (*faults, *which_group(records, columns, FIELDS.standard["group"]))
    if units is None or faults:
        return None, (*problems, *faults)
    return _read(records, units, problems, (*notes, *above), reading)


def _fields(named: Mapping[str, str], reading: TimesReading) -> Fields:
    """The fields of a table: no group where its column must be named and is not."""
    if not reading.named_group or "group" in named:
        return FIELDS
    return attrs.evolve(FIELDS, optional=tuple(f for f in FIELDS.optional if f != "group"))


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
    what = f"{heading} holds {names}: which one? (--option endpoint={found[0]})"
    return records, Problem(where, what)


def _read(
    records: Records, units: TimeUnits, problems: Problems, notes: Problems, reading: TimesReading
) -> tuple[Times | None, Problems]:
    """The times of some rows, or every fault of them."""
    cells_of_event = [record.text("event") for record in records]
    code = coding(_heading(records[0], "event"), cells_of_event, reading.stated)
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
    strata, columns, unknown = strata_of(records, reading.strata)
    faults += unknown
    faults = faults or [*ungrouped(records), *same_patient(records)]
    if faults:
        return None, in_order(faults)
    groups, respelled = groups_of(records)
    return Times(
        times=tuple(row.time for row in rows),
        events=tuple(row.event for row in rows),
        groups=groups if any(groups) else (),
        competing=tuple(row.competing for row in rows) if reading.competing else (),
        called=called(cells_of_event, code) if reading.competing else None,
        unit=units.name or ("days" if forms.dated else ""),
        endpoint=endpoint_name(records[0]),
        strata=strata,
        headings={field: _heading(records[0], field) for field in records[0].layout.fields},
        factor=(1 if forms.dated else units.stated) / units.drawn,
        notes=(*notes, *forms.notes, *units.notes[: not forms.dated],
               *unread(records[0], groups, dated=forms.dated, also=columns),
               *_coded(records[0], code),
               *(() if reading.is_part else repeated(records, columns)), *respelled),
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
            time = number
            if number is not None and units.stated != units.drawn:
                time = number * units.stated / units.drawn
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
