"""Small reports in memory: the verdicts of one rule of a study on a few claims."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from timeline.auditing import Conclusion, Verdict
from timeline.auditing.rule import Evidence
from timeline.auditing.rules import RULES
from timeline.files.loader import load
from timeline.report.claims import Report

A, P, C, N = (
    Conclusion.AGREES,
    Conclusion.POSSIBLE,
    Conclusion.CONTRADICTED,
    Conclusion.NOT_CHECKABLE,
)
FIRES, SILENT, BAD = "fires", "silent", "bad input"
# Parts of claims that several tables use.
RESPONSES = """
    {count: 1, about: PR, n: 15}
    {count: 10, about: SD, n: 15}
    {count: 4, about: PD, n: 15}
    {count: 0, about: CR, n: 15}
"""
MEDIAN = "unit: months, statistic: median"
STUDY = """
    {date: April 2022, of: start of the study period}
    {date: November 2023, of: end of the study period}
    {date: April 2024, of: cut-off}
"""
ORIGIN = "{name: start of treatment, about: origin of OS}\n"


@attrs.frozen
class Case:
    """The expected conclusion of a rule on some claims (None: no verdict), and why.

    ``claims``: a claim a line, as in a source file, without the dash.
    """

    rule: str
    conclusion: Conclusion | None
    why: str
    claims: str
    of: str = ""

    @property
    def shows(self) -> str:
        """Whether the case shows the rule firing, silent, or on bad input."""
        return self.of or (FIRES if self.conclusion in (C, P) else SILENT)


def params(cases):
    return [pytest.param(case, id=f"{case.rule}: {case.why}") for case in cases]


def source(claims: str, tmp_path: Path, name: str = "s") -> Report:
    """The source that holds the claims; every one must read."""
    lines = [line.strip() for line in claims.strip().splitlines()]
    path = tmp_path / f"{name}.yaml"
    path.write_text(f"source: {name}\nclaims:\n" + "".join(f"  - {line}\n" for line in lines))
    found, problems = load(path)
    assert not problems, [str(each) for each in problems]
    assert isinstance(found, Report)
    return found


def verdicts_of(rule: str, report: Report, *other_reports: Report) -> list[Verdict]:
    """Every verdict that one rule gives, by itself."""
    row = next(each for each in RULES if each.id == rule)
    return list(row.check(Evidence(report=report, other_reports=other_reports)))


def check(case: Case, tmp_path: Path) -> None:
    """The strongest conclusion of the rule is the one expected; None where it gives none."""
    conclusions = [
        verdict.conclusion for verdict in verdicts_of(case.rule, source(case.claims, tmp_path))
    ]
    strongest = next((conclusion for conclusion in (C, P, A, N) if conclusion in conclusions), None)
    assert strongest is case.conclusion
