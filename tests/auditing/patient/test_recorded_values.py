"""Doses of radiotherapy, fractions, cycles, grades, ECOG: against the same value of the case."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from timeline.auditing.one_verdict import ONE_STATEMENT, one_verdict_per_claim

AGREES, POSSIBLE, CONTRADICTED = "agrees", "possible", "contradicted"
CONSISTENT = "consistent"
CASE = """
  - {treatment: 2020-01-10/2020-06-10, line: 1, cycle: 3 weeks, cycles: 6,
     drugs: [pemetrexed 500 mg/m² IV day 1, carboplatin]}
  - {treatment: 2020-06-12/2020-08-10, line: 2, cycle: 3 weeks, cycles: 2, drugs: docetaxel}
  - {treatment: 2020-08-11/2020-12-10, line: 2, cycle: 3 weeks, cycles: 5, drugs: gemcitabine}
  - {radiotherapy: 2020-07-01/2020-07-14, id: brain-RT, site: brain, dose: 30 Gy, fractions: 10}
  - {radiotherapy: 2020-09-01/2020-09-14, id: bone-RT, dose: about 20 Gy}
  - {toxicity: 2020-04, id: rash, what: acneiform rash, grade: 2}
  - {performance: 2020-05, ecog: 2}
  - {toxicity: 2020-04, term: hepatitis, grade: 3, management: methylprednisolone}
  - {toxicity: 2020-05, term: colitis, grade: 3}
  - {toxicity: 2020-06, term: colitis, grade: 2}
  - {toxicity: 2020-05, id: thyroid, what: hypothyroidism, grade: 1, management: levothyroxine}
"""


@pytest.mark.parametrize(
    ("claim", "conclusion"),
    [
        pytest.param("dose: 300, unit: Gy, about: radiotherapy of the brain, of: brain-RT",
                     CONTRADICTED, id="ten times the dose"),
        pytest.param("dose: 45, unit: Gy, about: radiotherapy, of: brain-RT", CONTRADICTED,
                     id="another usual dose"),
        pytest.param("dose: 30.0, unit: Gy, about: radiotherapy, of: brain-RT", AGREES,
                     id="with a further 0"),
        pytest.param("dose: 30 to 33, unit: Gy, about: radiotherapy, of: brain-RT", AGREES,
                     id="a range that includes it"),
        pytest.param("dose: about 45, unit: Gy, about: radiotherapy, of: brain-RT", POSSIBLE,
                     id="hedged"),
        pytest.param("dose: 25, unit: Gy, about: radiotherapy, of: bone-RT", POSSIBLE,
                     id="hedged on record"),
        pytest.param("dose: 45, unit: Gy, about: radiotherapy, of: brain-RT, note: with a boost",
                     POSSIBLE, id="a note may have more"),
        pytest.param("dose: 3, unit: Gy, about: dose of one fraction, of: brain-RT", None,
                     id="of one fraction"),
        pytest.param("dose: 10, unit: Gy, about: boost to the brain, of: brain-RT", None,
                     id="a boost"),
        pytest.param("dose: 45, unit: Gy, about: planned dose, of: brain-RT", None, id="planned"),
        pytest.param("count: 15, about: fractions, of: brain-RT", CONTRADICTED, id="fractions"),
        pytest.param("count: ten, about: fractions, of: brain-RT", AGREES, id="ten in a word"),
        pytest.param("count: 5, about: fractions, of: bone-RT", None, id="none on record"),
        pytest.param("count: 3, about: lesions treated, of: brain-RT", None, id="another subject"),
        pytest.param("grade: 4, about: rash, of: rash", CONTRADICTED, id="grade"),
        pytest.param("grade: grade 2, about: rash, of: rash", AGREES, id="the same grade"),
        pytest.param("grade: 1, about: rash after treatment, of: rash", None, id="later"),
        pytest.param("grade: III, about: hepatitis, of: hepatitis", AGREES, id="named by its term"),
        pytest.param("grade: 2, about: hepatitis, of: hepatitis", CONTRADICTED,
                     id="another grade of the event that its term names"),
        pytest.param("grade: 3, about: grade of the hepatitis", AGREES, id="the only one so named"),
        pytest.param("grade: 2, about: hepatitis", POSSIBLE,
                     id="without of: it may be of an event that is not on record"),
        pytest.param("grade: 3, about: colitis", None, id="two are so named"),
        pytest.param("grade: 3, about: hepatitis of the second course", None, id="further words"),
        pytest.param("grade: 2, about: hypothyroidism, of: thyroid", None,
                     id="a grade on record that its management rules out"),
        pytest.param("score: 0, about: ECOG, of: performance", CONTRADICTED, id="ECOG"),
        pytest.param("score: 1-2, about: ECOG, of: performance", AGREES, id="ECOG in a range"),
        pytest.param("score: 80, about: Karnofsky, of: performance", None, id="another score"),
        pytest.param("score: 0, about: ECOG, of: moon", None, id="no such event"),
    ],
)  # fmt: skip
def test_c38_values_on_record(claim, conclusion):
    (first, *more) = audited(CASE, f"- {{{claim}}}")
    if conclusion == AGREES:  # by C14 where that looks as well
        assert (first.conclusion, more) == (AGREES, [])
    else:
        found = of("C38", (first, *more))
        assert [each.conclusion for each in found] == ([conclusion] if conclusion else [])


def test_a_dose_that_is_not_on_record_does_not_agree_by_its_fractions():
    claim = "- {dose: 300, unit: Gy, about: radiotherapy of the brain, of: brain-RT}"
    assert [each.rule for each in audited(CASE, claim)] == ["C38"]


@pytest.mark.parametrize(
    ("dates", "description"),
    [
        pytest.param("2020-01-10/2020-06-10", "the dates give 152 days",
                     id="21 + 29 + 31 + 30 + 31 + 10 days"),
        pytest.param("2020-01/2020-06", "the dates give 122 to 181 days",
                     id="31 January to 1 June, 1 January to 30 June"),
    ],
)  # fmt: skip
def test_c12_states_the_days_that_the_dates_give(dates, description):
    case = f"  - {{treatment: {dates}, line: 1, cycle: 3 weeks, drugs: docetaxel}}"
    (found,) = of("C12", audited(case, "- {count: 6, about: cycles, line: 1}"))
    assert found.description.endswith(description)


@pytest.mark.parametrize(
    ("claim", "conclusion"),
    [
        pytest.param("count: 4, about: cycles, line: 1", CONTRADICTED, id="fewer than on record"),
        pytest.param("count: six, about: cycles, line: 1", AGREES, id="those on record"),
        pytest.param("count: at least 4, about: cycles, line: 1", AGREES, id="at least"),
        pytest.param("count: 4-6, about: cycles, line: 1", AGREES, id="a range that includes it"),
        pytest.param("count: about 5, about: cycles, line: 1", AGREES, id="about"),
        pytest.param("count: 4, about: cycles until the first scan, line: 1", AGREES,
                     id="of a part of the time"),
        pytest.param("count: 4, about: cycles of carboplatin, line: 1", AGREES,
                     id="of one drug of two"),
        pytest.param("count: 3, about: cycles, line: 2", AGREES, id="of one of two regimens"),
    ],
)  # fmt: skip
def test_c12_cycles_on_record(claim, conclusion):
    (found,) = of("C12", audited(CASE, f"- {{{claim}}}"))
    assert found.conclusion == conclusion, found.description


PLACED = """
  - {treatment: 2020-01-10/.., line: 1, cycles: 6, place: Text, drugs: docetaxel 75 mg/m²}
  - {radiotherapy: 2020-07-01, id: brain-RT, dose: 30 Gy, place: "Text "}
  - {surgery: 2019-05-02, place: Text}
  - {toxicity: 2020-04, id: rash, what: rash, grade: 2}
"""


@pytest.mark.parametrize(
    ("place", "claim", "conclusion"),
    [
        # docs/audit.md: agreement is with something that does not depend on the print
        pytest.param("Text", "count: 6, about: cycles, line: 1", CONSISTENT, id="cycles"),
        pytest.param("A", "count: 6, about: cycles, line: 1", AGREES, id="cycles elsewhere"),
        pytest.param("Text", "dose: 75, unit: mg/m², about: docetaxel, line: 1", CONSISTENT,
                     id="the dose of a drug"),
        pytest.param("A", "dose: 75, unit: mg/m², about: docetaxel, line: 1", AGREES,
                     id="the dose of a drug elsewhere"),
        pytest.param("Text", "dose: 30, unit: Gy, about: radiotherapy, of: brain-RT",
                     CONSISTENT, id="a dose, whatever the blanks of its place"),
        pytest.param("Text", "date: 2 May 2019, of: surgery", CONSISTENT, id="a date"),
        pytest.param("A", "date: 2 May 2019, of: surgery", AGREES, id="a date elsewhere"),
        pytest.param("A", "grade: 2, about: rash, of: rash", AGREES, id="no place on record"),
        pytest.param("Text", "count: 7, about: cycles, line: 1", CONTRADICTED,
                     id="a difference is one all the same"),
    ],
)  # fmt: skip
def test_a_print_and_the_record_that_has_it_from_there_are_one_statement(place, claim, conclusion):
    with_claim = audited(PLACED, f"{place}:\n  - {{{claim}}}")
    (found,) = one_verdict_per_claim(with_claim)
    assert found.conclusion == conclusion, found.description
    assert (ONE_STATEMENT in found.notes) is (conclusion == CONSISTENT)
