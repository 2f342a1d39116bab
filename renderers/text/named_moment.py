"""The moment that a date of order names: what ``after surgery`` and ``before line 2`` mean."""

from __future__ import annotations

from timeline.core.calendar.partial_dates import Period
from timeline.record.case import Case
from timeline.record.ordering.relative_events import Target


def named_moment(case: Case, word: str, name: str) -> tuple[int, str, Target] | None:
    """The moment that a word of order and a name mean, where a marker can be beside it.

    Args:
        case: the record.
        word: ``after`` or ``before``.
        name: the event, as the date names it.

    Returns:
        The number of the event, its ``start`` or its ``end``, and the target with the days from
        that moment. None of an end that is not on record, and of what is after the start of a
        period.
    """
    found = case.target(name)
    if found is None:
        return None
    number, side = found.moment
    is_within = word == "after" and side == "start" and isinstance(case.events[number].at, Period)
    return None if is_within and found.cycle is None else (number, side, found)
