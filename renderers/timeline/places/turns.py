"""Where a timeline draws periods whose dates are not known: in turn, and in their length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from renderers.axes.calendar_page import TimelinePage, Turn
from renderers.layout.date_ranges import DateRange, range_of_date
from renderers.layout.in_turn import Stretch, in_turn
from timeline.core.calendar.partial_dates import Period
from timeline.core.span import Span
from timeline.record.case import Case
from timeline.record.event import Event
from timeline.record.ordering.event_order import ended_pairs


def with_turns(page: TimelinePage, case: Case, events: Sequence[Event]) -> TimelinePage:
    """The page with the places of periods without known dates, and of moments between them.

    Args:
        page: the page, with its axis.
        case: the record.
        events: its events in the same order, with their days on the axis.
    """
    order = ended_pairs(case.events, case.stated_edges)
    vague = list(_vague(page, events))
    numbers = {number for number, _ in vague}
    inside = [pair for pair in order if set(pair) <= numbers]
    beside = {number for number in numbers if _is_beside(number, events, inside)}
    found = [each for each in vague if each[0] not in beside]
    ranges = [days for _, days in found]
    at_of = {number: at for at, (number, _) in enumerate(found)}
    bars = {at_of[number] for number in at_of if isinstance(events[number].at, Period)}
    pairs = [(at_of[one], at_of[other]) for one, other in inside if not beside & {one, other}]
    parts = in_turn(ranges, pairs, bars)
    turns: dict[int, Turn] = {}
    places = dict(page.places)
    for at, (number, days) in enumerate(found):
        event = events[number]
        if at not in bars:
            if at in parts:
                middle = sum(parts[at]) / 2
                places[id(event)] = attrs.evolve(page.dates_of(event), placed=middle)
            continue
        length = case.days_between((case.events[number], "start"), (case.events[number], "end"))
        part = parts.get(at)
        if length.is_bounded and length.high < days[1] - days[0]:
            turns[id(event)] = _of_known_length(page, event, length, part or days, days)
        elif part is not None:
            turns[id(event)] = Turn(start=part[0], end=DateRange(low=part[1], high=part[1]))
    return attrs.evolve(
        page, turns=turns, places=places, named=_drawn(page.named, case, events, turns)
    )


def _has_open_end(event: Event) -> bool:
    """Whether a period begins on a known day, and only the order of its end is known."""
    end = event.at.end if isinstance(event.at, Period) else None
    return event.start.is_exact and end is not None and end.by_order and end.relative is None


def _vague(page: TimelinePage, events: Sequence[Event]) -> Iterator[tuple[int, Stretch]]:
    """The numbers of the events that are dated by order only, each with its possible days.

    A period that begins on a known day and of whose end only the order is known is one of them.
    """
    for number, event in enumerate(events):
        if event.planned or not (event.start.by_order or _has_open_end(event)):
            continue
        shown = page.shown_for(event)
        start = range_of_date(event.start, shown)
        if not isinstance(event.at, Period):
            if not start.is_point:
                yield number, start.ends
        elif event.at.end is not None and not event.at.ongoing:
            end = range_of_date(event.at.end, shown)
            if start.high >= end.low and not (start.is_point and end.is_point):
                yield number, (start.low, max(start.high, end.high))


def _is_beside(number: int, events: Sequence[Event], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether a moment is only after, or only before, one event, and nothing bounds it beyond."""
    event = events[number]
    when = event.start
    if isinstance(event.at, Period) or when.relative or bool(when.after) == bool(when.before):
        return False
    return not any(number == pair[0 if when.after else 1] for pair in pairs)


def _of_known_length(
    page: TimelinePage, event: Event, length: Span, part: Stretch, days: Stretch
) -> Turn:
    """A bar of some days in the middle of its part, with all days that it may take."""
    first = range_of_date(event.start, page.shown_for(event))
    start = (part[0] + part[1] - length.high) / 2
    start = max(first.low, min(start, first.high))
    end = DateRange(low=start + length.low, high=start + length.high)
    possible = DateRange(low=days[0], high=days[1], by_order=True, open_low=first.open_low)
    return Turn(start=start, end=end, possible=possible)


def _drawn(
    named: Mapping[str, Span], case: Case, events: Sequence[Event], turns: Mapping[int, Turn]
) -> dict[str, Span]:
    """The days of the events that dates of order name, as they are drawn."""
    found = dict(named)
    for words in named:
        target = case.target(words.partition(" ")[2])
        if target is None or (turn := turns.get(id(events[target.moment[0]]))) is None:
            continue
        at = turn.start if target.moment[1] == "start" else turn.end.high
        found[words] = Span.point(round(at))
    return found


def with_same_days(page: TimelinePage, case: Case, events: Sequence[Event]) -> TimelinePage:
    """The page with each moment that is on the day of another one at the place of that one.

    Args:
        page: the page, with the places of its markers.
        case: the record.
        events: its events in the same order, with their days on the axis.
    """
    places = dict(page.places)
    for number, event in enumerate(case.events):
        if event.start.relative is None or isinstance(event.at, Period):
            continue
        target = case.target(event.start.relative.reference)
        if target is None or target.moment[1] == "end":
            continue
        anchor = target.moment[0]
        apart = case.days_between((case.events[anchor], "start"), (event, "start"))
        if apart == Span.point(0) and not isinstance(case.events[anchor].at, Period):
            placed = attrs.evolve(page, places=places)
            places[id(events[number])] = placed.dates_of(events[anchor])
    return attrs.evolve(page, places=places)
