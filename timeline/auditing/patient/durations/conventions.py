"""How days between two dates are printed: conventions of months, counting and rounding."""

from __future__ import annotations

import calendar
import functools
import itertools
import math
from datetime import date
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion, compare, share_of_days
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS, days_per
from timeline.core.claimed_numbers import claimed_number
from timeline.core.printed_numbers import DEFAULT_ROUNDING, ROUNDINGS, Printed
from timeline.core.span import Span

BY_NAME = {  # months counted by their names, whatever the days: what is added to end less start
    "calendar months subtracted (May less December is 5)": 0,
    "calendar months counted, the first and the last included": 1,
}
NAMES_REACH = 100  # days; whole months by name are less than two months off those by days
_NONE = Fraction(0)
UNUSUAL_MONTHS = ("28",)  # four weeks; other lengths of a month are averages in common use
_OTHER_ROUNDINGS = ("truncate", "ceil")  # half_up lies within the default


@attrs.frozen(cache_hash=True)
class Convention:
    """How days are counted, converted to the printed unit, and rounded.

    ``by_name``: a row of ``BY_NAME``, where months are counted without days.
    """

    month: str = DEFAULT_MONTH
    add: int = 0  # days added to end less start
    rounding: str = DEFAULT_ROUNDING
    by_name: str = ""

    @property
    def unusual(self) -> tuple[str, ...]:
        """The departures that few reports use: they count where a report needs them twice."""
        month = self._month_text if self.month in UNUSUAL_MONTHS else ""
        return tuple(part for part in (month, self._rounding_text) if part)

    @functools.cached_property
    def departures(self) -> tuple[str, ...]:
        """Each way in which it differs from the default, in words."""
        both_days = "both end days counted (one day more)" if self.add else ""
        parts = (self._month_text, both_days, self._rounding_text, self.by_name)
        return tuple(part for part in parts if part)

    @property
    def _month_text(self) -> str:
        return f"a month of {self.month} days" if self.month != DEFAULT_MONTH else ""

    @property
    def _rounding_text(self) -> str:
        other = self.rounding in _OTHER_ROUNDINGS
        return f"rounding: {ROUNDINGS[self.rounding].description}" if other else ""

    def fits(
        self, start: Span, end: Span, claimed: Printed, unit: str
    ) -> tuple[Conclusion, Fraction]:
        """Whether every, some or no pair of days (end not before start) gives the print.

        Args:
            start: the possible days of the start, both ends included.
            end: those of the end.
            claimed: the printed number.
            unit: its unit of time.

        Returns:
            The conclusion, and the share of the pairs that give the print: 0 where a date is
            open or no pair is left.
        """
        if self.by_name and claimed.unit != 1:
            return Conclusion.CONTRADICTED, _NONE  # months counted by their names have no decimals
        if self.by_name:
            share = _share_by_name(start, end, claimed.span - BY_NAME[self.by_name], unit)
            some = Conclusion.POSSIBLE if share else Conclusion.CONTRADICTED
            return (Conclusion.AGREES if share == 1 else some), share
        days = days_between(start, end)
        if days is None or not self.may_fit(days, claimed, unit):
            return Conclusion.CONTRADICTED, _NONE
        printed_days = self.printed_days(claimed, unit)
        return compare(days, printed_days), share_of_days(start, end, printed_days) or _NONE

    def may_fit(self, days: Span, claimed: Printed, unit: str) -> bool:
        """Whether some of the days give the print; counted by name, any whole number may."""
        if self.by_name:
            return claimed.unit == 1
        return days.overlaps(self.printed_days(claimed, unit))

    def printed_days(self, claimed: Printed, unit: str) -> Span:
        """The days that a print in a unit of time allows."""
        return _printed_days(self, claimed.text, unit)


@functools.lru_cache(maxsize=4096)
def days_between(start: Span, end: Span) -> Span | None:
    """The days from one day to another that is not before it; None where it must be."""
    return (end - start).not_below(0)


@functools.lru_cache(maxsize=16_384)  # thirty conventions for each print
def _printed_days(convention: Convention, text: str, unit: str) -> Span:
    span = claimed_number(text, convention.rounding).span
    return in_days(span, days_per(unit, convention.month), convention.add)


STATED = Convention()
CONVENTIONS = (
    *(
        Convention(month, add, rounding)
        for month, add, rounding in itertools.product(
            MONTHS, (0, 1), (DEFAULT_ROUNDING, *_OTHER_ROUNDINGS)
        )
        if (month, add, rounding) != (DEFAULT_MONTH, 0, DEFAULT_ROUNDING)
    ),
    *(Convention(by_name=name) for name in BY_NAME),
)


@functools.lru_cache(maxsize=4096)
def within_reach(text: str, unit: str) -> Span:
    """Days outside which no convention gives a print; it includes months counted by name."""
    spans = (_printed_days(each, text, unit) for each in (STATED, *CONVENTIONS) if not each.by_name)
    return functools.reduce(Span.hull, spans) + Span(-NAMES_REACH, NAMES_REACH)


def in_days(claimed: Span, unit_days: Fraction, add: int = 0) -> Span:
    """A claimed range in days; ``add``: the days that the convention adds to end less start."""
    return claimed.times(unit_days, less=add)


def _share_by_name(start: Span, end: Span, printed_days: Span, unit: str) -> Fraction:
    """The share of pairs of days with ``printed_days`` months between their calendar months."""
    if unit != "months" or not (start.is_bounded and end.is_bounded):
        return _NONE
    hits = total = 0
    for (first, low), (last, high) in itertools.product(_by_month(start), _by_month(end)):
        pairs = _pairs(low, high)
        total += pairs
        hits += pairs if last - first in printed_days else 0
    return Fraction(hits, total) if total else _NONE


@functools.lru_cache(maxsize=4096)
def _by_month(span: Span) -> tuple[tuple[int, range], ...]:
    """The days of a span by calendar month; months are numbered from the year 0."""
    day, last = int(span.low), int(span.high)
    found = []
    while day <= last:
        first = date.fromordinal(day)
        stop = min(last, _month_end(first))
        found.append((12 * first.year + first.month, range(day, stop + 1)))
        day = stop + 1
    return tuple(found)


def _month_end(day: date) -> int:
    """The ordinal of the last day of a month."""
    return day.toordinal() - day.day + calendar.monthrange(day.year, day.month)[1]


def _pairs(starts: range, ends: range) -> int:
    """How many pairs have an end that is not before the start."""
    if ends.start >= starts.stop - 1:
        return len(starts) * len(ends)
    return sum(max(0, ends.stop - max(start, ends.start)) for start in starts)


def imputed(span: Span) -> tuple[int, int, int] | None:
    """The first, the middle and the last day of a vague date; of a month the fifteenth."""
    if not span.is_bounded:
        return None
    low, high = int(span.low), int(span.high)
    first = date.fromordinal(low)
    month = first.day == 1 and high == _month_end(first)
    middle = low + 14 if month else math.floor((low + high) / 2)
    return low, middle, high
