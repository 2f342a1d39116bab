"""Lesions of a case file: sums, nodes, splits, merges, and what is refused."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.record.case import METHODS as case_methods  # noqa: N811
from timeline.response.criteria import CRITERIA

HEAD = """\
case: m
lesions: {T1: {organ: liver}, T2: {organ: lung}, N1: {organ: neck, node: yes}}
events:
  - {scan: 2022-01-10, baseline: 1, lesions: %s}
  - {treatment: 2022-01-20/.., line: 1, drugs: x}
"""


def statuses(tmp_path, baseline, *scans, criterion="RECIST 1.1"):
    """The labels and reasons of follow-up scans two months apart."""
    lines = "".join(
        f"  - {{scan: 2022-{3 + 2 * i:02}-14, {keys}}}\n" for i, keys in enumerate(scans)
    )
    path = tmp_path / "m.yaml"
    path.write_text(HEAD % baseline + lines)
    case, problems = load(path)
    if problems:
        return None, [str(problem) for problem in problems]
    reading, problems = derive(case)
    if problems:
        return None, [str(problem) for problem in problems]
    return reading.status(criterion, 1), []


BASE = "{T1: 20 mm, T2: 15 mm, N1: 18 mm}"  # sum 53 mm


@pytest.mark.parametrize(
    ("scans", "labels"),
    [
        pytest.param(["lesions: {T1: absent, T2: absent, N1: 9 mm}"], ["CR"],
                     id="CR with a node of 9 mm: E09 4.3.1"),
        pytest.param(["lesions: {T1: absent, T2: absent, N1: 10 mm}"], ["PR"],
                     id="a node of 10 mm is not normal: 10 of 53 mm is PR"),
        pytest.param(["lesions: {T1: 14 mm, T2: 10.1 mm, N1: 13 mm}"], ["PR"],
                     id="37.1 of 53 mm is -30 % to the digit"),
        pytest.param(["lesions: {T1: 14 mm, T2: 10.2 mm, N1: 13 mm}"], ["SD"],
                     id="37.2 of 53 mm is not"),
        pytest.param(["lesions: {T1: too small, T2: absent, N1: 9 mm}"], ["PR"],
                     id="too small to measure counts 5 mm: no CR"),
        pytest.param(["lesions: {T1: 12 mm + 13 mm, T2: 15 mm, N1: 18 mm}"], ["SD"],
                     id="split: the parts add up, 58 of 53 mm"),
        pytest.param(["lesions: {T1: 46 mm, T2: merged with T1, N1: 18 mm}"], ["PD"],
                     id="merged: one diameter for both, 64 of 53 mm is +20.8 %"),
        pytest.param(["lesions: {T1: 20 mm, N1: 18 mm}"], ["NE"],
                     id="a target left out was not assessed"),
        pytest.param(["lesions: {T1: 50 mm, N1: 18 mm}"], ["PD"],
                     id="unless the rest proves PD: 68 of 53 mm"),
        pytest.param(["lesions: {T1: not evaluated, T2: 15 mm, N1: 18 mm}"], ["NE"],
                     id="stated as not evaluated"),
        pytest.param(["lesions: {T1: 1 cm, T2: 10 mm, N1: 12 mm}",
                      "lesions: {T1: 14 mm, T2: 12 mm, N1: 13 mm}"], ["PR", "PD"],
                     id="39 of the nadir 32 mm is +21.9 % and +7 mm"),
    ],
)  # fmt: skip
def test_labels(tmp_path, scans, labels):
    found, problems = statuses(tmp_path, BASE, *scans)
    assert not problems
    assert [status.label for status in found] == labels


def test_the_sentence_has_the_sums(tmp_path):
    (found,), _ = statuses(tmp_path, BASE, "lesions: {T1: 46 mm, T2: absent, N1: 18 mm}")
    assert "64.0 mm" in found.why
    assert "+20.8 %" in found.why


@pytest.mark.parametrize(
    ("nlt", "label"),
    [
        pytest.param("17 mm", "iCPD", id="a new target 5 mm larger confirms: Table 2"),
        pytest.param("16.9 mm", "iUPD", id="4.9 mm does not"),
    ],
)
def test_new_lesion_sizes_confirm_by_5_mm(tmp_path, nlt, label):
    same = "lesions: {T1: 20 mm, T2: 15 mm, N1: 18 mm}"
    found, problems = statuses(
        tmp_path, BASE, f"{same}, new: bone, new-lesion-sizes: {{B1: 12 mm}}",
        f"{same}, new-lesion-sizes: {{B1: {nlt}}}", criterion="iRECIST",
    )  # fmt: skip
    assert not problems
    assert [status.label for status in found] == ["iUPD", label]


@pytest.mark.parametrize(
    ("baseline", "scan", "fault"),
    [
        pytest.param(BASE, "lesions: {T9: 5 mm}", "no such lesion: 'T9'", id="not declared"),
        pytest.param("{T1: 20 mm}", "lesions: {T1: 20 mm, T2: 15 mm}", "'T2' is no target",
                     id="first measured later"),
        pytest.param(BASE, "lesions: {T1: 20 parsec}", "unknown unit", id="unit"),
        pytest.param(BASE, "lesions: {T1: about 20 mm}", "not one length", id="not a measurement"),
        pytest.param(BASE, 'lesions: {T1: "2.3x1.8 x 1.2cm"}',
                     "in one plane, as 2.3 x 1.8 cm; or the longest alone", id="three diameters"),
        pytest.param(BASE, "lesions: {T1: 9 x 11}", "no unit", id="two diameters, no unit"),
        pytest.param(BASE, "lesions: {T1: 10.0001 x 3.3333 mm}", "finer than can be multiplied",
                     id="a product that is not exact"),
        pytest.param(BASE, "lesions: {T1: faded}", "not a size: 'faded'", id="a word not known"),
        pytest.param(BASE, "lesions: {T1: 20 mm}, sum: 20 mm", "state the same", id="twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_place(tmp_path, baseline, scan, fault):
    found, problems = statuses(tmp_path, baseline, scan)
    assert found is None
    assert len(problems) == 1
    assert fault in problems[0]
    assert "m.yaml:" in problems[0]


def test_the_methods_of_a_case_file_are_those_of_the_rules():
    assert {frozenset(each.lesions.methods) for each in CRITERIA.values()} == {
        frozenset(case_methods)
    }


def test_a_lesion_of_a_case_that_declares_none(tmp_path):
    _, problems = record(tmp_path, "scan: 2014-01-02, baseline: 1, lesions: {N1: 11 mm}\n"
                         "treatment: 2014-01-10/2014-06-20, line: 1, drugs: x")  # fmt: skip
    (problem,) = map(str, problems)
    assert "no such lesion: 'N1' (the case declares none; declare it under lesions:)" in problem
