"""Calls of pseudoprogression and hyperprogression against what their definitions need.

Growth by hand, with months of 365.25 / 12 = 30.4375 days. 60 days are 1.9713 months. From 60 to
66 mm: 1.1 cubed is 1.331, exp(ln 1.331 / 1.9713) = 1.156, so 15.6 % a month, and 0.1 mm a day.
"""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of

AGREES, POSSIBLE, CONTRADICTED, NOT = "agrees", "possible", "contradicted", "not checkable"
LINE = """
  - {scan: 2020-01-05, baseline: 1, sum: 74 mm}
  - {treatment: 2020-01-10/.., line: 1, drugs: atezolizumab, criterion: iRECIST}
"""
# +21.6 % and +16 mm: PD, so iUPD
FLARE = LINE + "  - {scan: 2020-03-10, id: flare, sum: 90 mm, new: none}\n"
SHRUNK = FLARE + "  - {scan: 2020-04-21, id: next, sum: 44 mm, new: none}\n"  # -40.5 %: iPR
GROWN = FLARE + "  - {scan: 2020-04-21, id: next, sum: 100 mm, new: none}\n"  # +10 mm: iCPD
UNKNOWN = FLARE + "  - {scan: 2020-04-21, id: next, target: not evaluated}\n"


@pytest.mark.parametrize(
    ("events", "of_", "conclusion", "words"),
    [
        # Seymour 2017: an iUPD is confirmed by further growth at the next scan, or is void
        pytest.param(SHRUNK, "flare", AGREES, "then iPR", id="of the iUPD that is void"),
        pytest.param(SHRUNK, "next", AGREES, "then iPR", id="of the scan that shows it"),
        pytest.param(SHRUNK, "line 1", AGREES, "then iPR", id="of the line"),
        pytest.param(GROWN, "flare", CONTRADICTED, "it is confirmed", id="confirmed"),
        pytest.param(GROWN, "line 1", CONTRADICTED, "it is confirmed", id="confirmed in the line"),
        pytest.param(FLARE, "flare", NOT, "no later scan", id="no later scan"),
        pytest.param(UNKNOWN, "flare", NOT, "no later scan", id="a later scan without findings"),
        pytest.param(SHRUNK.replace("90 mm", "75 mm"), "flare", CONTRADICTED, "no iUPD up to",
                     id="no progression"),
        pytest.param(SHRUNK.replace("atezolizumab, criterion: iRECIST", "doxorubicin"), "flare",
                     NOT, "criterion: iRECIST", id="not judged by iRECIST"),
    ],
)  # fmt: skip
def test_pseudoprogression_is_an_iupd_that_is_not_confirmed(events, of_, conclusion, words):
    found = audited(events, f"- {{response: pseudoprogression, of: {of_}}}")
    (verdict,) = of("C30", found) or found
    assert (verdict.conclusion, words in verdict.description) == (conclusion, True), verdict


GROWTH = """
  - {{scan: 2019-11-06, sum: {before}}}
  - {{scan: 2020-01-05, baseline: 1, sum: 66 mm}}
  - {{treatment: 2020-01-10/.., line: 1, drugs: atezolizumab}}
  - {{scan: {day}, id: first, sum: {after}, new: none}}
  - {{scan: 2020-06-05, id: second, sum: 130 mm, new: none}}
"""
ALL = ("Champiat 2017", "Saâda-Bouzid 2017", "Ferrara 2018", "Kas 2020")


@pytest.mark.parametrize(
    ("before", "after", "day", "conclusion", "met"),
    [
        # 120 / 66 cubed is 6.01: 148.4 % a month, 9.5 times 15.6; 0.9 mm a day, 9 times
        pytest.param("60 mm", "120 mm", "2020-03-05", AGREES, ALL, id="by each definition"),
        # 90 / 66: 60.3 % a month, 3.9 times and 44.7 points more; 0.4 mm a day, 4 times
        pytest.param("60 mm", "90 mm", "2020-03-05", AGREES, ALL[:2], id="by the ratios alone"),
        # 70 / 66: 9.4 % a month, +6 % is no PD; 0.07 mm a day
        pytest.param("60 mm", "70 mm", "2020-03-05", POSSIBLE, (), id="by none"),
        # no growth before: no ratio; 148.4 points more
        pytest.param("66 mm", "120 mm", "2020-03-05", AGREES, ALL[2:], id="no growth before"),
        # 80 / 66 in 56 to 86 days: 36.8 to 22.7 %, 2.4 to 1.5 times; 0.25 to 0.16 mm a day
        pytest.param("60 mm", "80 mm", "2020-03", POSSIBLE, (), id="the month leaves it open"),
    ],
)  # fmt: skip
def test_hyperprogression_by_each_definition(before, after, day, conclusion, met):
    events = GROWTH.format(before=before, after=after, day=day)
    (found,) = of("C30", audited(events, "- {response: hyperprogression, of: first}"))
    assert found.conclusion == conclusion, found.description
    parts = found.description.split("; ")
    assert (
        tuple(n for n in ALL if any(p.startswith(n) and p.endswith(": met") for p in parts)) == met
    )
    assert "Matos 2020" in found.description


def test_a_definition_whose_source_was_not_read_decides_nothing_by_itself():
    """+82 % and 54 mm on day 55, no scan before the baseline: met by Matos 2020 alone."""
    events = GROWTH.partition("\n")[2].partition("\n")[2]
    events = events.format(after="120 mm", day="2020-03-05")
    (found,) = of("C30", audited(events, "- {response: hyperprogression, of: first}"))
    assert found.conclusion == POSSIBLE
    assert "two organs): met, provisional; " in found.description
    assert found.description.count(": met") == 1


@pytest.mark.parametrize(
    ("events", "of_", "words"),
    [
        pytest.param(GROWTH.replace("sum: {after}", "target: PD"), "first", "need dated sums",
                     id="no sum"),
        pytest.param(GROWTH, "second", "not the first evaluation", id="a later scan"),
    ],
)  # fmt: skip
def test_hyperprogression_that_no_definition_can_decide(events, of_, words):
    events = events.format(before="60 mm", after="120 mm", day="2020-03-05")
    found = audited(events, f"- {{response: hyperprogression, of: {of_}}}")
    (verdict,) = of("C30", found) or found
    assert (verdict.conclusion, words in verdict.description) == (NOT, True), verdict
