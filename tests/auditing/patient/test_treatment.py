"""Doses, routes, schedules, radiotherapy, cumulative doses, grades of toxicity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.auditing.patient.records import audited, calls, of
from tests.auditing.study.reports import source
from timeline.auditing import verdicts_by_rule
from timeline.auditing.patient.treatment.dosing_schedule import cycle_days, dosing_days
from timeline.terminology.drugs import drug_table

AGREES, POSSIBLE, CONTRADICTED, NOT = "agrees", "possible", "contradicted", "not checkable"
CONSISTENT = "consistent"
CASE = """
  - {treatment: 2019-01-10/2019-03-01, id: before, setting: adjuvant, cycles: %s, cycle: 3 weeks,
     drugs: [doxorubicin 75 mg/m² day 1, ifosfamide 1.8 g/m² days 1-5]}
  - {treatment: 2020-01-10/2020-06-10, line: 1, cycle: 3 weeks, drugs: anlotinib 12 mg days 1-14}
  - {radiotherapy: 2020-07-01/2020-07-14, id: lung-RT, dose: 30 Gy, fractions: %s}
  - {radiotherapy: 2020-08-01/2020-08-14, id: other-RT}
  - {toxicity: 2020-04, id: thyroid, what: hypothyroidism, management: %s}
  - {toxicity: 2020-05, id: rash}
"""


def case(cycles=2, fractions=10, management="levothyroxine"):
    return CASE % (cycles, fractions, management)


@pytest.mark.parametrize(
    ("claim", "conclusion", "description"),
    [
        pytest.param("{dose: 75, unit: mg/m², about: doxorubicin}", AGREES,
                     "10 to 90", id="as usual"),
        pytest.param("{dose: 1.8, unit: g/m², about: ifosfamide}", AGREES,
                     "1 to 5 g/m²", id="in another unit"),
        pytest.param("{dose: 7.5, unit: mg/m²/cycle, about: ifosfamide}", CONTRADICTED,
                     "by 7.5 g/m² (a unit that differs by a factor", id="milligrams for grams"),
        pytest.param("{dose: 7.5, unit: g/m²/cycle, about: ifosfamide}", AGREES, "1 to 25 g/m²",
                     id="a dose for a cycle of up to five days"),
        pytest.param("{dose: 1500, unit: mg/m², about: gemcitabine}", POSSIBLE, "outside of that",
                     id="unusual, but no error of the unit"),
        pytest.param("{dose: 20, unit: mg, about: eribulin}", POSSIBLE, "usually given in mg/m²",
                     id="flat instead of by surface"),
        pytest.param("{dose: 1.4, unit: mg/kg, about: anlotinib}", POSSIBLE, "usually given in mg",
                     id="by weight instead of flat"),
        pytest.param("{dose: 12, unit: g, about: anlotinib, line: 1}", CONTRADICTED,
                     "by 12 mg (a unit that differs by a factor", id="grams for milligrams"),
        pytest.param("{dose: 12, unit: mg, about: the kinase inhibitor, line: 1}", AGREES,
                     "anlotinib", id="the only drug of its line"),
        pytest.param("{dose: 8, unit: mg/day, about: lenvatinib}", AGREES, "4 to 24 mg/day",
                     id="by day"),
        # nivolumab 240 to 1200 mg, or 1 to 10 mg/kg: 1 x 35 = 35 mg to 10 x 150 = 1500 mg
        pytest.param("{dose: 100, unit: mg, about: nivolumab}", CONSISTENT,
                     "35 to 1500 mg in adults of 35 to 150 kg", id="1 mg/kg of 100 kg"),
        pytest.param("{dose: 20, unit: mg, about: nivolumab}", POSSIBLE, "outside of that",
                     id="less than 1 mg/kg of 35 kg"),
        pytest.param("{dose: 2, unit: mg, about: nivolumab}", CONTRADICTED, "more than 10 times",
                     id="less than a tenth of that: 3.5 mg"),
        # vincristine by surface is at most 2 mg flat, so 2 mg/m² x 2 m² is not usual
        pytest.param("{dose: 4, unit: mg, about: vincristine}", POSSIBLE, "outside of that",
                     id="a flat dose that limits those by surface"),
        pytest.param("{dose: 12, unit: tablets, about: anlotinib}", NOT, "not a unit",
                     id="no unit of dose"),
        pytest.param("{dose: some, unit: mg, about: anlotinib}", NOT, "not a printed number",
                     id="no number"),
        pytest.param("{dose: 5, unit: mg/kg, about: cisplatin}", NOT, "no usual dose",
                     id="no usual dose by weight"),
        pytest.param("{name: intravenous, about: route of envafolimab}", CONTRADICTED, "given SC",
                     id="under the skin only"),
        pytest.param("{name: oral, about: route of anlotinib}", AGREES, "given oral", id="oral"),
        pytest.param("{name: by the door, about: route of anlotinib}", NOT, "not a route",
                     id="no route"),
        pytest.param("{schedule: d1–14, about: treatment, line: 1}", AGREES, "day is 14",
                     id="days of a cycle"),
        pytest.param("{schedule: days 1 and 22, about: anlotinib, line: 1}", CONTRADICTED,
                     "day is 22", id="a day beyond the cycle"),
        pytest.param("{schedule: q3w, about: cycle, line: 1}", AGREES, "3 weeks", id="its cycle"),
        pytest.param("{schedule: every 28 days, about: cycle, line: 1}", CONTRADICTED, "3 weeks",
                     id="another cycle"),
    ],
)  # fmt: skip
def test_c13_doses_routes_days(claim, conclusion, description):
    (found,) = of("C13", audited(case(), f"- {claim}"))
    assert found.conclusion == conclusion, found.description
    assert any(description in each for each in (found.description, *found.notes))


SWAPPED = """
- {dose: 1.8, unit: g/m², about: doxorubicin, of: before}
- {dose: 75, unit: mg/m², about: ifosfamide, of: before}
"""


@pytest.mark.parametrize(
    ("claims", "conclusion", "notes"),
    [
        pytest.param("- {dose: 7.5, unit: mg/m², about: doxorubicin}", POSSIBLE,
                     ["75 mg/m² (the decimal point)"], id="a tenth of 75"),
        pytest.param("- {dose: 120, unit: mg, about: anlotinib, line: 1}", POSSIBLE,
                     ["12 mg (the decimal point)"], id="ten times 12"),
        pytest.param("- {dose: 1.4, unit: mg, about: eribulin}", POSSIBLE,
                     ["1.4 mg/m² (a dose by surface, by weight or flat)"], id="no surface"),
        pytest.param("- {dose: 5000, unit: mg/m², about: doxorubicin}", CONTRADICTED, [],
                     id="no single error gives a usual one: 5 g, 500, 5 µg"),
        pytest.param("- {dose: 20, unit: mg, about: nivolumab}", POSSIBLE, [],
                     id="ten times 20 are 200 mg: by weight only, so no explanation"),
        pytest.param(SWAPPED, CONTRADICTED,
                     ["the 75 mg/m² of ifosfamide (two drugs exchanged)"],
                     id="the doses of two drugs, one for the other"),
        pytest.param("- {dose: 5000, unit: mg/m², about: doxorubicin}\n"
                     "- {dose: 75, unit: mg/m², about: docetaxel}", CONTRADICTED, [],
                     id="75 would be usual, but 5000 is no docetaxel"),
        pytest.param("- {dose: 1500, unit: mg/m², about: gemcitabine}", POSSIBLE, [],
                     id="too much, and no single error explains it"),
        pytest.param("- {dose: 20, unit: g, about: sintilimab}", POSSIBLE, [],
                     id="20 g of a drug with unconfirmed doses"),
    ],
)  # fmt: skip
def test_c13_names_the_error_that_explains_a_dose(claims, conclusion, notes):
    found = of("C13", audited(case(), claims))[0]
    assert found.conclusion == conclusion
    texts = [each.description for each in found.explanations]
    assert texts == notes, "every reading that is usual, and no other"
    assert (found.tried > 0) is True
    assert all(note in found.notes[0] for note in notes)


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("{dose: 12, unit: mg, about: some drug}", id="a drug that is in no table"),
        pytest.param("{schedule: once, about: x, line: 1}", id="no days and no cycle"),
        pytest.param(
            "{schedule: every 4 weeks, about: x, of: before}", id="drugs of a combination"
        ),
    ],
)
def test_c13_has_no_verdict(claim):
    assert not of("C13", audited(case(), f"- {claim}"))


A_CYCLE = "{schedule: every 3 weeks, about: length of a cycle, study: X 2020}\n"


@pytest.mark.parametrize(
    ("claims", "calls"),
    [
        pytest.param(A_CYCLE + "{schedule: days 1–14, about: anlotinib, study: X 2020}", [AGREES],
                     id="14 of 21 days"),
        pytest.param(A_CYCLE + "{schedule: days 1 and 22, about: anlotinib, study: X 2020}",
                     [CONTRADICTED], id="22 of 21 days"),
        pytest.param(A_CYCLE + "{schedule: days 1 and 22, about: anlotinib, study: Y 2020}", [],
                     id="of another study"),
        pytest.param(A_CYCLE + "{schedule: every 4 weeks, about: cycle, study: X 2020}\n"
                     "{schedule: days 1 and 22, about: anlotinib, study: X 2020}", [],
                     id="two lengths of a cycle"),
        pytest.param("{dose: 12, unit: g, about: anlotinib, study: X 2020}", [CONTRADICTED],
                     id="a dose of a cited study"),
        pytest.param("{dose: 12, unit: mg, about: anlotinib, study: X 2020}", [AGREES],
                     id="and a usual one"),
    ],
)  # fmt: skip
def test_c13_of_a_cited_study(claims, calls, tmp_path):
    found = verdicts_by_rule(None, source(claims, tmp_path))
    assert [
        each.conclusion for each in of("C13", found) if "evidence" not in str(each.notes)
    ] == calls


def test_the_table_of_drugs_is_in_order():
    for agent in drug_table().values():
        assert all(0 < low <= high for _, low, high in agent.usual)
        assert not agent.usual or (agent.source and agent.routes)


@pytest.mark.parametrize(
    ("text", "days", "cycle"),
    [
        pytest.param("days 1 and 8", (1, 8), None, id="two days"),
        pytest.param("d1–14", tuple(range(1, 15)), None, id="a run"),
        pytest.param("1–14 days", tuple(range(1, 15)), None, id="the word behind"),
        pytest.param("days 1, 8 and 15", (1, 8, 15), None, id="three days"),
        pytest.param("over 5 days", (1, 2, 3, 4, 5), None, id="a number of days"),
        pytest.param("every 3 weeks", (), 21, id="weeks"),
        pytest.param("q3w", (), 21, id="short"),
        pytest.param("every 21 days", (), 21, id="days"),
        pytest.param("every week", (), 7, id="one"),
        pytest.param("once", (), None, id="neither"),
    ],
)
def test_schedules_are_read(text, days, cycle):
    assert (dosing_days(text), cycle_days(text)) == (days, cycle and Fraction(cycle))


@pytest.mark.parametrize(
    ("dose", "fractions", "where", "conclusion", "description"),
    [
        pytest.param("50", 30, "lung-RT", POSSIBLE, "1.67 Gy each", id="50 / 30 is no dose"),
        pytest.param("50", 1, "lung-RT", POSSIBLE, "not a usual dose", id="50 Gy at once"),
        pytest.param("30", 10, "other-RT", NOT, "no number of fractions", id="no fractions"),
        pytest.param("30", 10, "moon", NOT, "no such event", id="no such event"),
    ],
)
def test_c14_fractions(dose, fractions, where, conclusion, description):
    claim = f"- {{dose: {dose}, unit: Gy, about: radiotherapy, of: {where}}}"
    (found,) = of("C14", audited(case(fractions=fractions), claim))
    assert found.conclusion == conclusion
    assert description in found.description


def test_c14_a_usual_dose_of_a_fraction_that_is_not_on_record():
    """A boost is another dose than the one on record, so that C38 does not apply."""
    claim = "- {dose: 30, unit: Gy, about: boost, of: lung-RT}"
    (found,) = of("C14", audited(case(fractions=10), claim))
    assert (found.conclusion, "3.00 Gy each" in found.description) == (AGREES, True)


def test_c14_has_no_verdict_without_radiotherapy():
    assert not of("C14", audited(case(), "- {dose: 30, unit: Gy, about: x, of: rash}"))


DOXORUBICIN = "- {dose: 75, unit: mg/m², about: doxorubicin, of: before}"


@pytest.mark.parametrize(
    ("cycles", "example_fail"),
    [
        pytest.param(7, False, id="7 x 75 = 525, below 550"),
        pytest.param(8, True, id="8 x 75 = 600, above it"),
    ],
)
def test_c15_a_life_long_limit(cycles, example_fail):
    found = of("C15", audited(case(cycles=cycles), DOXORUBICIN))
    assert [each.conclusion for each in found] == ([POSSIBLE] if example_fail else [])
    assert all("600 mg/m²" in each.description for each in found)


def test_c15_names_the_treatment_without_a_printed_dose():
    events = (
        case(cycles=8) + "  - {treatment: 2019-04/2019-05, setting: adjuvant, drugs: adriamycin}\n"
    )
    (found,) = of("C15", audited(events, DOXORUBICIN))
    assert "without treatment 2019-04 (doses or cycles not printed)" in found.description


@pytest.mark.parametrize(
    ("what", "grade", "management", "conclusion"),
    [
        pytest.param("hypothyroidism", "1", "levothyroxine", CONTRADICTED, id="it is grade 2"),
        pytest.param("hypothyroidism", "2", "levothyroxine", AGREES, id="and may be"),
        pytest.param("hypothyroidism", "II", "levothyroxine", AGREES, id="in Roman"),
        pytest.param("hypothyroidism", "3-4", "levothyroxine", AGREES, id="a range"),
        pytest.param("hypothyroidism", "5", "levothyroxine, died", AGREES, id="treated, and died"),
        pytest.param("rash", "2", "hospitalized", POSSIBLE, id="hospital is indicated at grade 3"),
        pytest.param("rash", "4", "observation only", POSSIBLE, id="grade 4, and nothing done"),
        pytest.param("rash", "3", "fatal", CONTRADICTED, id="death is grade 5"),
        pytest.param("hyperglycemia", "2", "insulin was increased", AGREES, id="of a diabetic"),
        pytest.param("hyperglycemia", "2", "insulin was started", CONTRADICTED, id="begun: 3"),
        pytest.param("hypertension", "2", "two antihypertensive drugs", CONTRADICTED, id="two: 3"),
        pytest.param("anaemia", "2", "transfusion", CONTRADICTED, id="transfusion is grade 3"),
        pytest.param("pneumonitis", "5", "oxygen, intubated, died", AGREES, id="every step of it"),
        pytest.param("hypothyroidism", "2", "prednisone", NOT, id="no row for it"),
        pytest.param("hypothyroidism", "mild", "levothyroxine", NOT, id="no grade"),
    ],
)
def test_c24_grade_and_management(what, grade, management, conclusion):
    claim = f"- {{grade: {grade}, about: {what}, of: thyroid}}"
    events = case(management=f"{management!r}").replace("hypothyroidism", what)
    (found,) = of("C24", audited(events, claim))
    assert found.conclusion == conclusion


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param("lung-RT", [], id="no toxicity"),
        pytest.param("rash", [NOT], id="nothing was done"),
        pytest.param("moon", [NOT], id="no such event"),
    ],
)
def test_c24_without_management(where, expected):
    found = audited(case(), f"- {{grade: 1, about: x, of: {where}}}")
    assert calls("C24", found) == expected
