"""Cells that are pasted from a spreadsheet: with headings, or from one column on."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import attrs

from renderers.tables.columns import NOTHING, Fields
from renderers.tables.csv_table import Table, cell_text
from timeline.core.problem import Problem, Where, near
from timeline.editing.advice import of_a_page
from timeline.editing.cell_values import Cells
from timeline.editing.changes import Changes, readable, told
from timeline.editing.claim_rows import CLAIM, VALUE
from timeline.editing.claim_rows import columns as claim_columns
from timeline.editing.event_rows import DATE, KIND
from timeline.editing.event_rows import columns as event_columns
from timeline.editing.grid import CLAIMS, EVENTS, Edited, GridProblem
from timeline.exchange.case_tables import unguarded
from timeline.exchange.event_cells import EVENT_FIELDS
from timeline.exchange.import_case import (
    OTHER_HEADINGS,
    heading_field,
    table_rows,
    unread_columns,
)

MOST_ROWS = 2000
_CLAIM_KEYS = tuple(column.key for column in claim_columns())
_FIELDS = {
    EVENTS: EVENT_FIELDS,
    CLAIMS: Fields(
        needed=(CLAIM, VALUE), optional=tuple(k for k in _CLAIM_KEYS if k not in (CLAIM, VALUE))
    ),
}
_NEEDED = {EVENTS: {KIND, DATE}, CLAIMS: {CLAIM, VALUE}}
_ALSO: Mapping[str, Mapping[str, str]] = {
    EVENTS: OTHER_HEADINGS,
    CLAIMS: {"what": CLAIM, "kind": CLAIM},
}
_KEYS = {EVENTS: tuple(column.key for column in event_columns()), CLAIMS: _CLAIM_KEYS}


@attrs.frozen(kw_only=True)
class _Row:
    """A row of what is pasted: its number there, from 1, and its cells by their keys."""

    line: int
    cells: Mapping[str, str]


@attrs.frozen(kw_only=True)
class _Pasted:
    """What is pasted: the keys of its columns, its rows, and the units of its headings."""

    keys: tuple[str, ...]
    rows: tuple[_Row, ...]
    units: Mapping[str, str] = NOTHING
    problems: tuple[Problem, ...] = ()


def pasted(
    text: str,
    table: str,
    row: int,
    key: str,
    clipboard: str,
    *,
    columns: Sequence[str] = (),
    order: str = "",
) -> Edited:
    r"""The text with the cells of a spreadsheet pasted into a grid.

    Args:
        text: the text of the file.
        table: ``events`` or ``claims``.
        row: the number of the first row that is written, from 0; the number of rows for new ones.
        key: the key of the first column that is written. Where the first line of the clipboard
            has headings as in docs/tables.md, they name the columns, in any order.
        clipboard: the cells as a spreadsheet copies them: lines with tabs, or CSV with headings.
        columns: the keys of the columns as they are shown, in order; left out, all of the grid.
        order: ``dmy`` or ``mdy``, of days written with the year last; empty: they are refused.

    Returns:
        The new text. A pasted cell replaces the one under it, an empty one empties it; below the
        last row there are new rows. With a fault in any cell nothing is written, and each fault
        has the row and the column of what was pasted.

    Raises:
        ValueError: there is no such grid, row or column.

    >>> text = "case: a\nevents:\n  - {diagnosis: 2021-03}\n"
    >>> print(pasted(text, "events", 1, "event", "Event\tDate\tNew\nscan\t2021/4/1\tliver").text)
    case: a
    events:
      - {diagnosis: 2021-03}
      - {scan: 2021-04-01, new: liver}
    <BLANKLINE>
    """
    changes = readable(text, table)
    if isinstance(changes, Edited):
        return changes
    shown = tuple(columns) or _KEYS[table]
    if key not in shown:
        raise ValueError(f"no such column: {key!r} ({near(key, shown)})")
    if not 0 <= row <= len(changes.rows):
        raise ValueError(f"no such row: {row} (there are {len(changes.rows)} rows)")
    found = _read(table, shown[shown.index(key) :], clipboard)
    if found.problems:
        return Edited(text, found.problems)
    edited = _written(changes, table, row, found, order)
    if edited.problems and all(_is_unsafe(each) for each in edited.problems):
        return _row_by_row(text, table, row, found, order)
    return edited


def _is_unsafe(problem: Problem) -> bool:
    return "cannot be changed safely" in problem.what


def _written(changes: Changes, table: str, row: int, found: _Pasted, order: str) -> Edited:
    """All rows written at once."""
    new: list[Mapping[str, str]] = []
    lines: list[Cells] = []
    for number, each in enumerate(found.rows, start=row):
        cells = Cells(
            table=table, row=number, columns=found.keys, line=each.line, order=order,
            units=found.units,
        )  # fmt: skip
        if number < len(changes.rows):
            changes.cells(number, each.cells, cells)
        elif any(cell_text(cell) for cell in each.cells.values()):
            new.append(each.cells)
            lines.append(cells)
    changes.insert(len(changes.rows), new, lines)
    return told(changes, changes.draft.result(row))


def _row_by_row(text: str, table: str, row: int, found: _Pasted, order: str) -> Edited:
    """The same one row after another, where edits of several rows do not go together."""
    now = text
    for number, each in enumerate(found.rows, start=row):
        changes = readable(now, table)
        if isinstance(changes, Edited):
            return Edited(text, changes.problems)
        edited = _written(changes, table, number, attrs.evolve(found, rows=(each,)), order)
        if edited.problems:
            return Edited(text, edited.problems)
        now = edited.text
    return Edited(now)


def _read(table: str, keys: Sequence[str], clipboard: str) -> _Pasted:
    """The cells of a clipboard with the keys of their columns."""
    rows = _cells(clipboard, table)
    if len(rows) > MOST_ROWS:
        what = f"{len(rows):,} rows (paste {MOST_ROWS:,} at most; timeline import takes more)"
        return _Pasted(keys=(), rows=(), problems=(GridProblem(Where(table, 1, 1), what),))
    if rows and _has_headings(rows, table, keys):
        return _with_headings(table, rows)
    wide = max(map(len, rows), default=0)
    if wide > len(keys):
        what = f"{wide} columns, and {len(keys)} from {keys[0]!r} on (paste further left)"
        return _Pasted(keys=(), rows=(), problems=(GridProblem(Where(table, 1, wide), what),))
    found = (_Row(line=line, cells=dict(zip(keys, row, strict=False)))
             for line, row in enumerate(rows, start=1))  # fmt: skip
    return _Pasted(keys=tuple(keys), rows=tuple(found))


def _cells(clipboard: str, table: str) -> list[tuple[str, ...]]:
    """The cells of a clipboard; CSV only with headings, for a comma may be part of a cell."""
    text = clipboard.removeprefix("\ufeff").rstrip("\r\n")
    if "\t" not in text:
        for separator in ",;":
            rows = _split(text, separator)
            if rows and _NEEDED[table] <= {_field(cell, table) for cell in rows[0]}:
                return rows
    return _split(text, "\t")


def _split(text: str, separator: str) -> list[tuple[str, ...]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:  # a quotation mark that is part of a text
        rows = [line.split(separator) for line in text.splitlines()]
    return [tuple(map(unguarded, row)) for row in rows]


def _field(heading: str, table: str) -> str:
    """The key that a heading names; empty where it names none."""
    fields = _FIELDS[table]
    found = heading_field(heading, fields)[0]
    if found not in fields.known:
        found = heading_field(heading, fields, _ALSO[table])[0]
    return found if found in fields.known else ""


def _has_headings(rows: Sequence[tuple[str, ...]], table: str, keys: Sequence[str]) -> bool:
    """Whether the first row names columns: those that every row needs, or nothing else.

    One cell alone is a heading only of the column into which it is pasted.
    """
    named = [_field(cell, table) for cell in rows[0] if cell.strip()]
    if _NEEDED[table] <= set(named):
        return True
    if len(rows[0]) == 1:
        return len(rows) > 1 and named == [keys[0]]
    return len(rows) > 1 and len(named) > 1 and all(named) and len(set(named)) == len(named)


def _with_headings(table: str, rows: Sequence[tuple[str, ...]]) -> _Pasted:
    """The rows below the headings, read as those of a case table."""
    if twice := _named_twice(table, rows[0]):
        return _Pasted(keys=(), rows=(), problems=twice)
    headings = tuple(_heading(cell, table) for cell in rows[0])
    wide = len(headings)
    whole = tuple((line, (*row, *[""] * (wide - len(row))))
                  for line, row in enumerate(rows[1:], start=2)
                  if any(cell.strip() for cell in row))  # fmt: skip
    fields = attrs.evolve(_FIELDS[table], needed=(), optional=_FIELDS[table].known)
    named = Table(file=table, line=1, headings=headings, rows=whole)
    found, units, faults = table_rows(named, fields, {}, ())
    unknown = unread_columns(named, found, fields)
    problems = tuple(GridProblem(each.where, of_a_page(each.what)) for each in (*faults, *unknown))
    keys = _by_column(found[0].layout.fields, wide) if found else ()
    read = (_Row(line=row.line, cells={key: row.text(key) for key in row.layout.fields})
            for row in found)  # fmt: skip
    return _Pasted(keys=keys, rows=tuple(read), units=units, problems=problems)


def _named_twice(table: str, headings: Sequence[str]) -> tuple[Problem, ...]:
    """A fault for each heading of a column that another has named."""
    keys = [_field(each, table) for each in headings]
    return tuple(
        GridProblem(Where(table, 1, n + 1), f"two columns are the {key!r} (rename one)")
        for n, key in enumerate(keys)
        if key and key in keys[:n]
    )


def _heading(cell: str, table: str) -> str:
    text = " ".join(cell.split())
    return _ALSO[table].get(text.lower(), text) if table == CLAIMS else text


def _by_column(fields: Mapping[str, int], wide: int) -> tuple[str, ...]:
    """The key of each column; empty of one that is not read."""
    keys = {number: key for key, number in fields.items()}
    return tuple(keys.get(number, "") for number in range(wide))
