"""Dates in words and in national forms, and the ISO 8601 form to write for each."""

from __future__ import annotations

import pytest

from tests.rows import every_row
from timeline.core.calendar.date_forms import iso_advice
from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.partial_dates import parse_date, parse_period

BOTH = "write 2021-12-05 if the day comes first, 2021-05-12 if the month does"


@every_row(
    ("text", "advice"),
    [
        ("5 May 2021", "write 2021-05-05"),
        ("5th of May 2021", "write 2021-05-05"),
        ("May 5, 2021", "write 2021-05-05"),
        ("05MAY2021", "write 2021-05-05"),
        ("5-May-21", "write 2021-05-05"),
        ("5. Mai 2021", "write 2021-05-05"),
        ("1er février 2021", "write 2021-02-01"),
        ("5 de mayo de 2021", "write 2021-05-05"),
        ("May 2021", "write 2021-05"),
        ("Sept. 2021", "write 2021-09"),
        ("2021 May", "write 2021-05"),
        ("05/12/2021", BOTH),
        ("05-12-2021", BOTH),
        ("05.12.2021", BOTH),
        ("5/5/2021", "write 2021-05-05"),
        ("31/12/2021", "write 2021-12-31"),
        ("12/31/2021", "write 2021-12-31"),
        ("2021/05/12", "write 2021-05-12"),
        ("2021.05.12", "write 2021-05-12"),
        ("20210512", "write 2021-05-12"),
        ("2021-5-2", "write 2021-05-02"),
        ("2021-5", "write 2021-05"),
        ("05/2021", "write 2021-05"),
        ("2021/05", "write 2021-05"),
        ("2021-05-12T10:30", "write 2021-05-12"),
        ("about May 2021", "write 2021-05~"),
        ("~2021-05", "write 2021-05~"),
        ("May 2021 to August 2021", "write 2021-05/2021-08"),
        ("2021-05 - 2021-08", "write 2021-05/2021-08"),
        ("unknown", "write .. if the date is not known"),
        ("n/a", "write .. if the date is not known"),
    ],
)
def test_what_to_write_for_a_date_that_is_refused(text, advice):
    assert iso_advice(text) == advice
    for read in (parse_edtf, parse_date, parse_period):
        with pytest.raises(ValueError, match="not a date") as fault:
            read(text)
        assert f"({advice})" in str(fault.value)


@pytest.mark.parametrize("text", ["2021", "2021-05", "2021-05-12", "2021-05~", "201X", "2021-XX"])
def test_dates_in_iso_form_need_no_advice(text):
    assert not iso_advice(text)
    assert parse_edtf(text)


@pytest.mark.parametrize("text", ["30 February 2021", "31/31/2021", "some day", "2021-13"])
def test_no_day_is_made_up_where_the_calendar_has_none(text):
    assert not iso_advice(text)
    with pytest.raises(ValueError, match=r"write|months run|has 28 days"):
        parse_edtf(text)
