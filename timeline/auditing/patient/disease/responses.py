"""What the authors called a response against what the findings give."""

from __future__ import annotations

from timeline.auditing.compare import Conclusion
from timeline.auditing.rule import Rule, Severity, check_each
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event, Treatment
from timeline.report.claims import Claim
from timeline.results.statuses import Status
from timeline.terminology.criteria import LABELS, PRIMARY, TERMS, only_one, recist_twin


def check_response(claim: Claim, derived: DerivedCase) -> Verdict:
    """What the authors called a scan, or reached in a line, against the findings."""
    try:
        event, _ = derived.case.find(claim.of)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    called = str(claim.value)
    if called not in LABELS:
        return not_checkable(claim, f"{called!r} is no category of a response criterion")
    statuses = [
        each
        for each in derived.statuses
        if each.labels
        and _is_status_of(each, event)
        and each.criterion in _criteria_of(claim, derived, each.line)
    ]
    own = only_one(called)
    by = own.title if own else claim.judged_by
    if by not in ("", PRIMARY.title) and not any(each.criterion == by for each in statuses):
        return not_checkable(claim, _why_not_assessed(claim, by))
    if not any(each.scan.has_findings for each in statuses):
        return not_checkable(claim, "no findings are on record to check the category against")
    return Verdict(
        claim,
        _conclusion(called, statuses),
        f"printed {called}; the findings give {_findings_text(statuses, event)}",
    )


def _criteria_of(claim: Claim, derived: DerivedCase, line: int) -> frozenset[str]:
    """The criteria that a call may be by: those named, or RECIST 1.1 where a word does not say.

    Authors write PR for iPR: a plain word is read by the criterion of its line as well.
    """
    alone = only_one(str(claim.value))
    if alone is not None:
        return frozenset({alone.title})
    if claim.judged_by == PRIMARY.title:
        return frozenset({PRIMARY.title})
    own = next((each.criterion for each in derived.case.lines if each.number == line), "")
    return frozenset({PRIMARY.title, claim.judged_by, own})


def _why_not_assessed(claim: Claim, by: str) -> str:
    if by not in TERMS:
        return f"this version does not know the criterion {by}"
    return (
        f"{claim.of} is not judged by {by} (write criterion: {by} on the line, or --criterion {by})"
    )


def _is_status_of(status: Status, event: Event) -> bool:
    """Whether a status is that of the scan, or of a scan of the line, that a claim names."""
    if isinstance(event, Treatment):
        return status.line == event.line and not status.is_baseline
    return status.scan is event and not status.is_baseline


def _findings_text(statuses: list[Status], event: Event) -> str:
    """The labels by scan, each with its why where one scan is spoken of; by whom, if by several."""
    whole = isinstance(event, Treatment)
    several = len({each.criterion for each in statuses}) > 1
    return "; ".join(
        f"{each.label} at {each.scan.label}"
        + (f" by {each.criterion}" if several else "")
        + ("" if whole else f" ({each.why})")
        for each in statuses
    )


def _conclusion(called: str, statuses: list[Status]) -> Conclusion:
    """Reached for sure at one of the scans; perhaps; or at none."""
    words = [_labels_as_printed(called, each.labels) for each in statuses]
    if any(labels == {called} for labels in words):
        return Conclusion.AGREES
    return (
        Conclusion.POSSIBLE
        if any(called in labels for labels in words)
        else Conclusion.CONTRADICTED
    )


def _labels_as_printed(called: str, labels: tuple[str, ...]) -> frozenset[str]:
    """Labels in the words of the print: as they are, or in those of RECIST 1.1 if it has these."""
    return frozenset(labels if only_one(called) else map(recist_twin, labels))


RULES = (
    Rule(
        id="C30",
        reproduces=True,
        checks="what the authors called a response against what the findings give",
        formula="the call is among the labels that the tables allow",
        severity=Severity.ERROR,
        vague=True,
        source="Eisenhauer 2009 Tables 1 and 2; Seymour 2017 Table 2",
        example_fail="a legend with PD for a scan on which the targets shrank",
        example_ok="iUPD for a scan with a new lesion",
        check=check_each(("response",), check_response),
    ),
)
