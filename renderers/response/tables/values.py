"""The sizes and changes of a table: numbers with their units, and words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from renderers.response.tables.request import ChangeReading
from renderers.response.tables.shapes import Kind, ShapedTable
from renderers.tables.columns import Problems
from renderers.tables.csv_table import TableRow
from renderers.tables.labels import words_of
from renderers.tables.time_forms import time_forms
from renderers.tables.time_texts import NUMBER
from timeline.core.problem import Problem, Where, near
from timeline.core.quantities import NM_PER_MM, UNIT_OF
from timeline.core.text.spelling import folded
from timeline.record.event_parts.lesion_sizes import LENGTHS, WORDS
from timeline.record.findings import plain

_TAIL = re.compile(r"(.*?[0-9.,])\s*(mm|cm|%)", re.IGNORECASE)
_LOWEST = -100  # percent: nothing is left
_WHOLE = Fraction(100)
_MOST_SHARES = 5  # a sum six times that of baseline; a best change in percent is rarely so small


@attrs.frozen(kw_only=True)
class Values:
    """The values of a table by the line of their row: millimetres, or percent; None: not measured.

    ``too_small``: cells that count a default size. ``notes``: how words were read.
    """

    by_line: Mapping[int, Fraction | None]
    too_small: int = 0
    problems: Problems = ()
    notes: Problems = ()


def values_of(table: ShapedTable, rows: Iterable[TableRow], kind: Kind, field: str,
              reading: ChangeReading) -> Values:  # fmt: skip
    """The values of some rows.

    Args:
        table: the table.
        rows: those of its rows that hold a value.
        kind: what the values are.
        field: the field that holds them.
        reading: how the table is read.
    """
    made = _Reading(table=table, field=field, reading=reading, is_size=kind in _SIZES)
    made.read(tuple(rows))
    return Values(
        by_line=made.found,
        too_small=made.too_small,
        problems=tuple(made.problems),
        notes=tuple(made.notes),
    )


_SIZES = (Kind.SIZE, Kind.SUM)


@attrs.define(kw_only=True)
class _Reading:
    """The values while they are read."""

    table: ShapedTable
    field: str
    reading: ChangeReading
    is_size: bool
    found: dict[int, Fraction | None] = attrs.field(factory=dict)
    too_small: int = 0
    problems: list[Problem] = attrs.field(factory=list)
    notes: list[Problem] = attrs.field(factory=list)

    def read(self, rows: tuple[TableRow, ...]) -> None:
        """Read every value: words first, then the numbers as a column."""
        numbers: list[tuple[TableRow, str]] = []  # with the unit of the cell
        words: dict[str, list[TableRow]] = {}
        for row in rows:
            text = row.text(self.field)
            if not text:
                self.found[row.line] = None
            elif any(letter.isdigit() for letter in text):
                tail = _TAIL.fullmatch(text)
                plain_row = _with_text(row, self.field, tail[1] if tail else text)
                numbers.append((plain_row, tail[2].lower() if tail else ""))
            else:
                words.setdefault(text, []).append(row)
        unit = self._numbers(numbers)
        for text, places in words.items():
            self._word(text, places, unit)

    def _numbers(self, numbers: list[tuple[TableRow, str]]) -> str:
        """Read the numbers; the unit that those without one of their own have."""
        forms = time_forms([(row, self.field) for row, _ in numbers])
        if forms.dated:
            first = numbers[0][0]
            self._fault(first, f"a date, where {self.table.heading(self.field)!r} holds a number")
            return ""
        self.problems += forms.problems
        self.notes += forms.notes
        unit = self._unit([(row, own) for row, own in numbers])
        read = {
            row.line: (row, Fraction(text), own)
            for row, own in numbers
            if (text := forms.text(row, self.field)) and NUMBER.fullmatch(text)
        }
        scale = Fraction(1) if self.is_size else self._scale(read.values())
        for line, (row, number, own) in read.items():
            factor = UNIT_OF[own or unit].size if self.is_size and (own or unit) else scale
            value = number * factor
            if self._is_possible(row, value):
                self.found[line] = value
        return unit

    def _is_possible(self, row: TableRow, value: Fraction) -> bool:
        text = row.text(self.field)
        if self.is_size and value < 0:
            self._fault(row, f"a size below 0: {text} (correct it)")
        elif not self.is_size and value < _LOWEST:
            self._fault(row, f"a change below -100 %: {text} (nothing is smaller than nothing)")
        else:
            return True
        return False

    def _unit(self, numbers: list[tuple[TableRow, str]]) -> str:
        """The unit of sizes without one in their cell; empty where none is stated."""
        stated = self.table.units.get(self.field, "") if self.is_size else ""
        if self.is_size and self.table.has("unit"):
            return self._unit_column([row for row, _ in numbers], stated)
        if stated in UNIT_OF and self.reading.sizes_in not in ("", stated):
            heading = self.table.heading(self.field)
            self._head(f"{heading!r} states {stated}, and the option {self.reading.sizes_in} "
                       f"(leave out --option sizes-in={self.reading.sizes_in})")  # fmt: skip
        unit = (stated or self.reading.sizes_in) if self.is_size else ""
        bare = [row for row, own in numbers if not own]
        if self.is_size and not unit and 0 < len(bare) < len(numbers):
            what = f"in which unit? {bare[0].text(self.field)!r}, and other sizes state theirs "
            self._fault(bare[0], f"{what}(write it, or --option sizes-in=mm for the others)")
        return unit

    def _unit_column(self, rows: list[TableRow], heading: str) -> str:
        """The unit that the column of units has in every row."""
        found = {row.text("unit").lower(): row for row in reversed(rows) if row.text("unit")}
        unknown = [row for unit, row in found.items() if unit not in ("mm", "cm")]
        for row in unknown:
            where = row.where("unit")
            text = f"no unit of a length: {row.text('unit')!r} (write mm or cm)"
            self.problems.append(Problem(where, text))
        if len(found) > 1 and not unknown:
            row = list(found.values())[-1]
            text = f"two units in one column: {', '.join(sorted(found))} (convert one of them)"
            self.problems.append(Problem(row.where("unit"), text))
        unit = next(iter(found), "") if not unknown else ""
        return unit or heading or self.reading.sizes_in

    def _scale(self, read: Iterable[tuple[TableRow, Fraction, str]]) -> Fraction:
        """What a change is multiplied by: 1, or 100 where changes are shares."""
        numbers = [(row, number) for row, number, own in read if not own]
        stated = self.table.units.get(self.field, "")
        if self.reading.changes_in:
            return _WHOLE if self.reading.changes_in == "shares" else Fraction(1)
        low = min((number for _, number in numbers), default=Fraction(0))
        high = max((number for _, number in numbers), default=Fraction(0))
        if not stated and low >= -1 and high <= _MOST_SHARES and (low or high):
            both = (f"{_signed(low * size)} to {_signed(high * size)} %" for size in (1, 100))
            what = "every change lies between -1 and {}: percent ({}), or shares ({})? "
            what += "(--option changes-in=percent, or changes-in=shares)"
            self._head(what.format(max(1, math.ceil(high)), *both))
        return Fraction(1)

    def _word(self, text: str, rows: list[TableRow], unit: str) -> None:
        """Read a word of several rows, each in the same way."""
        length = _length_of(text) if self.is_size else NOT_MEASURED.get(plain(text), text)
        if isinstance(length, str):
            known = [*WORDS, "BLQ"] if self.is_size else ["NE"]
            kind = "size" if self.is_size else "change in percent"
            for row in rows:
                self._fault(row, f"not a {kind}: {text!r} (write a number; {near(text, known)})")
            return
        if length is not None and length != 0:
            length = self._default_size(text, rows, unit)
        for row in rows:
            self.found[row.line] = length

    def _default_size(self, text: str, rows: list[TableRow], unit: str) -> Fraction | None:
        """What a lesion that is too small to measure counts."""
        count = f"{len(rows)} cells" if len(rows) > 1 else "1 cell"
        if self.reading.too_small == "NE":
            self.notes.append(Problem(self._where, f"{text!r} is read as not measured, in {count}"))
            return None
        if not unit:
            self._fault(rows[0], f"{text!r} counts {self.reading.too_small} mm: in which unit are "
                        "the other sizes? (--option sizes-in=mm, or sizes-in=cm)")  # fmt: skip
        self.too_small += len(rows)
        what = f"{text!r} is read as too small to measure, {self.reading.too_small} mm, in {count} "
        what += "(RECIST 1.1; --option too-small=NE for not measured)"
        self.notes.append(Problem(self._where, what))
        return Fraction(self.reading.too_small)

    @property
    def _where(self) -> Where:
        row = self.table.rows[0]
        return Where(row.file, 1, row.where(self.field).column)

    def _head(self, what: str) -> None:
        self.problems.append(Problem(self._where, what))

    def _fault(self, row: TableRow, what: str) -> None:
        self.problems.append(Problem(row.where(self.field), f"{row.text('id')}: {what}"))


def _signed(number: Fraction) -> str:
    return f"{float(number):+g}" if number else "0"


NOT_MEASURED: Mapping[str, None] = {word: None for word, size in LENGTHS.items() if size is None}


def _length_of(text: str) -> Fraction | str | None:
    """The length of a word in millimetres, None of one not measured; the word where unknown."""
    if folded(text) in words_of("too small"):
        return Fraction(1)
    if plain(text) in LENGTHS:
        length = LENGTHS[plain(text)]
        return None if length is None else Fraction(length, NM_PER_MM)
    return text


def _with_text(row: TableRow, field: str, text: str) -> TableRow:
    """The row with another text of a field."""
    number = row.layout.fields[field]
    return attrs.evolve(row, texts=(*row.texts[:number], text, *row.texts[number + 1 :]))


def printed_change(text: str) -> tuple[Fraction, Fraction] | None:
    """A printed percentage and half a unit of its last digit; None where it is none.

    >>> printed_change("-33.3 %"), printed_change("n.d.")
    ((Fraction(-333, 10), Fraction(1, 20)), None)
    """
    plain_text = text.replace("−", "-").replace("%", "").strip()
    if not NUMBER.fullmatch(plain_text):
        return None
    _, _, decimals = plain_text.partition(".")
    digits = len(decimals) if decimals.isdecimal() else 0
    return Fraction(plain_text), Fraction(1, 2 * 10**digits)
