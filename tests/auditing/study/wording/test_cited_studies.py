"""Rules K40 and K41: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import (
    BAD,
    MEDIAN,
    A,
    C,
    Case,
    P,
    check,
    params,
    source,
    verdicts_of,
)
from timeline.auditing import verdicts_by_rule

CITED = "study: A 2020"
RATE = "{{rate: {}, of: PFS, at: 24 weeks, study: Li 2021, group: liposarcoma}}"
CASES = (
    Case("K40", C, "a cited curve of disease-specific survival that rises",
         "{rate: 35, of: DSS, at: 5 years, study: X}\n{rate: 50, of: DSS, at: 10 years, study: X}"),
    Case("K40", A, "and one that falls",
         "{rate: 50, of: DSS, at: 5 years, study: X}\n{rate: 35, of: DSS, at: 10 years, study: X}"),
    Case("K40", C, "18.2 of 47: 8 are 17.0, 9 are 19.1",
         f"{{percent: 18.2, about: ORR, n: 47, {CITED}}}"),
    Case("K40", A, "27 / 40 = 67.5", f"{{percent: 67.5, about: DCR, n: 40, {CITED}}}"),
    Case("K40", A, "counts of another study are not its own",
         f"{{percent: 67.5, about: DCR, n: 40, {CITED}}}\n{{count: 9, about: DCR, study: B 2021}}"),
    Case("K40", None, "the report's own", "{percent: 18.2, about: ORR, n: 47}"),
    Case("K40", C, "11.5 months (322 days at least) at 18 weeks (126)",
         f"{{PFS: 11.5, {MEDIAN}, at: 18 weeks, {CITED}}}"),
    Case("K40", None, "no number", f"{{percent: 18.2, about: x, n: over 10, {CITED}}}", BAD),
    Case("K41", C, "nothing in common",
         "{name: anlotinib in sarcoma, about: topic of reference 28, place: Discussion}\n"
         "{name: peristomal pemphigoid, about: topic of reference 28, place: References}"),
    Case("K41", A, "the words are in the title",
         "{name: epirubicin maintenance, about: topic of reference 17, place: Discussion}\n"
         "{name: epirubicin and maintenance with anlotinib, about: topic of reference 17,"
         " place: References}"),
    Case("K41", P, "some words are",
         "{name: anlotinib against placebo, about: topic of reference 15, place: Discussion}\n"
         "{name: anlotinib and autophagy, about: topic of reference 15, place: References}"),
    Case("K41", None, "no title", "{name: anlotinib, about: topic of reference 15, place: a}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)


@pytest.mark.parametrize(
    ("mine", "other", "calls"),
    [
        pytest.param("58.8", "58.8", [A], id="alike"),
        pytest.param("58.8", "53.0", [P], id="not alike: possible at most"),
        pytest.param("58.8", None, [], id="the other report does not cite it"),
    ],
)
def test_k42_two_reports_of_one_study(mine, other, calls, tmp_path):
    report = source(RATE.format(mine), tmp_path)
    text = RATE.format(other) if other else RATE.format(mine).replace("Li 2021", "Xu 2023")
    other_report = source(text, tmp_path, "other")
    assert [verdict.conclusion for verdict in verdicts_of("K42", report, other_report)] == calls


def test_k42_has_no_verdict_without_another_report(tmp_path):
    assert not verdicts_of("K42", source(RATE.format("58.8"), tmp_path))


def test_a_cited_study_never_contradicts_the_reports_own_patients(tmp_path):
    """The very figures that fire on one study are silent when half of them is another's."""
    own = "{count: 1, about: PR, n: 15}\n{count: 10, about: SD, n: 15}\n"
    cited = "{count: 9, about: CR, n: 57, study: A 2020}\n{percent: 80, about: DCR, study: A 2020}"
    found = verdicts_by_rule(None, source(own + cited, tmp_path))
    assert C not in {verdict.conclusion for verdict in found}
