"""A setting is named by every rule and sentence that depends on it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from timeline.auditing import verdicts_by_rule
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.disease.categories import confirmed_within
from timeline.cli.app import app
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.report.claims import Claim, Report
from timeline.settings.response import Settings

CASE = """
case: window
source: report.yaml
events:
  - {scan: 2020-01-01, baseline: 1, sum: 50 mm}
  - {treatment: 2020-01-10/.., line: 1, drugs: nivolumab, criterion: iRECIST}
  - {scan: 2020-03-01, sum: 70 mm, called: iUPD}
  - {scan: 2020-05-10, sum: 90 mm, called: iCPD}
"""
REPORT = """
source: window
case: case.yaml
claims:
  Text:
    - {response: iCPD, of: scan 2020-05-10}
    - {iPFS: 51, unit: days, line: 1}
"""


@pytest.mark.parametrize(
    ("settings", "low", "high"),
    [
        pytest.param({}, 26, 56, id="28 days less 2 of tolerance, to 56"),
        pytest.param({"icpd_late_days": 84, "icpd_max_days": 84}, 26, 84, id="to 84"),
        pytest.param({"icpd_late_days": 84, "icpd_max_days": 70}, 26, 70, id="the sooner end"),
        pytest.param({"icpd_min_days": 42, "icpd_tolerance_days": 0}, 42, 56, id="from 42"),
    ],
)
def test_the_window_of_a_confirmation_is_that_of_the_settings(settings, low, high):
    found = confirmed_within(Settings(**settings))
    assert (found.low, found.high) == (low, high)


# 1 March to 10 May 2020: 30 + 30 + 10 = 70 days
@pytest.mark.parametrize(
    ("settings", "conclusion", "description"),
    [
        pytest.param({}, Conclusion.POSSIBLE, "after 28 to 56 days", id="70 days are late"),
        pytest.param(
            {"icpd_late_days": 84}, Conclusion.AGREES, "after 28 to 84 days", id="84 allowed"
        ),
        pytest.param(
            {"icpd_late_days": 69}, Conclusion.POSSIBLE, "after 28 to 69 days", id="69 not"
        ),
        pytest.param(
            {"icpd_max_days": 69},
            Conclusion.CONTRADICTED,
            "after 28 to 56 days",
            id="later than 69 days confirms nothing by this setting",
        ),
    ],
)
def test_the_rule_of_the_window_follows_the_settings(settings, conclusion, description):
    start = Treatment(at="2020-01-05/", line=1, drugs="nivolumab")
    scans = (
        Scan(at="2020-01-01", baseline=1, sum="50 mm"),
        Scan(at="2020-03-01", sum="70 mm"),
        Scan(at="2020-05-10", sum="90 mm"),
    )
    case, _ = Case.of("c", (start, *scans))
    found, _ = derive(case, Settings(**settings))
    claim = Claim(kind="response", text="iCPD", value="iCPD", of="scan 2020-05-10")
    verdicts = verdicts_by_rule(found, Report(name="s", claims=(claim,)), ())
    window = [each for each in verdicts if each.rule == "C10"]
    if conclusion is Conclusion.AGREES:  # the rule yields to the others where it has nothing to add
        assert not window
        return
    assert [each.conclusion for each in window] == [conclusion]
    assert description in window[0].description


# 1 March to 12 April to 24 May 2020: 42 days each
@pytest.mark.parametrize(
    ("start_of_window", "late"),
    [
        pytest.param("last_iupd", False, id="42 days after the last iUPD"),
        pytest.param("first_iupd", True, id="84 days after the first"),
    ],
)
def test_the_rule_counts_from_the_iupd_that_the_engine_counts_from(start_of_window, late):
    scans = (
        Scan(at="2020-01-01", baseline=1, sum="50 mm"),
        Scan(at="2020-03-01", sum="70 mm"),
        Scan(at="2020-04-12", sum="70 mm"),
        Scan(at="2020-05-24", sum="90 mm"),
    )
    start = Treatment(at="2020-01-05/", line=1, drugs="nivolumab")
    case, _ = Case.of("c", (start, *scans))
    found, _ = derive(case, Settings(icpd_window_from=start_of_window))
    claim = Claim(kind="response", text="iCPD", value="iCPD", of="scan 2020-05-24")
    verdicts = verdicts_by_rule(found, Report(name="s", claims=(claim,)), ())
    window = [each for each in verdicts if each.rule == "C10"]
    assert [("84 days after" in each.description) for each in window] == [True] * late
    (confirmed,) = [each for each in found.status("iRECIST", 1) if each.label == "iCPD"]
    assert ("outside the usual window" in confirmed.why) is late


@pytest.mark.parametrize("command", ["show", "explain", "audit"])
def test_no_text_names_a_window_that_was_set_otherwise(command, tmp_path):
    (tmp_path / "case.yaml").write_text(CASE)
    (tmp_path / "report.yaml").write_text(REPORT)
    file = tmp_path / ("report.yaml" if command == "audit" else "case.yaml")
    words = {"show": ["--all"], "explain": ["iPFS", "--line", "1"], "audit": ["--all"]}[command]
    late = ["--set", "icpd_late_days=84", "--set", "icpd_max_days=84"]
    output = CliRunner().invoke(app, [command, str(file), *words, *late]).output
    assert not [line for line in output.splitlines() if "56" in line]
    assert "outside the usual window" not in output
