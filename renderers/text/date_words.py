"""Dates of order in words: an event that a date names by its id of the file, by what it was."""

from __future__ import annotations

import re
from typing import TypeVar

import attrs

from renderers.text.translation import translate
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.record.case import Case
from timeline.record.events import Event
from timeline.record.reference_words import with_starts, without_ids

Kind = TypeVar("Kind", bound=Event)
_SAME_DAY = re.compile(r"(?P<event>[^,/]+?) *\+ *0 *days?\b")


def worded(event: Kind, case: Case) -> Kind:
    """An event whose dates name each other event by what it was; its days are as they were."""
    at = event.at
    if not isinstance(at, Period):
        when = in_words(at, case)
        return event if when is at else attrs.evolve(event, at=when)
    start, end = in_words(at.start, case), at.end and in_words(at.end, case)
    if start is at.start and end is at.end:
        return event
    return attrs.evolve(event, at=attrs.evolve(at, start=start, end=end))


def in_words(when: PartialDate, case: Case) -> PartialDate:
    """A date that names each event by what it was.

    ``CT-lung + 0 days`` is ``same day as scan (re-staging)``. The days are as they were.
    """
    if when.relative is None and not (when.after or when.before):
        return when
    text = _SAME_DAY.sub(
        lambda found: translate("same day as {event}", event=found["event"].strip()), when.text
    )
    text = with_starts(text, case.events)
    return attrs.evolve(when, text=without_ids(text, case.events, in_date=True))
