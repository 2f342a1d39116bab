"""Categories of one scan, the window of iCPD, ages, units of laboratory values, sizes."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, calls, of

AGREES, POSSIBLE, CONTRADICTED, NOT = "agrees", "possible", "contradicted", "not checkable"
CONSISTENT = "consistent"
CASE = """
  - {symptom: 2014-01, id: admission}
  - {diagnosis: 2019-12-01}
  - {scan: 2020-01-05, baseline: 1, id: base}
  - {treatment: 2020-01-10/.., line: 1, drugs: x}
  - {scan: 2020-03-10, id: one, target: stable, new: liver}
  - {scan: %s, id: two, target: stable, earlier-new: grown}
  - {lab: 2020-02-01, id: first-lab, values: {amylase: raised}}
  - {lab: 2020-04-01, id: last-lab, values: {amylase: normal}}
"""


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(("PR", "PD"), [CONTRADICTED], id="two categories"),
        pytest.param(("PD", "iUPD"), [], id="the same by two criteria"),
        pytest.param(("PR", "mixed response"), [], id="a word that is no category"),
        pytest.param(("PR", "PD", "PD"), [CONTRADICTED], id="once for each scan"),
    ],
)
def test_c18_one_scan_one_category(texts, expected):
    claims = "\n".join(
        f"Place {n}:\n  - {{response: {text}, of: one}}" for n, text in enumerate(texts)
    )
    found = audited(CASE % "2020-04-20", f"Text:\n  - {{name: x, about: y}}\n{claims}")
    assert [each for each in calls("C18", found) if each != AGREES] == expected


def test_c18_names_every_place():
    claims = "Text:\n  - {response: PR, of: one}\nLegend:\n  - {response: PD, of: one}"
    found = audited(CASE % "2020-04-20", claims)
    (odd,) = of("C18", found)
    assert "PR [Text]; PD [Legend]" in odd.description
    assert not of("C18", audited(CASE % "2020-04-20", "- {response: PR, of: moon}"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2020-04-20", [], id="41 days after 10 March"),
        pytest.param("2020-04-07", [], id="28 days"),
        pytest.param("2020-05-05", [], id="56 days"),
        pytest.param("2020-05-06", [POSSIBLE], id="57 days: late, and confirms by default"),
        pytest.param("2020-03-25", [CONTRADICTED], id="15 days: too early to confirm at all"),
        pytest.param("2020-05", [], id="52 to 82 days, of which 52 to 56 are in time"),
        pytest.param("2020-06", [POSSIBLE], id="83 to 112 days: late on every day"),
    ],
)
def test_c10_the_window_of_confirmation(day, expected):
    found = audited(CASE % day, "- {response: iCPD, of: two}\n- {response: iCPD, of: line 1}")
    assert [each for each in calls("C10", found) if each != AGREES] == expected


@pytest.mark.parametrize(
    ("age", "where", "conclusion", "description"),
    [
        pytest.param("45", "diagnosis", AGREES, "1973-12-02 to 1974-12-01", id="45, or"),
        pytest.param("44", "diagnosis", AGREES, "1974-12-02 to 1975-12-01", id="44"),
        pytest.param("43", "diagnosis", CONTRADICTED, "from 1974-01-02 to 1975-01-31", id="43"),
        pytest.param("46", "diagnosis", CONTRADICTED, "1972-12-02 to 1973-12-01", id="46"),
        pytest.param("45.5", "diagnosis", NOT, "whole years", id="not in whole years"),
        pytest.param("45", "moon", NOT, "no such event", id="no such event"),
    ],
)  # fmt: skip
def test_c22_ages(age, where, conclusion, description):
    """39 in January 2014: born after 1 January 1974 (else 40), by 31 January 1975 (else 38)."""
    first = "- {age: 39, unit: years, about: age, of: admission}"
    claims = f"{first}\n- {{age: {age}, unit: years, about: later age, of: {where}}}"
    found = audited(CASE % "2020-04-20", claims)[1]
    assert (found.rule, found.conclusion) == ("C22", conclusion)
    assert description in found.description


def test_c22_one_age_alone_is_not_checked():
    claim = "- {age: 39, unit: years, about: age, of: admission}"
    assert not of("C22", audited(CASE % "2020-04-20", claim))


@pytest.mark.parametrize(
    ("age", "claimed", "expected"),
    [
        pytest.param("39", "39", [], id="the same"),
        pytest.param("47", "39", [], id="47 in 2021, when it was published"),
        pytest.param("48", "39", [CONTRADICTED], id="48 by 2021-10-01 is 40 in January 2014"),
        pytest.param("39", "40", [], id="39 until a birthday in January 2014"),
        pytest.param("39", "41", [CONTRADICTED], id="41 before 39"),
        pytest.param("about 39", "85", [], id="an age that is hedged"),
    ],
)  # fmt: skip
def test_c22_an_age_that_the_age_of_the_case_does_not_allow(age, claimed, expected):
    """39 in January 2014: born from 1974-01-02 to 1975-01-31; the case may speak of any day."""
    claim = f"- {{age: {claimed}, unit: years, about: age, of: admission}}"
    found = audited(CASE % "2020-04-20", claim, f"patient: {{age: {age}}}")
    assert calls("C22", found) == expected


@pytest.mark.parametrize(
    ("age", "claimed", "expected"),
    [
        pytest.param("39", "39", CONSISTENT, id="the same"),
        pytest.param("39", "45", POSSIBLE, id="39 in January 2014 is 45 in April 2020"),
        pytest.param("39", "48", CONTRADICTED, id="39 in January 2014 is 47 at most in 2021"),
        pytest.param("39", "30", CONTRADICTED, id="39 in 2021 is 31 at least in January 2014"),
        pytest.param("about 39", "85", NOT, id="an age that is hedged"),
        pytest.param("39", "39.5", NOT, id="not in whole years"),
    ],
)  # fmt: skip
def test_c22_an_age_at_no_event_against_the_age_of_the_case(age, claimed, expected):
    """Neither has a day: January 2014 to 1 October 2021, when the report was published."""
    claim = f"- {{age: {claimed}, unit: years, about: age of the patient}}"
    assert calls("C22", audited(CASE % "2020-04-20", claim, f"patient: {{age: {age}}}")) == [
        expected
    ]


@pytest.mark.parametrize(
    ("born", "conclusion"),
    [
        pytest.param("1974-05-01", AGREES, id="39"),
        pytest.param("1973-05-01", CONTRADICTED, id="40"),
    ],
)
def test_c22_a_date_of_birth(born, conclusion):
    claims = f"- {{date: {born}, of: birth}}\n- {{age: 39, unit: years, about: age, of: admission}}"
    assert calls("C22", audited(CASE % "2020-04-20", claims)) == [conclusion]


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        pytest.param(39, [POSSIBLE], id="44 or 45 at line 1 in January 2020"),
        pytest.param(33, [], id="38 or 39"),
    ],
)
def test_c22_young(age, expected):
    claims = (
        "- {name: young, about: age group of the patient}\n"
        f"- {{age: {age}, about: age, of: admission}}"
    )
    found = calls("C22", audited(CASE % "2020-04-20", claims))
    assert [each for each in found if each != AGREES] == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(
            ("182", "IU/L"), ("14.39", "U/mL"), [CONTRADICTED], id="14 390, called normal"
        ),
        pytest.param(("182", "IU/L"), ("14.39", "U/L"), [AGREES], id="a unit by another name"),
        pytest.param(("182", "IU/L"), ("0.1", "U/mL"), [AGREES], id="100 U/L, twofold"),
        pytest.param(("14.39", "U/mL"), ("14.39", "IU/L"), [POSSIBLE], id="less by a thousand"),
        pytest.param(("182", "IU/L"), ("14.39", "IU/L"), [], id="one unit"),
        pytest.param(("182", "IU/L"), ("14.39", "g/L"), [], id="two different quantities"),
        pytest.param(("182", "IU/L"), ("14.39", "drops"), [], id="no unit"),
        pytest.param(("high", "IU/L"), ("14.39", "U/mL"), [], id="no number"),
    ],
)
def test_c25_units(first, last, expected):
    claims = "\n".join(
        f"- {{lab: {value}, unit: {unit}, about: {about}, of: {where}}}"
        for (value, unit), about, where in (
            (first, "serum amylase", "first-lab"),
            (last, "amylase level", "last-lab"),
        )
    )
    found = audited(CASE % "2020-04-20", claims)
    assert [v.conclusion for v in of("C25", found) if "last-lab" in v.claim.of] == expected


def test_c25_other_analytes_are_not_compared():
    claims = "- {lab: 182, unit: IU/L, about: amylase}\n- {lab: 14.39, unit: U/mL, about: lipase}"
    assert not of("C25", audited(CASE % "2020-04-20", claims))


SIZES = """
  - {scan: 2020-01-05, baseline: 1, id: base, sum: 41 mm}
  - {treatment: 2020-01-10/.., line: 1, drugs: x}
  - {scan: 2020-03-10, id: one, sum: %s}
  - {scan: 2020-04-10, id: unsized}
"""


@pytest.mark.parametrize(
    ("size", "claim", "conclusion"),
    [
        pytest.param("30 mm", "{percent: 27, about: decrease of the sum, of: one}", AGREES,
                     id="30 / 41 = -26.8 %"),
        pytest.param("30 mm", "{percent: 28, about: decrease of the sum, of: one}", POSSIBLE,
                     id="29.5 / 41.5 = -28.9 %, each rounded to the millimetre"),
        pytest.param("30 mm", "{percent: 45, about: decrease of the sum, of: one}", CONTRADICTED,
                     id="not 45"),
        pytest.param("30 mm", "{percent: 27, about: increase of the sum, of: one}", CONTRADICTED,
                     id="not an increase"),
        pytest.param("30 mm", "{percent: 27, about: change of the sum, of: one}", AGREES,
                     id="a change is either"),
        pytest.param("50 mm", "{percent: 22, about: increase of the sum, from: base, to: one}",
                     AGREES, id="50 / 41 = 21.95 %"),
        pytest.param("30 mm", "{percent: 27, about: decrease of the sum, of: unsized}", NOT,
                     id="nothing measured"),
    ],
)  # fmt: skip
def test_c29_changes_from_sizes(size, claim, conclusion):
    (found,) = of("C29", audited(SIZES % size, f"- {claim}"))
    assert found.conclusion == conclusion, found.description


@pytest.mark.parametrize(
    ("percent", "about", "category", "conclusion"),
    [
        pytest.param("35", "decrease", "PR", CONSISTENT, id="35 is a response"),
        pytest.param("25", "decrease", "PR", CONTRADICTED, id="25 is none"),
        pytest.param("25", "decrease", "SD", CONSISTENT, id="but stable"),
        pytest.param("35", "decrease", "SD", POSSIBLE, id="a response not confirmed"),
        pytest.param("25", "increase", "PD", CONSISTENT, id="25 more is progression"),
        pytest.param("10", "increase", "PD", POSSIBLE, id="10 more only by other lesions"),
        pytest.param("100", "decrease", "CR", CONSISTENT, id="gone"),
        pytest.param("90", "decrease", "CR", POSSIBLE, id="only of nodes"),
        pytest.param("90", "decrease", "mixed response", NOT, id="no category"),
    ],
)
def test_c29_changes_against_the_category(percent, about, category, conclusion):
    claims = (
        f"- {{percent: {percent}, about: {about} of the target lesions, of: unsized}}\n"
        f"- {{response: {category}, of: unsized}}"
    )
    (found,) = of("C29", audited(SIZES % "30 mm", claims))
    assert found.conclusion == conclusion


TOO_SMALL = """
  - {scan: 2020-01-05, baseline: 1, lesions: {T1: 20 mm}}
  - {treatment: 2020-01-10/.., line: 1, drugs: x}
  - {scan: 2020-03-10, id: small, lesions: {T1: too small}}
  - {scan: 2020-05-10, id: later, lesions: {T1: 12 mm}}
"""


@pytest.mark.parametrize(
    ("percent", "conclusion"),
    [
        pytest.param("140", AGREES, id="12 / 5 = 2.4"),
        pytest.param("300", POSSIBLE, id="from 3 mm, which is too small to measure as well"),
        pytest.param("16", POSSIBLE, id="from 10 to 11.6 mm"),
        pytest.param("10", CONTRADICTED, id="less than from 10 to 11.5 mm"),
    ],
)
def test_c29_an_increase_from_a_lesion_too_small_to_measure(percent, conclusion):
    """5 mm on record, which may be any length up to 10 mm (Eisenhauer 2009, 4.3.2)."""
    claim = f"- {{percent: {percent}, about: increase of T1, from: small, to: later}}"
    (found,) = of("C29", audited(TOO_SMALL, claim, "lesions: {T1: {organ: liver}}"))
    assert found.conclusion == conclusion, found.description
    assert ("by at least 15.0 %" in found.description) == (conclusion == POSSIBLE)


def test_c29_leaves_other_percentages_alone():
    found = audited(SIZES % "30 mm", "- {percent: 90, about: necrosis, of: one}")
    assert not of("C29", found)


@pytest.mark.parametrize(
    ("management", "what", "printed", "right"),
    [
        # CTCAE 5.0: thyroid replacement is grade 2, intubation is grade 4; death is grade 5
        pytest.param(
            "levothyroxine", "hypothyroidism", "1", "grade 2 or higher", id="from a grade"
        ),
        pytest.param("died", "pneumonitis", "3", "grade 5", id="one grade"),
        pytest.param("levothyroxine", "hypothyroidism", "2", "", id="what is right"),
    ],
)
def test_a_grade_against_its_management_states_the_grades_that_fit(
    management, what, printed, right
):
    events = f"  - {{toxicity: 2020-04, id: t, what: {what}, management: {management}}}"
    (found,) = of("C24", audited(events, f"- {{grade: {printed}, about: {what}, of: t}}"))
    assert found.expected == right


@pytest.mark.parametrize(
    ("event", "claim", "reason"),
    [
        pytest.param("term: anaemia, management: transfusion", "grade: 2, about: anaemia, of: t",
                     "transfusion is indicated from grade 3", id="the term decides the row"),
        pytest.param("term: hepatitis, management: prednisolone", "grade: 2, about: hepatitis",
                     "neither a grade nor a management that belongs to a grade is on record of t",
                     id="steroids belong to no grade of CTCAE"),
        pytest.param("term: hepatitis, grade: 2", "grade: 2, about: nausea",
                     "it names no adverse event on record", id="another event"),
        # Trojani 1984 grades sarcomas; CTCAE has a term "tumor lysis syndrome"
        pytest.param("term: hepatitis, grade: 2", "grade: III, about: FNCLCC grade",
                     "a grade of the tumour, not of an adverse event", id="a grade of a tumour"),
        pytest.param("term: hepatitis, grade: 2", "grade: 3, about: tumour",
                     "a grade of the tumour, not of an adverse event", id="tumour grade"),
        pytest.param("term: hepatitis, grade: 2", "grade: 3, about: tumour lysis syndrome",
                     "it names no adverse event on record", id="an event named after the tumour"),
    ],
)  # fmt: skip
def test_a_grade_states_what_it_is_compared_with(event, claim, reason):
    events = f"  - {{toxicity: 2020-04, id: t, {event}}}"
    (found,) = audited(events, f"- {{{claim}}}")
    assert reason in found.description
