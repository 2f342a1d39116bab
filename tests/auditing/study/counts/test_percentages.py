"""Rules K01, K02 and K03: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, N, P, check, params, source, verdicts_of

CASES = (
    Case("K01", A, "7 / 15 = 46.67", "{percent: 46.7, about: x, n: 15}\n{count: 7, about: x}"),
    Case("K01", C, "3 / 7 = 42.86", "{percent: 42.2, about: x, n: 7}\n{count: 3, about: x}"),
    Case("K01", C, "9 / 15 = 60.0", "{percent: 66.7, about: x, n: 15}\n{count: 9, about: x}"),
    Case("K01", A, "some count of 15: 5", "{percent: 33.3, about: x, n: 15}"),
    Case("K01", C, "34.0 is none of 15: 5 is 33.3, 6 is 40.0", "{percent: 34.0, about: x, n: 15}"),
    Case("K01", P, "35 / 47 = 74.47, rounded up 75", "{percent: 75, about: ORR, n: 47}"),
    Case("K01", A, "of its group: 1 / 11 = 9.09",
         "{percent: 9.1, about: PR, group: DDLPS}\n{count: 11, about: DDLPS}"),
    Case("K01", A, "by grade: 3 / 7 = 42.86",
         "{percent: 42.9, about: x, grade: 3-4, n: 7}\n{count: 3, about: x, grade: 3-4}\n"
         "{count: 1, about: x, grade: 4}"),
    Case("K01", N, "a rate over time is no share", "{percent: 63, about: PFS at 12 weeks, n: 13}"),
    Case("K01", N, "weights: 5 of 15 need not be 33.3",
         "{percent: 34.7, about: men, n: 15, note: inverse probability weighted}\n"
         "{count: 5, about: men}"),
    Case("K01", P, "4 of the 17 evaluable, printed without n: 23.5",
         "{count: 20, about: patients}\n{count: 17, about: evaluable}\n"
         "{percent: 23.5, about: ORR}"),
    Case("K01", P, "4 of 20 less 3 not evaluable: 23.5",
         "{count: 20, about: patients}\n{count: 3, about: NE}\n{percent: 23.5, about: ORR}"),
    Case("K01", C, "17 evaluable, but of 20 as printed",
         "{count: 17, about: evaluable}\n{percent: 23.5, about: ORR, n: 20}"),
    Case("K01", P, "6 of 9 operated: 66.7, printed without n",
         "{count: 40, about: patients}\n{count: 9, about: operated}\n"
         "{count: 6, about: second surgery}\n{percent: 66.7, about: second surgery}"),
    Case("K01", None, "no denominator", "{percent: 42.2, about: x}", BAD),
    Case("K01", None, "a hedged denominator", "{percent: 42.2, about: x, n: about 40}", BAD),
    Case("K01", None, "a denominator of 0", "{percent: 42.2, about: x, n: 0}", BAD),
    Case("K01", A, "two counts printed: none is taken",
         "{percent: 46.7, about: x, n: 15}\n{count: 7, about: x}\n{count: 8, about: x}", BAD),
    Case("K01", A, "hedged", "{percent: about 47, about: x, n: 15}", BAD),
    Case("K01", None, "of another study", "{percent: 42.2, about: x, n: 7, study: A 2020}"),
    Case("K02", P, "10 / 15 = 66.67, cut 66.6",
         "{percent: 66.6, about: x, n: 15}\n{count: 10, about: x}"),
    Case("K02", None, "10 / 15 rounded", "{percent: 66.7, about: x, n: 15}\n{count: 10, about: x}"),
    Case("K02", None, "no denominator", "{percent: 66.6, about: x}", BAD),
    Case("K03", A, "44 gives 18.2 (8) and 75 (33)",
         "{count: 47, about: patients}\n{percent: 18.2, about: ORR, group: g}\n"
         "{percent: 75.0, about: DCR, group: g}"),
    Case("K03", C, "none up to 43: 11, 22, 33 give 18.2, and 75.0 takes a multiple of 4",
         "{count: 43, about: patients}\n{percent: 18.2, about: ORR, group: g}\n"
         "{percent: 75.0, about: DCR, group: g}"),
    Case("K03", A, "153 of 384 alone", "{percent: 39.8, about: x}\n{count: 153, about: x}"),
    Case("K03", A, "163 of 410 alone: 39.76; 409 gives 39.85",
         "{percent: 39.8, about: x}\n{count: 163, about: x}"),
    Case("K03", C, "7 / 17 = 41.2, 7 / 18 = 38.9: none gives 40.0",
         "{percent: 40.0, about: x}\n{count: 7, about: x}"),
    Case("K03", N, "no number at all", "{percent: 36.6, about: ORR}", BAD),
    Case("K03", None, "hedged open", "{percent: over 30, about: ORR}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)


def explained(text, tmp_path, rule="K01"):
    (verdict,) = [
        each for each in verdicts_of(rule, source(text, tmp_path)) if each.conclusion in (C, P)
    ]
    return verdict


@pytest.mark.parametrize(
    ("text", "description", "tier"),
    [
        pytest.param(
            "{percent: 42.2, about: x, n: 7}\n{count: 3, about: x}",
            "a typo for 42.9 (one digit): 3 of 7", 4, id="one digit from 42.9",
        ),
        pytest.param(
            "{percent: 20.0, about: x, n: 7}\n{count: 3, about: x}\n{count: 15, about: patients}",
            "a denominator of 15 (patients, all): 3 of 15", 1, id="3 / 15, of all patients",
        ),
        pytest.param(
            "{percent: 18.2, about: ORR, n: 47}\n{percent: 75, about: DCR, n: 44}",
            "44 patients in place of 47: 8 of 44", 1, id="8 / 44 = 18.18",
        ),
        pytest.param(
            "{percent: 18.2, about: ORR, n: 47}\n{percent: 76.6, about: DCR, group: g, n: 47}",
            "44 patients in place of 47: 8 of 44", 1, id="another group does not count",
        ),
        pytest.param(
            "{percent: 15.2, about: x, n: 153}\n{percent: 39.8, about: y}\n{count: 153, about: y}\n"
            "{count: 58, about: x}",
            "", 0, id="58 / 384 = 15.1, so 15.2 is not",
        ),
        pytest.param(
            "{percent: 15.1, about: x, n: 150}\n{percent: 39.8, about: y}\n{count: 153, about: y}\n"
            "{count: 58, about: x}",
            "a denominator of 384 (153 are 39.8 % of it): 58 of 384", 1, id="153 are 39.8 % of 384",
        ),
        pytest.param(
            "{percent: 66.7, about: x, n: 15}\n{count: 9, about: x}",
            "a count of 10 in place of 9", 2, id="another count",
        ),
        pytest.param(
            "{percent: 24.9, about: x, n: 7}\n{count: 3, about: x}",
            "a typo for 42.9 (two digits in turned order)", 4, id="24.9 for 42.9",
        ),
        pytest.param(
            "{percent: 4.29, about: x, n: 7}\n{count: 3, about: x}",
            "a typo for 42.86", 0, id="the point: 42.86 has other digits than 4.29",
        ),
    ],
)  # fmt: skip
def test_what_would_reproduce_a_percentage(text, description, tier, tmp_path):
    verdict = explained(text, tmp_path)
    found = [
        each for each in verdict.explanations if description and description in each.description
    ]
    assert [each.tier for each in found][:1] == ([tier] if tier else [])
    assert verdict.tried > len(verdict.explanations)


def test_the_worked_example_names_what_it_would_need(tmp_path):
    """42.2: 19 / 45 = 42.22 is the first; 8 / 19 = 42.1 and 27 / 64 = 42.19 are others."""
    text = (
        "{percent: 42.2, about: x, group: g, n: 7}\n{count: 3, about: x, group: g}\n"
        "{count: 15, about: patients}"
    )
    notes = explained(text, tmp_path).notes
    assert notes[:2] == (
        "3 of all 15 are 20.0 %",
        "42.2 % cannot be a share of fewer than 45 patients",
    )
    assert not any("cause" in note for note in notes)


def test_forced_totals_are_named(tmp_path):
    """6.7 + 66.6 + 26.7 = 100.0, where rounding gives 6.7 + 66.7 + 26.7 = 100.1."""
    rows = "".join(
        f"{{count: {k}, about: {name}, n: 15}}\n{{percent: {share}, about: {name}, n: 15}}\n"
        for name, k, share in (("PR", 1, "6.7"), ("SD", 10, "66.6"), ("PD", 4, "26.7"))
    )
    verdict = explained(rows, tmp_path, "K02")
    assert "add up to 100 exactly" in verdict.notes[1]


def texts_of(claims, tmp_path):
    """The notes and explanations of every verdict on a percentage."""
    return [
        words
        for verdict in verdicts_of("K01", source(claims, tmp_path))
        for words in (*verdict.notes, *(each.description for each in verdict.explanations))
    ]


def test_the_groups_that_a_name_lists_are_counted_together(tmp_path):
    """4 + 2 = 6; 6 of 19 is 31.6 %, and 6 of 29 20.7 %."""
    report = texts_of(
        "{percent: 20, about: ORR, n: 19, group: liposarcoma and synovial sarcoma}\n"
        "{count: 4, about: ORR, n: 10, group: liposarcoma}\n"
        "{count: 2, about: ORR, n: 10, group: synovial sarcoma}",
        tmp_path,
    )
    assert "the groups named have 6 together: of 19, 31.6 %" in report
    assert "29 patients in place of 19: 6 of 29" not in report


def test_a_subgroup_is_no_denominator_of_the_whole_and_one_patient_fewer_is_enough(tmp_path):
    """25 % of 33 is 8.25; of 32 it is 8, and 3 of 12, 7 of 28 are further off."""
    report = texts_of(
        "{percent: 25.0, about: ORR, n: 33}\n{count: 12, about: enrolled, group: ASPS}", tmp_path
    )
    assert "32 patients in place of 33: 8 of 32" in report
    assert not [each for each in report if " of 12" in each or " of 28" in each]
