"""DFS from a surgery whose place the record states by order, with or without a date."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
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


SCANS = """
scan: 2021-09, new: none
scan: 2022-01, id: CT, new: liver
treatment: 2022-02-01/, line: 1, drugs: x
"""
# 2020-03-01 to 2022-01-31 are 701 days (730 to 2022-03-01, less 29); to 2021-09-30 they are 578


@pytest.mark.parametrize(
    ("surgery", "scan", "expected", "why"),
    [
        ("surgery: before scan 2021-09", "", [(True, 93, 701)],
         "before the scans: 2021-09-30 to 2022-01-01 at least, 93 days"),
        ("surgery: after diagnosis", "after surgery, ", [(True, 0, 701)],
         "the order is stated at the scan"),
        ("surgery: '2021-12, after diagnosis'", "", [(True, 1, 61)], "dated: 2021-12-31 to 01-01"),
        ("surgery: before line 1", "", [(False, 0, 578), (True, 0, 701)],
         "either may have come first"),
    ],
)  # fmt: skip
def test_scans_after_an_undated_surgery(surgery, scan, expected, why, tmp_path):
    """A scan that the order places is one of the follow-up; one that it leaves open may be one."""
    events = f"diagnosis: 2020-03\n{surgery}\n{SCANS}"
    events = events.replace("before line 1", "'after diagnosis, before line 1'")
    events = events.replace("before scan 2021-09", "'after diagnosis, before scan 2021-09'")
    found, problems = record(tmp_path, events.replace("scan: 2022-01", f"scan: '{scan}2022-01'"))
    assert not problems, problems
    outcome = found.outcome("DFS", None, "")
    values = [(each.event, each.days.low, each.days.high) for each in outcome.alternatives]
    assert sorted(values) == expected, why


def test_what_an_open_order_rests_on_is_stated(tmp_path):
    """No assessment after it was said to be on record, and DFS censored on the day of surgery."""
    found, _ = record(tmp_path, f"surgery: before line 1\n{SCANS}")
    outcome = found.outcome("DFS", None, "")
    assert {each.needs: each.event for each in outcome.alternatives} == {
        ("CT came after the operation",): True,
        ("CT came before the operation",): False,
    }


LATER = (
    " comes after the start of line 1, and the time counts from surgery before that (write "
    "interval: for the time since then, "
)


def test_the_time_after_a_later_operation_is_written_as_the_reason_says():
    """From 10 June to 10 December 2020 are 183 days, 6.01 months."""
    events = (
        "- {treatment: 2020-01/2020-04, line: 1, drugs: x}\n- {surgery: 2020-06-10}\n"
        "- {relapse: 2020-12-10}"
    )
    claim = "{interval: 6, unit: months, from: surgery 2020-06-10, to: relapse 2020-12-10}"
    (found,) = of("C27", audited(events, f"- {claim}"))
    assert found.conclusion == "agrees"


@pytest.mark.parametrize(
    ("events", "reason", "why"),
    [
        ("surgery: .., id: whipple\ntreatment: after surgery, id: a, setting: adjuvant, drugs: x\n"
         "metastasis: after a start\n" + LINE,
         UNKNOWN, "the order alone makes the surgery curative, and gives no days"),
        ("treatment: 2020-01/.., line: 1, drugs: x\nsurgery: after line 1",
         "the case has no curative surgery: surgery after line 1" + LATER
         + "from: surgery after line 1)", "a resection during a line"),
        ("treatment: 2020-01/2020-04, line: 1, drugs: x\nsurgery: 2020-06\nrelapse: 2020-12",
         "the case has no curative surgery: surgery 2020-06" + LATER
         + "from: surgery 2020-06, to: relapse 2020-12)", "a resection after the line"),
        ("treatment: 2020-01/.., line: 1, drugs: x", "the case has no curative surgery", "none"),
        ("surgery: ..\ntreatment: 2020-01/.., line: 1, drugs: x",
         ("the case has no curative surgery: whether surgery .. came before line 1 is not stated "
          "(write before line 1 in place of .. where it did)"), "no date and no order"),
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
