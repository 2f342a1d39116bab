"""The alternatives of an outcome: each with its end, its days, and what it needs."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Literal

import attrs

from timeline.core.calendar.dates import format_days
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS, NOT_DETERMINABLE, range_text
from timeline.core.calendar.partial_dates import UNKNOWN
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Number, Span
from timeline.record.case import Case
from timeline.record.events import Event

Side = Literal["start", "end"]


@attrs.frozen(kw_only=True)
class Anchor:
    """A moment that an endpoint runs from or to, and in what sense.

    ``side``: which moment of its event it is. ``needs``: what the findings must mean for it.
    ``moved``: it is dated to another day than that of its event, such as a scheduled visit.
    ``offset``: the days from the moment of its event, where it is counted from that one.
    ``latest_of``: the moments of which it is the latest, where no one of them certainly is.
    """

    event: Event
    span: Span  # days, both ends included
    description: str
    certain: bool = True  # False: the findings leave open whether it came to that here
    side: Side = "start"
    needs: tuple[str, ...] = ()
    moved: bool = False
    offset: Span = Span.point(0)
    latest_of: tuple[tuple[Event, str], ...] = ()

    @property
    def dated(self) -> str:
        """``first PD by RECIST 1.1 (2020-03-01)``.

        Where no day is known, the bracket has what the record states: ``(line 1 + 8 weeks)``.
        """
        when = self.event.end if self.side == "end" else self.event.start
        text = format_days(self.span)
        if self.span == ANY:
            text = "" if when is None or self.moved or when.text == UNKNOWN else when.text
        return f"{self.description} ({text})" if text else self.description

    def is_moment(self, other: Anchor) -> bool:
        """Whether it is the same moment: of one event the same end."""
        if self.latest_of or other.latest_of:
            return False
        same_offset = self.offset == other.offset
        return self.event is other.event and self.side == other.side and same_offset


@attrs.frozen(kw_only=True)
class Alternative:
    """One value that an outcome may have.

    ``days`` from ``origin`` to ``end``, both ends of the range included. A censored one was
    followed so long without the event. ``needs``: conditions in words, all of which must hold.
    """

    event: bool
    days: Span
    origin: Anchor
    end: Anchor
    needs: tuple[str, ...] = ()
    reason: str = ""

    @property
    def allowed(self) -> Span:
        """The days that the true time may be: of a censored one all from the shortest follow-up."""
        return self.days if self.event else attrs.evolve(self.days, high=NEVER_ENDS)

    @property
    def state(self) -> str:
        """``event`` or ``censored``."""
        return "event" if self.event else "censored"

    @property
    def condition(self) -> str:
        """``if shrunk on 2021-05 means PR``; empty where nothing is needed."""
        return f"if {' and '.join(self.needs)}" if self.needs else ""

    @property
    def description(self) -> str:
        """``47 days, 1.54 months, event if grown on 2021-05 means PD``."""
        return " ".join(part for part in (days_and_months(self.days) + ",", self.state,
                                          self.condition) if part)  # fmt: skip


@attrs.frozen
class JoinedAlternatives:
    """Alternatives of one state whose days touch, as one range."""

    alternatives: tuple[Alternative, ...]

    @property
    def event(self) -> bool:
        return self.alternatives[0].event

    @property
    def state(self) -> str:
        return self.alternatives[0].state

    @property
    def days(self) -> Span:
        """From the shortest to the longest, both included."""
        return functools.reduce(Span.hull, (each.days for each in self.alternatives))

    @property
    def conditions(self) -> str:
        """What is needed, where every one of them needs something."""
        conditions = [each.condition for each in self.alternatives]
        return " or ".join(dict.fromkeys(conditions)) if all(conditions) else ""


def join_alternatives(alternatives: Iterable[Alternative]) -> tuple[JoinedAlternatives, ...]:
    """Alternatives by state and range, the shortest first: those that touch are one range.

    Ranges of whole days touch where no day lies between them.
    """
    found: list[JoinedAlternatives] = []
    for event in (True, False):
        mine = sorted((each for each in alternatives if each.event is event),
                      key=lambda each: (each.days.low, each.days.high))  # fmt: skip
        groups: list[list[Alternative]] = []
        reach: Number = NEVER_BEGAN
        for each in mine:
            if groups and each.days.low <= reach + 1:
                groups[-1].append(each)
            else:
                groups.append([each])
            reach = max(reach, each.days.high) if len(groups[-1]) > 1 else each.days.high
        found += [JoinedAlternatives(tuple(group)) for group in groups]
    return tuple(sorted(found, key=lambda each: (each.days.low, each.days.high)))


def distinct_alternatives(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Alternatives that differ in more than their reason, each once, the shortest first."""
    found: dict[object, Alternative] = {}
    for each in alternatives:
        ends = (id(each.origin.event), each.origin.side, id(each.end.event), each.end.side)
        found.setdefault((each.event, each.days, ends, each.needs), each)
    return tuple(sorted(found.values(), key=lambda each: (each.days.low, each.days.high)))


def elapsed(origin: Anchor, end: Anchor, case: Case) -> Span | None:
    """The days from one moment to another, none below 0; None if it lies before.

    A moment is 0 days from itself, however vague. The two ends of one period are two moments.
    """
    if end.is_moment(origin):
        return Span.point(0)
    return days_apart(origin, end, case).not_below(0)


def days_apart(origin: Anchor, end: Anchor, case: Case) -> Span:
    """The days from one moment to another, both ends included; negative if it lies before.

    Where the record counts one from the other it is that time, however vague both dates are.
    """
    apart = end.span - origin.span
    if origin.moved or end.moved:
        return apart
    first = (origin.event, origin.side)
    each = [case.days_between(first, last) for last in end.latest_of or ((end.event, end.side),)]
    known = Span(max(days.low for days in each), max(days.high for days in each))
    known += end.offset - origin.offset
    return (apart & known) or apart


def comes_before(first: Anchor, later: Anchor, case: Case) -> bool:
    """Whether one moment is earlier than another on all days that dates and order leave.

    Where the order is stated and not the days, both may be on one day: the first is still the
    first. Moments that are on the same day by their dates or by a distance of 0 have no order.
    """
    by_date = later.span - first.span
    if by_date.low > 0 or by_date.high < 0:
        return by_date.low > 0
    apart = days_apart(first, later, case)
    return apart.low > 0 or (apart.high > 0 and apart.low >= 0 > by_date.low)


@functools.lru_cache(maxsize=4096)
def days_and_months(days: Span, convention: str = DEFAULT_MONTH) -> str:
    """``121 to 181 days, 3.98 to 5.95 months``, ``at least 784 days, 25.76 months``."""
    in_days = range_text(days, 0)
    if in_days == NOT_DETERMINABLE:
        return in_days
    unit = "day" if in_days == "1" else "days"
    in_months = range_text(days.divided_by(MONTHS[convention].days))
    for bound in ("at least ", "at most "):
        in_months = in_months.removeprefix(bound)
    return f"{in_days} {unit}, {in_months} months"
