"""How the times of some tables are written, decided by whole columns and not cell by cell.

Times are dates or numbers. 01/02/2021 is read only where its column proves which comes first, the
day or the month, or where the option ``dates`` states it. A decimal comma is read where no number
of the file has a point.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from renderers.tables.columns import Problems
from renderers.tables.csv_table import TableRow
from renderers.tables.date_mistakes import DAY_COUNTS, counted_day
from renderers.tables.time_texts import (
    COMMA,
    DAY,
    NUMBER,
    ORDERS,
    THOUSANDS,
    are_dates,
    date_text,
    number_text,
    without_time,
)
from timeline.core.calendar.date_forms import iso_forms
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where, near

DATES = (*ORDERS, *DAY_COUNTS)
Cell = tuple[TableRow, str]  # a row, and a field of it that holds a time
Column = tuple[str, int]  # file, and number from 0
Place = tuple[str, int, int]  # file, line, number of the column from 0


@frozen(kw_only=True)
class TimeForms:
    """The times of some tables in one form.

    Attributes:
        dated: whether they are dates.
        plain: each as a date in EDTF or a number with a point, by its place.
        problems: why the others cannot be read.
        notes: what a column as a whole decided.
    """

    dated: bool
    plain: Mapping[Place, str]
    problems: Problems = ()
    notes: Problems = ()

    def text(self, record: TableRow, field: str) -> str | None:
        """The time of a field; empty where the cell is, None where it cannot be read."""
        return self.plain.get(_place(record, field)) if record.text(field) else ""


def _place(record: TableRow, field: str) -> Place:
    number = record.layout.find(field)
    return record.file, record.line, -1 if number is None else number


def dates_option(text: str) -> str:
    """A value of the option ``dates``: ``dmy``, ``mdy``, ``serial``, ``sas`` or ``r``.

    Raises:
        ValueError: it is none of them.
    """
    if text not in DATES:
        raise ValueError(f"unknown order of dates: {text!r} ({near(text, DATES)})")
    return text


def time_forms(cells: Iterable[Cell], dates: str = "", deciding: Sequence[str] = ()) -> TimeForms:
    """Decide how times are written, and bring them to one form.

    Args:
        cells: every cell that holds a time, by row and field.
        dates: how dates are written: an order (``dmy``, ``mdy``), a count of days (``serial``,
            ``sas``, ``r``) or, undecided, empty.
        deciding: the fields whose cells decide whether times are dates; left out, all.

    Returns:
        The times; a time that cannot be read is a problem and is left out.
    """
    columns: dict[Column, list[Cell]] = defaultdict(list)
    for record, field in cells:
        if record.text(field):
            columns[_place(record, field)[::2]].append((record, field))
    every = [(field, record.text(field)) for column in columns.values() for record, field in column]
    voting = [text for field, text in every if not deciding or field in deciding]
    dated = dates in DAY_COUNTS or are_dates(voting or [text for _, text in every])
    reading = _Reading(dates=dates, dated=dated)
    if dated:
        reading.find_orders(columns)
    else:
        reading.find_commas(columns)
    for key, column in columns.items():
        reading.read(key, column)
    return TimeForms(dated=dated, plain=reading.plain, problems=tuple(reading.problems),
                     notes=tuple(reading.notes))  # fmt: skip


@attrs.define(kw_only=True)
class _Reading:
    """The times while they are read: what each column decided, and what was found."""

    dates: str
    dated: bool
    orders: dict[Column, str] = attrs.field(factory=dict)
    commas: set[str] = attrs.field(factory=set)  # files with a decimal comma
    closed: set[Column] = attrs.field(factory=set)  # columns with a fault that is named once
    plain: dict[Place, str] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)
    notes: list[Problem] = attrs.field(factory=list)

    def find_orders(self, columns: Mapping[Column, list[Cell]]) -> None:
        """Whether the day or the month comes first in each column that is written so."""
        undecided: list[tuple[Column, Cell]] = []
        for key, column in columns.items():
            if self.dates in ORDERS:
                self.orders[key] = self.dates
                continue
            days = [(cell, found) for cell in column if (found := _day(*cell))]
            dmy = [cell for cell, found in days if int(found[1]) > 12 >= int(found[3])]
            mdy = [cell for cell, found in days if int(found[3]) > 12 >= int(found[1])]
            either = [cell for cell, found in days if int(found[1]) <= 12 >= int(found[3])
                      and int(found[1]) != int(found[3])]  # fmt: skip
            if dmy and mdy:
                self.closed.add(key)
                both = f"{_text(dmy[0])!r} and {_text(mdy[0])!r} (write 2021-03-01)"
                self._fault(mdy[0], f"column {_heading(mdy[0])!r} has days in two orders: {both}")
            elif dmy or mdy:
                self.orders[key] = "dmy" if dmy else "mdy"
                if either:
                    self._note_order(self.orders[key], (dmy or mdy)[0])
            elif either:
                undecided.append((key, either[0]))
        self._name_undecided(undecided)

    def _note_order(self, order: str, proof: Cell) -> None:
        description = f"column {_heading(proof)!r} is read with the {ORDERS[order][0]} first, as "
        description += f"{_text(proof)!r} can only be (--option dates={order} states it)"
        self.notes.append(Problem(_head(proof), description))

    def _name_undecided(self, undecided: Sequence[tuple[Column, Cell]]) -> None:
        if not undecided:
            return
        self.closed |= {key for key, _ in undecided}
        cell = undecided[0][1]
        text = _text(cell)
        one, other = iso_forms(without_time(text))
        names = ", ".join(dict.fromkeys(repr(_heading(each)) for _, each in undecided))
        column = "column" if "," not in names else "columns"
        self._fault(cell, f"{column} {names}: {text!r} is {one} if the day comes first, {other} if "
                    "the month does (state it with --option dates=dmy, or dates=mdy)")  # fmt: skip

    def find_commas(self, columns: Mapping[Column, list[Cell]]) -> None:
        """Which files have numbers with a decimal comma."""
        cells: dict[str, list[Cell]] = defaultdict(list)
        for (file, _), column in columns.items():
            cells[file] += column
        for file, own in cells.items():
            texts = [_text(cell) for cell in own]
            written = [cell for cell in own if COMMA.fullmatch(_text(cell))]
            if not written or any("." in text for text in texts):
                continue
            first = next((c for c in written if not THOUSANDS.fullmatch(_text(c))), None)
            if first is None:
                text = _text(written[0])
                self.closed |= {key for key in columns if key[0] == file}
                self._fault(written[0], f"{text!r}: a decimal comma, or thousands? (write "
                            f"{text.replace(',', '.')} or {text.replace(',', '')})")  # fmt: skip
                continue
            self.commas.add(file)
            text = _text(first)
            description = f"the comma is the decimal sign: {text!r} is read as "
            self.notes.append(Problem(_head(first), description + text.replace(",", ".")))

    def read(self, key: Column, column: Sequence[Cell]) -> None:
        """Read the cells of a column. If none can be read, that is one fault."""
        faults = []
        for cell in column if key not in self.closed else ():
            try:
                self.plain[_place(*cell)] = self._plain(key, _text(cell))
            except ValueError as fault:
                faults.append((cell, str(fault)))
        if len(faults) > 1 and len(faults) == len(column):
            cell, what = faults[0]
            self._fault(cell, f"{what}; nor is any other cell of the column {_heading(cell)!r}")
            return
        for cell, what in faults:
            self._fault(cell, what)

    def _plain(self, key: Column, text: str) -> str:
        if not self.dated:
            return number_text(text, comma=key[0] in self.commas)
        if self.dates in DAY_COUNTS and NUMBER.fullmatch(text):
            return counted_day(text, self.dates)
        return date_text(text, self.orders.get(key, ""))

    def _fault(self, cell: Cell, what: str) -> None:
        name = cell[0].text("id")
        led = f"{name}: " if name and not what.startswith("column") else ""
        self.problems.append(Problem(cell[0].where(cell[1]), led + what))


def _text(cell: Cell) -> str:
    return cell[0].text(cell[1])


def _heading(cell: Cell) -> str:
    number = cell[0].layout.find(cell[1])
    return "" if number is None else cell[0].layout.headings[number]


def _head(cell: Cell) -> Where:
    return attrs.evolve(cell[0].where(cell[1]), line=1)


def _day(record: TableRow, field: str) -> re.Match[str] | None:
    return DAY.fullmatch(without_time(record.text(field)))
