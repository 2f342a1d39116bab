"""An audit for pipelines: annotations of GitHub Actions, and SARIF 2.1.0."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from timeline.auditing import RULES, Rule, Severity, Verdict
from timeline.auditing.finding_lines import FindingLine, PrintedFigure, finding_lines
from timeline.core.problem import Where
from timeline.views.case_report import CaseReport

SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# The commands of a workflow: docs.github.com, Workflow commands for GitHub Actions.
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# What the toolkit of GitHub Actions escapes in a message, and further in a property.
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})
_DOI = re.compile(r"\bdoi:(10\.[0-9]{4,9}/[^\s;,]*[^\s;,.)])")


def github_lines(case_report: CaseReport, verdicts: tuple[Verdict, ...]) -> list[str]:
    """A workflow command for each printed figure with a finding, in the order of the findings.

    Of the form ``::error file=..,line=..,col=..,title=..::message``; a note is a ``notice``.
    No line where there is no finding; one notice where the case names no report.
    """
    lines = [
        _github_line(line, figure, _where(figure, case_report))
        for line in finding_lines(verdicts)
        for figure in line.figures
    ]
    return lines if case_report.report is not None else [_without_report(case_report)]


def _without_report(case_report: CaseReport) -> str:
    file = str(case_report.path).translate(_IN_PROPERTY)
    name = case_report.name.translate(_IN_MESSAGE)
    return (
        f"::notice file={file},title=audit::{name}: names no report, so there is no claim to check"
    )


def _github_line(line: FindingLine, figure: PrintedFigure, where: Where) -> str:
    place = {"line": str(where.line), "col": str(where.column)} if where.line else {}
    properties = {"file": where.file, **place, "title": f"{line.rule} {figure.subject}"}
    written = ",".join(
        f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items()
    )
    message = f"{line.conclusion.value}: {line.text}".translate(_IN_MESSAGE)
    return f"::{_COMMANDS[line.severity]} {written}::{message}"


def sarif_results(case_report: CaseReport, verdicts: tuple[Verdict, ...]) -> list[dict[str, Any]]:
    """The results of one audit: one for each finding, in the order of the findings."""
    return [_result(line, case_report) for line in finding_lines(verdicts)]


def sarif_log(results: Iterable[dict[str, Any]], version: str) -> dict[str, Any]:
    """A SARIF log with one run: every rule of the audit, and the results of all reports.

    Args:
        results: the results of all reports.
        version: the version of this program.

    Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 to 3.27.
    """
    driver = {
        "name": "timeline",
        "semanticVersion": version,
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [*results]}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    """A rule as a reporting descriptor; its help is the DOI of its source, where it has one."""
    doi = _DOI.search(rule.source)
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.checks},
        "fullDescription": {"text": rule.formula},
        "help": {
            "text": f"{rule.formula}. Found: {rule.example_fail}. Not found: {rule.example_ok}. "
            f"Source: {rule.source}"
        },
        **({"helpUri": f"https://doi.org/{quote(doi[1])}"} if doi else {}),
        "defaultConfiguration": {"level": rule.severity.value},
    }


_RULE_INDEX = {rule.id: at for at, rule in enumerate(RULES)}


def _result(line: FindingLine, case_report: CaseReport) -> dict[str, Any]:
    """A finding as a result; the further figures of its cause are related locations."""
    first, *more = line.figures
    key = "|".join((case_report.name, line.rule, first.subject, first.printed))
    related = [
        {"id": number, "message": {"text": f"{each.subject}: {each.printed}"}}
        | _location(each, case_report)
        for number, each in enumerate(more, start=1)
    ]
    return {
        "ruleId": line.rule,
        "ruleIndex": _RULE_INDEX[line.rule],
        "level": line.severity.value,
        "message": {"text": f"{line.conclusion.value}: {line.text}"},
        "locations": [_location(first, case_report)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"finding/v1": hashlib.sha256(key.encode()).hexdigest()},
        "properties": {
            "concern": line.concern.value,
            "conclusion": line.conclusion.value,
            "subject": first.subject,
            "printed": first.printed,
            "recorded": first.recorded,
            "expected": first.expected,
            "rules": list(line.rules),
        },
    }


def _location(figure: PrintedFigure, case_report: CaseReport) -> dict[str, Any]:
    """The claim in the report file, and the places in the report that print it."""
    where = _where(figure, case_report)
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(where.file)}}
    if where.line:
        physical["region"] = {"startLine": where.line, "startColumn": max(where.column, 1)}
    logical = [{"fullyQualifiedName": place} for place in figure.places]
    return {"physicalLocation": physical, **({"logicalLocations": logical} if logical else {})}


def _where(figure: PrintedFigure, case_report: CaseReport) -> Where:
    """The place of a claim; of a date of the report itself, which is no claim, the file."""
    report = case_report.report
    if figure.claim.where.line:
        return figure.claim.where
    return report.where if report and report.where.line else Where(str(case_report.path))


def _uri(file: str) -> str:
    """A path as a URI: relative to the working directory, or ``file:`` where it is absolute."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
