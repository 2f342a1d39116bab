"""The three reports side by side: what two of them print of one cited study."""

from __future__ import annotations

import pytest

from tests.auditing.by_report import ROOT
from timeline.auditing import Conclusion, verdicts_by_rule
from timeline.files.loader import load

REPORTS = ("wang2023", "jin2025", "liu2025")
SHARED = [
    pytest.param(
        "wang2023", "percent ORR (NCT03798106): 28.3", Conclusion.POSSIBLE,
        id="28.3 is 13 of 46, the PR alone; 30.4 in Jin is 14 of 46, with the CR",
    ),
    pytest.param("jin2025", "percent ORR (NCT03798106): 30.4", Conclusion.POSSIBLE,
                 id="28.3 in Wang"),
    pytest.param(
        "wang2023", "rate of PFS at 3 months (Wilky 2019): 65.6", Conclusion.AGREES,
        id="65.6 in Jin",
    ),
    pytest.param("liu2025", "median PFS (Li 2021): 27.9 weeks", Conclusion.AGREES,
                 id="27.9 in Jin"),
    pytest.param("liu2025", "OS (Li 2021): 56.6 weeks", Conclusion.AGREES, id="56.6 in Jin"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found():
    """By report and claim, the verdict of K42 with the other reports."""
    sources = {name: load(ROOT / "seeds" / f"{name}.yaml")[0] for name in REPORTS}
    return {
        (name, str(verdict.claim)): verdict.conclusion
        for name, source in sources.items()
        for verdict in verdicts_by_rule(
            None, source, tuple(s for n, s in sources.items() if n != name)
        )
        if verdict.rule == "K42"
    }


@pytest.mark.parametrize(("report", "claim", "conclusion"), SHARED)
def test_a_study_that_two_reports_cite(found, report, claim, conclusion):
    assert found[report, claim] is conclusion


def test_nothing_else_differs_between_the_reports(found):
    known = {tuple(each.values[:2]) for each in SHARED}
    assert (
        not {key for key, conclusion in found.items() if conclusion is not Conclusion.AGREES}
        - known
    )
