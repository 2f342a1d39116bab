"""The dates of entries that could not be read for another fault: what they refer to all the same.

Without this a reference to nothing would be named only after the other fault is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.core.problem import Problem, Where
from timeline.record.event_names import EventReference, by_name
from timeline.record.events import Event
from timeline.record.ordering.event_order import is_unread, of_cycle
from timeline.record.ordering.relative_events import counted, target

At = PartialDate | Period


def references_of_unread(
    dates: Iterable[tuple[Where, At]], events: Sequence[Event], unread: frozenset[str]
) -> Iterator[Problem]:
    """What the dates of some entries refer to and no event is.

    Args:
        dates: of entries that are none of ``events``, each with its place.
        events: those that could be read.
        unread: names of the others: a reference to one of them is no fault.
    """
    known = tuple(events)
    named = by_name(known)
    numbers = {id(event): number for number, event in enumerate(known)}
    for where, at in dates:
        ends = (at.start, at.end) if isinstance(at, Period) else (at,)
        for when in ends:
            if when is not None:
                yield from (Problem(where, text) for text in _faults(when, named, numbers, unread))


def _faults(
    when: PartialDate, named: EventReference, numbers: dict[int, int], unread: frozenset[str]
) -> Iterator[str]:
    for word, reference in (("after", when.after), ("before", when.before)):
        if reference is not None and not is_unread(reference, unread, named):
            try:
                target(of_cycle(reference, word), named, numbers)
            except ValueError as fault:
                yield f"{word}: {fault}"
    if when.relative is not None and not is_unread(when.relative.reference, unread, named):
        try:
            counted(when.relative, named, numbers)
        except ValueError as fault:
            yield str(fault)
