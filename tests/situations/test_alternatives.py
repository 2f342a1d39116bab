"""Outcomes of which the record leaves open which value they have, and the prints of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.situations.records import opened
from timeline.auditing.comparison.compare import Conclusion
from timeline.cli.app import app

INPUTS = Path(__file__).parent / "inputs" / "alternatives"


def reading(tmp_path, events):
    file = tmp_path / "case.yaml"
    file.write_text(f"case: one\nevents:\n{events}")
    found, problems = opened(file)
    assert not problems, problems
    return found


def values(read, name, line=1):
    outcome = read.outcome(name, line)
    return [(each.state, each.days.low, each.days.high) for each in outcome.alternatives]


def verdicts(name):
    result = CliRunner().invoke(app, ["audit", str(INPUTS / "reports" / name), "--json"])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.output)[0]["verdicts"]


NOT_CHECKABLE, POSSIBLE = Conclusion.NOT_CHECKABLE, Conclusion.POSSIBLE
# report, figure, print, verdict, why
ROWS = [
    ("tot3.yaml", "ToT", "5", POSSIBLE, "a period of one year lasts 0 to 364 days"),
    ("dor.yaml", "DoR", "6", NOT_CHECKABLE, "a response that goes on is open above"),
    ("dor.yaml", "PFS", "8", NOT_CHECKABLE, "beyond the follow-up"),
    ("und.yaml", "PFS", "8", POSSIBLE, "grown may be SD; then it is censored at 59 days"),
    ("und.yaml", "TTP", "over 8", POSSIBLE, "the same, as a lower bound"),
    ("ipfs2.yaml", "iPFS", "1.5", POSSIBLE, "47 days in one reading"),
    ("ipfs2.yaml", "iPFS", "5.0", POSSIBLE, "153 days in the other"),
    ("crash.yaml", "PFS", "10", POSSIBLE, "a start without a first day has no ceiling"),
    ("last.yaml", "OS", "5", POSSIBLE, "a later scan by order may lie at any day"),
    ("last.yaml", "ToT", "5", POSSIBLE, "the same last moment"),
]  # fmt: skip


@pytest.mark.parametrize(("report", "kind", "text", "conclusion", "why"), ROWS)
def test_a_print_is_compared_with_each_alternative(report, kind, text, conclusion, why):
    shown = {
        each["conclusion"]
        for each in verdicts(report)
        if each["claim"]["kind"] == kind and each["claim"]["text"] == text
    }
    allowed = {
        conclusion.value,
        Conclusion.POSSIBLE.value,
    }  # a convention of time is named as a warning (C08)
    assert shown, why
    assert shown <= allowed, why


def test_a_sum_of_lines_excludes_an_ongoing_line():
    assert not [each for each in verdicts("c06.yaml") if each["rule"] == "C06"]


def test_a_measured_case_is_written_as_json():
    result = CliRunner().invoke(app, ["show", str(INPUTS / "cases" / "m.yaml"), "--json"])
    assert result.exit_code == 0, result.output
    scan = json.loads(result.output)["events"][0]
    assert {"name": "T1", "value": "24 mm"} in scan["lesions"]


BASE = "  - {scan: 2020-01-01, baseline: 1}\n  - {treatment: 2020-01-02/.., line: 1, drugs: x}\n"


def test_two_interpretations_have_two_values_each_with_its_condition(tmp_path):
    """2 January to 1 March 2020 are 59 days; to 1 June 151."""
    read = reading(
        tmp_path,
        BASE + "  - {scan: 2020-03-01, line: 1, target: grown}\n"
        "  - {scan: 2020-06-01, line: 1, target: PD}\n",
    )
    assert values(read, "PFS") == [("event", 59, 59), ("event", 151, 151)]
    outcome = read.outcome("PFS", 1)
    assert [each.condition for each in outcome.alternatives] == [
        "if grown on 2020-03-01 means PD",
        "if grown on 2020-03-01 means SD",
    ]
    assert outcome.event is True
    assert len(outcome.together) == 2


def test_values_that_touch_are_one_range(tmp_path):
    """PD in March or in April 2020: 59 to 89 or 90 to 119 days, no day between."""
    read = reading(
        tmp_path,
        BASE + "  - {scan: 2020-03, line: 1, target: grown}\n"
        "  - {scan: 2020-04, line: 1, target: PD}\n",
    )
    assert values(read, "PFS") == [("event", 59, 89), ("event", 90, 119)]
    (group,) = read.outcome("PFS", 1).together
    assert (group.days.low, group.days.high) == (59, 119)


def test_a_response_that_may_be_at_either_scan_has_a_duration_from_each(tmp_path):
    """PD on 1 July: 122 days from 1 March, 61 from 1 May."""
    read = reading(
        tmp_path,
        BASE + "  - {scan: 2020-03-01, line: 1, target: shrunk}\n"
        "  - {scan: 2020-05-01, line: 1, target: PR}\n"
        "  - {scan: 2020-07-01, line: 1, target: PD}\n",
    )
    outcome = read.outcome("DoR", 1)
    assert values(read, "DoR") == [("event", 61, 61), ("event", 122, 122)]
    assert [each.condition for each in outcome.alternatives] == [
        "if shrunk on 2020-03-01 means SD",
        "if shrunk on 2020-03-01 means PR",
    ]
    assert not outcome.may_be_none


def test_a_response_that_may_be_none_is_marked(tmp_path):
    read = reading(tmp_path, BASE + "  - {scan: 2020-03-01, line: 1, target: shrunk}\n")
    outcome = read.outcome("DoR", 1)
    assert outcome.may_be_none
    assert values(read, "DoR") == [("censored", 0, 0)]
    assert outcome.alternatives[0].allowed.high == float("inf")
    assert values(read, "TTR") == [("event", 59, 59), ("censored", 59, 59)]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2021/2021", (0, 364)),
        ("2021-03/2021-03", (0, 30)),
        ("2021-03-05/2021-03-05", (0, 0)),
        ("2020~/2020~", (0, None)),
    ],
)
def test_the_two_ends_of_a_period_are_two_moments(tmp_path, written, days):
    read = reading(tmp_path, f"  - {{treatment: {written}, line: 1, drugs: x}}\n")
    ((state, low, high),) = values(read, "ToT")
    assert (state, low) == ("event", days[0])
    assert high == days[1] or (days[1] is None and high > 364)
