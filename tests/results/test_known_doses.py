"""The cycles that a record shows to have been given, where it states no number of them."""

from __future__ import annotations

import pytest

from timeline.record.case import Case
from timeline.record.events import LastContact, Scan, Treatment
from timeline.results.courses import courses


def certain_days(*events, **more):
    given = Treatment(at="2019-10-30/", line=1, drugs="sintilimab", **{"cycle": "3 weeks", **more})
    case, problems = Case.of("x", (given, *events, LastContact(at="2023-11-13")))
    assert not problems
    (treatment,) = case.all_of(Treatment)
    (course,) = courses(treatment, ("sintilimab",), case)
    return course.certain_days


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("after cycle 6 of line 1", 105),  # its first day is 5 x 21 days after the start
        ("C4D8 of line 1", 63),  # 3 x 21
        ("cycle 2 of line 1", 21),
        ("before cycle 6 of line 1", 0),  # whether the sixth was given is not stated
        ("2020-03", 0),
    ],
)
def test_an_event_after_a_cycle_shows_that_it_was_given(when, days):
    assert certain_days(Scan(at=when, called="PR", line=1)) == days


def test_a_planned_scan_shows_nothing_and_more_cycles_count():
    planned = Scan(at="after cycle 6 of line 1", planned="yes")
    assert certain_days(planned) == 0
    assert certain_days(Scan(at="after cycle 2 of line 1"), cycles="4") == 63
    assert certain_days(Scan(at="after cycle 6 of line 1"), cycles="at least 4") == 105
