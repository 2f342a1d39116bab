"""The days that facts other than its own order leave for what only an order dates.

The order of the kinds bounds it (nothing happens after death, lines begin in turn), and so do the
cycles of a treatment whose end is stated by order: the last one begins no earlier than they allow.
A moment with a date of its own keeps the days that its report prints.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.core.calendar.dates import PartialDate
from timeline.core.precedence import MomentKey, Precedence, narrow
from timeline.core.span import ANY, Span
from timeline.record.events import Event, Treatment
from timeline.record.ordering.kind_order import MUST, edges
from timeline.record.ordering.unstated_ends import days_of_cycles


def place_by_facts(
    events: Sequence[Event],
    spans: dict[MomentKey, Span],
    stated: Sequence[Precedence],
    *,
    complete: bool,
) -> None:
    """Narrow the days of each moment that only an order dates, and of what is counted from it.

    Nothing is narrowed where the kinds contradict the dates, which is a fault of its own. Cycles
    that do not fit are left out.

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
        if (number, side) in spans and when is not None and _by_order_alone(when)
    ]
    if not ordered:
        return
    kinds, cycles = edges(events, MUST, complete=complete), list(days_of_given_cycles(events))
    gates = {key: ANY for each in kinds for key in (each.early, each.late) if key not in spans}
    while True:
        tried = {**spans, **gates}
        clash = narrow(tried, [*stated, *kinds, *cycles])
        if clash is None:
            break
        if clash not in cycles:
            if not cycles:
                return
            cycles = []  # the edge that fails last need not be the one that does not fit
            continue
        cycles.remove(clash)
    left = {**spans, **{key: tried[key] for key in ordered}}
    if narrow(left, stated) is None:
        spans.update(left)


def days_of_given_cycles(events: Sequence[Event]) -> tuple[Precedence, ...]:
    """From the start of each treatment to its end stated by order: the least days of its cycles."""
    found = []
    for number, event in enumerate(events):
        if not isinstance(event, Treatment) or event.planned or event.at.ongoing:
            continue
        least = days_of_cycles(event)
        if least and event.at.end is not None and _by_order_alone(event.at.end):
            text = f"{event.cycles} cycles of {event.cycle}"
            start, end = (number, "start"), (number, "end")
            found.append(Precedence(start, end, text, least, by=number))
    return tuple(found)


def _by_order_alone(when: PartialDate) -> bool:
    return when.by_order and when.relative is None and bool(when.after or when.before)
