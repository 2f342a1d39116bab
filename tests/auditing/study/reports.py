"""Small reports in memory: what one rule of a study says of a few claims."""

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


@attrs.frozen
class Case:
    """What a rule says of some claims (None: nothing), why, and what the case is there for.

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


def said(rule: str, told: Report, *beside: Report) -> list[Verdict]:
    """Every verdict that one rule gives, by itself."""
    row = next(each for each in RULES if each.id == rule)
    return list(row.check(Evidence(report=told, other_reports=beside)))


def check(case: Case, tmp_path: Path) -> None:
    """The gravest verdict of the rule is the one expected; nothing where nothing is."""
    calls = [verdict.conclusion for verdict in said(case.rule, source(case.claims, tmp_path))]
    gravest = next((conclusion for conclusion in (C, P, A, N) if conclusion in calls), None)
    assert gravest is case.conclusion
