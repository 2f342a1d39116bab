"""Times that had not ended when they were printed: a plus sign, or words at the figure.

Line 1 runs from 2020-01-10. The last scan, without progression, is of 2021-07-16: 553 days,
553 / 30.4375 = 18.17 months. The toxicity of treatment ends nothing.
"""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from timeline.report.ongoing_words import is_ongoing

CASE = """
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: 2020-01-10/.., line: 1, drugs: x}
  - {scan: 2020-03-10, target: shrunk, new: none}
  - {scan: 2021-07-16, id: last, target: stable, new: none}
"""
ENDED = CASE.replace("target: stable, new: none", "target: stable, new: liver")
AGREES, CONSISTENT, CONTRADICTED = "agrees", "consistent", "contradicted"


@pytest.mark.parametrize(
    ("claim", "c01", "c08", "why"),
    [
        ("PFS: 18.2+", AGREES, False, "18.17 prints as 18.2: it stands for 18.15 or more"),
        ("PFS: 18+", AGREES, False, "and as 18"),
        ("PFS: 12.0+", CONSISTENT, False, "true, and not the time on record"),
        ("PFS: 18.4+", "not checkable", False, "beyond the record, 18.35 months or more"),
        ("PFS: 18.2", AGREES, True, "no word states that it continues"),
        ("PFS: 18.2, note: ongoing", AGREES, False, "the word states it"),
        ("PFS: 12, note: no progression so far", CONSISTENT, False, "a lower bound"),
        ("PFS: 12", CONTRADICTED, True, "12 months as if reached; no progression by 18"),
        ("PFS: 12, note: not ongoing", CONTRADICTED, True, "the word is taken back"),
        ("PFS: 12, note: no progression until May", CONTRADICTED, True, "and then it came"),
    ],
)
def test_a_time_that_had_not_ended(claim, c01, c08, why):
    found = audited(CASE, f"- {{{claim}, unit: months, line: 1}}")
    assert ([each.conclusion.value for each in of("C01", found)], bool(of("C08", found))) == (
        [c01],
        c08,
    )
    assert not [each for each in of("C04", found) if each.conclusion.value == CONTRADICTED], why


def test_a_lower_bound_above_an_end_on_record_is_contradicted():
    entry = "- {PFS: 20.0, unit: months, line: 1, note: response ongoing}"
    assert [each.conclusion.value for each in of("C01", audited(ENDED, entry))] == [CONTRADICTED]
    assert not of("C01", audited(ENDED, entry.replace("20.0", "18.2")))[0].explanations


@pytest.mark.parametrize(
    ("endpoint", "words", "runs"),
    [
        ("DoR", "ongoing", True),
        ("DoR", "the response is ongoing", True),
        ("DoR", "PR, ongoing at the cut-off", True),
        ("PFS", "without disease progression", True),
        ("PFS", "has not progressed", True),
        ("PFS", "progression-free survival", False),  # the name of the endpoint
        ("PFS", "response no longer ongoing", False),
        ("PFS", "no progression before the fourth cycle", False),
        ("PFS", "the trial is recruiting", False),
        ("OS", "alive at last contact", True),
        ("OS", "no progression", False),  # states nothing of death
        ("TTR", "response ongoing", False),  # a response that lasts has been reached
        ("ToT", "still on treatment", True),
        ("TTNT", "no further treatment", True),
        ("DFS", "no recurrence", True),
        ("DFS", "", False),
    ],
)
def test_words_for_a_time_that_had_not_ended(endpoint, words, runs):
    assert is_ongoing(endpoint, words) is runs
