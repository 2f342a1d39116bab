"""Time zero of a lane: the dates that lanes can be aligned on, one row each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from renderers.text.line_summary import statuses_of
from renderers.text.translation import translate
from timeline.core.calendar.dates import PartialDate, parse_edtf
from timeline.core.problem import near
from timeline.core.span import NEVER_BEGAN, Number, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Surgery
from timeline.record.lines import Line
from timeline.terminology.criteria import RESPONSES

Lines = tuple[Line, ...]


@attrs.frozen
class AlignmentPoint:
    """One row: its words on the axis, and how its date is found for some lines of a patient."""

    description: str
    find: Callable[[DerivedCase, Lines], PartialDate | None]


@attrs.frozen(kw_only=True)
class TimeZero:
    """Time zero of one lane: a date, or None on a calendar.

    ``from_line``: the line that starts then; no event of that line or a later one is before it.
    ``fixed``: it is a day of the calendar, not a date of the patient.
    """

    when: PartialDate | None = None
    from_line: int | None = None
    fixed: bool = False


def _diagnosis(derived: DerivedCase, _: Lines) -> PartialDate | None:
    found = derived.case.diagnosis
    return found.start if found else None


def _surgery(derived: DerivedCase, _: Lines) -> PartialDate | None:
    return next((each.start for each in derived.case.all_of(Surgery)), None)


def _first_response(derived: DerivedCase, lines: Lines) -> PartialDate | None:
    """The first scan that allows no label but a response."""
    found = (status for line in lines for status in statuses_of(derived, line))
    return next((s.scan.start for s in found if set(s.labels) <= RESPONSES), None)


def _start(_: DerivedCase, lines: Lines) -> PartialDate | None:
    return lines[0].start.start


ALIGNMENT_POINTS = {
    "start": AlignmentPoint("first dose of the line", _start),
    "diagnosis": AlignmentPoint("date of diagnosis", _diagnosis),
    "surgery": AlignmentPoint("date of first surgery", _surgery),
    "first response": AlignmentPoint("date of first response", _first_response),
}
_LINE = re.compile(r"line ([0-9]+)")
_KNOWN = (*ALIGNMENT_POINTS, "line 1", "calendar", "2021-03-01")


def time_zero_of(align: str, derived: DerivedCase, lines: Lines) -> TimeZero | None:
    """Time zero of a lane, or None where the patient has no such date.

    Args:
        align: a name of ``ALIGNMENT_POINTS``, ``line 2``, a day (``2021-03-01``) or ``calendar``.
        derived: the patient.
        lines: the lines of the lane, in order.

    Raises:
        ValueError: ``align`` is none of these.

    """
    if align == "calendar":
        return TimeZero()
    if align not in ALIGNMENT_POINTS and not _LINE.fullmatch(align):
        return TimeZero(when=_day(align), fixed=True)
    line = next((each for each in derived.case.lines if align == f"line {each.number}"), None)
    when = line.start.start if line else None
    if align in ALIGNMENT_POINTS:
        when = ALIGNMENT_POINTS[align].find(derived, lines)
    if when is None or not (when.span.is_bounded or _is_counted_from(when, derived.case)):
        return None
    number = line.number if line else lines[0].number if align == "start" else None
    return TimeZero(when=when, from_line=number)


def aligned_on(cases: Sequence[DerivedCase]) -> tuple[str, ...]:
    """The names of time zeros that some patient can be aligned on, common ones first."""
    numbers = dict.fromkeys(line.number for each in cases for line in each.case.lines)
    names = (*ALIGNMENT_POINTS, *(f"line {number}" for number in numbers))
    return tuple(
        name
        for name in names
        if any(each.case.lines and time_zero_of(name, each, each.case.lines) for each in cases)
    )


def alignment(asked: str, usual: str, cases: Sequence[DerivedCase]) -> str:
    """The time zero of a figure: the one asked for, else the usual one.

    Where no patient has a date for the usual one, it is the first that some patient can be aligned
    on: a report that counts from surgery is drawn since surgery.
    """
    if asked:
        return asked
    possible = aligned_on(cases)
    return usual if not possible or usual in possible else possible[0]


def _is_counted_from(when: PartialDate, case: Case) -> bool:
    """Whether another date lies some known days from a date that is not known itself."""
    others = (other for other, _ in case.moments_on_record if other is not when)
    return any(case.days_between_dates(when, other).is_bounded for other in others)


def _day(align: str) -> PartialDate:
    try:
        when = parse_edtf(align)
    except ValueError:
        raise ValueError(f"cannot align on {align!r} ({near(align, _KNOWN)})") from None
    if not when.is_exact:
        raise ValueError(f"time zero must be a day: {align!r} (write 2021-03-01)")
    return when


def description(align: str) -> str:
    """Time zero in the words of the axis."""
    if align in ALIGNMENT_POINTS:
        return translate(ALIGNMENT_POINTS[align].description)
    line = _LINE.fullmatch(align)
    if line and line[1] == "1":
        return translate("first dose")
    return translate("first dose of line {number}", number=line[1]) if line else align


def short_name(align: str) -> str:
    """The short name of a time zero: ``diagnosis``, ``line 2``."""
    line = _LINE.fullmatch(align)
    return translate("line {number}", number=line[1]) if line else translate(align)


def days_from(when: PartialDate, time_zero: TimeZero, case: Case, *, after: bool) -> Span:
    """Days from time zero to a date, or the ordinals of the date on a calendar.

    ``after``: the date is known not to be before time zero, so that a range is cut there. Where the
    record counts the date from time zero, it is that time.
    """
    if time_zero.when is None:
        return when.span
    if when is time_zero.when:
        return Span.point(0)
    days = case.days_between_dates(time_zero.when, when)
    return (days.not_below(0) or Span.point(0)) if after else days


def first_day_shown(when: PartialDate, time_zero: PartialDate, case: Case) -> Number:
    """The day from which a date without a first day is shown, counted from time zero; 0 at most.

    It is as early as the first days of later moments require: the date lies at least so many
    days before each of them as the record counts. So no line is shown to begin before a line
    that it follows.
    """
    days = [0]
    for other in (moment for moment, _ in case.moments_on_record):
        first = case.days_between_dates(time_zero, other).low
        before = case.days_between_dates(when, other).low
        if NEVER_BEGAN not in (first, before):
            days.append(int(first - before))
    return min(days)
