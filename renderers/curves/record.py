"""Where the records of some patients end, in words for a caption."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.edtf import tell
from timeline.events import Death, Event, LastContact
from timeline.reading import Reading
from timeline.span import Span


def record_ends(readings: Sequence[Reading]) -> str:
    """``Data to 2023-06-30, the last date on record.``; nothing where there is no date."""
    ends = [span for reading in readings for event in reading.case.done for span in _ends(event)]
    bounded = [span for span in ends if span.is_bounded]
    if not bounded:
        return ""
    last = max(bounded, key=lambda span: (span.high, span.low))
    return f"Data to {tell(last)}, the last date on record."


def _ends(event: Event) -> tuple[Span, ...]:
    return tuple(when.span for when in (event.start, event.end) if when is not None)


def end_of(reading: Reading) -> Event | None:
    """The death or the last contact of a patient, or None where neither is on record."""
    found = reading.case.all_of(Death, LastContact)
    return found[-1] if found else None
