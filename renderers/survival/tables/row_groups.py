"""Rows of a table of times: their groups and strata, and rows or columns that look wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.tables.columns import Problems, column_of
from renderers.tables.csv_table import Records, TableRow
from timeline.core.problem import Problem, Where, near
from timeline.core.text.spelling import folded

_READ = ("time", "event", "group")


def unread(
    first: TableRow, groups: tuple[str, ...], *, dated: bool, also: Sequence[int] = ()
) -> Iterator[Problem]:
    """Columns that are not read, each with the way to read it where there is one.

    ``also``: numbers of columns that are read, though no field has them.
    """
    layout = first.layout
    start = layout.fields.get("start")
    unread = tuple(each for each in layout.unread if each[0] not in also) + (
        ((start, layout.headings[start]),) if start is not None and not dated else ()
    )
    for number, name in sorted(unread):
        hint = "" if any(groups) else f"; --map group={name} makes it the group"
        description = f"column {name!r} is not read (read are {', '.join(_READ)}{hint})"
        yield Problem(Where(first.file, 1, number + 1), description)


def ungrouped(records: Sequence[TableRow]) -> Iterator[Problem]:
    """Rows without a group in a table where others have one."""
    if any(record.text("group") for record in records):
        for record in records:
            if not record.text("group"):
                yield Problem(record.where("group"), "no group, and other rows have one (name it)")


def groups_of(records: Sequence[TableRow]) -> tuple[tuple[str, ...], Problems]:
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


def same_patient(records: Sequence[TableRow]) -> Iterator[Problem]:
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


def repeated(records: Sequence[TableRow], also: Sequence[int] = ()) -> Iterator[Problem]:
    """Rows that are equal in every column, of a table that has more than what is read.

    ``also``: numbers of columns that are read, though no field has them.
    """
    first: dict[tuple[str, ...], int] = {}
    more = any(number not in also for number, _ in records[0].layout.unread)
    for record in records if more else ():
        line = first.setdefault(record.texts, record.line)
        if line != record.line:
            description = (
                f"is equal in every column to line {line} (two patients? both are counted)"
            )
            yield Problem(record.where(), description)


def strata_of(
    records: Records, columns: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, ...], Problems]:
    """The stratum of each row by some columns: their cells with commas between them.

    Args:
        records: the rows.
        columns: the headings of the columns; none for no strata.

    Returns:
        The stratum of each row, none where there are no columns; the numbers of the columns; and
        a fault for each column that the table does not have, and each empty cell.
    """
    headings = records[0].layout.headings
    faults: list[Problem] = []
    numbers: list[int] = []
    for name in columns:
        number = column_of(name, headings)
        if number is None:
            known = near(name, [heading for heading in headings if heading])
            faults.append(Problem(Where(records[0].file), f"no column {name!r} ({known})"))
        else:
            numbers.append(number)
    spelled: dict[tuple[int, str], str] = {}
    found: list[str] = []
    for record in records if numbers else ():
        cells = [record.texts[number] for number in numbers]
        faults += (
            Problem(attrs.evolve(record.where(), column=number + 1),
                    f"no stratum: the cell of {headings[number]!r} is empty (write it)")
            for number, cell in zip(numbers, cells, strict=True) if not cell
        )  # fmt: skip
        found.append(", ".join(spelled.setdefault((number, folded(cell)), cell)
                               for number, cell in zip(numbers, cells, strict=True)))  # fmt: skip
    return tuple(found), tuple(numbers), tuple(faults)
