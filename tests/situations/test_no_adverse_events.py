"""A report that prints no adverse events beside a record that has some."""

from __future__ import annotations

import pytest

from tests.situations.reports import verdicts_of

WRONG, POSSIBLE, NOT = "contradicted", "possible", "not checkable"
CASE = """  - {scan: 2022-01, baseline: 1}
  - {treatment: 2022-01-05/2022-06, line: 1, drugs: everolimus}
  - {toxicity: 2022-03, what: neutropenia, grade: 3, line: 1}
  - {treatment: 2022-07/.., line: 2, drugs: sunitinib}
  - {toxicity: 2022-08, what: fatigue, grade: 1}
  - {scan: 2022-09, target: stable}
  - {last contact: 2023-06-20}
"""
NONE = """  - {treatment: 2022-01-05/2022-06, line: 1, drugs: everolimus}
"""


@pytest.mark.parametrize(
    ("claim", "conclusion", "why"),
    [
        ("no, about: treatment-related adverse events", WRONG, "that of line 1 is related"),
        ("none, about: adverse reactions", WRONG, "any"),
        ("0, about: side effects, of: last contact", WRONG, "up to the last contact"),
        ("no, about: toxicity, line: 1", WRONG, "grade 3 in line 1"),
        ("no, about: adverse events, line: 2", POSSIBLE, "fatigue is related to no line"),
        ("no, about: severe adverse events", WRONG, "grade 3 is severe"),
        ("no, about: severe adverse events, line: 2", NOT, "fatigue of grade 1 is not"),
        ("no, about: adverse events, grade: 4-5", NOT, "none of grade 4 or 5 on record"),
        ("no, about: adverse events, grade: 3-4", WRONG, "grade 3"),
        ("no, about: adverse events, of: scan 2022-09", POSSIBLE, "perhaps on that day"),
        ("no, about: adverse events, note: unexpected ones", POSSIBLE, "the note says which"),
        ("no, about: immune-related adverse events", NOT, "the record does not state the origin"),
        ("no, about: irAEs", NOT, "the same"),
        ("no, about: cardiac adverse events", NOT, "of another organ"),
        ("two, about: adverse events", NOT, "a number of them"),
    ],
)
def test_no_adverse_events_beside_those_on_record(claim, conclusion, why, tmp_path):
    (found,) = verdicts_of(tmp_path, [f"{{count: {claim}}}"], CASE)
    assert found.conclusion == conclusion, (why, found.description)


def test_a_record_without_any_shows_nothing(tmp_path):
    (found,) = verdicts_of(tmp_path, ["{count: no, about: adverse events}"], NONE)
    assert found.conclusion == NOT
