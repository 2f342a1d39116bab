"""References between events, and the days that their order leaves for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from timeline.core.dates import PartialDate, format_days, parse_edtf
from timeline.core.partial_dates import Period
from timeline.core.precedence import MomentKey, Precedence, Steps, narrow, reachable, sequence
from timeline.core.problem import LISTED, SHOWN, DateFault, Problem, listed, near
from timeline.core.span import ANY, NEVER_BEGAN, Number, Span
from timeline.core.text.spelling import folded
from timeline.record.events import Event, Treatment
from timeline.record.scans_within_line import place_within_lines


class EventReference(dict[str, "list[Event]"]):
    """The events by every name that refers to them; what was looked up is cached."""

    def __init__(self, names: Mapping[str, list[Event]]) -> None:
        super().__init__(names)
        self._found: dict[str, list[Event]] = {}
        self._advice: dict[str, str] = {}

    def of(self, name: str) -> list[Event]:
        """The events of a name; of an id only the one that has it.

        ``scan 2009-07`` names the scans of that month where none is dated so.
        """
        if name not in self._found:
            found = self.get(name) or self.get(folded(name)) or _within_date(self, name)
            self._found[name] = [event for event in found if event.id == name] or found
        return self._found[name]

    def advice(self, name: str) -> str:
        """What to write for a name that no event has; searched for only as often as it is shown."""
        if name not in self._advice and len(self._advice) < SHOWN:
            self._advice[name] = near(name, self._words)
        return self._advice.get(name, "correct the name")

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """The label of each event, then the kinds."""
        every = {id(event): event for each in self.values() for event in each}.values()
        return tuple(dict.fromkeys([*(e.label for e in every), *(e.kind for e in every)]))


def position(event: Event) -> tuple[Number, Number, int]:
    span = event.start.span
    low = span.low if span.low != NEVER_BEGAN else span.high
    return (low, span.high, event.rank)


ANY_NAME = "*"  # among names of what could not be read: it may have had any name


def names_of(event: Event) -> tuple[str, ...]:
    """Every way to refer to an event but by its ``what``, the plainest last."""
    names = [event.label, f"{event.kind} {event.start.text}"]
    if isinstance(event, Treatment) and event.line is not None:
        names.append(f"line {event.line}")
    if isinstance(event, Treatment) and event.setting:
        names.append(event.setting)
    return (*names, event.kind)


def _what(event: Event) -> tuple[str, ...]:
    return (event.what, f"{event.kind} {event.what}") if event.what else ()


def by_name(events: tuple[Event, ...]) -> EventReference:
    """The events by every name that refers to them, in their order.

    A name is found as it is written; where nothing is written so, without regard to case, blanks
    and Unicode form; and where no event has it, as the ``what`` of an event.
    """
    exact: dict[str, list[Event]] = {}
    alike: dict[str, list[Event]] = {}
    whats: dict[str, list[Event]] = {}
    for event in events:
        names, what = names_of(event), _what(event)
        for found, words in (
            (exact, names),
            (alike, tuple(map(folded, names))),
            (whats, (*what, *map(folded, what))),
        ):
            for name in dict.fromkeys(words):
                found.setdefault(name, []).append(event)
    return EventReference({**whats, **alike, **exact})


def _within_date(events: EventReference, name: str) -> list[Event]:
    """The events of a kind, named with a date that is less exact than theirs."""
    kind, _, date = name.rpartition(" ")
    try:
        days = parse_edtf(date).strict
    except ValueError:
        return []
    of_kind = [event for event in events.get(kind, []) if event.kind == kind]
    return [event for event in of_kind if _lies_in(event.start.strict, days)]


def _lies_in(part: Span, days: Span) -> bool:
    return part.is_bounded and days.low <= part.low and part.high <= days.high


def find(events: tuple[Event, ...], reference: str) -> tuple[Event, PartialDate]:
    """An event and the moment a reference means (its start, or ``… end``)."""
    return find_named(by_name(events), reference)


def find_named(events: EventReference, reference: str) -> tuple[Event, PartialDate]:
    """The same among events that were sorted by name."""
    name, _, last = reference.rpartition(" ")
    name, end = (name, True) if last == "end" and name else (reference, False)
    event = _the_one(events.of(name), name, events, last=end)
    if not end:
        return event, event.start
    if not isinstance(event.at, Period):
        raise ValueError(f"{name} is a moment and has no end (write {name})")
    return event, event.at.end or PartialDate(
        f"end of {name}", span=Span(event.start.span.low, ANY.high)
    )


def _the_one(hits: list[Event], name: str, known: EventReference, *, last: bool) -> Event:
    if not hits:
        raise ValueError(f"no such event: {name!r} ({known.advice(name)})")
    if name.startswith("line "):  # a line starts with its first regimen and ends with its last
        return (max if last else min)(hits, key=position)
    if len(hits) > 1:
        labels = listed([event.label for event in hits[:LISTED]], of=len(hits))
        raise ValueError(f"{name!r} may be any of {labels} (give the one you mean an id)")
    return hits[0]


@attrs.frozen
class OrderedEvents:
    """Events narrowed by order, the edges that did it, and what was wrong."""

    events: tuple[Event, ...]
    edges: tuple[Precedence, ...] = ()
    unplaced: tuple[Problem, ...] = ()  # references that mean nothing
    faults: tuple[DateFault, ...] = ()  # dates against the order
    conflicting: frozenset[int] = frozenset()  # the events, by number, that the faults are of

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was wrong; of events with problems nothing is narrowed."""
        return self.unplaced + tuple(fault.problem for fault in self.faults)

    def surely_before(self, first: int, second: int) -> bool:
        """Whether the start of one event is stated, or dated, not to come after another's."""
        return self.dated_before(first, second) or second in self.after(first)

    def dated_before(self, first: int, second: int) -> bool:
        """Whether the dates of two events say that one does not start after the other."""
        return self.events[first].start.span.high <= self.events[second].start.span.low

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
        for edge in self.edges:
            later.setdefault(edge.early, []).append(edge.late)
            earlier.setdefault(edge.late, []).append(edge.early)
        return later, earlier


def chronological(ordered: OrderedEvents) -> tuple[int, ...]:
    """The events by number in order of time: by date, else by the stated order."""
    later = ((e.early[0], e.late[0]) for e in ordered.edges if e.early[1] == e.late[1] == "start")
    return sequence([position(event) for event in ordered.events], later)


def apply_order(events: tuple[Event, ...], unread: frozenset[str] = frozenset()) -> OrderedEvents:
    """The events with every ``after`` and ``before`` applied, or the problems in the way.

    ``unread`` names events that the file has but that could not be read: to refer to one of
    them is no fault of its own.
    """
    edges, problems = stated_order(events, unread)
    spans = {key: when.span for key, when in moments(events)}
    reversed_ = [at for at, event in enumerate(events) if _is_reversed(event)]
    faults = [_ends_first(events[at]) for at in reversed_]
    apart = frozenset(reversed_)
    sound = [each for each in edges if not {each.early[0], each.late[0]} & apart]
    clash = narrow(spans, sound)
    if clash is not None:
        faults.append(_no_day_left(clash, events, spans))
        apart |= {clash.early[0], clash.late[0]}
    if problems or faults:
        return OrderedEvents((), edges, tuple(problems), tuple(faults), apart)
    edges += place_within_lines(events, spans, edges)
    return OrderedEvents(tuple(_narrowed(each, i, spans) for i, each in enumerate(events)), edges)


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
    text = f"{event.label} ends before it starts: {str(event.at)!r}"
    return DateFault(
        event.where, text, "correct a date, or write the earlier one first", event.where
    )


def stated_order(
    events: tuple[Event, ...], unread: frozenset[str] = frozenset()
) -> tuple[tuple[Precedence, ...], list[Problem]]:
    """The order that the events say, and the references that mean nothing."""
    edges: list[Precedence] = []
    problems: list[Problem] = []
    named = by_name(events)
    numbers = {id(event): number for number, event in enumerate(events)}
    for key, when in moments(events):
        if key[1] == "end":
            edges.append(Precedence((key[0], "start"), key, "a period ends after it starts"))
        for word, reference in (("after", when.after), ("before", when.before)):
            if reference is None or is_unread(reference, unread, named):
                continue
            try:
                other = _moment_of(numbers, named, reference)
            except ValueError as fault:
                problems.append(Problem(events[key[0]].where, f"{word}: {fault}"))
                continue
            if other is not None:
                ends = (other, key) if word == "after" else (key, other)
                edges.append(Precedence(*ends, f"{word} {reference}"))
    return tuple(edges), problems


def is_unread(reference: str, unread: frozenset[str], known: EventReference) -> bool:
    """Whether a reference may mean something that the file has and that could not be read."""
    name = reference.removesuffix(" end")
    lost = ANY_NAME in unread and not known.of(name)
    return lost or name in unread or folded(name) in unread


def _moment_of(numbers: dict[int, int], named: EventReference, reference: str) -> MomentKey | None:
    """The moment a reference means, or None for an end that is not stated."""
    event, when = find_named(named, reference)
    index = numbers[id(event)]
    if when is event.start:
        return index, "start"
    return (index, "end") if isinstance(event.at, Period) and event.at.end else None


def _no_day_left(
    edge: Precedence, events: tuple[Event, ...], spans: dict[MomentKey, Span]
) -> DateFault:
    early, late = events[edge.early[0]], events[edge.late[0]]
    return DateFault(
        late.where,
        f"no day satisfies the order: {early.label} ({format_days(spans[edge.early])}) lies after "
        f"{late.label} ({format_days(spans[edge.late])}), against {edge.description!r}",
        "correct the date or the order",
        early.where,
    )


def _narrowed(event: Event, index: int, spans: dict[MomentKey, Span]) -> Event:
    start = _within(event.start, spans[index, "start"])
    if not isinstance(event.at, Period):
        return event if start is event.at else attrs.evolve(event, at=start)
    end = event.at.end and _within(event.at.end, spans[index, "end"])
    if start is event.at.start and end is event.at.end:
        return event
    return attrs.evolve(event, at=attrs.evolve(event.at, start=start, end=end))


def _within(when: PartialDate, span: Span) -> PartialDate:
    """A moment with the days that its order leaves it; itself where they are all its own."""
    return when if when.span == span else attrs.evolve(when, span=span)
