"""The order of events and the days between them, and the days that these leave for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import attrs

from timeline.core.calendar.dates import PartialDate, format_days
from timeline.core.calendar.partial_dates import Period
from timeline.core.calendar.relative_times import cycle_of
from timeline.core.frozen_class import frozen
from timeline.core.precedence import MomentKey, Precedence, Steps, narrow, reachable, sequence
from timeline.core.problem import DateFault, Problem, Where
from timeline.core.span import ANY, NEVER_BEGAN, Number, Span
from timeline.core.text.spelling import folded
from timeline.record.distances import Distances
from timeline.record.event_names import ANY_NAME, EventReference, by_name, find_named, position
from timeline.record.events import Death, Event
from timeline.record.ordering.implied_days import place_by_facts
from timeline.record.ordering.relative_events import (
    Target,
    before_last_day,
    before_next_cycle,
    bound,
    counted,
    ended_before,
    precedence,
    target,
)
from timeline.record.scans_within_line import place_within_lines


@frozen
class OrderedEvents:
    """Events narrowed by order, the edges that did it, and what was wrong."""

    events: tuple[Event, ...]
    edges: tuple[Precedence, ...] = ()
    unplaced: tuple[Problem, ...] = ()  # references that mean nothing
    faults: tuple[DateFault, ...] = ()  # dates against the order
    conflicting: frozenset[int] = frozenset()  # the events, by number, that the faults are of
    is_circular: bool = False  # whether times are counted in a circle

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was wrong; of events with problems nothing is narrowed."""
        return self.unplaced + tuple(fault.problem for fault in self.faults)

    def surely_before(self, first: int, second: int) -> bool:
        """Whether the start of one event is stated, or dated, not to come after another's."""
        return self.dated_before(first, second) or second in self.after(first)

    def dated_before(self, first: int, second: int) -> bool:
        """Whether the dates of two events show that one does not start after the other."""
        if self.events[first].start.span.high <= self.events[second].start.span.low:
            return True
        days = self._distances.between((first, "start"), (second, "start"))
        return days is not None and days.low >= 0

    @cached_property
    def _distances(self) -> Distances:
        return distances(self.events, self.edges)

    def after(self, index: int) -> frozenset[int]:
        """The events that are stated not to start before an event."""
        return self._starts(index, self._steps[0])

    def before(self, index: int) -> frozenset[int]:
        """The events that are stated not to start after an event."""
        return self._starts(index, self._steps[1])

    def _starts(self, index: int, steps: Steps) -> frozenset[int]:
        found = reachable((index, "start"), steps)
        return frozenset(event for event, end in found if end == "start")

    @cached_property
    def _steps(self) -> tuple[Steps, Steps]:
        """From each moment those later than it, and those earlier."""
        later: Steps = {}
        earlier: Steps = {}
        for edge in (each for each in self.edges if each.is_order):
            later.setdefault(edge.early, []).append(edge.late)
            earlier.setdefault(edge.late, []).append(edge.early)
        return later, earlier


def distances(events: Iterable[Event], edges: Sequence[Precedence] | None = None) -> Distances:
    """The days between the moments of some events, whose dates are narrowed by order."""
    every = tuple(events)
    spans = {key: when.span for key, when in moments(every)}
    return Distances(spans, stated_order(every)[0] if edges is None else edges)


def chronological(ordered: OrderedEvents) -> tuple[int, ...]:
    """The events by number in order of time: by date, else by the stated order.

    What is after the end of a period is after its start too.
    """
    later = ((e.early[0], e.late[0]) for e in ordered.edges if e.is_order and e.late[1] == "start")
    places: list[tuple[Number, Number, int]] = []
    for event in ordered.events:  # what has no date at all stays where the file lists it
        listed_after = places[-1] if places else (NEVER_BEGAN, NEVER_BEGAN, 0)
        places.append(listed_after if event.start.span == ANY else position(event))
    return sequence(places, later)


def apply_order(events: tuple[Event, ...], unread: frozenset[str] = frozenset()) -> OrderedEvents:
    """The events with every ``after`` and ``before`` applied, or the problems in the way.

    ``unread`` names events that the file has but that could not be read: to refer to one of
    them is no fault of its own.
    """
    edges, unknown, circles = _stated(events, unread)
    problems = [*unknown, *circles]
    spans = {key: when.span for key, when in moments(events)}
    reversed_ = [at for at, event in enumerate(events) if _is_reversed(event)]
    faults = [_ends_first(events[at]) for at in reversed_]
    apart = frozenset(reversed_)
    sound = [each for each in edges if not _events_of(each) & apart]
    while not circles and len(problems) + len(faults) < MOST_CLASHES:
        clash = _narrow(events, spans, sound)
        if clash is None:
            break
        fault = _no_day_left(clash, events, spans)
        if clash.is_distance:  # no single edit of a date is known to correct it
            problems.append(fault.problem)
        else:
            faults.append(fault)
        apart |= _events_of(clash)
        sound = [each for each in sound if _events_of(each) != _events_of(clash)]
        spans = {key: when.span for key, when in moments(events)}
    if problems or faults:
        return OrderedEvents((), edges, tuple(problems), tuple(faults), apart, bool(circles))
    edges += place_within_lines(events, spans, edges)
    place_by_facts(events, spans, edges, complete=not unread)
    return OrderedEvents(narrowed(events, spans), edges)


MOST_CLASHES = 20  # problems after which no more are looked for; each is of other two events


def stated_pairs(
    events: Sequence[Event], edges: tuple[Precedence, ...]
) -> tuple[tuple[int, int], ...]:
    """The events by number, in pairs of which the first is stated not to start after the second.

    Args:
        events: the events in order of time. Pairs that follow from others are among those found;
            what took place was not after a death.
        edges: what they state of their order.
    """
    every = tuple(events)
    ordered = OrderedEvents(every, edges)
    done = {number for number, each in enumerate(every) if not each.planned}
    deaths = {number for number in done if isinstance(every[number], Death)}
    return tuple(
        (one, other)
        for one in range(len(every))
        for other in sorted(ordered.after(one) | (deaths if one in done else set()))
        if one < other
    )


def ended_pairs(
    events: Sequence[Event], edges: Sequence[Precedence]
) -> tuple[tuple[int, int], ...]:
    """The events by number, in pairs of which the first is stated to have ended at the second.

    Args:
        events: the events in order of time. What is a moment ends when it begins. Pairs that
            follow from others are among those found.
        edges: what they state of their order.
    """
    every = tuple(events)
    later: Steps = {}
    for edge in edges:
        if edge.is_order:
            later.setdefault(edge.early, []).append(edge.late)
    sides = ["end" if isinstance(each.at, Period) else "start" for each in every]
    return tuple(
        (one, other)
        for one, side in enumerate(sides)
        for other, end in sorted(reachable((one, side), later))
        if end == "start" and one < other
    )


def _events_of(edge: Precedence) -> frozenset[int]:
    return frozenset((edge.early[0], edge.late[0]))


def _narrow(
    events: tuple[Event, ...], spans: dict[MomentKey, Span], edges: Sequence[Precedence]
) -> Precedence | None:
    """Apply every edge; then those in calendar months again, on the days that are left."""
    clash = narrow(spans, edges)
    if clash is None and any(when.relative for _, when in moments(events)):
        taken = {(each.early, each.late) for each in edges}
        again, _ = stated_order(events, spans=spans)
        clash = narrow(spans, [each for each in again if (each.early, each.late) in taken])
    return clash


def moments(events: Iterable[Event]) -> list[tuple[MomentKey, PartialDate]]:
    """The start of each event, and its end where one is stated."""
    found: list[tuple[MomentKey, PartialDate]] = []
    for index, event in enumerate(events):
        found.append(((index, "start"), event.start))
        if isinstance(event.at, Period) and event.at.end is not None:
            found.append(((index, "end"), event.at.end))
    return found


def _is_reversed(event: Event) -> bool:
    return isinstance(event.at, Period) and event.at.is_reversed


def _ends_first(event: Event) -> DateFault:
    return ends_first(event.label, str(event.at), event.where)


def ends_first(label: str, dates: str, where: Where) -> DateFault:
    """The fault of dates of which the second is before the first; ``label``: of their event."""
    text = f"{label} ends before it starts: {dates!r}"
    return DateFault(where, text, "correct a date, or write the earlier one first", where)


def stated_order(
    events: tuple[Event, ...],
    unread: frozenset[str] = frozenset(),
    spans: Mapping[MomentKey, Span] | None = None,
    named: EventReference | None = None,
) -> tuple[tuple[Precedence, ...], list[Problem]]:
    """The order and the distances that the events state, and the references that mean nothing.

    ``spans``: the days of each moment, where they are known better than from its own text.
    ``named``: the events by their names, where these are known.
    """
    edges, unknown, circles = _stated(events, unread, spans, named)
    return edges, [*unknown, *circles]


def _stated(
    events: tuple[Event, ...],
    unread: frozenset[str] = frozenset(),
    spans: Mapping[MomentKey, Span] | None = None,
    named: EventReference | None = None,
) -> tuple[tuple[Precedence, ...], list[Problem], list[Problem]]:
    """The same, with the times that are counted in a circle by themselves."""
    edges: list[Precedence] = []
    problems: list[Problem] = []
    named = by_name(events) if named is None else named
    numbers = {id(event): number for number, event in enumerate(events)}
    whens = dict(moments(events))
    days = spans or {key: when.span for key, when in whens.items()}
    counted_from: dict[MomentKey, MomentKey] = {}
    for key, when in whens.items():
        if key[1] == "end":
            edges.append(Precedence((key[0], "start"), key, "a period ends after it starts"))
        for word, reference in (("after", when.after), ("before", when.before)):
            if reference is None or is_unread(reference, unread, named):
                continue
            try:
                found = target(of_cycle(reference, word), named, numbers)
                if found is None and word == "after":  # its end: not before its start
                    found = Target((numbers[id(find_named(named, reference)[0])], "start"))
            except ValueError as fault:
                problems.append(Problem(events[key[0]].where, f"{word}: {fault}"))
                continue
            if found is not None and _is_own(key, found, word):
                problems.append(Problem(events[key[0]].where, _refers_to_itself(key, word, events)))
            elif found is not None and word == "after" and _is_open(found.moment, events):
                problems.append(Problem(events[key[0]].where, _has_no_end(reference, named)))
            elif found is not None:
                after, description = word == "after", f"{word} {reference}"
                anchor = days[found.moment]
                edges.append(bound(key, found, description, after=after, anchor=anchor))
                edges += before_last_day(key, found, events[found.moment[0]], word)
                if after and when.by_order:
                    edges += before_next_cycle(key, found, events[found.moment[0]], days)
        if when.relative is None or is_unread(when.relative.reference, unread, named):
            continue
        try:
            found = counted(when.relative, named, numbers)
        except ValueError as fault:
            problems.append(Problem(events[key[0]].where, str(fault)))
            continue
        counted_from[key] = found.moment
        edges.append(precedence(key, found, when.relative.text, days[found.moment]))
        edges += before_last_day(key, found, events[found.moment[0]], "")
    return tuple(edges), problems, _circles(events, counted_from, whens)


def _is_open(moment: MomentKey, events: tuple[Event, ...]) -> bool:
    """Whether a moment is the end of a period that had not ended."""
    at = events[moment[0]].at
    return moment[1] == "end" and isinstance(at, Period) and at.ongoing


def _is_own(key: MomentKey, found: Target, word: str) -> bool:
    """Whether a moment is stated after, or before, itself; or a start after its own end."""
    if found.moment[0] != key[0]:
        return False
    return found.moment[1] == key[1] or (word == "after") == (key[1] == "start")


def _refers_to_itself(key: MomentKey, word: str, events: tuple[Event, ...]) -> str:
    event = events[key[0]]
    stated = event.end if key[1] == "end" else event.start
    reference = getattr(stated, word)
    line = getattr(event, "line", None) or 0
    lines = {getattr(e, "line", None) or 0 for e in events if e.kind == event.kind}
    following = min((each for each in lines if each > line), default=None)
    other = f"before line {following}" if line and following else "before EVENT, or no end"
    advice = f"write {other}" if key[1] == "end" else "name another event"
    side = "end of " if key[1] == "end" else ""
    return f"{word} {reference}: the {side}{event.label} refers to itself ({advice})"


def _has_no_end(reference: str, named: EventReference) -> str:
    name = reference.removesuffix(" end")
    return (
        f"after {reference}: {name} is ongoing (..) and has no end on record (write its end in "
        f"place of .., or after {name} start; {ended_before(name, named)})"
    )


def of_cycle(reference: str, word: str) -> str:
    """``after cycle 3`` is after its last day, as reports use the words."""
    if word == "after" and cycle_of(reference) and not reference.endswith((" start", " end")):
        return f"{reference} end"
    return reference


def _circles(
    events: tuple[Event, ...],
    counted_from: Mapping[MomentKey, MomentKey],
    whens: Mapping[MomentKey, PartialDate],
) -> list[Problem]:
    """Events that are counted from one another, none of which has a date."""
    problems: list[Problem] = []
    known: set[MomentKey] = set()
    for first in counted_from:
        path: list[MomentKey] = []
        at: MomentKey | None = first
        while at is not None and at not in path and at not in known:
            path.append(at)
            at = counted_from.get(at)
        circle = path[path.index(at) :] if at in path else []
        known.update(path)
        if circle and all(whens[key].by_order for key in circle):
            names = [repr(whens[key].text) for key in (*circle, circle[0])]
            text = " is counted from ".join(names)
            where = events[min(circle)[0]].where
            problems.append(Problem(where, f"{text} (give one of them a date)"))
    return problems


def is_unread(reference: str, unread: frozenset[str], known: EventReference) -> bool:
    """Whether a reference may mean something that the file has and that could not be read."""
    name = reference.removesuffix(" end").removesuffix(" start")
    cycle = cycle_of(reference)
    name = cycle.of if cycle else name
    lost = ANY_NAME in unread and not known.of(name)
    return lost or name in unread or folded(name) in unread


def _no_day_left(
    edge: Precedence, events: tuple[Event, ...], spans: dict[MomentKey, Span]
) -> DateFault:
    early, late = events[edge.early[0]], events[edge.late[0]]
    if edge.is_distance:
        return _no_day_at(edge, events, spans)
    return DateFault(
        late.where,
        f"no day satisfies the order: {early.label} ({format_days(spans[edge.early])}) lies after "
        f"{late.label} ({format_days(spans[edge.late])}), against {edge.description!r}",
        "correct the date or the order",
        early.where,
    )


def _no_day_at(
    edge: Precedence, events: tuple[Event, ...], spans: dict[MomentKey, Span]
) -> DateFault:
    """A distance that the dates of its two events do not leave."""
    early, late = events[edge.early[0]], events[edge.late[0]]
    counted = (early, late) if edge.by == edge.early[0] else (late, early)
    dated = " and ".join(
        f"{each.label}{' end' * (key[1] == 'end')} is {format_days(spans[key])}"
        for each, key in ((early, edge.early), (late, edge.late))
    )
    text = f"no day satisfies {edge.description!r}: {dated}"
    remedy = "correct the time, or a date"
    return DateFault(counted[0].where, text, remedy, counted[1].where)


def narrowed(events: Iterable[Event], spans: Mapping[MomentKey, Span]) -> tuple[Event, ...]:
    """The events, each moment with the days that are left for it."""
    return tuple(_narrowed(each, number, spans) for number, each in enumerate(events))


def _narrowed(event: Event, index: int, spans: Mapping[MomentKey, Span]) -> Event:
    start = _within(event.start, spans[index, "start"])
    if not isinstance(event.at, Period):
        return event if start is event.at else attrs.evolve(event, at=start)
    end = event.at.end and _within(event.at.end, spans[index, "end"])
    if start is event.at.start and end is event.at.end:
        return event
    return attrs.evolve(event, at=attrs.evolve(event.at, start=start, end=end))


def _within(when: PartialDate, span: Span) -> PartialDate:
    """A moment with the days that its order leaves it; itself where they are all its own."""
    if when.span == span:
        return when
    dated = when.relative is not None and when.by_order and span.is_bounded
    return attrs.evolve(when, span=span, strict=span if dated else when.strict)
