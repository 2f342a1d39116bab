"""Times of a table that are no time of a patient: typos, and dates that another program wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

LIFE_YEARS = 150  # longer than any life: the longest on record is 122 years
LIFE = LIFE_YEARS * Fraction(1461, 4)  # in days
_SHOWN = 24  # characters of a long number that are shown
_LONG = 400  # digits that no time is written with

_SPREADSHEET = date(1899, 12, 30).toordinal()  # day 0 of a spreadsheet that counts from 1900
_SERIALS = range(20000, 54789)  # 1954-10-03 to 2049-12-31
_FIRST_SERIAL, _LAST_SERIAL = 61, 91_678  # 1900-03-01, before which programs differ, to 2150
_YEARS = range(1900, 2101)
_MONTH = r"[A-Za-z]{3,9}\.?"
_DATED = re.compile(
    rf"(\d{{1,4}}[./-](\d{{1,2}}|{_MONTH})[./-]\d{{1,4}}|\d{{1,2}} ?{_MONTH} ?\d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}},? \d{{4}})([ T]+\d.*)?"
)

_EDTF = re.compile(r"[0-9X]{4}-")


def is_dated(text: str) -> bool:
    """Whether a text is written as a date of some kind, of this calendar's order or another.

    >>> [is_dated(text) for text in ("1/3/2021", "01-Mar-2021", "2021-03-01 08:30", "5.2")]
    [True, True, True, False]
    """
    return bool(_DATED.fullmatch(text))


def no_date(text: str, fault: ValueError) -> str:
    """Why a text is not a date, given the fault of it as an EDTF date."""
    if _EDTF.match(text) and not text.partition(" ")[2]:
        return str(fault)
    if is_dated(text):
        return f"not a date: {text!r} (write the year, the month, the day: 2021-03-01)"
    return f"{fault} (the other times are dates)"


def looks_like_date(text: str) -> str:
    """What a whole number looks like if not a time, and what to write; nothing if it looks so.

    >>> looks_like_date("44562")
    'a spreadsheet date: write 2022-01-01'
    """
    if not text.isdecimal():
        return ""
    if len(text) == 8:
        return _compact(text)
    count = int(text) if len(text) <= 5 else 0
    if count in _SERIALS:
        return f"a spreadsheet date: write {date.fromordinal(_SPREADSHEET + count).isoformat()}"
    return f"a year: write {text}-03-01, or {text}-XX" if count in _YEARS else ""


def _compact(text: str) -> str:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return ""
    return f"a date: write {day.isoformat()}"


def is_compact_date(text: str) -> bool:
    """Whether a text is a day without hyphens: 20210301, which is no number of any unit."""
    return len(text) == 8 and text.isdecimal() and bool(_compact(text))


def serial_day(text: str) -> str:
    """The day of a number that a spreadsheet keeps for it; the time of day is dropped.

    Raises:
        ValueError: it is before 1900, or after 2150.

    >>> serial_day("44209"), serial_day("44209.5")
    ('2021-01-13', '2021-01-13')
    """
    days = float(text)
    if not _FIRST_SERIAL <= days < _LAST_SERIAL:
        raise ValueError(f"not a day of a spreadsheet: {text!r} (1900-03-01 is 61)")
    return date.fromordinal(_SPREADSHEET + int(days)).isoformat()


def all_look_like_dates(texts: Iterable[str]) -> str:
    """What the first of some numbers looks like, where every one looks like something else."""
    look_alikes = [looks_like_date(text) for text in texts]
    return look_alikes[0] if look_alikes and all(look_alikes) else ""


def days_in_life(text: str, per_unit: Fraction) -> Fraction | None:
    """The days of a number, as `Fraction` reads it; None if it is no time of a patient.

    ``per_unit``: the days that it counts.

    >>> days_in_life("2.5", Fraction(7)), days_in_life("9000", Fraction(7))
    (Fraction(35, 2), None)
    """
    if len(text) > _LONG:
        return None
    days = Fraction(text) * per_unit
    return days if -LIFE <= days <= LIFE else None


def beyond_life(text: str, per_unit: Fraction) -> str:
    """Why a number, as `Fraction` reads it, is no time of a patient; nothing where it may be.

    ``per_unit``: the days that it counts.
    """
    if days_in_life(text, per_unit) is not None:
        return ""
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}.."
    look_alikes = looks_like_date(text)
    also = f"; it looks like {look_alikes}" if look_alikes else ""
    return f"longer than a life of {LIFE_YEARS} years: {shown!r} (check the unit{also})"
