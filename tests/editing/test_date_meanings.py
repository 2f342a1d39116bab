"""What a date will mean: by hand, and against the record that is read with it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from tests.editing.test_laws import TEXTS, loaded
from tests.strategies import edtf_texts
from timeline.core.calendar.partial_dates import parse_date
from timeline.editing import date_meaning, event_grid, with_cell

CASE = """\
case: a
events:
  - {surgery: 2021-03-01}
  - {treatment: 2021-04-01/2021-08, line: 1, drugs: anlotinib, cycle: 3 weeks}
  - {scan: 2021-06}
  - {last contact: 2022-03}
"""

PLAIN = [  # text, as it is written, words, first day, last day
    ("2021-03", "2021-03", "any day of March 2021", "2021-03-01", "2021-03-31"),
    ("2021", "2021", "any day of 2021", "2021-01-01", "2021-12-31"),
    ("2021-03-15", "2021-03-15", "2021-03-15", "2021-03-15", "2021-03-15"),
    ("15 March 2021", "2021-03-15", "2021-03-15", "2021-03-15", "2021-03-15"),
    ("2021/3/15", "2021-03-15", "2021-03-15", "2021-03-15", "2021-03-15"),
    ("201X", "201X", "any day from 2010-01-01 to 2019-12-31", "2010-01-01", "2019-12-31"),
    ("2021-12~", "2021-12~", "about December 2021: 2021-11-01 to 2022-01-31", "2021-11-01",
     "2022-01-31"),
    ("[2021-12..2022-02]", "[2021-12..2022-02]", "any day from 2021-12-01 to 2022-02-28",
     "2021-12-01", "2022-02-28"),
    ("[2021-12..]", "[2021-12..]", "2021-12-01 or later", "2021-12-01", None),
    ("..", "..", "date not known", None, None),
]  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@pytest.mark.parametrize(("text", "written", "words", "first", "last"), PLAIN)
def test_a_date_that_names_no_event(text, written, words, first, last):
    for found in (date_meaning(text), date_meaning(text, CASE), date_meaning(text, CASE, row=0)):
        assert (found.written, found.words, found.problem) == (written, words, "")
    alone = date_meaning(text, CASE)
    assert (_iso(alone.first), _iso(alone.last)) == (first, last)


COUNTED = [
    # 8 weeks as printed are 7.5 to 8.5: 52.5 to 59.5 days, in whole days 53 to 59
    ("8 weeks after line 1 start",
     "53 to 59 days after the start of line 1: 2021-05-24 to 2021-05-30"),
    # 56 days after 1 April: 30 days of April leave 26 of May, and one on
    ("line 1 + 8 weeks", "56 days after the start of line 1: 2021-05-27"),
    ("surgery + 1 months", "1 calendar month after surgery 2021-03-01: 2021-04-01"),
    ("surgery - 1 days", "1 day before surgery 2021-03-01: 2021-02-28"),
    ("day 12 of line 1", "11 days after the start of line 1: 2021-04-12"),
    ("surgery + 0 days", "the day of surgery 2021-03-01: 2021-03-01"),
    # cycles of 3 weeks: cycle 3 begins 42 days after the start, 13 May
    ("cycle 3 of line 1", "42 days after the start of line 1: 2021-05-13"),
    ("line 1 end + 2 days", "2 days after the end of line 1: 2021-08-03 to 2021-09-02"),
    ("before line 1", "not after the start of line 1: 2021-04-01 or earlier"),
    ("2021-03, after surgery",
     "any day of March 2021, not before surgery 2021-03-01: 2021-03-01 to 2021-03-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), COUNTED)
def test_a_date_by_other_events(text, words):
    assert date_meaning(text, CASE).words == words
    assert date_meaning(text, loaded(CASE)[0].case).words == words


def test_without_a_case_the_words_are_those_of_the_text():
    assert date_meaning("8 weeks after surgery").words == "53 to 59 days after surgery"
    assert date_meaning("after line 9, before death").words == "not before line 9, not after death"
    faulty = CASE.replace("surgery: 2021-03-01", "surgery: 2021-13-01")
    assert date_meaning("line 1 + 8 weeks", faulty).words == "56 days after line 1"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("15.03.2021", "not a date: '15.03.2021' (write 2021-03-15)"),
        ("31.31.2021", "not a date: '31.31.2021' (write 2021-03-15, 2021-03 or 2021)"),
        ("44209", "a spreadsheet date: write 2021-01-13"),
        ("2021-02-30", "2021-02-30"),
        ("week 8", "week 8"),
        ("after line 9", "no such event: 'line 9'"),
        ("2 weeks after line 1", "line 1 has a start and an end"),
    ],
)
def test_what_is_no_date_has_what_to_write(text, problem):
    found = date_meaning(text, CASE)
    assert problem in found.problem
    assert "--" not in found.problem
    assert bool(found.problem) != bool(found.words)


def test_the_end_of_a_period_and_a_date_against_the_others():
    assert date_meaning("ongoing", CASE, row=1, key="end").words == "goes on when the record ends"
    assert date_meaning("", CASE, row=1, key="end").words == "the end is not stated"
    assert date_meaning("2021-07", CASE, row=1, key="end").words == "any day of July 2021"
    assert "one date" in date_meaning("2021-07", CASE, row=0, key="end").problem
    assert "after line 1" in date_meaning("2021", CASE, row=2).problem
    late = date_meaning("2023-01", CASE, row=2)
    assert "2022-03" in late.problem
    whole = date_meaning("2021-04/2021-07", CASE, row=1)
    assert "two ends" in whole.problem
    alone = CASE.replace("/2021-08", "")
    both = date_meaning("2021-04/2021-07", alone, row=1)
    assert both.words == "from any day of April 2021; to any day of July 2021"


@given(edtf_texts())
def test_the_days_are_those_of_the_reader(text):
    span, found = parse_date(text).span, date_meaning(text)
    assert (found.first, found.last) == (
        date.fromordinal(int(span.low)), date.fromordinal(int(span.high)))  # fmt: skip
    assert found.written == text


@pytest.mark.parametrize("name", ["cases/wang2023.yaml", "cases/jin2025.yaml"])
def test_every_date_of_a_case_has_the_days_that_the_case_gives_it(name):
    text = TEXTS[name]
    starts = {each.where.line: each.start.span for each in loaded(text)[0].case.events}
    for row in event_grid(text).rows:
        written = row.cells["date"]
        if with_cell(text, "events", row.number, "date", written).problems or "/" in written:
            continue
        found = date_meaning(written, text, row=row.number)
        span = starts[row.places["date"][0]]
        assert found.problem == ""
        assert found.words
        if found.first and not isinstance(span.low, float):
            assert found.first.toordinal() == span.low
