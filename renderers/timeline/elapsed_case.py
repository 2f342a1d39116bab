"""A report without dates: its events in days since the start of line 1, in place of the calendar.

Where the dates of all events are vaguer than the times between them are long, a calendar shows
nothing but the vagueness. The times that are counted from the start of line 1 are then the axis.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.text.events import ElapsedDate
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.core.span import ANY, NEVER_ENDS, Number, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Event, Scan

_REACH = 1.5  # times the longest counted time: a range that goes beyond it is open there


def counts_from_line_1(case: Case) -> bool:
    """Whether every date is vaguer than the longest time that is counted from line 1."""
    extent = _extent(case)
    moments = [event.start for event in case.done]
    return extent is not None and all(_width(when.span) > extent for when in moments)


def since_line_1(derived: DerivedCase) -> DerivedCase:
    """The case with the days since the start of line 1 in place of dates.

    Day 0 is that start; what is before it has a negative day. An event without a first day
    within reach has every day.
    """
    case = derived.case
    reach = _REACH * (_extent(case) or 0)
    new = {id(event): _moved(event, case, reach) for event in case.events}
    statuses = tuple(
        attrs.evolve(each, scan=scan)
        for each in derived.statuses
        if isinstance(scan := new[id(each.scan)], Scan)
    )
    events = tuple(new[id(event)] for event in case.events)
    return attrs.evolve(derived, case=attrs.evolve(case, events=events), statuses=statuses)


def _width(days: Span) -> Number:
    return days.high - days.low


def _extent(case: Case) -> int | None:
    """The longest time that is counted from the start of line 1; None where none is."""
    return max(_counted(case), default=None)


def _counted(case: Case) -> Iterator[int]:
    """The times between the start of line 1 and what is known better than by two dates."""
    if not case.lines:
        return
    start = case.lines[0].start.start
    whens = [when for when, _ in case.moments_on_record] + [each.start for each in case.done]
    for when in whens:
        days = case.days_between_dates(start, when)
        by_dates = when.span - start.span
        if when is not start and days.is_bounded and 2 * _width(days) < _width(by_dates):
            yield int(max(days.high, -days.low))


def _moved(event: Event, case: Case, reach: float) -> Event:
    zero = (case.lines[0].start, "start")
    start = _elapsed(event.start, case.days_between(zero, (event, "start")), reach)
    if not isinstance(event.at, Period):
        return attrs.evolve(event, at=start)
    end = event.at.end
    if end is not None:
        since = case.days_between(zero, (event, "end"))
        end = _elapsed(end, since.not_below(start.span.low) or since, reach)
    return attrs.evolve(event, at=attrs.evolve(event.at, start=start, end=end))


def _elapsed(when: PartialDate, days: Span, reach: float) -> PartialDate:
    """A date with its days on the axis; what is counted is known by more than its order."""
    high: Number = days.high if days.high <= reach else NEVER_ENDS
    span = Span(days.low, high) if days.low >= -reach else ANY
    counted = span.is_bounded and (when.relative is not None or span.is_point)
    own = attrs.asdict(when, recurse=False)
    own |= {"span": span, "strict": span if counted or not when.by_order else ANY}
    return ElapsedDate(**own)
