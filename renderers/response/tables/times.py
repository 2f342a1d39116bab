"""The times of a table of changes, as days since its time zero."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from renderers.response.tables.request import ChangeReading
from renderers.response.tables.shapes import ShapedTable
from renderers.tables.columns import Problems
from renderers.tables.csv_table import TableRow
from renderers.tables.date_mistakes import beyond_life
from renderers.tables.time_forms import TimeForms, time_forms
from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.durations import days_per
from timeline.core.problem import Problem, Where
from timeline.core.span import Span
from timeline.core.text.spelling import folded

_STUDY_DAYS = ("ady", "trdy", "visitdy", "dthady", "dthdy", "study day")  # no day 0
_UNIT_WORDS = (
    (re.compile(r"\b(?:days?|.*dy)\b"), "days"),
    (re.compile(r"\bweeks?\b"), "weeks"),
    (re.compile(r"\bmonths?\b"), "months"),
    (re.compile(r"\byears?\b"), "years"),
)


@attrs.frozen(kw_only=True)
class Times:
    """The times of a table.

    Attributes:
        by_line: days since time zero by the line of the row; of dates without a start, ordinals.
        deaths: the same of deaths, by patient.
        dated: whether they are dates.
        has_start: whether dates count from a start that the table states.
        is_study_day: whether they are study days, of which the first is day 1.
        unit: the unit of numbers.
    """

    by_line: Mapping[int, Span]
    deaths: Mapping[str, Span]
    dated: bool
    has_start: bool
    is_study_day: bool = False
    unit: str = "days"
    problems: Problems = ()
    notes: Problems = ()


def times_of(table: ShapedTable, rows: Sequence[TableRow], reading: ChangeReading) -> Times:
    """The times of some rows, and every fault of them."""
    fields = [name for name in ("time", "start", "death") if table.has(name)]
    cells = [(row, name) for row in rows for name in fields]
    forms = time_forms(cells, reading.dates, deciding=("time",))
    made = _Reading(table=table, reading=reading, forms=forms, dated=forms.dated)
    made.problems += forms.problems
    made.read(rows)
    return Times(
        by_line=made.found,
        deaths=made.deaths,
        dated=forms.dated,
        has_start=forms.dated and table.has("start"),
        is_study_day=made.is_study_day,
        unit=made.unit,
        problems=tuple(made.problems),
        notes=forms.notes,
    )


@attrs.define(kw_only=True)
class _Reading:
    """The times while they are read."""

    table: ShapedTable
    reading: ChangeReading
    forms: TimeForms
    dated: bool
    found: dict[int, Span] = attrs.field(factory=dict)
    deaths: dict[str, Span] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)
    is_study_day: bool = False
    unit: str = "days"

    def read(self, rows: Sequence[TableRow]) -> None:
        heading = folded(self.table.heading("time"))
        if not self.dated:
            self.unit = self._unit(heading)
            self.is_study_day = heading in _STUDY_DAYS
            if not self.unit:
                return
        for row in rows:
            span = self._span(row, "time")
            if span is not None:
                self.found[row.line] = span
            if self.table.has("death") and (died := self._span(row, "death")) is not None:
                self.deaths.setdefault(row.text("id"), died)

    def _unit(self, heading: str) -> str:
        stated = self.reading.unit_of or self.table.units.get("time", "")
        if stated:
            plain = stated if stated.endswith("s") else f"{stated}s"
            days_per(plain)
            return plain
        named = next((unit for pattern, unit in _UNIT_WORDS if pattern.search(heading)), "")
        if not named:
            row = self.table.rows[0]
            where = Where(row.file, 1, row.where("time").column)
            what = f"{self.table.heading('time')!r} holds numbers: in which unit? (--option "
            self.problems.append(Problem(where, f"{what}numbers-in=days, weeks, months or years)"))
        return named

    def _span(self, row: TableRow, field: str) -> Span | None:
        text = self.forms.text(row, field)
        if not text:
            if field == "time" and text == "":
                what = f"{row.text('id')}: no time (write it, or leave the row out)"
                self.problems.append(Problem(row.where(field), what))
            return None
        if self.dated:
            return self._since(row, parse_edtf(text).span)
        size = days_per(self.unit)
        if too_far := beyond_life(text, size):
            self.problems.append(Problem(row.where(field), f"{row.text('id')}: {too_far}"))
            return None
        number = Fraction(text)
        if self.is_study_day:
            if number == 0:
                what = f"{row.text('id')}: there is no study day 0 (the day before day 1 is -1)"
                self.problems.append(Problem(row.where(field), what))
                return None
            number -= 1 if number > 0 else 0
        return Span.point(number * size)

    def _since(self, row: TableRow, span: Span) -> Span | None:
        """Days since the start that the row states; the day itself where the table has none."""
        if not self.table.has("start"):
            return span
        text = self.forms.text(row, "start")
        if not text:
            if text == "":
                what = f"{row.text('id')}: no start (write it, or leave the row out)"
                self.problems.append(Problem(row.where("start"), what))
            return None
        return span - parse_edtf(text).span
