"""Dates in the cells of a table: as in a case file, or as spreadsheets and papers write them."""

from __future__ import annotations

import re

from renderers.tables.date_mistakes import looks_like_date
from renderers.tables.labels import is_ongoing, yes_no
from timeline.core.calendar.date_forms import day_beyond_month, iso_advice
from timeline.core.calendar.dates import format_days
from timeline.core.calendar.partial_dates import parse_date, parse_period, printed_date

ORDERS = {"dmy": (2, 1, 0), "mdy": (2, 0, 1)}  # the places of year, month and day
ISO = "2021-03-15, 2021-03 or 2021"
_YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})")
YEAR_LAST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_MONTH_OF_YEAR = re.compile(r"[0-9]{1,2}/[0-9]{4}|[0-9]{4}/[0-9]{1,2}")
_MONTH_AND_NUMBER = re.compile(r"[^\W\d_]{3,9}\.?[-/ ][0-9]{2}")


def moment_text(text: str, order: str = "") -> str:
    """A date of a cell as a case file writes it.

    Args:
        text: the cell.
        order: ``dmy`` or ``mdy``, the order of days that are written with the year last; left
            out, such days are refused, because 01/02/2021 may be either.

    Returns:
        The text of the cell if a case file takes it; else the same date in EDTF.

    Raises:
        ValueError: it is no date, or may be two.

    >>> moment_text("13/01/2021", "dmy"), moment_text("2021/1/13"), moment_text("January 2021")
    ('2021-01-13', '2021-01-13', '2021-01')
    """
    if found := _YEAR_FIRST.fullmatch(text):
        return _checked("-".join((found[1], found[2].zfill(2), found[3].zfill(2))), text)
    found = YEAR_LAST.fullmatch(text)
    if found and order:
        year, month, day = (found[place + 1].zfill(2) for place in ORDERS[order])
        return _checked(f"{year}-{month}-{day}", text)
    if found and (no_day := day_beyond_month(text)):
        raise ValueError(f"not a date: {text!r} ({no_day})")
    if found:
        advice = f"{iso_advice(text)}; or add --dates dmy, or mdy".removeprefix("; or ")
        raise ValueError(f"not a date: {text!r} ({advice})")
    try:
        parse_date(text)
    except ValueError as fault:
        return _printed(text, fault)
    return text


def _checked(edtf: str, text: str) -> str:
    try:
        parse_date(edtf)
    except ValueError as fault:
        raise ValueError(f"{fault} in {text!r}") from None
    return edtf


def _printed(text: str, fault: ValueError) -> str:
    """The date of a text such as ``5 December 2018``; else the reason why it is none."""
    if look_alike := looks_like_date(text):
        raise ValueError(f"not a date: {text!r} ({look_alike})") from None
    if _MONTH_AND_NUMBER.fullmatch(text):
        raise ValueError(
            f"a year or a day? {text!r}, as spreadsheets write a date (write {ISO})"
        ) from None
    try:
        return format_days(printed_date(text).strict)
    except ValueError:
        raise fault from None


def period_text(start: str, end: str, order: str = "") -> str:
    """A period from the cells of its start and its end; an empty end is not stated.

    Raises:
        ValueError: one of them is no date.

    >>> period_text("2021-03", "ongoing"), period_text("2021-03", ""), period_text("2021-03/..", "")
    ('2021-03/..', '2021-03', '2021-03/..')
    """
    if "/" in start and not _is_one_date(start):
        if end:
            raise ValueError(
                f"two ends: {start!r} and {end!r} (keep one; a range of days is [2021-03..2021-05])"
            )
        return _period(start)
    first = moment_text(start, order)
    if not end:
        return first
    goes_on = end == ".." or (yes_no(end) is None and is_ongoing(end))
    last = ".." if goes_on else moment_text(end, order)
    return _period(f"{first}/{last}")


def _is_one_date(text: str) -> bool:
    forms = (_YEAR_FIRST, YEAR_LAST, _MONTH_OF_YEAR)
    return any(form.fullmatch(text) for form in forms)


def _period(text: str) -> str:
    parse_period(text)
    return text
