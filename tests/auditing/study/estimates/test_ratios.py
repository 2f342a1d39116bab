"""Rules K22, K23 and K24: each firing, silent and on bad input.

Expected p values and limits are from R or scipy, named in the reason; the rest is hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, A, C, Case, P, check, params

TWO_MEDIANS = (
    "{{PFS: {}, unit: months, statistic: median, group: a}}\n"
    "{{PFS: {}, unit: {}, statistic: median, group: b}}"
)
CASES = (
    Case("K22", A, "z 5.05, p 4e-7", "{HR: 0.55, about: PFS, ci: 0.44 to 0.70, p: < 0.001}"),
    Case("K22", C, "p 4e-7, printed 0.2", "{HR: 0.55, about: PFS, ci: 0.44 to 0.70, p: 0.2}"),
    Case("K22", P, "p 4e-7, printed 0.002: another test may give it",
         "{HR: 0.55, about: PFS, ci: 0.44 to 0.70, p: 0.002}"),
    Case("K22", C, "the middle of 0.44 and 0.90 is 0.63",
         "{HR: 0.55, about: PFS, ci: 0.44 to 0.90}"),
    Case("K22", P, "exact limits lean so far: 1 of 10 and 4 of 10 by Fisher's test",
         "{OR: 0.17, about: x, ci: 0.003 to 2.5}"),  # R fisher.test: middle 0.087
    Case("K22", C, "an odds ratio too narrow to lean: middle 0.63",
         "{OR: 0.55, about: x, ci: 0.44 to 0.90}"),
    Case("K22", P, "profile limits of few events: middle 0.114",
         "{HR: 0.21, about: OS, ci: 0.01 to 1.30}"),
    Case("K22", P, "limits of a bootstrap",
         "{HR: 0.55, about: x, ci: 0.44 to 0.90, note: bootstrap}"),
    Case("K22", P, "one-sided: z 1.84, 0.066 / 2 = 0.033",
         "{HR: 0.75, about: OS, ci: 0.55 to 1.02, p: 0.033}"),
    Case("K22", P, "one-sided, of the other side: 1 - 0.02 = 0.98",
         "{HR: 1.43, about: OS, ci: 1.02 to 2.00, p: 0.98}"),
    Case("K22", A, "the p value of an interaction",
         "{HR: 0.55, about: PFS, ci: 0.44 to 0.70, p: 0.6, note: p for interaction}"),
    Case("K22", P, "log-rank: z 1.93, of the limits 1.98",
         "{HR: 0.712, about: PFS, ci: 0.509 to 0.996, p: 0.053}"),
    Case("K22", C, "z 5.05 against 2.05, though both are below 0.05",
         "{HR: 0.55, about: PFS, ci: 0.44 to 0.70, p: 0.04}"),
    Case("K22", A, "80 %: z = ln 0.75 x 2 x 1.2816 / ln(0.975 / 0.577) = 1.41, p 0.16",
         "{HR: 0.75, about: PFS, ci: 0.577 to 0.975, level: 80 %, p: 0.16}"),
    Case("K22", A, "without p", "{HR: 0.55, about: PFS, ci: 0.44 to 0.70}"),
    Case("K22", None, "no limits", "{HR: 0.55, about: PFS, p: 0.2}", BAD),
    Case("K22", None, "a limit not reached", "{HR: 0.55, about: PFS, ci: 0.44 to NR, p: 0.2}", BAD),
    Case("K22", None, "an open limit", "{HR: 0.55, about: PFS, ci: 0.44 to over 2}", BAD),
    Case("K23", A, "1.47 / 6.27 = 0.23", "{HR: 0.33, about: PFS, group: a, than: b}\n"
         f"{{PFS: 6.27, {MEDIAN}, group: a}}\n{{PFS: 1.47, {MEDIAN}, group: b}}"),
    Case("K23", None, "one median", "{HR: 0.33, about: PFS, group: a, than: b}\n"
         f"{{PFS: 6.27, {MEDIAN}, group: a}}", BAD),
    Case("K23", P, "above 1 with the longer median", "{HR: 1.64, about: PFS, group: a, than: b}\n"
         + TWO_MEDIANS.format("9.8", "6.1", "months")),
    Case("K23", A, "1.1 (1.05 to 1.15) with medians that may be equal",
         "{HR: 1.1, about: PFS, group: a, than: b}\n" + TWO_MEDIANS.format("6.1", "6.1", "months")),
    Case("K23", A, "9.8 months and 35 weeks: 42.6 weeks are longer",
         "{HR: 0.8, about: PFS, group: a, than: b}\n" + TWO_MEDIANS.format("9.8", "35", "weeks")),
    Case("K24", A, "100 - 64.5 = 35.5, which may be rounded up",
         "{risk-reduction: 36, about: PFS}\n{HR: 0.645, about: PFS}"),
    Case("K24", A, "or down", "{risk-reduction: 35, about: PFS}\n{HR: 0.645, about: PFS}"),
    Case("K24", C, "34 is neither", "{risk-reduction: 34, about: PFS}\n{HR: 0.645, about: PFS}"),
    Case("K22", A, "half of 0.05: one-sided, as stated",
         "{HR: 0.75, about: OS, ci: 0.56 to 1.00, level: 95 %, p: 0.025, note: one-sided}"),
    Case("K22", P, "half of 0.05, one-sided not stated",
         "{HR: 0.75, about: OS, ci: 0.56 to 1.00, level: 95 %, p: 0.025}"),
    Case("K24", A, "100 - 33 = 67", "{risk-reduction: 67, about: PFS}\n{HR: 0.33, about: PFS}"),
    Case("K24", C, "100 - 65 = 35", "{risk-reduction: 45, about: PFS}\n{HR: 0.65, about: PFS}"),
    Case("K24", A, "of two ratios, one fits", "{risk-reduction: 45, about: PFS}\n"
         "{HR: 0.55, about: PFS, note: final}\n{HR: 0.62, about: PFS, note: interim}"),
    Case("K24", P, "1 - 1 / 1.25 = 20 % in the other group",
         "{risk-reduction: 20, about: death}\n{HR: 1.25, about: death}"),
    Case("K24", None, "of something else",
         "{risk-reduction: 45, about: OS}\n{HR: 0.65, about: PFS}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
