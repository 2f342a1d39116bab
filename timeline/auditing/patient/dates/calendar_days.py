"""Dates that are not on the calendar, or later than the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.named_events import event_named
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.dates import PartialDate, format_days
from timeline.report.claims import Claim

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"\b(?P<day>{'|'.join(DAYS)})\b", re.IGNORECASE)


def check_calendar_days(evidence: Evidence) -> Iterator[Verdict]:
    """Every printed date of the patient: on the calendar, on its weekday, before the report."""
    for claim in evidence.own:
        fault = _fault(claim, evidence) if claim.kind == "date" else ""
        if fault:
            yield Verdict(claim, Conclusion.CONTRADICTED, f"printed {claim.text}: {fault}")


def _fault(claim: Claim, evidence: Evidence) -> str:
    if not isinstance(claim.value, PartialDate):
        return "no such day"
    span = claim.value.span
    weekday = _DAY.search(claim.text)
    if weekday and span.is_point:
        day = DAYS[date.fromordinal(int(span.low)).weekday()]
        if day != weekday["day"].lower():
            return f"that day was a {day.capitalize()}"
    last = evidence.report.published or evidence.report.accepted
    if last is not None and span.low > last.span.high and not _is_planned(claim, evidence):
        return f"after the report was published ({format_days(last.span)})"
    return ""


def _is_planned(claim: Claim, evidence: Evidence) -> bool:
    """Whether it dates a planned event; an event that is not on record may be planned."""
    found = event_named(claim, evidence.derived) if evidence.derived else None
    return found is None or found[0].planned


RULES = (
    Rule(
        id="C35",
        checks="dates that are not on the calendar, on another weekday, or after the report",
        formula="proleptic Gregorian calendar; a date is at most the publication",
        severity=Severity.ERROR,
        source="calendar",
        example_fail="30 February 2020; Monday, 5 December 2018, a Wednesday",
        example_ok="Wednesday, 5 December 2018",
        check=check_calendar_days,
        yields=True,
    ),
)
