"""EDTF dates (ISO 8601-2:2019, levels 0 and 1) are parsed to spans of days. No other code does so.

Days are proleptic Gregorian ordinals (1 = 0001-01-01), both ends of every span included.
"""

from __future__ import annotations

import calendar
import functools
import re
from datetime import date

import attrs

from timeline.core.calendar.date_forms import day_beyond_month, iso_advice, length_of_month
from timeline.core.calendar.relative_times import RelativeTime
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Number, Span

YEARS = range(1850, 2151)  # a patient's life; anything else is a typing error


@attrs.frozen
class PartialDate:
    """A date with the precision to which it is known.

    ``strict``: the days by EDTF, both ends included. ``span``: every possible day. These are the
    strict days, widened by one unit of the date's own precision on either side where it is marked
    ``~`` or ``%`` (our interpretation: ISO 8601-2 gives the mark no width), and narrowed where
    ``after`` or ``before`` names another event, or ``relative`` counts from one. ``derived``: why
    the other facts of the record give it, where the record itself does not state it.
    """

    text: str
    strict: Span = ANY
    span: Span = ANY
    approximate: bool = False
    uncertain: bool = False
    after: str | None = None
    before: str | None = None
    relative: RelativeTime | None = None
    derived: str = ""

    @property
    def is_exact(self) -> bool:
        return self.span.is_point

    @property
    def by_order(self) -> bool:
        """Whether only its order among other events is known."""
        return self.strict == ANY

    @property
    def begins_with_order(self) -> bool:
        """Whether its text is ``after ..`` or ``before ..``, before which no ``from`` is read."""
        return self.text.startswith(("after ", "before "))

    @property
    def in_sentence(self) -> str:
        """``on 2021-05``, ``at line 1 + 8 weeks``, ``after line 1``: when something was seen."""
        if self.begins_with_order:
            return self.text
        return f"{'at' if self.by_order else 'on'} {self.text}"

    def __str__(self) -> str:
        return self.text


_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[~?%]?)"
)
_ADVICE = "write 2019, 2019-02 or 2019-02-14; 2019-XX where digits are not known"


NOT_KNOWN = "date not known"


def format_day(day: Number) -> str:
    """The ISO date of an ordinal; an infinity is '..'."""
    if isinstance(day, float):
        return ".."
    return date.fromordinal(int(day)).isoformat()


@functools.lru_cache(maxsize=4096)
def parse_edtf(text: str) -> PartialDate:
    """One EDTF date, or two with a slash between them, the earliest and the latest.

    One day of a set, ``[2021-12-18..2022-01-17]`` (ISO 8601-2 level 2), means the same as the two
    with a slash; a period can have it as an end.

    Raises: ValueError with what to write.
    """
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return attrs.evolve(_one_of_a_set(text), text=text)
    found = _DATE.fullmatch(text)
    if not found:
        refuse_other_forms(text)
    if text.count("/") == 1:
        return _between(text)
    if not found:
        raise ValueError(f"not a date: {text!r} ({_ADVICE})")
    earliest, latest, step = _bounds(found["year"], found["month"], found["day"], text)
    mark = found["mark"]
    strict = Span(earliest.toordinal(), latest.toordinal())
    return PartialDate(
        text=text,
        strict=strict,
        span=_widened(earliest, latest, step) if mark in ("~", "%") else strict,
        approximate=mark in ("~", "%") and bool(mark),
        uncertain=mark in ("?", "%") and bool(mark),
    )


@functools.lru_cache(maxsize=4096)
def refuse_other_forms(text: str) -> None:
    """Raise ValueError for a date in words or in a national form, with what to write."""
    if advice := iso_advice(text):
        raise ValueError(f"not a date: {text!r} ({advice})")
    if reason := day_beyond_month(text):
        raise ValueError(f"not on the calendar: {text!r} ({reason})")


def _bounds(year: str, month: str | None, day: str | None, text: str) -> tuple[date, date, str]:
    """First and last possible day, and the unit of the last digit that is known."""
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year not in YEARS or last_year not in YEARS:
        raise ValueError(f"not a year of a patient's life: {text!r} (write a year such as 2019)")
    months = _digits(month, 1, 12)
    if months[0] not in range(1, 13):
        raise ValueError(f"no such month: {text!r} (months run from 01 to 12)")
    low = _day(first_year, months[0], day, text, last=False)
    high = _day(last_year, months[1], day, text, last=True)
    known_day, known_month = day not in (None, "XX"), month not in (None, "XX")
    return low, high, "days" if known_day else "months" if known_month else "years"


def _digits(part: str | None, least: int, most: int) -> tuple[int, int]:
    if part is None or part == "XX":
        return least, most
    return int(part), int(part)


def _day(year: int, month: int, day: str | None, text: str, *, last: bool) -> date:
    length = calendar.monthrange(year, month)[1]
    number = _digits(day, 1, length)[1 if last else 0]
    if not 1 <= number <= length:
        raise ValueError(f"not on the calendar: {text!r} ({length_of_month(year, month, number)})")
    return date(year, month, number)


def _widened(earliest: date, latest: date, step: str) -> Span:
    import pendulum  # slow to import, and needed only for approximate dates

    first, last = (pendulum.Date.fromordinal(each.toordinal()) for each in (earliest, latest))
    low = first.subtract(**{step: 1})
    high = last.add(days=1).add(**{step: 1}).subtract(days=1)
    return Span(low.toordinal(), high.toordinal())


def _between(text: str) -> PartialDate:
    low, high = (_end(part) for part in text.split("/"))
    if low is None and high is None:
        raise ValueError(f"not a date: {text!r} ({_ADVICE})")
    first = low.span.low if low else NEVER_BEGAN
    last = high.span.high if high else NEVER_ENDS
    if last < first:
        raise ValueError(f"ends before it starts: {text!r} (write the earlier date first)")
    strict = Span(low.strict.low if low else NEVER_BEGAN, high.strict.high if high else NEVER_ENDS)
    ends = [end for end in (low, high) if end]
    return PartialDate(
        text=text,
        strict=strict,
        span=Span(first, last),
        approximate=any(end.approximate for end in ends),
        uncertain=any(end.uncertain for end in ends),
    )


def _one_of_a_set(text: str) -> PartialDate:
    """One day of a consecutive set: ``[a..b]``, ``[a..]`` (or later), ``[..b]`` (or earlier)."""
    low, dots, high = text[1:-1].partition("..")
    if not dots or not (low.strip() or high.strip()) or "," in text or "/" in text:
        raise ValueError(f"not a set of consecutive days: {text!r} (write [2021-12..2022-02])")
    return _between(f"{low.strip()}/{high.strip()}")


def _end(part: str) -> PartialDate | None:
    return None if part.strip() in ("", "..") else parse_edtf(part)


_DECADE = 3653  # days at most


def is_vague(days: Span) -> bool:
    """Whether not even the decade of a date is known: days without an end, or more than a decade.

    A time from such a date, or to it, has no upper bound that means anything.
    """
    return not days.is_bounded or days.high - days.low > _DECADE


@functools.lru_cache(maxsize=4096)
def format_days(span: Span) -> str:
    """A span of days in its shortest form: a day, a month, a year, or its two ends.

    With one end open it is ``2021-12-01 or later`` or ``2021-12-31 or earlier``, and with both
    ``date not known``. The ends of a century are no days of the record: it is ``20XX``, and within
    one with an end that is known ``2021-12-01 or later in 20XX``.
    """
    if span.is_point:
        return format_day(span.low)
    low, high = format_day(span.low), format_day(span.high)
    if not span.is_bounded:
        if span == ANY:
            return NOT_KNOWN
        return f"{low} or later" if span.low != NEVER_BEGAN else f"{high} or earlier"
    if low[:2] == high[:2] and is_vague(span):
        begins, ends = low.endswith("00-01-01"), high.endswith("99-12-31")
        century = f"{low[:2]}XX"
        if begins or ends:
            known = f"{high} or earlier" if begins else f"{low} or later"
            return century if begins and ends else f"{known} in {century}"
    for size in (4, 7):
        if low[:size] == high[:size]:
            period = parse_edtf(low[:size]).strict
            if period == span:
                return low[:size]
    return f"{low} to {high}"


def date_pattern() -> str:
    """The pattern of one date with the precision to which it is known, as a regular expression."""
    return _DATE.pattern
