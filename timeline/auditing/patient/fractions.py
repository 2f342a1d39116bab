"""Radiotherapy: the total dose over its fractions."""

from __future__ import annotations

from fractions import Fraction

from timeline.auditing.verdict import Verdict, not_checkable
from timeline.auditing.weigh import Call
from timeline.events import Radiotherapy
from timeline.months import rounded
from timeline.printed import printed
from timeline.reading import Reading
from timeline.source import Claim
from timeline.span import Span

USUAL = Span(Fraction("1.2"), 34)  # Gy a fraction: hyperfractionation to single-dose SBRT
STEP = Fraction(1, 20)  # Gy; a prescription is a multiple of it


def judge_fractions(claim: Claim, reading: Reading) -> Verdict | None:
    """A printed total dose in Gy, divided by the fractions on record."""
    if claim.unit != "Gy" or not claim.of:
        return None
    try:
        event, _ = reading.case.find(claim.of)
        total = printed(claim.text).value
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    if not isinstance(event, Radiotherapy):
        return None
    if event.fractions is None or total is None:
        return not_checkable(claim, f"no number of fractions is on record for {event.label}")
    each = total / event.fractions
    whole = (each / STEP).denominator == 1
    says = f"printed {claim.text} Gy in {event.fractions} fractions: {rounded(each)} Gy each"
    if whole and each in USUAL:
        return Verdict(claim=claim, call=Call.AGREES, says=says)
    why = "not a dose that is prescribed" if not whole else "not a usual dose of one fraction"
    return Verdict(claim=claim, call=Call.POSSIBLE, says=f"{says}, {why}")
