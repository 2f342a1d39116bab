"""Large tables of survival times, read as arrays.

Some rows are read as those of every table: the first with each event, group, stratum, unit and
endpoint, those with the least and the greatest time, and some between. They decide what the table
means, so that every other row is looked up. A table in which anything is not plain is not read
here; row by row each fault of it is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from renderers.survival.tables.from_table import FIELDS, Times, TimesReading, times_of
from renderers.tables.columns import Layout, column_of, table_layout
from renderers.tables.csv_table import MISSING, Table, cell_text
from renderers.tables.frames import NAME, cell_of, frame_columns
from timeline.core.problem import Problem, Where
from timeline.core.text.spelling import folded

Array = npt.NDArray[Any]
LARGE = 20_000  # rows; fewer are read one by one in less than a second
_MOST_KINDS = 2_000  # different words in a column that is read
_BETWEEN = 200  # rows that are read besides, evenly spaced
_FIRST_LINE = 2  # of the rows, below the headings
_BLANK = re.compile(r"\s")
_EXACT = 20_000  # different times that are converted as fractions


@attrs.frozen(kw_only=True)
class LargeTable:
    """The columns of a table: of each its heading, its values, and the texts of a row.

    ``row_texts``: the texts of some rows, by their numbers from 0.
    """

    name: str
    headings: tuple[str, ...]
    values: Callable[[int], Any]
    row_texts: Callable[[Sequence[int]], list[tuple[str, ...]]]
    size: int


@attrs.frozen(kw_only=True, eq=False)
class TimesInArrays:
    """What a large table holds: ``times``, ``events`` and so on have a value for each patient.

    Attributes:
        found: what some of the rows say of the table: its unit, its endpoint, its headings.
        times: in the unit of ``found``.
        events: whether the event was observed.
        competing: whether the competing event was; empty where none is stated.
        groups: the group of each; empty where there are none.
        strata: the stratum of each; empty where there are none.
        notes: what was noticed.
    """

    found: Times
    times: npt.NDArray[np.float64]
    events: npt.NDArray[np.bool_]
    competing: npt.NDArray[np.bool_]
    groups: tuple[str, ...]
    strata: tuple[str, ...]
    notes: tuple[Problem, ...]


def of_frame(frame: Any, name: str = NAME) -> LargeTable | None:
    """A data frame as a large table; None of anything else, and of a small one."""
    found = frame_columns(frame)
    if found is None or len(found) < LARGE:
        return None

    def row_texts(rows: Sequence[int]) -> list[tuple[str, ...]]:
        return [tuple(map(cell_of, row)) for row in found[list(rows)].iter_rows()]

    return LargeTable(
        name=name,
        headings=tuple(" ".join(str(heading).split()) for heading in found.columns),
        values=lambda number: found[found.columns[number]].to_numpy(),
        row_texts=row_texts,
        size=len(found),
    )


def of_sequences(
    name: str, headings: Sequence[str], cells: Sequence[Sequence[Any]]
) -> LargeTable | None:
    """Columns with a value for each patient as a large table; None of a small one."""
    if not cells or len(cells[0]) < LARGE:
        return None
    return LargeTable(
        name=name,
        headings=tuple(headings),
        values=lambda number: np.asarray(cells[number]),
        row_texts=lambda rows: [tuple(cell_of(each[row]) for each in cells) for row in rows],
        size=len(cells[0]),
    )


@attrs.frozen(kw_only=True, eq=False)
class _Kinds:
    """The different texts of a column by number in the order of the rows: ``codes`` of each row.

    ``firsts``: the row in which each is first. ``empty``: the number of the empty text, or -1.
    """

    codes: npt.NDArray[np.intp]
    firsts: npt.NDArray[np.intp]
    empty: int = -1


def read_large(
    table: LargeTable, names: Mapping[str, str], unit: str, reading: TimesReading
) -> TimesInArrays | None:
    """The times of a large table; None where it has to be read row by row.

    Args:
        table: its columns.
        names: the table's own names of fields.
        unit: of the times returned; empty for that of the table.
        reading: how the table is read.
    """
    if reading.dates:
        return None
    fields = FIELDS if not reading.named_group or "group" in names else attrs.evolve(
        FIELDS, optional=tuple(each for each in FIELDS.optional if each != "group"))  # fmt: skip
    layout, problems = table_layout(Where(table.name), table.headings, fields, names)
    strata = [column_of(name, table.headings) for name in reading.strata]
    if problems or None in strata:
        return None
    reader = _Reader(table=table, layout=layout, strata=tuple(n for n in strata if n is not None))
    return reader.read(names, unit, reading)


@attrs.define(kw_only=True)
class _Reader:
    """A large table while it is read."""

    table: LargeTable
    layout: Layout
    strata: tuple[int, ...]
    _kinds: dict[int, _Kinds | None] = attrs.field(factory=dict, init=False)
    _differ: dict[int, bool] = attrs.field(factory=dict, init=False)

    def read(
        self, names: Mapping[str, str], unit: str, reading: TimesReading
    ) -> TimesInArrays | None:
        own = self._own_rows(reading.endpoint)
        days = self._times(own) if own is not None and len(own) else None
        if own is None or days is None:
            return None
        columns = {field: self.layout.fields[field] for field in ("event", "group", "unit")
                   if field in self.layout.fields}  # fmt: skip
        kinds = {number: self.kinds(number) for number in (*columns.values(), *self.strata)}
        sample = self._sample(own, days, kinds)
        if sample is None or not self._are_once(own):
            return None
        rows = zip(sample, self.table.row_texts(sample), strict=True)
        some = Table(
            file=self.table.name, line=1, headings=self.table.headings,
            rows=tuple((int(row) + _FIRST_LINE, texts) for row, texts in rows),
        )  # fmt: skip
        found, _ = times_of(some, names, unit, attrs.evolve(reading, is_part=True))
        if found is None or len(found.times) != len(sample):
            return None
        events = self._looked_up(columns["event"], sample, found.events)[own]
        competing = self._looked_up(columns["event"], sample, found.competing)
        groups = self._looked_up(columns.get("group"), sample, found.groups)
        return TimesInArrays(
            found=found,
            times=_in_unit(days, found),
            events=events.astype(bool),
            competing=competing[own].astype(bool) if len(competing) else np.zeros(0, bool),
            groups=tuple(groups[own].tolist()) if len(groups) else (),
            strata=self._stratum_of_each(own),
            notes=(*found.notes, *self._repeated(own)),
        )

    def kinds(self, number: int) -> _Kinds | None:
        if number not in self._kinds:
            self._kinds[number] = _kinds_of(self.table.values(number))
        return self._kinds[number]

    def _own_rows(self, endpoint: str) -> npt.NDArray[np.intp] | None:
        """The rows of the endpoint, from 0; None where it is not clear which that are."""
        number = self.layout.fields.get("endpoint")
        kinds = None if number is None else self.kinds(number)
        if number is None:
            return None if endpoint else np.arange(self.table.size)
        if kinds is None or len(kinds.firsts) > _MOST_KINDS:
            return None
        texts = [row[number] for row in self.table.row_texts(kinds.firsts.tolist())]
        if not endpoint:
            return np.arange(self.table.size) if len(texts) == 1 else None
        alike = np.array([folded(text) == folded(endpoint) for text in texts])
        return np.flatnonzero(alike[kinds.codes])

    def _times(self, own: npt.NDArray[np.intp]) -> npt.NDArray[np.float64] | None:
        """The times as the table has them; of dates the days from the start. None: read by row."""
        values = np.asarray(self.table.values(self.layout.fields["time"]))
        start = self.layout.fields.get("start")
        if values.dtype.kind in "iuf":
            return values[own].astype(float) if start is None else None
        if values.dtype.kind != "M" or start is None:
            return None
        first = np.asarray(self.table.values(start))
        if first.dtype.kind != "M" or np.isnat(first).any() or np.isnat(values).any():
            return None
        days = [each.astype("datetime64[D]") for each in (values, first)]
        if any((day != each).any() for day, each in zip(days, (values, first), strict=True)):
            return None
        between: npt.NDArray[np.float64] = (days[0] - days[1]).astype(float)[own]
        return between

    def _sample(
        self,
        own: npt.NDArray[np.intp],
        days: npt.NDArray[np.float64],
        kinds: Mapping[int, _Kinds | None],
    ) -> list[int] | None:
        """The rows that are read, in their order; None where they would be too many."""
        wrong = np.flatnonzero(~np.isfinite(days))[:1]
        places = np.concatenate([
            [0, len(own) - 1, int(np.argmin(days)), int(np.argmax(days))], wrong,
            np.linspace(0, len(own) - 1, _BETWEEN).astype(np.intp),
        ]).astype(np.intp)  # fmt: skip
        chosen = [own[places]]
        for each in kinds.values():
            if each is None:
                return None
            _, firsts = np.unique(each.codes[own], return_index=True)
            if len(firsts) > _MOST_KINDS:
                return None
            chosen.append(own[firsts])
        return [int(row) for row in np.unique(np.concatenate(chosen))]

    def _are_once(self, own: npt.NDArray[np.intp]) -> bool:
        """Whether no patient is twice in one curve."""
        number = self.layout.fields.get("id")
        if number is None or self._all_differ(number):
            return True
        patients = self.kinds(number)
        if patients is None:
            return False
        named = own[patients.codes[own] != patients.empty]
        codes = patients.codes[named]
        group = self.layout.fields.get("group")
        found = self.kinds(group) if group is not None else None
        if found is not None:
            codes = codes * (len(found.firsts) + 1) + found.codes[named]
        return len(np.unique(codes)) == len(named)

    def _all_differ(self, number: int) -> bool:
        """Whether a column holds plain words that all differ, as identifiers do."""
        if number not in self._differ:
            self._differ[number] = _plain_and_different(self.table.values(number))
        return self._differ[number]

    def _looked_up(self, number: int | None, sample: list[int], values: Sequence[Any]) -> Array:
        """What the sampled rows say, for every row of the table; nothing where they say nothing."""
        kinds = None if number is None else self.kinds(number)
        if kinds is None or not len(values):
            return np.zeros(0)
        by_code = np.empty(len(kinds.firsts), dtype=object)
        by_code[kinds.codes[sample]] = list(values)
        looked_up: Array = by_code[kinds.codes]
        return looked_up

    def _stratum_of_each(self, own: npt.NDArray[np.intp]) -> tuple[str, ...]:
        """The stratum of each row: its cells with commas between them, each as spelled first."""
        if not self.strata:
            return ()
        parts: list[Array] = []
        for number in self.strata:
            kinds = self.kinds(number)
            assert kinds is not None  # noqa: S101  (else nothing was sampled)
            present, firsts = np.unique(kinds.codes[own], return_index=True)
            order = np.argsort(firsts)
            texts = self.table.row_texts([int(own[firsts[each]]) for each in order])
            first: dict[str, str] = {}
            spelled = np.empty(len(kinds.firsts), dtype=object)
            for each, row in zip(order, texts, strict=True):
                plain = _plain(row[number])
                spelled[present[each]] = first.setdefault(folded(plain), plain)
            parts.append(spelled[kinds.codes[own]])
        if len(parts) == 1:
            return tuple(parts[0].tolist())
        return tuple(map(", ".join, zip(*(part.tolist() for part in parts), strict=True)))

    def _repeated(self, own: npt.NDArray[np.intp]) -> Iterator[Problem]:
        """Rows that are equal in every column, of a table that has more than what is read."""
        if not any(number not in self.strata for number, _ in self.layout.unread):
            return
        codes = np.zeros(len(own), dtype=np.int64)
        columns = range(len(self.table.headings))
        if any(self._all_differ(number) for number in columns):
            return
        for number in columns:
            kinds = self.kinds(number)
            if kinds is None:
                return
            codes = codes * (len(kinds.firsts) + 1) + kinds.codes[own]
            codes = np.unique(codes, return_inverse=True)[1]
            if codes.max() == len(own) - 1:  # all of them differ already
                return
        _, firsts = np.unique(codes, return_index=True)
        first = firsts[codes]
        for place in np.flatnonzero(first != np.arange(len(own))):
            what = (f"is equal in every column to line {own[first[place]] + _FIRST_LINE} "
                    "(two patients? both are counted)")  # fmt: skip
            yield Problem(Where(self.table.name, int(own[place]) + _FIRST_LINE, 1), what)


def _kinds_of(values: Any) -> _Kinds | None:
    """The different values of a column; None where they cannot be told apart."""
    values = np.asarray(values)
    if values.dtype.kind in "biufM":
        distinct, firsts, codes = np.unique(values, return_index=True, return_inverse=True)
        missing = np.flatnonzero(distinct != distinct)  # NaN and NaT equal nothing
        return _Kinds(codes=codes.reshape(-1), firsts=firsts, empty=int(max(missing, default=-1)))
    if values.dtype.kind not in "OUS":
        return None
    known: dict[Any, int] = {}
    try:
        codes = np.fromiter((known.setdefault(each, len(known)) for each in values.tolist()),
                            np.intp, len(values))  # fmt: skip
    except TypeError:  # a value that is no word and no number
        return None
    plain: dict[Any, int] = {}
    merged = np.fromiter((plain.setdefault(_plain(each), len(plain)) for each in known),
                         np.intp, len(known))  # fmt: skip
    codes = merged[codes]
    _, firsts = np.unique(codes, return_index=True)
    return _Kinds(codes=codes, firsts=firsts, empty=plain.get("", -1))


def _plain_and_different(values: Any) -> bool:
    """Whether all values are different words of ASCII without blanks: no two are read alike."""
    values = np.asarray(values)
    if values.dtype.kind not in "OUS" or values[0] == values[-1]:
        return False
    listed = values.tolist()
    try:
        whole = "\0".join(listed)
    except TypeError:
        return False
    plain = whole.isascii() and _BLANK.search(whole) is None
    return plain and len(set(listed)) == len(listed)


def _plain(value: Any) -> str:
    """The text of a value as tables are read; most identifiers are it already."""
    text = value if isinstance(value, str) else cell_of(value)
    if text.isalnum() and text.isascii() and text not in MISSING:
        return text
    found = cell_text(text)
    return "" if found in MISSING else found


def _in_unit(days: npt.NDArray[np.float64], found: Times) -> npt.NDArray[np.float64]:
    """Times in the unit of what was read, by the factor of the rows that were read exactly."""
    if found.factor == 1:
        return days
    distinct, places = np.unique(days, return_inverse=True)
    if len(distinct) > _EXACT:
        return days * float(found.factor)
    exact = [float(Fraction(cell_of(float(each))) * found.factor) for each in distinct]
    converted: npt.NDArray[np.float64] = np.array(exact)[places]
    return converted
