"""How the days between two dates become a print: conventions of months, counting and rounding."""

from __future__ import annotations

import calendar
import functools
import itertools
import math
from datetime import date
from fractions import Fraction

import attrs

from timeline.auditing.compare import Conclusion, compare, share_of_days
from timeline.core.claimed_numbers import claimed_number
from timeline.core.durations import DEFAULT_MONTH, MONTHS, days_per
from timeline.core.printed_numbers import DEFAULT_ROUNDING, ROUNDINGS, Printed
from timeline.core.span import Span

BY_NAME = {  # months by their names, whatever the days: what is added to end less start
    "calendar months subtracted (May less December is 5)": 0,
    "calendar months counted, the first and the last included": 1,
}
NAMES_REACH = 100  # days; whole months by name are less than two months off those by days
_NONE = Fraction(0)
UNUSUAL_MONTHS = ("28",)  # four weeks; other lengths of a month are averages in common use
_OTHER_WAYS = ("truncate", "ceil")  # half_up lies within the default


@attrs.frozen(cache_hash=True)
class Convention:
    """How days are counted, turned into the printed unit, and rounded; ``departs`` in words.

    ``by_name``: a row of ``BY_NAME``, where months are counted without days.
    """

    month: str = DEFAULT_MONTH
    add: int = 0  # days added to end less start
    rounding: str = DEFAULT_ROUNDING
    by_name: str = ""

    @property
    def unusual(self) -> tuple[str, ...]:
        """Those of its ways that few reports use: they count where a report needs them twice."""
        rare_month = self.month in UNUSUAL_MONTHS
        return tuple(
            way
            for way in self.departs
            if (rare_month and way == f"a month of {self.month} days") or way.startswith("rounding")
        )

    @functools.cached_property
    def departs(self) -> tuple[str, ...]:
        """Each way in which it is not the default."""
        parts = (
            f"a month of {self.month} days" if self.month != DEFAULT_MONTH else "",
            "both end days counted (one day more)" if self.add else "",
            f"rounding: {ROUNDINGS[self.rounding].description}"
            if self.rounding in _OTHER_WAYS
            else "",
            self.by_name,
        )
        return tuple(part for part in parts if part)

    def fits(
        self, start: Span, end: Span, claimed: Printed, unit: str
    ) -> tuple[Conclusion, Fraction]:
        """Whether some, every or no pair of days (end not before start) gives the print.

        With the share of the pairs that do; nought where an end is open or none is left.
        """
        if self.by_name and claimed.unit != 1:
            return Conclusion.CONTRADICTED, _NONE  # months counted by their names have no decimals
        if self.by_name:
            part = _share_by_name(start, end, claimed.span - BY_NAME[self.by_name], unit)
            some = Conclusion.POSSIBLE if part else Conclusion.CONTRADICTED
            return (Conclusion.AGREES if part == 1 else some), part
        days = days_between(start, end)
        if days is None or not self.may_fit(days, claimed, unit):
            return Conclusion.CONTRADICTED, _NONE
        wanted = self.wanted(claimed, unit)
        return compare(days, wanted), share_of_days(start, end, wanted) or _NONE

    def may_fit(self, days: Span, claimed: Printed, unit: str) -> bool:
        """Whether some of the days give the print; by their names, a whole number may always."""
        if self.by_name:
            return claimed.unit == 1
        return days.overlaps(self.wanted(claimed, unit))

    def wanted(self, claimed: Printed, unit: str) -> Span:
        """The days that a print in a unit of time stands for."""
        return _wanted(self, claimed.text, unit)


@functools.lru_cache(maxsize=4096)
def days_between(start: Span, end: Span) -> Span | None:
    """The days from one day to another that is not before it; None where it must be."""
    return (end - start).not_below(0)


@functools.lru_cache(maxsize=16_384)  # thirty ways to count each print
def _wanted(convention: Convention, text: str, unit: str) -> Span:
    span = claimed_number(text, convention.rounding).span
    return in_days(span, days_per(unit, convention.month), convention.add)


STATED = Convention()
CONVENTIONS = (
    *(
        Convention(month, add, rounding)
        for month, add, rounding in itertools.product(
            MONTHS, (0, 1), (DEFAULT_ROUNDING, *_OTHER_WAYS)
        )
        if (month, add, rounding) != (DEFAULT_MONTH, 0, DEFAULT_ROUNDING)
    ),
    *(Convention(by_name=name) for name in BY_NAME),
)


@functools.lru_cache(maxsize=4096)
def within_reach(text: str, unit: str) -> Span:
    """Days beyond which no convention gives a print; wide, for months counted by their names."""
    spans = (_wanted(each, text, unit) for each in (STATED, *CONVENTIONS) if not each.by_name)
    return functools.reduce(Span.hull, spans) + Span(-NAMES_REACH, NAMES_REACH)


def in_days(claimed: Span, unit_days: Fraction, add: int = 0) -> Span:
    """A claimed range in days: ``add`` is what the convention adds to end less start."""
    return claimed.times(unit_days, less=add)


def _share_by_name(start: Span, end: Span, wanted: Span, unit: str) -> Fraction:
    """The share of pairs of days whose calendar months lie ``wanted`` months apart."""
    if unit != "months" or not (start.is_bounded and end.is_bounded):
        return Fraction(0)
    hits = total = 0
    for (first, low), (last, high) in itertools.product(_by_month(start), _by_month(end)):
        pairs = _pairs(low, high)
        total += pairs
        hits += pairs if last - first in wanted else 0
    return Fraction(hits, total) if total else Fraction(0)


@functools.lru_cache(maxsize=4096)
def _by_month(span: Span) -> tuple[tuple[int, range], ...]:
    """The days of a span by calendar month; months are numbered from the year nought."""
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
    """How many pairs there are with the end not before the start."""
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
