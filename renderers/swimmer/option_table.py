"""The options of a swimmer plot on the command line: one row a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from renderers.options import Option, cycle_length, listed, number, parse_options, yes
from renderers.scene.palette_file import palette_of
from renderers.swimmer.options import Moment, SwimmerOptions
from renderers.swimmer.tables.read import TableSource
from renderers.tables.kept_rows import column_and_value
from renderers.tables.reading_options import READING
from renderers.tables.sources import Opening, Source

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _moment(text: str) -> Moment:
    return text if _DAY.fullmatch(text) else number(text)


def _reference(text: str) -> tuple[Moment, str]:
    at, _, words = (part.strip() for part in text.partition(" "))
    return _moment(at), words or at


def _break(text: str) -> tuple[Moment, Moment]:
    start, slash, end = (part.strip() for part in text.partition("/"))
    if not slash:
        raise ValueError(f"not a part of the axis: {text!r} (write 24/60)")
    return _moment(start), _moment(end)


def _marker(text: str) -> tuple[str, str]:
    label, colon, marker = (part.strip() for part in text.partition(":"))
    if not (colon and label and marker):
        raise ValueError(f"not a label and a marker: {text!r} (write Relapse: PD)")
    return label, marker


SWIMMER_OPTIONS = {
    row.name: row
    for row in (
        Option("by", "a lane for each line or patient", "by"),
        Option("align",
             "start, line 2, diagnosis, surgery, first response, calendar, a day", "align"),
        Option("unit", "of the axis: days, weeks, months, years, cycles", "unit"),
        Option("cycle", "days of a cycle", "cycle", cycle_length),
        Option("sort", "keys with commas between: treatment, follow-up, best, name reversed",
               "sort", listed),
        Option("order", "names of lanes from the top, with commas between", "order", listed),
        Option("group", "the column that lanes are grouped by", "group"),
        Option("columns", "columns beside the lanes, with commas between", "columns", listed),
        Option("colour", "bars by drug, regimen, line, diagnosis, site, sex, best; or by a column",
               "colour",
               also="color"),
        Option("scans", "markers of the key scans, of all, or where the status changes", "scans"),
        Option("cut-off", "the day of the data cut-off", "cutoff"),
        Option("cut-off-line", "yes: a line at the data cut-off", "cutoff_line", yes),
        Option("reference", "a time and its words: 24 landmark", "references", _reference,
               many=True, between=" "),
        Option("leave-out", "a part of the axis: 24/60", "breaks", _break, many=True,
               between="/"),
        Option("both-axes", "yes: dates and time since time zero", "both_axes", yes),
        Option("legend", "below the lanes, beside them, or auto: beside where there is room",
               "legend"),
        Option("palette", "a file with the colours of names: palette.yaml", "palette",
               palette_of),
    )
}  # fmt: skip
SOURCE = {
    row.name: row
    for row in (
        Option("numbers-in", "the unit of a table's numbers, if not that of the axis", "unit"),
        Option("time-zero", "what a table's numbers count from, in words", "time_zero",
               former="nought"),
        Option("sign", "a marker for a label of the events: Relapse: PD", "markers", _marker,
               many=True, between=": ", in_python="markers"),
        Option("together", "yes: states that overlap are drugs given together", "together", yes),
        Option("only", "rows of a table with a value in a column: PARAMCD: OVRLRESP", "only",
               column_and_value, many=True, between=": "),
        Option("milestones", "columns of the lanes that hold the time of an event: Surgery, Death",
               "milestones", listed),
        Option("open-ends", "yes: lanes may end without a stated reason", "open_ends", yes),
    )
} | READING  # fmt: skip
OPTION_TABLE = {**SWIMMER_OPTIONS, **SOURCE}


def _parse(texts: Sequence[str], rows: dict[str, Option]) -> dict[str, Any]:
    return parse_options(texts, rows, OPTION_TABLE)


def swimmer_options(texts: Sequence[str], *, table: bool = False) -> SwimmerOptions:
    """The options of a swimmer plot.

    Args:
        texts: options of the command line, each as ``NAME=VALUE``.
        table: whether tables are drawn; else the options of tables are refused.

    Raises:
        ValueError: an option is unknown, or has a wrong value.
    """
    names = [text.partition("=")[0].strip() for text in texts]
    of_tables = {name for row in SOURCE.values() for name in (row.name, row.former)}
    if not table and (refused := [name for name in names if name in of_tables]):
        raise ValueError(f"{refused[0]!r} is an option of tables (give --table)")
    return SwimmerOptions(**_parse(texts, SWIMMER_OPTIONS))


def table_source(
    lanes: Source,
    events: Sequence[Source] = (),
    column_map: Sequence[str] = (),
    texts: Sequence[str] = (),
) -> TableSource:
    """The tables of a swimmer plot, and how they are read.

    Args:
        lanes: the table of lanes.
        events: tables of events.
        column_map: the table's own name of a field, each as ``FIELD=COLUMN``.
        texts: options of the command line, each as ``NAME=VALUE``.

    Raises:
        ValueError: an option is unknown or has a wrong value, or ``column_map`` has no column.
    """
    unit = _parse(texts, SWIMMER_OPTIONS).get("unit", "")
    return source_of(lanes, events, parse_column_map(column_map), _parse(texts, SOURCE), unit=unit)


def source_of(
    lanes: Source,
    events: Sequence[Source],
    column_map: tuple[tuple[str, str], ...],
    fields: Mapping[str, Any],
    *,
    unit: str,
) -> TableSource:
    """The tables of a swimmer plot, and how they are read.

    Args:
        lanes: the table of lanes.
        events: tables of events.
        column_map: fields with the table's own names of them.
        fields: the fields that options of ``SOURCE`` set.
        unit: of the axis; that of numbers as well, if ``fields`` has no other.
    """
    stated = fields.get("unit", "")
    own = {"unit": "" if unit == "cycles" else unit, "numbers_in": stated, **fields}
    opening = Opening(encoding=own.pop("encoding", ""), sheet=own.pop("sheet", ""))
    return TableSource(
        lanes=lanes, events=tuple(events), opening=opening, column_map=column_map, **own
    )


def parse_column_map(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Fields with the table's own names of them, from texts such as ``id=record_id``.

    Raises:
        ValueError: a text is no such pair.
    """
    return tuple(_field_and_column(text) for text in texts)


def _field_and_column(text: str) -> tuple[str, str]:
    field, equals, column = (part.strip() for part in text.partition("="))
    if not (equals and field and column):
        raise ValueError(f"no column: {text!r} (write FIELD=COLUMN, such as id=record_id)")
    return field, column
