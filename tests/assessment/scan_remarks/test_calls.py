"""Calls of the authors that the findings of the same scan do not give, and those that agree.

The expected responses are hand arithmetic by Eisenhauer 2009, 4.3.1 and Table 1: from 98 mm a
partial response is 68.6 mm or less, and progression needs a fifth and 5 mm more than the nadir.
"""

from __future__ import annotations

import pytest

from tests.renderers.patients import report
from tests.situations.records import record

BASELINE = "scan: 2021-02-20, sum: 98 mm"
LINE = "treatment: 2021-03-01, line: 1, drugs: {}"


def warnings(tmp_path, *scans, drugs="carboplatin"):
    found, problems = record(tmp_path, "\n".join((BASELINE, LINE.format(drugs), *scans)))
    assert not problems
    return [each for each in found.remarks if "its findings give" in each.what]


@pytest.mark.parametrize(
    ("findings", "call", "derived"),
    [
        ("sum: 41 mm", "PD", "PR"),  # -58 %
        ("sum: 90 mm", "PR", "SD"),  # -8 %
        ("sum: 41 mm", "SD", "PR"),
        ("sum: 130 mm", "SD", "PD"),  # +33 %
        ("sum: 41 mm, new: liver", "PR", "PD"),
        ("target: shrunk", "PD", "PR or SD"),
        ("non-target: stable", "PR", "NE"),  # the targets were not evaluated
        ("sum: 41 mm", "complete response", "PR"),
    ],
)
def test_a_call_that_the_findings_do_not_give(findings, call, derived, tmp_path):
    (told,) = warnings(tmp_path, f"scan: 2021-06-01, {findings}, called: {call}")
    assert (told.severity, told.limits) == ("warning", 1)
    start = f"scan 2021-06-01 is called {'CR' if ' ' in call else call}; its findings give "
    assert told.what.startswith(f"{start}{derived} by RECIST 1.1, which is used (")
    assert ("write new:" in told.what) == (call == "PD")


def test_the_warning_is_one_short_sentence_and_the_status_has_the_sums(tmp_path):
    """At most 200 characters, two criteria with all their categories included."""
    scan = "scan: 2021-06-01, sum: 41 mm, called: PD, note: 2 new liver lesions"
    (told,) = warnings(tmp_path, scan)
    assert told.what.endswith("(write new: liver or non-target: PD, if that is why)")
    assert len(told.what) <= 140
    (wang,) = [each for each in report("wang2023").remarks if "its findings give" in each.what]
    assert " and iPR or iSD by iRECIST, which is used" in wang.what
    assert len(wang.what) <= 200
    found, _ = record(tmp_path, "\n".join((BASELINE, LINE.format("carboplatin"), scan)))
    (status,) = [each for each in found.statuses if each.labels]
    assert "sum 41.0 mm, baseline 98.0 mm" in status.why


@pytest.mark.parametrize(
    "scan",
    [
        "sum: 41 mm, called: PR",
        "sum: 41 mm, called: CR or PR",
        "sum: 41 mm, new: liver, called: PD",
        "sum: 41 mm, non-target: PD, called: PD",
        "target: shrunk, called: PR",
        "target: shrunk, called: SD",
        "target: grown, called: PD",
        "called: PD",  # the call is all there is, and is read
        "new: none, called: NED",
        "sum: 41 mm, called: mixed response",  # no category
        "sum: 41 mm",
    ],
)
def test_a_call_that_the_findings_may_give(scan, tmp_path):
    assert not warnings(tmp_path, f"scan: 2021-06-01, {scan}")


@pytest.mark.parametrize(("new", "told"), [("none", 0), ("liver", 1)])
def test_without_a_baseline_only_a_new_lesion_contradicts(new, told, tmp_path):
    """The remark on the line says that its sizes are compared with nothing."""
    scan = f"scan: 2021-06-01, sum: 60 mm, new: {new}, called: PR"
    found, problems = record(tmp_path, "\n".join((LINE.format("carboplatin"), scan)))
    assert not problems
    assert len([each for each in found.remarks if "its findings give" in each.what]) == told


@pytest.mark.parametrize(
    ("scan", "derived"),
    [
        ("new: liver, called: PD", ""),  # iUPD is PD that waits for confirmation
        ("new: liver, called: iUPD", ""),
        ("new: liver, called: iCPD", "iUPD by iRECIST"),  # nothing confirms the first
        ("sum: 41 mm, called: iSD", "iPR by iRECIST"),
        ("sum: 41 mm, called: SD", "PR by RECIST 1.1 and iPR by iRECIST"),
    ],
)
def test_a_word_is_compared_as_its_criterion_has_it(scan, derived, tmp_path):
    scan = scan.replace("new:", "sum: 90 mm, new:")
    told = warnings(tmp_path, f"scan: 2021-06-01, {scan}", drugs="pembrolizumab")
    assert [f"give {derived}, which is used (" in each.what for each in told] == [True] * bool(
        derived
    )


def test_one_agreeing_criterion_of_the_line_is_enough(tmp_path):
    """A decrease of 15 % is a response by Choi (10 % or more), and none by RECIST 1.1."""
    scan = "scan: 2021-06-01, sum: 83 mm, called: PR"
    assert warnings(tmp_path, scan)
    assert not warnings(tmp_path, scan, drugs="carboplatin, criterion: Choi")


def test_calls_after_progression_are_not_compared(tmp_path):
    """What follows is treatment beyond progression: no response of RECIST 1.1 is derived for it."""
    first = "scan: 2021-06-01, sum: 130 mm, called: PD"
    assert not warnings(tmp_path, first, "scan: 2021-09-01, sum: 90 mm, called: SD")
