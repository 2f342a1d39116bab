"""Where nought lies on a lane: the moments that lanes can be aligned on, one row each."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from renderers.standing import statuses_of
from renderers.words import say
from timeline.criterion_terms import RESPONSES
from timeline.edtf import When, edtf
from timeline.events import Surgery
from timeline.lines import Line
from timeline.problem import near
from timeline.reading import Reading
from timeline.span import Span

Lines = tuple[Line, ...]


@attrs.frozen
class Moment:
    """One row: how the axis names it, and where it is for some lines of a patient."""

    says: str
    find: Callable[[Reading, Lines], When | None]


@attrs.frozen(kw_only=True)
class Nought:
    """Nought of one lane: a moment, or none on a calendar.

    ``from_line``: the line that it is the start of; nothing of that line or a later one can lie
    before it. ``fixed``: a day of the calendar, which knows nothing of the patient.
    """

    when: When | None = None
    from_line: int | None = None
    fixed: bool = False


def _diagnosis(reading: Reading, _: Lines) -> When | None:
    found = reading.case.diagnosis
    return found.start if found else None


def _surgery(reading: Reading, _: Lines) -> When | None:
    return next((each.start for each in reading.case.all_of(Surgery)), None)


def _first_response(reading: Reading, lines: Lines) -> When | None:
    """The first scan that allows no label but a response."""
    found = (status for line in lines for status in statuses_of(reading, line))
    return next((s.scan.start for s in found if set(s.labels) <= RESPONSES), None)


def _start(_: Reading, lines: Lines) -> When | None:
    return lines[0].start.start


MOMENTS = {
    "start": Moment("the start of the line", _start),
    "diagnosis": Moment("the diagnosis", _diagnosis),
    "surgery": Moment("the first surgery", _surgery),
    "first response": Moment("the first response", _first_response),
}
_LINE = re.compile(r"line ([0-9]+)")
_KNOWN = (*MOMENTS, "line 1", "calendar", "2021-03-01")


def nought_of(align: str, reading: Reading, lines: Lines) -> Nought | None:
    """Nought of a lane, or None where the patient has no such moment with a date.

    ValueError where ``align`` is no moment, line, day or ``calendar``.
    """
    if align == "calendar":
        return Nought()
    if align not in MOMENTS and not _LINE.fullmatch(align):
        return Nought(when=_day(align), fixed=True)
    line = next((each for each in reading.case.lines if align == f"line {each.number}"), None)
    when = line.start.start if line else None
    if align in MOMENTS:
        when = MOMENTS[align].find(reading, lines)
    if when is None or not when.span.is_bounded:
        return None
    number = line.number if line else lines[0].number if align == "start" else None
    return Nought(when=when, from_line=number)


def _day(align: str) -> When:
    try:
        when = edtf(align)
    except ValueError:
        raise ValueError(f"nothing to align on: {align!r} ({near(align, _KNOWN)})") from None
    if not when.is_exact:
        raise ValueError(f"nought is a day: {align!r} (write 2021-03-01)")
    return when


def says(align: str) -> str:
    """How the axis names nought."""
    if align in MOMENTS:
        return say(MOMENTS[align].says)
    line = _LINE.fullmatch(align)
    return say("the start of line {number}", number=line[1]) if line else align


def named(align: str) -> str:
    """A moment by its short name: ``diagnosis``, ``line 2``."""
    line = _LINE.fullmatch(align)
    return say("line {number}", number=line[1]) if line else say(align)


def days_from(when: When, nought: Nought, *, after: bool) -> Span:
    """Days from nought to a moment, or its ordinals on a calendar.

    ``after``: whether it is known not to lie before nought; a range is then cut there.
    """
    if nought.when is None:
        return when.span
    if when is nought.when:
        return Span.point(0)
    days = when.span - nought.when.span
    return (days.not_below(0) or Span.point(0)) if after else days
