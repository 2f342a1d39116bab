"""The lines of therapy, the adverse events by line and grade, and the laboratory course."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.text.events import repeated
from timeline.exchange.event_lines import related_lines
from timeline.exchange.line_cells import toxicity_name
from timeline.exchange.line_notes import NO_PFS, PFS, SEVERAL_LABELS
from timeline.exchange.lines_table import CYCLES, LineRow, LinesTable
from timeline.record.case import Case
from timeline.record.events import Lab, Toxicity
from timeline.record.lines import Line
from timeline.record.reference_words import without_ids
from timeline.views.board_report.content import (
    Block,
    Cell,
    Column,
    Paragraph,
    RowGroup,
    Section,
    Table,
    lines,
    table,
)
from timeline.views.case_rows import dates_in_words

_SHARES = {"Line": 5, "Regimen": 11, "Dates": 11, CYCLES: 6, "Toxicity": 11}
_REGIMEN = 1  # its place among the columns
_ELSEWHERE = (PFS, NO_PFS, SEVERAL_LABELS)  # footnotes on what the other tables of a report have
_MOST_ANALYTES = 4  # columns of a laboratory table; more are listed in one
_WITHOUT_GRADE = "not stated"


def lines_section(case: Case, treated: LinesTable) -> Section:
    """The table of lines as ``timeline lines`` prints it, with doses and days below the regimen.

    Without the footnotes on days, criteria and scans, which have tables of their own.
    """
    treated = attrs.evolve(treated, rows=tuple(map(_without_elsewhere, treated.rows)))
    if not treated.rows:
        none = Paragraph("No systemic line of therapy is on record.")
        return Section("lines", "Lines of therapy", (none,))
    columns = tuple(
        Column(heading.lower().replace(",", "").replace(" ", "_"), heading, _SHARES.get(heading, 8))
        for heading in treated.headings
    )
    doses = {line.number: _doses(line) for line in case.lines}
    rows = tuple(
        tuple(
            Cell(
                lines(cell.text, doses.get(row.number, "")) if at == _REGIMEN else cell.text,
                treated.marks(cell),
            )
            for at, cell in enumerate(treated.cells_of(row))
        )
        for row in treated.rows
    )
    found = Table(
        key="lines",
        title="Lines of therapy",
        columns=columns,
        groups=(RowGroup(rows),),
        footnotes=treated.footnotes,
        notes=treated.notes,
    )
    return Section("lines", "Lines of therapy", (found,))


def _doses(line: Line) -> str:
    """``doxorubicin 75 mg/m² day 1, q3w``, a line a treatment; empty where none is stated.

    Each drug with its dose, its route and its days, as printed, and the length of a cycle.
    """
    return lines(
        *(
            " + ".join(map(str, each.drugs)) + (f", {repeated(each.cycle)}" if each.cycle else "")
            for each in line.treatments
            if each.cycle or any(drug.dose or drug.route or drug.days for drug in each.drugs)
        )
    )


def _without_elsewhere(row: LineRow) -> LineRow:
    """A row without the footnotes on what the other tables of a report have."""
    kept = tuple(
        attrs.evolve(
            cell,
            notes=tuple(
                note
                for note in cell.notes
                if note.kind not in _ELSEWHERE and not note.kind.startswith("By ")
            ),
        )
        for cell in row.cells
    )
    return attrs.evolve(row, cells=kept)


def toxicity_section(case: Case) -> Section:
    """The adverse events by line, the highest grade first."""
    columns = (
        Column("event", "Adverse event", 4),
        Column("grade", "Grade", 2),
        Column("date", "Date", 4),
        Column("management", "Management and course", 4),
        Column("place", "Place in the report", 3),
    )
    by_line: dict[tuple[int, ...], list[Toxicity]] = {}
    for event in case.all_of(Toxicity):
        by_line.setdefault(related_lines(case, event), []).append(event)
    groups = tuple(
        RowGroup(
            tuple(
                tuple(map(Cell, _harm(case, event)))
                for event in sorted(by_line[numbers], key=_by_grade)
            ),
            _line_title(numbers),
        )
        for numbers in sorted(by_line, key=lambda each: (not each, each))
    )
    blocks: tuple[Block, ...] = (Paragraph("No adverse event is on record."),)
    if groups:
        title = "Adverse events"
        blocks = (Table(key="toxicities", title=title, columns=columns, groups=groups),)
    return Section("toxicities", "Adverse events", blocks)


def _line_title(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return "In no line of therapy"
    return f"Line {' or '.join(map(str, numbers))}"


def _by_grade(event: Toxicity) -> tuple[int, ...]:
    """The highest possible grade first; those without a grade last."""
    return (
        tuple(-each for each in sorted(event.grade.values, reverse=True)) if event.grade else (1,)
    )


def _harm(case: Case, event: Toxicity) -> Iterator[str]:
    version = f" (CTCAE {event.ctcae})" if event.ctcae else ""
    term = f"CTCAE term: {event.term}" if event.term and event.term != event.what else ""
    yield lines(toxicity_name(event), term)
    yield f"{event.grade}{version}" if event.grade is not None else _WITHOUT_GRADE
    yield dates_in_words(event, case)
    drugs = " + ".join(each.agent for each in event.drugs)
    yield lines(
        event.management,
        f"related to {drugs}" if drugs else "",
        _resolved(case, event),
    )
    yield event.place


def _resolved(case: Case, event: Toxicity) -> str:
    found = event.resolved
    if found is None:
        return ""
    if found.when is None:
        return "not resolved"
    if found.is_undated:
        return "resolved, day not stated"
    return f"resolved {without_ids(found.text, case.events)}"


def laboratory_section(case: Case) -> tuple[Section, ...]:
    """The laboratory values in order of time; no section where none is on record."""
    events = case.all_of(Lab)
    if not events:
        return ()
    names = tuple(dict.fromkeys(name for each in events for name, _ in each.values))
    own = len(names) <= _MOST_ANALYTES
    columns = (
        Column("date", "Date", 4),
        *(Column(f"lab {name}", name, 3) for name in names if own),
        Column("values", "Values", 6),
        Column("normal", "Reference range", 3),
        Column("details", "Details", 5),
        Column("place", "Place in the report", 3),
    )
    rows = []
    for each in events:
        values = dict(each.values)
        rows.append(
            (
                dates_in_words(each, case),
                *(str(values.get(name, "")) for name in names if own),
                "" if own else lines(*(f"{name} {value}" for name, value in each.values)),
                lines(*(f"{name} {value}" for name, value in each.normal)),
                each.what,
                each.place,
            )
        )
    found = table("laboratory", "Laboratory", columns, rows)
    return (Section("laboratory", "Laboratory", found),)
