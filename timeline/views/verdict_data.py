"""The verdicts of an audit as data; a module of its own, so that ``show`` loads no audit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from timeline.auditing import Explanation, Verdict
from timeline.auditing.finding_lines import FindingLine, PrintedFigure, finding_lines
from timeline.auditing.findings import severity, summary
from timeline.auditing.one_verdict import severity_alone
from timeline.views.case_report import CaseReport
from timeline.views.case_view import provisional_texts
from timeline.views.data import claim_data, outcome_data, range_data


def audit_data(case_report: CaseReport, verdicts: tuple[Verdict, ...]) -> dict[str, Any]:
    """An audit: the report, the settings, the findings in their order, and each verdict."""
    report = case_report.report
    return {
        "name": case_report.name,
        "citation": report.citation if report else "",
        "doi": report.doi if report else "",
        "settings": case_report.derived.settings.changed if case_report.derived else {},
        **_provisional(case_report),
        "summary": summary(verdicts),
        "findings": [finding_data(line) for line in finding_lines(verdicts)],
        "verdicts": [verdict_data(verdict) for verdict in verdicts],
    }


def _provisional(case_report: CaseReport) -> dict[str, Any]:
    """What is provisional of the criteria that judge the case; nothing where none is."""
    notes = provisional_texts(case_report.derived) if case_report.derived else ()
    return {"provisional": list(notes)} if notes else {}


def finding_data(line: FindingLine) -> dict[str, Any]:
    """One finding in parts, as the text has them: printed, where, on record, and right."""
    return {
        "concern": line.concern.value,
        "severity": line.severity.value,
        "conclusion": line.conclusion.value,
        "rule": line.rule,
        "text": line.text,
        "figures": [_figure_data(each) for each in line.figures],
        "evidence": [
            {"rule": each.rule, "recorded": each.recorded}
            for each in line.evidence
            if each.recorded
        ],
    }


def _figure_data(figure: PrintedFigure) -> dict[str, Any]:
    return {
        "subject": figure.subject,
        "printed": figure.printed,
        "places": list(figure.places),
        "where": str(figure.claim.where),
        "recorded": figure.recorded,
        "expected": figure.expected,
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
        "description": verdict.description,
        "recorded": verdict.recorded,
        "expected": verdict.expected,
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
        "description": verdict.description,
        "share": _share(verdict.share),
        "notes": list(verdict.notes),
    }


def _explanation(each: Explanation) -> dict[str, Any]:
    return {
        "description": each.description,
        "tier": each.tier,
        "changes": each.changes,
        "conclusion": each.conclusion.value,
        "days": range_data(each.days),
        "share": _share(each.share),
    }


def _share(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 6)
