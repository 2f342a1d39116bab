"""CSV files: rows with their places, the requested columns, and a list of every fault.

A place is file, line, and which field of the line it is, both from 1. The line is the one on which
a row begins; a quoted text may run over several.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from renderers.tables.columns import (
    Fields,
    Layout,
    Problems,
    needed_fields_found,
    table_layout,
    unquoted,
)
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where
from timeline.files.file_text import Unreadable, controls, text_of, without_controls

_SEPARATORS = ",;\t|"
_SAVE = "save the sheet as CSV, UTF-8"
_SEPARATOR_LINE = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)  # as Excel writes it
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(?::00(?:\.0+)?)?")
MISSING = ("", "NA", "N/A", "#N/A", "<NA>", "NaN", "NaT", "null", "NULL", "None", ".")
_LINE_IN_CELL = str.maketrans("\x0b\x0c", "  ")  # what Word and FileMaker write for a line break
MOST_COLUMNS = 500
_ABOVE = 20  # lines that are searched for a heading


@frozen(kw_only=True)
class TableRow:
    """One row of a table: its texts, by the layout of the table."""

    file: str
    line: int
    texts: tuple[str, ...]
    layout: Layout

    def text(self, name: str) -> str:
        """The text of a field; empty if the table has no such column."""
        number = self.layout.find(name)
        return "" if number is None else self.texts[number]

    def where(self, name: str = "") -> Where:
        """The place of a field, or of the row; also for a field that has no column of its own."""
        number = (self.layout.find(name) if name else 0) or 0
        own = len(self.layout.headings) - self.layout.added
        return Where(self.file, self.line, number + 1 if number < own else 1)


Records = tuple[TableRow, ...]


@frozen(kw_only=True)
class Table:
    """A table as its file has it: the headings, and every row with the line it begins on."""

    file: str
    line: int  # of the headings
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: Problems = ()

    @property
    def where(self) -> Where:
        return Where(self.file, self.line, 1)


def read_table(path: Path, encoding: str = "", also: str = "") -> tuple[Table | None, Problems]:
    """The table of a file, or why there is none. Faults of single rows are in the table.

    ``encoding``: of its text; empty for UTF-8. ``also``: another remedy for text that is none.
    """
    file = str(path)
    try:
        text = text_of(path, save=f"{_SAVE}{also}", encoding=encoding)
    except Unreadable as fault:
        return None, (Problem(Where(file, fault.line, fault.column), str(fault)),)
    declared = _SEPARATOR_LINE.match(text)
    body = text[declared.end() :] if declared else text
    rows, problems = _rows(
        file, body, declared[1] if declared else _separator(body), 1 if declared else 0
    )
    if not rows:
        none = Problem(Where(file), "holds no table (the first line names the columns)")
        return None, problems or (none,)
    line, headings = rows[0]
    if len(headings) > MOST_COLUMNS:
        what = f"{len(headings):,} columns (at most {MOST_COLUMNS}; delete those that are not used)"
        return None, (Problem(Where(file, line), what),)
    cells = tuple(" ".join(without_controls(name).split()) for name in headings)
    return Table(file=file, line=line, headings=cells, rows=tuple(rows[1:]), problems=problems), ()


def _separator(text: str) -> str:
    """The separator that most of the first lines have most of."""
    every = text.splitlines()[:_ABOVE] or [""]
    lines = [line for line in every if not line.startswith("#")] or every
    first = max(_SEPARATORS, key=lines[0].count)
    return first if lines[0].count(first) else max(_SEPARATORS, key="".join(lines).count)


def _rows(
    file: str, text: str, separator: str, above: int
) -> tuple[list[tuple[int, tuple[str, ...]]], Problems]:
    """The rows that are not empty, each with its first line, up to the first that is no row."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True
    )
    rows: list[tuple[int, tuple[str, ...]]] = []
    problems: list[Problem] = []
    line = 1
    try:
        for row in reader:
            problems += _controls(file, line + above, row)
            if any(cell.strip() for cell in row):
                rows.append((line + above, tuple(row)))
            line = reader.line_num + 1
    except csv.Error as fault:
        problems.append(Problem(Where(file, line + above, 1), _no_row(str(fault))))
    return rows, tuple(problems)


def _no_row(fault: str) -> str:
    if "unexpected end" in fault:
        return 'a text opens with a quotation mark and never closes (close it, or write "" for one)'
    if "expected after" in fault:
        return 'there is text after a closing quotation mark (write "" for one within a text)'
    return f"not a row of a table: {fault}"


def _controls(file: str, line: int, row: Sequence[str]) -> Iterator[Problem]:
    for number, cell in enumerate(row, start=1):
        for _, name in controls(cell.translate(_LINE_IN_CELL)):
            yield Problem(Where(file, line, number), f"a control character, {name} (delete it)")


def read_records(
    path: Path, fields: Fields, named: Mapping[str, str] | None = None
) -> tuple[Records, Problems]:
    """Read the rows of a CSV file.

    Args:
        path: the file.
        fields: the fields that the table must and may hold.
        named: the headings of some fields in this table, by field.

    Returns:
        The rows, none where the file cannot be read or a column is missing, and every fault.
    """
    found, problems = read_table(path)
    return records(found, fields, named or {}) if found else ((), problems)


def records(
    found: Table,
    fields: Fields,
    named: Mapping[str, str],
    plain: Callable[[str], str] | None = None,
) -> tuple[Records, Problems]:
    """The rows of a table as records, and what is wrong with its headings or single rows.

    ``plain``: how a cell becomes its text; left out, words for a missing value become empty.
    """
    layout, problems = table_layout(found.where, found.headings, fields, named)
    if problems:
        return (), (_misplaced(found, fields, named) or problems) + found.problems
    faulty = {problem.where.line for problem in found.problems}
    read: list[TableRow] = []
    faults = list(found.problems)
    named_columns = max((n for n, name in enumerate(layout.headings, start=1) if name), default=0)
    for line, row in found.rows:
        if line in faulty:
            continue
        texts = _fitted(row, len(layout.headings), named_columns, plain or _plain_text)
        if texts is None:
            description = f"{len(row)} fields under {len(layout.headings)} columns"
            description += " (quote a text that has commas)"
            faults.append(Problem(Where(found.file, line, 1), description))
        else:
            read.append(TableRow(file=found.file, line=line, texts=texts, layout=layout))
    return tuple(read), tuple(faults)


def _fitted(
    row: Sequence[str], size: int, named: int, plain: Callable[[str], str]
) -> tuple[str, ...] | None:
    """The texts of a row, one for each column; None where it has more or fewer.

    Empty columns after the last heading are not counted, whether or not the row has them.

    Args:
        row: the cells.
        size: how many columns the table has.
        named: how many it has up to the last with a heading.
        plain: how a cell becomes its text.
    """
    if len(row) < named or any(cell.strip() for cell in row[size:]):
        return None
    texts = tuple(map(plain, row[:size]))
    return texts + ("",) * (size - len(texts))


def _misplaced(found: Table, fields: Fields, named: Mapping[str, str]) -> Problems:
    """The one fault that explains why the columns are missing, where there is such a one."""
    mine = needed_fields_found(found.headings, fields, named)
    if needed_fields_found(unquoted(found.headings), fields, named) > mine:
        quoted = next(name for name in found.headings if unquoted((name,)) != (name,))
        description = (
            f"the quotation marks are part of the name: {quoted} (use double ones, or none)"
        )
        return (Problem(found.where, description),)
    for line, row in found.rows[:_ABOVE]:
        cells = tuple(" ".join(cell.split()) for cell in row)
        if needed_fields_found(cells, fields, named) == len(fields.needed):
            description = f"line {line} looks like the heading (delete the lines above it)"
            return (Problem(found.where, description),)
    return ()


def at_heading(found: Table, is_heading: Callable[[Table], bool]) -> tuple[Table, Problems]:
    """The table from the line of its headings on, and a note where lines above it are left out.

    Above the headings some programs write a title, or lines that begin with ``#``.
    """
    if is_heading(found):
        return found, ()
    for place, (line, row) in enumerate(found.rows[:_ABOVE]):
        cells = tuple(" ".join(without_controls(cell).split()) for cell in row)
        table = attrs.evolve(found, line=line, headings=cells, rows=found.rows[place + 1 :])
        if is_heading(table):
            what = f"line {line} is read as the heading; the lines above it are left out"
            return table, (Problem(found.where, what),)
    return found, ()


def cell_text(text: str) -> str:
    """A cell without its blanks; a day that is written with midnight is the day."""
    plain = " ".join(unicodedata.normalize("NFC", text.translate(_LINE_IN_CELL)).split())
    midnight = _MIDNIGHT.fullmatch(plain)
    return midnight[1] if midnight else plain


@functools.lru_cache(maxsize=1 << 16)  # words and whole numbers repeat in a large table
def _plain_text(text: str) -> str:
    """The text of a cell; empty where it is a word for a missing value."""
    plain = cell_text(text)
    return "" if plain in MISSING else plain
