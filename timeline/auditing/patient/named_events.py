"""The events of the case that claims name."""

from __future__ import annotations

from timeline.core.calendar.dates import PartialDate
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event, Treatment
from timeline.report.claims import Claim


def event_named(claim: Claim, derived: DerivedCase) -> tuple[Event, PartialDate] | None:
    """The event that a claim names by ``of``, and its moment named: the start or the end.

    None where the case has no such event.
    """
    return _found(claim.of, derived)


def treatment_named(claim: Claim, derived: DerivedCase) -> Treatment | None:
    """The treatment that a claim names by ``of``, else by its line; None where there is none."""
    found = _found(claim.of or (f"line {claim.line}" if claim.line else ""), derived)
    return found[0] if found is not None and isinstance(found[0], Treatment) else None


def _found(reference: str, derived: DerivedCase) -> tuple[Event, PartialDate] | None:
    try:
        return derived.case.find(reference)
    except ValueError:
        return None
