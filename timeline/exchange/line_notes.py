"""The footnotes of the table of lines: one letter for each kind, in the words of the table."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from timeline.record.case import Case
from timeline.record.events import Event

REGIMENS = "Regimens of a line"
COUNTED = "Dates counted from another event"
BY_ORDER = "Dates known by order only"
IN_RANGE = "Dates that are one day of a range"
STATED_CRITERION = "Criterion of the report"
CONFIRMED = "Best response with confirmation of CR and PR"
SEVERAL_LABELS = "Scans whose findings allow several responses"
PFS = "PFS in days"
NO_PFS = "Lines that have no such PFS by some of the possible findings"
EARLIER_STOPS = "Why earlier regimens of a line were stopped"
SEVERAL_LINES = "Adverse events that may belong to several lines"


@attrs.frozen
class Note:
    """A footnote on one value: its kind, by which notes share a letter, and its own words."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}."


def grouped(notes: Iterable[Note]) -> dict[str, str]:
    """The text of the footnote of each kind, in the order of the table; each note once."""
    found: dict[str, list[str]] = {}
    for note in dict.fromkeys(notes):
        found.setdefault(note.kind, []).append(note.text)
    return {kind: f"{kind}: {'; '.join(texts)}." for kind, texts in found.items()}


def in_table_words(text: str, case: Case) -> str:
    """A text with the kind and the date of each event in place of its id.

    The ids of a case file are names for its own references; no reader of the table knows them.
    """
    ids = {event.id: event for event in case.events if event.id and event.id != event.what}
    if not ids:
        return text
    longest_first = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
    named = re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])")
    return named.sub(lambda found: _words(ids[found[0]]), text)


def _words(event: Event) -> str:
    """``scan of 2021-04``; what it was, if it has no date of its own."""
    if not event.start.by_order and event.start.relative is None:
        return f"{event.kind} of {event.start.text}"
    return f"{event.kind} ({event.what})" if event.what else event.kind
