"""Partial dates by ISO 8601, study days and epochs, by the rules of the SDTM guide."""

from __future__ import annotations

import datetime

import pytest

from timeline.cdisc.timing import date_part, day_of, epoch, study_day

DAY = datetime.date(2014, 2, 3).toordinal()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [  # SDTMIG 3.4, 4.4.2 and 4.4.3
        ("2003-12-15", "2003-12-15", "2003-12-15"),
        ("2003-12-15T13:14:17", "2003-12-15", "2003-12-15"),
        ("2003-12", "2003-12-01", "2003-12-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2003", "2003-01-01", "2003-12-31"),
        ("2003---15", "2003-01-15", "2003-12-15"),
        ("2003---31", "2003-01-31", "2003-12-31"),
        ("2003-12-15/2003-12-20", "2003-12-15", "2003-12-20"),
        ("2003-12/2004-01", "2003-12-01", "2004-01-31"),
    ],
)
def test_a_date_is_the_range_of_its_days(text, first, last):
    part = date_part(text)
    ends = [datetime.date.fromordinal(each).isoformat() for each in (part.earliest, part.latest)]
    assert ends == [first, last]
    assert part.is_complete == (first == last)


@pytest.mark.parametrize(
    "text",
    ["", "2003-02-30", "2003-13", "15DEC2003", "2003-1-5", "12/15/2003", "2003-12T10:00",
     "03-12-15", "2003---32", "2004-01/2003-12", "2003-12-15 10:00"],
)  # fmt: skip
def test_a_date_of_another_form_is_refused(text):
    with pytest.raises(ValueError, match=r"ISO 8601|calendar|before it starts"):
        date_part(text)
    assert day_of(text) is None


def test_there_is_no_study_day_0():
    """SDTMIG 3.4, 4.4.4: the reference date is day 1, the day before it day -1."""
    assert [study_day(DAY + n, DAY) for n in (-2, -1, 0, 1)] == [-2, -1, 1, 2]
    assert study_day(None, DAY) is None
    assert study_day(DAY, None) is None


def test_the_first_and_the_last_dose_are_treatment():
    days = [epoch(DAY + n, DAY, DAY + 9) for n in (-1, 0, 9, 10)]
    assert days == ["SCREENING", "TREATMENT", "TREATMENT", "FOLLOW-UP"]
    assert epoch(DAY + 99, DAY, None) == "TREATMENT"  # it goes on
    assert epoch(DAY, None, None) == "SCREENING"  # never treated
    assert epoch(None, DAY, None) is None
