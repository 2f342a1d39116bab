"""What a check found, as data; apart from the rest, so that a check loads no engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from timeline.assessment.remarks import Remark
from timeline.views.case_report import CaseReport, LoadResult


def checked_data(opened: Sequence[LoadResult]) -> dict[str, Any]:
    """What a check of files found: how much each sound one holds, and all that is wrong."""
    problems = dict.fromkeys(fault for each in opened for fault in each.problems)
    return {
        "files": [_held(each.dossier) for each in opened if each.dossier],
        "problems": [{**attrs.asdict(each.where), "what": each.what} for each in problems],
    }


def _held(dossier: CaseReport) -> dict[str, Any]:
    case, source = dossier.case, dossier.source
    return {
        "file": str(dossier.path),
        "name": dossier.name,
        "events": len(case.events) if case else 0,
        "lines": len(case.lines) if case else 0,
        "claims": len(source.claims) if source else 0,
        "remarks": remarks_data(dossier.remarks),
    }


def remarks_data(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """What is unusual in a record, each remark with its place, severity and source."""
    return [
        {
            **attrs.asdict(each.where),
            "severity": each.severity,
            "what": each.what,
            "source": each.source,
        }
        for each in remarks
    ]
