"""Sides, drug names, tumour types, planned and done, ordinals, panels."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, calls, of
from timeline.auditing.patient.wording import topics
from timeline.auditing.patient.wording.panels import panels
from timeline.terminology.drugs import drug_named, drug_table, nearest

CASE = """
  - {diagnosis: 2019-12-01}
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: 2020-01-10/2020-06-10, line: 1, drugs: anlotinib}
  - {scan: 2020-03-10, id: early}
  - {treatment: 2020-03-20/2020-06-10, line: 1, drugs: penpulimab, id: added}
  - {scan: 2020-06-10, id: late, line: 1}
  - {treatment: 2020-06-20/2020-09-01, line: 2, drugs: eribulin}
"""
AGREES, POSSIBLE, CONTRADICTED, NOT = "agrees", "possible", "contradicted", "not checkable"


def at_two_places(kind, one, other, keys="about: x"):
    return (
        f"Text:\n  - {{{kind}: {one}, {keys}}}\nFigure 2 legend:\n  - {{{kind}: {other}, {keys}}}"
    )


@pytest.mark.parametrize(
    ("rule", "one", "other", "conclusion"),
    [
        pytest.param("C16", "right", "left", CONTRADICTED, id="two sides of one organ"),
        pytest.param("C16", "right femur", "right", AGREES, id="a side with and without its organ"),
        pytest.param("C16", "left", "bilateral", CONTRADICTED, id="one side or both"),
        pytest.param("C17", "penpulimab", "clopidogrel", CONTRADICTED, id="another drug"),
        pytest.param("C17", "penpulimab", "AK105", AGREES, id="a code name"),
        pytest.param("C17", "doxorubicin", "adriamycin", AGREES, id="a trade name"),
        pytest.param("C17", "Anlotinib", "arotinib", CONTRADICTED, id="no drug at all"),
        pytest.param("C17", "envafolelimab", "envafolimab", CONTRADICTED, id="the first is none"),
        pytest.param("C17", "trabectedin", "trobertainine", CONTRADICTED, id="far, in one slot"),
        pytest.param("C17", "trobertainine", "trabectedin", CONTRADICTED, id="and the other way"),
        pytest.param("C36", "leiomyosarcoma", "lymphoma", CONTRADICTED, id="two tumours"),
        pytest.param("C36", "leiomyosarcoma", "liposarcoma", CONTRADICTED, id="two sarcomas"),
        pytest.param("C36", "myxoid liposarcoma", "liposarcoma", AGREES, id="less specific"),
        pytest.param("C36", "high-grade liposarcoma", "abdominal sarcoma", POSSIBLE,
                     id="a liposarcoma is a sarcoma"),
        pytest.param("C36", "undifferentiated liposarcoma", "dedifferentiated liposarcoma",
                     CONTRADICTED, id="two subtypes"),
        pytest.param("C36", "well-differentiated liposarcoma", "well differentiated sarcoma",
                     POSSIBLE, id="one subtype, less specific"),
        pytest.param("C21", "planned", "received", CONTRADICTED, id="planned is not done"),
        pytest.param("C21", "given", "received", AGREES, id="two words for done"),
    ],
)  # fmt: skip
def test_a_word_at_two_places(rule, one, other, conclusion):
    found = audited(CASE, at_two_places("name", one, other))
    assert set(calls(rule, found)) == {conclusion}
    assert not of("C26", found), "judged once, by the rule of its kind"


@pytest.mark.parametrize("rule", ["C16", "C17", "C21", "C36"])
def test_other_words_are_left_to_the_general_rule(rule):
    found = audited(CASE, at_two_places("name", "SPSS", "R"))
    assert not of(rule, found)
    assert calls("C26", found) == [CONTRADICTED]


def test_a_word_that_is_printed_once_is_not_checkable():
    (found,) = audited(CASE, "- {name: right, about: x}")
    assert found.conclusion == "not checkable"


@pytest.mark.parametrize(
    ("one", "other", "description"),
    [
        pytest.param("penpulimab", "clopidogrel", "another drug (antiplatelet)", id="its kind"),
        pytest.param("anlotinib", "arotinib", "nearest name is anlotinib", id="the nearest"),
        pytest.param("penpulimab", "Panapril", "on no list", id="nothing is near"),
        pytest.param("envafolelimab", "envafolimab", "envafolelimab is on no list", id="the first"),
        pytest.param("anlotinib", "lenvatinib", "another drug of the same kind", id="same kind"),
        pytest.param("pazopanib", "Pazotinib", "known here", id="never a nearer one than its own"),
    ],
)
def test_c17_states_what_the_other_name_is(one, other, description):
    assert description in of("C17", audited(CASE, at_two_places("name", one, other)))[0].description


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param("- {name: arotinib, about: drug given}", ["erlotinib"], id="by the list"),
        pytest.param("- {name: arotinib, about: drug given}\n- {name: anlotinib, about: drug x}",
                     ["anlotinib"], id="a drug of the report comes first"),
        pytest.param("- {name: trobertainine, about: drug given}", ["on no list of drugs"],
                     id="nothing is near"),
        pytest.param("- {name: zzzumab, about: the antibody}", [], id="new, by its stem a drug"),
        pytest.param("- {name: Zzzuvia, about: the drug}", [], id="a trade name"),
        pytest.param("- {name: platinum doublet, about: the drug}", [], id="no single name"),
        pytest.param("- {name: trobertainine, about: funder}", [], id="of something else"),
        pytest.param("- {name: arotinib, about: dose}", [], id="not of a drug"),
        pytest.param("- {name: arotinib, about: subject of reference 3 on a drug}", [],
                     id="what a reference is about"),
    ],
)  # fmt: skip
def test_c17_a_name_on_no_list_is_possible_at_most(claims, expected):
    found = of("C17", audited(CASE, claims))
    assert [each.conclusion for each in found] == [POSSIBLE] * len(expected)
    assert all(name in each.description for name, each in zip(expected, found, strict=True))


def test_c17_finds_a_typo_among_several_drugs_of_one_place():
    claims = (
        "A:\n  - {name: anlotinib, about: the drug}\n  - {name: arotinib, about: the drug}\n"
        "B:\n  - {name: anlotinib, about: the drug}\n  - {name: arotinib, about: the drug}"
    )
    assert calls("C17", audited(CASE, claims)) == [CONTRADICTED, CONTRADICTED]


def test_what_a_reference_is_about_is_no_topic():
    one, other = "epirubicin in sarcoma", "doxorubicin"
    found = audited(CASE, at_two_places("name", one, other, "about: subject of reference 3"))
    assert not of("C17", found)
    assert not of("C36", found)


def test_no_two_drugs_share_a_spelling():
    spellings = [
        each.lower() for agent in drug_table().values() for each in (agent.name, *agent.also)
    ]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Penpulimab", "penpulimab", id="in capitals"),
        pytest.param("oral anlotinib capsules", "anlotinib", id="among other words"),
        pytest.param("gemcitabine and docetaxel", None, id="two drugs are none"),
        pytest.param("water", None, id="no drug"),
    ],
)
def test_a_drug_by_name(text, name):
    agent = drug_named(text)
    assert (agent and agent.name) == name


def test_the_nearest_name_is_near():
    assert nearest("anlotinb").name == "anlotinib"
    assert nearest("aspergillus") is None


@pytest.mark.parametrize(
    ("text", "keys", "conclusion", "description"),
    [
        pytest.param("first", "about: x, line: 1", POSSIBLE, "is line 2", id="a drug was added"),
        pytest.param("second", "about: x, line: 2", POSSIBLE, "is line 3", id="after an addition"),
        pytest.param("third", "about: x, line: 2", POSSIBLE, "it may be third", id="counted so"),
        pytest.param("fourth", "about: x, line: 2", CONTRADICTED, "is line 2 on record", id="none"),
        pytest.param("5th", "about: x, line: 2", CONTRADICTED, "is line 2 on record", id="digits"),
        pytest.param("first", "about: x, line: 7", NOT, "on record: 1, 2", id="no line"),
    ],
)  # fmt: skip
def test_c11_ordinals(text, keys, conclusion, description):
    (found,) = of("C11", audited(CASE, f"- {{ordinal: {text}, {keys}}}"))
    assert found.conclusion == conclusion
    assert description in found.description


def test_c11_curative_treatment_may_be_counted():
    case = """
  - {treatment: 2019-01-10/2019-03-01, setting: adjuvant, drugs: doxorubicin}
  - {treatment: 2020-01-10/2020-06-10, line: 1, drugs: anlotinib}
"""
    found = audited(
        case, "- {ordinal: first, about: x, line: 1}\n- {ordinal: second, about: y, line: 1}"
    )
    assert calls("C11", found) == [AGREES, POSSIBLE]
    assert "curative intent" in found[1].description


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        pytest.param("{PFS: 5, unit: months, line: 2}", [POSSIBLE], id="a time of the line"),
        pytest.param("{dose: 8, unit: mg/day, about: lenvatinib, line: 2}", [], id="a dose in it"),
    ],
)
def test_c11_the_number_of_a_line_is_held_against_what_is_printed_of_the_line(claim, found):
    """By rule x, then y after progression, is one line more than the numbers 2 and 2 say."""
    case = """
  - {treatment: 2020-01-10/2020-06-10, line: 1, drugs: anlotinib}
  - {scan: 2020-06-01, line: 1, target: SD, new: none}
  - {treatment: 2020-07-10/2020-12-10, line: 2, drugs: lenvatinib}
  - {scan: 2020-12-01, line: 2, target: PD, new: lung}
  - {treatment: 2021-01-10/2021-03-10, line: 2, drugs: eribulin}
"""
    assert calls("C11", audited(case, f"- {claim}")) == found


def test_c11_without_a_line_an_ordinal_is_only_compared_with_itself():
    found = audited(CASE, at_two_places("ordinal", "first", "second"))
    assert not of("C11", found)
    assert calls("C26", found) == [CONTRADICTED]


def test_c11_replaces_the_general_rule():
    found = audited(CASE, at_two_places("ordinal", "second", "fourth", "about: x, line: 2"))
    assert [each.rule for each in found] == ["C11", "C11"]


NUMBERED = """
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: 2020-01-10/2020-06-10, line: 1, drugs: anlotinib}
  - {scan: 2020-05-10, line: 1, target: %s, new: none}
  - {treatment: %s/2020-09-01, line: 2, drugs: [anlotinib, penpulimab]}
"""


@pytest.mark.parametrize(
    ("scan", "begun", "conclusion", "description"),
    [
        pytest.param("SD", "2020-06-11", POSSIBLE,
                     "the report counts a new line, the rules the same line",
                     id="a drug added without progression, numbered as a line"),
        pytest.param("PD", "2020-06-11", None, "", id="a drug added after progression"),
        pytest.param("grown", "2020-06-11", NOT, "the record leaves open",
                     id="after what may be progression"),
    ],
)  # fmt: skip
def test_c11_the_number_of_a_line_against_the_count_by_rule(scan, begun, conclusion, description):
    claims = "- {PFS: 3, unit: months, line: 2}\n- {ordinal: second, about: x, line: 2}"
    found = of("C11", audited(NUMBERED % (scan, begun), claims))
    by_count = [each for each in found if "line 2, anlotinib" in each.description]
    assert [each.conclusion for each in by_count] == ([conclusion] if conclusion else [])
    assert all(
        description in each.description and each.claim.kind == "ordinal" for each in by_count
    )


def test_c11_judges_any_claim_of_the_line_where_no_ordinal_is_printed():
    found = of("C11", audited(NUMBERED % ("SD", "2020-06-11"), "- {PFS: 3, unit: months, line: 2}"))
    assert [(each.claim.kind, each.conclusion) for each in found] == [("PFS", POSSIBLE)]


def test_c11_lines_that_are_not_on_record_cannot_be_counted():
    case = "  - {treatment: 2020-01-10/2020-06-10, line: 3, drugs: anlotinib}"
    for ordinal in ("third", "second"):
        (found,) = of("C11", audited(case, f"- {{ordinal: {ordinal}, about: x, line: 3}}"))
        assert (found.conclusion, found.description) == (
            NOT,
            "lines cannot be counted without those not on record: 1, 2",
        )


LEGEND = """
Text:
  - {range: A–C, about: panels of Figure 1, of: early}
  - {range: D–F, about: panels of Figure 1, of: late}
Figure 1 legend:
  - {range: %s, about: panels of Figure 1, of: early}
  - {range: %s, about: panels of Figure 1, of: late}
"""


@pytest.mark.parametrize(
    ("early", "late", "expected", "description"),
    [
        pytest.param("A–C", "D–F", [AGREES] * 4, "", id="as cited"),
        pytest.param("A-C", "D to F", [AGREES] * 4, "", id="other dashes"),
        pytest.param("A–D", "D–F", [AGREES, AGREES, CONTRADICTED, CONTRADICTED],
                     "D is in A–D as well", id="an overlap, and another range than cited"),
        pytest.param("A–B", "D–F", [AGREES, AGREES, CONTRADICTED, CONTRADICTED],
                     "C is in no range of the legend", id="a gap"),
    ],
)  # fmt: skip
def test_c20_panels(early, late, expected, description):
    found = audited(CASE, LEGEND % (early, late))
    assert calls("C20", found) == expected
    assert description in found[3].description
    assert not of("C26", found)


def test_c20_leaves_other_ranges_alone():
    found = audited(CASE, "- {range: 41-75, about: panels of age}\n- {range: A–C, about: doses}")
    assert not of("C20", found)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        pytest.param("A–C", "ABC", id="a range"),
        pytest.param("A, C and E–F", "ACEF", id="a list"),
        pytest.param("41-75", "", id="numbers are no panels"),
        pytest.param("C–A", "", id="backwards"),
    ],
)
def test_panels_are_letters(text, letters):
    assert panels(text) == frozenset(letters)


def test_names_on_no_list_are_compared_with_listed_drugs_only(monkeypatch):
    """And not with each other: of 80 names and 2 drugs 160 pairs are compared at most."""
    pairs = []
    compare = topics.resembles
    monkeypatch.setattr(topics, "resembles", lambda *both: pairs.append(1) or compare(*both))
    looked_up = []
    find = topics.drug_named
    monkeypatch.setattr(topics, "drug_named", lambda text: looked_up.append(1) or find(text))
    names = [f"zq{i}xy" for i in range(80)] + ["anlotinib", "penpulimab"]
    claims = "\n".join(f"- {{name: {name}, about: drug}}" for name in names)
    assert calls("C17", audited(CASE, claims)).count(AGREES) == 0
    assert len(pairs) <= 160
    assert len(looked_up) <= 10 * len(names)
