"""A printed change against two printed sizes of the same subject.

By hand: 247 / 1366 = 0.18082, a decrease of 81.92 %. What rounds to the prints lies between
1 - 247.5 / 1365.5 = 81.87 % and 1 - 246.5 / 1366.5 = 81.96 %.
"""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of

AGREES, POSSIBLE, WRONG = "agrees", "possible", "contradicted"
RECORD = """
  - {treatment: 2020-01-10/, line: 1, drugs: anlotinib}
  - {scan: 2020-03-01, line: 1, id: w7, target: SD}
  - {scan: 2020-06-26, line: 1, id: w24, called: PR}
"""
SIZES = """- {size: "1366", unit: cm3, about: tumour volume, of: line 1}
- {size: "247", unit: cm3, about: tumour volume, of: w24}
"""


def judged(claim, sizes=SIZES):
    found = of("C29", audited(RECORD, f"{sizes}- {{{claim}}}"))
    return [each for each in found if each.claim.kind == "percent"]


@pytest.mark.parametrize(
    ("claim", "conclusion"),
    [
        ("percent: 82, about: decrease of tumour volume, of: w24", AGREES),
        ("percent: 81.9, about: decrease of tumour volume, of: w24", AGREES),
        ("percent: 81.95, about: decrease of tumour volume, of: w24", POSSIBLE),
        ("percent: 83, about: decrease of tumour volume, of: w24", WRONG),
        ("percent: 82, about: increase of tumour volume, of: w24", WRONG),
        ("percent: 82, about: change of the tumour volume from baseline, of: w24", AGREES),
        ("percent: more than 80, about: decrease of tumour volume, of: w24", AGREES),
        ("percent: more than 82, about: decrease of tumour volume, of: w24", WRONG),
        ("percent: more than 90, about: decrease of tumour volume, of: w24", WRONG),
        ("percent: 90, about: decrease of tumour volume, from: line 1, to: w24", WRONG),
    ],
)
def test_a_change_against_two_printed_sizes(claim, conclusion):
    (found,) = judged(claim)
    assert found.conclusion == conclusion, found.description
    assert "from 1366 cm3 at line 1 to 247 cm3 at w24" in found.description
    assert [each.text for each in found.others] == ["1366", "247"]


@pytest.mark.parametrize(
    ("claim", "sizes"),
    [
        pytest.param("percent: 10, about: decrease of tumour diameter, of: w24", SIZES,
                     id="another measure of the tumour"),
        pytest.param("percent: 10, about: decrease of tumour volume, of: w7", SIZES,
                     id="another scan"),
        pytest.param("percent: 10, about: decrease of tumour volume, from: w7, to: w24", SIZES,
                     id="from another scan"),
        pytest.param("percent: 10, about: decrease of tumour volume, of: w24",
                     SIZES.replace("unit: cm3", "unit: mm", 1), id="sizes of two units"),
        pytest.param("percent: 10, about: decrease of tumour volume, of: w24",
                     SIZES.replace(", of: line 1", ""), id="a size of no moment"),
    ],
)  # fmt: skip
def test_sizes_of_another_subject_or_moment_judge_nothing(claim, sizes):
    assert all("printed sizes" not in each.description for each in judged(claim, sizes))


def test_a_length_in_two_units():
    """12 cm to 48 mm is a decrease of 60 %."""
    sizes = """- {size: "12", unit: cm, about: mass, of: line 1}
- {size: "48", unit: mm, about: mass, of: w24}
"""
    (found,) = judged("percent: 60, about: decrease of mass, of: w24", sizes)
    assert found.conclusion == AGREES


def test_of_two_earlier_sizes_either_may_be_the_reference():
    """From 1366 to 247 are 81.9 %, from 494 to 247 are 50 %."""
    sizes = SIZES + '- {size: "494", unit: cm3, about: tumour volume, of: w7}\n'
    for percent, conclusion in (("50", AGREES), ("82", AGREES), ("70", WRONG)):
        claim = f"percent: {percent}, about: decrease of tumour volume, of: w24"
        (found,) = judged(claim, sizes)
        assert found.conclusion == conclusion, found.description


def test_the_sizes_that_judged_a_change_are_no_missing_second_size():
    claim = "- {percent: 82, about: decrease of tumour volume, of: w24}"
    found = [each for each in audited(RECORD, SIZES + claim) if each.claim.kind == "size"]
    assert [(each.rule, each.conclusion) for each in found] == [("C29", "consistent")] * 2
