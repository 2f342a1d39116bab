"""Which moment a reference means, and how many days lie between it and the event that names it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import attrs

from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.core.calendar.relative_times import Cycle, RelativeTime, cycle_of, relative_time
from timeline.core.frozen_class import frozen
from timeline.core.precedence import MomentKey, Precedence
from timeline.core.printed_numbers import Printed
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Span
from timeline.record.event_names import EventReference, find_named
from timeline.record.events import Event, Treatment


@frozen
class Target:
    """A moment so long after another: what a reference means.

    ``offset``: the days from that moment. ``relative``: calendar months, which are added to them.
    ``cycle``: the cycle that the reference names.
    """

    moment: MomentKey
    offset: Span = Span.point(0)
    relative: RelativeTime | None = None
    cycle: Cycle | None = None

    def days(self, anchor: Span) -> Span:
        """The days from the moment, for the days that it may be on."""
        return self.offset + (self.relative.days_from(anchor) if self.relative else 0)


def target(reference: str, named: EventReference, numbers: Mapping[int, int]) -> Target | None:
    """What a reference means; None for an end that is not on record.

    ``numbers``: the number of each event by its identity. ValueError with what to write.
    """
    if cycle := cycle_of(reference):
        return _cycle(cycle, named, numbers)
    if not named.of(reference) and (relative := relative_time(reference)):
        return counted(relative, named, numbers)
    event, when = find_named(named, reference)
    side = moment_side(event, when)
    return Target((numbers[id(event)], side)) if side else None


def moment_named(
    named: EventReference, numbers: Mapping[int, int], reference: str
) -> tuple[tuple[Event, str], Span]:
    """The moment that a reference counts from, and the days from it; ValueError for none.

    An event is its own moment, at its start or its end, which may not be on record. It may be
    named by a time: the scan one month after line 3 start.
    """
    try:
        event, named_date = find_named(named, reference)
    except ValueError:
        if cycle_of(reference) is None and relative_time(reference) is None:
            raise
    else:
        at_end = named_date is not event.start and isinstance(event.at, Period)
        return (event, "end" if at_end else "start"), Span.point(0)
    found = target(reference, named, numbers)
    if found is None:
        raise ValueError(f"{reference}: its end is not on record (write its start)")
    number, side = found.moment
    event = next(e for each in named.values() for e in each if numbers[id(e)] == number)
    when = event.end if side == "end" else event.start
    return (event, side), found.days(when.span if when is not None else ANY)


def moment_side(event: Event, when: PartialDate) -> str:
    """``start`` or ``end``: which moment of an event a date is; empty for an end not on record."""
    if when is event.start:
        return "start"
    return "end" if isinstance(event.at, Period) and event.at.end else ""


def counted(relative: RelativeTime, named: EventReference, numbers: Mapping[int, int]) -> Target:
    """The moment that a time is counted from, and the days from it. ValueError if there is none."""
    name = relative.reference
    if not relative.names_a_moment:
        _one_moment(relative, named)
    found = target(name, named, numbers)
    if found is None or _continues(found, named, numbers):
        begin = name.removesuffix(" end")
        raise ValueError(
            f"{relative.text!r}: {begin} has no end on record (write its end, or count from its "
            f"start: {begin} start; {ended_before(begin, named)})"
        )
    if found.relative is not None and relative.months:
        raise ValueError(
            f"{relative.text!r}: months twice (give {name!r} an id, and count from it)"
        )
    if not relative.months:
        return attrs.evolve(found, offset=found.offset + relative.days)
    return attrs.evolve(found, relative=relative)


def ended_before(name: str, named: EventReference) -> str:
    """How to write that a period ended on a day that is not stated: before the next line."""
    event, _ = find_named(named, name)
    line = (isinstance(event, Treatment) and event.line) or 0
    every = {id(e): e for each in named.values() for e in each}.values()
    later = [e.line for e in every if isinstance(e, Treatment) and e.line and e.line > line]
    bound = f"line {min(later)}" if later else "EVENT"
    begun = event.start.text
    return f"where it is only known to have ended, write {begun}/before {bound} as its date"


def _continues(found: Target, named: EventReference, numbers: Mapping[int, int]) -> bool:
    """Whether a moment is the end of what goes on."""
    number, side = found.moment
    event = next(e for each in named.values() for e in each if numbers[id(e)] == number)
    return side == "end" and isinstance(event.at, Period) and event.at.ongoing


def _one_moment(relative: RelativeTime, named: EventReference) -> None:
    """Refuse ``2 weeks after`` a period: reports mean its end as often as its start."""
    name, start = relative.reference, relative.text.removesuffix(relative.reference)
    is_period = bool(cycle_of(name)) or any(isinstance(e.at, Period) for e in named.of(name))
    if is_period:
        raise ValueError(
            f"{name} has a start and an end: {relative.text!r} (write {start}{name} start, or "
            f"{start}{name} end)"
        )


def _cycle(cycle: Cycle, named: EventReference, numbers: Mapping[int, int]) -> Target:
    """The first day of a cycle as planned, or its last: rest is part of a cycle.

    NCI Dictionary of Cancer Terms, treatment cycle: treatment and the rest after it.
    """
    hits = named.of(cycle.of)
    event, _ = find_named(named, cycle.of)
    text = f"cycle {cycle.number} of {cycle.of}"
    if not isinstance(event, Treatment):
        raise ValueError(f"{text}: {cycle.of} has no cycles (name a treatment, such as line 1)")
    if len(hits) > 1:
        side = " end" * cycle.end
        labels = dict.fromkeys(each.label for each in hits)
        written = " or ".join(f"cycle {cycle.number} of {label}{side}" for label in labels)
        advice = f"write {written}" if len(labels) == len(hits) else "give the one you mean an id"
        raise ValueError(f"{text}: {cycle.of} has {len(hits)} regimens ({advice})")
    most = event.cycles.span.high if isinstance(event.cycles, Printed) else event.cycles
    if cycle.number < 1 or (most is not None and cycle.number > most):
        last = "later" if most is None or isinstance(most, float) else f"up to cycle {int(most)}"
        has = f"{cycle.of} has {event.cycles} cycles" if cycle.number > 1 else "there is no cycle 0"
        raise ValueError(f"{text}: {has} (write cycle 1 or {last}, or correct cycles)")
    days = days_to_cycle(event, cycle.number, last=cycle.end)
    return Target((numbers[id(event)], "start"), days, cycle=cycle)


def days_to_cycle(treatment: Treatment, number: int, *, last: bool = False) -> Span:
    """The days from the start of a treatment to the first day of a cycle, or to its last.

    Of cycles whose length is not on record only the order is known.
    """
    quantity = treatment.cycle
    if quantity is None:
        return Span(0, 0 if number == 1 and not last else NEVER_ENDS)
    exact, size = quantity.exact, quantity.unit.size
    length = quantity.number.span.times(size) if exact is None else Span.point(exact)
    count = number if last else number - 1
    low, high = (count * Fraction(end) for end in (length.low, length.high))
    days = Span(math.ceil(low), max(math.ceil(low), math.floor(high)))
    return days - 1 if last else days


def before_next_cycle(
    key: MomentKey, found: Target, treatment: Event, days: Mapping[MomentKey, Span]
) -> tuple[Precedence, ...]:
    """``after cycle 3`` is not after cycle 4, where the record shows a fourth; else no edge.

    It does where it counts more cycles, or where the treatment went on beyond the third.
    """
    cycle = found.cycle
    if cycle is None or not isinstance(treatment, Treatment):
        return ()
    number = treatment.cycles if isinstance(treatment.cycles, int) else 0
    start, end = days[found.moment], days.get((found.moment[0], "end"))
    continued = end is not None and not number and end.low > start.high + found.offset.high
    if not (number > cycle.number or treatment.at.ongoing or continued):
        return ()
    following = days_to_cycle(treatment, cycle.number + 1, last=True)
    text = f"after cycle {cycle.number}, not after cycle {cycle.number + 1}, of {cycle.of}"
    return (Precedence(found.moment, key, text, found.offset.low, following.high, key[0]),)


def before_last_day(
    key: MomentKey, found: Target, treatment: Event, word: str
) -> tuple[Precedence, ...]:
    """What is named by a cycle of unknown length is not after the end of treatment, or no edge.

    It is not where the record shows a cycle that begins later. ``word``: ``after`` or ``before``
    the cycle; empty where it is dated to the cycle.
    """
    cycle = found.cycle
    if cycle is None or not isinstance(treatment, Treatment) or treatment.cycle is not None:
        return ()
    if found.offset.low != 0 or found.relative or treatment.at.end is None or treatment.at.ongoing:
        return ()
    begun = treatment.cycles if isinstance(treatment.cycles, int) else cycle.number
    if begun < cycle.number + cycle.end + (word == "after"):
        return ()
    text = f"{word} cycle {cycle.number} of {cycle.of}".strip()
    return (Precedence(key, (found.moment[0], "end"), f"{text}, not after its end", by=key[0]),)


def precedence(key: MomentKey, found: Target, description: str, anchor: Span) -> Precedence:
    """The edge of a moment that is so many days from another, for the days of that other."""
    days = found.days(anchor)
    if days.low < 0:
        return Precedence(key, found.moment, description, -days.high, -days.low, key[0])
    return Precedence(found.moment, key, description, days.low, days.high, key[0])


def bound(
    key: MomentKey, found: Target, description: str, *, after: bool, anchor: Span
) -> Precedence:
    """The edge of a moment that is not before, or not after, another."""
    days = found.days(anchor)
    if days == Span.point(0):
        ends = (found.moment, key) if after else (key, found.moment)
        return Precedence(*ends, description, by=key[0])
    if after:
        return Precedence(found.moment, key, description, days.low, NEVER_ENDS, key[0])
    return Precedence(found.moment, key, description, NEVER_BEGAN, days.high, key[0])
