"""Grades of CTCAE 5.0, as the published table of terms has them."""

from __future__ import annotations

import pytest

from timeline.auditing.study.counts.ctcae import TERMS, grades_of


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
