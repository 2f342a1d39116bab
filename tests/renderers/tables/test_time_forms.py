"""Times are read by whole columns; each expected date was written down from the text by hand."""

from __future__ import annotations

import pytest

from renderers.tables.columns import Fields
from renderers.tables.csv_table import Table, records
from renderers.tables.time_forms import dates_option, time_forms

FIELDS = Fields(needed=("id", "start", "end"))


def read(rows, dates=""):
    """The forms of a table with the columns start and end, and its rows."""
    numbered = tuple((n, (f"P{n}", *row)) for n, row in enumerate(rows, start=2))
    table = Table(file="t.csv", line=1, headings=("id", "start", "end"), rows=numbered)
    found, problems = records(table, FIELDS, {})
    assert problems == ()
    cells = [(row, field) for row in found for field in ("start", "end")]
    return time_forms(cells, dates, deciding=("start",)), found


def texts(rows, dates=""):
    forms, found = read(rows, dates)
    return [(forms.text(row, "start"), forms.text(row, "end")) for row in found]


SINGLE = [  # a start among dates, and the date in EDTF
    pytest.param("01-Mar-2021", "2021-03-01", id="a month in letters"),
    pytest.param("01MAR2021", "2021-03-01", id="DATE9. of SAS"),
    pytest.param("5 December 2018", "2018-12-05", id="as papers print"),
    pytest.param("2021/3/5", "2021-03-05", id="the year first"),
    pytest.param("20210301", "2021-03-01", id="without hyphens"),
    pytest.param("2021-03-01 08:30:00", "2021-03-01", id="a time of day"),
    pytest.param("2021-03-01T08:30", "2021-03-01", id="DTC of SDTM"),
    pytest.param("13/01/2021 12:00:00 AM", "2021-01-13", id="of a database"),
    pytest.param("2014-UN-UN", "2014", id="UN of a form, day and month"),
    pytest.param("2014-03-UNK", "2014-03", id="UNK of a form, the day"),
    pytest.param("UN-MAR-2014", "2014-03", id="the year last, the day unknown"),
    pytest.param("UN/UN/2014", "2014", id="the year last, both unknown"),
    pytest.param("2014", "2014", id="a year among dates"),
    pytest.param("2021-03~", "2021-03~", id="EDTF stays"),
    pytest.param("05/05/2021", "2021-05-05", id="the same in either order"),
]


@pytest.mark.parametrize(("text", "expected"), SINGLE)
def test_a_date_with_one_meaning_is_read(text, expected):
    assert texts([(text, "2021-09-01"), ("2020-01-01", "")])[0][0] == expected


REFUSED = [  # start, the fault
    pytest.param("01-Mar-21", "not a date: '01-Mar-21'", id="two digits of a year"),
    pytest.param("UN/03/2021", "not a date: 'UN/03/2021'", id="03 may be a day or a month"),
    pytest.param("2021-13-01", "no such month: '2021-13-01'", id="no month"),
    pytest.param("31/02/2021", "not a date: '31/02/2021'", id="no day of February"),
    pytest.param("44209", "'44209'", id="a serial day among dates"),
    pytest.param("5.5", "(the other times are dates)", id="a number among dates"),
]


@pytest.mark.parametrize(("text", "description"), REFUSED)
def test_a_date_that_is_none_or_two_is_named(text, description):
    forms, found = read([(text, ""), ("2020-01-01", ""), ("2020-02-01", "")])
    assert forms.text(found[0], "start") is None
    assert [str(each).partition(": ")[0] for each in forms.problems] == ["t.csv:2:2"]
    assert description in str(forms.problems[0])


def test_the_column_proves_which_comes_first():
    """13/01/2021 has no month 13: so 01/02/2021 is 1 February; the other column proves nothing."""
    forms, found = read([("13/01/2021", "04/12/2021"), ("01/02/2021", "05/12/2021")])
    assert forms.text(found[1], "start") == "2021-02-01"
    assert forms.text(found[1], "end") is None
    assert [str(each) for each in forms.problems] == [
        (
            "t.csv:2:3: column 'end': '04/12/2021' is 2021-12-04 if the day comes first, "
            "2021-04-12 if the month does (state it with --option dates=dmy, or dates=mdy)"
        )
    ]
    assert "t.csv:1:2: column 'start' is read with the day first" in str(forms.notes[0])


def test_the_month_first_is_proved_as_well():
    assert texts([("01/13/2021", ""), ("01/02/2021", "")])[1][0] == "2021-01-02"


def test_an_order_that_is_stated_holds_for_every_column():
    rows = [("01/02/2021", "04/12/2021")]
    assert texts(rows, "dmy") == [("2021-02-01", "2021-12-04")]
    assert texts(rows, "mdy") == [("2021-01-02", "2021-04-12")]


def test_two_orders_in_one_column_are_one_fault():
    forms, _ = read([("13/01/2021", ""), ("01/13/2021", ""), ("01/02/2021", "")])
    assert [str(each) for each in forms.problems] == [
        (
            "t.csv:3:2: column 'start' has days in two orders: '13/01/2021' and '01/13/2021' "
            "(write 2021-03-01)"
        )
    ]


def test_a_column_without_a_readable_cell_is_one_fault():
    forms, _ = read([("soon", ""), ("later", ""), ("never", "")])
    assert [str(each) for each in forms.problems] == [
        (
            "t.csv:2:2: P2: not a number: 'soon' (write 5.2, or a date as 2021-03-01); nor is any "
            "other cell of the column 'start'"
        )
    ]


NUMBERS = [  # rows, the times as numbers with a point
    pytest.param([("1,5", "3,25")], [("1.5", "3.25")], id="a decimal comma"),
    pytest.param([("1,234", "12,5")], [("1.234", "12.5")], id="12,5 proves the comma"),
    pytest.param([("0", ".5")], [("0", ".5")], id="no digit before the point"),
    pytest.param([("−2", "5.")], [("-2", "5.")], id="a minus of print"),
    pytest.param([("2021", "2022")], [("2021", "2022")], id="whole numbers that may be years"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), NUMBERS)
def test_numbers_are_read(rows, expected):
    forms, _ = read(rows)
    assert (texts(rows), forms.dated, forms.problems) == (expected, False, ())


def test_thousands_and_decimal_commas_are_not_confused():
    forms, _ = read([("1,234", "2,345")])
    assert [str(each) for each in forms.problems] == [
        "t.csv:2:2: P2: '1,234': a decimal comma, or thousands? (write 1.234 or 1234)"
    ]
    mixed, _ = read([("1,5", "2.5"), ("3", "4")])
    assert "t.csv:2:2: P2: not a number: '1,5' (other numbers have a point: write 1.5)" in [
        str(each) for each in mixed.problems
    ]


def test_days_of_a_spreadsheet_are_read_where_that_is_stated():
    """44209 is 2021-01-13, as Expensify 100612 has it; 44377.75 is 2021-06-30 at 18:00."""
    rows = [("44209", "44377.75"), ("2021-02-01", "")]
    assert texts(rows, "serial") == [("2021-01-13", "2021-06-30"), ("2021-02-01", "")]
    forms, _ = read([("5", "")], "serial")
    assert "not a day of a spreadsheet: '5'" in str(forms.problems[0])


COUNTED = [  # how days are counted, a number, its day; SAS Language Reference, R documentation
    pytest.param("sas", "0", "1960-01-01", id="day 0 of SAS"),
    pytest.param("sas", "-1", "1959-12-31", id="the day before it"),
    pytest.param("sas", "22831.7", "2022-07-05", id="62 years of which 16 leap, and 185 days"),
    pytest.param("r", "0", "1970-01-01", id="day 0 of R"),
    pytest.param("r", "19178", "2022-07-05", id="3653 days after the number of SAS"),
    pytest.param("serial", "61", "1900-03-01", id="where spreadsheets agree"),
]


@pytest.mark.parametrize(("how", "number", "day"), COUNTED)
def test_days_are_counted_as_each_program_does(how, number, day):
    assert texts([(number, "")], how) == [(day, "")]


def test_a_majority_of_numbers_makes_a_date_the_fault():
    """One typing error among numbers is named, and not every number."""
    forms, _ = read([("0", ""), ("1.5", ""), ("2021-03-01", "")])
    assert [str(each).partition(": ")[0] for each in forms.problems] == ["t.csv:4:2"]


def test_an_order_that_is_none_is_refused():
    with pytest.raises(ValueError, match="unknown order of dates: 'ymd'"):
        dates_option("ymd")
