from __future__ import annotations

import pytest

from timeline.core.calendar.dates import format_days, parse_edtf
from timeline.core.calendar.partial_dates import parse_date, parse_period, printed_date, printed_day


@pytest.mark.parametrize(
    ("text", "day", "after", "before"),
    [
        pytest.param("2020-10", "2020-10", None, None, id="a date alone"),
        pytest.param("after line 3", "date not known", "line 3", None, id="an order alone"),
        pytest.param("after A, before B", "date not known", "A", "B", id="both orders"),
        pytest.param("2020-10, after A end", "2020-10", "A end", None, id="a date and an order"),
    ],
)
def test_a_moment_by_date_order_or_both(text, day, after, before):
    when = parse_date(text)
    assert (format_days(when.strict), when.after, when.before) == (day, after, before)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("2020-10", "on 2020-10", id="a date"),
        pytest.param("2020-10, after line 3", "on 2020-10, after line 3", id="a date and an order"),
        pytest.param("line 1 + 8 weeks", "at line 1 + 8 weeks", id="counted from an event"),
        pytest.param("after line 3", "after line 3", id="an order alone"),
    ],
)
def test_a_moment_in_a_sentence(text, words):
    assert parse_date(text).in_sentence == words


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2020-10, 2020-11", "more than one date"),
        ("after A, after B", "stated twice"),
    ],
)
def test_a_date_with_two_meanings_is_refused(text, fault):
    with pytest.raises(ValueError, match=fault):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "ongoing"),
    [
        pytest.param("2020-06/2020-10", "2020-06", "2020-10", False, id="both ends"),
        pytest.param("2021-12/..", "2021-12", "2021-12-01 or later", True, id="going on"),
        pytest.param("2021-12/", "2021-12", None, False, id="end not known"),
        pytest.param("2021-12", "2021-12", None, False, id="nothing stated of the end"),
    ],
)
def test_periods(text, start, end, ongoing):
    read = parse_period(text)
    shown = read.end and format_days(read.end.span)
    assert (format_days(read.start.span), shown, read.ongoing) == (start, end, ongoing)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        pytest.param("2020-10/2020-06", True, id="months"),
        pytest.param("2022-05/2020", True, id="a month and a year"),
        pytest.param("2020-06/2020-06", False, id="within one month"),
        pytest.param("2020-06/..", False, id="ongoing"),
    ],
)
def test_a_period_that_ends_before_it_starts_is_known(text, wrong):
    """It is refused with the order of the case, which shows which date is wrong."""
    assert parse_period(text).is_reversed is wrong


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("December 2021", "2021-12"),
        ("Dec. 2021", "2021-12"),
        ("5 December 2018", "2018-12-05"),
        ("August 6, 2017", "2017-08-06"),
        ("23-Nov-2023", "2023-11-23"),
        ("May 2019", "2019-05"),
        ("2019-05", "2019-05"),
    ],
)
def test_dates_as_papers_print_them(text, same_as):
    assert printed_date(text).strict == parse_edtf(same_as).strict
    assert printed_date(text).text == text


@pytest.mark.parametrize("text", ["Decembar 2021", "31 June 2020", "6/8/2017", "recently"])
def test_a_printed_date_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"not a date|not on the calendar"):
        printed_date(text)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("1st of June 2016", "2016-06-01"),
        ("June 1st, 2016", "2016-06-01"),
        ("the end of May 2020", "2020-05"),  # a day of that month; which is not said
        ("mid-June 2016", "2016-06"),
        ("early 2020", "2020"),
        ("13/12/2021", "2021-12-13"),  # there is no 13th month
    ],
)
def test_a_date_in_words_is_read_as_printed(text, same_as):
    assert printed_day(text).strict == parse_edtf(same_as).strict
    assert printed_day(text).text == text


@pytest.mark.parametrize(
    "text", ["05/12/2021", "May 98", "end of line 1", "late", "2021-03-15 08:30"]
)
def test_a_printed_day_that_may_be_several_is_refused(text):
    with pytest.raises(ValueError, match="not a date"):
        printed_day(text)


def test_a_day_that_no_calendar_has_stays_in_words():
    assert printed_day("31st of June 2016") == "31st of June 2016"  # June has 30 days
