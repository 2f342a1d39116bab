"""Dates of case files as times of a calendar: a day, or a range between two days."""

from __future__ import annotations

import re
from typing import Any

from timeline.core.calendar.dates import PartialDate, format_day
from timeline.formats.day_counts import Calendar, Days, day_zero_of

WIDEST = 366 * 2  # days; a vaguer date has no place in a calendar
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ZERO = Calendar(day_zero=0)
NOT_KNOWN = ".."


def days_of(moment: PartialDate | None) -> tuple[str, str] | None:
    """The first and the last possible day of a moment, as ISO dates.

    None where it is not stated, derived from other facts, or too vague.
    """
    if moment is None or moment.derived or not moment.span.is_bounded:
        return None
    if moment.span.high - moment.span.low > WIDEST:
        return None
    return format_day(moment.span.low), format_day(moment.span.high)


def case_date(first: str, last: str = "", *, in_period: bool = False) -> str:
    """A day, a month, a year or a range of days as a case file writes it.

    A time of day is left out.

    Raises:
        ValueError: one of them is no day.
    """
    low, high = (_ordinal(each) for each in (first, last or first))
    if high < low:
        raise ValueError(f"{last} is before {first}")
    return _ZERO.date(Days(low, high), in_period=in_period)


def _ordinal(text: str) -> int:
    if not _DAY.match(text) or (len(text) > 10 and text[10] not in "T "):
        raise ValueError(f"not a time: {text!r} (write 2021-03-15T00:00:00Z)")
    return day_zero_of(text[:10])


def end_of(event: Any) -> tuple[tuple[str, str] | None, bool]:
    """The days of the end of a period, and whether it is written to go on."""
    ongoing = event.at.text.strip().endswith("/..")
    return None if ongoing else days_of(event.end), ongoing
