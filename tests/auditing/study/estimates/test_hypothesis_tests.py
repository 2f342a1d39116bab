"""Rules K28 and K29: each firing, silent and on bad input.

Expected p values and limits are from R or scipy, named in the reason; the rest is hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, N, P, check, params

GROUPS = """
    {count: 15, about: patients, group: a}
    {count: 15, about: patients, group: b}
    {count: 5, about: rash, group: a}
    {count: 6, about: rash, group: b}
"""
CASES = (
    # exp((ln 0.44 + ln 0.70) / 2) = 0.555; SE (ln 0.70 - ln 0.44) / 3.92 = 0.1184; z = -5.05
    Case("K29", C, "27 of 61 and 26 of 59 are 44 % both; n with the counts",
         "{count: 27, about: ORR, group: a, n: 61}\n{count: 26, about: ORR, group: b, n: 59}\n"
         "{p: 0.001, about: ORR, group: a, than: b}"),
    Case("K29", None, "two different n of one group",
         "{count: 27, about: ORR, group: a, n: 61}\n{count: 27, about: ORR, group: a, n: 60}\n"
         "{count: 26, about: ORR, group: b, n: 59}\n{p: 0.001, about: ORR, group: a, than: b}"),
    # scipy: 2 * t.sf(2.2, 28) = 0.0362
    Case("K28", A, "0.0362", '{test: "t(28) = 2.2", p: "0.036", about: x}'),
    Case("K28", C, "0.0362, printed 0.5", '{test: "t(28) = 2.2", p: "0.5", about: x}'),
    Case("K28", P, "0.0181, one-sided", '{test: "t(28) = 2.2", p: "0.018", about: x}'),
    Case("K28", P, "0.0362 x 3 = 0.109, corrected",
         '{test: "t(28) = 2.2", p: "0.109", about: x, note: Bonferroni}'),
    Case("K28", A, "chi2.sf(4.1, 1) = 0.0429", '{test: "chi2(1) = 4.1", p: "0.043", about: x}'),
    Case("K28", N, "an open statistic", '{test: "z = over 3", p: "0.001", about: x}', BAD),
    # scipy: pearsonr's p of r 0.17, n 99 is 2 * t.sf(0.17 * sqrt(97 / (1 - 0.17**2)), 97) = 0.0926
    Case("K28", A, "r 0.17 of 99 pairs", '{test: "r(97) = .17", p: "0.093", about: x}'),
    Case("K28", C, "r 0.17 of 99 pairs is far from 0.001",
         '{test: "r(97) = .17", p: "0.001", about: x}'),
    Case("K28", N, "no degrees of freedom", '{test: "t = 2.2", p: "0.04", about: x}', BAD),
    Case("K28", N, "ranks are needed", '{test: "W = 212", p: "0.04", about: x}', BAD),
    # scipy fisher_exact([[5, 10], [6, 9]]): 1.0; chi2 without correction 0.705
    Case("K29", A, "Fisher 1.0", GROUPS + "{p: 1.0, about: rash, group: a, than: b}"),
    Case("K29", A, "chi-squared 0.705", GROUPS + "{p: 0.70, about: rash, group: a, than: b}"),
    Case("K29", C, "every test above 0.05", GROUPS + "{p: 0.01, about: rash, group: a, than: b}"),
    Case("K29", C, "z 2.05 against 5.1 or more, though both are below 0.05",
         "{count: 20, about: patients, group: a}\n{count: 20, about: patients, group: b}\n"
         "{count: 19, about: x, group: a}\n{count: 1, about: x, group: b}\n"
         "{p: 0.04, about: x, group: a, than: b}"),
    Case("K29", P, "another test", GROUPS + "{p: 0.30, about: rash, group: a, than: b}"),
    Case("K29", None, "no counts", "{p: 0.01, about: rash, group: a, than: b}", BAD),
    Case("K29", None, "more than there are",
         GROUPS.replace("6, about", "16, about")
         + "{p: 0.01, about: rash, group: a, than: b}", BAD),
    # 5 of 15 and 6 of 15: OR 5 x 9 / 10 x 6 = 0.75; RR 5 / 6 = 0.83; exchanged 1.33 and 1.2
    Case("K29", A, "OR 0.75", GROUPS + "{OR: 0.75, about: rash, group: a, than: b}"),
    Case("K29", A, "RR 0.83", GROUPS + "{RR: 0.83, about: rash, group: a, than: b}"),
    Case("K29", P, "0.83 is the relative risk",
         GROUPS + "{OR: 0.83, about: rash, group: a, than: b}"),
    Case("K29", P, "1.33 is that of the groups exchanged",
         GROUPS + "{OR: 1.33, about: rash, group: a, than: b}"),
    Case("K29", P, "0.60 may be that of a model",
         GROUPS + "{OR: 0.60, about: rash, group: a, than: b}"),
    Case("K29", C, "0.60 called crude",
         GROUPS + "{OR: 0.60, about: rash, group: a, than: b, note: unadjusted}"),
    Case("K29", None, "of a model",
         GROUPS + "{OR: 0.60, about: rash, group: a, than: b, note: adjusted for age}"),
    Case("K29", None, "no patient of b has it",
         GROUPS.replace("6, about", "0, about") + "{OR: 2, about: rash, group: a, than: b}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
