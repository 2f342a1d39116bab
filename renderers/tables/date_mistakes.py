"""Times of a table that are no time of a patient: typos, and dates that another program wrote."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from timeline.core.frozen_class import frozen

LIFE_YEARS = 150  # longer than any life: the longest on record is 122 years
LIFE = LIFE_YEARS * Fraction(1461, 4)  # in days
_SHOWN = 24  # characters of a long number that are shown
_LONG = 400  # digits that no time is written with

_USUAL = range(date(1954, 10, 3).toordinal(), date(2050, 1, 1).toordinal())  # days of a trial
_FIRST, _LAST = date(1900, 3, 1).toordinal(), date(2151, 1, 1).toordinal()
_FEWEST = 1000  # a smaller number is a count, a grade, yes or no, not a day that a program counts
_YEARS = range(1900, 2101)
_MONTH = r"[A-Za-z]{3,9}\.?"
_DATED = re.compile(
    rf"(\d{{1,4}}[./-](\d{{1,2}}|{_MONTH})[./-]\d{{1,4}}|\d{{1,2}} ?{_MONTH} ?\d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}},? \d{{4}})([ T]+\d.*)?"
)

_EDTF = re.compile(r"[0-9X]{4}-")


@frozen
class DayCount:
    """A row: how a program counts days. ``zero``: its day 0. ``place``: where, in words."""

    place: str
    zero: date
    source: str

    def day(self, text: str) -> date:
        """The day of a number, as `NUMBER` reads it; the time of day is dropped.

        Raises:
            ValueError: it is before March 1900, or after 2150.
        """
        number = math.floor(float(text.replace("−", "-")))
        ordinal = self.zero.toordinal() + number
        if not _FIRST <= ordinal < _LAST:
            first = _FIRST - self.zero.toordinal()
            raise ValueError(f"not a day of {self.place}: {text!r} (1900-03-01 is {first})")
        return date.fromordinal(ordinal)


# By the value of the option ``dates`` that states it.
DAY_COUNTS = {
    "serial": DayCount("a spreadsheet", date(1899, 12, 30), "Excel: day 61 is 1900-03-01"),
    "sas": DayCount("SAS", date(1960, 1, 1), "SAS Language Reference: SAS date values"),
    "r": DayCount("R", date(1970, 1, 1), "R documentation: Dates"),
}


def usual_days(text: str) -> dict[str, date]:
    """The days of a trial that a number may be, by how days are counted; none of a small number.

    >>> usual_days("44562"), list(usual_days("22831"))
    ({'serial': datetime.date(2022, 1, 1)}, ['serial', 'sas', 'r'])
    """
    if not re.fullmatch(r"[0-9]{4,5}(\.[0-9]+)?", text) or float(text) < _FEWEST:
        return {}
    days = {name: row.zero.toordinal() + int(float(text)) for name, row in DAY_COUNTS.items()}
    return {name: date.fromordinal(day) for name, day in days.items() if day in _USUAL}


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
    if len(text) == 5 and (days := usual_days(text)):
        if list(days) == ["serial"]:
            return f"a spreadsheet date: write {days['serial'].isoformat()}"
        read = [f"{day.isoformat()} in {DAY_COUNTS[name].place}" for name, day in days.items()]
        return f"a date: {', '.join(read)}"
    is_year = len(text) <= 5 and int(text) in _YEARS
    return f"a year: write {text}-03-01, or {text}-XX" if is_year else ""


def day_count_options(text: str) -> str:
    """The options that read a number as a day; nothing where no program counts it as a usual one.

    >>> day_count_options("44562")
    '--option dates=serial reads them so'
    >>> day_count_options("22831")
    '--option dates=serial, dates=sas or dates=r states which'
    """
    names = [f"dates={name}" for name in usual_days(text)] if len(text) == 5 else []
    if len(names) < 2:
        return f"--option {names[0]} reads them so" if names else ""
    return f"--option {', '.join(names[:-1])} or {names[-1]} states which"


def _compact(text: str) -> str:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return ""
    return f"a date: write {day.isoformat()}"


def is_compact_date(text: str) -> bool:
    """Whether a text is a day without hyphens: 20210301, which is no number of any unit."""
    return len(text) == 8 and text.isdecimal() and bool(_compact(text))


def counted_day(text: str, how: str) -> str:
    """The day of a number, by a row of `DAY_COUNTS`; the time of day is dropped.

    Raises:
        ValueError: it is before March 1900, or after 2150.

    >>> counted_day("44209.5", "serial"), counted_day("22831", "sas"), counted_day("19178", "r")
    ('2021-01-13', '2022-07-05', '2022-07-05')
    """
    return DAY_COUNTS[how].day(text).isoformat()


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
    # -LIFE <= days <= LIFE, in whole numbers: tables have thousands of times
    within = abs(days.numerator) * LIFE.denominator <= LIFE.numerator * days.denominator
    return days if within else None


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
