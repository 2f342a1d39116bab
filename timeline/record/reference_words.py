"""The ids of a case file in words: they are names for its own references, which no reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeline.core.calendar.partial_dates import UNKNOWN
from timeline.record.events import Event, Treatment

_DIVIDES = re.compile("[,/;]")  # what divides the parts of a date


def without_ids(text: str, events: Iterable[Event], *, in_date: bool = False) -> str:
    """A text with the words of each event in place of its id.

    Args:
        text: a text of a case file, such as a date that is counted from an event.
        events: the events whose ids it may hold.
        in_date: whether it is a date, which a comma and a slash divide: the kind of an event is
            enough where what it was has one of them.

    Returns:
        The text: ``within 2 months after adj1 start`` is ``within 2 months after adjuvant
        gemcitabine start``.
    """
    ids = {event.id: event for event in events if event.id and event.id != event.what}
    if not ids:
        return text
    longest_first = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
    named = re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])")
    return named.sub(lambda found: _words(ids[found[0]], in_date=in_date), text)


def _words(event: Event, *, in_date: bool) -> str:
    """``scan of 2021-04``; what it was, if it has no date of its own."""
    is_dated = event.start.text != UNKNOWN and not event.start.by_order
    if is_dated and event.start.relative is None:
        return f"{event.kind} of {event.start.text}"
    if isinstance(event, Treatment):
        return _regimen(event)
    kind_only = not event.what or (in_date and _DIVIDES.search(event.what))
    return event.kind if kind_only else f"{event.kind} ({event.what})"


def _regimen(event: Treatment) -> str:
    """``line 1``, ``adjuvant gemcitabine``."""
    if event.line is not None:
        return f"line {event.line}"
    drugs = " + ".join(drug.agent for drug in event.drugs)
    return " ".join(part for part in (event.setting or event.kind, drugs) if part)
