"""Doses of drugs, and lengths of a cycle, against those of the same regimen in the case."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of

AGREES, POSSIBLE, CONTRADICTED = "agrees", "possible", "contradicted"
CASE = """
  - {treatment: 2020-01-10/2020-03-10, line: 1, drugs: osimertinib 80 mg/day PO}
  - {treatment: 2020-03-11/2020-06-10, line: 2, cycle: 3 weeks,
     drugs: [pemetrexed 500 mg/m² IV day 1, ifosfamide 1.8 g/m² IV days 1-5, carboplatin]}
  - {dose reduced: 2020-05-01, line: 2, reason: toxicity}
  - {treatment: 2020-06-12/2020-08-10, line: 3, drugs: anlotinib 12 mg days 1-14}
  - {treatment: 2020-08-11/2020-12-10, line: 3, drugs: anlotinib 10 mg days 1-14}
"""


@pytest.mark.parametrize(
    ("claim", "conclusion"),
    [
        pytest.param("80, unit: mg/day, about: osimertinib, line: 1", AGREES, id="the same"),
        pytest.param("80, unit: mg, about: osimertinib, line: 1", AGREES, id="a dose, once a day"),
        pytest.param("160, unit: mg, about: osimertinib, line: 1", CONTRADICTED,
                     id="more than the dose of a day"),
        pytest.param("40, unit: mg, about: osimertinib, line: 1", CONTRADICTED,
                     id="half of a day's, of a drug that is taken once a day"),
        pytest.param("100, unit: mg, about: osimertinib, line: 1", CONTRADICTED,
                     id="mg against mg a day"),
        pytest.param("80000, unit: mg, about: osimertinib, line: 1", CONTRADICTED,
                     id="a thousand times"),
        pytest.param("80, unit: g, about: osimertinib, line: 1", CONTRADICTED, id="g for mg"),
        pytest.param("0.08, unit: g, about: osimertinib, line: 1", AGREES, id="80 mg in g"),
        pytest.param("100, unit: mg/day, about: osimertinib, line: 1", CONTRADICTED,
                     id="another dose, and no change of it on record"),
        pytest.param("8000, unit: mg, about: total dose of osimertinib, line: 1", None,
                     id="a total"),
        pytest.param("5000, unit: mg/m², about: pemetrexed, line: 2", CONTRADICTED, id="ten times"),
        pytest.param("50, unit: mg/m², about: pemetrexed, line: 2", CONTRADICTED, id="a tenth"),
        pytest.param("400, unit: mg/m², about: pemetrexed, line: 2", POSSIBLE,
                     id="a reduction is on record"),
        pytest.param("over 5000, unit: mg/m², about: pemetrexed, line: 2", POSSIBLE, id="hedged"),
        pytest.param("5000, unit: mg/m², about: pemetrexed, line: 2, note: of all cycles", POSSIBLE,
                     id="a note may have more"),
        pytest.param("500, unit: mg, about: pemetrexed, line: 2", None, id="mg against mg/m²"),
        pytest.param("9, unit: g/m², about: ifosfamide, line: 2", POSSIBLE, id="of five days"),
        pytest.param("3.6, unit: g/m², about: ifosfamide, line: 2", POSSIBLE, id="twice a day"),
        pytest.param("300, unit: mg, about: carboplatin, line: 2", None, id="none on record"),
        pytest.param("10, unit: mg, about: anlotinib, line: 3", AGREES, id="of a later regimen"),
        pytest.param("12, unit: mg, about: anlotinib, line: 3", AGREES, id="that of the first"),
        pytest.param("1200, unit: mg, about: anlotinib, line: 3", CONTRADICTED, id="of neither"),
        pytest.param("12, unit: tablets, about: anlotinib, line: 3", None, id="no unit of a dose"),
        pytest.param("some, unit: mg, about: anlotinib, line: 3", None, id="no number"),
        pytest.param("80, unit: g, about: osimertinib, line: 9", None, id="no such line"),
    ],
)  # fmt: skip
def test_c38_doses_of_drugs(claim, conclusion):
    verdicts = audited(CASE, f"- {{dose: {claim}}}")
    found = of("C38", verdicts)
    if conclusion == AGREES:  # C13 may agree first
        assert [each.conclusion for each in verdicts] == [AGREES]
    else:
        assert [each.conclusion for each in found] == ([conclusion] if conclusion else [])


@pytest.mark.parametrize(
    ("claim", "conclusion"),
    [
        pytest.param(
            "every 4 weeks, about: length of a cycle, line: 2",
            CONTRADICTED,
            id="of the combination",
        ),
        pytest.param("every 3 weeks, about: length of a cycle, line: 2", AGREES, id="the same"),
        pytest.param(
            "every 4 weeks, about: carboplatin, line: 2",
            None,
            id="a drug may have a cycle of its own",
        ),
    ],
)
def test_c13_length_of_a_cycle_of_a_combination(claim, conclusion):
    found = of("C13", audited(CASE, f"- {{schedule: {claim}}}"))
    assert [each.conclusion for each in found] == ([conclusion] if conclusion else [])
