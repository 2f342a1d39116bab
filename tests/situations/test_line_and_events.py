"""Scans that name their line, and events that trials record.

FDA 2018, Appendix 3: clinical progression counts in table C, not in A; EMA 2012 as A.
"""

from __future__ import annotations

import pytest

from tests.situations.records import INPUTS, ended, labels, opened, record

TWO_LINES = """
    scan: 2014-03-22, baseline: 1
    treatment: 2014-04-26/2016-05-20, line: 1, drugs: vemurafenib
    scan: 2016-05-20, line: 1, baseline: 2, target: PD
    treatment: 2016-05-30/2017-03-01, line: 2, drugs: docetaxel
"""


def span(found, index):
    scan = found.status("RECIST 1.1", 1)[index].scan
    low, high = scan.start.span.low, scan.start.span.high
    start = found.case.lines[0].start.start.span.low
    return low - start, high - start


def test_a_scan_of_line_1_by_order_is_before_the_first_scan_of_line_2():
    found, problems = opened(INPUTS / "scans" / "pr.yaml")
    assert not problems
    assert labels(found) == ["PR", "PD"]
    assert span(found, 0) == (0, 755)  # 2014-04-26 to 2016-05-20: 730 + 1 (2016-02-29) + 24


@pytest.mark.parametrize(
    ("scans", "expected", "days"),
    [
        pytest.param(
            "scan: after line 1, line: 1, target: SD\nscan: 2016-08-01, line: 2, target: SD",
            ["SD", "PD"], (0, 755), id="the baseline of line 2 is its first scan",
        ),
        pytest.param(
            "scan: 2016, line: 1, target: SD", ["SD", "PD"], (615, 755),
            id="some day of 2016: up to 20 May",
        ),
        pytest.param(
            "scan: 2014, line: 1, target: SD", ["SD", "PD"], (0, 249),
            id="some day of 2014: from 26 April",
        ),
    ],
)  # fmt: skip
def test_its_days(tmp_path, scans, expected, days):
    found, problems = record(tmp_path, TWO_LINES + scans)
    assert not problems
    assert labels(found) == expected
    assert span(found, 0) == days


def test_a_contradicting_date_is_kept(tmp_path):
    found, problems = record(tmp_path, TWO_LINES + "scan: 2016-08-02, line: 1, target: PD")
    assert not problems
    assert span(found, -1)[0] == 829  # 2 August 2016: 755 + 74


def test_randomisation_is_an_origin():
    """From 2020-01-16 to 2020-03-02 are 46 days, from 2020-01-02 60."""
    found, problems = opened(INPUTS / "scans" / "P87-randomisation.yaml")
    assert not problems
    main = found.outcome("PFS", 1)
    assert ended(found) == (True, 46, 46)
    (other,) = found.other_origins(main)
    assert other.origin.description == "randomisation"
    assert (other.days.low, other.days.high) == (60, 60)


@pytest.mark.parametrize(
    "kind", ["randomisation", "randomization", "registration", "enrolment", "enrollment"]
)
def test_only_the_line_after_it_counts_from_it(tmp_path, kind):
    events = f"""
        treatment: 2019-01-10/2019-06-01, line: 1, drugs: cisplatin
        {kind}: 2020-01-02
        treatment: 2020-01-16/.., line: 2, drugs: docetaxel
        scan: 2020-03-02, line: 2, target: PD
        death: 2020-09-01
    """
    found, problems = record(tmp_path, events)
    assert not problems
    assert found.other_origins(found.outcome("PFS", 1)) == ()
    assert [each.days.low for each in found.other_origins(found.outcome("PFS", 2))] == [60]
    assert [each.days.low for each in found.other_origins(found.outcome("OS", 2))] == [243]


@pytest.mark.parametrize(
    ("policy", "state"),
    [
        ("fda_a", (False, 46, 46)),
        ("fda_b", (False, 46, 46)),
        ("fda_c", (True, 103, 103)),  # 2020-01-16 to 2020-04-28
        ("ema", (False, 46, 46)),
    ],
)
def test_clinical_progression_by_policy(policy, state):
    found, problems = opened(INPUTS / "scans" / "P88-clinical-progression.yaml", pfs_policy=policy)
    assert not problems
    assert ended(found) == state
    assert ended(found, "OS", criterion=None) == (False, 106, 106)  # lost on 2020-05-01
    assert ended(found, "rwPFS", criterion=None) == (True, 103, 103)


def test_progression_of_the_next_line_is_not_that_of_the_first(tmp_path):
    events = TWO_LINES.replace("target: PD", "target: SD") + "progression: 2016-12-01"
    found, problems = record(tmp_path, events, pfs_policy="fda_c")
    assert not problems
    assert ended(found)[0] is False
    assert ended(found, line=2) == (True, 185, 185)  # 30 May to 1 December 2016


def test_nothing_is_seen_after_the_last_contact(tmp_path):
    events = TWO_LINES + "lost to follow-up: 2016-12-01\nscan: 2017-01-05, target: PD"
    _, problems = record(tmp_path, events)
    assert "after last contact" in str(problems[0])


@pytest.mark.parametrize(
    ("first", "finding", "choices"),
    [
        pytest.param(
            "2016-11", "called: PD",
            "may belong to line 1 or 2, or be the baseline of line 2 (write line: 1 if the "
            "progression ended it, line: 2 or baseline: 2, or place it: after line 2)",
            id="PD in the month in which the next line starts mostly ended the line before",
        ),
        pytest.param(
            "2016-11", "called: SD",
            "may belong to line 1 or 2, or be the baseline of line 2 (write line: 1, line: 2 or "
            "baseline: 2, or place it: after line 2)",
            id="stable disease ends no line",
        ),
        pytest.param(
            "2018-12", "called: SD",
            "may belong to line 1 or 2, or precede it (write line: 1, line: 2 or baseline: 2, or "
            "place it: after line 2)",
            id="both lines start in the month: it may come before all",
        ),
    ],
)  # fmt: skip
def test_every_line_that_a_scan_may_belong_to_is_offered(tmp_path, first, finding, choices):
    events = f"""
        treatment: {first}/before line 2, line: 1, drugs: etoposide
        scan: 2018-12, {finding}
        treatment: 2018-12/2021-02, line: 2, drugs: anlotinib
    """
    _, problems = record(tmp_path, events)
    assert [each.what.partition("2018-12 ")[2] for each in problems] == [choices]
