"""The printed grade of a toxicity against its management, by CTCAE."""

from __future__ import annotations

import re

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.named_events import toxicity_named
from timeline.auditing.rule import Rule, Severity, check_each
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.ctcae_grades import Grades, grades
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Toxicity
from timeline.report.claims import Claim

_CTCAE = "CTCAE v5.0"
HIGHEST = 5  # grade: death


@attrs.frozen
class Management:
    """A row: the lowest and the highest grade of a toxicity that is managed in this way.

    ``certain``: whether CTCAE defines the grade by it. A management that is only indicated may be
    omitted, and a patient may be in hospital for a milder event: such a row never contradicts.
    """

    term: str  # a pattern of the toxicity; empty: any
    done: str  # a pattern of the management
    least: int
    most: int
    source: str
    certain: bool = True


# fmt: off
MANAGEMENT = (
    Management("hypothyroid", r"levothyroxine|thyroxine|thyroid (?:hormone|replacement)", 2, 5,
               f"{_CTCAE}, Endocrine disorders: thyroid replacement is indicated from grade 2"),
    Management("hyperglyc", r"\binsulin\b.*\b(?:started|begun|initiated)|"
               r"(?:start|initiat|beg[iau]n)\w*(?: of)? insulin", 3, 5,
               f"{_CTCAE}, Metabolism: insulin therapy is initiated from grade 3"),
    Management("hyperglyc", r"\binsulin\b", 2, 5,
               f"{_CTCAE}, Metabolism: daily management of a diabetic changes from grade 2"),
    Management("an(?:a?e)mia", r"transfus", 3, 5,
               f"{_CTCAE}, Blood: transfusion is indicated from grade 3"),
    Management("hypertension", r"(?:two|three|more than one|several) (?:anti|drugs|agents)", 3, 5,
               f"{_CTCAE}, Vascular disorders: more than one drug from grade 3"),
    Management("hypertension", r"antihypertensive|amlodipine|monotherapy", 2, 5,
               f"{_CTCAE}, Vascular disorders: medical intervention from grade 2"),
    Management("pneumonitis", r"\boxygen\b", 3, 5,
               f"{_CTCAE}, Respiratory: oxygen is indicated from grade 3"),
    Management("pneumonitis|dyspn", r"intubat|ventilat", 4, 5,
               f"{_CTCAE}, Respiratory: urgent intervention is grade 4"),
    Management("", r"hospitali[sz]ed|hospitali[sz]ation|admitted", 3, 5,
               f"{_CTCAE}, Grades: hospitalisation is indicated from grade 3", certain=False),
    Management("", r"intensive care|\bICU\b|resuscitat", 4, 5,
               f"{_CTCAE}, Grades: urgent intervention is grade 4", certain=False),
    Management("", r"life-threatening", 4, 5,
               f"{_CTCAE}, Grades: life-threatening consequences are grade 4"),
    Management("", r"no (?:treatment|intervention)|not treated|observ(?:ed|ation) (?:only|alone)",
               1, 2, f"{_CTCAE}, Grades: intervention is indicated from grade 2", certain=False),
    Management("", r"\bdied\b|\bfatal\b|\bdeath\b", 5, 5, f"{_CTCAE}, Grades: death is grade 5"),
)
# fmt: on


def check_grade(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """Check a printed grade of a toxicity against every row that its management matches."""
    try:
        if claim.of:
            derived.case.find(claim.of)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    event = toxicity_named(claim, derived)
    if event is None:
        return None
    try:
        printed = set(grades(claim.text).values)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    term = f"{_term(event)} {claim.about}"
    rows = [row for row in MANAGEMENT if _fits(row, term, event.management)]
    if not rows:
        grade = "" if event.grade else "neither a grade nor "
        no = "a" if grade else "no"
        reason = f"{grade}{no} management that belongs to a grade is on record of {event.label}"
        return not_checkable(claim, reason)
    description = f"printed grade {claim.text}; managed by {event.management}: " + "; ".join(
        row.source for row in rows
    )
    certain = [row for row in rows if row.certain]
    conclusion = Conclusion.CONTRADICTED
    if printed & _allowed(certain):
        conclusion = Conclusion.AGREES if printed & _allowed(rows) else Conclusion.POSSIBLE
    elif not claim.of:  # it may be of an event that is not on record
        conclusion = Conclusion.POSSIBLE
    return Verdict(
        claim,
        conclusion,
        description,
        recorded=description.removeprefix(f"printed grade {claim.text}; "),
        expected=_grades_text(_allowed(certain)) if conclusion is Conclusion.CONTRADICTED else "",
    )


def _term(event: Toxicity) -> str:
    """The words that name an adverse event: its own, its term, and how it is referred to."""
    return " ".join((event.what, event.term, event.label))


def _grades_text(allowed: set[int]) -> str:
    """``grade 2 or higher``, or the grades one by one; empty for none."""
    if len(allowed) > 1 and allowed == set(range(min(allowed), HIGHEST + 1)):
        return f"grade {min(allowed)} or higher"
    return f"grade {' or '.join(map(str, sorted(allowed)))}" if allowed else ""


def grade_on_record(event: Toxicity) -> Grades | None:
    """The grade of an event on record; None where its management rules it out, each of a range."""
    term = _term(event)
    rows = [row for row in MANAGEMENT if row.certain and _fits(row, term, event.management)]
    return event.grade if event.grade and _allowed(rows) & set(event.grade.values) else None


def _allowed(rows: list[Management]) -> set[int]:
    """The grades that every row allows."""
    return {
        grade for grade in range(1, HIGHEST + 1) if all(r.least <= grade <= r.most for r in rows)
    }


def _fits(row: Management, term: str, done: str) -> bool:
    named = not row.term or re.search(row.term, term, re.IGNORECASE)
    return bool(named and done and re.search(row.done, done, re.IGNORECASE))


RULES = (
    Rule(
        id="C24",
        checks="the grade of a toxicity against its management",
        formula="the grade lies among those of every row of CTCAE that the management fits",
        severity=Severity.ERROR,
        source="CTCAE v5.0, National Cancer Institute 2017",
        example_fail="grade 1 hypothyroidism with thyroid replacement, which is grade 2",
        example_ok="grade 2 hypothyroidism with thyroid replacement",
        check=check_each(("grade",), check_grade),
        yields=True,
    ),
)
