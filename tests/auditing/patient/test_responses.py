"""Calls against findings where a line is judged by another criterion than RECIST 1.1.

Line 1: 74 mm, then 90 mm (+21.6 %, +16 mm: PD, iUPD), 44 mm (-40.5 %: iPR; by RECIST 1.1 PD is
carried on), 46 mm (-37.8 %: iPR). Line 2: 50 mm at -10 % and 18 % less dense: PR by Choi, SD by
RECIST 1.1.
"""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from tests.rows import every_row

AGREES, CONTRADICTED, NOT = "agrees", "contradicted", "not checkable"
CASE = """
  - {scan: 2020-01-05, baseline: 1, sum: 74 mm}
  - {treatment: 2020-01-10/2020-08-10, line: 1, drugs: atezolizumab, criterion: %s}
  - {scan: 2020-03-10, id: flare, sum: 90 mm, new: none}
  - {scan: 2020-04-21, id: shrunk, sum: 44 mm, new: none}
  - {scan: 2020-06-02, id: kept, sum: 46 mm, new: none}
  - {scan: 2020-08-15, baseline: 2, sum: 50 mm, density: 50 HU}
  - {treatment: 2020-08-20/.., line: 2, drugs: imatinib, criterion: Choi}
  - {scan: 2020-10-20, id: lighter, sum: 45 mm, density: 41 HU, new: none}
"""


@pytest.mark.parametrize(
    ("claim", "criterion", "conclusion"),
    [
        pytest.param("response: PR, of: shrunk", "iRECIST", AGREES, id="iPR written as PR"),
        pytest.param("response: iPR, of: shrunk", "iRECIST", AGREES, id="iPR"),
        pytest.param("response: PR, of: kept, criterion: iRECIST", "iRECIST", AGREES,
                     id="PR by iRECIST, which the claim names"),
        pytest.param("response: PR, of: shrunk, criterion: iRECIST", "RECIST 1.1", AGREES,
                     id="the claim names iRECIST, the case RECIST 1.1"),
        pytest.param("response: PD, of: shrunk", "iRECIST", AGREES, id="PD is carried on"),
        pytest.param("response: PD, of: flare, criterion: iRECIST", "iRECIST", AGREES,
                     id="iUPD written as PD"),
        pytest.param("response: PR, of: line 1", "iRECIST", AGREES, id="best of the line"),
        pytest.param("response: SD, of: shrunk", "iRECIST", CONTRADICTED, id="by neither"),
        pytest.param("response: SD, of: flare", "iRECIST", CONTRADICTED, id="neither at the flare"),
        pytest.param("response: CR, of: line 1", "iRECIST", CONTRADICTED, id="never reached"),
        pytest.param("response: PR, of: shrunk, criterion: RECIST 1.1", "iRECIST", CONTRADICTED,
                     id="the claim names RECIST 1.1"),
        pytest.param("response: PR, of: shrunk", "RECIST 1.1", CONTRADICTED,
                     id="neither names iRECIST"),
        pytest.param("response: PR, of: shrunk", "imRECIST", AGREES, id="imPR written as PR"),
        pytest.param("response: PR, of: lighter", "iRECIST", AGREES, id="PR by Choi"),
        pytest.param("response: SD, of: lighter", "iRECIST", AGREES, id="SD by RECIST 1.1"),
        pytest.param("response: CR, of: lighter", "iRECIST", CONTRADICTED, id="not by Choi either"),
        pytest.param("response: PR, of: kept, criterion: WHO", "RECIST 1.1", NOT,
                     id="a criterion that nothing here reads"),
    ],
)  # fmt: skip
def test_c30_judges_a_plain_word_by_the_criterion_of_its_line_as_well(claim, criterion, conclusion):
    (found,) = [
        each
        for each in audited(CASE % criterion, f"- {{{claim}}}")
        if each.rule == "C30" or conclusion == NOT
    ]
    assert found.conclusion == conclusion, found.description


def test_c30_names_the_criterion_of_each_category():
    (found,) = of("C30", audited(CASE % "iRECIST", "- {response: CR, of: shrunk}"))
    assert "PD at shrunk by RECIST 1.1" in found.description
    assert "iPR at shrunk by iRECIST" in found.description


CALLED = """
  - {scan: 2020-01-05, baseline: 1, sum: 50 mm}
  - {treatment: 2020-01-10/2020-08-10, line: 1, drugs: regorafenib}
  - {scan: 2020-03-10, sum: 30 mm}
  - {scan: 2020-05-10, called: CR}
"""


@pytest.mark.parametrize(("category", "conclusion"), [
    pytest.param("PR", AGREES, id="30 of 50 mm is -40 %: the findings give it"),
    pytest.param("CR", "consistent", id="only the call of the authors gives it"),
    pytest.param("SD", CONTRADICTED, id="neither gives it"),
    pytest.param("objective response", AGREES, id="CR or PR: PR is one"),
    pytest.param("disease control", AGREES, id="CR, PR or SD: PR is one"),
    pytest.param("SD or PD", CONTRADICTED, id="neither of the two"),
])  # fmt: skip
def test_a_call_of_the_authors_is_no_evidence_for_the_response_of_a_line(category, conclusion):
    (found,) = of("C30", audited(CALLED, f"- {{response: {category}, of: line 1}}"))
    assert found.conclusion == conclusion, found.description


ONE_SCAN = """
  - {treatment: 2020-01-10/2020-08-10, line: 1, drugs: regorafenib}
  - {scan: 2020-03-10, id: only, new: none, called: objective response}
"""


@pytest.mark.parametrize(("first", "second", "conclusion"), [
    pytest.param("PR", "objective response", "consistent", id="one response, two names"),
    pytest.param("clinical benefit", "PR or CR", "consistent", id="CR and PR are in both"),
    pytest.param("objective response", "SD", CONTRADICTED, id="SD is no objective response"),
])  # fmt: skip
def test_names_of_one_response_contradict_where_no_category_is_in_each(first, second, conclusion):
    claims = f"- {{response: {first}, of: only}}\n- {{response: {second}, of: only}}"
    found = [each.conclusion for each in of("C18", audited(ONE_SCAN, claims))]
    assert set(found) == {conclusion}


CALLED_ONLY = """
  - {scan: 2020-03, baseline: 1}
  - {treatment: 2020-04-15/2020-10, line: 1, drugs: oxaliplatin}
  - {scan: 2020-07-06, called: PR}
  - {scan: 2020-10, called: PR}
  - {scan: 2021-03, id: worse, called: PD}
  - {treatment: 2021-04-12/2021-09-20, line: 2, drugs: irinotecan}
  - {scan: 2021-06, called: not evaluable}
"""


@every_row(("claim", "conclusion", "expected"), [
    pytest.param("CR, of: line 1", CONTRADICTED, "PR", id="no scan is called CR"),
    pytest.param("SD, of: line 1", CONTRADICTED, "PR", id="no scan is called SD"),
    pytest.param("PR, of: line 1", "consistent", "", id="the best of the calls"),
    pytest.param("objective response, of: line 1", "consistent", "", id="PR is one"),
    pytest.param("PD, of: line 1", "consistent", "", id="a scan is called PD"),
    pytest.param("PD, of: line 1, note: best response", CONTRADICTED, "PR", id="not the best"),
    pytest.param("SD, of: worse", CONTRADICTED, "PD", id="another call of the same scan"),
    pytest.param("PD, of: worse", NOT, "", id="the same call once more confirms nothing"),
    pytest.param("PR, of: line 2", NOT, "", id="not evaluable contradicts nothing"),
])  # fmt: skip
def test_calls_without_findings_contradict_what_they_do_not_allow(claim, conclusion, expected):
    """The best of PR, PR, PD is PR (Eisenhauer 2009 4.4): a printed CR is a second response."""
    (found,) = audited(CALLED_ONLY, f"- {{response: {claim}}}")
    assert (found.conclusion, found.expected) == (conclusion, expected), found.description


def test_the_call_of_a_scan_with_nothing_new_is_no_evidence_for_itself():
    (found,) = audited(ONE_SCAN, "- {response: durable response, of: only}")
    assert found.conclusion == NOT


@pytest.mark.parametrize(
    ("day", "conclusion"),
    [
        pytest.param("2020-02", "possible", id="day 22 to 50: stable disease counts from day 42"),
        pytest.param("2020-03-10", AGREES, id="day 60"),
    ],
)
def test_stable_disease_of_a_line_that_may_have_been_too_early(day, conclusion):
    """Eisenhauer 2009 4.4.3; where it was too early, the best response is PD."""
    case = f"""
  - {{scan: 2020-01-05, baseline: 1, sum: 74 mm}}
  - {{treatment: 2020-01-10/2020-08-10, line: 1, drugs: x}}
  - {{scan: {day}, sum: 74 mm, new: none}}
  - {{scan: 2020-06-02, sum: 110 mm, new: none}}
"""
    found = of("C30", audited(case, "- {response: stable disease, of: line 1}"))
    assert [str(each.conclusion) for each in found] == [conclusion]


THEN_WORSE = """
  - {scan: 2020-01-05, baseline: 1, sum: 50 mm}
  - {treatment: 2020-01-10/2020-08-10, line: 1, drugs: regorafenib}
  - {scan: 2020-03-10, sum: 30 mm, new: none}
  - {scan: 2020-05-10, sum: 30 mm, new: none}
  - {scan: 2020-08-10, sum: 45 mm, new: none}
"""


@pytest.mark.parametrize(("claim", "conclusion"), [
    pytest.param("PR, of: line 1", AGREES, id="the best response"),
    pytest.param("PD, of: line 1", "consistent", id="PD ended the line, and is not its best"),
    pytest.param("PR, of: line 1, note: best response", AGREES, id="called the best, and it is"),
    pytest.param("PD, of: line 1, note: best response", CONTRADICTED, id="called the best"),
    pytest.param("PD, of: line 1, about: Best overall response", CONTRADICTED, id="by about"),
    pytest.param("disease control, of: line 1, note: best response", AGREES, id="PR is in it"),
])  # fmt: skip
def test_the_response_of_a_line_is_its_best_response(claim, conclusion):
    """30 of 50 mm: -40 %, PR; 45 of 30 mm: +50 %, PD (Eisenhauer 2009 4.3.1, 4.4.1)."""
    (found,) = of("C30", audited(THEN_WORSE, f"- {{response: {claim}}}"))
    assert found.conclusion == conclusion, found.description
    differs = claim.startswith("PD")
    assert ("the best response of line 1 is PR" in found.description) is differs
    assert found.expected == ("PR" if conclusion == CONTRADICTED else "")
