"""A change of dose within a treatment bounds what only an order dates: its start and its end."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.core.calendar.dates import format_days
from timeline.core.span import Span
from timeline.record.events import Treatment

COURSE = """scan: 2020-06, baseline: 2
treatment: 2020-07/before line 3, line: 2, drugs: [letrozole, everolimus]
treatment: 2024-08/.., line: 3, drugs: megestrol acetate
last contact: 2025-01
"""
ORDER_ALONE = "2020-07-01 to 2024-08-31"  # from the first day of July 2020 to the last of August
ENDS = [
    pytest.param("dose reduced: 2023-07, line: 2", "2023-07-01 to 2024-08-31", id="reduced"),
    pytest.param("dose increased: 2023-07, line: 2", "2023-07-01 to 2024-08-31", id="increased"),
    pytest.param("dose resumed: 2023-07, line: 2", "2023-07-01 to 2024-08-31", id="resumed"),
    pytest.param("dose reduced: 2023-07, line: 2, drugs: Afinitor 5 mg",
                 "2023-07-01 to 2024-08-31", id="of one of its drugs, by another name"),
    pytest.param("dose held: 2023-07, line: 2", ORDER_ALONE, id="held: no dose from that day on"),
    pytest.param("dose reduced: 2023-07, line: 2, drugs: exemestane", ORDER_ALONE,
                 id="of a drug that it does not have"),
    pytest.param("dose reduced: 2023-07", ORDER_ALONE, id="of no treatment by name"),
    pytest.param("dose reduced: 2023-07, line: 2, planned: yes", ORDER_ALONE, id="planned"),
    pytest.param("dose reduced: 2023-07, line: 2\ndose increased: 2024-02, line: 2",
                 "2024-02-01 to 2024-08-31", id="the last of two"),
]  # fmt: skip


def _treatment(found, line):
    return next(each for each in found.case.all_of(Treatment) if each.line == line)


@pytest.mark.parametrize(("change", "end"), ENDS)
def test_a_treatment_had_not_ended_before_a_change_of_its_dose(change, end, tmp_path):
    found, problems = record(tmp_path, COURSE + change)
    assert not problems, problems
    assert format_days(_treatment(found, 2).end.span) == end


def test_time_on_treatment_is_at_least_that_to_the_change(tmp_path):
    """From 31 July 2020 to 1 July 2023 are 3 x 365 - 30 days; to 31 August 2024 4 x 365 + 1 + 61.

    The second counts from 1 July 2020.
    """
    found, _ = record(tmp_path, COURSE + "dose reduced: 2023-07, line: 2")
    (outcome,) = [found.endpoint("ToT", line=2)]
    assert outcome.days == Span(1065, 1522)


def test_exposure_without_a_stated_end_goes_on_to_the_change(tmp_path):
    """Exposure counts the last day as well: 1065 + 1 days at the least."""
    course = COURSE.replace("2020-07/before line 3", "2020-07")
    found, _ = record(tmp_path, course + "dose reduced: 2023-07, line: 2")
    (outcome,) = [found.endpoint("Exposure", line=2)]
    assert outcome.days == Span(1066, 1523)


def test_a_treatment_began_before_a_change_of_its_dose(tmp_path):
    events = """treatment: before scan 2022-05/.., line: 1, drugs: letrozole
dose held: 2021-03, line: 1
scan: 2022-05
"""
    found, problems = record(tmp_path, events)
    assert not problems, problems
    assert format_days(_treatment(found, 1).start.span) == "2021-03-31 or earlier"


def test_a_change_known_by_order_lies_within_its_treatment(tmp_path):
    found, problems = record(tmp_path, COURSE + "dose reduced: before line 3, line: 2")
    assert not problems, problems
    change = next(each for each in found.case.events if each.kind == "dose reduced")
    assert format_days(change.start.span) == ORDER_ALONE


def test_of_two_regimens_of_a_line_none_is_known_to_have_been_changed(tmp_path):
    events = """treatment: 2020-07/before line 3, line: 2, drugs: letrozole
treatment: 2020-09/before line 3, line: 2, drugs: everolimus
dose reduced: 2023-07, line: 2
treatment: 2024-08/.., line: 3, drugs: megestrol acetate
"""
    found, problems = record(tmp_path, events)
    assert not problems, problems
    assert format_days(_treatment(found, 2).end.span) == ORDER_ALONE
    named = events.replace("2023-07, line: 2", "2023-07, line: 2, drugs: letrozole")
    found, _ = record(tmp_path, named)
    assert format_days(_treatment(found, 2).end.span) == "2023-07-01 to 2024-08-31"


def test_a_change_after_a_stated_end_narrows_nothing(tmp_path):
    """A dated end keeps the days that the report prints."""
    events = """treatment: 2020-07/2021-02, line: 1, drugs: letrozole
dose reduced: 2023-07, line: 1
"""
    found, _ = record(tmp_path, events)
    assert format_days(_treatment(found, 1).end.span) == "2021-02"
