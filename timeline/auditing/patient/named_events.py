"""The events of the case that claims name."""

from __future__ import annotations

from timeline.auditing.comparison.same_figure import words
from timeline.core.calendar.dates import PartialDate
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event, Toxicity, Treatment
from timeline.report.claims import Claim


def event_named(claim: Claim, derived: DerivedCase) -> tuple[Event, PartialDate] | None:
    """The event that a claim names by ``of``, and its moment named: the start or the end.

    None where the case has no such event.
    """
    return _found(claim.of, derived)


_OF_A_GRADE = words("a an the of grade grades ctcae toxicity toxic effect adverse event reaction")


def toxicity_named(claim: Claim, derived: DerivedCase) -> Toxicity | None:
    """The adverse event that a claim names by ``of``, else the only one that ``about`` names.

    None where the case has no such event, or several. ``about`` names one by words of its ``what``
    and its term; with any other word it may be of another time or event.
    """
    if claim.of:
        found = _found(claim.of, derived)
        return found[0] if found is not None and isinstance(found[0], Toxicity) else None
    about = words(claim.about) - _OF_A_GRADE
    named = [
        each
        for each in derived.case.all_of(Toxicity)
        if about and about <= words(f"{each.label} {each.what} {each.term}")
    ]
    return named[0] if len(named) == 1 else None


def treatment_named(claim: Claim, derived: DerivedCase) -> Treatment | None:
    """The treatment that a claim names by ``of``, else by its line; None where there is none."""
    found = _found(claim.of or (f"line {claim.line}" if claim.line else ""), derived)
    return found[0] if found is not None and isinstance(found[0], Treatment) else None


def _found(reference: str, derived: DerivedCase) -> tuple[Event, PartialDate] | None:
    try:
        return derived.case.find(reference)
    except ValueError:
        return None
