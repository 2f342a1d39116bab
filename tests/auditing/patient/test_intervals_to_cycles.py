"""Intervals from and to a cycle, or a time that is counted from an event.

Cycle 4 of 21 days begins 63 days after line 2, from 2022-06-01 on 2022-08-03; line 1 began on
2022-02-01, 183 days before (120 to 2022-06-01, and 63).
"""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from timeline.views.case_report import checked

EVENTS = """
  - {treatment: 2022-02-01/2022-05, line: 1, drugs: doxorubicin}
  - {treatment: 2022-06-01/2022-09, line: 2, drugs: gemcitabine, cycle: 21 days, cycles: 4}
  - {treatment: 2022-10-01/2022-12, line: 3, drugs: pazopanib}
"""


@pytest.mark.parametrize(
    ("printed", "from_", "to", "conclusion", "why"),
    [
        ("183 days", "line 1", "cycle 4 of line 2", "agrees", "120 + 63"),
        ("200 days", "line 1", "cycle 4 of line 2", "contradicted", "183 days"),
        ("203 days", "line 1", "cycle 4 of line 2 end", "agrees", "its last day, 120 + 83"),
        ("190 days", "line 1", "C4D8 of line 2", "agrees", "7 days after its first"),
        ("176 days", "line 1", "line 2 + 8 weeks", "agrees", "120 + 56"),
        ("59 days", "cycle 4 of line 2", "line 3", "agrees", "2022-08-03 to 2022-10-01"),
        ("63 days", "line 2", "cycle 4 of line 2", "consistent", "by the length alone"),
        ("42 days", "cycle 2 of line 2", "cycle 4 of line 2", "consistent", "as planned"),
        ("50 days", "cycle 2 of line 2", "cycle 4 of line 2", "contradicted", "42"),
        ("0 days", "cycle 2 of line 2", "cycle 2 of line 2", "agrees", "one moment"),
    ],
)  # fmt: skip
def test_the_days_to_a_cycle_are_those_of_its_plan(printed, from_, to, conclusion, why):
    number, unit = printed.split()
    claim = f"- {{interval: {number}, unit: {unit}, from: {from_}, to: {to}}}"
    (found,) = of("C27", audited(EVENTS, claim))
    assert found.conclusion.value == conclusion, (why, found.description)


def test_an_event_that_is_named_by_a_time_is_that_event(tmp_path):
    """The printed interval of a scan ends at the scan, whose name is its kind and its date."""
    scan = "{scan: one month after line 3 start, printed: {interval: one month, from: line 3}}"
    path = tmp_path / "a.yaml"
    events = EVENTS.replace("  -", "    -")
    path.write_text(f"case: c\nreport: {{doi: 10.1/x}}\nevents:\n  A:{events}    - {scan}\n")
    assert [each.what for result in checked([path]) for each in result.problems] == []


def test_intervals_to_two_moments_of_one_line_do_not_conflict():
    """183 days to cycle 4 and 176 to week 8 of one line: both may be true, and are."""
    claims = """
  - {interval: 183, unit: days, from: line 1, to: cycle 4 of line 2}
  - {interval: 176, unit: days, from: line 1, to: line 2 + 8 weeks}"""
    assert [each for each in of("C28", audited(EVENTS, claims)) if each.outcome is None] == []


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("cycle 9 of line 2", "cycle 9 of line 2: line 2 has 4 cycles (write cycle 1 or up to"),
        ("cycle 2 of line 9", "no such event: 'line 9'"),
        ("8 weeks after line 2", "line 2 has a start and an end"),
        ("zebra", "no such event: 'zebra'"),
    ],
)
def test_a_reference_that_means_nothing_is_a_fault(to, message, tmp_path):
    claims = f"claims:\n  A:\n    - {{interval: 6 weeks, from: line 1, to: {to}}}\n"
    for broken in ("", "  - {death: 2021-13}\n"):  # with another fault the case is not complete
        path = tmp_path / "a.yaml"
        path.write_text(f"case: c\nevents:{EVENTS}{broken}report: {{doi: 10.1/x}}\n{claims}")
        problems = [each.what for result in checked([path]) for each in result.problems]
        assert sum(each.startswith("to: ") and message in each for each in problems) == 1, problems
