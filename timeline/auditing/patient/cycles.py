"""A printed number of cycles against the time there was for them."""

from __future__ import annotations

from timeline.auditing.verdict import Verdict, not_checkable
from timeline.auditing.weigh import Call
from timeline.events import Treatment
from timeline.printed import Printed
from timeline.reading import Reading
from timeline.source import Claim


def judge_cycles(claim: Claim, reading: Reading) -> Verdict | None:
    """Days from the first to the last cycle: n cycles of L days need (n - 1) x L."""
    if "cycle" not in claim.about or not (claim.of or claim.line):
        return None
    reference = claim.of or f"line {claim.line}"
    try:
        treatment, _ = reading.case.find(reference)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    if not isinstance(treatment, Treatment) or not isinstance(claim.value, Printed):
        return None
    if treatment.cycle is None or treatment.cycle.exact is None:
        return not_checkable(claim, f"no length of a cycle is on record for {treatment.label}")
    if treatment.at.end is None:
        return not_checkable(claim, f"no end of treatment is on record for {treatment.label}")
    needed = (claim.value.value or 0) - 1
    days = treatment.at.end.span - treatment.start.span
    least = int(needed * treatment.cycle.exact)
    enough = days.low >= least
    call = Call.AGREES if enough else Call.POSSIBLE if days.high >= least else Call.CONTRADICTED
    says = (
        f"printed {claim.text} cycles of {treatment.cycle}: {least} days from the first day of the "
        f"first to that of the last; the dates give {max(days.low, 0)} to {days.high}"
    )
    return Verdict(claim=claim, call=call, says=says)
