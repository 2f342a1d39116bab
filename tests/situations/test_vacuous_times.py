"""A date of which not even the decade is known bounds no time: what is derived, printed, audited.

The days are hand arithmetic: 12 April 2021 to 1 June 2022 are 415 days, from 12 October 2021 232.
"""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.api import audit, derive, load_case, load_report
from timeline.app.work.summaries import summary_of
from timeline.auditing.comparison.compare import Conclusion
from timeline.core.calendar.dates import is_vague, parse_edtf
from timeline.core.span import ANY, NEVER_ENDS
from timeline.views.case_rows import value_text

COURSE = """
    treatment: 2021-04-12, line: 1, drugs: doxorubicin
    scan: 2021-07-01, line: 1, called: PR
"""
CONTACT = "last contact: 2022-06-01"
UNKNOWN = (
    "of diagnosis (20XX) not even the decade is known, nor how many days it lies before {end} "
    "(write its year, or its order)"
)
ROWS = [
    pytest.param("diagnosis: 20XX", CONTACT, None, UNKNOWN.format(end="last contact"),
                 id="a century: 0 to 8187 days would exclude nothing"),
    pytest.param("diagnosis: 20XX", "scan: 2021-09-01, line: 1, called: SD", None,
                 UNKNOWN.format(end="last event on record"), id="and no last contact"),
    pytest.param("diagnosis: before line 1", CONTACT, (415, NEVER_ENDS), "no death on record",
                 id="its order bounds it below"),
    pytest.param("diagnosis: 202X", CONTACT, (0, 882), "no death on record",
                 id="a decade is a bound: 1 January 2020 to 1 June 2022"),
    pytest.param("diagnosis: 2021-02", "death: 20XX", (123, NEVER_ENDS), "death",
                 id="a death in a century: 28 February to 1 July 2021 and no end"),
    pytest.param("diagnosis: 20XX", "last contact: diagnosis + 30 days", (30, 30),
                 "no death on record", id="counted from it: known however vague both are"),
]  # fmt: skip


@pytest.mark.parametrize(("diagnosis", "end", "days", "reason"), ROWS)
def test_survival_from_a_diagnosis(diagnosis, end, days, reason, tmp_path):
    found, problems = record(tmp_path, diagnosis + (COURSE if "+" not in end else "\n") + end)
    assert not problems
    outcome = found.outcome("OS", None)
    assert (outcome.days and (outcome.days.low, outcome.days.high)) == days
    assert outcome.reason.startswith(reason)
    assert value_text(outcome).startswith("not derived") == (days is None)


def test_a_line_of_a_record_with_such_a_date_ends_at_its_last_known_day_or_later(tmp_path):
    """81 days from 12 April to 2 July 2021; that the diagnosis was later is not excluded."""
    found, _ = record(tmp_path, "diagnosis: 20XX" + COURSE.replace("07-01", "07-02"))
    days = found.outcome("OS", 1).days
    assert (days.low, days.high) == (81, NEVER_ENDS)


def test_a_printed_time_from_such_a_date_is_not_checkable(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: c\nreport: {title: A report}\nevents:\n  Case:\n    - {diagnosis: 20XX}\n"
        "    - {treatment: 2021-04-12, line: 1, drugs: doxorubicin}\n"
        "    - {last contact: 2022-06-01, printed: {OS: 20 months, place: Abstract}}\n"
    )
    (verdict,) = audit(derive(load_case(path)), load_report(path))
    assert verdict.conclusion is Conclusion.NOT_CHECKABLE
    assert UNKNOWN.format(end="last contact") in verdict.description
    assert summary_of("case.yaml", path).overall == "not known: the diagnosis has no year"


@pytest.mark.parametrize(("text", "vague"), [("..", True), ("20XX", True), ("202X", False)])
def test_a_decade_is_known_or_not(text, vague):
    assert is_vague(parse_edtf(text).span if text != ".." else ANY) == vague
