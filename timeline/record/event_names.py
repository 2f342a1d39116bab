"""The names of events, and the event that a reference means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from timeline.core.calendar.dates import PartialDate, parse_edtf
from timeline.core.calendar.partial_dates import Period
from timeline.core.problem import LISTED, SHOWN, listed, near
from timeline.core.span import ANY, NEVER_BEGAN, Number, Span
from timeline.core.text.spelling import folded
from timeline.record.events import Event, Treatment

_BESIDE = 5  # names of events that are listed beside a near one


class EventReference(dict[str, "list[Event]"]):
    """The events by every name that refers to them; what was looked up is cached."""

    def __init__(self, names: Mapping[str, list[Event]]) -> None:
        super().__init__(names)
        self._found: dict[str, list[Event]] = {}
        self._ordered: dict[str, list[Event]] = {}
        self._advice: dict[str, str] = {}

    def of(self, name: str) -> list[Event]:
        """The events of a name; of an id only the one that has it.

        ``scan 2009-07`` names the scans of that month where none is dated so.
        """
        if name not in self._found:
            found = self.get(name) or self.get(folded(name)) or _within_date(self, name)
            self._found[name] = [event for event in found if event.id == name] or found
        return self._found[name]

    def in_turn(self, name: str) -> list[Event]:
        """The regimens of a line in order of time."""
        if name not in self._ordered:
            self._ordered[name] = _in_turn(self.of(name))
        return self._ordered[name]

    def advice(self, name: str) -> str:
        """What to write for a name that no event has; searched for only as often as it is shown."""
        if name not in self._advice and len(self._advice) < SHOWN:
            self._advice[name] = near(name, self._words, others=_BESIDE)
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
    """Every way to refer to an event but by its ``what`` and its term, the plainest last."""
    names = [event.label, f"{event.kind} {event.start.text}"]
    if isinstance(event, Treatment) and event.line is not None:
        names.append(f"line {event.line}")
    if isinstance(event, Treatment) and event.setting:
        names.append(event.setting)
    return (*names, event.kind)


def _respelt(event: Event) -> tuple[str, ...]:
    """Its names with another word for its kind: ``recurrence 2019-01`` for a relapse."""
    words = [word for word in event.spellings if word]
    return tuple(name for word in words for name in (f"{word} {event.start.text}", word))


def _in_words(event: Event, words: str) -> tuple[str, ...]:
    return (words, f"{event.kind} {words}") if words else ()


def by_name(events: tuple[Event, ...]) -> EventReference:
    """The events by every name that refers to them, in their order.

    A name is found as it is written; where nothing is written so, without regard to case, blanks
    and Unicode form; where no event has it, as the ``what`` of an event; and at last as its term.
    Of several events of one kind and date each has a number besides, in the order of the file.
    """
    exact: dict[str, list[Event]] = {}
    alike: dict[str, list[Event]] = {}
    whats: dict[str, list[Event]] = {}
    terms: dict[str, list[Event]] = {}
    for event in events:
        names = names_of(event)
        what, term = _in_words(event, event.what), _in_words(event, event.term_text)
        for found, words in (
            (exact, names),
            (alike, tuple(map(folded, (*names, *_respelt(event))))),
            (whats, (*what, *map(folded, what))),
            (terms, (*term, *map(folded, term))),
        ):
            for name in dict.fromkeys(words):
                found.setdefault(name, []).append(event)
    numbered = {name: [event] for event, name in numbered_names(events)}
    return EventReference({**numbered, **terms, **whats, **alike, **exact})


def numbered_names(events: tuple[Event, ...]) -> Iterator[tuple[Event, str]]:
    """``scan 2020-03-01 (2 of 2)``: each event that shares its kind and date with others."""
    shared: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda each: each.where):
        shared.setdefault(f"{event.kind} {event.start.text}", []).append(event)
    for name, found in shared.items():
        if len(found) > 1:
            for number, event in enumerate(found, start=1):
                yield event, f"{name} ({number} of {len(found)})"


def _within_date(events: EventReference, name: str) -> list[Event]:
    """The events of a kind in any spelling, named with a date that is less exact than theirs."""
    kind, _, date = name.rpartition(" ")
    try:
        days = parse_edtf(date).strict
    except ValueError:
        return []
    named = events.get(kind) or events.get(folded(kind), [])
    of_kind = [e for e in named if folded(kind) in map(folded, (e.kind, *e.spellings))]
    return [event for event in of_kind if _is_within(event.start.strict, days)]


def _is_within(part: Span, days: Span) -> bool:
    return part.is_bounded and days.low <= part.low and part.high <= days.high


def find(events: tuple[Event, ...], reference: str) -> tuple[Event, PartialDate]:
    """An event and the moment a reference means: its start, or its end (``line 1 end``)."""
    return find_named(by_name(events), reference)


def find_named(events: EventReference, reference: str) -> tuple[Event, PartialDate]:
    """The same among events that were sorted by name."""
    name, _, last = reference.rpartition(" ")
    # the label of an event may end so: "scan 3 months after line 1 end"
    named_side = (
        name
        and last in ("start", "end")
        and not any(event.label == reference for event in events.get(reference, ()))
    )
    name, end = (name, last == "end") if named_side else (reference, False)
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
        return known.in_turn(name)[-1 if last else 0]
    if len(hits) > 1:
        labels = listed([event.label for event in hits[:LISTED]], of=len(hits))
        raise ValueError(f"{name!r} may be any of {labels} (give the one you mean an id)")
    return hits[0]


def _in_turn(regimens: list[Event]) -> list[Event]:
    """The regimens of a line in order of time: what the dates leave open stays as it is listed."""
    placed: list[tuple[tuple[Number, Number, int], Event]] = []
    for event in regimens:
        listed_after = placed[-1][0] if placed else (NEVER_BEGAN, NEVER_BEGAN, 0)
        place = listed_after if event.start.span == ANY else position(event)
        placed.append((place, event))
    return [event for _, event in sorted(placed, key=lambda each: each[0])]
