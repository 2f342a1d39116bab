"""Sentences of an audit that a reader stumbled over: each fact is stated once, and plainly."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from tests.auditing.study.reports import source


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ("{sum: 74 mm, about: sum of target lesions}", "sum of target lesions: 74 mm"),
        ("{age: 55, unit: years, about: age, statistic: median}", "median age: 55 years"),
        ("{size: 74 mm, about: T1}", "size T1: 74 mm"),
        ("{PFS: NR, unit: months, statistic: median}", "median PFS: NR"),
        ("{PFS: 5, unit: months, statistic: median}", "median PFS: 5 months"),
    ],
)
def test_a_claim_in_one_line(claim, line, tmp_path):
    assert str(source(claim, tmp_path).claims[0]) == line


TWO_ENDS = """
  - {scan: 2017-01-10, baseline: 1}
  - {treatment: 2017-01-13/.., line: 1, drugs: x}
  - {scan: 2017-03-01, line: 1, target: grown}
  - {scan: 2017-06-15, line: 1, target: grown, new: liver}
"""  # grown is SD or PD: progression after 47 days, or after 153


def test_the_dates_that_would_make_it_true_are_in_one_sentence():
    """3.0 months are 90 to 92 days: from 2017-01-13 to 13 to 15 April, whichever scan ends it."""
    (found,) = of("C01", audited(TWO_ENDS, "- {PFS: 3.0, unit: months, line: 1}"))
    (needed,) = [note for note in found.notes if note.startswith("it would need")]
    assert needed.count("an end from 2017-04-13 to 2017-04-15") == 1
    assert needed.count("a start from") == 2
