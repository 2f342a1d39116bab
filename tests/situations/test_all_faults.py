"""Faults that do not depend on one another are listed together, each at its own place."""

from __future__ import annotations

import pytest

from timeline.files.loader import load

HEAD = """case: c
report: {title: A report}
events:
  - {treatment: 2020-01-01/2020-06, line: 1, drugs: x}
  - {treatment: 2020-06/.., line: 2, drugs: y}
"""
UNKNOWN = "  - {symptom: after surgry, what: cough}\n"
OPEN_LINE = "  - {scan: 2020-06, called: SD}\n"
NO_LINE = "  - {dose held: 2020-03, line: 7, reason: toxicity}\n"
EARLIER = "  - {scan: 2020-03-01, line: 1, earlier-new: grown}\n"
BAD_DATE = "  - {lab: 5 May 2020, values: {CEA: 3 ng/mL}}\n"
CLAIM = "claims:\n  Abstract:\n    - {interval: 3, unit: months, from: line 1, to: relapse}\n"


@pytest.mark.parametrize(
    ("entries", "stated"),
    [
        ((UNKNOWN, CLAIM), ("'surgry'", "to: no such event: 'relapse'")),
        ((NO_LINE, OPEN_LINE), ("line 7", "may belong to line 1 or 2")),
        ((NO_LINE, OPEN_LINE, CLAIM), ("line 7", "may belong to line", "'relapse'")),
        ((BAD_DATE, CLAIM), ("5 May 2020", "'relapse'")),
        ((BAD_DATE, CLAIM.replace("relapse", "lab")), ("5 May 2020",)),
        ((NO_LINE, EARLIER), ("line 7", "but no earlier scan")),
    ],
)
def test_faults_together(entries, stated, tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(HEAD + "".join(entries), "utf-8")
    case, problems = load(path)
    assert case is None
    assert len(problems) == len(stated), [each.what for each in problems]
    assert all(any(text in each.what for each in problems) for text in stated)
    assert len({each.where.line for each in problems}) == len(stated)
