"""Numbers of a table that are no time of a patient, and dates of another order."""

from fractions import Fraction

import pytest

from renderers.tables.date_mistakes import (
    all_look_like_dates,
    beyond_life,
    is_dated,
    looks_like_date,
    no_date,
)
from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.durations import days_per


@pytest.mark.parametrize(
    ("text", "description"),
    [
        pytest.param("39448", "a spreadsheet date: write 2008-01-01", id="Excel's own example"),
        pytest.param(
            "22831",
            "a date: 1962-07-04 in a spreadsheet, 2022-07-05 in SAS, 2032-07-05 in R",
            id="a day that three programs count",
        ),
        pytest.param("2021", "a year: write 2021-03-01, or 2021-XX", id="a bare year"),
        pytest.param("20210131", "a date: write 2021-01-31", id="a date without hyphens"),
        pytest.param("20211301", "", id="there is no month 13"),
        pytest.param("20000101", "a date: write 2000-01-01", id="eight digits are no serial"),
        pytest.param("1899", "", id="a number of days"),
        pytest.param("365", "", id="days of a year"),
        pytest.param("2021.5", "", id="no whole number"),
        pytest.param("-2021", "", id="before zero"),
        pytest.param("9" * 5000, "", id="digits without end"),
    ],
)
def test_what_a_number_looks_like(text, description):
    assert looks_like_date(text) == description


def test_all_numbers_must_look_like_something_else():
    assert all_look_like_dates(["2021", "2020"]) == "a year: write 2021-03-01, or 2021-XX"
    assert all_look_like_dates(["2021", "0"]) == all_look_like_dates([]) == ""


@pytest.mark.parametrize(
    ("text", "unit", "beyond"),
    [
        pytest.param("150", "years", False, id="150 years are allowed"),
        pytest.param("150.01", "years", True, id="a little more is not"),
        pytest.param("54787", "days", False, id="150 years of 365.25 days are 54787.5 days"),
        pytest.param("54788", "days", True, id="half a day more"),
        pytest.param("1800", "months", False, id="150 times 12 months"),
        pytest.param("1801", "months", True, id="a month more"),
        pytest.param("-54788", "days", True, id="before zero as well"),
        pytest.param("1e99", "days", True, id="by its exponent"),
        pytest.param("9" * 5000, "days", True, id="more digits than are ever read"),
        pytest.param("5." + "3" * 60, "days", False, id="many places after the point"),
    ],
)
def test_a_span_longer_than_a_life_is_refused(text, unit, beyond):
    assert bool(beyond_life(text, days_per(unit))) == beyond


def test_a_number_beyond_a_life_is_shown_short_with_what_it_looks_like():
    assert beyond_life("9" * 5000, Fraction(1)) == (
        "longer than a life of 150 years: '999999999999999999999999..' (check the unit)"
    )
    assert beyond_life("39448", Fraction(7)).endswith(
        "(check the unit; it looks like a spreadsheet date: write 2008-01-01)"
    )


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        *((text, True) for text in ("1/3/2021", "01.03.21", "2021/3/1", "01-Mar-2021")),
        *((text, True) for text in ("01MAR2021", "1 March 2021", "Mar 1, 2021", "9999-01-01")),
        *((text, True) for text in ("2021-03-01 08:30:00", "2021-03-01T08:30Z")),
        *((text, False) for text in ("5", "5.2", "-3", "1e3", "5,5", "soon", "5 days", "")),
    ],
)
def test_dates_of_any_order_are_seen(text, dated):
    assert is_dated(text) is dated


@pytest.mark.parametrize(
    ("text", "description"),
    [
        pytest.param("1/3/2021", "not a date: '1/3/2021' (write the year, the month, the day: "
                     "2021-03-01)", id="day and month in unknown order"),
        pytest.param("2021-03-01 08:30", "(write the year, the month, the day: 2021-03-01)",
                     id="a time of day"),
        pytest.param("9999-01-01", "not a year of a patient's life: '9999-01-01'", id="its year"),
        pytest.param("5", "(the other times are dates)", id="a number"),
    ],
)  # fmt: skip
def test_why_a_text_is_none_of_the_dates(text, description):
    with pytest.raises(ValueError, match="not a") as fault:
        parse_edtf(text)
    assert description in no_date(text, fault.value)
