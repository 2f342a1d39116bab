"""Planned tumour assessments: every so many days, and from a date on at other intervals."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from timeline.core.calendar.dates import parse_edtf
from timeline.core.frozen_class import frozen
from timeline.core.quantities import above_0
from timeline.core.span import Number, Span
from timeline.record.event_parts.cycles import interval_in_figures

_FORM = (
    "write 8 weeks; or, in quotes, 'every 8 weeks until 2022-12, then every 12 weeks', or "
    "'every 8 weeks for 48 weeks, then every 12 weeks'"
)
_PHASE = re.compile(
    r"(?P<interval>.+?)"
    r"(?:\s+until\s+(?P<until>\S+)|\s+for\s+(?:the\s+first\s+)?(?P<lasting>.+))?"
)


@frozen
class Phase:
    """Some days of the same interval, in days.

    ``until``: the date up to which it applies, a range of days, both ends included. ``lasting``:
    or the days from the start of the line. Neither: to the end.
    """

    interval: int
    until: Span | None = None
    lasting: int | None = None

    def ends(self, start: int) -> Span | None:
        """The days on which it may end, of a line begun on a day; None where it does not."""
        return self.until if self.lasting is None else Span.point(start + self.lasting)


@frozen
class VisitSchedule:
    """The intervals between planned assessments, in order of time."""

    text: str
    phases: tuple[Phase, ...]

    def __str__(self) -> str:
        return self.text

    @property
    def longest(self) -> int:
        """The longest interval in days."""
        return max(each.interval for each in self.phases)

    def interval(self, day: int, start: int) -> tuple[int, int]:
        """The least and the greatest interval in days that may apply after ``day``.

        ``start``: the day on which the line began.
        """
        possible = []
        for phase in self.phases:
            ends = phase.ends(start)
            if ends is None or day < ends.high:
                possible.append(phase.interval)
            if ends is None or day < ends.low:
                break
        found = possible or [self.phases[-1].interval]
        return min(found), max(found)

    def after(self, day: int, start: int, visits: int) -> Span:
        """The day of the visit planned so many visits after a day; a range of vague dates."""
        low = high = day
        for _ in range(visits):
            low += self.interval(low, start)[0]
            high += self.interval(high, start)[1]
        return Span(low, high)

    def unseen(self, since: Span, start: Span, visits: int, window: int) -> Span:
        """The days that may pass after the last visit before so many planned ones were missed.

        ``since``: the day of that visit; ``start``: that of the line; ``window``: the days that
        each visit may be late.
        """
        allowed = visits * window
        if not (since.is_bounded and start.is_bounded):
            shortest = min(each.interval for each in self.phases)
            return Span(visits * shortest + allowed, visits * self.longest + allowed)
        found = [
            self.after(day, begun, visits) + (allowed - day)
            for begun in {int(start.low), int(start.high)}
            for day in self._turns(since, begun)
        ]
        return Span(min(each.low for each in found), max(each.high for each in found))

    def _turns(self, since: Span, start: int) -> set[int]:
        """The ends of some days, and those within them at which the interval changes."""
        ends = (end for phase in self.phases if (end := phase.ends(start)) is not None)
        days: list[Number] = [end for span in ends for end in (span.low, span.high)]
        inside = {int(day) for day in days if not isinstance(day, float) and day in since}
        return {int(since.low), int(since.high)} | inside

    def visit(self, days: int, start: int, window: int) -> Span:
        """The day from the start of the planned visit to which a finding of a day is dated.

        A finding within the window after a visit belongs to that visit, on its own day; a later
        one belongs to the next. A range where the date of a change is vague.
        """
        found = []
        for pick in (0, 1):
            planned = 0
            while planned < days - window:
                planned += self.interval(start + planned, start)[pick]
            found.append(max(days, planned))
        return Span(min(found), max(found))


def every(days: int) -> VisitSchedule:
    """A visit every so many days."""
    return VisitSchedule(f"{days} days", (Phase(days),))


def visit_schedule(text: str) -> VisitSchedule:
    """``8 weeks``, or ``every 8 weeks until 2022-12, then every 12 weeks``.

    ValueError where an interval is none, where a phase but the last has no end, or the last one.
    """
    parts = re.split(r",?\s*\bthen\b\s*", " ".join(text.split()))
    phases = tuple(_phase(part) for part in parts)
    ended = [each.until is not None or each.lasting is not None for each in phases]
    if not all(ended[:-1]) or (ended[-1] and len(phases) > 1):
        raise ValueError(f"not a schedule of assessments: {text!r} ({_FORM})")
    if ended[-1]:
        raise ValueError(f"what follows is not stated: {text!r} ({_FORM})")
    for one, other in itertools.pairwise(phases):
        if one.until and other.until and other.until.high <= one.until.low:
            raise ValueError(f"the dates of the schedule descend: {text!r} ({_FORM})")
    return VisitSchedule(text, phases)


def moved_schedule(text: str, move: Callable[[Span], str]) -> str:
    """The text of a schedule in which each date is written as ``move`` writes its days."""
    return re.sub(
        r"(?<=\buntil\s)[^\s,]+",
        lambda found: move(parse_edtf(found[0]).span),
        " ".join(text.split()),
    )


def _phase(text: str) -> Phase:
    found = _PHASE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a schedule of assessments: {text!r} ({_FORM})")
    until = parse_edtf(found["until"]).span if found["until"] else None
    lasting = _days(found["lasting"]) if found["lasting"] else None
    return Phase(_days(found["interval"]), until, lasting)


def _days(text: str) -> int:
    plain = interval_in_figures(text).removeprefix("every ")
    if not any(sign.isdigit() for sign in plain):
        raise ValueError(f"not an interval: {text!r} ({_FORM})")
    try:
        exact = above_0(plain, "time", alone=True).exact
    except ValueError as fault:
        reason = str(fault).partition(" (")[0]
        raise ValueError(f"{reason} ({_FORM})") from fault
    if exact is None:
        raise ValueError(f"not one time: {text!r} ({_FORM})")
    return max(1, round(exact))
