"""Audits of a small case and its report, written as YAML: the start of the tests of rules."""

from __future__ import annotations

import functools
from pathlib import Path
from textwrap import indent

from timeline.auditing import Verdict, verdicts_by_rule
from timeline.endpoints.derived_case import DerivedCase, derive
from timeline.files.loader import text_contents

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
    text = REPORT + indent(by_place, "  ")
    contents, problems = text_contents(text, Path("report.yaml"))
    assert not problems, [str(each) for each in problems]
    assert contents.report is not None
    return verdicts_by_rule(derived_of(events, more), contents.report)


@functools.cache
def derived_of(events: str, more: str = "") -> DerivedCase:
    """The case of some events, derived once for all the claims that are held against it."""
    text = f"case: small\nsource: report.yaml\n{more}\nevents:\n{events}"
    contents, problems = text_contents(text, Path("case.yaml"))
    assert not problems, [str(each) for each in problems]
    assert contents.case is not None
    found, problems = derive(contents.case)
    assert found is not None, [str(each) for each in problems]
    return found


def of(rule: str, verdicts: tuple[Verdict, ...]) -> list[Verdict]:
    """The verdicts of one rule."""
    return [each for each in verdicts if each.rule == rule]


def calls(rule: str, verdicts: tuple[Verdict, ...]) -> list[str]:
    """The conclusions of one rule, in order, as words."""
    return [each.conclusion.value for each in of(rule, verdicts)]
