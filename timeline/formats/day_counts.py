"""Dates as days from an anchor, and back: on the calendar, or counted from the anchor."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from timeline.core.calendar.dates import PartialDate, format_day
from timeline.core.calendar.partial_dates import parse_date
from timeline.core.frozen_class import frozen
from timeline.core.span import Number, Span
from timeline.record.case import Case
from timeline.record.events import Diagnosis, Event

ANCHOR = "day-0"  # the id of the event that days are counted from, where the calendar is not known
UNKNOWN = "20XX"
LONGEST = 150 * 366  # days; beyond it is a typing error
NOTHING: Mapping[int, str] = {}
_VAGUE_ANCHOR = 366  # days; a date that is vaguer states no calendar


def _width(event: Event) -> Number:
    return event.start.span.high - event.start.span.low


@frozen
class Days:
    """The days from day 0 that a moment may be on, both ends included."""

    low: int
    high: int

    @property
    def middle(self) -> int:
        """The one day that stands for them."""
        return (self.low + self.high) // 2

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def __str__(self) -> str:
        return str(self.low) if self.is_exact else f"{self.low} to {self.high}"


@attrs.frozen(kw_only=True)
class DayCount:
    """The days of one case, counted from one event.

    Attributes:
        case: the case.
        anchor: the event of day 0; its earliest day is day 0.
    """

    case: Case
    anchor: Event

    @classmethod
    def of(cls, case: Case) -> DayCount | None:
        """Counted from the diagnosis, else the first event; None where no event has a day.

        An event whose date is known to a year or better goes before one that is vaguer.
        """
        bounded = [each for each in case.done if each.start.span.is_bounded]
        vague = {id(each): _width(each) > _VAGUE_ANCHOR for each in bounded}
        ordered = sorted(
            bounded, key=lambda each: (vague[id(each)], not isinstance(each, Diagnosis))
        )
        return cls(case=case, anchor=ordered[0]) if ordered else None

    @property
    def calendar_day(self) -> str:
        """Day 0 as a date; empty where the anchor is too vague to have one."""
        low = self.anchor.start.span.low
        return format_day(low) if _width(self.anchor) <= _VAGUE_ANCHOR else ""

    def start(self, event: Event) -> Days | None:
        """The days of the start of an event; None where they have no bound."""
        return self._days(event, "start", event.start)

    def end(self, event: Any) -> Days | None:
        """The days of its end; None where it is not stated, derived, or has no bound."""
        end = event.end
        return None if end is None or end.derived else self._days(event, "end", end)

    def _days(self, event: Event, side: str, moment: PartialDate) -> Days | None:
        """By the calendar, or from the anchor where that is narrower."""
        own = moment.span - Span.point(self.anchor.start.span.low)
        apart = self.case.days_between((self.anchor, "start"), (event, side))
        found = min((own, apart), key=lambda each: each.high - each.low)
        return Days(int(found.low), int(found.high)) if found.is_bounded else None


@frozen(kw_only=True)
class Calendar:
    """How days from day 0 are written in a case file.

    Attributes:
        day_zero: the date of day 0, as an ordinal; None: times are counted from the anchor.
        exact: the ids of other events whose day is known, by their day: what may lie on either
            side of day 0 is counted from one of them.
    """

    day_zero: int | None = None
    exact: Mapping[int, str] = NOTHING

    def date(self, days: Days, *, in_period: bool = False) -> str:
        """A date, ``[2021-03-01..2021-03-09]`` of a range, or ``day-0 + 12 days``."""
        if self.day_zero is None:
            return self._counted(days)
        low, high = self.day_zero + days.low, self.day_zero + days.high
        whole = _whole(low, high)
        if whole:
            return whole
        first, last = format_day(low), format_day(high)
        return f"[{first}..{last}]" if in_period else f"{first}/{last}"

    def _counted(self, days: Days) -> str:
        """Counted from day 0; from another event what may lie on either side of it."""
        if days.is_exact:
            sign = "-" if days.low < 0 else "+"
            return f"{ANCHOR} {sign} {abs(days.low)} days"
        for day, name in {0: ANCHOR, **self.exact}.items():
            if days.low >= day:
                return f"{days.low - day} to {days.high - day} days after {name}"
            if days.high <= day:
                return f"{day - days.high} to {day - days.low} days before {name}"
        return ".."


def day_zero_of(text: str) -> int:
    """The ordinal of a date with its day.

    Raises:
        ValueError: it has none.
    """
    found = parse_date(text)
    if not found.is_exact:
        raise ValueError(f"not a day: {text!r} (write 2021-03-15)")
    return int(found.span.low)


def _whole(low: int, high: int) -> str:
    """The day, month or year that a range is, as a case file writes it; else empty.

    >>> _whole(date(2021, 2, 1).toordinal(), date(2021, 2, 28).toordinal())
    '2021-02'
    """
    first, last = date.fromordinal(low), date.fromordinal(high)
    if low == high:
        return first.isoformat()
    if first.day == 1 and first.month == 1 and (last.month, last.day) == (12, 31):
        return f"{first.year:04d}" if first.year == last.year else ""
    length = calendar.monthrange(first.year, first.month)[1]
    same = (first.year, first.month) == (last.year, last.month)
    is_month = same and (first.day, last.day) == (1, length)
    return f"{first.year:04d}-{first.month:02d}" if is_month else ""
