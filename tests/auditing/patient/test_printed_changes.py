"""Printed changes against a record that has changes in percent and no sizes.

By hand: -46 % leaves 0.54 of the baseline; +25 % from that nadir is 0.675, -32.5 % from baseline.
"""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of

AGREES, POSSIBLE, WRONG = "agrees", "possible", "contradicted"
RECORD = """
  - {scan: 2021-03-01, baseline: 1, modality: CT}
  - {treatment: 2021-03-09/2022-01-20, line: 1, drugs: osimertinib}
  - {scan: 2021-05-04, id: one, change: -46 %, new: none}
  - {scan: 2021-07-06, id: two, change: +25 % from nadir, new: none}
"""


@pytest.mark.parametrize(
    ("claim", "conclusion", "why"),
    [
        ("percent: 46, about: decrease of the sum, of: one", AGREES,
         "the record has -46 % from baseline at one"),
        ("percent: 46.2, about: decrease of the sum, of: one", POSSIBLE, "-46.5 to -45.5 %"),
        ("percent: 47, about: decrease of the sum, of: one", POSSIBLE, "46.5 rounds to either"),
        ("percent: 48, about: decrease of the sum, of: one", WRONG, "the record has -46 %"),
        ("percent: 64, about: decrease of the sum, of: one", WRONG, "the record has -46 %"),
        ("percent: 46, about: increase of the sum, of: one", WRONG, "changes by -46.0 %"),
        ("percent: 25, about: increase of the sum, of: two", AGREES,
         "the record has +25 % from nadir at two"),
        ("percent: 28, about: increase of the sum, of: two", WRONG, "+25 % from nadir at two"),
        ("percent: 33, about: decrease of the sum from baseline, of: two", AGREES,
         "to two (67.5 % of baseline) the sum changes by -32.5 %"),
        ("percent: 40, about: decrease of the sum from baseline, of: two", WRONG, "-32.5 %"),
        ("percent: 25, about: increase of the sum, from: one, to: two", AGREES,
         "from one (54.0 % of baseline)"),
    ],
)  # fmt: skip
def test_a_claim_against_the_change_on_record(claim, conclusion, why):
    (found,) = of("C29", audited(RECORD, f"- {{{claim}}}"))
    assert found.conclusion == conclusion, found.description
    if conclusion != POSSIBLE or "%" in why:
        assert why in found.description


def test_sizes_on_record_are_compared_first():
    record = RECORD.replace("modality: CT", "sum: 100 mm").replace("-46 %", "-46 %, sum: 60 mm")
    (found,) = of("C29", audited(record, "- {percent: 40, about: decrease of the sum, of: one}"))
    assert found.conclusion == AGREES
    assert "(100 mm, the baseline) to one (60 mm)" in found.description


@pytest.mark.parametrize(
    ("claim", "conclusion"),
    [
        ("response: PR, of: one", AGREES),
        ("response: SD, of: one", WRONG),
        ("response: PD, of: two", POSSIBLE),
    ],
)
def test_a_response_is_compared_with_what_the_change_allows(claim, conclusion):
    (found,) = audited(RECORD, f"- {{{claim}}}")
    assert found.conclusion == conclusion
    assert "(printed)" in found.description
