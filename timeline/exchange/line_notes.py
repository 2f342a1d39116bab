"""The footnotes of the table of lines: one letter for each kind, in the words of the table."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

REGIMENS = "Regimens of a line"
COUNTED = "Dates counted from another event"
BY_ORDER = "Dates known by order only"
BY_CYCLES = "Ends that follow from the cycles"
IN_RANGE = "Dates that are one day of a range"
STATED_CRITERION = "Criterion of the report"
CONFIRMED = "Best response with confirmation of CR and PR"
BEST = "Best response, {remark}"
NO_BEST = "Lines without an assessment on record"
SEVERAL_LABELS = "Scans whose findings allow several responses"
PFS = "PFS in days"
NO_PFS = "Lines that have no such PFS by some of the possible findings"
EARLIER_STOPS = "Why earlier regimens of a line were stopped"
SEVERAL_TREATMENTS = "Adverse events that may belong to several treatments"


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
