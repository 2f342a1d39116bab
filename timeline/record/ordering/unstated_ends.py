"""Ends of periods that the record does not state, as far as its other facts give them.

Nothing is ongoing after death, and a single fraction of radiotherapy is given within a day. Of a
treatment with a number of cycles the first day of the last one is known: n cycles of L days begin
within (n - 1) x L days. Treatment ends with its last dose (Friends of Cancer Research 2018,
rwTTD), which that day is, or a later one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import attrs

from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period, parse_date
from timeline.core.printed_numbers import Printed
from timeline.record.event_names import EventReference, by_name, names_of
from timeline.record.events import (
    Death,
    Event,
    LastContact,
    Radiotherapy,
    Treatment,
    TreatmentRefused,
)
from timeline.record.ordering.relative_events import days_to_cycle

NOT_STATED = "not stated"
_LEAST_DAYS = {"months": 28}  # February, and the four weeks that some call a month


def ended_by_death(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, of which none is ongoing after death: such a period ended on some day up to it.

    Nothing is changed where the record has no death, or two.
    """
    deaths = _done(events, Death)
    if len(deaths) != 1:
        return events
    before_death = parse_date(f"before {deaths[0].id or Death.kind}")

    def ended(event: Event) -> Event:
        if event.planned or not isinstance(event.at, Period) or not event.at.ongoing:
            return event
        return attrs.evolve(event, at=attrs.evolve(event.at, end=before_death, ongoing=False))

    return tuple(map(ended, events))


def ended_by_single_fraction(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, of which radiotherapy in one fraction ends on the day it begins.

    A fraction is one session (NCI Dictionary of Cancer Terms, fractionation). One with a stated
    end, or that is written as ongoing, stays as it is.
    """

    def ended(event: Event) -> Event:
        one = isinstance(event, Radiotherapy) and event.fractions == 1
        if not one or not isinstance(event.at, Period) or event.at.end or event.at.ongoing:
            return event
        return attrs.evolve(event, at=attrs.evolve(event.at, end=event.at.start))

    return tuple(map(ended, events))


def days_of_cycles(treatment: Treatment) -> int:
    """The fewest days from the first day of a treatment to that of its last cycle, as planned.

    0 where the number of cycles or their length is not on record. Of a range of numbers (``4-6``,
    ``about 20``) the least counts, and of a length too.
    """
    number, length = _fewest_cycles(treatment), treatment.cycle
    if number < 2 or length is None:
        return 0
    if length.unit.name in _LEAST_DAYS:
        low = length.number.value or length.number.span.low
        return math.floor((number - 1) * low * _LEAST_DAYS[length.unit.name])
    return int(days_to_cycle(treatment, number).low)


def ended_by_cycles(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, with the range of each end that is not stated of a treatment with cycles.

    It is the first day of the last cycle or later, and not after what shows that the treatment
    had ended: the next line, death, or, where a reason for the stop is stated, the last contact.
    A treatment that may still be given keeps its open end; so does one that was refused, and one
    whose cycles do not fit between the two.
    """
    if not any(_has_open_end(each) for each in events):
        return events
    named = by_name(events)
    return tuple(
        _ended(each, events, named) if isinstance(each, Treatment) and _has_open_end(each) else each
        for each in events
    )


def _done(events: tuple[Event, ...], kind: type[Event]) -> list[Event]:
    return [each for each in events if isinstance(each, kind) and not each.planned]


def _has_open_end(event: Event) -> bool:
    return (
        isinstance(event, Treatment)
        and not event.planned
        and event.at.end is None
        and days_of_cycles(event) > 0
    )


def _fewest_cycles(treatment: Treatment) -> int:
    cycles = treatment.cycles
    if not isinstance(cycles, Printed):
        return cycles or 0
    low = cycles.span.low
    return 0 if isinstance(low, float) else math.ceil(low)


def _ended(treatment: Treatment, events: tuple[Event, ...], named: EventReference) -> Treatment:
    name = _own_name(treatment, named)
    least = days_of_cycles(treatment)
    for until, reference in _shown_to_have_ended(treatment, events, named):
        if not name or treatment.start.span.low + least > until.start.span.high:
            return treatment
        number = _fewest_cycles(treatment)
        end = PartialDate(
            NOT_STATED,
            after=f"{name} + {least} days",
            before=reference,
            derived=f"{treatment.cycles} cycles of {treatment.cycle}: on the first day of cycle "
            f"{number} or later, not after {_in_words(until, reference)}",
        )
        return attrs.evolve(treatment, at=attrs.evolve(treatment.at, end=end))
    return treatment


def _shown_to_have_ended(
    treatment: Treatment, events: tuple[Event, ...], named: EventReference
) -> Iterator[tuple[Event, str]]:
    """What shows that a treatment had ended, the earliest first, and the name of each."""
    of = (treatment.line, treatment.setting)
    if any(each.is_of(*of) for each in events if isinstance(each, TreatmentRefused)):
        return
    begun = [each for each in events if isinstance(each, Treatment) and not each.planned]
    later = [each for each in begun if treatment.line and (each.line or 0) > treatment.line]
    contacts = _done(events, LastContact) if treatment.stop else []
    next_line = sorted(later, key=lambda each: each.line or 0)
    found = (*next_line[:1], *_done(events, Death)[:1], *contacts[:1])
    for each in found:
        line = isinstance(each, Treatment) and f"line {each.line}"
        if name := line or _own_name(each, named):
            yield each, name


def _in_words(until: Event, reference: str) -> str:
    return f"the start of {reference}" if isinstance(until, Treatment) else until.kind


def _own_name(event: Event, named: EventReference) -> str:
    """A name that means this event alone, the plainest one; empty where it has none."""
    alone = (name for name in reversed(names_of(event)) if _means(name, event, named))
    return event.id if _means(event.id, event, named) else next(alone, "")


def _means(name: str, event: Event, named: EventReference) -> bool:
    divides = any(sign in name for sign in ",/")
    return bool(name) and not divides and [id(each) for each in named.of(name)] == [id(event)]
