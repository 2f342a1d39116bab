"""Printed dates against the dates on record."""

from __future__ import annotations

from fractions import Fraction

from timeline.auditing.verdict import Verdict, not_checkable
from timeline.auditing.weigh import Call, share_told, weigh
from timeline.edtf import When, tell
from timeline.reading import Reading
from timeline.source import Claim
from timeline.span import Span


def judge_date(claim: Claim, reading: Reading) -> Verdict | None:
    """A printed date against the date of the event it speaks of; of no day C35 speaks."""
    if not isinstance(claim.value, When):
        return None
    try:
        event, when = reading.case.find(claim.of)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    call = weigh(when.span, claim.value.span)
    part = _share_of_days(when.span, claim.value.span)
    place = f" [{event.place}]" if event.place else ""
    what = event.label if when is event.start else f"the end of {event.label}"
    says = f"printed {claim.text}; {what} is on record for {tell(when.span)}{place}"
    if call is Call.POSSIBLE:
        says += share_told(part, when.span)
    return Verdict(claim=claim, call=call, says=says, share=part)


def _share_of_days(span: Span, claimed: Span) -> Fraction | None:
    both = span & claimed
    if both is None or not span.is_bounded:
        return None
    return Fraction(both.high - both.low + 1) / Fraction(span.high - span.low + 1)
