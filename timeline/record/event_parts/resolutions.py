"""When an adverse event had resolved, as printed: a date in any form, or that it had not."""

from __future__ import annotations

from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import UNKNOWN, parse_date
from timeline.core.frozen_class import frozen
from timeline.core.text.spelling import loosely_folded

NOT_RESOLVED = "no"
_NO_WORDS = frozenset(
    ("no", "n", "false", "not resolved", "unresolved", "ongoing", "persistent",
     "not recovered/not resolved")
)  # fmt: skip
# Resolved, on a day that is not stated. CDISC, Outcome of Event: RECOVERED/RESOLVED.
_YES_WORDS = frozenset(
    ("yes", "y", "true", "resolved", "recovered", "recovered/resolved", "transient", UNKNOWN)
)


@frozen
class Resolution:
    """The date of a resolution; ``when`` is None where the event had not resolved."""

    text: str
    when: PartialDate | None = None

    @property
    def is_undated(self) -> bool:
        """Whether it had resolved on a day that is not stated."""
        return self.when is not None and self.when.text == UNKNOWN

    def __str__(self) -> str:
        return self.text


def resolution(text: str) -> Resolution:
    """A date in any form, ``yes`` if the day is not stated, or ``no`` if it had not resolved.

    ``no`` says that it had not resolved when the record ends.

    >>> resolution("2021-05").when.text, resolution("no").when, resolution("transient").when.text
    ('2021-05', None, '..')
    """
    word = loosely_folded(text) or text.strip()
    if word in _NO_WORDS:
        return Resolution(NOT_RESOLVED)
    if word in _YES_WORDS:
        return Resolution("yes", PartialDate(UNKNOWN))
    try:
        return Resolution(text.strip(), parse_date(text))
    except ValueError as fault:
        raise ValueError(f"{fault}; or yes if the day is not stated, no if not resolved") from None
