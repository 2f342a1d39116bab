"""The table of lines that a paper prints: regimen, dates, best response, PFS, stop and toxicity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from renderers.text.line_summary import (
    best_response_text,
    criterion_of,
    progression_free,
)
from timeline.core.calendar.durations import DEFAULT_MONTH
from timeline.core.text.display import data_frame, html_table
from timeline.endpoints.censoring.policies import POLICIES
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.line_numbers import numbering_text
from timeline.exchange.event_lines import possible_lines, related_lines
from timeline.exchange.line_cells import (
    NOT_STATED,
    Cell,
    best_response_cell,
    cycles_cell,
    dates_cell,
    local_therapy_text,
    other_criteria,
    period_text,
    pfs_cell,
    regimen_dates,
    stop_cell,
    toxicity_cell,
    toxicity_name,
)
from timeline.exchange.line_notes import grouped
from timeline.record.case import Case
from timeline.record.events import LOCAL_THERAPIES, Toxicity, Treatment
from timeline.record.lines import Line
from timeline.record.reference_words import with_starts, without_ids
from timeline.results.statuses import Outcome
from timeline.terminology.criteria import PRIMARY

HEADINGS = (
    *("Line", "Regimen", "Dates", "Criterion", "Best response", "PFS, months"),
    *("Reason for stop", "Toxicity"),
)
CYCLES = "Cycles"  # a column of its own where some line states their number
_DATES = "Dates"
_BEFORE_CYCLES = 3  # columns
_COLUMNS = (
    *(
        "line",
        "regimen",
        "dates",
        "cycles",
        "criterion",
        "best_response",
        "best_response_confirmed",
    ),
    *("pfs_months", "pfs_months_low", "pfs_months_high", "pfs_state", "stop", "toxicity", "notes"),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@attrs.frozen(kw_only=True)
class LineRow:
    """One line of therapy.

    Attributes:
        number: the number of the line, as the report counts it.
        cells: a cell for each of ``HEADINGS``.
        outcome: PFS by the criterion of the line; None if it is not derived.
        best: the possible best responses, as first documented.
        confirmed: those with confirmation of CR and PR; empty if they are the same.
        cycles: the number of cycles of each regimen, and their length.
    """

    number: int
    cells: tuple[Cell, ...]
    outcome: Outcome | None
    best: str
    confirmed: str
    cycles: Cell = Cell(text=NOT_STATED)


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
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns: those of cycles only where a line states them."""
        if all(row.cycles.text == NOT_STATED for row in self.rows):
            return HEADINGS
        return (*HEADINGS[:_BEFORE_CYCLES], CYCLES, *HEADINGS[_BEFORE_CYCLES:])

    def cells_of(self, row: LineRow) -> tuple[Cell, ...]:
        """The cells of a row, one for each of ``headings``."""
        if CYCLES not in self.headings:
            return row.cells
        return (*row.cells[:_BEFORE_CYCLES], row.cycles, *row.cells[_BEFORE_CYCLES:])

    @property
    def footnotes(self) -> tuple[tuple[str, str], ...]:
        """The letter and the text of each kind of footnote, by its first place in the table."""
        texts = grouped(note for row in self.rows for cell in row.cells for note in cell.notes)
        return tuple((_letter(n), text) for n, text in enumerate(texts.values()))

    def marks(self, cell: Cell) -> str:
        """The letters of the footnotes on a cell, with commas between them."""
        kinds = grouped(note for row in self.rows for each in row.cells for note in each.notes)
        letters = {kind: _letter(n) for n, kind in enumerate(kinds)}
        return ",".join(dict.fromkeys(letters[note.kind] for note in cell.notes))

    def _repr_html_(self) -> str:
        """The table with its footnotes, for a notebook."""
        rows = [[f"{c.text} [{m}]" if (m := self.marks(c)) else c.text for c in self.cells_of(row)]
                for row in self.rows]  # fmt: skip
        below = [f"[{letter}] {text}" for letter, text in self.footnotes]
        notes = [(each, *[""] * (len(self.headings) - 1)) for each in (*below, *self.notes)]
        return html_table(f"Lines of therapy of {self.name}", self.headings, (*rows, *notes))

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
    span = row.outcome.months() if row.outcome and row.outcome.is_evaluable else None
    low, high = (float(span.low), float(span.high)) if span is not None else (None, None)
    state = row.outcome.printed_state if row.outcome else "not derived"
    notes = " ".join(grouped(note for cell in row.cells for note in cell.notes).values())
    best = (row.best, row.confirmed or row.best)
    cycles = row.cycles.text
    return (int(line), regimen, dates, cycles, criterion, *best, pfs, low, high, state, stop,
            toxicity, notes)  # fmt: skip


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
    <LinesTable wang2023: 4 lines, 8 footnotes>
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
        Cell(text=line.regimen, notes=regimen_dates(line)),
        dates_cell(line),
        Cell(text=criterion_of(line), notes=tuple(other_criteria(derived, line))),
        best_response_cell(derived, line, best, confirmed),
        pfs_cell(outcome, line),
        stop_cell(derived.case, line),
        toxicity_cell(derived, line),
    )
    return LineRow(
        number=line.number, cells=tuple(
            _in_words(cell, derived.case, also_text=heading == _DATES)
            for heading, cell in zip(HEADINGS, cells, strict=True)
        ),
        outcome=outcome, best=best, confirmed=confirmed, cycles=cycles_cell(line),
    )  # fmt: skip


def _in_words(cell: Cell, case: Case, *, also_text: bool) -> Cell:
    """A cell without the ids of the case file in its footnotes, and of dates in its text."""
    events = case.events

    def worded(text: str) -> str:
        return without_ids(with_starts(text, events), events)

    notes = tuple(attrs.evolve(each, text=worded(each.text)) for each in cell.notes)
    text = worded(cell.text) if also_text else cell.text
    return Cell(text=text, notes=notes)


def _notes(derived: DerivedCase, rows: tuple[LineRow, ...]) -> Iterator[str]:
    """What holds for the whole table, and what on record it leaves out."""
    if any("+" in row.cells[5].text for row in rows):
        yield "+ Censored: no progression or death was observed up to then."
    policy = POLICIES[derived.settings.pfs_policy]
    yield (
        f"PFS: from the start of the line to progression or death; 1 month = {DEFAULT_MONTH} days; "
        f"censoring by {policy.words}: {policy.description}. "
        "Ranges hold every value that the dates allow."
    )
    if numbers := numbering_text(derived):
        yield numbers
    others = [each for each in derived.case.all_of(Treatment) if each.line is None]
    if others:
        texts = (f"{each.setting} {_named(each)} ({period_text(each)[0]})" for each in others)
        yield f"Not in a line: {'; '.join(texts)}."
    local = derived.case.all_of(*LOCAL_THERAPIES)
    if local:
        texts = (local_therapy_text(derived.case, each) for each in local)
        yield f"Local therapy: {'; '.join(texts)}."
    yield from _applied_criterion(derived)
    harms = derived.case.all_of(Toxicity)
    outside = [each for each in harms if not related_lines(derived.case, each)]
    related = [
        each for each in outside
        if each.setting or (each.drugs and possible_lines(derived.case, each))
    ]  # fmt: skip
    for head, found in (
        ("before the first line", [each for each in outside if each not in related]),
        ("related to treatment in no line", related),
    ):
        if found:
            texts = (
                f"{toxicity_name(each)} ({with_starts(each.start.text, derived.case.events)})"
                for each in found
            )
            yield f"Adverse events {head}: {'; '.join(texts)}."


def _named(treatment: Treatment) -> str:
    """Its drugs; where the report names none, what it was: ``chemotherapy, drugs not stated``."""
    if treatment.regimen != NOT_STATED:
        return treatment.regimen
    return ", ".join(filter(None, (treatment.what, f"drugs {NOT_STATED}")))


def _applied_criterion(derived: DerivedCase) -> Iterator[str]:
    """The lines of which no criterion is on record, so that one is applied here."""
    applied = [str(each.number) for each in derived.case.lines if not each.stated_criterion]
    if applied:
        lines = f"line{'s' * (len(applied) > 1)} {', '.join(applied)}"
        yield f"Criterion of {lines}: none is on record, {PRIMARY.title} is applied here."
