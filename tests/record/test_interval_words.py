"""Intervals in the words of reports: cycles, and planned assessments."""

from __future__ import annotations

import pytest

from timeline.record.event_parts.cycles import cycle_length
from timeline.record.ordering.visit_schedule import visit_schedule

IN_WORDS = (
    ("daily", 1), ("every other day", 2), ("weekly", 7), ("once a week", 7), ("every week", 7),
    ("Weekly", 7), ("every two weeks", 14), ("every other week", 14), ("every second week", 14),
    ("fortnightly", 14), ("two weeks", 14), ("every 3 weeks", 21), ("three weeks", 21),
    ("every third week", 21), ("every twenty-one days", 21), ("twenty-eight days", 28),
)  # fmt: skip


@pytest.mark.parametrize(("text", "days"), IN_WORDS)
def test_the_length_of_a_cycle(text, days):
    assert cycle_length(text).exact == days


@pytest.mark.parametrize(("text", "days"), IN_WORDS)
def test_the_interval_of_assessments(text, days):
    assert visit_schedule(text).longest == days


@pytest.mark.parametrize(
    ("text", "days"),
    [("three-weekly", 21), ("3-weekly", 21), ("q1w", 7), ("q3w", 21), ("21-day cycles", 21)],
)
def test_words_of_a_cycle_alone(text, days):
    assert cycle_length(text).exact == days


def test_an_interval_in_words_that_changes():
    schedule = visit_schedule("weekly for four weeks, then every eight weeks")
    assert [(each.interval, each.lasting) for each in schedule.phases] == [(7, 28), (56, None)]


@pytest.mark.parametrize("read", [cycle_length, visit_schedule])
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("biweekly", "is every 2 weeks to some and twice a week to others (write 2 weeks, or"),
        ("bi-monthly", "is every 2 months to some and twice a month to others (write 2 months"),
        ("twice weekly", "is how often within a time, not how long until it is repeated (write"),
        ("three times a week", "is how often within a time"),
        ("semiweekly", "is how often within a time"),
    ],
)
def test_a_word_that_gives_no_interval_is_refused_with_the_reason(read, text, why):
    with pytest.raises(ValueError, match="is ") as refused:
        read(text)
    assert f"{text!r} {why}" in str(refused.value)


@pytest.mark.parametrize(
    ("read", "advice"),
    [
        (cycle_length, "not the length of a cycle: 'often' (write 3 weeks, 21 days, q3w or weekly"),
        (visit_schedule, "not an interval: 'often' (write 8 weeks; or"),
    ],
)
def test_other_words_are_told_what_to_write(read, advice):
    with pytest.raises(ValueError, match="not") as refused:
        read("often")
    assert advice in str(refused.value)
