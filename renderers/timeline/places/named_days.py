"""The days on the axis of the events that dates of order name."""

from __future__ import annotations

from collections.abc import Sequence

from renderers.text.named_moment import named_moment
from renderers.timeline.date_words import dates_of
from timeline.core.span import Span
from timeline.record.case import Case
from timeline.record.events import Event


def days_of_names(case: Case, events: Sequence[Event]) -> dict[str, Span]:
    """The days of the events that dates of order name, by their words (``after surgery``).

    Args:
        case: the record, whose words are as written.
        events: its events in the same order, with their days on the axis.
    """
    found: dict[str, Span] = {}
    for when in (each for event in case.events for each in dates_of(event)):
        for word, name in (("after", when.after), ("before", when.before)):
            if name and (moment := named_moment(case, word, name)):
                number, side, target = moment
                date = events[number].end if side == "end" else events[number].start
                if date is not None:
                    found[f"{word} {name}"] = date.span + target.days(date.span)
    return found
