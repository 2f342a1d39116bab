"""When an adverse event had resolved, as printed: a date, or that it had not."""

from __future__ import annotations

import attrs

from timeline.core.calendar.dates import PartialDate, parse_edtf

NOT_RESOLVED = "no"


@attrs.frozen
class Resolution:
    """The date of a resolution; ``when`` is None where the event had not resolved."""

    text: str
    when: PartialDate | None = None

    def __str__(self) -> str:
        return self.text


def resolution(text: str) -> Resolution:
    """A date, or ``no`` of an event that had not resolved when the record ends.

    >>> resolution("2021-05").when.text, resolution("no").when
    ('2021-05', None)
    """
    if text.strip().casefold() == NOT_RESOLVED:
        return Resolution(NOT_RESOLVED)
    try:
        return Resolution(text.strip(), parse_edtf(text))
    except ValueError:
        advice = "write 2021-05 or 2021-05-12, or no if it had not resolved"
        raise ValueError(f"not a date: {text!r} ({advice})") from None
