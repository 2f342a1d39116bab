"""Survival times from a plain table: columns time, event and, where there are several, group.

A time is a number, ``12+`` where it is censored, or a date where a column ``start`` holds another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import attrs

from renderers.survival.event_codes import Coding, coding
from renderers.tables.columns import Fields, Problems, mapped
from renderers.tables.csv_table import TableRow, read_records
from renderers.tables.date_mistakes import beyond_life, is_dated
from renderers.tables.headings import standard_headings
from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.durations import days_per
from timeline.core.problem import Problem, Where, in_order
from timeline.core.text.spelling import folded

FIELDS = Fields(
    needed=("time", "event"),
    optional=("group", "start", "id"),
    standard=standard_headings("times"),
    one_name=True,
)
_READ = ("time", "event", "group")
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(\+?)")
_NO_TIME = "write a number of 0 or more, with a point: 8.4"


@attrs.frozen(kw_only=True)
class Times:
    """A table as `survival_of` takes it; ``groups`` is empty where the table has none.

    ``notes``: each column of the table that is no field of it, and how words were read.
    """

    times: tuple[Fraction, ...]
    events: tuple[bool, ...]
    groups: tuple[str, ...]
    notes: Problems = ()


@attrs.frozen
class _Row:
    record: TableRow
    time: Fraction
    event: bool


def times_of(
    path: Path, named: Mapping[str, str] | Sequence[tuple[str, str]] = (), unit: str = "days"
) -> tuple[Times | None, Problems]:
    """The times of a file, or every fault of it. ``named``: the table's own names of columns.

    ``unit``: of its times, none of which is longer than a life. ValueError: no unit of time, or
    a name of no field.
    """
    pairs = tuple(named.items()) if isinstance(named, Mapping) else tuple(named)
    size = days_per(unit)
    records, problems = read_records(path, FIELDS, mapped(pairs, (FIELDS,)))
    if not records:
        no_rows = Problem(Where(str(path)), "no rows below the names of the columns")
        return None, problems or (no_rows,)
    code = coding(_heading(records[0], "event"), [record.text("event") for record in records])
    dated = any(_is_date(record.text("time")) for record in records)
    faults = [*problems, *_miscoded(records[0], code)]
    rows: list[_Row] = []
    for record in records:
        read = _row(record, size, code, dated=dated)
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
        notes=(*_unread(records[0], groups, dated=dated), *_coded(records[0], code),
               *_repeated(records), *respelled),
    ), ()  # fmt: skip


def _heading(record: TableRow, field: str) -> str:
    return record.layout.headings[record.layout.fields[field]]


def _is_date(text: str) -> bool:
    return is_dated(text) or bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", text))


def _miscoded(first: TableRow, code: Coding) -> Iterator[Problem]:
    if code.fault:
        yield Problem(attrs.evolve(first.where("event"), line=1), code.fault)


def _coded(first: TableRow, code: Coding) -> Iterator[Problem]:
    if code.note:
        yield Problem(attrs.evolve(first.where("event"), line=1), code.note)


def _row(record: TableRow, size: Fraction, code: Coding, *, dated: bool) -> _Row | list[Problem]:
    """A row as read, or its faults."""
    faults: list[Problem] = []
    plus = record.text("time").endswith("+")
    time: Fraction | None = None
    try:
        time = _between(record, size) if dated else _number(record, size)
    except _Fault as fault:
        faults.append(Problem(record.where(fault.field), str(fault)))
    cell = record.text("event")
    event = False if plus and not cell else code.read(cell)
    if event is None and not code.fault:
        faults.append(Problem(record.where("event"), f"not an event: {cell!r} ({code.hint})"))
    if plus and event:
        description = f"{record.text('time')} is censored, yet the event is {cell!r} (correct one)"
        faults.append(Problem(record.where("time"), description))
    return faults if faults or time is None or event is None else _Row(record, time, event)


class _Fault(ValueError):
    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field


def _number(record: TableRow, size: Fraction) -> Fraction:
    text = record.text("time")
    found = _NUMBER.fullmatch(text)
    if not found:
        raise _Fault("time", f"not a time: {text!r} ({_NO_TIME})")
    if too_far := beyond_life(found[1], size):
        raise _Fault("time", too_far)
    return Fraction(found[1])


def _between(record: TableRow, size: Fraction) -> Fraction:
    """From the start to the last date, in the unit of the figure."""
    if "start" not in record.layout.fields:
        description = (
            f"a date: {record.text('time')!r} (give the date that it counts from as well: "
        )
        raise _Fault("time", f"{description}--map start=COLUMN)")
    days = _day(record, "time") - _day(record, "start")
    if days < 0:
        raise _Fault("time", f"{record.text('time')} lies before the start (correct a date)")
    return Fraction(days) / size


def _day(record: TableRow, field: str) -> int:
    text = record.text(field)
    try:
        span = parse_edtf(text).span
    except ValueError:
        description = f"not a date: {text!r} (write the year, the month, the day: 2021-03-01)"
        raise _Fault(field, description) from None
    if not span.is_point:
        description = f"a curve needs the day: {text!r} (write 2021-03-01, or draw case files)"
        raise _Fault(field, description)
    return int(span.low)


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
