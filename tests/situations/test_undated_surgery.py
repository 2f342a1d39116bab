"""DFS from a surgery whose place the record states by order, with or without a date."""

from __future__ import annotations

import pytest

from tests.situations.records import ended, record

LINE = "treatment: after metastasis, line: 1, drugs: y"
UNKNOWN = "the date of whipple is not known, nor how many days it lies before metastasis, as stated"


@pytest.mark.parametrize("endpoint", ["DFS", "DFI"])
@pytest.mark.parametrize(
    ("events", "days", "why"),
    [
        ("surgery: ..\nmetastasis: surgery + 60 days\n" + LINE,
         (True, 60, 60), "60 days, whatever the dates"),
        ("surgery: 2020-03\ntreatment: '2020-03, after surgery', line: 1, drugs: x",
         (False, 0, 0), "in one month, and before line 1 by the order: no assessment after it"),
    ],
)  # fmt: skip
def test_days_that_the_record_states(endpoint, events, days, why, tmp_path):
    found, problems = record(tmp_path, events)
    assert not problems
    assert ended(found, endpoint, None, "") == days, why


@pytest.mark.parametrize(
    ("events", "reason", "why"),
    [
        ("surgery: .., id: whipple\ntreatment: after surgery, id: a, setting: adjuvant, drugs: x\n"
         "metastasis: after a start\n" + LINE,
         UNKNOWN, "the order alone makes the surgery curative, and gives no days"),
        ("treatment: 2020-01/.., line: 1, drugs: x\nsurgery: after line 1",
         "the case has no curative surgery", "a resection during a line"),
    ],
)  # fmt: skip
def test_why_it_is_not_derived(events, reason, why, tmp_path):
    found, problems = record(tmp_path, events)
    assert not problems, problems
    assert found.outcome("DFS", None, "").reason == reason, why


def test_the_same_rule_for_each_endpoint_of_an_undated_line(tmp_path):
    """The start is on any day: PFS has a least time, 56 days, and nothing limits the response."""
    found, _ = record(
        tmp_path,
        """
        treatment: .., line: 1, drugs: x
        scan: after line 1, line: 1, id: cr, target: absent
        scan: cr + 56 days, line: 1, new: lung
        """,
    )
    assert found.outcome("PFS", 1).days.low == 56
    assert found.outcome("TTR", 1).reason.endswith(
        "how many days it lies before first response (CR)"
    )
