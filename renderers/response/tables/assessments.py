"""The rows of one patient as assessments in order of time, and what contradicts itself in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import attrs

from renderers.response.tables.shapes import Kind, ShapedTable
from renderers.response.tables.values import NOT_MEASURED
from renderers.tables.csv_table import TableRow
from renderers.tables.labels import kind_of, words_of, yes_no
from timeline.core.problem import Problem, Where
from timeline.core.span import Span, latest
from timeline.core.text.spelling import folded
from timeline.record.findings import plain
from timeline.terminology.criteria import LABELS, meaning
from timeline.terminology.response_codes import Code

_ONE_VISIT = 28  # days; rows of one visit that are farther apart are assessments of their own
_FEW_PAIRS, _FEW_VALUES = 2, 6  # from which, and up to which, a column tells rows apart
NO_LESION = ""  # the lesion of a sum or a change


@attrs.frozen(kw_only=True)
class Assessment:
    """What was measured of a patient at one time.

    Attributes:
        days: days since time zero, or an ordinal; None where the table has no times.
        values: millimetres by lesion, or a percentage; None: not measured.
        rows: the rows of the table.
        is_flagged: whether the table marks it as the baseline.
        label: the response at it, empty where none is stated.
        has_new: whether a new lesion is stated.
        has_non_target: whether progression of non-target lesions is stated.
        printed: a change that the table states besides a sum.
    """

    days: Span | None
    values: Mapping[str, Fraction | None]
    rows: tuple[TableRow, ...]
    is_flagged: bool = False
    label: str = ""
    has_new: bool = False
    has_non_target: bool = False
    printed: str = ""

    @property
    def place(self) -> str:
        """Where it begins in the table."""
        return str(self.rows[0].where())


@attrs.define(kw_only=True)
class Assessing:
    """The assessments of a table while they are made, with what is wrong in them."""

    table: ShapedTable
    kind: Kind
    field: str
    days: Mapping[int, Span]
    values: Mapping[int, Fraction | None]
    problems: list[Problem] = attrs.field(factory=list)
    twice: list[tuple[TableRow, TableRow, str]] = attrs.field(factory=list)
    repeated: list[TableRow] = attrs.field(factory=list)

    def of_patients(self, rows: Iterable[TableRow]) -> dict[str, tuple[Assessment, ...]]:
        """The assessments of each patient, in order of time."""
        by_patient: dict[str, list[TableRow]] = defaultdict(list)
        for row in rows:
            by_patient[row.text("id")].append(row)
        made = {name: self._of_one(mine) for name, mine in by_patient.items()}
        self._name_twice()
        return made

    def _name_twice(self) -> None:
        """Two values of one lesion at one time: one fault if one column tells them all apart."""
        telling = _telling_columns([(one, other) for one, other, _ in self.twice])
        if telling and self.kind is not Kind.BEST:
            first = self.twice[0][0]
            heading, value = next(iter(telling.items()))
            what = f"{len(self.twice)} values are there twice, in rows that differ in "
            text = f"{what}{', '.join(telling)} (choose rows: --option 'only={heading}: {value}')"
            self.problems.append(Problem(Where(first.file, 1, 1), text))
            return
        for before, row, lesion in self.twice if self.kind is not Kind.BEST else ():
            what = f"{lesion or 'the patient'} at one time"
            both = f"{before.text(self.field)} (line {before.line}) and {row.text(self.field)}"
            text = f"{row.text('id')}: two values of {what}: {both} (keep one)"
            self.problems.append(Problem(row.where(self.field), text))

    def _of_one(self, rows: Sequence[TableRow]) -> tuple[Assessment, ...]:
        groups = self._groups([row for row in rows if row.line in self.days])
        made = [self._assessment(group, self._hull(group)) for group in groups]
        if self.kind is Kind.BEST:
            made = [self._assessment(list(rows), None)]
        return tuple(sorted(made, key=lambda each: (each.days.low, each.days.high)
                            if each.days else (0, 0)))  # fmt: skip

    def _groups(self, rows: Sequence[TableRow]) -> list[list[TableRow]]:
        """Rows of one visit together, where the table names visits; else rows of one time."""
        by_visit: dict[str, list[TableRow]] = defaultdict(list)
        if self.kind is Kind.SIZE:
            for row in rows:
                by_visit[folded(row.text("visit"))].append(row)
        whole = [
            group
            for visit, group in by_visit.items()
            if visit and self._hull(group).high - self._hull(group).low < _ONE_VISIT
        ]
        together = {row.line for group in whole for row in group}
        by_time: dict[Span, list[TableRow]] = defaultdict(list)
        for row in rows:
            if row.line not in together:
                by_time[self.days[row.line]].append(row)
        return [*whole, *by_time.values()]

    def _hull(self, rows: Sequence[TableRow]) -> Span:
        first, *others = (self.days[row.line] for row in rows)
        for each in others:
            first = first.hull(each)
        return first

    def _assessment(self, rows: list[TableRow], days: Span | None) -> Assessment:
        """One assessment; of a visit of several days the day is the last."""
        last = None if days is None else latest(self.days[row.line] for row in rows)
        label, has_new = self._label(rows), self._has_new(rows)
        non_target = self.one_of(rows, "non-target", "non-target responses at one time") or None
        measured = [row for row in rows if self._is_measured_row(row)]
        return Assessment(
            days=last,
            values=self._values(measured),
            rows=tuple(rows),
            is_flagged=any(yes_no(row.text("baseline")) for row in rows),
            label=label,
            has_new=has_new,
            has_non_target=non_target is not None and meaning(non_target) is Code.PD,
            printed=next((row.text("change") for row in rows if self.field != "change"), ""),
        )

    def _is_measured_row(self, row: TableRow) -> bool:
        """Whether a row holds a size of a target lesion, or a sum."""
        return self.kind is not Kind.SIZE or lesion_group(row) in ("", "target")

    def _values(self, rows: Sequence[TableRow]) -> dict[str, Fraction | None]:
        """The value of each lesion; two of one lesion are a fault, unless they are equal."""
        found: dict[str, Fraction | None] = {}
        first: dict[str, TableRow] = {}
        for row in rows:
            if row.line not in self.values:
                continue
            lesion = row.text("lesion") if self.kind is Kind.SIZE else NO_LESION
            value = self.values[row.line]
            before = first.setdefault(lesion, row)
            if before is row or found[lesion] is None:
                found[lesion] = value
            elif value is not None and value != found[lesion]:
                self.twice.append((before, row, lesion))
            elif value is not None:
                self.repeated.append(row)
        return found

    def _label(self, rows: Sequence[TableRow]) -> str:
        """The response at an assessment; two different ones, and an unknown word, are faults."""
        return self.one_of(rows, "response", "response at one time")

    def one_of(self, rows: Sequence[TableRow], field: str, what: str) -> str:
        """The one label of a field among some rows; empty where none is stated."""
        found: dict[str, TableRow] = {}
        for row in rows:
            text = row.text(field)
            if not text:
                continue
            kind = kind_of(text)
            if kind is None or kind.marker not in LABELS:
                known = "write CR, PR, SD, PD or NE, or a word of the criterion"
                where = row.where(field)
                fault = Problem(where, f"{row.text('id')}: no response: {text!r} ({known})")
                if fault not in self.problems:
                    self.problems.append(fault)
                continue
            found.setdefault(kind.marker, row)
        if len(found) > 1:
            one, other = list(found.items())[:2]
            text = f"{one[0]} (line {one[1].line}) and {other[0]}"
            where = other[1].where(field)
            self.problems.append(Problem(where, f"{other[1].text('id')}: two of {what}: {text} "
                                         "(keep one)"))  # fmt: skip
        return next(iter(found), "")

    def _has_new(self, rows: Sequence[TableRow]) -> bool:
        """Whether a row states a new lesion: in a column of its own, or as the kind of lesion."""
        for row in rows:
            text = row.text("new")
            if text and yes_no(text) is None and plain(text) not in NOT_MEASURED:
                where = row.where("new")
                what = f"{row.text('id')}: neither yes nor no: {text!r} (write yes or no)"
                self.problems.append(Problem(where, what))
        return any(yes_no(row.text("new")) for row in rows) or any(
            lesion_group(row) == "new" for row in rows
        )


def _telling_columns(pairs: Sequence[tuple[TableRow, TableRow]]) -> dict[str, str]:
    """Columns that no field reads, in some of which the rows of each of several pairs differ.

    Returns:
        Their headings, each with a value. Nothing where some pair differs in none of them; a
        column with many values may only count rows, and is left out.
    """
    if len(pairs) < _FEW_PAIRS:
        return {}
    found: dict[str, str] = {}
    told: set[int] = set()
    for number, heading in pairs[0][0].layout.unread:
        values = {row.texts[number] for pair in pairs for row in pair}
        differing = {n for n, (one, other) in enumerate(pairs)
                     if one.texts[number] != other.texts[number]}  # fmt: skip
        if differing and len(values) <= _FEW_VALUES:
            found[heading] = max(values)
            told |= differing
    return found if len(told) == len(pairs) else {}


def lesion_group(row: TableRow) -> str:
    """Whether a row is of a ``target``, an ``other`` or a ``new`` lesion; empty: not stated."""
    text = folded(row.text("kind"))
    if not text:
        return ""
    for name, words in (("target", "target lesion"), ("other", "other lesion"),
                        ("new", "new lesion found")):  # fmt: skip
        if text in words_of(words):
            return name
    answer = yes_no(text)
    return "target" if answer else "other"
