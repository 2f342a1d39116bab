"""Grades that an adverse event has in CTCAE 5.0, and the check of reported grades.

The rows are in ``data/ctcae.csv``: only the terms with fewer than five grades. Each was compared
with the published table of terms. Words of reports that are no term of CTCAE are listed only where
the usual coding has one term for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.auditing.claims.cohort import Claims, check_own, number
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.counts.adverse_event_rows import grade_of, rows_of
from timeline.auditing.verdict import Verdict
from timeline.terminology.ctcae_terms import grades_of

SOURCE = "Common Terminology Criteria for Adverse Events 5.0, NCI, 27 November 2017"


def check_grades(claims: Claims) -> Iterator[Verdict]:
    """Each grade with patients exists for its term in CTCAE 5.0 (K32)."""
    for row in rows_of(claims) if _is_ctcae_known(claims) else ():
        known = grades_of(row.term)
        if known is None:
            continue
        for cell in row.cells:
            grade = grade_of(cell)
            if grade is None or not number(cell):
                continue
            exists = grade.values[0] in known.grades
            has = f"{known.term} has grades {known.grades[0]} to {known.grades[-1]} in CTCAE 5.0"
            description = f"printed {cell.text} with {grade}; {has}"
            conclusion = Conclusion.AGREES if exists else Conclusion.CONTRADICTED
            expected = "" if exists else f"a grade from {known.grades[0]} to {known.grades[-1]}"
            yield Verdict(cell, conclusion, description, recorded=has, expected=expected)


_VERSION = re.compile(r"\b(?:ctc(?:ae)?|version|v)\.?\s*([0-9])|\b(WHO)\b", re.IGNORECASE)
_SAME_GRADES = ("4", "5")  # the terms of the table have the same grades in CTCAE 4.03


def _is_ctcae_known(claims: Claims) -> bool:
    """Whether the report names no toxicity scale other than CTCAE 4 or 5."""
    of_scale = re.compile(r"ctc|toxicit|adverse|grading", re.IGNORECASE)
    scale_names = (
        each.text for each in claims if each.kind == "name" and of_scale.search(each.about)
    )
    named = [found[1] for text in scale_names for found in _VERSION.finditer(text)]
    return not named or any(each in _SAME_GRADES for each in named)


RULES = (
    Rule(
        id="K32",
        checks="each grade with patients is one that the term has",
        formula="grade is in the row of the term",
        severity=Severity.ERROR,
        source=SOURCE,
        example_fail="2 patients with fatigue of grade 4",
        example_ok="1 patient with fatigue of grade 3; none with grade 4",
        check=check_own(check_grades),
    ),
)
