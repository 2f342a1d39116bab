"""The days that facts other than its own order leave for what has no date of its own.

That is what only an order dates, and what is counted from another event.

The order of the kinds bounds it (nothing happens after death, lines begin in turn), and so do the
cycles of a treatment whose end is stated by order: the last one begins no earlier than they allow.
A change of dose lies within its treatment. A moment with a date of its own keeps the days that its
report prints; one without a date (``..``) has none to keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeline.core.calendar.dates import PartialDate
from timeline.core.precedence import MomentKey, Precedence, narrow
from timeline.core.span import ANY, Span
from timeline.record.events import Event, Treatment, TreatmentChange, TreatmentRefused
from timeline.record.ordering.kind_order import MUST, edges
from timeline.record.ordering.unstated_ends import days_of_cycles
from timeline.terminology.drugs import drug_key


def place_by_facts(
    events: Sequence[Event],
    spans: dict[MomentKey, Span],
    stated: Sequence[Precedence],
    *,
    complete: bool,
) -> None:
    """Narrow the days of each moment that only an order dates, or that is counted from another.

    Nothing is narrowed where the kinds contradict the dates, which is a fault of its own. Cycles
    and changes of dose that do not fit are left out.

    Args:
        events: all events that could be read.
        spans: the days of each moment, both ends included, which are narrowed in place.
        stated: the order that the events state.
        complete: whether these are all events of the file.

    """
    ordered = [
        (number, side)
        for number, event in enumerate(events)
        for side, when in (("start", event.start), ("end", event.end))
        if (number, side) in spans and when is not None and _is_open(when, spans[number, side])
    ]
    if not ordered:
        return
    kinds, given = edges(events, MUST, complete=complete), list(days_of_given_doses(events))
    gates = {key: ANY for each in kinds for key in (each.early, each.late) if key not in spans}
    while True:
        tried = {**spans, **gates}
        clash = narrow(tried, [*stated, *kinds, *given])
        if clash is None:
            break
        if clash not in given:
            if not given:
                return
            given = []  # the edge that fails last need not be the one that does not fit
            continue
        given.remove(clash)
    left = {**spans, **{key: tried[key] for key in ordered}}
    if narrow(left, stated) is None:
        spans.update(left)


def days_of_given_doses(events: Sequence[Event]) -> tuple[Precedence, ...]:
    """What the doses on record show of the days of treatment: its cycles and its changes."""
    return (*_of_cycles(events), *_of_changes(events))


def _of_changes(events: Sequence[Event]) -> Iterator[Precedence]:
    """A change of dose is not before the start of its treatment.

    Nor is it after the end, where the drug was given from that day on. Of several treatments of
    one line that may have changed nothing is known.
    """
    treatments = [
        (number, event) for number, event in enumerate(events)
        if isinstance(event, Treatment) and not event.planned
    ]  # fmt: skip
    for at, change in enumerate(events):
        if not isinstance(change, TreatmentChange) or isinstance(change, TreatmentRefused):
            continue
        changed = [
            (number, each)
            for number, each in treatments
            if change.is_of(each.line, each.setting) and _has_drugs(each, change)
        ]
        if change.planned or len(changed) != 1:
            continue
        (number, treatment), at_change = changed[0], (at, "start")
        text = f"a {change.kind} of it"
        yield Precedence((number, "start"), at_change, text, by=at)
        if change.given and treatment.at.end is not None and not treatment.at.ongoing:
            yield Precedence(at_change, (number, "end"), text, by=at)


def _has_drugs(treatment: Treatment, change: TreatmentChange) -> bool:
    """Whether a treatment has the drugs that a change names; one that names none is of all."""
    named = {drug_key(drug.agent) for drug in change.drugs}
    return not named or named <= {drug_key(drug.agent) for drug in treatment.drugs}


def _of_cycles(events: Sequence[Event]) -> tuple[Precedence, ...]:
    """From the start of each treatment to its end stated by order: the least days of its cycles."""
    found = []
    for number, event in enumerate(events):
        if not isinstance(event, Treatment) or event.planned or event.at.ongoing:
            continue
        least = days_of_cycles(event)
        if least and event.at.end is not None and _has_no_date_of_its_own(event.at.end):
            text = f"{event.cycles} cycles of {event.cycle}"
            start, end = (number, "start"), (number, "end")
            found.append(Precedence(start, end, text, least, by=number))
    return tuple(found)


def _is_open(when: PartialDate, left: Span) -> bool:
    """Whether a moment has no date of its own, and others bound it.

    A moment without a date (``..``) that no order bounds stays where the file lists it.
    """
    return _has_no_date_of_its_own(when) or when.span == ANY != left


def _has_no_date_of_its_own(when: PartialDate) -> bool:
    """Whether only an order dates it, or it is counted from another event."""
    return when.by_order and bool(when.after or when.before or when.relative)
