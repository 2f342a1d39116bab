"""The dates of events in words that a reader of the figure knows: without the ids of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from renderers.text.translation import translate
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Event, Scan
from timeline.record.reference_words import without_ids

_SAME_DAY = re.compile(r"(?P<event>[^,/]+?) *\+ *0 *days?\b")


def with_date_words(derived: DerivedCase) -> DerivedCase:
    """The case whose dates name each event by what it was.

    ``CT-lung + 0 days`` is ``same day as scan (re-staging)``. The days are as they were.
    """
    case = derived.case
    return with_events(derived, {id(event): _worded(event, case) for event in case.events})


def with_events(derived: DerivedCase, new: Mapping[int, Event]) -> DerivedCase:
    """The case with other events in place of its own; ``new``: by the identity of the old ones."""
    statuses = tuple(
        attrs.evolve(each, scan=scan)
        for each in derived.statuses
        if isinstance(scan := new[id(each.scan)], Scan)
    )
    events = tuple(new[id(event)] for event in derived.case.events)
    return attrs.evolve(derived, case=attrs.evolve(derived.case, events=events), statuses=statuses)


def _worded(event: Event, case: Case) -> Event:
    if not isinstance(event.at, Period):
        return attrs.evolve(event, at=_in_words(event.at, case))
    end = event.at.end
    start, end = _in_words(event.at.start, case), end and _in_words(end, case)
    return attrs.evolve(event, at=attrs.evolve(event.at, start=start, end=end))


def _in_words(when: PartialDate, case: Case) -> PartialDate:
    if when.relative is None and not (when.after or when.before):
        return when
    text = _SAME_DAY.sub(
        lambda found: translate("same day as {event}", event=found["event"].strip()), when.text
    )
    return attrs.evolve(when, text=without_ids(text, case.events, in_date=True))
