"""Rows of a table as the lanes and events of a swimmer plot, with the places of their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from renderers.tables.columns import Layout, Problems
from renderers.tables.csv_table import Records, Table, TableRow
from renderers.tables.time_texts import NUMBER
from timeline.core.frozen_class import frozen

UNNAMED = "Interval"  # the one state of a table that names none


@frozen(kw_only=True)
class Wanted:
    """What options require of a table of lanes.

    Attributes:
        milestones: columns that hold the time of an event, by their heading.
        columns: further columns that the figure uses.
        has_events: whether there are tables of events.
        dates: how dates are written, where it is stated.
    """

    milestones: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    has_events: bool = False
    dates: str = ""


@frozen(kw_only=True)
class Shaped:
    """The rows of a table of lanes.

    Attributes:
        lanes: a record for each interval.
        events: a record for each event that the table itself holds.
        faults: what is wrong with its headings and rows.
        notes: how its columns were read.
        unit: the unit of its numbers, where the format of the table fixes it.
        ends_stated: whether the table states how each lane ends.
        combined: whether states that overlap are drugs given together.
    """

    lanes: Records
    events: Records = ()
    faults: Problems = ()
    notes: Problems = ()
    unit: str = ""
    ends_stated: bool = True
    combined: bool = False


def made(row: TableRow, columns: Mapping[str, str], **texts: str) -> TableRow:
    """A record with the fields of another shape.

    Args:
        row: a row of the table.
        columns: fields of the new record, with the field of the row that holds each.
        texts: fields that the table has no column for, with their texts.
    """
    if "event" in texts and "end" not in columns:
        texts = {**texts, "end": ""}  # a column of that name is the end of something else
    fields = {new: row.layout.fields[old] for new, old in columns.items()
              if old in row.layout.fields}  # fmt: skip
    first = len(row.layout.headings)
    added = {name: first + n for n, name in enumerate(texts)}
    others = {name: n for name, n in row.layout.fields.items() if n not in fields.values()}
    layout = Layout(
        headings=(*row.layout.headings, *texts),
        fields={**fields, **added},
        passed=(*row.layout.passed, *others.values()),
        added=row.layout.added + len(texts),
    )
    return attrs.evolve(row, texts=(*row.texts, *texts.values()), layout=layout)


def heading_of(table: Table, rows: Records, field: str) -> str:
    """The heading of the column of a field."""
    return table.headings[rows[0].layout.fields[field]]


def number_of(text: str) -> float | None:
    """The number of a text; None where it is none."""
    plain = re.sub(r"^(-?[0-9]+),([0-9]+)$", r"\1.\2", text)
    return float(plain.replace("−", "-")) if NUMBER.fullmatch(plain) else None
