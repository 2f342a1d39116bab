"""The dates of events as a timeline shows them: without ids of the file, and without far days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from renderers.text.date_words import worded
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event, Scan

_YEAR = 366  # days: a date that is known to a year has a place on the axis


def with_date_words(derived: DerivedCase) -> DerivedCase:
    """The case whose dates name each event by what it was.

    ``CT-lung + 0 days`` is ``same day as scan (re-staging)``. The days are as they were.
    """
    case = derived.case
    return with_events(derived, {id(event): worded(event, case) for event in case.events})


def with_events(derived: DerivedCase, new: Mapping[int, Event]) -> DerivedCase:
    """The case with other events in place of its own; ``new``: by the identity of the old ones."""
    statuses = tuple(
        attrs.evolve(each, scan=scan)
        for each in derived.statuses
        if isinstance(scan := new[id(each.scan)], Scan)
    )
    events = tuple(new[id(event)] for event in derived.case.events)
    return attrs.evolve(derived, case=attrs.evolve(derived.case, events=events), statuses=statuses)


def without_far_dates(derived: DerivedCase) -> DerivedCase:
    """The case as its calendar shows it.

    Of a date that is not known to a year, the days more than a year beyond all others are left
    open: the axis does not reach them. Where no date is known to a year, the case is as it was.
    """
    events = derived.case.events
    known = [when.span for event in events for when in dates_of(event) if _is_known(when.span)]
    if not known:
        return derived
    near = Span(min(each.low for each in known), max(each.high for each in known))
    return with_events(derived, {id(event): _shown(event, near) for event in events})


def dates_of(event: Event) -> Iterator[PartialDate]:
    """The start of an event, and its end where it is on record."""
    yield event.start
    if isinstance(event.at, Period) and event.at.end is not None:
        yield event.at.end


def _is_known(span: Span) -> bool:
    return span.is_bounded and span.high - span.low <= _YEAR


def _shown(event: Event, near: Span) -> Event:
    if all(_opened(when, near) is when for when in dates_of(event)):
        return event
    if not isinstance(event.at, Period):
        return attrs.evolve(event, at=_opened(event.at, near))
    end = event.at.end and _opened(event.at.end, near)
    return attrs.evolve(event, at=attrs.evolve(event.at, start=_opened(event.start, near), end=end))


def _opened(when: PartialDate, near: Span) -> PartialDate:
    """The date without the days that the axis does not reach."""
    span = when.span
    if not span.is_bounded or _is_known(span):
        return when
    low = span.low if span.low >= near.low - _YEAR else NEVER_BEGAN
    high = span.high if span.high <= near.high + _YEAR else NEVER_ENDS
    return when if Span(low, high) == span else attrs.evolve(when, span=Span(low, high))
