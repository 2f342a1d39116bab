"""Rows of adverse-event tables, assembled from the claims of a report."""

from __future__ import annotations

import re

import attrs

from timeline.auditing.claims.cohort import ALL, Claims, group_by, group_of, number
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.core.ctcae_grades import ALL_GRADES, Grades, grades
from timeline.report.claims import Claim
from timeline.statistics.adverse_events import AdverseRow

_TOTALS = ("total", "any grade", "all grades")


@attrs.frozen
class AdverseEventRow:
    """One term of a table: the cells of its grades, lowest first, and its total."""

    graded: AdverseRow
    cells: tuple[Claim, ...]
    total: Claim | None

    @property
    def term(self) -> str:
        return self.graded.term


def grade_of(claim: Claim) -> Grades | None:
    """The grade of a count, from its key or the name of its group; None if it is of any grade."""
    if claim.grade:
        return claim.grade if claim.grade.values != ALL_GRADES else None
    if not re.match(r"(?:level|grade)\b", claim.group, re.IGNORECASE):
        return None
    try:
        return grades(claim.group)
    except ValueError:
        return None


def _is_total(claim: Claim) -> bool:
    named = claim.group.lower() in _TOTALS or claim.statistic == "total"
    return named or (claim.grade is not None and claim.grade.values == ALL_GRADES)


def rows_of(claims: Claims) -> list[AdverseEventRow]:
    """The rows of each table of adverse events, a place and an arm a table."""
    counts = [each for each in claims if each.kind == "count" and number(each) is not None]
    graded = [each for each in counts if grade_of(each) or _is_total(each)]
    arm = group_by(graded, lambda each: (each.place, _arm(each), each.about))
    rows = [_row(term, cells) for (_, _, term), cells in arm.items()]
    return [row for row in rows if row is not None]


def _arm(claim: Claim) -> str:
    """The arm of a table; empty where the group is only the name of a column."""
    is_column = claim.group.lower() in _TOTALS or (claim.grade is None and grade_of(claim))
    return "" if is_column else group_of(claim)


def _row(term: str, cells: list[Claim]) -> AdverseEventRow | None:
    """A row whose cells have one grade each; None where they do not."""
    total = next((cell for cell in cells if _is_total(cell)), None)
    by_grade = {
        grade_value.values[0]: cell
        for cell in cells
        if (grade_value := grade_of(cell)) and len(grade_value.values) == 1 and not _is_total(cell)
    }
    if not by_grade:
        return None
    counts = tuple(
        (number(by_grade[grade]) or 0) if grade in by_grade else 0
        for grade in range(1, max(by_grade) + 1)
    )
    graded = AdverseRow(term=term, grades=counts, total=number(total) if total else None)
    return AdverseEventRow(graded, tuple(by_grade[grade] for grade in sorted(by_grade)), total)


@attrs.frozen
class PrintedRow:
    """One term of a table: its cells, each of one or more grades, and its total."""

    term: str
    table: str
    arm: str
    cells: tuple[Claim, ...]
    total: Claim | None

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(number(cell) or 0 for cell in self.cells)

    @property
    def starts_at_grade_1(self) -> bool:
        """Whether the cells cover every grade from 1 to their highest."""
        covered = sorted({value for cell in self.cells for value in _values(cell)})
        return covered == list(range(1, len(covered) + 1))

    def at_least(self, grades: tuple[int, ...]) -> int:
        """The least number of patients with one of some grades."""
        inside = [
            count
            for cell, count in zip(self.cells, self.counts, strict=True)
            if set(_values(cell)) <= set(grades)
        ]
        if grades == ALL_GRADES and self.total is not None:
            return number(self.total) or 0
        by_event = any(has_qualifier(cell, "events counted") for cell in self.cells)
        return max(inside, default=0) if by_event else sum(inside)


def _values(cell: Claim) -> tuple[int, ...]:
    found = grade_of(cell)
    return found.values if found else ()


def printed_rows(claims: Claims) -> list[PrintedRow]:
    """Every row of the adverse-event tables in which no grade is in two cells."""
    counts = [each for each in claims if each.kind == "count" and number(each) is not None]
    graded = [each for each in counts if grade_of(each) or _is_total(each)]
    rows = group_by(graded, lambda each: (each.place, _arm(each) or ALL, each.about))
    found = []
    for (table, arm, term), several in rows.items():
        cells = tuple(each for each in several if not _is_total(each))
        covered = [value for cell in cells for value in _values(cell)]
        if cells and len(covered) == len(set(covered)):
            total = next((each for each in several if _is_total(each)), None)
            found.append(PrintedRow(term, table, arm, cells, total))
    return found


def frequencies(claims: Claims) -> list[AdverseRow]:
    """The patients with each term: the total of its row, or the sum of its grades from 1 on."""
    counts = [each for each in claims if each.kind == "count" and number(each) is not None]
    totals = [
        each for each in counts if _is_total(each) and not has_qualifier(each, "events counted")
    ]
    by_row = {(each.place, _arm(each) or ALL, each.about): number(each) for each in totals}
    for row in printed_rows(claims):
        total = sum(row.counts) if row.starts_at_grade_1 else None
        by_row.setdefault((row.table, row.arm, row.term), total)
    known = {key: n for key, n in by_row.items() if n is not None}
    return [AdverseRow(term=term, grades=(n,), total=n) for (_, _, term), n in known.items()]
