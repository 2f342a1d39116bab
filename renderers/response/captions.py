"""Where the records of some patients end, in words for a caption."""

from __future__ import annotations

from collections.abc import Sequence

from renderers.text.events import possible_days
from renderers.text.translation import translate
from timeline.core.span import Span, latest
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Death, Event, LastContact

SHOWN = ("{drawn} of {number} patient shown.", "{drawn} of {number} patients shown.")


_FIRST = "the first line of therapy with measured target lesions"


def line_drawn(line: int | None) -> str:
    """``line 2``, or the line that is drawn by default."""
    return translate("line {number}", number=line) if line else translate(_FIRST)


def record_ends(cases: Sequence[DerivedCase]) -> str:
    """``Last date on record: 2023-06-30.``; nothing where there is no date."""
    ends = [span for derived in cases for event in derived.case.done for span in _ends(event)]
    bounded = [span for span in ends if span.is_bounded]
    if not bounded:
        return ""
    return translate("Last date on record: {day}.", day=possible_days(latest(bounded)))


def _ends(event: Event) -> tuple[Span, ...]:
    return tuple(when.span for when in (event.start, event.end) if when is not None)


def end_of(derived: DerivedCase) -> Event | None:
    """The death or the last contact of a patient, or None where neither is on record."""
    found = derived.case.all_of(Death, LastContact)
    return found[-1] if found else None
