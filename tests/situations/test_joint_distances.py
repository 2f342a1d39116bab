"""The days between two moments that only several statements together give, counted by hand.

A printed month is 30.4375 days: 2 months are 1.5 to 2.5 of them, 45.66 to 76.09 days, so 46 to 76.
"""

from __future__ import annotations

import math

import pytest

from tests.situations.records import ended, record

PAST_ALL = math.inf
CHAIN = """
    scan: 2020-01, baseline: 1
    treatment: after scan 2020-01/.., line: 1, drugs: x, id: a
    scan: 2 months after a start, id: s1, line: 1, called: SD
    treatment: {second}/.., line: 1, drugs: y, id: b
    scan: 2 months after b start, id: pd, line: 1, called: PD
"""


@pytest.mark.parametrize(
    ("second", "days", "why"),
    [
        ("after s1", (92, PAST_ALL), "46 days to s1, and 46 from b, which is not before s1"),
        ("2 months after a start", (92, 152), "46 + 46 to 76 + 76 days"),
        ("s1 + 1 week", (99, 159), "46 + 7 + 46 to 76 + 7 + 76 days"),
    ],
)
def test_orders_and_distances_in_a_chain(second, days, why, tmp_path):
    found, problems = record(tmp_path, CHAIN.format(second=second))
    assert not problems
    assert ended(found) == (True, *days), why


@pytest.mark.parametrize("start", ["20XX", "2007-06", "..", "after scan 2001-02"])
@pytest.mark.parametrize("contact", ["last contact: after pd", "last contact: .."])
def test_the_last_contact_is_not_before_progression(start, contact, tmp_path):
    """120 days to progression; the last contact is that day or later, whatever the dates."""
    found, problems = record(
        tmp_path,
        f"""
        scan: 2001-02, baseline: 1
        treatment: {start}, line: 1, drugs: x, id: a
        scan: a + 120 days, id: pd, line: 1, called: PD
        {contact}
        """,
    )
    assert not problems
    assert ended(found) == (True, 120, 120)
    assert ended(found, "OS", 1, "")[:2] == (False, 120)


def test_the_last_event_on_record_is_the_last_of_all(tmp_path):
    """56 days to progression, and line 2 is not before line 1: the last of both is 56 or more."""
    found, problems = record(
        tmp_path,
        """
        treatment: 2007-06, line: 1, drugs: x
        scan: line 1 + 8 weeks, line: 1, called: PD
        treatment: after line 1, line: 2, drugs: y
        """,
    )
    assert not problems
    assert ended(found, "OS", 1, "")[:2] == (False, 56)


def test_the_last_of_two_events_by_the_greater_of_their_days(tmp_path):
    """A scan after 8 weeks and one after 2 to 3 weeks: at least 56 days, at most 56."""
    found, _ = record(
        tmp_path,
        """
        treatment: 2007/, line: 1, drugs: x
        lab: line 1 + 8 weeks, values: {CEA: 3 ng/mL}
        lab: 2 to 3 weeks after line 1 start, values: {CEA: 4 ng/mL}
        """,
    )
    assert ended(found, "OS", 1, "") == (False, 56, 56)


@pytest.mark.parametrize(
    ("events", "days", "why"),
    [
        ("scan: line 1 + 8 weeks, line: 1, called: PD", (True, 56, 56), "exact without any date"),
        ("scan: 8 weeks after line 1 start, line: 1, called: PD", (True, 53, 59), "as printed"),
        ("scan: line 1 + 8 weeks, line: 1, id: s, called: SD\nscan: after s, line: 1, called: PD",
         (True, 56, PAST_ALL), "after a scan at 56 days"),
    ],
)  # fmt: skip
def test_an_endpoint_of_a_case_without_a_date(events, days, why, tmp_path):
    found, problems = record(tmp_path, f"treatment: .., line: 1, drugs: x\n{events}")
    assert not problems
    assert ended(found) == days, why


def test_an_endpoint_of_which_no_day_is_known_is_not_derived(tmp_path):
    found, _ = record(tmp_path, "treatment: .., line: 1, drugs: x\nscan: .., line: 1, called: PD")
    assert found.outcome("PFS", 1, "RECIST 1.1").days is None
    assert "is not known" in found.outcome("PFS", 1, "RECIST 1.1").reason


@pytest.mark.parametrize(
    ("events", "stated"),
    [
        ("death: line 1 + 10 days\nscan: line 1 + 20 days, line: 1, called: PD",
         ("nothing happens after death", "line 1 + 10 days", "line 1 + 20 days")),
        ("last contact: line 1 + 10 days\nlab: line 1 + 11 days, values: {CEA: 3 ng/mL}",
         ("nothing but death is seen after the last contact",)),
        ("treatment: line 1 - 3 days, line: 2, drugs: y", ("lines begin in turn",)),
        ("id: p, symptom: after q + 3 days\nid: q, biopsy: after p",
         ("after q + 3 days", "after p")),
    ],
)  # fmt: skip
def test_statements_that_contradict_one_another_are_a_fault(events, stated, tmp_path):
    found, problems = record(tmp_path, f"treatment: 2020, line: 1, drugs: x\n{events}")
    assert found is None
    (problem,) = problems
    assert "no days satisfy these together" in problem.what
    assert all(text in problem.what for text in stated)
    assert problem.where.line >= 5
