"""The verdicts of an audit as data; apart from readings, so that to show one loads no audit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from timeline.auditing import Explanation, Verdict
from timeline.auditing.findings import severity, summary
from timeline.auditing.one_verdict import severity_alone
from timeline.views.case_report import CaseReport
from timeline.views.data import outcome_data, range_data


def audit_data(dossier: CaseReport, verdicts: tuple[Verdict, ...]) -> dict[str, Any]:
    """Every verdict of one report."""
    source = dossier.source
    return {
        "name": dossier.name,
        "citation": source.citation if source else "",
        "doi": source.doi if source else "",
        "settings": dossier.reading.settings.changed if dossier.reading else {},
        "summary": summary(verdicts),
        "verdicts": [verdict_data(verdict) for verdict in verdicts],
    }


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """One claim with its verdict and what would reproduce it."""
    claim = verdict.claim
    said = ("kind", "text", "unit", "line", "criterion", "of", "from_", "to", "about", "place")
    return {
        "claim": {name.rstrip("_"): getattr(claim, name) for name in said if getattr(claim, name)},
        "where": str(claim.where),
        "conclusion": verdict.conclusion.value,
        "severity": severity(verdict),
        "rule": verdict.rule,
        "says": verdict.description,
        "share": _share(verdict.share),
        "outcome": outcome_data(verdict.outcome) if verdict.outcome else None,
        "reproduced_by": [_explanation(each) for each in verdict.explanations],
        "definitions_tried": verdict.tried,
        "expected_by_chance": round(verdict.by_chance, 2),
        "notes": list(verdict.notes),
        "evidence": [_evidence(each) for each in verdict.evidence],
    }


def _evidence(verdict: Verdict) -> dict[str, Any]:
    """What a weaker rule found of the same claim."""
    return {
        "rule": verdict.rule,
        "conclusion": verdict.conclusion.value,
        "severity": severity_alone(verdict),
        "says": verdict.description,
        "share": _share(verdict.share),
        "notes": list(verdict.notes),
    }


def _explanation(each: Explanation) -> dict[str, Any]:
    return {
        "says": each.description,
        "tier": each.tier,
        "changes": each.changes,
        "conclusion": each.conclusion.value,
        "days": range_data(each.days),
        "share": _share(each.share),
    }


def _share(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 6)
