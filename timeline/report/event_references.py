"""Claims about an event of the case: which they are, and whether the case has the event."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.core.problem import Problem
from timeline.core.text.spelling import folded
from timeline.record.case import Case
from timeline.report.claims import Claim, Report
from timeline.terminology.endpoints import BY_NAME

# Kinds of claims whose ``of`` names an event of the case, unless it is one of the words below.
OF_EVENTS = frozenset(
    (
        *("date", "response", "age", "dose", "schedule", "lab", "size", "sum", "score", "grade"),
        *("ordinal", "count", "range"),
    )
)
BIRTH = "birth"
OPENS = ("start of the study period", "first enrolment")
ENDS = ("end of the study period", "last enrolment")
CUTS = ("data cut-off", "end of follow-up", "cut-off")
NO_EVENTS = frozenset(map(folded, (BIRTH, *OPENS, *ENDS, *CUTS, *BY_NAME)))


def unknown_references(source: Report, case: Case) -> tuple[Problem, ...]:
    """A problem for each reference of a claim of the patient to an event that is not there."""
    return tuple(
        Problem(claim.where, f"{key}: {fault}")
        for claim in source.claims
        for key, reference in _references(claim)
        if (fault := _unknown(case, reference))
    )


def _references(claim: Claim) -> Iterator[tuple[str, str]]:
    """The keys of a claim that name an event of the patient, with what they name."""
    if claim.study or claim.group:
        return
    named = [("from", claim.from_), ("to", claim.to)]
    if claim.kind in OF_EVENTS:
        named.append(("of", claim.of))
    for key, reference in named:
        if reference and folded(reference) not in NO_EVENTS:
            yield key, reference


def _unknown(case: Case, reference: str) -> str:
    try:
        case.find(reference)
    except ValueError as fault:
        return str(fault)
    return ""
