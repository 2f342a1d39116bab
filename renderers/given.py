"""CSV files as given: rows with their places, the columns that were asked for, every fault noted.

A place is file, line, and which field of the line it is, both from 1.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from timeline.problem import Problem, Where, near

_SEPARATORS = ",;\t"
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(?::00(?:\.0+)?)?")
_EMPTY = ("", "NA", "N/A", "NaN", "null", "None", ".")


@attrs.frozen(kw_only=True)
class Record:
    """One row of a table. ``cells`` are field name, text, and number of the field."""

    file: str
    line: int
    cells: tuple[tuple[str, str, int], ...]

    def text(self, name: str) -> str:
        """What a field says; nothing where it is empty or the table has no such column."""
        return next((text for field, text, _ in self.cells if field == name), "")

    def where(self, name: str = "") -> Where:
        """The place of a field, or of the row."""
        number = next((number for field, _, number in self.cells if field == name), 1)
        return Where(self.file, self.line, number)


Records = tuple[Record, ...]
Problems = tuple[Problem, ...]


def given(
    path: Path, wanted: Sequence[str], optional: Sequence[str], named: Mapping[str, str]
) -> tuple[Records, Problems]:
    """The rows of a file. ``named`` gives the table's own names for some of the fields wanted.

    Nothing is read where the file cannot be, or a wanted column is missing.
    """
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        return (), (Problem(Where(file), f"cannot be read: {fault.strerror}"),)
    except UnicodeDecodeError:
        return (), (Problem(Where(file), "not UTF-8 text (save the table as CSV, UTF-8)"),)
    lines = text.splitlines(keepends=True)
    if not text.strip():
        return (), (Problem(Where(file), "holds no table (the first line names the columns)"),)
    separator = max(_SEPARATORS, key=lines[0].count)
    reader = csv.reader(lines, delimiter=separator)
    try:
        return _read(file, reader, wanted, optional, named)
    except csv.Error as fault:
        return (), (Problem(Where(file, reader.line_num, 1), f"not a row of a table: {fault}"),)


def _read(
    file: str,
    reader: csv._reader,  # type: ignore[name-defined]
    wanted: Sequence[str],
    optional: Sequence[str],
    named: Mapping[str, str],
) -> tuple[Records, Problems]:
    header = [name.strip() for name in next(reader)]
    fields, problems = _fields(file, header, wanted, optional, named)
    if problems:
        return (), problems
    records: list[Record] = []
    faults: list[Problem] = []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            says = f"{len(row)} fields under {len(header)} columns (quote a text that has commas)"
            faults.append(Problem(Where(file, reader.line_num, 1), says))
            continue
        cells = zip(fields, row, range(1, len(row) + 1), strict=True)
        clean = tuple((name, _said(text), number) for name, text, number in cells)
        records.append(Record(file=file, line=reader.line_num, cells=clean))
    return tuple(records), tuple(faults)


def _said(text: str) -> str:
    """A cell without its blanks; a day that is written with midnight is the day."""
    text = text.strip()
    midnight = _MIDNIGHT.fullmatch(text)
    return "" if text in _EMPTY else midnight[1] if midnight else text


def _fields(
    file: str,
    header: Sequence[str],
    wanted: Sequence[str],
    optional: Sequence[str],
    named: Mapping[str, str],
) -> tuple[list[str], Problems]:
    """What each column holds: one of the fields, or itself; and the columns that are missing."""
    where = Where(file, 1, 1)
    problems = [
        Problem(Where(file, 1, number), f"two columns are named {name!r} (rename one)")
        for number, name in enumerate(header, start=1)
        if name in header[: number - 1]
    ]
    theirs = {field: named.get(field, field) for field in (*wanted, *optional)}
    for field in wanted:
        if theirs[field] not in header:
            says = f"no column {theirs[field]!r} ({near(theirs[field], header)}; "
            problems.append(Problem(where, f"{says}write --map {field}=COLUMN)"))
    field_of = {column: field for field, column in theirs.items()}
    return [field_of.get(name, name) for name in header], tuple(problems)
