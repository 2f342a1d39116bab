"""What the authors called a response against what the findings give."""

from __future__ import annotations

import re

from timeline.auditing.verdict import Verdict, not_checkable
from timeline.auditing.weigh import Call
from timeline.events import Event, Treatment
from timeline.outcomes.derived import Status
from timeline.reading import Reading
from timeline.source import Claim

RECIST = ("CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD")
IMMUNE = ("iCR", "iPR", "iSD", "iUPD", "iCPD", "NON-iCR/NON-iUPD")
_IMMUNE = re.compile(r"\bi[mr]?(?:[UC](?=PD))?(?=[A-Z])|\s\(unconfirmed\)")


def judge_response(claim: Claim, reading: Reading) -> Verdict:
    """What the authors called a scan, or reached in a line, against the findings."""
    try:
        event, _ = reading.case.find(claim.of)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    called = str(claim.value)
    if called not in (*IMMUNE, *RECIST):
        return not_checkable(claim, f"{called!r} is no category of RECIST 1.1 or iRECIST")
    statuses = [
        each
        for each in reading.statuses
        if each.labels
        and _speaks_of(each, event)
        and each.criterion in _judged_by(claim, reading, each.line)
    ]
    by = claim.criterion
    if by and not by.startswith("RECIST") and not any(each.criterion == by for each in statuses):
        return not_checkable(claim, f"{claim.of} is not read by {by} here")
    if not any(each.scan.has_findings for each in statuses):
        return not_checkable(claim, "no findings are printed to hold the call against")
    return Verdict(
        claim=claim,
        call=_reached(called, statuses),
        says=f"printed {called}; the findings give {_found(statuses, event)}",
    )


def _judged_by(claim: Claim, reading: Reading, line: int) -> frozenset[str]:
    """The criteria that a call may be by: those named, or RECIST 1.1 where a word does not say.

    Authors write PR for iPR: a plain word is read by the criterion of its line as well.
    """
    if str(claim.value) in IMMUNE:
        return frozenset({"iRECIST"})
    if claim.criterion.startswith("RECIST"):
        return frozenset({"RECIST 1.1"})
    own = next((each.criterion for each in reading.case.lines if each.number == line), "")
    return frozenset({"RECIST 1.1", claim.criterion, own})


def _speaks_of(status: Status, event: Event) -> bool:
    """Whether a status is that of the scan, or of a scan of the line, that a claim names."""
    if isinstance(event, Treatment):
        return status.line == event.line and not status.is_baseline
    return status.scan is event and not status.is_baseline


def _found(statuses: list[Status], event: Event) -> str:
    """The labels by scan, each with its why where one scan is spoken of; by whom, if by several."""
    whole = isinstance(event, Treatment)
    several = len({each.criterion for each in statuses}) > 1
    return "; ".join(
        f"{each.label} at {each.scan.label}"
        + (f" by {each.criterion}" if several else "")
        + ("" if whole else f" ({each.why})")
        for each in statuses
    )


def _reached(called: str, statuses: list[Status]) -> Call:
    """Reached for sure at one of the scans; perhaps; or at none."""
    words = [_as_called(called, each.labels) for each in statuses]
    if any(labels == {called} for labels in words):
        return Call.AGREES
    return Call.POSSIBLE if any(called in labels for labels in words) else Call.CONTRADICTED


def _as_called(called: str, labels: tuple[str, ...]) -> frozenset[str]:
    """Labels in the words of the print: without the i, im or ir before them where that has none."""
    return frozenset(labels if called in IMMUNE else (_IMMUNE.sub("", each) for each in labels))
