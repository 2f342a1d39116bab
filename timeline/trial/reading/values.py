"""The values of columns as arrays of numpy: text, dates, whole numbers and flags.

Text is read once for each different value, dates written as text too; nothing is cast: a column of
another type than its role needs is a fault, and the advice says what to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.trial.problems import Problems, shown_values
from timeline.trial.reading.arrow import array_of, booleans_of, nulls_of, numpy_of, strings_of
from timeline.trial.reading.columns import ColumnRole
from timeline.trial.reading.dates import DAY, MISSING, UNREADABLE, DateColumn, read_date
from timeline.trial.reading.sources import SourceTable, UnreadableTable

Array = npt.NDArray[Any]
NO_TEXT = -1


class TextColumn:
    """Text as codes: ``words[code]``, and `NO_TEXT` where the cell is empty.

    Attributes:
        code: the code of each row.
        dictionary: the words as an array of pyarrow; None where there is none.
        whole_numbers: True where the column held whole numbers, which are written in digits.
    """

    def __init__(self, code: Array, dictionary: Any = None, *, whole_numbers: bool = False) -> None:
        self.code, self.dictionary, self.whole_numbers = code, dictionary, whole_numbers

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The word of each code."""
        return (
            ()
            if self.dictionary is None
            else tuple(word or "" for word in self.dictionary.to_pylist())
        )

    @property
    def missing(self) -> Array:
        """Where the cell is empty."""
        found: Array = self.code == NO_TEXT
        return found

    @property
    def is_one(self) -> bool:
        """Whether every cell is the same word, or every cell is empty."""
        return not len(self.code) or bool(self.code.min() == self.code.max())

    def texts(self, places: Array) -> list[str]:
        """The text of some rows, empty where the cell is."""
        return [self.words[code] if code >= 0 else "" for code in self.code[places]]

    def map(self, table: Sequence[int] | Array, missing: int = NO_TEXT) -> Array:
        """A number for each row, from one for each word."""
        padded = np.append(np.asarray(table, dtype=np.int64), missing)
        found: Array = padded[self.code]
        return found


@attrs.frozen(kw_only=True)
class TableReader:
    """Reads the columns of one table and keeps every fault."""

    source: SourceTable
    chosen: dict[str, str]  # the name of the column by role
    problems: Problems

    def has(self, role: str) -> bool:
        """Whether the table has the column of a role."""
        return role in self.chosen

    def _column(self, role: str) -> Any:
        """The column as one array of pyarrow; None where it cannot be read."""
        import pyarrow

        name = self.chosen[role]
        try:
            column = self.source.column(name)
        except UnreadableTable as fault:
            self._wrong_type(role, str(fault))
            return None
        if isinstance(column, pyarrow.ChunkedArray):
            if pyarrow.types.is_dictionary(column.type):
                column = column.unify_dictionaries()
            column = column.combine_chunks()
            if isinstance(column, pyarrow.ChunkedArray):  # of no chunk
                column = pyarrow.nulls(0, column.type)
        return column

    def _wrong_type(self, role: str, what: str) -> None:
        self.problems.add("wrong_type", self.source.label, what, column=self.chosen[role])

    def _empty(self, role: str) -> bool:
        return role not in self.chosen or self.source.rows == 0

    def identifiers(self, role: str) -> TextColumn:
        """A column of identifiers as text; whole numbers are taken, written in digits.

        Rows of one subject mostly follow one another, so that only the first of each run is read.
        A word can have several codes.
        """
        import pyarrow.compute as compute

        column = None if self._empty(role) else self._column(role)
        if column is None or not _is_text(column.type):
            return self._text(role, column, identifier=True)
        changes = compute.not_equal(column.slice(1), column.slice(0, len(column) - 1))
        starts = np.append(True, booleans_of(changes))
        runs = column.take(array_of(np.flatnonzero(starts)))
        codes = np.where(nulls_of(runs), NO_TEXT, np.arange(len(runs)))[np.cumsum(starts) - 1]
        return _trimmed(codes, runs, whole=False)

    def text(self, role: str) -> TextColumn:
        """A column of text."""
        return self._text(role, None if self._empty(role) else self._column(role))

    def _text(self, role: str, column: Any, *, identifier: bool = False) -> TextColumn:
        """Text from an array of pyarrow; None is a column that is not there."""
        import pyarrow
        import pyarrow.compute

        empty = TextColumn(np.full(self.source.rows, NO_TEXT, dtype=np.int32))
        if column is None or column.null_count == len(column):  # of any type: pandas has floats
            return empty
        of_words = column.type
        if pyarrow.types.is_dictionary(of_words):
            of_words = of_words.value_type
        whole = identifier and pyarrow.types.is_integer(of_words)
        if not whole and not _is_text(of_words):
            self._wrong_type(
                role, f"values are of type {of_words}, not text ({_ADVICE[identifier]})"
            )
            return empty
        if not pyarrow.types.is_dictionary(column.type):
            column = pyarrow.compute.dictionary_encode(column)
        return _trimmed(numpy_of(column.indices, NO_TEXT), column.dictionary, whole=whole)

    def dates(self, role: str) -> DateColumn:
        """A column of dates: of a date type, or text that may lack the day or the month."""
        import pyarrow

        count = self.source.rows
        if self._empty(role):
            return DateColumn.empty(count)
        column = self._column(role)
        if column is None:
            return DateColumn.empty(count, UNREADABLE)
        if pyarrow.types.is_null(column.type):
            return DateColumn.empty(count)
        kind = column.type
        of_words = kind.value_type if pyarrow.types.is_dictionary(kind) else kind
        if _is_text(of_words):
            return self._dates_of_text(role)
        if pyarrow.types.is_date(kind):
            return _whole_dates(column.cast(pyarrow.date32()))
        if pyarrow.types.is_timestamp(kind):
            return self._dates_of_times(role, column)
        self._wrong_type(role, f"values are of type {kind}, not dates (write 2024-03-15)")
        return DateColumn.empty(count, UNREADABLE)

    def _dates_of_text(self, role: str) -> DateColumn:
        text = self.text(role)
        read = [read_date(word) for word in text.words]
        parts = np.array([*read, (0, MISSING)], dtype=np.int64).reshape(-1, 2)[text.code]
        day, precision = parts[:, 0], parts[:, 1].astype(np.int8)
        wrong = precision == UNREADABLE
        self.problems.add_where(
            "unreadable_date",
            self.source.label,
            wrong,
            lambda at: (
                f"no date: {shown_values(text.texts(at))} (write 2024-03-15, or 2024-03 "
                "where the day is not known)"
            ),
            column=self.chosen[role],
        )
        return DateColumn(day=day, precision=precision)

    def _dates_of_times(self, role: str, column: Any) -> DateColumn:
        import pyarrow

        if column.type.tz is not None:
            advice = "write the day at the clinic, without a time zone"
            self._wrong_type(role, f"times with a time zone, {column.type.tz} ({advice})")
            return DateColumn.empty(self.source.rows, UNREADABLE)
        return _whole_dates(
            column.cast(pyarrow.timestamp("us"), safe=False).cast(pyarrow.date32(), safe=False)
        )

    def numbers(self, role: str) -> Array:
        """A column of numbers as 64-bit floats, NaN where the cell is empty."""
        import pyarrow

        none = np.full(self.source.rows, np.nan)
        column = None if self._empty(role) else self._column(role)
        if column is None or pyarrow.types.is_null(column.type):
            return none
        kind = column.type
        types = pyarrow.types
        if types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind):
            return numpy_of(column.cast(pyarrow.float64()), np.nan)
        if _is_text(kind.value_type if pyarrow.types.is_dictionary(kind) else kind):
            return self._numbers_of_text(role)
        self._wrong_type(role, f"values are of type {kind}, not numbers (write 12 or 12.5)")
        return none

    def _numbers_of_text(self, role: str) -> Array:
        text = self.text(role)
        read = [_number(word) for word in text.words]
        wrong = text.map([value is None for value in read], 0).astype(bool)
        self.problems.add_where(
            "wrong_type",
            self.source.label,
            wrong,
            lambda at: f"no number: {shown_values(text.texts(at))} (write 12 or 12.5)",
            column=self.chosen[role],
        )
        known = np.array([np.nan if value is None else value for value in [*read, None]])
        return known[text.code]

    def flags(self, role: str) -> Array:
        """A column of Y, N or nothing: True where it is Y."""
        text = self.text(role)
        wrong = text.map([word not in ("Y", "N") for word in text.words], 0).astype(bool)
        self.problems.add_where(
            "unknown_flag",
            self.source.label,
            wrong,
            lambda at: f"neither Y nor N: {shown_values(text.texts(at))} (write Y, N or nothing)",
            column=self.chosen.get(role, ""),
        )
        return text.map([word == "Y" for word in text.words], 0).astype(bool)


_ADVICE = {
    True: "write identifiers as text, or as whole numbers in every table",
    False: "write words, or give the words that the numbers stand for",
}


def _is_text(kind: Any) -> bool:
    import pyarrow

    types = pyarrow.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _trimmed(codes: Array, dictionary: Any, *, whole: bool) -> TextColumn:
    """Codes of words without the blanks around them; words that then are one share a code."""
    import pyarrow
    import pyarrow.compute as compute

    codes = codes.astype(np.int32, copy=False)
    words = dictionary.cast(pyarrow.string())
    bare = words if whole else compute.utf8_trim_whitespace(words)
    lengths = numpy_of(compute.binary_length(words), 1)
    if whole or (bare.equals(words) and bool(lengths.all())):
        return TextColumn(codes, words, whole_numbers=whole)
    every = bare.to_pylist()
    order = {word: place for place, word in enumerate(dict.fromkeys(filter(None, every)))}
    table = np.array([*(order.get(word, NO_TEXT) for word in every), NO_TEXT], dtype=np.int32)
    return TextColumn(table[codes], strings_of(list(order)))


def _whole_dates(column: Any) -> DateColumn:
    import pyarrow

    day = numpy_of(column.cast(pyarrow.int32()), 0)
    precision = np.where(nulls_of(column), np.int8(MISSING), np.int8(DAY))
    return DateColumn(day=day.astype(np.int64), precision=precision)


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def choose_columns(
    source: SourceTable,
    roles: Sequence[ColumnRole],
    named: dict[str, str],
    problems: Problems,
    table: str,
) -> dict[str, str]:
    """The name of the column for each role that a table has, and a fault for each it lacks."""
    chosen: dict[str, str] = {}
    for role in roles:
        wanted = (named[role.name],) if role.name in named else role.standard
        found = next((each for each in wanted if each in source.names), None)
        if found is not None:
            chosen[role.name] = found
        elif role.name in named and _is_meant(named[role.name], role, table):
            advice = f"columns={{'{role.name}': ...}}; it has {', '.join(source.names[:20])}"
            problems.add("missing_column", source.label, f"no column {named[role.name]} ({advice})")
        elif table in role.required and not (role.name == "date" and "day" in named):
            names = " or ".join(role.standard)
            advice = f"{column_advice(role, source)}; it has {', '.join(source.names[:20])}"
            problems.add(
                "missing_column", source.label, f"no column {names}, {role.description} ({advice})"
            )
    return chosen


def column_advice(role: ColumnRole, source: SourceTable) -> str:
    """How a column is named: where it has a standard name in other letters, that one."""
    alike = [each for each in source.names if each.upper() in role.standard]
    name = repr(alike[0]) if alike else "NAME"
    days = ", or of study days columns={'day': NAME}" if role.name == "date" else ""
    return f"write columns={{'{role.name}': {name}}}{days if not alike else ''}"


def _is_meant(name: str, role: ColumnRole, table: str) -> bool:
    """Whether a name that the user gave must be in this table: always where only it can have it."""
    return bool(name) and (len(role.tables) == 1 or table in role.required)
