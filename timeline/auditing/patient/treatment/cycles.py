"""A printed number of cycles against the number on record, and against the time of treatment."""

from __future__ import annotations

import attrs

from timeline.auditing.comparison.compare import Conclusion, compare
from timeline.auditing.patient.treatment.recorded_values import cycles_on_record
from timeline.auditing.rule import Concern, Rule, Severity, check_each
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.calendar.durations import range_text
from timeline.core.printed_numbers import Printed
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Treatment
from timeline.report.claims import Claim


def check_cycles(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A printed number of cycles against that on record, else against the days of treatment.

    From the first day of the first cycle to that of the last, n cycles of L days need (n - 1) x L.
    """
    treatment = _treatment(claim, derived)
    if not isinstance(treatment, Treatment):
        return not_checkable(claim, treatment) if treatment else None
    recorded = cycles_on_record(claim, treatment, derived)
    against = _against_record(claim, treatment, *recorded) if recorded else None
    if against and against.conclusion is not Conclusion.AGREES:
        return against
    if against and (treatment.cycle is None or treatment.at.end is None or treatment.at.ongoing):
        return against
    if treatment.cycle is None or treatment.cycle.exact is None:
        why = f"no length of a cycle is on record for {treatment.label}"
        return not_checkable(claim, f"{why} (write cycle: on it, as in cycle: 21 days)")
    if treatment.at.end is None:
        why = f"no end of treatment is on record for {treatment.label}"
        return not_checkable(claim, f"{why} (write it, as in treatment: 2021-04/2021-09)")
    least = _least_days(claim, treatment)
    days = treatment.at.end.span - treatment.start.span
    conclusion = compare(days, Span(least, NEVER_ENDS))
    if against and conclusion is not Conclusion.CONTRADICTED:
        return against
    description = (
        f"printed {claim.text} cycles of {treatment.cycle}: {least} days from the first day of the "
        f"first to that of the last; the dates give {_days_text(days)}"
    )
    return Verdict(claim, conclusion, description)


def _against_record(
    claim: Claim, treatment: Treatment, recorded: Printed, conclusion: Conclusion
) -> Verdict:
    on_record = f"{recorded} on record of {treatment.label}"
    return Verdict(
        claim,
        conclusion,
        f"printed {claim.text} cycles; {on_record}",
        recorded=on_record,
        expected=f"{recorded} cycles" if conclusion is Conclusion.CONTRADICTED else "",
        record_place=treatment.place,
    )


def _days_text(days: Span) -> str:
    """``105 days``, ``105 to 110 days``, or ``at least 105 days``; a low end below 0 is 0."""
    known = attrs.evolve(days, low=max(days.low, 0))
    return f"{range_text(known, 0, never_below_0=False)} days"


def span_of_cycles(claim: Claim, derived: DerivedCase) -> tuple[Treatment, int] | None:
    """The treatment whose cycles a claim counts, and the fewest days from its start to its end.

    None where the claim counts no cycles, or the treatment has no length of a cycle or no end.
    """
    treatment = _treatment(claim, derived)
    if not isinstance(treatment, Treatment) or treatment.at.end is None:
        return None
    known = treatment.cycle is not None and treatment.cycle.exact
    return (treatment, _least_days(claim, treatment)) if known else None


def _treatment(claim: Claim, derived: DerivedCase) -> Treatment | str:
    """The treatment of the cycles that a claim counts; empty if it counts none; or the fault."""
    if "cycle" not in claim.about or not (claim.of or claim.line) or claim.printed is None:
        return ""
    try:
        treatment, _ = derived.case.find(claim.of or f"line {claim.line}")
    except ValueError as fault:
        return str(fault)
    return treatment if isinstance(treatment, Treatment) else ""


def _least_days(claim: Claim, treatment: Treatment) -> int:
    """(n - 1) cycles in days; of a range of numbers the least counts."""
    printed = claim.printed
    length = treatment.cycle.exact if treatment.cycle else None
    if printed is None or length is None:
        return 0
    count = printed.value if printed.value is not None else max(printed.span.low, 1)
    return int((count - 1) * length) if count >= 1 else 0


RULES = (
    Rule(
        id="C12",
        concern=Concern.DATE,
        reproduces=True,
        checks="a printed number of cycles against the number on record, and against the time from "
        "the first day to the last",
        formula="n is that on record; (n - 1) x length of a cycle is at most end less start",
        severity=Severity.ERROR,
        vague=True,
        source="arithmetic of schedules",
        example_fail="seven cycles of 3 weeks (126 days) within 93 days",
        example_ok="two cycles of 3 weeks within 93 days",
        check=check_each(("count",), check_cycles),
    ),
)
