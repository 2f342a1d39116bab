"""Tables of adverse events by grade: their sums, what a text says of them, grades that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.arithmetic.adverse import AdverseRow, identical_rows, most_common, patients_with
from timeline.arithmetic.adverse import row_sums as sums_of
from timeline.auditing.study.cohort import Claims, gathered, group_of, number, together, total_of
from timeline.auditing.study.ctcae import grades_of
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.prints import ALL_GRADES, Grades, grades
from timeline.source import Claim

_TOTALS = ("total", "any grade", "all grades")


@attrs.frozen
class Row:
    """A term of a table, the cells of its grades from the lowest on, and its total."""

    made: AdverseRow
    cells: tuple[Claim, ...]
    total: Claim | None

    @property
    def term(self) -> str:
        return self.made.term


def grade_of(claim: Claim) -> Grades | None:
    """The grade of a count, as its key or as the name of its group says; None of any grade."""
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


def rows_of(claims: Claims) -> list[Row]:
    """The rows of each table of adverse events, a place and an arm a table."""
    counts = [each for each in claims if each.kind == "count" and number(each) is not None]
    graded = [each for each in counts if grade_of(each) or _is_total(each)]
    arm = gathered(graded, lambda each: (each.place, _arm(each), each.about))
    rows = [_row(term, cells) for (_, _, term), cells in arm.items()]
    return [row for row in rows if row is not None]


def _arm(claim: Claim) -> str:
    """The patients of a table; a group that is but the name of a column is none."""
    is_column = claim.group.lower() in _TOTALS or (claim.grade is None and grade_of(claim))
    return "" if is_column else group_of(claim)


def _row(term: str, cells: list[Claim]) -> Row | None:
    """A row whose cells hold one grade each; None of a row that is not told so."""
    total = next((cell for cell in cells if _is_total(cell)), None)
    by_grade = {
        told.values[0]: cell
        for cell in cells
        if (told := grade_of(cell)) and len(told.values) == 1 and not _is_total(cell)
    }
    if not by_grade:
        return None
    counts = tuple(
        (number(by_grade[grade]) or 0) if grade in by_grade else 0
        for grade in range(1, max(by_grade) + 1)
    )
    made = AdverseRow(term=term, grades=counts, total=number(total) if total else None)
    return Row(made, tuple(by_grade[grade] for grade in sorted(by_grade)), total)


def look_at_totals(claims: Claims) -> Iterator[Verdict]:
    """The grades of a row make up its total (K30); no row has more patients than there are."""
    for row in rows_of(claims):
        if row.total is not None and row.made.total is not None:
            fit = sums_of([row.made]).fit
            says = f"printed total {row.made.total}; the grades make {sum(row.made.grades)}"
            most = total_of(row.total, claims)
            if most is not None and row.made.patients > most:
                says, fit_call = f"{says}, of {most} patients", Call.CONTRADICTED
            else:
                fit_call = Call(fit.value)
            yield from together([*row.cells, row.total], fit_call, says)


_SEVERE = re.compile(r"grades?\s*(3.{1,4}4|3.{1,4}5|(?:≥|>=)\s*3|III.{1,4}IV)")
_ANY = re.compile(
    r"patients with (?:any )?(?:TRAE|AE|irAE|(?:\S+ )*adverse event)s?\b", re.IGNORECASE
)
_EVENTS = re.compile(r"\b(?:TRAE|AE|irAE|adverse event)s?\b", re.IGNORECASE)


def _grades_counted(claim: Claim) -> tuple[int, ...]:
    """The grades that a count of patients speaks of; none where it counts something else."""
    named = _SEVERE.search(claim.about)
    if claim.grade and _EVENTS.search(claim.about):
        return claim.grade.values
    if named:
        return grades(named[1]).values
    return ALL_GRADES if _ANY.search(claim.about) else ()


def look_at_patients(claims: Claims) -> Iterator[Verdict]:
    """Patients with an event of some grades lie between the largest row and the sum (K31)."""
    rows = [row.made for row in rows_of(claims) if not _grades_counted(row.cells[0])]
    for claim in claims:
        wanted = _grades_counted(claim) if claim.kind == "count" else ()
        total, patients = total_of(claim, claims), number(claim)
        if not (wanted and rows and total and patients is not None):
            continue
        counts = [_of(row, wanted) for row in rows]
        if max(counts) > total:
            says = f"one row has {max(counts)} patients, printed of {total}"
            yield Verdict(claim=claim, call=Call.CONTRADICTED, says=says)
            continue
        yield _bounded(claim, patients, total, counts)


def look_at_any_and_severe(claims: Claims) -> Iterator[Verdict]:
    """No more patients have a grave event than have any (K31)."""
    told = [c for c in claims if c.kind == "count" and number(c) is not None and _grades_counted(c)]
    of_any = [each for each in told if _grades_counted(each) == ALL_GRADES]
    for claim in told:
        for most in of_any:
            graver = _grades_counted(claim) != ALL_GRADES
            if graver and (number(claim) or 0) > (number(most) or 0):
                says = f"printed {claim.text} for {claim.about}, {most.text} for {most.about}"
                yield from together([most, claim], Call.CONTRADICTED, says)


def _of(row: AdverseRow, wanted: tuple[int, ...]) -> int:
    return row.patients if wanted == ALL_GRADES else row.of(wanted)


def _bounded(claim: Claim, patients: int, total: int, counts: list[int]) -> Verdict:
    """A count of patients with one of some events, each with so many."""
    rows = [AdverseRow(term=str(i), grades=(count,)) for i, count in enumerate(counts)]
    found = patients_with(rows, patients, total, grades=(1,))
    low, high = found.bounds.low, found.bounds.high
    says = f"printed {claim.text} of {total}; the rows of grades allow {low} to {high}"
    at_end = f"so only if all {sum(counts)} events fall on the same {patients} patients"
    lowest = found.at_bound and patients == low
    call = Call(found.fit.value)
    if call is Call.POSSIBLE and not lowest:  # each patient one event: no rarity at all
        call = Call.AGREES
    return Verdict(claim=claim, call=call, says=says, notes=(at_end,) if lowest else ())


def look_at_grades(claims: Claims) -> Iterator[Verdict]:
    """Each grade with patients is one that the term has in CTCAE 5.0 (K32)."""
    for row in rows_of(claims):
        known = grades_of(row.term)
        if known is None:
            continue
        for cell in row.cells:
            told = grade_of(cell)
            if told is None or not number(cell):
                continue
            exists = told.values[0] in known.grades
            has = f"{known.term} has grades {known.grades[0]} to {known.grades[-1]} in CTCAE 5.0"
            says = f"printed {cell.text} with {told}; {has}"
            call = Call.AGREES if exists else Call.CONTRADICTED
            yield Verdict(claim=cell, call=call, says=says)


def look_at_most_common(claims: Claims) -> Iterator[Verdict]:
    """The adverse events that a text names as most common are those of the table (K33)."""
    rows = [row.made for row in rows_of(claims)]
    terms = {row.term: row for row in rows}
    spoken = (c for c in claims if c.kind == "name" and c.about.startswith("most common"))
    for named in gathered(spoken, lambda each: each.place).values():
        known = [_term(claim.text, terms) for claim in named]
        told = [term for term in known if term]
        if not rows or len(told) < len(known):
            continue
        found = most_common(rows, told)
        counts = ", ".join(f"{term} {terms[term].patients}" for term in told)
        above = f"; more frequent: {', '.join(found.above)}" if found.above else ""
        level = f"; as frequent: {', '.join(found.level)}" if found.level else ""
        says = f"the table gives {counts}{above}{level}"
        for claim in named:
            yield Verdict(claim=claim, call=Call(found.fit.value), says=says)


def _term(text: str, terms: dict[str, AdverseRow]) -> str | None:
    """The row that a text names: the same words, or most of them in another order."""
    words = set(re.findall(r"[a-z]{4,}", text.lower()))
    for term in terms:
        row = set(re.findall(r"[a-z]{4,}", term.lower()))
        if words & row and (words <= row or row <= words or len(words & row) >= 2):
            return term
    return None


_ALIKE = 3  # grades with patients, and as many patients in each row again and more


def look_for_identical_rows(claims: Claims) -> Iterator[Verdict]:
    """Rows of a table that are alike in every grade, where that is rare by chance (K47)."""
    for table in gathered(rows_of(claims), lambda row: row.cells[0].place).values():
        cells = {row.term: row.cells for row in table}
        for terms in identical_rows([row.made for row in table]):
            alike = next(row.made.grades for row in table if row.term == terms[0])
            if sum(map(bool, alike)) >= _ALIKE and sum(alike) >= 2 * _ALIKE:
                says = f"the rows of {' and '.join(terms)} are alike: {', '.join(map(str, alike))}"
                spoken = [cell for term in terms for cell in cells[term]]
                yield from together(spoken, Call.POSSIBLE, says)
