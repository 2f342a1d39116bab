"""What the authors called a response against what the findings give."""

from __future__ import annotations

from timeline.auditing.verdict import Verdict, not_checkable
from timeline.auditing.weigh import Call
from timeline.events import Event, Treatment
from timeline.outcomes.derived import Status
from timeline.reading import Reading
from timeline.source import Claim

RECIST = ("CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD")
IMMUNE = ("iCR", "iPR", "iSD", "iUPD", "iCPD", "NON-iCR/NON-iUPD")


def judge_response(claim: Claim, reading: Reading) -> Verdict:
    """What the authors called a scan, or reached in a line, against the findings."""
    try:
        event, _ = reading.case.find(claim.of)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    called = str(claim.value)
    criterion = "iRECIST" if called in IMMUNE or claim.criterion == "iRECIST" else "RECIST 1.1"
    if called not in (*IMMUNE, *RECIST):
        return not_checkable(claim, f"{called!r} is no category of RECIST 1.1 or iRECIST")
    statuses = [
        each
        for each in reading.statuses
        if each.criterion == criterion and each.labels and _speaks_of(each, event)
    ]
    if not any(each.scan.has_findings for each in statuses):
        return not_checkable(claim, "no findings are printed to hold the call against")
    whole = isinstance(event, Treatment)
    found = "; ".join(
        f"{each.label} at {each.scan.label}" + ("" if whole else f" ({each.why})")
        for each in statuses
    )
    return Verdict(
        claim=claim,
        call=_reached(called, statuses),
        says=f"printed {called}; the findings give {found}",
    )


def _speaks_of(status: Status, event: Event) -> bool:
    """Whether a status is that of the scan, or of a scan of the line, that a claim names."""
    if isinstance(event, Treatment):
        return status.line == event.line and not status.is_baseline
    return status.scan is event and not status.is_baseline


def _reached(called: str, statuses: list[Status]) -> Call:
    """Reached for sure at one of the scans; perhaps; or at none."""
    if any(each.labels == (called,) for each in statuses):
        return Call.AGREES
    reached = any(called in each.labels for each in statuses)
    return Call.POSSIBLE if reached else Call.CONTRADICTED
