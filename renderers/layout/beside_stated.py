"""The place of a marker whose date is only after, or only before, another event: beside that one.

Nothing says that such an event was half way to the other end of its range, which is where other
facts end it. What is after the start of a treatment is within it, and not beside its start: its
marker stays in the middle.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from renderers.layout.date_ranges import DateRange
from timeline.core.calendar.dates import PartialDate
from timeline.core.span import Span

Named = Callable[[str, str], Span | None]  # ``after`` or ``before``, and the name of an event


def beside_stated(days: DateRange, when: PartialDate, named: Named) -> DateRange:
    """The days with the marker beside the event that their order names, where it names one.

    It is on the last possible day of what it is after, or the first possible day of what it is
    before, if its range goes on beyond that day; else at that end of its range.

    Args:
        days: the range, with its marker.
        when: the date, with the names of the events in its order.
        named: the days of an event that is named, on the same axis; None of one without a place.
    """
    name = when.after or when.before
    if days.is_point or not name or (when.after and when.before):
        return days
    if when.relative is not None or not when.by_order:
        return days
    other = named("after" if when.after else "before", name)
    if other is None:
        return days
    if when.after:
        is_beyond = days.low <= other.high < days.high
        day, is_open = float(other.high) if is_beyond else days.low, days.open_low
    else:
        is_beyond = days.low < other.low <= days.high
        day, is_open = float(other.low) if is_beyond else days.high, days.open_high
    if day == days.at or (is_open and not is_beyond):
        return days
    return attrs.evolve(days, placed=day, one_sided=True)
