"""Patients whose sums are stated one by one, for the figures of change; by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.renderers.patients import case_of
from timeline.endpoints.derived_case import DerivedCase, derive
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.events import Death, Event, LastContact, Scan, Treatment

# Days of the scans since the start of the line, 1 January 2021
DATES = {59: "2021-03-01", 120: "2021-05-01", 181: "2021-07-01", 243: "2021-09-01"}


def patient(
    name: str,
    *scans: Any,
    base: str = "100 mm",
    end: str = "2021-12-01",
    dies: bool = False,
    **treated: Any,
) -> DerivedCase:
    """A line from the first of January 2021, scanned every other month; a text is a sum."""
    found: list[Event] = [Scan(at="2020-12-20", baseline=1, sum=base)]
    treatment = {"at": "2021-01-01/..", "criterion": "RECIST 1.1", **treated}
    found.append(Treatment(line=1, drugs=(drug_dose("doxorubicin"),), **treatment))
    for date, scan in zip(DATES.values(), scans, strict=False):
        findings = {"sum": scan, "new": "none"} if isinstance(scan, str) else scan
        found.append(Scan(at=findings.pop("at", date), **findings))
    found.append(Death(at=end) if dies else LastContact(at=end))
    reading, problems = derive(case_of(name, *found))
    assert reading is not None, problems
    return reading


def sums(*series: Sequence[str]) -> list[DerivedCase]:
    """A patient for each series of sums, named A, B, .."""
    return [patient(chr(65 + n), *each) for n, each in enumerate(series)]
