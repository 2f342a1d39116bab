"""When adverse events had resolved, by any form of a date: no other date is narrowed by it."""

from __future__ import annotations

import attrs

from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.relative_times import cycle_of
from timeline.core.problem import Problem
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Number, Span
from timeline.record.event_names import EventReference, by_name
from timeline.record.event_parts.resolutions import Resolution
from timeline.record.events import Event, Toxicity
from timeline.record.ordering.event_order import is_unread
from timeline.record.ordering.relative_events import Target, counted, target

Resolved = tuple[tuple[Event, ...], tuple[Problem, ...]]


def with_resolutions(events: tuple[Event, ...], unread: frozenset[str] = frozenset()) -> Resolved:
    """The events with the days on which each adverse event may have resolved.

    Args:
        events: the events, their own dates narrowed by order.
        unread: the names of events that the file has and that could not be read.

    Returns:
        The events, and a problem for each reference that means no event. No adverse event had
        resolved before it began; one that had resolved on a day not stated had so on any later.
    """
    if not any(isinstance(event, Toxicity) and event.resolved for event in events):
        return events, ()
    names, numbers = by_name(events), {id(event): at for at, event in enumerate(events)}
    found: list[Event] = []
    problems: list[Problem] = []
    for event in events:
        stated = event.resolved if isinstance(event, Toxicity) else None
        if not isinstance(event, Toxicity) or stated is None or stated.when is None:
            found.append(event)
            continue
        when = stated.when
        try:
            days = _days(when, event, events, names, numbers)
        except ValueError as fault:
            found.append(event)
            if not any(is_unread(each, unread, names) for each in _references(when)):
                problems.append(Problem(event.where, f"resolved: {fault}"))
            continue
        resolved = Resolution(stated.text, attrs.evolve(when, span=days))
        found.append(attrs.evolve(event, resolved=resolved))
    return tuple(found), tuple(problems)


def _references(when: PartialDate) -> tuple[str, ...]:
    relative = when.relative.reference if when.relative else None
    return tuple(each for each in (when.after, when.before, relative) if each)


def _days(
    when: PartialDate,
    event: Event,
    events: tuple[Event, ...],
    names: EventReference,
    numbers: dict[int, int],
) -> Span:
    """The days that a date leaves; those of the text alone where they contradict each other."""
    low, high = when.span.low, when.span.high

    def of(found: Target | None) -> Span:
        if found is None:
            return Span(NEVER_BEGAN, NEVER_ENDS)
        number, side = found.moment
        moment = events[number].end if side == "end" else events[number].start
        anchor = moment.span if moment is not None else events[number].start.span
        return anchor + found.days(anchor)

    lows: list[Number] = [low, event.start.span.low]
    highs: list[Number] = [high]
    if when.after:
        cycle = cycle_of(when.after)  # after a cycle is after its last day
        last = f"{when.after} end" if cycle and not cycle.end else when.after
        lows.append(of(target(last, names, numbers)).low)
    if when.before:
        highs.append(of(target(when.before, names, numbers)).high)
    if when.relative:
        days = of(counted(when.relative, names, numbers))
        lows.append(days.low)
        highs.append(days.high)
    least, most = max(lows), min(highs)
    return Span(least, most) if least <= most else Span(min(low, most), most)
