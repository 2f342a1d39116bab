"""Audits of a small case and its report, written as YAML: the start of the tests of rules."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent

from timeline.auditing import Verdict
from timeline.views.case_report import load_all

REPORT = """
source: small
received: 2021-06-01
accepted: 2021-09-01
published: 2021-10-01
case: case.yaml
claims:
"""


def audited(events: str, claims: str, more: str = "") -> tuple[Verdict, ...]:
    """The verdicts on the claims of a small report.

    Args:
        events: the events of the case, a YAML list.
        claims: the claims, a YAML list; or several lists by place, ``Text:`` or ``A:`` first.
        more: further keys of the case.
    """
    has_places = claims.lstrip().startswith(("Text:", "A:"))
    by_place = claims if has_places else f"Text:\n{indent(claims, '  ')}"
    with TemporaryDirectory() as folder:
        case, report = Path(folder, "case.yaml"), Path(folder, "report.yaml")
        case.write_text(f"case: small\nsource: report.yaml\n{more}\nevents:\n{events}", "utf-8")
        report.write_text(REPORT + indent(by_place, "  "), "utf-8")
        case_reports, problems = load_all([case])
        assert not problems, [str(each) for each in problems]
        return case_reports[0].audit_by_rule()


def of(rule: str, verdicts: tuple[Verdict, ...]) -> list[Verdict]:
    """The verdicts of one rule."""
    return [each for each in verdicts if each.rule == rule]


def calls(rule: str, verdicts: tuple[Verdict, ...]) -> list[str]:
    """The conclusions of one rule, in order, as words."""
    return [each.conclusion.value for each in of(rule, verdicts)]
