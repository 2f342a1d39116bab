"""Claims of a line that was assessed by a criterion which is not derived here."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.report.claims import Claim, Report
from timeline.terminology.endpoints import ENDPOINTS

# The kinds of claims whose value depends on the criterion of the line.
_BY_CRITERION = frozenset({"response", *(row.name for row in ENDPOINTS if row.by_criterion)})


def with_stated_criteria(report: Report, derived: DerivedCase | None) -> Report:
    """The report, in which each response and each time of such a line names its criterion.

    A PFS by RECIST 1.0 is not compared with one by RECIST 1.1: their progression differs.

    Args:
        report: the report with its claims.
        derived: the derived case; None where there is none.

    Returns:
        The report itself if every line was assessed by a criterion that is derived.
    """
    if derived is None:
        return report
    stated = {
        line.number: line.stated_criterion
        for line in derived.case.lines
        if line.is_assessed_otherwise
    }
    if not stated:
        return report
    claims = tuple(_named(claim, derived.case, stated) for claim in report.claims)
    return attrs.evolve(report, claims=claims)


def _named(claim: Claim, case: Case, stated: Mapping[int, str]) -> Claim:
    if claim.criterion or claim.study or claim.group or claim.kind not in _BY_CRITERION:
        return claim
    name = stated.get(_line_of(claim, case) or 0)
    return attrs.evolve(claim, criterion=name) if name else claim


def _line_of(claim: Claim, case: Case) -> int | None:
    """The line of a claim, or that of the scan or treatment that it is about."""
    if claim.line is not None or not claim.of:
        return claim.line
    try:
        event, _ = case.find(claim.of)
    except ValueError:
        return None
    return event.line if isinstance(event, Scan | Treatment) else None
