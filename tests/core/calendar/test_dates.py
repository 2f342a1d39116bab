from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given, settings

from tests.strategies import edtf_texts
from timeline.core.calendar.dates import format_day, format_days
from timeline.core.calendar.dates import parse_edtf as edtf
from timeline.core.span import Span


def oracle(text: str) -> tuple[date, date]:
    """The strict bounds by the edtf package."""
    parsed = parse_edtf(text)
    low, high = parsed.lower_strict(), parsed.upper_strict()
    return date(*low[:3]), date(*high[:3])


@settings(max_examples=60, deadline=None)
@given(edtf_texts())
def test_strict_bounds_agree_with_the_edtf_package(text):
    low, high = oracle(text)
    assert edtf(text).strict == Span(low.toordinal(), high.toordinal())


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("2021-12", "2021-12-01", "2021-12-31", id="a month is all its days"),
        pytest.param("2024-02", "2024-02-01", "2024-02-29", id="a leap month has 29"),
        pytest.param("1900-02", "1900-02-01", "1900-02-28", id="1900 was no leap year"),
        pytest.param("2014-XX", "2014-01-01", "2014-12-31", id="month digits unknown"),
        pytest.param("2014-12-XX", "2014-12-01", "2014-12-31", id="day digits unknown"),
        pytest.param("201X", "2010-01-01", "2019-12-31", id="a decade"),
        pytest.param("2021-12/2022-02", "2021-12-01", "2022-02-28", id="somewhere between"),
        pytest.param("2021-12-05", "2021-12-05", "2021-12-05", id="a day is a point"),
    ],
)
def test_bounds_by_hand(text, low, high):
    span = edtf(text).strict
    assert (format_day(span.low), format_day(span.high)) == (low, high)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        pytest.param("2000-01-01", "2099-12-31", "20XX", id="a century: no year is known"),
        pytest.param("2021-12-14", "2099-12-31", "2021-12-14 or later in 20XX",
                     id="the end of the century is no day of the record"),
        pytest.param("1900-01-01", "1987-05-02", "1987-05-02 or earlier in 19XX",
                     id="nor is its first day"),
        pytest.param("1998-03-01", "2014-05-31", "1998-03-01 to 2014-05-31",
                     id="both ends are of the record"),
        pytest.param("2095-03-01", "2099-12-31", "2095-03-01 to 2099-12-31",
                     id="the last years of a century: a range of years"),
    ],
)  # fmt: skip
def test_the_ends_of_a_century_are_not_printed_as_days(low, high, shown):
    assert format_days(Span(edtf(low).strict.low, edtf(high).strict.high)) == shown


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("2021-12~", "2021-11-01", "2022-01-31", id="a month to either side"),
        pytest.param("2021-12-05~", "2021-12-04", "2021-12-06", id="a day to either side"),
        pytest.param("2021%", "2020-01-01", "2022-12-31", id="a year to either side"),
        pytest.param("2021-12?", "2021-12-01", "2021-12-31", id="uncertain is not approximate"),
    ],
)
def test_an_approximate_date_allows_one_unit_to_either_side(text, low, high):
    assert (format_day(edtf(text).span.low), format_day(edtf(text).span.high)) == (low, high)


@pytest.mark.parametrize(
    ("text", "open_end"),
    [
        pytest.param("2021-12/..", "high", id="open end"),
        pytest.param("../2021-12", "low", id="open start"),
        pytest.param("2021-12/", "high", id="unknown end"),
    ],
)
def test_open_ends(text, open_end):
    assert not edtf(text).strict.is_bounded
    assert format_day(getattr(edtf(text).strict, open_end)) == ".."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("2021-02-30", "February 2021 has 28 days, and no 30th", id="no such day"),
        pytest.param("2021-13", "months run from 01 to 12", id="no such month"),
        pytest.param("2021-00", "months run from 01 to 12", id="month zero"),
        pytest.param("soon", "write 2019, 2019-02 or 2019-02-14", id="no date at all"),
        pytest.param("05/12/2021", "not a date", id="day or month first is not guessed"),
        pytest.param("2022-02/2021-12", "ends before it starts", id="the wrong way round"),
        pytest.param("0201-03", "not a year of a patient's life", id="digits swapped"),
        pytest.param("../..", "not a date", id="nothing known"),
        pytest.param("2021-12-5", "not a date", id="one digit short"),
        pytest.param("", "not a date", id="empty"),
    ],
)
def test_what_is_no_date_is_refused_with_advice(text, fault):
    with pytest.raises(ValueError, match=fault):
        edtf(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-12-05", "2021-12-05"),
        ("2021-12", "2021-12"),
        ("2021", "2021"),
        ("2021-12/2022-02", "2021-12-01 to 2022-02-28"),
        ("2021-12/..", "2021-12-01 or later"),
    ],
)
def test_a_span_is_shown_in_its_shortest_form(text, words):
    assert format_days(edtf(text).span) == words


def test_more_digits_never_widen():
    assert edtf("2021-12-05").span.within(edtf("2021-12").span)
    assert edtf("2021-12").span.within(edtf("2021").span)


@pytest.mark.parametrize(("text", "reason"), [
    ("31.04.2021", "April 2021 has 30 days, and no 31st"),
    ("31/4/21", "April 2021 has 30 days, and no 31st"),
    ("30 February 2021", "February 2021 has 28 days, and no 30th"),  # 2021 is no leap year
    ("February 30, 2020", "February 2020 has 29 days, and no 30th"),
    ("2021/04/31", "April 2021 has 30 days, and no 31st"),
    ("2021-04-31", "April 2021 has 30 days, and no 31st"),
])  # fmt: skip
def test_a_day_beyond_its_month_is_refused_with_the_length_of_the_month(text, reason):
    with pytest.raises(ValueError, match=rf"^not on the calendar: {text!r} \({reason}\)$"):
        edtf(text)


@pytest.mark.parametrize("text", ["31/31/2021", "2021-13-01"])
def test_a_month_that_does_not_exist_has_no_length(text):
    with pytest.raises(ValueError, match=r"no such month|not a date"):
        edtf(text)
