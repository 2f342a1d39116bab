"""One time of a table: a number with a point, or a date in EDTF, however it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from renderers.tables.date_mistakes import is_compact_date, is_dated, no_date
from timeline.core.calendar.date_forms import iso_forms
from timeline.core.calendar.dates import parse_edtf

ORDERS = {"dmy": ("day", "month"), "mdy": ("month", "day")}
NUMBER = re.compile(r"[-+−]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?")
COMMA = re.compile(r"[-+−]?[0-9]+,[0-9]+")
THOUSANDS = re.compile(r"[-+−]?[1-9][0-9]{0,2},[0-9]{3}")
_YEAR = re.compile(r"(1[89]|2[01])[0-9]{2}")
_TIME_OF_DAY = re.compile(
    r"[T ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?[AaPp]\.?[Mm]\.?)?"
    r"(Z|[-+][0-9]{2}:?[0-9]{2})?"
)
DAY = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_UNKNOWN = r"(?:UN|UNK|UK|NK|ND)"  # how forms of trials write a part of a date that is not known
_YEAR_FIRST = re.compile(
    rf"([0-9]{{4}})[-/.]({_UNKNOWN}|[0-9]{{2}})[-/.](?:{_UNKNOWN})", re.IGNORECASE
)
_YEAR_LAST = re.compile(
    rf"{_UNKNOWN}[-/. ]?({_UNKNOWN}|[A-Z]{{3}})[-/. ]?([0-9]{{4}})", re.IGNORECASE
)


_LONGEST = 100  # characters of a time or a date


def are_dates(texts: Sequence[str]) -> bool:
    """Whether most of them are dates; a bare year may be either."""
    texts = [text for text in texts if len(text) <= _LONGEST]
    dates = sum(is_date(text) for text in texts)
    numbers = sum(
        bool(NUMBER.fullmatch(text) or COMMA.fullmatch(text))
        and not _YEAR.fullmatch(text)
        and not is_compact_date(text)
        for text in texts
    )
    return dates > 0 and dates >= numbers


def is_date(text: str) -> bool:
    """Whether a text is written as a date of any kind; a bare year is not."""
    if NUMBER.fullmatch(text):
        return is_compact_date(text)
    if COMMA.fullmatch(text):
        return False
    try:
        return bool(parse_edtf(text))
    except ValueError:
        day = without_time(text)
        return is_dated(day) or bool(iso_forms(day)) or _partly_known(day) != day


def without_time(text: str) -> str:
    """A day without its time of day."""
    found = _TIME_OF_DAY.search(text)
    return text[: found.start()] if found and found.end() == len(text) else text


def _partly_known(text: str) -> str:
    """A date of which parts are written as unknown, in EDTF; any other text as it is.

    >>> _partly_known("2014-UN-UN"), _partly_known("2014-03-UNK"), _partly_known("UN-MAR-2014")
    ('2014', '2014-03', '2014-03')
    """
    if found := _YEAR_FIRST.fullmatch(text):
        return f"{found[1]}-{found[2]}" if found[2].isdecimal() else found[1]
    if found := _YEAR_LAST.fullmatch(text):
        months = iso_forms(f"{found[1]} {found[2]}")
        unknown = re.fullmatch(_UNKNOWN, found[1], re.IGNORECASE)
        return found[2] if unknown else months[0] if len(months) == 1 else text
    return text


def number_text(text: str, *, comma: bool) -> str:
    """A number with a point; ``comma``: whether a comma is its decimal sign. ValueError: none."""
    if comma and COMMA.fullmatch(text):
        return text.replace(",", ".").replace("−", "-")
    if NUMBER.fullmatch(text):
        return text.replace("−", "-")
    remedy = "write 5.2, or a date as 2021-03-01"
    if COMMA.fullmatch(text):
        remedy = f"other numbers have a point: write {text.replace(',', '.')}"
    raise ValueError(f"not a number: {text!r} ({remedy})")


def date_text(text: str, order: str) -> str:
    """A date as EDTF. ValueError: it is none, or has another order."""
    plain = _partly_known(without_time(text))
    try:
        parse_edtf(plain)
    except ValueError as fault:
        found = DAY.fullmatch(plain)
        forms = iso_forms(plain) if re.search(r"[0-9]{4}", plain) else ()
        if found and order and len(forms) > 0:
            return _ordered(text, found, order)
        if len(forms) == 1:
            parse_edtf(forms[0])
            return forms[0]
        raise ValueError(no_date(text, fault)) from None
    return plain


def _ordered(text: str, found: re.Match[str], order: str) -> str:
    one, other = int(found[1]), int(found[3])
    day, month = (one, other) if order == "dmy" else (other, one)
    try:
        return date(int(found[4]), month, day).isoformat()
    except ValueError:
        raise ValueError(
            f"not a date with the {ORDERS[order][0]} first: {text!r} (write 2021-03-01)"
        ) from None
