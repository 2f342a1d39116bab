"""The verdicts of an audit as data; a module of its own, so that ``show`` loads no audit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from timeline.auditing import Explanation, Verdict
from timeline.auditing.findings import severity, summary
from timeline.auditing.one_verdict import severity_alone
from timeline.views.case_report import CaseReport
from timeline.views.data import claim_data, outcome_data, range_data


def audit_data(case_report: CaseReport, verdicts: tuple[Verdict, ...]) -> dict[str, Any]:
    """An audit: the report, the settings, and each verdict."""
    report = case_report.report
    return {
        "name": case_report.name,
        "citation": report.citation if report else "",
        "doi": report.doi if report else "",
        "settings": case_report.derived.settings.changed if case_report.derived else {},
        "summary": summary(verdicts),
        "verdicts": [verdict_data(verdict) for verdict in verdicts],
    }


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """One verdict: its claim, the conclusion, and the definitions that would reproduce it."""
    claim = verdict.claim
    return {
        "claim": claim_data(claim),
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
    """The verdict of a weaker rule on the same claim."""
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
