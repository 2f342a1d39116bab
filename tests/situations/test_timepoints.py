"""Several scans of one assessment are one time point.

Sums by hand. Eisenhauer 2009: PR -30 % from baseline, PD +20 % and 5 mm from the nadir, 4.4.2 a
target not assessed. FDA 2018, Appendix: progression on the first date that shows it.
"""

from __future__ import annotations

import pytest

from tests.situations.records import INPUTS, ended, labels, opened, record

HEAD = "lesions: {T1: {organ: lung}, T2: {organ: liver}, N1: {organ: neck, node: yes}}"
BASE = """
    scan: 2022-01-03, baseline: 1, lesions: {T1: 28 mm, T2: 20 mm}
    treatment: 2022-01-10/.., line: 1, drugs: docetaxel
"""


def test_public_row_p73():
    """27 + 19 = 46 of 48 mm: SD; from 2022-01-10 to 2022-03-09 are 58 days."""
    found, problems = opened(INPUTS / "scans" / "P73-two-modalities.yaml")
    assert not problems
    assert labels(found) == ["SD"]
    assert ended(found) == (False, 58, 58)


@pytest.mark.parametrize(
    ("scans", "expected", "state"),
    [
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 18 mm}, new: none
               scan: 2022-03-12, lesions: {T2: 15 mm}, new: none""",
            ["PR"], (False, 61, 61), id="18 + 15 = 33 of 48 mm, -31.25 %: PR on the last day",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 30 mm}, new: none
               scan: 2022-03-12, lesions: {T2: 28 mm}, new: none""",
            ["PD"], (True, 61, 61), id="58 of 48 mm, +20.8 %: only both show it, the last day",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 60 mm}, new: none
               scan: 2022-03-12, lesions: {T2: 20 mm}, new: none""",
            ["PD"], (True, 56, 56), id="60 of 48 mm at the first: PD on its day, whatever T2 is",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 28 mm}, new: liver
               scan: 2022-03-12, lesions: {T2: 20 mm}, new: none""",
            ["PD"], (True, 56, 56), id="a new lesion on the first day",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 28 mm}, new: none
               scan: 2022-03-12, lesions: {T2: 20 mm}, new: liver""",
            ["PD"], (True, 61, 61), id="a new lesion on the second day",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 28 mm, T2: not evaluated}, new: none
               scan: 2022-03-12, lesions: {T2: 20 mm}, new: NE""",
            ["SD"], (False, 61, 61), id="not evaluated at one, measured at the other",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 28 mm}, new: none
               scan: 2022-03-22, lesions: {T2: 20 mm}, new: none""",
            ["NE", "NE"], (False, 0, 0), id="15 days apart: two time points",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 28 mm}, timepoint: week 8, new: none
               scan: 2022-03-29, lesions: {T2: 20 mm}, timepoint: week 8, new: none""",
            ["SD"], (False, 78, 78), id="22 days apart, but one time point by its name",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 28 mm}, timepoint: A, new: none
               scan: 2022-03-09, lesions: {T2: 20 mm}, timepoint: B, new: none""",
            ["NE", "NE"], (False, 0, 0), id="two names: two time points",
        ),
        pytest.param(
            """scan: 2022-03, lesions: {T1: 28 mm}, new: none
               scan: 2022-03, lesions: {T2: 20 mm}, new: none""",
            ["NE", "NE"], (False, 0, 0), id="some day of a month each: up to 30 days apart",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 18 mm, T2: 12 mm}, new: none
               scan: 2022-03-14, new: bone""",
            ["PR", "PD"], (True, 63, 63), id="whole by itself: the PR stands, PD a week later",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 26 mm, T2: 20 mm}, new: none
               scan: 2022-03-14, lesions: {T1: 24 mm, T2: 20 mm}, new: none""",
            ["SD", "SD"], (False, 63, 63), id="the same lesions twice: two assessments",
        ),
        pytest.param(
            """scan: 2022-03-07, lesions: {T1: 28 mm}, new: none
               scan: 2022-03-07, lesions: {T2: 20 mm}, new: none""",
            ["SD"], (False, 56, 56), id="two scans of one day",
        ),
    ],
)  # fmt: skip
def test_what_scans_come_to_together(tmp_path, scans, expected, state):
    found, problems = record(tmp_path, BASE + scans, HEAD)
    assert not problems
    assert labels(found) == expected
    event, low, high = ended(found)
    if "NE" in expected or state[0] is False:
        assert event is False
    assert (event, low, high) == state


def test_three_scans_of_targets_and_non_targets(tmp_path):
    scans = """
        scan: 2022-03-07, lesions: {T1: 10 mm}, new: none
        scan: 2022-03-08, lesions: {T2: 10 mm}, new: none
        scan: 2022-03-10, non-target: absent, new: none
        scan: 2022-05-07, lesions: {T1: absent, T2: absent}, non-target: absent, new: none
    """
    found, problems = record(tmp_path, BASE + scans, HEAD)
    assert not problems
    assert labels(found) == ["PR", "CR"]
    assert ended(found, "TTR") == (True, 59, 59)  # 10 March, the last scan of the assessment


def test_a_baseline_of_two_scans(tmp_path):
    events = """
        scan: 2022-01-03, baseline: 1, lesions: {T1: 28 mm}
        scan: 2022-01-05, baseline: 1, lesions: {T2: 20 mm}
        treatment: 2022-01-10/.., line: 1, drugs: docetaxel
        scan: 2022-03-07, lesions: {T1: 18 mm, T2: 15 mm}, new: none
    """
    found, problems = record(tmp_path, events, HEAD)
    assert not problems
    assert labels(found) == ["PR"]
    assert sum(status.is_baseline for status in found.statuses) == 2


def test_the_output_names_the_joined_scans_and_the_setting(tmp_path):
    scans = """
        scan: 2022-03-07, lesions: {T1: 27 mm}, new: none
        scan: 2022-03-09, lesions: {T2: 19 mm}, new: none
    """
    found, _ = record(tmp_path, BASE + scans, HEAD)
    reasons = [status.why for status in found.status("RECIST 1.1", 1)]
    assert all("within 14 days, setting timepoint_days" in why for why in reasons)
    apart, _ = record(tmp_path, BASE + scans, HEAD, timepoint_days=0)
    assert labels(apart) == ["NE", "NE"]


@pytest.mark.parametrize(
    ("one", "other", "fault"),
    [
        ("lesions: {T1: 20 mm}", "lesions: {T1: 22 mm}", "T1 is measured twice"),
        ("target: SD", "target: PR", "target is given twice"),
        ("non-target: absent", "non-target: present", "non-target is given twice"),
    ],
)
def test_contradictions_within_a_named_time_point_are_refused(tmp_path, one, other, fault):
    scans = f"""
        scan: 2022-03-07, timepoint: A, {one}
        scan: 2022-03-09, timepoint: A, {other}
    """
    _, problems = record(tmp_path, BASE + scans, HEAD)
    assert fault in str(problems[0])
    assert ":7:" in str(problems[0]) or ":8:" in str(problems[0])


@pytest.mark.parametrize(
    ("name", "expected", "best"),
    [
        ("P60a-cr-then-pr-late", ["CR", "PD"], ("CR", "SD")),
        ("P60c-labels-cr-then-pr", ["CR", "PD", "PD"], ("CR", "SD")),
        ("P62-late-pd-only", ["NE", "NE", "PD"], ("PD", "PD")),
        ("P65-eortc-165-63-65", ["PR", "PR"], ("PR", "PR")),
        ("P66b-node-stays-small", ["CR", "CR"], ("CR", "CR")),
    ],
)
def test_public_rows_of_sequences(name, expected, best):
    found, problems = opened(INPUTS / "scans" / f"{name}.yaml")
    assert not problems
    assert labels(found) == expected
    assert [*found.best[0].labels, *found.best[0].confirmed] == list(best)


def test_a_new_lesion_that_is_not_measured_has_not_resolved(tmp_path):
    """i09: NL1 not evaluated is not 0 mm; 12 to 17 mm is the further growth of S17 Table 2."""
    events = """
        scan: 2021-12-27, baseline: 1, sum: 100 mm
        treatment: 2022-01-03/.., line: 1, drugs: pembrolizumab
        scan: 2022-02-28, sum: 100 mm, new: liver, new-lesion-sizes: {NL1: 12 mm, NL2: 20 mm}
        scan: 2022-04-11, sum: 100 mm, new: none, new-lesion-sizes: {NL1: 12 mm, NL2: NE}
        scan: 2022-05-23, sum: 100 mm, new: none, new-lesion-sizes: {NL1: 12 mm, NL2: 20 mm}
    """
    found, problems = record(tmp_path, events)
    assert not problems
    assert labels(found, "iRECIST") == ["iUPD", "iUPD", "iUPD"]  # no growth: nothing confirms


@pytest.mark.parametrize("second", ["{NL1: 12 mm}", "{NL1: 12 mm, NL2: not evaluated}"])
def test_a_new_lesion_left_out_is_not_nought_and_grows_back_to_nothing(tmp_path, second):
    events = f"""
        scan: 2021-12-27, baseline: 1, sum: 100 mm
        treatment: 2022-01-03/.., line: 1, drugs: pembrolizumab
        scan: 2022-02-28, sum: 100 mm, new: liver, new-lesion-sizes: {{NL1: 12 mm, NL2: 20 mm}}
        scan: 2022-04-11, sum: 100 mm, new: none, new-lesion-sizes: {second}
        scan: 2022-05-23, sum: 100 mm, new: none, new-lesion-sizes: {{NL1: 12 mm, NL2: 20 mm}}
    """
    found, problems = record(tmp_path, events)
    assert not problems
    assert "iCPD" not in labels(found, "iRECIST")


@pytest.mark.parametrize("second", ["{T1: 28 mm}", "{T1: 28 mm, T2: not evaluated}"])
def test_a_target_left_out_is_not_nought(tmp_path, second):
    """28 mm of 48 mm would be PR if T2 were 0 mm; it was not assessed: NE (E09 4.4.2)."""
    found, problems = record(
        tmp_path, BASE + f"scan: 2022-03-07, lesions: {second}, new: none", HEAD
    )
    assert not problems
    assert labels(found) == ["NE"]
