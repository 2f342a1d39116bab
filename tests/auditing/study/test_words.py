"""What a report says in words of its study, and of cited studies."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, N, P, check, params, said, source
from timeline.auditing import verdicts_by_rule

AFTER = "about: treatment after an adverse event"
MEDIAN = "unit: months, statistic: median"
ARMS = f"""
    {{PFS: 6.27, {MEDIAN}, group: anlotinib}}
    {{PFS: 1.47, {MEDIAN}, group: placebo}}
"""
CITED = "study: A 2020"

CASES = (
    Case("K34", C, "stopped, and not stopped",
         f"{{name: discontinued, {AFTER}, place: Methods}}\n"
         f"{{name: neither changed nor interrupted, {AFTER}, place: Results}}"),
    Case("K34", A, "said twice", f"{{name: discontinued, {AFTER}, place: Methods}}\n"
         f"{{name: discontinued, {AFTER}, place: Results}}"),
    Case("K34", P, "grade 4, and nothing done", "{count: 2, about: rash, grade: 4}\n"
         f"{{name: not interrupted, {AFTER}}}"),
    Case("K34", None, "grade 3, and nothing done", "{count: 2, about: rash, grade: 3}\n"
         f"{{name: not interrupted, {AFTER}}}"),
    Case("K34", None, "grade 4, and stopped", "{count: 2, about: rash, grade: 4}\n"
         f"{{name: discontinued, {AFTER}}}"),
    Case("K34", None, "stated once", f"{{name: discontinued, {AFTER}, place: Methods}}", BAD),
    Case("K35", C, "two origins", "{name: diagnosis, about: origin of OS, place: a}\n"
         "{name: start of treatment, about: origin of OS, place: b}"),
    Case("K35", A, "other words for one moment",
         "{name: first dose, about: origin of OS, place: a}\n"
         "{name: initiation of therapy, about: origin of OS, place: b}"),
    Case("K35", P, "one moment of which therapy",
         "{name: first dose, about: origin of OS, place: a}\n"
         "{name: start of second-line therapy, about: origin of OS, place: b}"),
    Case("K35", A, "one origin", "{name: start of treatment, about: origin of OS, place: a}\n"
         "{name: start of treatment, about: origin of OS, place: b}"),
    Case("K35", C, "one time from two moments",
         "{interval: 12, unit: weeks, from: diagnosis, to: assessment, place: a}\n"
         "{interval: 12, unit: weeks, from: start of treatment, to: assessment, place: b}"),
    Case("K35", None, "two times",
         "{interval: 12, unit: weeks, from: diagnosis, to: assessment, place: a}\n"
         "{interval: 6, unit: weeks, from: start of treatment, to: assessment, place: b}"),
    Case("K35", None, "stated once", "{name: diagnosis, about: origin of OS}", BAD),
    Case("K36", P, "PFS without death", "{name: progression, about: event of PFS}"),
    Case("K36", A, "progression or death", "{name: progression or death, about: event of PFS}"),
    Case("K36", A, "death", "{name: death from any cause, about: event of OS}"),
    Case("K36", P, "TTP with death", "{name: progression or death, about: event of TTP}"),
    Case("K36", None, "an endpoint without a row", "{name: toxicity, about: event of TTF}", BAD),
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
    Case("K43", A, "6.27 above 1.47",
         ARMS + "{word: longer, about: PFS, group: anlotinib, than: placebo}"),
    Case("K43", C, "6.27 not below 1.47",
         ARMS + "{word: shorter, about: PFS, group: anlotinib, than: placebo}"),
    Case("K43", P, "equal as rounded: one may be longer",
         f"{{OS: 13, {MEDIAN}, group: a}}\n{{OS: 13, {MEDIAN}, group: b}}\n"
         "{word: longer, about: OS, group: a, than: b}"),
    Case("K43", P, "superior by the hazard ratio, the medians the other way round",
         f"{{PFS: 5.1, {MEDIAN}, group: a}}\n{{PFS: 5.3, {MEDIAN}, group: b}}\n"
         "{HR: 0.7, about: PFS, group: a, than: b}\n"
         "{word: superior, about: PFS, group: a, than: b}"),
    Case("K43", C, "longer is of the times, whatever the ratio",
         f"{{PFS: 5.1, {MEDIAN}, group: a}}\n{{PFS: 5.3, {MEDIAN}, group: b}}\n"
         "{HR: 0.7, about: PFS, group: a, than: b}\n{word: longer, about: PFS, group: a, than: b}"),
    Case("K43", A, "against a cited study", f"{{PFS: 16, {MEDIAN}}}\n"
         f"{{PFS: 6.4, {MEDIAN}, study: Li 2021}}\n{{word: longer, about: PFS, than: Li 2021}}"),
    Case("K43", P, "16 may be 15.5 or 16.4, as 16.2",
         f"{{PFS: 16, {MEDIAN}}}\n{{PFS: 16.2, {MEDIAN}, study: Li 2021}}\n"
         "{word: longer, about: PFS, than: Li 2021}"),
    Case("K43", N, "a figure that is not told", "{word: longer, about: PFS, than: placebo}", BAD),
    Case("K43", N, "which way is good", "{count: 3, about: rash, group: a}\n"
         "{count: 5, about: rash, group: b}\n{word: superior, about: rash, group: a, than: b}",
         BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_what_the_rules_of_words_say(case, tmp_path):
    check(case, tmp_path)


RATE = "{{rate: {}, of: PFS, at: 24 weeks, study: Li 2021, group: liposarcoma}}"


@pytest.mark.parametrize(
    ("mine", "other", "calls"),
    [
        pytest.param("58.8", "58.8", [A], id="alike"),
        pytest.param("58.8", "53.0", [P], id="not alike: possible at most"),
        pytest.param("58.8", None, [], id="the other report does not cite it"),
    ],
)
def test_k42_two_reports_of_one_study(mine, other, calls, tmp_path):
    told = source(RATE.format(mine), tmp_path)
    text = RATE.format(other) if other else RATE.format(mine).replace("Li 2021", "Xu 2023")
    beside = source(text, tmp_path, "other")
    assert [verdict.conclusion for verdict in said("K42", told, beside)] == calls


def test_k42_is_silent_without_another_report(tmp_path):
    assert not said("K42", source(RATE.format("58.8"), tmp_path))


def test_the_odd_origin_out_is_the_one_that_is_named(tmp_path):
    told = source(
        "{interval: 12, unit: weeks, from: diagnosis, to: assessment, place: Abstract}\n"
        "{interval: 12, unit: weeks, from: start, to: assessment, place: Methods}\n"
        "{interval: 12, unit: weeks, from: start, to: assessment, place: Results}",
        tmp_path,
    )
    (verdict,) = said("K35", told)
    assert verdict.claim.place == "Abstract"


def test_a_cited_study_never_contradicts_the_reports_own_patients(tmp_path):
    """The very figures that fire on one study are silent when half of them is another's."""
    own = "{count: 1, about: PR, n: 15}\n{count: 10, about: SD, n: 15}\n"
    cited = "{count: 9, about: CR, n: 57, study: A 2020}\n{percent: 80, about: DCR, study: A 2020}"
    found = verdicts_by_rule(None, source(own + cited, tmp_path))
    assert C not in {verdict.conclusion for verdict in found}
