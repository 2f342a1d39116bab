"""The table of lines that a paper prints: regimen, dates, best response, PFS, stop and toxicity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from renderers.text.line_summary import (
    best_response_text,
    criterion_of,
    label_of,
    months,
    months_text,
    progression_free,
    statuses_of,
)
from renderers.text.translation import either
from timeline.core.calendar.dates import PartialDate, format_day, format_days
from timeline.core.calendar.durations import DEFAULT_MONTH
from timeline.core.calendar.partial_dates import Period
from timeline.core.ctcae_grades import Grades
from timeline.core.span import ANY, Span
from timeline.core.text.display import data_frame, html_table
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Toxicity, Treatment
from timeline.record.lines import Line
from timeline.results.alternatives import Anchor, days_and_months
from timeline.results.statuses import Outcome

HEADINGS = (
    *("Line", "Regimen", "Dates", "Criterion", "Best response", "PFS, months"),
    *("Reason for stop", "Toxicity"),
)
_COLUMNS = (
    *("line", "regimen", "dates", "criterion", "best_response", "best_response_confirmed"),
    *("pfs_months", "pfs_months_low", "pfs_months_high", "pfs_state", "stop", "toxicity", "notes"),
)
NOT_STATED = "not stated"
NOT_DATED = "not dated"
ONGOING = "ongoing"
_STOPS = {  # the words of a case file, where a paper writes others
    "choice": "choice of patient or physician",
    "completed": "completed as planned",
}
_MARKS = {  # of EDTF: the words before and after the date, and what they mean
    "~": ("about ", "", "approximate"),
    "?": ("", " (uncertain)", "uncertain"),
    "%": ("about ", " (uncertain)", "approximate and uncertain"),
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@attrs.frozen(kw_only=True)
class Cell:
    """The text of a cell, and the footnotes on it."""

    text: str
    notes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class LineRow:
    """One line of therapy.

    Attributes:
        number: the number of the line, as the report counts it.
        cells: a cell for each of ``HEADINGS``.
        outcome: PFS by the criterion of the line; None if it is not derived.
        best: the possible best responses, as first documented.
        confirmed: those with confirmation of CR and PR; empty if they are the same.
    """

    number: int
    cells: tuple[Cell, ...]
    outcome: Outcome | None
    best: str
    confirmed: str


@attrs.frozen(kw_only=True)
class LinesTable:
    """The lines of therapy of one patient as a table, one a row.

    Attributes:
        name: the name of the case.
        rows: the lines by number.
        notes: remarks on the whole table, printed below it.
    """

    name: str
    rows: tuple[LineRow, ...]
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        lines = f"{len(self.rows)} line{'' if len(self.rows) == 1 else 's'}"
        return f"<LinesTable {self.name}: {lines}, {len(self.footnotes)} footnotes>"

    @property
    def footnotes(self) -> tuple[tuple[str, str], ...]:
        """The letter and the text of each footnote, by its first place in the table."""
        texts = dict.fromkeys(
            note for row in self.rows for cell in row.cells for note in cell.notes
        )
        return tuple((_letter(n), text) for n, text in enumerate(texts))

    def marks(self, cell: Cell) -> str:
        """The letters of the footnotes on a cell, with commas between them."""
        letters = {text: letter for letter, text in self.footnotes}
        return ",".join(letters[note] for note in cell.notes)

    def _repr_html_(self) -> str:
        """The table with its footnotes, for a notebook."""
        rows = [[f"{c.text} [{m}]" if (m := self.marks(c)) else c.text for c in row.cells]
                for row in self.rows]  # fmt: skip
        below = [f"[{letter}] {text}" for letter, text in self.footnotes]
        notes = [(each, *[""] * (len(HEADINGS) - 1)) for each in (*below, *self.notes)]
        return html_table(f"Lines of therapy of {self.name}", HEADINGS, (*rows, *notes))

    def to_frame(self) -> Any:
        """The lines as a ``pandas.DataFrame``, one a row.

        PFS is in months of 30.4375 days: the lowest and the highest possible, both included.

        Raises:
            ImportError: pandas is not installed.

        """
        return data_frame(self.records(), _COLUMNS)

    def records(self) -> list[dict[str, Any]]:
        """Each line as a dict of plain values, for JSON and for pandas."""
        return [dict(zip(_COLUMNS, _values(row), strict=True)) for row in self.rows]


def _letter(number: int) -> str:
    """``a`` to ``z``, then ``aa``, ``ab`` .. for footnotes counted from 0."""
    first, last = divmod(number, len(_LETTERS))
    return (_letter(first - 1) if first else "") + _LETTERS[last]


def _values(row: LineRow) -> tuple[Any, ...]:
    line, regimen, dates, criterion, _, pfs, stop, toxicity = (cell.text for cell in row.cells)
    span = row.outcome.months() if row.outcome else None
    low, high = (float(span.low), float(span.high)) if span is not None else (None, None)
    state = row.outcome.state if row.outcome else "not derived"
    notes = "; ".join(dict.fromkeys(note for cell in row.cells for note in cell.notes))
    best = (row.best, row.confirmed or row.best)
    return (int(line), regimen, dates, criterion, *best, pfs, low, high, state, stop, toxicity,
            notes)  # fmt: skip


def lines(derived: DerivedCase) -> LinesTable:
    """The table of lines of therapy that a paper prints.

    Args:
        derived: a derived case, as ``derive`` returns it.

    Returns:
        A row for each systemic line: regimen, dates, the criterion, the best response and PFS
        under it, the reason for stopping, and toxicity by grade. What is vague has a footnote.
        Ranges include both ends.

    Raises:
        TypeError: ``derived`` is no derived case.

    Source:
        PFS and best response are those of ``derived``, which name their own sources. A month is
        30.4375 days.

    >>> import timeline as tl
    >>> tl.lines(tl.derive(tl.load_case("cases/wang2023.yaml")))
    <LinesTable wang2023: 4 lines, 10 footnotes>
    """
    if not isinstance(derived, DerivedCase):
        raise TypeError(
            f"lines() takes a DerivedCase (got {type(derived).__name__}; derive(case) returns one)"
        )
    rows = tuple(_row(derived, line) for line in derived.case.lines)
    return LinesTable(name=derived.case.name, rows=rows, notes=tuple(_notes(derived, rows)))


def _row(derived: DerivedCase, line: Line) -> LineRow:
    outcome = progression_free(derived, line)
    best, confirmed = best_response_text(derived, line)
    cells = (
        Cell(text=str(line.number)),
        Cell(text=line.regimen, notes=_regimens(line)),
        _dates(line),
        Cell(text=criterion_of(line), notes=tuple(_other_criteria(derived, line))),
        _best(derived, line, best, confirmed),
        _pfs(outcome, line),
        _stop(line),
        _toxicity(derived, line),
    )
    return LineRow(number=line.number, cells=cells, outcome=outcome, best=best, confirmed=confirmed)


def _regimens(line: Line) -> tuple[str, ...]:
    """The dates of each regimen, where a line has several."""
    if len(line.treatments) == 1:
        return ()
    each = (f"{one.regimen}, {_period(one)[0]}" for one in line.treatments)
    return (f"Line {line.number}: {'; '.join(each)}.",)


def _dates(line: Line) -> Cell:
    first, last = line.treatments[0], line.treatments[-1]
    start, start_notes = _moment(first.at.start, f"start of line {line.number}")
    end, end_notes = _end(last, f"end of line {line.number}")
    return Cell(text=_from_to(start, end), notes=(*start_notes, *end_notes))


def _from_to(start: str, end: str) -> str:
    return start if start == end == NOT_DATED else f"{start} – {end}"


def _period(treatment: Treatment) -> tuple[str, tuple[str, ...]]:
    start, notes = _moment(treatment.at.start, "start")
    end, more = _end(treatment, "end")
    return _from_to(start, end), (*notes, *more)


def _end(treatment: Treatment, what: str) -> tuple[str, tuple[str, ...]]:
    at = treatment.at
    assert isinstance(at, Period)  # noqa: S101  (a treatment has a period)
    if at.ongoing:
        return ONGOING, ()
    return (NOT_STATED, ()) if at.end is None else _moment(at.end, what)


def _moment(date: PartialDate, what: str) -> tuple[str, tuple[str, ...]]:
    """The text of a date, and a footnote where it is known by its order or with a doubt only."""
    known = _days(date.span)
    if date.relative is not None:
        return known, (f"The {what} is counted from another event: {date.text} ({known}).",)
    if date.by_order:
        return NOT_DATED, (f"The {what} is known by order only: {date.text} ({known}).",)
    written = date.text.partition(",")[0].strip()
    if written[:1] == "[":
        return _days(date.strict), (f"The {what} is one day of the range {known}.",)
    before, after, meaning = _MARKS.get(written[-1:], ("", "", ""))
    plain = written.rstrip("~?%").replace("-XX", "")
    note = (f"The {what} is {meaning}: {known}.",) if meaning else ()
    return f"{before}{plain}{after}", note


def _days(span: Span) -> str:
    """A span of days in its shortest form, open ends in words."""
    if span.is_bounded or span == ANY:
        return format_days(span) if span != ANY else "any day"
    if isinstance(span.low, int):
        return f"{format_day(span.low)} or later"
    return f"{format_day(span.high)} or earlier"


def _other_criteria(derived: DerivedCase, line: Line) -> Iterator[str]:
    """The results by the other criteria that the line is derived under."""
    own = criterion_of(line)
    for title in derived.criteria[line.number]:
        if title == own:
            continue
        best = next(
            (either(each.labels) for each in derived.best
             if (each.criterion, each.line) == (title, line.number) and each.labels),
            "not derived",
        )  # fmt: skip
        outcome = derived.outcome("PFS", line.number, title)
        yield f"Line {line.number} by {title}: best response {best}, PFS {_pfs_text(outcome)}."


def _best(derived: DerivedCase, line: Line, best: str, confirmed: str) -> Cell:
    notes = [f"With confirmation of CR and PR: {confirmed}."] if confirmed else []
    vague = [each for each in statuses_of(derived, line) if len(each.labels) > 1]
    notes += [
        f"The findings of {each.scan.start.text} allow {label_of(each)}."
        for each in vague
        if " or " in best or confirmed
    ]
    return Cell(text=best, notes=tuple(dict.fromkeys(notes)))


def _pfs_text(outcome: Outcome | None) -> str:
    """The months as the figures print them, with ``+`` after a censored range."""
    if outcome is None or not outcome.together:
        return months(outcome)
    found = (months_text(each.days) + ("" if each.event else "+") for each in outcome.together)
    return " or ".join(dict.fromkeys(found))


def _pfs(outcome: Outcome | None, line: Line) -> Cell:
    notes: list[str] = []
    if outcome is None or outcome.days is None:
        reason = outcome.reason if outcome else ""
        notes = [f"PFS of line {line.number}: {reason}."] if reason else []
    elif len(outcome.together) > 1 or not outcome.days.is_point or not outcome.event:
        for each in outcome.together:
            ends = _ends(a.end for a in each.alternatives)
            text = f"{days_and_months(each.days)}, {each.state}"
            origin = _ends(a.origin for a in each.alternatives)
            parts = (f"PFS of line {line.number}: {text}, from {origin} to {ends}", each.conditions)
            notes.append(", ".join(part for part in parts if part) + ".")
        if outcome.may_be_none:
            notes.append(f"By some of the possible findings line {line.number} has no such value.")
    return Cell(text=_pfs_text(outcome), notes=tuple(notes))


def _ends(anchors: Iterable[Anchor]) -> str:
    """``first PD by RECIST 1.1 (2020-03-01)``; each once."""
    return " or ".join(
        dict.fromkeys(f"{each.description} ({format_days(each.span)})" for each in anchors)
    )


def _stop(line: Line) -> Cell:
    last = line.treatments[-1]
    at = last.at
    if isinstance(at, Period) and at.ongoing:
        return Cell(text=ONGOING)
    earlier = tuple(
        f"{each.regimen} was stopped for: {_STOPS.get(each.stop, each.stop)}."
        for each in line.treatments[:-1]
        if each.stop
    )
    return Cell(text=_STOPS.get(last.stop, last.stop) or NOT_STATED, notes=earlier)


def _toxicity(derived: DerivedCase, line: Line) -> Cell:
    """The adverse events of a line, the highest grade first; of a range of grades the worst."""
    found = [
        (each, which)
        for each in derived.case.all_of(Toxicity)
        if line.number in (which := _lines_at(derived.case, each))
    ]
    by_grade: dict[Grades | None, list[str]] = {}
    for event, _ in found:
        by_grade.setdefault(event.grade, []).append(_name_of(event))
    parts = [
        f"{f'grade {grade}' if grade else 'grade not stated'}: "
        + ", ".join(dict.fromkeys(by_grade[grade]))
        for grade in sorted(by_grade, key=_highest, reverse=True)
    ]
    notes = [
        f"{_name_of(event)} ({event.start.text}) may belong to line {' or '.join(map(str, which))}."
        for event, which in found
        if len(which) > 1
    ]
    return Cell(text="; ".join(parts) or "none on record", notes=tuple(notes))


def _name_of(event: Toxicity) -> str:
    return event.what or event.term or event.kind


def _highest(grade: Grades | None) -> tuple[int, ...]:
    """The possible grades from the highest, by which adverse events are sorted."""
    return tuple(sorted(grade.values, reverse=True)) if grade is not None else ()


def _lines_at(case: Case, event: Toxicity) -> tuple[int, ...]:
    """The lines that an adverse event may belong to: the last one begun on some possible day.

    An event ``after line 4`` belongs to no earlier line, one ``before line 4`` to an earlier one.
    """
    date, lines = event.start, case.lines
    spans = [line.start.start.span for line in lines]
    least = _line_of(case, date.after, begun=True) or 0
    most = _line_of(case, date.before, begun=False) or len(lines) + 1
    return tuple(
        line.number
        for n, line in enumerate(lines, start=1)
        if least <= n < most
        and spans[n - 1].low <= date.span.high
        and all(date.span.low <= each.high for each in spans[n:])
    )


def _line_of(case: Case, reference: str | None, *, begun: bool) -> int | None:
    """The place, from 1, of the line that a reference names; None where it names none.

    ``begun``: any moment of a regimen of the line will do; else only the start of the line.
    """
    if not reference:
        return None
    event, moment = case.find(reference)
    for n, line in enumerate(case.lines, start=1):
        if event in line.treatments and (begun or (event is line.start and moment == event.start)):
            return n
    return None


def _notes(derived: DerivedCase, rows: tuple[LineRow, ...]) -> Iterator[str]:
    """What holds for the whole table, and what on record it leaves out."""
    if any("+" in row.cells[5].text for row in rows):
        yield "+ Censored: no progression or death was observed up to then."
    policy = derived.settings.pfs_policy
    yield (
        f"PFS: from the start of the line to progression or death; 1 month = {DEFAULT_MONTH} days; "
        f"censoring policy {policy}. Ranges hold every value that the dates allow."
    )
    others = [each for each in derived.case.all_of(Treatment) if each.line is None]
    if others:
        texts = (f"{each.setting} {each.regimen} ({_period(each)[0]})" for each in others)
        yield f"Not in a line: {'; '.join(texts)}."
    outside = [each for each in derived.case.all_of(Toxicity) if not _lines_at(derived.case, each)]
    if outside:
        texts = (f"{_name_of(each)} ({each.start.text})" for each in outside)
        yield f"Adverse events before the first line: {'; '.join(texts)}."
