"""The audit: the findings as ``timeline audit`` prints them, and the rules behind them."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.auditing import Conclusion, Verdict
from timeline.auditing.concerns import TITLES
from timeline.auditing.finding_lines import finding_lines
from timeline.auditing.findings import summary
from timeline.auditing.one_verdict import RULE_BY_ID
from timeline.report.claims import Report
from timeline.views.audit_view import line_text
from timeline.views.board_report.content import Block, Items, Paragraph, Section, lines, plural

_NO_REPORT = "The case names no report, so no printed value was checked."
RULES_KEY = "rules"  # of the table of rules
_NOTHING = "No finding: nothing that the report prints is contradicted by the record."


def audit_summary(report: Report | None, verdicts: Sequence[Verdict]) -> str:
    """``278 printed values: 13 errors, 16 warnings ..``; empty without a report."""
    if report is None:
        return ""
    return f"{plural(len(report.claims), 'printed value')}: {summary(verdicts)}"


def audit_section(report: Report | None, verdicts: tuple[Verdict, ...]) -> Section:
    """The findings under the concern that they belong to, then the count of all verdicts."""
    if report is None:
        return Section("audit", "Audit of the report", (Paragraph(_NO_REPORT),))
    found = finding_lines(verdicts)
    blocks: list[Block] = [Paragraph(f"{audit_summary(report, verdicts)}.")]
    if not found:
        blocks.append(Paragraph(_NOTHING))
    for concern in dict.fromkeys(each.concern for each in found):
        texts = tuple(f"{each.rule} {line_text(each)}" for each in found if each.concern is concern)
        blocks += [
            Paragraph(TITLES[concern], strong=True),
            Items(f"findings-{concern}", texts, names=RULES_KEY),
        ]
    if reasons := _unchecked(verdicts):
        blocks += [
            Paragraph("Not checkable, and why", strong=True),
            Items("not-checkable", reasons),
        ]
    return Section("audit", "Audit of the report", tuple(blocks))


def _unchecked(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """Why printed values could not be checked: each reason once, with the values and places."""
    found: dict[str, list[str]] = {}
    for each in verdicts:
        if each.conclusion is Conclusion.NOT_CHECKABLE:
            place = f" [{each.claim.place}]" if each.claim.place else ""
            found.setdefault(each.description, []).append(f"{each.claim}{place}")
    return tuple(f"{why}: {'; '.join(dict.fromkeys(each))}" for why, each in found.items())


def rules_cited(verdicts: Sequence[Verdict]) -> tuple[tuple[str, str, str, str], ...]:
    """The rules behind findings, by id: id, severity, what it checks and how, source."""
    ids = sorted({rule for line in finding_lines(verdicts) for rule in line.rules})
    rows = (RULE_BY_ID.get(each) for each in ids)
    return tuple(
        (row.id, row.severity_words, lines(row.checks, row.formula), row.source)
        for row in rows
        if row is not None
    )
