"""What a spreadsheet copies: its rows, by the headings above them or by the columns of the grid."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence

import attrs

from renderers.tables.columns import NOTHING, Fields
from renderers.tables.csv_table import Table
from renderers.tables.labels import is_ongoing, yes_no
from timeline.core.calendar.date_forms import iso_forms
from timeline.core.problem import Problem, Where
from timeline.editing.advice import of_a_page
from timeline.editing.cell_values import pasted_row
from timeline.editing.claim_rows import CLAIM, VALUE
from timeline.editing.claim_rows import columns as claim_columns
from timeline.editing.event_rows import DATE, END, KIND
from timeline.editing.grid import CLAIMS, EVENTS, GridProblem
from timeline.exchange.case_tables import unguarded
from timeline.exchange.event_cells import EVENT_FIELDS
from timeline.exchange.import_case import (
    heading_field,
    name_and_unit,
    table_rows,
    unread_columns,
)
from timeline.exchange.spreadsheets.case_headings import near_headings, other_headings

MOST_ROWS = 2000
_WHAT = "what"  # the key of the description of an event
_WORD = re.compile(r"[^\W\d_]{3,}")  # no abbreviation, and no unit
READ_AS = "as "  # begins the choice of the column that one with an unknown heading is
_UNNAMED = "(a second column) "  # the heading of a column whose key another has
_CLAIM_KEYS = tuple(column.key for column in claim_columns())
_FIELDS = {
    EVENTS: EVENT_FIELDS,
    CLAIMS: Fields(
        needed=(CLAIM, VALUE), optional=tuple(k for k in _CLAIM_KEYS if k not in (CLAIM, VALUE))
    ),
}
_NEEDED = {EVENTS: {KIND, DATE}, CLAIMS: {CLAIM, VALUE}}
_ALSO: Mapping[str, Mapping[str, str]] = {
    EVENTS: other_headings(),
    CLAIMS: {"what": CLAIM, "kind": CLAIM},
}


@attrs.frozen(kw_only=True)
class ClipboardRow:
    """A row of what is pasted.

    ``line``: its number, from 1; the line of headings is not counted. ``cells``: by their keys.
    ``others``: the cells that are not empty of columns without a key, by the number of the column.
    """

    line: int
    cells: Mapping[str, str]
    others: Mapping[int, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Clipboard:
    """What is pasted: the keys of its columns, its rows, and the units of its headings.

    ``headings``: those of the columns; none where the first line is a row. ``names``: the same,
    with the number of the column where one before it has the same: by these a person chooses.
    ``unread``: the numbers of the columns without a key that have a value and of which
    nothing is chosen.
    """

    keys: tuple[str, ...]
    rows: tuple[ClipboardRow, ...]
    units: Mapping[str, str] = NOTHING
    problems: tuple[Problem, ...] = ()
    headings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()

    def name(self, key: str) -> str:
        """The name of the column of a key; the key where nothing has headings."""
        return self.names[self.keys.index(key)] if self.names and key in self.keys else key

    def heading(self, name: str) -> str:
        """The heading of the column of a name."""
        return self.headings[self.names.index(name)] if name in self.names else name


def read_clipboard(
    table: str, keys: Sequence[str], clipboard: str, chosen: Mapping[str, str] = NOTHING
) -> Clipboard:
    """The cells of a clipboard with the keys of their columns.

    ``chosen``: what a person has said of columns, by their names. One that is another column, as
    ``as drugs``, is read under the heading of that.
    """
    rows = _cells(clipboard, table)
    if len(rows) > MOST_ROWS:
        what = f"{len(rows):,} rows (paste {MOST_ROWS:,} at most; timeline import takes more)"
        return Clipboard(keys=(), rows=(), problems=(GridProblem(Where(table, 0, 1), what),))
    if rows and _has_headings(rows, table, keys[0]):
        return _with_headings(table, rows, chosen)
    wide = max(map(len, rows), default=0)
    if wide > len(keys):
        what = f"{wide} columns, and {len(keys)} from {keys[0]!r} on (paste further left)"
        return Clipboard(keys=(), rows=(), problems=(GridProblem(Where(table, 1, wide), what),))
    found = (ClipboardRow(line=line, cells=dict(zip(keys, row, strict=False)))
             for line, row in enumerate(rows, start=1))  # fmt: skip
    return Clipboard(keys=tuple(keys), rows=tuple(found))


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


def has_headings(table: str, clipboard: str, key: str = "") -> bool:
    """Whether the first line of a clipboard names the columns of the lines below it.

    ``key``: the column into which it is pasted.
    """
    rows = _cells(clipboard, table)
    return bool(rows) and _has_headings(rows, table, key)


def _has_headings(rows: Sequence[tuple[str, ...]], table: str, key: str) -> bool:
    """Whether the first row names columns: those that every row needs, or nothing else.

    One cell alone is a heading only if it is the name of the column into which it is pasted, and
    two only if one is the name of a column itself: another word for one may be a value.
    """
    cells = [cell for cell in rows[0] if cell.strip()]
    named = [_field(cell, table) for cell in cells]
    own = [heading_field(cell, _FIELDS[table])[0] for cell in cells]
    if _NEEDED[table] <= set(named):
        return True
    if len(rows) > 1 and _NEEDED[table] & set(named):  # one of them misspelt
        close = {key for cell in cells for _, key in
                 near_headings(cell, _FIELDS[table].known, _ALSO[table])[:1]}  # fmt: skip
        if _NEEDED[table] <= {*named, *close}:
            return True
    if table == EVENTS and len(rows) > 1 and len(cells) > 1 and {KIND, DATE} & set(own):
        return True  # of the other one a person says which column it is
    if len(rows[0]) == 1:
        return len(rows) > 1 and own == [key]
    names_one = len(named) > 2 or any(each in _FIELDS[table].known for each in own)
    alone = len(named) > 1 and all(named) and len(set(named)) == len(named)
    return len(rows) > 1 and alone and names_one


def _with_headings(
    table: str, rows: Sequence[tuple[str, ...]], chosen: Mapping[str, str]
) -> Clipboard:
    """The rows below the headings, read as those of a case table."""
    headings = tuple(" ".join(cell.split()) for cell in rows[0])
    names = _names(headings)
    read = tuple(_as_chosen(each, chosen.get(name, "")) for each, name in
                 zip(headings, names, strict=True))  # fmt: skip
    read_as, twice, open_ones = _once_each(table, read, names, chosen)
    wide = len(headings)
    whole = tuple((line, (*row, *[""] * (wide - len(row))))
                  for line, row in enumerate(rows[1:], start=1)
                  if any(cell.strip() for cell in row))  # fmt: skip
    fields = attrs.evolve(_FIELDS[table], needed=(), optional=_FIELDS[table].known)
    named = Table(file=table, line=0, headings=read_as, rows=whole)
    found, units, faults = table_rows(named, fields, {}, ())
    keys = _by_column(found[0].layout.fields, wide) if found else ()
    others = [n for n, key in enumerate(keys)
              if not key and headings[n] and any(row.texts[n] for row in found)]  # fmt: skip
    unknown = [_named(each, headings, names) for each in unread_columns(named, found, fields)
               if names[each.where.column - 1] not in chosen
               and each.where.column - 1 not in open_ones]  # fmt: skip
    problems = tuple(
        GridProblem(each.where, of_a_page(each.what), place=pasted_row(each.where.line))
        for each in (*twice, *unknown, *faults)
    )
    read_rows = tuple(
        ClipboardRow(
            line=row.line, cells={key: row.text(key) for key in row.layout.fields},
            others={n: row.texts[n] for n in others if row.texts[n]},
        )
        for row in found
    )  # fmt: skip
    unread = tuple(sorted({n for n in others if names[n] not in chosen} | open_ones))
    return Clipboard(
        keys=keys, rows=read_rows, units=units, problems=problems, headings=headings, names=names,
        unread=unread,
    )  # fmt: skip


def _as_chosen(heading: str, choice: str) -> str:
    """A heading with the name of the column that a person says it is, and its own unit."""
    if not choice.startswith(READ_AS):
        return heading
    unit = name_and_unit(heading)[1]
    return f"{choice.removeprefix(READ_AS)} ({unit})" if unit else choice.removeprefix(READ_AS)


def near_keys(table: str, found: Clipboard, number: int) -> tuple[str, ...]:
    """The keys that a column with an unknown heading may be, and that no other column is.

    By its spelling; ``date`` and ``end`` where it holds dates, else ``event``, and ``what`` where
    it holds words.

    ``number``: of the column, from 0.
    """
    name = name_and_unit(found.headings[number])[0]
    close = near_headings(name, _FIELDS[table].known, _ALSO[table])
    keys = [key for _, key in close]
    if table == EVENTS:
        keys = [DATE, END, *keys, KIND] if _holds_dates(found, number) else [*keys, KIND]
        keys += [_WHAT] if _holds_words(found, number) else []
    return tuple(key for key in dict.fromkeys(keys) if key not in found.keys)


def _holds_dates(found: Clipboard, number: int) -> bool:
    """Whether the cells of a column are dates, in any form, or say that it goes on."""
    texts = [row.others[number] for row in found.rows if number in row.others]
    dates = [text for text in texts if iso_forms(text)]
    return bool(dates) and all(text in dates or is_ongoing(text) for text in texts)


def _holds_words(found: Clipboard, number: int) -> bool:
    """Whether the cells of a column are words: not numbers, dates, yes and no, or codes."""
    texts = [row.others[number] for row in found.rows if number in row.others]
    return any(
        _WORD.search(text) and yes_no(text) is None and not iso_forms(text) for text in texts
    )


def _names(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings, each with the number of its column where one before it is the same.

    >>> _names(("Event", "CEA", "CEA"))
    ('Event', 'CEA', 'CEA, column 3')
    """
    return tuple(
        f"{heading}, column {n + 1}" if heading in headings[:n] else heading
        for n, heading in enumerate(headings)
    )


def _once_each(
    table: str, headings: Sequence[str], named: Sequence[str], chosen: Collection[str]
) -> tuple[tuple[str, ...], list[Problem], set[int]]:
    """The headings with one for each key; a fault for each key that several name; their columns.

    The other columns of a key have a heading that names nothing. Where one of them is the name of
    the key itself, it is the one that is read.
    """
    read_as = [
        _heading(heading if _field(heading, table) else name, table)
        for heading, name in zip(headings, named, strict=True)
    ]
    own: dict[str, list[int]] = {}
    for n, each in enumerate(headings):
        if key := _field(each, table):
            own.setdefault(key, []).append(n)
    problems: list[Problem] = []
    columns: set[int] = set()
    for key, numbers in own.items():
        left = [n for n in numbers if named[n] not in chosen] if len(numbers) > 1 else numbers
        if len(left) > 1:
            names = " and ".join(repr(named[n]) for n in left)
            count = {2: "two", 3: "three"}.get(len(left), str(len(left)))
            what = f"{count} columns are the {key!r}: {names} (rename one, or leave it out)"
            problems.append(Problem(Where(table, 0, left[1] + 1), what))
            columns |= set(left)
        direct = [n for n in left if heading_field(headings[n], _FIELDS[table])[0] == key]
        for n in numbers:
            if n not in (direct or left)[:1]:
                read_as[n] = f"{_UNNAMED}{n + 1}"
    return tuple(read_as), problems, columns


def _named(problem: Problem, headings: Sequence[str], names: Sequence[str]) -> Problem:
    """A problem of a column with its name in the place of its heading."""
    n = problem.where.column - 1
    what = problem.what.replace(repr(headings[n]), repr(names[n]), 1)
    return attrs.evolve(problem, what=what)


def _heading(text: str, table: str) -> str:
    return _ALSO[table].get(text.lower(), text) if table == CLAIMS else text


def _by_column(fields: Mapping[str, int], wide: int) -> tuple[str, ...]:
    """The key of each column; empty of one that is not read."""
    keys = {number: key for key, number in fields.items()}
    return tuple(keys.get(number, "") for number in range(wide))
