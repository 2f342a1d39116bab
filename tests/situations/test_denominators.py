"""Percentages that their number of patients does not give, solved together.

Shares by hand: 25/41 = 60.98, 7/41 = 17.07, 10/43 = 23.26; of 43 neither 61.0 nor 17.1 is one.
"""

from __future__ import annotations

import time

import pytest

from tests.auditing.study.reports import source, verdicts_of
from tests.machine_speed import slowness
from timeline.auditing import Conclusion, audit

BOTH = """{count: 43, about: patients}
    {percent: 61.0, about: DCR, n: 43}
    {percent: 17.1, about: ORR, n: 43}"""


def read(claims, tmp_path):
    return {str(each.claim): each for each in verdicts_of("K01", source(claims, tmp_path))}


@pytest.mark.parametrize(
    "sound",
    ["", "{percent: 23.3, about: male, n: 43}", ("{percent: 23.3, about: male, n: 43}\n"
     "{count: 10, about: male}\n{percent: 46.5, about: smokers, n: 43}")],
    ids=["alone", "a sound one beside", "two sound ones beside"],
)  # fmt: skip
def test_failing_percentages_are_solved_together(sound, tmp_path):
    found = read(f"{BOTH}\n{sound}", tmp_path)
    for claim, k in (("percent DCR: 61.0", 25), ("percent ORR: 17.1", 7)):
        assert found[claim].conclusion is Conclusion.CONTRADICTED
        first = found[claim].explanations[0].description
        assert f"41 patients in place of 43: {k} of 41, as all 2" in first
    assert all(
        each.conclusion is Conclusion.AGREES for name, each in found.items() if "R: " not in name
    )


def test_a_count_of_the_same_group_is_a_denominator(tmp_path):
    """Of 14 with a rash, 4 had one of grade 3: 28.6 %; of 40 no count is."""
    found = read(
        "{percent: 28.6, about: rash of grade 3, n: 40}\n{count: 14, about: rash}", tmp_path
    )
    (verdict,) = found.values()
    assert "a denominator of 14 (rash, all): 4 of 14" in verdict.explanations[0].description


def test_those_who_were_not_evaluable_are_left_out(tmp_path):
    """43 less the 2 not evaluable are 41."""
    found = read(f"{BOTH}\n{{count: 2, about: not evaluable}}", tmp_path)
    description = [each.description for each in found["percent DCR: 61.0"].explanations]
    assert "a denominator of 41 (without the 2 not evaluable): 25 of 41" in description


def test_counts_have_one_number_of_patients_in_common(tmp_path):
    """25/41 and 7/41; 25 alone would be 61.0 % of 41, 7 alone 17.1 % of 41."""
    found = read(f"{BOTH}\n{{count: 25, about: DCR}}\n{{count: 7, about: ORR}}", tmp_path)
    description = [each.description for each in found["percent ORR: 17.1"].explanations]
    assert "41 patients in place of 43: 7 of 41, as all 2 that 43 does not give" in description


MANY = 10**10
LARGE = (
    f"{{percent: 46.7, about: male, n: {MANY}}}",
    f"{{percent: 46.7, about: male, n: {MANY}}}\n{{count: 7, about: male}}",
    f"{{percent: 46.7, about: x, n: {MANY}, ci: 44 to 49}}",
    f"{{count: {MANY}, about: patients}}\n{{percent: 46.7, about: ORR, group: g}}",
    f"{{count: {MANY // 3}, about: ORR}}\n{{percent: 0.01, about: ORR}}",
    (
        f"{{count: {MANY}, about: patients}}\n{{count: {MANY // 3}, about: PR}}\n"
        "{count: 9, about: CR}\n{percent: 33.3, about: ORR}\n{percent: 50, about: DCR}"
    ),
    f"{{mean: 5.19, about: x, sd: 2.1, n: {MANY}, step: 1}}",
    f"{{mean: {MANY}, about: x, sd: 2.1, n: {MANY}, step: 0.0001}}",
    f"{{mean: 5, about: x, sd: 9, n: {MANY}, range: 1 to {MANY}}}",
    (
        f"{{count: {MANY}, about: patients, group: a}}\n"
        f"{{count: {MANY}, about: patients, group: b}}\n"
        f"{{count: {MANY // 2}, about: rash, group: a}}\n"
        f"{{count: {MANY // 3}, about: rash, group: b}}\n"
        "{p: 0.04, about: rash, group: a, than: b}\n{OR: 2, about: rash, group: a, than: b}"
    ),
    f'{{test: "t({MANY}) = 2.2", p: 0.03, about: x}}',
    f'{{test: "F({MANY}, {MANY}) = 1.1", p: 0.03, about: x}}',
    f'{{test: "chi2({MANY}) = {MANY}", p: 0.5, about: x}}',
    f'{{test: "r({MANY}) = 0.99", p: 0.03, about: x}}',
    f"{{PFS: 8, unit: months, statistic: median, n: {MANY}}}\n{{events: 7, of: PFS}}",
    f"{{PFS: {MANY}, unit: years, statistic: median, ci: 1 to {MANY}{MANY}}}",
    f"{{HR: {MANY}, about: OS, ci: 0.1 to {MANY}{MANY}, p: 0.03}}",
    f"{{HR: 0.{'0' * 25}1, about: OS, ci: 0.{'0' * 26}1 to 1, p: 0.03}}",
    (
        f"{{at-risk: [{MANY}, 7], of: OS, at: '0, 6 months', n: {MANY}}}\n"
        "{rate: 50, of: OS, at: 3 months}"
    ),
)


@pytest.mark.parametrize("claims", LARGE)
def test_large_numbers_are_answered_at_once(claims, tmp_path):
    report = source(claims, tmp_path)
    start = time.process_time()
    assert audit(None, report)
    assert time.process_time() - start < 3 * slowness()


def test_many_failing_percentages_are_solved_in_a_second_or_two(tmp_path):
    """Of 15 patients none is 46.0 to 46.5 %; 300 such lines took 13 s of processor time."""
    claims = "\n".join(f"{{percent: 46.{i % 5}, about: sign {i}, n: 15}}" for i in range(300))
    report = source(claims, tmp_path)
    start = time.process_time()
    assert {each.conclusion for each in verdicts_of("K01", report)} == {Conclusion.CONTRADICTED}
    assert time.process_time() - start < 4 * slowness()
