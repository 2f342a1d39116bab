"""Times that are counted from another event, as reports state them.

Two forms differ in their precision, and the writer of the record chooses between them:

- ``line 1 + 8 weeks`` is calendar arithmetic: exactly 56 days; ``+ 6 months`` is the same day
  six calendar months later (ISO 8601-1:2019, durations; the last day of the month where that month
  is shorter). It is for what follows a plan.
- ``8 weeks after surgery`` is a printed figure: every time that rounds to 8 weeks, 53 to 59 days
  (`timeline.core.printed_numbers`; a month is 30.4375 days, a year 365.25).

``day 12 of line 2`` is its 12th day, the first is day 1, and day -1 is the day before: a study day
is never 0 (CDISC SDTM Implementation Guide 3.4, section 4.4.4, study day variables).
"""

from __future__ import annotations

import calendar
import functools
import math
import re
from collections.abc import Callable
from datetime import date

from timeline.core.calendar.durations import days_per
from timeline.core.frozen_class import frozen
from timeline.core.printed_numbers import parse_time_number
from timeline.core.span import Number, Span

_UNITS = {
    spelling: unit
    for unit, spellings in (
        ("days", "day days d"),
        ("weeks", "week weeks wk wks w"),
        ("months", "month months mo mos"),
        ("years", "year years yr yrs y"),
    )
    for spelling in spellings.split()
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_OF = r"\s+of\s+(?P<of>.+)"
_AMOUNT = rf"(?:(?<=[0-9])|\s+)(?P<unit>{_UNIT})"


@frozen
class _Form:
    """A pattern in any case of letters. It is compiled when the first text is compared with it."""

    pattern: str

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return re.fullmatch(self.pattern, text, re.IGNORECASE)


_PLUS = _Form(rf"(?P<of>.+?)\s*(?P<sign>[+-])\s+(?P<number>[^+]*?){_AMOUNT}")
_PLUS_TIGHT = _Form(rf"(?P<of>.+?)\s+(?P<sign>[+-])(?P<number>[0-9.]+){_AMOUNT}")
_PRINTED = _Form(
    rf"(?P<number>.+?){_AMOUNT}(?P<half>\s+and\s+a\s+half)?"
    r"\s+(?P<way>after|before|prior to|following)\s+(?P<of>.+)"
)
_DAY = _Form(rf"day\s+(?P<day>[+-]?[0-9]{{1,4}}){_OF}")
_CYCLE_DAY = _Form(
    r"(?:cycle\s*(?P<c>[0-9]{1,3}),?\s*day\s*(?P<d>[+-]?[0-9]{1,3})"
    rf"|c(?P<c2>[0-9]{{1,3}})d(?P<d2>[0-9]{{1,3}})){_OF}"
)
_CYCLE = _Form(r"cycle\s+(?P<cycle>[0-9]{1,3})\s+of\s+(?P<of>.+?)(?P<end>\s+end)?")
_WEEK = _Form(rf"week\s+(?P<week>[0-9]{{1,3}}){_OF}")
_LINKS = frozenset(("of", "after", "before", "prior", "following"))
_LEAP_PERIOD = Span(date(2000, 1, 1).toordinal(), date(2003, 12, 31).toordinal())
_LONGEST_TEXT = 300  # characters of a relative time
LONGEST = 150 * 366  # days; beyond it is a typing error


@frozen
class Cycle:
    """A cycle of a treatment: its number, the name of the treatment, and which of its ends."""

    number: int
    of: str
    end: bool


@frozen
class RelativeTime:
    """So long after a moment of another event.

    Attributes:
        text: as written.
        reference: the event it is counted from, as written: ``line 1``, ``surgery``.
        days: the days from it, negative before it, both ends included. 0 if it counts months.
        months: or the calendar months from it, negative before it.
        names_a_moment: whether the words leave no doubt which end of a period is meant.
    """

    text: str
    reference: str
    days: Span = Span.point(0)
    months: int = 0
    names_a_moment: bool = True

    def days_from(self, anchor: Span) -> Span:
        """The days from the other event to this one, for the days that the other may be on."""
        if not self.months:
            return self.days
        days = anchor if anchor.is_bounded and anchor.high - anchor.low < 1461 else _LEAP_PERIOD
        found = [plus_months(int(day), self.months) - int(day)
                 for day in range(int(days.low), int(days.high) + 1)]  # fmt: skip
        return Span(min(found), max(found))

    def window(self, anchor: Span) -> Span:
        """The days that it may be on, for the days that the other event may be on."""
        if not self.months:
            return anchor + self.days
        ends: list[Number] = [
            end if isinstance(end, float) else plus_months(int(end), self.months)
            for end in (anchor.low, anchor.high)
        ]
        return Span(ends[0], ends[1])


def plus_months(day: int, months: int) -> int:
    """The same day of a month so many months later, or the last day of a shorter month.

    >>> date.fromordinal(plus_months(date(2021, 1, 31).toordinal(), 1)).isoformat()
    '2021-02-28'
    """
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, length)).toordinal()


@functools.lru_cache(maxsize=1024)
def relative_time(text: str) -> RelativeTime | None:
    """A time that is counted from another event; None where the text is none.

    Raises: ValueError with what to write.

    >>> relative_time("line 1 + 2 weeks").days, relative_time("2 weeks after surgery").days
    (Span(14 to 14), Span(11 to 17))
    >>> relative_time("day 12 of line 2").days
    Span(11 to 11)
    """
    if not _may_be_relative(text):
        return None
    if week := _WEEK.fullmatch(text):
        start = f"{week['of']} + {week['week']} weeks"
        about = f"about {week['week']} weeks after {week['of']} start"
        raise ValueError(f"a week is no day: {text!r} (write {start}, or {about})")
    if found := _CYCLE_DAY.fullmatch(text):
        number, day = found["c"] or found["c2"], found["d"] or found["d2"]
        return _of_day(text, day, f"cycle {number} of {found['of']}")
    if found := _DAY.fullmatch(text):
        return _of_day(text, found["day"], found["of"])
    if found := _PRINTED.fullmatch(text):
        return _printed(text, found)
    if found := _PLUS.fullmatch(text) or _PLUS_TIGHT.fullmatch(text):
        return _plus(text, found)
    if _CYCLE.fullmatch(text):
        return RelativeTime(text, text)
    return None


def _may_be_relative(text: str) -> bool:
    """Whether a text has a word or a sign that every relative time has."""
    words = text.lower().split() if len(text) <= _LONGEST_TEXT else []
    return not _LINKS.isdisjoint(words) or any(
        word[0] in "+-" or word[-1] in "+-" for word in words
    )


def cycle_of(reference: str) -> Cycle | None:
    """The cycle that a reference names: ``cycle 3 of line 1``, ``cycle 3 of line 1 end``."""
    found = _CYCLE.fullmatch(reference) if _may_be_relative(reference) else None
    if not found:
        return None
    return Cycle(int(found["cycle"]), found["of"].removesuffix(" start"), bool(found["end"]))


def renamed(text: str, rename: Callable[[str], str]) -> str:
    """A time that is counted from another event, with another name for that event."""
    for form in (_CYCLE_DAY, _DAY, _PRINTED, _PLUS, _PLUS_TIGHT, _CYCLE):
        if found := form.fullmatch(text):
            return f"{text[: found.start('of')]}{rename(found['of'])}{text[found.end('of') :]}"
    return text


def _of_day(text: str, day: str, of: str) -> RelativeTime:
    number = int(day)
    if number == 0:
        raise ValueError(f"there is no day 0: {text!r} (write day 1 for the first day of {of}, "
                         "day -1 for the day before)")  # fmt: skip
    return RelativeTime(text, of, Span.point(number - 1 if number > 0 else number))


def _plus(text: str, found: re.Match[str]) -> RelativeTime:
    """Exact arithmetic: whole numbers only."""
    number, unit, of = found["number"].strip(), _UNITS[found["unit"].lower()], found["of"]
    way = -1 if found["sign"] == "-" else 1
    if not re.fullmatch(r"[0-9]{1,5}", number):
        words = f"{number} {found['unit']} {'after' if way > 0 else 'before'} {of}"
        raise ValueError(
            f"not a whole number of {unit}: {text!r} (write one after the {found['sign']}, or "
            f"{words}, which is read as it is printed)"
        )
    count = way * int(number)
    _within_reach(text, abs(count) * float(days_per(unit)))
    if unit in ("months", "years"):
        return RelativeTime(text, of, months=count * (12 if unit == "years" else 1))
    return RelativeTime(text, of, Span.point(count * (7 if unit == "weeks" else 1)))


def _printed(text: str, found: re.Match[str]) -> RelativeTime:
    """A printed time: the whole days that round to it, none of them on the other side."""
    printed = parse_time_number(found["number"].strip() + (found["half"] or ""))
    unit, of = _UNITS[found["unit"].lower()], found["of"]
    days = printed.span.times(days_per(unit))
    ends = [end for end in (days.low, days.high) if not isinstance(end, float)]
    _within_reach(text, float(max(ends, default=0)))
    low: Number = 0 if days.low <= 0 else math.ceil(days.low)
    low += days.low == low and not days.low_in
    high: Number = days.high if isinstance(days.high, float) else math.floor(days.high)
    within = found["number"].lower().startswith("within")  # of two weeks the 14th day as well
    open_end = not (days.high_in or within or isinstance(high, float))
    high -= days.high == high and open_end
    if high < low:
        raise ValueError(f"no whole day: {text!r} (write the days)")
    after = found["way"].lower() in ("after", "following")
    span = Span(low, high)
    named = not after or of.endswith((" end", " start"))
    return RelativeTime(text, of, span if after else -span, names_a_moment=named)


def _within_reach(text: str, days: float) -> None:
    if days > LONGEST:
        raise ValueError(f"longer than a life: {text!r} (correct the number or the unit)")
