"""Why a case has no such time as a report prints, and what to write."""

from __future__ import annotations

from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Treatment
from timeline.report.claims import Claim
from timeline.terminology.criteria import TERMS
from timeline.terminology.endpoints import Endpoint


def no_such_line(number: int | None, numbers: list[int], otherwise: str) -> str:
    """Why a time of a line is of no line on record, and what to write.

    ``numbers``: of the lines on record; ``otherwise``: what else may be written.
    """
    if number:
        known = ", ".join(map(str, numbers)) or "none"
        why = f"line {number} is not in the case"
        advice = f"lines on record: {known}; write line: {number} on its treatment"
    elif numbers:
        why = "the claim names no line"
        advice = f"write line: {' or '.join(map(str, numbers))}"
    else:
        why, advice = "no line is on record", "write line: 1 on the treatment that is the first"
    return f"{why} ({advice}{otherwise})"


def without_line(derived: DerivedCase) -> str:
    """How to print the length of a treatment that is no line, where the case has one."""
    others = [each for each in derived.case.all_of(Treatment) if each.line is None]
    if not others:
        return ""
    name = others[0].id or others[0].setting
    return (
        f"; of the {others[0].setting} treatment write interval: 6 months, from: {name} start, "
        f"to: {name} end"
    )


def not_derived(
    claim: Claim, criterion: str, number: int | None, rows: tuple[Endpoint, ...]
) -> str:
    """Why the case has no such endpoint, and what would derive it."""
    if number and all(not row.per_line for row in rows):
        return f"{claim.endpoint} is an endpoint of the patient, not of a line (leave line out)"
    if criterion not in TERMS:
        return f"this version does not know the criterion {criterion}"
    return (
        f"line {number} is not judged by {criterion} "
        f"(write criterion: {criterion} on the line, or --criterion {criterion})"
    )
