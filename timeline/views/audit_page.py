"""An audit as a page, HTML or Markdown: one content, and a template for each format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

import attrs

from timeline.auditing import Conclusion, Verdict, unchecked
from timeline.auditing.concerns import TITLES as CONCERN_TITLES
from timeline.auditing.finding_basis import events_behind
from timeline.auditing.finding_lines import FindingLine, finding_lines
from timeline.auditing.findings import Finding, summary, without_finding
from timeline.auditing.one_verdict import RULE_BY_ID
from timeline.auditing.rule import Rule
from timeline.core.text.inert_text import markdown_text, xml_text
from timeline.files.output_files import write_file
from timeline.record.case import Case
from timeline.record.events import Event
from timeline.settings.setting import in_words
from timeline.views.audit_view import WITHOUT_FINDING
from timeline.views.case_report import CaseReport
from timeline.views.case_view import provisional_texts
from timeline.views.unbroken import unbroken

TEMPLATES = {".html": "audit.html.j2", ".md": "audit.md.j2"}


@attrs.frozen(kw_only=True)
class Page:
    """The content of the page of one audit."""

    name: str
    title: str
    citation: str
    doi: str
    summary: str
    settings: tuple[str, ...]
    provisional: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]  # a section for each concern
    sections: tuple[dict[str, Any], ...]  # what is no finding
    unchecked: tuple[dict[str, str], ...]
    rules: tuple[Rule, ...]  # those that the page names, by id


def page(case_report: CaseReport, verdicts: tuple[Verdict, ...]) -> Page:
    """The content of a page: the findings in the order of an editor, what was not checked last."""
    report, derived = case_report.report, case_report.derived
    changed = derived.settings.changed if derived else {}
    claims = len(report.claims) if report else 0
    findings = tuple(_finding_sections(verdicts, case_report.case))
    sections = tuple(_sections_without_finding(verdicts))
    rows = [row for section in (*findings, *sections) for row in section["rows"]]
    ids = {rule for row in rows for rule in row.get("rules", (row["rule"],))}
    return Page(
        name=case_report.name,
        title=report.title if report else "",
        citation=report.citation if report else "",
        doi=report.doi if report else "",
        summary=f"{claims} claims: {summary(verdicts)}",
        settings=tuple(f"{name} = {in_words(value)}" for name, value in changed.items()),
        provisional=provisional_texts(derived) if derived else (),
        findings=findings,
        sections=sections,
        unchecked=tuple(
            {"why": why, "kinds": kinds}
            for why, kinds in unchecked(without_finding(verdicts)).items()
        ),
        rules=tuple(RULE_BY_ID[each] for each in sorted(ids & {*RULE_BY_ID})),
    )


def _finding_sections(verdicts: tuple[Verdict, ...], case: Case | None) -> Iterator[dict[str, Any]]:
    """A section for each concern that has a finding."""
    lines = finding_lines(verdicts)
    for concern in dict.fromkeys(each.concern for each in lines):
        rows = [_line(each, case) for each in lines if each.concern is concern]
        yield {"title": CONCERN_TITLES[concern], "css": "finding", "rows": rows}


def _line(line: FindingLine, case: Case | None) -> dict[str, Any]:
    """The row of a finding: a part for each printed figure, and what its verdicts rest on."""
    return {
        "rule": line.rule,
        "rules": tuple(dict.fromkeys((*line.rules, *_rules_behind(line)))),
        "checks": RULE_BY_ID[line.rule].checks if line.rule in RULE_BY_ID else "",
        "conclusion": line.conclusion.value,
        "severity": line.severity.value,
        "figures": [
            {
                "subject": each.subject,
                "printed": each.printed,
                "place": f"[{'; '.join(each.places)}]" if each.places else "",
                "recorded": each.recorded,
                "expected": each.expected,
            }
            for each in line.figures
        ],
        "evidence": [each.recorded for each in line.evidence if each.recorded],
        "events": [f"{each.label} ({_line_of(each)})" for each in events_behind(line, case)],
        "rests_on": [_finding(each) for each in line.findings],
    }


def _rules_behind(line: FindingLine) -> Iterator[str]:
    """The ids of the rules in what a finding rests on."""
    for finding in line.findings:
        for each in (finding.verdict, *finding.verdict.evidence, *finding.related):
            if each.rule:
                yield each.rule


def _line_of(event: Event) -> str:
    """The line of an event in its file: ``wang2023.yaml, line 41``."""
    where = event.where
    return f"{PurePath(where.file).name}, line {where.line}" if where.line else where.file


def _sections_without_finding(verdicts: tuple[Verdict, ...]) -> Iterator[dict[str, Any]]:
    """A section for each conclusion that is no finding, if a claim has it."""
    for conclusion, title in WITHOUT_FINDING.items():
        members = [each for each in without_finding(verdicts) if each.conclusion is conclusion]
        rows = [_row(each, (each.claim.place,) if each.claim.place else ()) for each in members]
        if rows:
            long = conclusion is Conclusion.POSSIBLE
            css = conclusion.value
            yield {"title": title, "css": css, "rows": rows, "long": long}


def _finding(finding: Finding) -> dict[str, Any]:
    """The row of a claim with its verdict; its notes include evidence and related claims."""
    verdict = finding.verdict
    below = (
        *(
            f"{each.rule}: {'; '.join((each.description, *each.notes))}"
            for each in verdict.evidence
        ),
        *(f"also {each.claim}: {each.description}" for each in finding.related),
    )
    row = _row(verdict, finding.places)
    return {**row, "notes": (*verdict.notes, *below)}


def _row(verdict: Verdict, places: tuple[str, ...]) -> dict[str, Any]:
    return {
        "claim": str(verdict.claim),
        "place": f"[{'; '.join(places)}]" if places else "",
        "rule": verdict.rule,
        "description": verdict.description,
        "notes": verdict.notes,
    }


def write(path: Path, case_report: CaseReport, verdicts: tuple[Verdict, ...]) -> None:
    """Write the page of an audit. Text that comes from a file is escaped.

    Args:
        path: the page; its suffix, ``.html`` or ``.md``, is the format.
        case_report: what was audited.
        verdicts: its verdicts.

    Raises:
        ValueError: the suffix is unknown, or the file may not be replaced.
        OSError: the file cannot be written.
    """
    if path.suffix not in TEMPLATES:
        raise ValueError(f"unknown kind of report: {path.suffix!r} (write {', '.join(TEMPLATES)})")
    text = render(TEMPLATES[path.suffix], page(case_report, verdicts))
    write_file(path, text.encode())


def render(template: str, content: Page) -> str:
    """The text of a page. Text that comes from a file is escaped, in HTML and in Markdown."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=jinja2.select_autoescape(["html.j2"]),
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["md"] = markdown_text
    environment.filters["dated"] = unbroken
    return xml_text(environment.get_template(template).render(page=content))
