"""Tables of adverse events: row totals, patients with events, frequencies."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import (
    ALL,
    Claims,
    check_own,
    group_by,
    group_of,
    number,
    shared_verdict,
    total_of,
)
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.comparison.compare import BEST_FIRST, Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.counts.adverse_event_rows import (
    PrintedRow,
    frequencies,
    printed_rows,
    rows_of,
)
from timeline.auditing.study.number_text import number_text
from timeline.auditing.verdict import Verdict
from timeline.core.ctcae_grades import ALL_GRADES, grades
from timeline.report.claims import Claim
from timeline.statistics.adverse_events import (
    AdverseRow,
    identical_rows,
    most_common,
    patients_with,
)


def check_row_totals(claims: Claims) -> Iterator[Verdict]:
    """The grades of a row add up to its total, which is at most all patients (K30)."""
    rows = printed_rows(claims)
    for row in rows:
        if row.total is None or has_qualifier(row.total, "events counted"):
            continue
        total, grade_sum = number(row.total) or 0, sum(row.counts)
        most = total_of(row.total, claims)
        description = f"printed total {total}; the grades add up to {grade_sum}"
        conclusion = Conclusion.AGREES
        if most is not None and total > most:
            description += f", of {number_text(most, 'patient')}"
            conclusion = Conclusion.CONTRADICTED
        elif max(row.counts) > total or (grade_sum < total and row.starts_at_grade_1):
            conclusion = Conclusion.CONTRADICTED
        elif grade_sum > total:
            conclusion = (
                Conclusion.CONTRADICTED if _counts_worst_grade(row, rows) else Conclusion.POSSIBLE
            )
            description += ": a patient would be counted in two grades"
        elif grade_sum < total:  # the lower grades have no column
            continue
        yield from shared_verdict([*row.cells, row.total], conclusion, description)


_ROWS_THAT_ADD_UP = 3  # so many rows with two grades show that the table counts by worst grade


def _counts_worst_grade(row: PrintedRow, rows: list[PrintedRow]) -> bool:
    """Whether the other rows of a table show that each patient is counted in one grade only."""
    adding = [
        each
        for each in rows
        if each.table == row.table and each.total is not None and sum(map(bool, each.counts)) > 1
        if sum(each.counts) == number(each.total)
    ]
    return len(adding) >= _ROWS_THAT_ADD_UP


_SEVERE = re.compile(r"grades?\s*(3.{1,4}4|3.{1,4}5|(?:≥|>=)\s*3|III.{1,4}IV)")
_ANY = re.compile(
    r"patients with (?:any )?(?:TRAE|AE|irAE|(?:\S+ )*adverse event)s?\b", re.IGNORECASE
)
_EVENTS = re.compile(r"\b(?:TRAE|AE|irAE|adverse event)s?\b", re.IGNORECASE)


def _grades_of_count(claim: Claim) -> tuple[int, ...]:
    """The grades that a count of patients covers; empty where it counts something else."""
    named = _SEVERE.search(claim.about)
    if claim.grade and _EVENTS.search(claim.about):
        return claim.grade.values
    if named:
        return grades(named[1]).values
    return ALL_GRADES if _ANY.search(claim.about) else ()


def check_patients_with_events(claims: Claims) -> Iterator[Verdict]:
    """Patients with an event of some grades: at least the largest row, at most the sum (K31)."""
    rows = [row for row in printed_rows(claims) if not _grades_of_count(row.cells[0])]
    by_arm = group_by(rows, lambda row: row.arm)
    for claim in claims:
        grades = _grades_of_count(claim) if claim.kind == "count" else ()
        total, patients = total_of(claim, claims), number(claim)
        own = by_arm.get(_arm_of(claim), []) if grades else []
        if not (grades and own and total and patients is not None):
            continue
        found = [_within_rows(claim, each, grades, total) for each in _tables(own)]
        # Several tables can have the same terms, such as all events and related events.
        yield min(found, key=lambda each: BEST_FIRST.index(each.conclusion))


def _arm_of(claim: Claim) -> str:
    """The arm whose table a count belongs to; a group of patients with events belongs to all."""
    return ALL if _EVENTS.search(claim.group) else group_of(claim)


def _tables(rows: list[PrintedRow]) -> list[list[PrintedRow]]:
    """All rows together where each term has one row; otherwise each table by itself."""
    if len({row.term for row in rows}) == len(rows):
        return [rows]
    return list(group_by(rows, lambda row: row.table).values())


def _within_rows(
    claim: Claim, rows: list[PrintedRow], grades: tuple[int, ...], total: int
) -> Verdict:
    counts = [row.at_least(grades) for row in rows]
    if max(counts) > total:
        description = f"one row has {number_text(max(counts), 'patient')}, printed of {total}"
        return Verdict(claim, Conclusion.CONTRADICTED, description)
    verdict = _check_bounds(claim, number(claim) or 0, total, counts)
    above = (number(claim) or 0) > sum(counts)
    if verdict.conclusion is Conclusion.CONTRADICTED and above and (number(claim) or 0) <= total:
        every = any(has_qualifier(cell, "complete") for row in rows for cell in row.cells)
        if not every:
            return attrs.evolve(verdict, conclusion=Conclusion.AGREES, notes=(_EVENTS_WITHOUT_ROW,))
    return verdict


_EVENTS_WITHOUT_ROW = "possible only if some events have no row, as in a table of frequent events"


def check_any_and_severe(claims: Claims) -> Iterator[Verdict]:
    """No more patients have a severe event than have any event (K31)."""
    counted = [
        c for c in claims if c.kind == "count" and number(c) is not None and _grades_of_count(c)
    ]
    of_any = [(number(c) or 0, c) for c in counted if _grades_of_count(c) == ALL_GRADES]
    for claim in counted:
        is_severe, patients = _grades_of_count(claim) != ALL_GRADES, number(claim) or 0
        for most in [each for n, each in of_any if patients > n] if is_severe else ():
            description = f"printed {claim.text} for {claim.about}, {most.text} for {most.about}"
            yield from shared_verdict([most, claim], Conclusion.CONTRADICTED, description)


def _check_bounds(claim: Claim, patients: int, total: int, counts: list[int]) -> Verdict:
    """A number of patients with any of some events, given the number with each event."""
    rows = [AdverseRow(term=str(i), grades=(count,)) for i, count in enumerate(counts)]
    found = patients_with(rows, patients, total, grades=(1,))
    low, high = found.bounds.low, found.bounds.high
    description = f"printed {claim.text} of {total}; the rows of grades allow {low} to {high}"
    all_events, same = number_text(sum(counts), "event"), number_text(patients, "patient")
    at_end = f"possible only if all {all_events} occur in the same {same}"
    lowest = found.at_bound and patients == low
    conclusion = Conclusion(found.fit.value)
    if conclusion is Conclusion.POSSIBLE and not lowest:  # one event for each patient is common
        conclusion = Conclusion.AGREES
    return Verdict(
        claim,
        conclusion,
        description,
        notes=(at_end,) if lowest else (),
        recorded=f"the rows of grades allow {low} to {high} of {total}"
        + (f"; {at_end}" if lowest else ""),
        expected=f"{low} to {high}" if conclusion is Conclusion.CONTRADICTED else "",
    )


def check_most_common(claims: Claims) -> Iterator[Verdict]:
    """The adverse events named as most common are the most frequent of the table (K33)."""
    rows = frequencies(claims)
    terms = {row.term: row for row in rows}
    name_claims = (c for c in claims if c.kind == "name" and c.about.startswith("most common"))
    for named in group_by(name_claims, lambda each: each.place).values():
        if len(terms) < len(rows) or any(_SEVERE.search(each.about) for each in named):
            continue  # several tables or arms, or severe events only: unknown which
        known = [_row_named(claim.text, terms) for claim in named]
        found_terms = [term for term in known if term]
        if not rows or len(found_terms) < len(known):
            continue
        found = most_common(rows, found_terms)
        counts = ", ".join(f"{term} {terms[term].patients}" for term in found_terms)
        above = f"; more frequent: {', '.join(found.above)}" if found.above else ""
        level = f"; as frequent: {', '.join(found.level)}" if found.level else ""
        description = f"the table gives {counts}{above}{level}"
        for claim in named:
            yield Verdict(claim, Conclusion(found.fit.value), description)


def _row_named(text: str, terms: dict[str, AdverseRow]) -> str | None:
    """The row that a text names: the same words, in any order, or most of them."""
    words = set(re.findall(r"[a-z]{4,}", text.lower()))
    for term in terms:
        row = set(re.findall(r"[a-z]{4,}", term.lower()))
        if words & row and (words <= row or row <= words or len(words & row) >= 2):
            return term
    return None


_GRADES_WITH_PATIENTS = 3  # least grades with patients; a row has at least twice as many patients


def check_identical_rows(claims: Claims) -> Iterator[Verdict]:
    """Rows of a table with the same count in every grade, where chance makes that rare (K47)."""
    for table in group_by(rows_of(claims), lambda row: row.cells[0].place).values():
        cells = {row.term: row.cells for row in table}
        for terms in identical_rows([row.graded for row in table]):
            grade_counts = next(row.graded.grades for row in table if row.term == terms[0])
            if (
                sum(map(bool, grade_counts)) >= _GRADES_WITH_PATIENTS
                and sum(grade_counts) >= 2 * _GRADES_WITH_PATIENTS
            ):
                counts_text = ", ".join(map(str, grade_counts))
                description = f"the rows of {' and '.join(terms)} are identical: {counts_text}"
                same_cells = [cell for term in terms for cell in cells[term]]
                yield from shared_verdict(same_cells, Conclusion.POSSIBLE, description)


RULES = (
    Rule(
        id="K30",
        reproduces=True,
        checks="a table of adverse events: grades and totals",
        formula="I + II + III + IV (+ V) = total, at most n",
        severity=Severity.ERROR,
        source="counting",
        example_fail="grades 2, 1, 1, 1 with a total of 6",
        example_ok="grades 2, 1, 1, 1 with a total of 5",
        check=check_own(check_row_totals),
        yields=True,
    ),
    Rule(
        id="K31",
        checks="patients with an event of grade 3 to 4, or of any, against the rows",
        formula="largest row <= patients <= n; <= sum of rows where all events have one",
        severity=Severity.ERROR,
        source="counting; at an end all events fall on as few, or as many, patients as can be",
        example_fail="2 patients with grade 3 to 4, with 3 in one row",
        example_ok="4 patients, with 3 and 2 in two rows",
        check=check_own(check_patients_with_events, check_any_and_severe),
    ),
    Rule(
        id="K33",
        checks="the adverse events that a text calls most common against the table",
        formula="none that is left out is more frequent than one that is named",
        severity=Severity.ERROR,
        source="counting",
        example_fail="rash named, with nausea in more patients",
        example_ok="the three largest rows named",
        check=check_own(check_most_common),
    ),
    Rule(
        id="K47",
        checks="rows of a table with the same count in every grade",
        formula="equal counts in three grades or more, six patients or more",
        severity=Severity.WARNING,
        source="after duplicate_count of R scrutiny; small counts are often equal by chance",
        example_fail="rash 5, 4, 2, 1 and nausea 5, 4, 2, 1",
        example_ok="pneumonia 1, 1, 0, 0 and mucositis 1, 1, 0, 0",
        check=check_own(check_identical_rows),
        yields=True,
    ),
)
