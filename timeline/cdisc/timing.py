"""Dates of datasets: partial dates by ISO 8601, study days, and the epoch of a date.

SDTMIG 3.4, 4.4: ``2003-12-15``, ``2003-12``, ``2003``, with a time of day after T, ``2003---15``
where the month is missing, and ``a/b`` for an interval of uncertainty. The study day of the
reference date is 1 and that of the day before it -1; there is no day 0.
"""

from __future__ import annotations

import calendar
import datetime
import re

from timeline.core.frozen_class import frozen

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|---(?P<lone>[0-9]{2}))?"
    r"(?P<time>T[0-9]{2}(?::[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
SCREENING, TREATMENT, FOLLOW_UP = "SCREENING", "TREATMENT", "FOLLOW-UP"


@frozen
class DatePart:
    """A date of a dataset: its first and last possible day, both included, as ordinals.

    ``text``: as written; ``has_time``: whether a time of day was written.
    """

    text: str
    earliest: int
    latest: int
    has_time: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether it is one day."""
        return self.earliest == self.latest


def date_part(text: str) -> DatePart:
    """The days of a date by ISO 8601 as SDTM writes it.

    Raises:
        ValueError: it is no such date, or not on the calendar; with what to write.

    >>> part = date_part("2014-02")
    >>> part.latest - part.earliest, date_part("2014-02-03T10:30").is_complete
    (27, True)
    """
    first, slash, second = text.partition("/")
    if slash:
        one, other = date_part(first), date_part(second)
        if other.latest < one.earliest:
            raise ValueError(f"ends before it starts: {text!r} (write the earlier date first)")
        return DatePart(text, one.earliest, other.latest, one.has_time or other.has_time)
    found = _DATE.fullmatch(text)
    if not found or (found["time"] and not found["day"]):
        raise ValueError(f"not a date by ISO 8601: {text!r} (write 2014-02-03, 2014-02 or 2014)")
    year, month, day = (
        int(found[name]) if found[name] else None for name in ("year", "month", "day")
    )
    if found["lone"]:  # the month is missing: the day of some month
        days = [_ordinal(year, number, int(found["lone"])) for number in range(1, 13)]
        known = [each for each in days if each is not None]
        if not known:
            raise ValueError(f"not on the calendar: {text!r} (no month has that day)")
        return DatePart(text, known[0], known[-1])
    low = _ordinal(year, month or 1, day or 1)
    high = _ordinal(year, month or 12, day or _length(year, month or 12))
    if low is None or high is None:
        raise ValueError(f"not on the calendar: {text!r} (correct the month or the day)")
    return DatePart(text, low, high, bool(found["time"]))


def _length(year: int | None, month: int) -> int:
    return calendar.monthrange(year or 2000, month)[1] if 1 <= month <= 12 else 31


def _ordinal(year: int | None, month: int, day: int) -> int | None:
    try:
        return datetime.date(year or 0, month, day).toordinal()
    except ValueError:
        return None


def day_of(text: object) -> int | None:
    """The day of a complete date as an ordinal; None of a missing, a partial or a wrong one."""
    if not isinstance(text, str):
        return None
    try:
        part = date_part(text)
    except ValueError:
        return None
    return part.earliest if part.is_complete else None


def study_day(day: int | None, reference: int | None) -> int | None:
    """The study day of a day; None where one of the two is not known.

    >>> study_day(10, 10), study_day(9, 10), study_day(None, 10)
    (1, -1, None)
    """
    if day is None or reference is None:
        return None
    return day - reference + (1 if day >= reference else 0)


def epoch(day: int | None, first_dose: int | None, last_dose: int | None) -> str | None:
    """The epoch of a day: before, during or after treatment; None where it cannot be told.

    The days of the first and of the last dose are those of treatment. A subject without treatment
    is in screening. ``last_dose``: None where treatment goes on.
    """
    if day is None:
        return None
    if first_dose is None or day < first_dose:
        return SCREENING
    return TREATMENT if last_dose is None or day <= last_dose else FOLLOW_UP
