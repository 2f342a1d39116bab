"""Claims about an event of the case: which they are, and whether the case has the event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from timeline.core.problem import Problem
from timeline.core.text.spelling import folded
from timeline.record.case import Case
from timeline.record.event_names import by_name, find_named
from timeline.record.events import Event
from timeline.record.ordering.event_order import is_unread
from timeline.record.ordering.relative_events import moment_named
from timeline.report.claims import Claim, Report
from timeline.terminology.endpoints import BY_NAME

# Kinds of claims whose ``of`` names an event of the case, unless it is one of the words below.
OF_EVENTS = frozenset(
    (
        *("date", "response", "age", "dose", "schedule", "lab", "size", "sum", "score", "grade"),
        *("ordinal", "count", "range"),
    )
)
OF_FAULTY = "an event with faults"  # in place of the name of an event that has none
UNDECIDED = "TODO"  # what a draft leaves to a person, which has a message of its own
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
        if (fault := _fault_of(case.find if key == "of" else case.moment, reference))
    )


def references_to_none(
    source: Report, events: tuple[Event, ...], unread: frozenset[str]
) -> tuple[Problem, ...]:
    """The same among the events of a case with faults; ``unread`` names those with faults."""
    named = by_name(events)
    numbers = {id(event): number for number, event in enumerate(events)}

    def find(key: str, reference: str) -> object:
        if key == "of":
            return find_named(named, reference)
        return moment_named(named, numbers, reference)

    return tuple(
        Problem(claim.where, f"{key}: {fault}")
        for claim in source.claims
        for key, reference in _references(claim)
        if UNDECIDED not in reference.split()
        and not is_unread(reference, unread, named)
        and (fault := _fault_of(partial(find, key), reference))
    )


def _references(claim: Claim) -> Iterator[tuple[str, str]]:
    """The keys of a claim that name an event of the patient, with what they name."""
    if claim.study or claim.group:
        return
    named = [("from", claim.from_), ("to", claim.to)]
    if claim.kind in OF_EVENTS:
        named.append(("of", claim.of))
    for key, reference in named:
        if reference not in ("", OF_FAULTY) and folded(reference) not in NO_EVENTS:
            yield key, reference


def _fault_of(find: Callable[[str], object], reference: str) -> str:
    try:
        find(reference)
    except ValueError as fault:
        return str(fault)
    return ""
