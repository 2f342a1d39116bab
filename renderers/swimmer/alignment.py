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

    A lane always counts from the start of a line that it has, be its date known or not: that
    start is day 0, and what the record counts from nothing is drawn as not known. Another moment
    needs a date, or a date that is counted from it.

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
    number = line.number if line else lines[0].number if align == "start" else None
    if when is None or not (number is not None or is_measured_from(when, derived.case)):
        return None
    return TimeZero(when=when, from_line=number)


def aligned_on(cases: Sequence[DerivedCase]) -> tuple[str, ...]:
    """The names of time zeros from which the record of some patient counts, common ones first."""
    numbers = dict.fromkeys(line.number for each in cases for line in each.case.lines)
    names = (*ALIGNMENT_POINTS, *(f"line {number}" for number in numbers))
    return tuple(
        name
        for name in names
        if any(each.case.lines and _counts_from(name, each, each.case.lines) for each in cases)
    )


def _counts_from(align: str, derived: DerivedCase, lines: Lines) -> bool:
    """Whether a time zero of a patient has a date, or another date is counted from it.

    Of ``start``, of which each line has its own, whether that of some line does.
    """
    if align == "start":
        return any(is_measured_from(each.start.start, derived.case) for each in lines)
    found = time_zero_of(align, derived, lines)
    return found is not None and is_measured_from(found.when, derived.case)


def alignment(asked: str, usual: str, cases: Sequence[DerivedCase]) -> str:
    """The time zero of a figure: the one asked for, else the usual one.

    Where no patient's record counts from the usual one, it is the first other from which some
    record counts, and which no treatment may precede: a report that counts from surgery, and
    places the treatment after it, is drawn since surgery.
    """
    if asked:
        return asked
    possible = aligned_on(cases)
    if usual in possible:
        return usual
    return next((name for name in possible if _precedes_treatment(name, cases)), usual)


def _precedes_treatment(align: str, cases: Sequence[DerivedCase]) -> bool:
    """Whether no line of any patient may begin before a time zero."""
    return all(
        each.case.days_between_dates(found.when, line.start.start).low >= 0
        for each in cases
        if each.case.lines and (found := time_zero_of(align, each, each.case.lines))
        for line in each.case.lines
        if found.when is not None
    )


def is_measured_from(when: PartialDate | None, case: Case) -> bool:
    """Whether a date has a first and a last day, or another lies some known days from it."""
    if when is None:
        return True
    if when.span.is_bounded:
        return True
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


def in_caption(align: str) -> str:
    """Time zero in the words of a caption, which names the line also where it is the first."""
    line = _LINE.fullmatch(align)
    if line:
        return translate("first dose of line {number}", number=line[1])
    return description(align)


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
