"""The result of a check as data; a module of its own, so that a check loads no engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from timeline.assessment.remarks import Remark
from timeline.views.case_report import CaseReport, LoadResult


def checked_data(results: Sequence[LoadResult]) -> dict[str, Any]:
    """The result of a check: what each valid file holds, and all problems."""
    problems = dict.fromkeys(fault for each in results for fault in each.problems)
    return {
        "files": [_file_data(each.case_report) for each in results if each.case_report],
        "problems": [{**attrs.asdict(each.where), "what": each.what} for each in problems],
    }


def _file_data(case_report: CaseReport) -> dict[str, Any]:
    case, report = case_report.case, case_report.report
    return {
        "file": str(case_report.path),
        "name": case_report.name,
        "events": len(case.events) if case else 0,
        "lines": len(case.lines) if case else 0,
        "claims": len(report.claims) if report else 0,
        "remarks": remarks_data(case_report.remarks),
    }


def remarks_data(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """The remarks on a record, each with its place, severity and source."""
    return [
        {
            **attrs.asdict(each.where),
            "severity": each.severity,
            "what": each.what,
            "source": each.source,
        }
        for each in remarks
    ]
