"""Where nought lies on a lane: the moments that lanes can be aligned on, one row each."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from renderers.text.line_summary import statuses_of
from renderers.text.translation import translate
from timeline.core.dates import PartialDate, parse_edtf
from timeline.core.problem import near
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Surgery
from timeline.record.lines import Line
from timeline.terminology.criteria import RESPONSES

Lines = tuple[Line, ...]


@attrs.frozen
class AlignmentPoint:
    """One row: how the axis names it, and where it is for some lines of a patient."""

    description: str
    find: Callable[[DerivedCase, Lines], PartialDate | None]


@attrs.frozen(kw_only=True)
class TimeZero:
    """Nought of one lane: a moment, or none on a calendar.

    ``from_line``: the line that it is the start of; nothing of that line or a later one can lie
    before it. ``fixed``: a day of the calendar, which knows nothing of the patient.
    """

    when: PartialDate | None = None
    from_line: int | None = None
    fixed: bool = False


def _diagnosis(reading: DerivedCase, _: Lines) -> PartialDate | None:
    found = reading.case.diagnosis
    return found.start if found else None


def _surgery(reading: DerivedCase, _: Lines) -> PartialDate | None:
    return next((each.start for each in reading.case.all_of(Surgery)), None)


def _first_response(reading: DerivedCase, lines: Lines) -> PartialDate | None:
    """The first scan that allows no label but a response."""
    found = (status for line in lines for status in statuses_of(reading, line))
    return next((s.scan.start for s in found if set(s.labels) <= RESPONSES), None)


def _start(_: DerivedCase, lines: Lines) -> PartialDate | None:
    return lines[0].start.start


ALIGNMENT_POINTS = {
    "start": AlignmentPoint("start of treatment line", _start),
    "diagnosis": AlignmentPoint("date of diagnosis", _diagnosis),
    "surgery": AlignmentPoint("date of first surgery", _surgery),
    "first response": AlignmentPoint("date of first response", _first_response),
}
_LINE = re.compile(r"line ([0-9]+)")
_KNOWN = (*ALIGNMENT_POINTS, "line 1", "calendar", "2021-03-01")


def time_zero_of(align: str, reading: DerivedCase, lines: Lines) -> TimeZero | None:
    """Nought of a lane, or None where the patient has no such moment with a date.

    ValueError where ``align`` is no moment, line, day or ``calendar``.
    """
    if align == "calendar":
        return TimeZero()
    if align not in ALIGNMENT_POINTS and not _LINE.fullmatch(align):
        return TimeZero(when=_day(align), fixed=True)
    line = next((each for each in reading.case.lines if align == f"line {each.number}"), None)
    when = line.start.start if line else None
    if align in ALIGNMENT_POINTS:
        when = ALIGNMENT_POINTS[align].find(reading, lines)
    if when is None or not when.span.is_bounded:
        return None
    number = line.number if line else lines[0].number if align == "start" else None
    return TimeZero(when=when, from_line=number)


def _day(align: str) -> PartialDate:
    try:
        when = parse_edtf(align)
    except ValueError:
        raise ValueError(f"nothing to align on: {align!r} ({near(align, _KNOWN)})") from None
    if not when.is_exact:
        raise ValueError(f"nought is a day: {align!r} (write 2021-03-01)")
    return when


def description(align: str) -> str:
    """How the axis names nought."""
    if align in ALIGNMENT_POINTS:
        return translate(ALIGNMENT_POINTS[align].description)
    line = _LINE.fullmatch(align)
    return translate("start of treatment line {number}", number=line[1]) if line else align


def named(align: str) -> str:
    """A moment by its short name: ``diagnosis``, ``line 2``."""
    line = _LINE.fullmatch(align)
    return translate("line {number}", number=line[1]) if line else translate(align)


def days_from(when: PartialDate, nought: TimeZero, *, after: bool) -> Span:
    """Days from nought to a moment, or its ordinals on a calendar.

    ``after``: whether it is known not to lie before nought; a range is then cut there.
    """
    if nought.when is None:
        return when.span
    if when is nought.when:
        return Span.point(0)
    days = when.span - nought.when.span
    return (days.not_below(0) or Span.point(0)) if after else days
