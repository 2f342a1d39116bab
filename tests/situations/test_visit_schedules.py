"""Schedules of assessments that change, and what they allow to be missed."""

from __future__ import annotations

import pytest

from timeline.core.calendar.dates import parse_edtf
from timeline.core.span import Span
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.record.ordering.visit_schedule import visit_schedule

DAY = {text: int(parse_edtf(text).span.low) for text in ("2022-01-01", "2022-12-01", "2022-12-31")}
JANUARY = DAY["2022-01-01"]
CHANGES = "every 8 weeks until 2022-12, then every 12 weeks"


@pytest.mark.parametrize(
    ("text", "day", "intervals", "why"),
    [
        ("8 weeks", 0, (56, 56), "one interval throughout"),
        ("every 8 weeks", 900, (56, 56), "with the word every"),
        (CHANGES, DAY["2022-12-01"] - 1 - JANUARY, (56, 56), "before December"),
        (CHANGES, DAY["2022-12-01"] - JANUARY, (56, 84), "some day of December is the last"),
        (CHANGES, DAY["2022-12-31"] - JANUARY, (84, 84), "December is over"),
        ("every 6 weeks for 24 weeks, then every 12 weeks", 167, (42, 42), "day 167 of 168"),
        ("every 6 weeks for the first 24 weeks then 12 weeks", 168, (84, 84), "24 weeks are over"),
        ("6 weeks for 12 weeks, then 9 weeks for 54 weeks, then 12 weeks", 300, (63, 63), "three"),
    ],
)
def test_which_interval_holds_after_a_day(text, day, intervals, why):
    assert visit_schedule(text).interval(JANUARY + day, JANUARY) == intervals, why


@pytest.mark.parametrize(
    ("since", "most"),
    [
        (0, 2 * 56 + 2 * 7),  # days 56 and 112: long before the change at 168
        (112, 56 + 84 + 2 * 7),  # days 168 and 252: the second interval is the longer one
        (168, 2 * 84 + 2 * 7),
    ],
)
def test_two_missed_visits_follow_the_interval_in_force(since, most):
    schedule = visit_schedule("every 8 weeks for 24 weeks, then every 12 weeks")
    found = schedule.unseen(Span.point(JANUARY + since), Span.point(JANUARY), 2, 7)
    assert found == Span.point(most)


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("8 weeks then 12 weeks", "not a schedule"),
        ("every 8 weeks until 2022-12", "what follows is not stated"),
        ("now and then", "write 8 weeks"),
        ("every 0 weeks", "write"),
        ("every 8 weeks until 2022-12, then every 12 weeks until 2021, then 16 weeks", "descend"),
    ],
)
def test_what_is_no_schedule_is_refused(text, description):
    with pytest.raises(ValueError, match=description):
        visit_schedule(text)


FILE = """case: a
events:
  - {{scan: 2022-01-01, baseline: 1, sum: 100 mm}}
  - {{treatment: 2022-01-01/.., line: 1, drugs: x, assessed-every: "{schedule}"}}
  - {{scan: 2022-06-18, sum: 90 mm, new: none}}
  - {{scan: 2022-11-25, new: liver, sum: 90 mm}}
  - {{last contact: 2023-02-01}}
"""


@pytest.mark.parametrize(
    ("schedule", "state"),
    [
        ("8 weeks", "censored"),  # 160 days without a visit; 2 x (56 + 7) = 126 allowed
        ("every 8 weeks for 24 weeks, then every 12 weeks", "event"),  # 2 x (84 + 7) = 182
        ("every 8 weeks until 2022-06, then every 12 weeks", "undecided"),  # 154 or 182
    ],
)
def test_progression_after_a_gap(schedule, state, tmp_path):
    """Seen on day 168 and not again until day 328: 160 days (FDA 2018, table A)."""
    path = tmp_path / "a.yaml"
    path.write_text(FILE.format(schedule=schedule), "utf-8")
    case, problems = load(path)
    assert not problems
    reading, problems = derive(case)
    assert not problems
    found = {each.event for each in reading.outcome("PFS", 1).alternatives}
    expected = {"event": {True}, "censored": {False}, "undecided": {True, False}}
    assert found == expected[state]
