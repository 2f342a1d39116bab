"""Printed sizes, sums and changes of a time point of two scans, and of sums with new lesions.

Expected calls by hand. Two scans: T1 32, N1 21 and T2 28 mm make 81 mm at baseline; 20, 12 and
18 mm make 50 mm (-38.3 %) in week 8. New lesions: 60, 50 + 13 = 63, 30 + 10 = 40 and 38 + 18 =
56 mm: +40 % from the nadir, -6.7 % from baseline; the targets alone grow from 30 to 38, +26.7 %.
"""

from __future__ import annotations

import pytest

import timeline as tl
from tests.auditing.patient.records import audited, of

AGREES, WRONG, NOT = "agrees", "contradicted", "not checkable"
TWO = """
  - {scan: 2021-03-01, baseline: 1, lesions: {T1: 32 mm, N1: 21 mm}}
  - {scan: 2021-03-03, baseline: 1, lesions: {T2: 28 mm}}
  - {treatment: 2021-03-09/2022-01-20, line: 1, drugs: osimertinib}
  - {scan: 2021-05-04, id: ct, timepoint: week 8, lesions: {T1: 20 mm, N1: 12 mm}, new: none}
  - {scan: 2021-05-07, id: mri, timepoint: week 8, lesions: {T2: 18 mm}, new: none}
  - {scan: 2021-07-06, id: part, lesions: {T1: 14 mm, N1: 9 mm}, new: none}
"""
LESIONS = """lesions:
  T1: {organ: lung}
  T2: {organ: liver}
  N1: {organ: mediastinum, node: yes}"""


@pytest.mark.parametrize(
    ("claim", "conclusion", "why"),
    [
        ("percent: 38, about: decrease of the sum, of: mri", AGREES, "31 of 81 mm"),
        ("percent: 38, about: decrease of the sum, of: ct", AGREES, "the same time point"),
        ("percent: 58, about: decrease of the sum, of: mri", WRONG, "called PR, but 38.3 %"),
        ("percent: 58, about: decrease of the sum, of: ct", WRONG, "called PR, but 38.3 %"),
        ("percent: 38, about: decrease of the sum, from: scan 2021-03-01, to: ct", AGREES, "named"),
        ("percent: 36, about: decrease of T2, of: ct", AGREES, "28 to 18 mm, by the other scan"),
        ("sum: 50, unit: mm, about: sum of diameters, of: mri", AGREES, "20 + 12 + 18"),
        ("sum: 50, unit: mm, about: sum of diameters, of: ct", AGREES, "20 + 12 + 18"),
        ("sum: 81, unit: mm, about: sum of diameters, of: scan 2021-03-03", AGREES, "baseline"),
        ("sum: 59, unit: mm, about: sum of diameters, of: mri", WRONG, "50 mm"),
        ("size: 18, unit: mm, about: T2, of: ct", AGREES, "by the other scan"),
        ("size: 24, unit: mm, about: T2, of: ct", WRONG, "18 mm"),
        ("percent: 58, about: decrease of the sum, of: part", NOT, "PR, but T2 is not measured"),
    ],
)
def test_two_scans_of_one_time_point(claim, conclusion, why):
    rule = "C29" if claim.startswith("percent") else "C39"
    called = "\n".join(f"- {{response: PR, of: {scan}}}" for scan in ("ct", "mri", "part"))
    (found,) = of(rule, audited(TWO, f"- {{{claim}}}\n{called}", LESIONS))
    assert found.conclusion == conclusion, (why, found.description)


ADDED = """
  - {scan: 2018-01-02, baseline: 1, lesions: {T1: 60 mm}}
  - {treatment: 2018-01-08/2019-02-18, line: 1, drugs: atezolizumab, criterion: %s}
  - {scan: 2018-03-12, lesions: {T1: 50 mm}, new: liver, new-lesion-sizes: {NL1: 13 mm}}
  - {scan: 2018-07-16, lesions: {T1: 30 mm}, new: none, new-lesion-sizes: {NL1: 10 mm}}
  - {scan: 2019-01-14, id: late, lesions: {T1: 38 mm}, new: none, new-lesion-sizes: {NL1: 18 mm}}
  - {scan: 2019-02-18, id: part, lesions: {T1: 38 mm}, new: none}
"""
IMMUNE = ("imRECIST", "irRECIST")
NADIR = "percent: %s, about: increase of the sum from nadir, of: late"
FIRST = "percent: %s, about: decrease of the sum from baseline, of: late"
SUM = "sum: %s, unit: mm, about: sum of diameters, of: late"


@pytest.mark.parametrize(
    ("criteria", "claim", "conclusion", "why"),
    [
        (IMMUNE, NADIR % 40, AGREES, "40 to 56 mm"),
        (IMMUNE, NADIR % 27, WRONG, "30 to 38 mm, without the new lesion"),
        (("iRECIST",), NADIR % 27, AGREES, "iRECIST does not add new lesions"),
        (("iRECIST",), NADIR % 40, WRONG, "iRECIST does not add new lesions"),
        (IMMUNE, NADIR % 27 + ", criterion: RECIST 1.1", AGREES, "the criterion of the claim"),
        (IMMUNE, FIRST % 7, AGREES, "60 to 56 mm, -6.7 %"),
        (IMMUNE, FIRST % 37, WRONG, "60 to 38 mm, without the new lesion"),
        (IMMUNE, SUM % 56, AGREES, "38 + 18"),
        (IMMUNE, SUM % 65, WRONG, "56 with its digits exchanged"),
        (IMMUNE, "percent: 27, about: increase of the target lesions, of: late", AGREES,
         "the words name the targets"),
        (IMMUNE, "percent: 27, about: increase of the sum, of: part", NOT,
         "NL1 is not measured there"),
        (IMMUNE, "percent: 80, about: increase of NL1, of: late", AGREES, "10 to 18 mm"),
    ],
)  # fmt: skip
def test_sums_with_new_lesions(criteria, claim, conclusion, why):
    rule = "C29" if claim.startswith("percent") else "C39"
    for criterion in criteria:
        (found,) = of(
            rule, audited(ADDED % criterion, f"- {{{claim}}}", "lesions: {T1: {organ: bladder}}")
        )
        assert found.conclusion == conclusion, (criterion, why, found.description)


@pytest.mark.parametrize(
    ("start", "later", "one"),
    [
        pytest.param("2019-10-10", "61 days", True, id="dated: 61 - 56 = 5 days apart"),
        pytest.param("2019-10", "61 days", True, id="of a month: the same 5 days"),
        pytest.param("2019-10", "71 days", False, id="71 - 56 = 15 days, more than 14"),
    ],
)
def test_scans_of_stated_distance_are_one_time_point_however_vague(tmp_path, start, later, one):
    """Both scans are counted from the start of the line; each alone measures one of two targets."""
    path = tmp_path / "a.yaml"
    path.write_text(
        "case: a\nlesions: {T1: {organ: lung}, T2: {organ: liver}}\nevents:\n"
        "  - {scan: line 1 - 5 days, baseline: 1, lesions: {T1: 30 mm, T2: 20 mm}}\n"
        f"  - {{treatment: {start}/2020-10, line: 1, drugs: docetaxel}}\n"
        "  - {scan: line 1 + 8 weeks, lesions: {T1: 20 mm}}\n"
        f"  - {{scan: line 1 + {later}, lesions: {{T2: 10 mm}}}}\n",
        "utf-8",
    )
    derived = tl.derive(tl.load_case(path))
    labels = [status.label for status in derived.status("RECIST 1.1", 1)]
    # the first scan of a time point has no label of its own; the baseline has none
    assert labels[-2:] == (["-", "PR"] if one else ["NE", "NE"])
