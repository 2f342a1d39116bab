"""Dates in words of order, and the form that states the same."""

from __future__ import annotations

import re

import pytest

from tests.rows import every_row
from timeline.core.calendar.date_forms import word_advice
from timeline.core.calendar.partial_dates import parse_date, parse_period

DAYS = "these words in note"
SEASON = "the season in note"
QUOTED = ", in quotes within {..}"
ORDER = (
    "write 2019, 2019-02 or 2019-02-14; if hepatitis is an event, hepatitis + 0 days for its day"
)

# the words, the advice for a date, that for a period where it is another
WORDS = [
    ("during line 1", f"write after line 1 start, before line 1 end{QUOTED}",
     "write after line 1 start/before line 1 end"),
    ("While on line 2", f"write after line 2 start, before line 2 end{QUOTED}",
     "write after line 2 start/before line 2 end"),
    ("during 2021", "write 2021", ""),
    ("between surgery and line 1", f"write after surgery, before line 1{QUOTED}",
     "write after surgery/before line 1"),
    ("between March and May 2021",
     "write the year of both, March 2021 to May 2021, as ISO dates: [2021-03..2021-05]", ""),
    ("between 2021-03 and 2021-05", f"write [2021-03..2021-05]{QUOTED}", ""),
    ("shortly after surgery", "write after surgery", ""),
    ("immediately before line 1", "write before line 1", ""),
    ("since surgery", "write after surgery",
     "write after surgery/, or after surgery/.. for what goes on"),
    ("since March 2021", f"write [2021-03..]{QUOTED}", ""),
    ("until line 2", "write before line 2", ""),
    ("by 2021-05", f"write [..2021-05]{QUOTED}", ""),
    ("at diagnosis", "write diagnosis + 0 days for the day of that event", ""),
    ("the same day as biopsy", "write biopsy + 0 days for the day of that event", ""),
    ("on 5 May 2021", "write 2021-05-05", ""),
    ("end of line 1", "write line 1 end + 0 days for that day", ""),
    # a third of a year is four months; of a month ten days, the last with what is left
    ("early 2021", f"write [2021-01..2021-04]{QUOTED}; or 2021 with {DAYS}", ""),
    ("late May 2021", f"write [2021-05-21..2021-05-31]{QUOTED}; or 2021-05 with {DAYS}", ""),
    ("end of May 2020", f"write [2020-05-21..2020-05-31]{QUOTED}; or 2020-05 with {DAYS}", ""),
    ("mid-February 2020", f"write [2020-02-11..2020-02-20]{QUOTED}; or 2020-02 with {DAYS}", ""),
    ("end of February 2020", f"write [2020-02-21..2020-02-29]{QUOTED}; or 2020-02 with {DAYS}", ""),
    ("beginning of March 2019", f"write [2019-03-01..2019-03-10]{QUOTED}; or 2019-03 with {DAYS}",
     ""),
    ("Q1 2021", f"write [2021-01..2021-03]{QUOTED}", ""),  # months 1 to 3
    ("2021-Q4", f"write [2021-10..2021-12]{QUOTED}", ""),
    ("second half of 2021", f"write [2021-07..2021-12]{QUOTED}", ""),
    # seasons of the meteorologists: whole months, in the north and in the south
    ("autumn 2021", (f"write [2021-09..2021-11]{QUOTED} ([2021-03..2021-05] in the south); "
     f"or 2021 with {SEASON}"), ""),
    ("winter 2020", (f"write [2020-12..2021-02]{QUOTED} ([2020-06..2020-08] in the south); "
     f"or 2020 with {SEASON}"), ""),
    ("line 1", ("write line 1 + 0 days for the day it began; or before line 1, or after line 1 "
     "start for an order"), ""),
    ("Line 3 start", ("write Line 3 + 0 days for the day it began; or before Line 3, or after "
     "Line 3 start for an order"), ""),
    ("line 2 end", ("write line 2 end + 0 days for that day; or before line 2 end, or after line 2 "
     "end for an order"), ""),
    ("adjuvant start", ("write adjuvant start + 0 days for that day; or before adjuvant start, or "
     "after adjuvant start for an order"), ""),
    ("May 2020 end", f"write 2020-05 with {DAYS}", ""),
    ("8 weeks later", "write after which event: 8 weeks after surgery", ""),
    ("week 8", "write since which event: line 1 + 8 weeks", ""),
    ("C3D1", "write of which treatment: C3D1 of line 1", ""),
    ("ongoing", "write .. if the date is not known",
     "write a start, and .. for the end of what goes on: 2021-12/.."),
    ("hepatitis", ORDER, ""),
]  # fmt: skip


@every_row(("text", "of_date", "of_period"), WORDS)
def test_words_of_order_are_refused_with_the_form_that_states_them(text, of_date, of_period):
    for read, advice in ((parse_date, of_date), (parse_period, of_period or of_date)):
        with pytest.raises(ValueError, match="not a date") as fault:
            read(text)
        assert str(fault.value) == f"not a date: {text!r} ({advice})"


def test_an_event_as_the_end_of_a_period():
    with pytest.raises(ValueError, match="not a date") as fault:
        parse_period("2021-02/hepatitis")
    assert str(fault.value) == f"not a date: 'hepatitis' ({ORDER})"


def _forms(advice):
    """The forms of an advice that can be written as they stand."""
    plain = advice.removeprefix("write ").replace(QUOTED, "")
    parts = re.split(r"; if .*?, |, or |; or | for | with |: | \(| in the south", plain)
    return [each for each in parts if re.search("[0-9]|after|before", each) and "," not in each]


@every_row(("text", "of_date", "of_period"), WORDS)
def test_each_form_that_is_offered_is_read(text, of_date, of_period):
    for each in _forms(of_date):
        parse_date(each)
    for each in _forms(of_period):
        parse_period(each)


@pytest.mark.parametrize(
    "text", ["2021-13", "some text of so many words that it names nothing", "2021-02-30"]
)
def test_what_is_no_such_form_keeps_its_own_message(text):
    assert not word_advice(text)


def test_an_adverb_is_no_number_of_years():
    """``shortly`` ends in y, a unit of years."""
    with pytest.raises(ValueError, match="write after surgery"):
        parse_date("shortly after surgery")
