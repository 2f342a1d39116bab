"""Rule K32: firing, silent and on bad input; and the grades of CTCAE 5.0 as published."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, check, params
from timeline.terminology.ctcae_terms import TERMS, grades_of

CASES = (
    Case("K32", C, "fatigue ends at grade 3", "{count: 2, about: fatigue, grade: level IV}"),
    Case("K32", A, "fatigue of grade 3", "{count: 2, about: fatigue, grade: 3}"),
    Case("K32", C, "the grade as the name of a group",
         "{count: 2, about: fatigue, group: level IV}"),
    Case("K32", None, "a group that is no grade",
         "{count: 2, about: fatigue, group: level of care}"),
    Case("K32", None, "none of grade 4", "{count: 0, about: fatigue, grade: 4}"),
    Case("K32", None, "a term that is not listed", "{count: 2, about: pneumonia, grade: 5}"),
    Case("K32", None, "several grades in one", "{count: 2, about: fatigue, grade: 3-5}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)


@pytest.mark.parametrize(
    ("term", "last"),
    [
        ("Alopecia", 2),
        ("dysgeusia", 2),
        ("Fatigue", 3),
        ("nausea", 3),
        ("hand-foot  syndrome", 3),
        ("proteinuria", 3),
        ("weight loss", 3),
        ("maculopapular rash", 3),
        ("ALT increased", 4),
        ("neutropenia", 4),
        ("lipase increased", 4),
        ("febrile neutropenia", 5),
    ],
)
def test_the_last_grade_of_a_term(term, last):
    assert grades_of(term).grades[-1] == last


@pytest.mark.parametrize("term", ["vomiting", "diarrhea", "anemia", "hypertension", "pneumonitis"])
def test_terms_with_all_five_grades_are_not_listed(term):
    assert grades_of(term) is None


def test_every_term_is_there_once_with_grades_in_a_row():
    names = [name for row in TERMS for name in (row.term, *row.also)]
    assert len(names) == len(set(names))
    for row in TERMS:
        assert row.grades == tuple(range(row.grades[0], row.grades[-1] + 1))
