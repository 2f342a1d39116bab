"""How authors call a response, and what is never taken for another response.

The expected categories are those of RECIST 1.1 (Eisenhauer 2009, 4.3.1) and of the NCI Dictionary
of Cancer Terms (complete remission, partial remission); metabolic responses are those of PERCIST.
"""

import itertools
import re

import pytest

from tests.rows import every_row
from timeline.endpoints.progression_anchors import UNGRADED
from timeline.record.findings import non_target_finding, target_finding
from timeline.report.claims import CLAIMS
from timeline.terminology.criteria import LABELS
from timeline.terminology.criterion_names import (
    criterion_of_claim,
    criterion_of_line,
    derived_criterion,
)
from timeline.terminology.response_words import (
    CALLS,
    CALLS_BY_NAME,
    REFUSED,
    categories_of,
    response_called,
)

MEANS = {
    "disease progression": "PD",
    "progression": "PD",
    "Progressed.": "PD",
    "complete remission": "CR",
    "partial remission": "PR",
    "ongoing partial response": "PR",
    "durable CR": "CR",
    "sustained stable disease": "SD",
    "pseudo-progression": "pseudoprogression",
    "near\u2011complete response": "near complete response",
    "nearly complete remission": "near complete response",
    "oligoprogression": "oligoprogression",
    "minor response": "minor response",
    "objective response": "CR or PR",
    "Responded.": "CR or PR",
    "tumour response": "CR or PR",
    "durable response": "CR or PR",  # which of the two lasts is not said
    "PR or CR": "CR or PR",  # the best first, in either order
    "complete or partial response": "CR or PR",
    "clinical benefit": "CR or PR or SD",
    "ongoing disease control": "CR or PR or SD",
    "CR, PR or SD": "CR or PR or SD",
    "SD or PR": "PR or SD",
    "iUPD or iCPD": "iUPD or iCPD",
    "complete metabolic response": "complete metabolic response",
    "PMR": "partial metabolic response",
    "progressive metabolic disease": "progressive metabolic disease",
    "immune unconfirmed progression": "iUPD",
    "no evidence of disease": "NED",
    "clinical CR": "CR",  # by examination and imaging, as opposed to that in tissue: pCR
    "clinical complete response": "CR",
    "radiological partial response": "PR",
    "patial respone": "did you mean PR?",
    "PRR": "did you mean PR?",
    "stable": "write SD where",
    "regression": "write target: shrunk",
    "unconfirmed progression": "iUPD by iRECIST",
    "clinical progression": "an event of its own",
    "disease-free": "write NED where the report means no evidence of disease",
    "Free of recurrence": "write NED where",
    "no signs of recurrence": "write NED where",
    "no recurrence": "or leave called: out",
}
# A prefix or another word changes the meaning: none of these may be taken for the other.
NO_SUGGESTION = (
    *("incomplete response", "non-progressive disease", "unstable disease", "cPR", "uPR", "iPD"),
    *("progression-free", "no response", "complete", "metabolic response", "RP", "pathological"),
)


def answer(read, text):
    try:
        return read(text)
    except ValueError as fault:
        return str(fault)


@every_row(("text", "expected"), MEANS.items())
def test_a_word_is_what_its_source_defines(text, expected):
    for read in (response_called, CLAIMS["response"].read):
        found = answer(read, text)
        is_advice = not categories_of(expected) and expected not in CALLS
        assert found == expected or (is_advice and expected in found)


@every_row("text", NO_SUGGESTION)
@every_row("read", [response_called, target_finding, non_target_finding])
def test_no_other_response_is_suggested(read, text):
    found = answer(read, text)
    assert "unknown" in found
    assert "did you mean" not in found


LISTED = "all 42 are in cases/README.md, called, and timeline schema case"


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("good response", "nearest in spelling: response, mixed response, minor response"),
        ("excellent", "such as CR, PR, SD, NON-CR/NON-PD, NED, PD, NE"),
    ],
)
def test_of_forty_words_the_nearest_are_named_and_where_all_are(text, nearest):
    assert len(CALLS) == 42
    assert answer(response_called, text) == f"unknown response: {text!r} ({nearest}; {LISTED})"


METABOLIC = {  # PERCIST (Wahl 2009): the categories are CMR, PMR, SMD and PMD
    "metabolic CR": "complete metabolic response",
    "metabolic PR": "partial metabolic response",
    "metabolic partial response": "partial metabolic response",
    "metabolic SD": "stable metabolic disease",
    "metabolic PD": "progressive metabolic disease",
}


@pytest.mark.parametrize(("text", "expected"), METABOLIC.items())
def test_a_metabolic_category_is_read_with_its_code(text, expected):
    assert response_called(text) == expected


def test_no_suggestion_turns_a_response_into_a_progression():
    """Each word of the vocabulary before each code, such as radiological PR."""
    kinds = {"CR": "response|remission", "PR": "response|remission", "SD": "stable|control"}
    words = {word for spelling in (*CALLS, *CALLS_BY_NAME) for word in spelling.split()}
    modifiers = {word for word in words if word.isalpha() and word.islower() and len(word) > 3}
    wrong = []
    for modifier, code in itertools.product(sorted(modifiers), kinds):
        found = answer(response_called, f"{modifier} {code}")
        if "unknown" in found and (hint := re.search(r"did you mean (.*?)\? ", found)):
            wrong += [(modifier, code, hint[1])] * ("progress" in hint[1] or "PD" in hint[1])
    assert len(modifiers) > 30
    assert not wrong


def test_what_is_refused_has_advice_and_no_meaning():
    assert not [word for word in REFUSED if answer(response_called, word) in CALLS]
    assert all(advice.startswith("write") for advice in REFUSED.values())


def test_a_call_is_no_category_and_a_response_is_no_progression():
    metabolic = {each for each in CALLS if "metabolic" in each}
    assert len(metabolic) == 6  # CMR, PMR, SMD, NON-CMR/NON-PMD, PMD; and NMR of Lugano
    assert not metabolic & set(LABELS)
    assert "complete metabolic response" not in UNGRADED
    assert "pseudoprogression" not in UNGRADED
    assert "oligoprogression" in UNGRADED


FINDINGS = {  # of words without a measure: every category that they allow (E09 4.3.1 and 4.3.4)
    "marked shrinkage": (("PR", "SD"), ("NON-CR/NON-PD",)),
    "slight decrease": (("PR", "SD"), ("NON-CR/NON-PD",)),
    "significantly smaller": (("PR", "SD"), ("NON-CR/NON-PD",)),
    "deterioration": (("SD", "PD"), ("NON-CR/NON-PD", "PD")),
    "slight growth": (("SD", "PD"), ("NON-CR/NON-PD", "PD")),
    "worse": (("SD", "PD"), ("NON-CR/NON-PD", "PD")),
}


@pytest.mark.parametrize(("text", "expected"), FINDINGS.items())
def test_a_change_of_size_in_words_allows_what_its_measure_might(text, expected):
    assert (target_finding(text).allows, non_target_finding(text).allows) == expected


@pytest.mark.parametrize("text", ["marked", "slight response", "no shrinkage", "slightly stable"])
def test_a_degree_is_no_change_of_size(text):
    assert "unknown" in answer(target_finding, text)


@pytest.mark.parametrize("word", ["stable", "shrunk", "grown", "progressed", "absent", "present"])
def test_a_message_lists_every_word_for_non_targets_that_the_docs_do(word):
    assert word in answer(non_target_finding, "zebra").split("known: ")[1]


CRITERIA = {
    "RECIST v1.1": "RECIST 1.1",
    "RECIST version 1.1": "RECIST 1.1",
    "RECIST1.1": "RECIST 1.1",
    "RECIST, version 1\u00b71": "RECIST 1.1",
    "recist 1.1": "RECIST 1.1",
    "iRECIST criteria": "iRECIST",
    "RECIST": "RECIST",  # as the report states it; what is assumed of it is a remark
    "RECIST criteria": "RECIST",
    "RECIST 1.0": "RECIST 1.0",
    "RECIST version 1.0": "RECIST 1.0",
    "PERCIST": "PERCIST 1.0",
    "WHO criteria": "WHO 1979",
    "RANO": "RANO",  # of glioma (Wen 2010), and those of other diseases that reports name
    "iRANO criteria": "iRANO",
    "RANO 2.0": "RANO",
    "Macdonald criteria": "Macdonald",
    "Lugano classification": "Lugano",
    "PCWG3 criteria": "PCWG3",
    "GCIG CA-125 criteria": "GCIG",
    "IMWG": "IMWG",
    "modified RECIST": "several criteria have this name",
    "RECIST 1.2": "(known: RECIST 1.1",
    "RECISTT 1.1": "did you mean RECIST 1.1?",
    "inRECIST": "(known: RECIST 1.1",  # one letter from imRECIST, and from irRECIST
}


@every_row(("text", "expected"), CRITERIA.items())
def test_a_criterion_is_read_in_the_spellings_of_reports(text, expected):
    found = answer(criterion_of_line, text)
    assert found == expected or expected in found
    assert ("did you mean" in found) is ("did you mean" in expected)


OF_THE_COMMAND = {
    "RECIST v1.1": "RECIST 1.1",
    "RECIST": "no version: write RECIST 1.1 where",
    "modified WHO": "modified WHO is not derived here",
    "Macdonald": "Macdonald is not derived here",
}


@pytest.mark.parametrize(("text", "expected"), OF_THE_COMMAND.items())
def test_a_criterion_to_derive_by_is_one_that_is_derived(text, expected):
    assert expected in answer(derived_criterion, text)


def test_a_claim_may_name_a_criterion_that_is_not_derived():
    assert criterion_of_claim("RECIST v1.0") == "RECIST 1.0"
    assert criterion_of_claim("Macdonald") == "Macdonald"


def test_regression_as_a_finding_is_answered_with_shrunk():
    with pytest.raises(ValueError, match=r"'regression' \(did you mean shrunk\?"):
        target_finding("regression")
