"""Twice as many claims of one kind take about twice the work: calls are counted, not seconds."""

from __future__ import annotations

import sys

import pytest

from tests.bench.sizes import CASE, MANNERS, SOURCE, report
from timeline.auditing import audit
from timeline.views.case_report import load_all

FEW = 70
MOST = 2.6  # 2 is linear growth, 4 quadratic; what sorts, or is worked out once, moves it a little
ROWS = (  # a kind of claim, in what its claims differ, calls a claim at most, and what went wrong
    ("rate", "figures", 1_500, "each rate was held against each other, and against all medians"),
    ("percent-of", "cited", 2_500, "the failing percentages were solved for each of them"),
    ("percent-part", "figures", 2_500, "the parts were gathered for each percentage"),
    ("lab-units", "case, figures", 1_500, "each value was paired with each other"),
    ("values", "figures", 1_500, "the values were held against those of each other claim"),
    ("date", "case, alike", 1_500, "one date was tried anew for each place that prints it"),
)


def calls(row, manner, claims, folder):
    """How many functions are called to audit so many claims of a kind."""
    path = folder / "sizes2024.yaml"
    path.write_text(report(row, MANNERS[manner], claims), "utf-8")
    (case_report,), _ = load_all([path])
    counted = 0

    def count(_frame, event, _arg):
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        audit(case_report.derived, case_report.report)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(("row", "manner", "each", "why"), ROWS, ids=[row for row, *_ in ROWS])
def test_the_work_grows_with_the_claims(row, manner, each, why, tmp_path):
    case = CASE.read_text("utf-8").replace("source: ../seeds/wang2023.yaml", SOURCE)
    (tmp_path / "case.yaml").write_text(case, "utf-8")
    calls(row, manner, FEW, tmp_path)  # prints that are read once are kept
    few, many = (calls(row, manner, claims, tmp_path) for claims in (FEW, 2 * FEW))
    assert many < MOST * few, why
    assert many < 2 * FEW * each, why
