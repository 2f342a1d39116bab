"""Limits, p values, means and spreads: each rule firing, silent and on bad input.

Expected p values and limits are from R or scipy, named beside; the rest is hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, N, P, check, params, said, source

MEDIAN = "unit: months, statistic: median"
VALUES = "{values: [1, 2, 24], of: PFS, unit: months}\n"
FOUR = "{values: [3, 4, 12.5, 9], of: PFS, unit: months}\n"
GROUPS = """
    {count: 15, about: patients, group: a}
    {count: 15, about: patients, group: b}
    {count: 5, about: rash, group: a}
    {count: 6, about: rash, group: b}
"""

TWO_MEDIANS = (
    "{{PFS: {}, unit: months, statistic: median, group: a}}\n"
    "{{PFS: {}, unit: {}, statistic: median, group: b}}"
)

ARMS = """
    {mean: 55, about: age, unit: years, sd: 5, group: A, n: 50}
    {mean: 60, about: age, unit: years, sd: 5, group: B, n: 50}
"""

CASES = (
    # t of 14 degrees of freedom, 0.975: 2.145; 2.145 * 10 / root(15) = 5.54
    Case("K14", A, "55 -+ 5.54", "{mean: 55, about: x, sd: 10, n: 15, ci: 49.5 to 60.5}"),
    Case("K14", A, "55 -+ 1.96 SE", "{mean: 55.0, about: x, se: 2.58, n: 15, ci: 49.9 to 60.1}"),
    Case("K14", A, "root(20 * 45) = 30, on the log scale", "{mean: 30, about: x, ci: 20 to 45}"),
    Case("K14", C, "the middle is 53.5, on the log scale 53.4",
         "{mean: 55, about: x, ci: 50 to 57}"),
    Case("K14", P, "bootstrapped", "{mean: 55, about: x, ci: 50 to 57, note: bootstrap}"),
    Case("K14", C, "5.54 wanted, 0.1 printed",
         "{mean: 55, about: x, sd: 10, n: 15, ci: 54.9 to 55.1}"),
    Case("K14", P, "55 -+ SD", "{mean: 55, about: x, sd: 10, n: 15, ci: 45 to 65}"),
    Case("K14", P, "55 -+ one SE, 2.58",
         "{mean: 55.0, about: x, sd: 10.0, n: 15, ci: 52.4 to 57.6}"),
    Case("K14", None, "limits of a median need not", f"{{PFS: 14.2, {MEDIAN}, ci: 11.1 to 20.4}}"),
    Case("K14", None, "no limits", "{mean: 55, about: x, sd: 10, n: 15}", BAD),
    Case("K14", None, "a limit not reached", "{mean: 55, about: x, ci: 50 to NR}", BAD),
    Case("K15", P, "7.5 / 3.92 = 1.9, against 26 / 2 = 13",
         f"{{OS: 26, {MEDIAN}, ci: 22.2 to 29.7}}\n{{events: 4, of: OS}}"),
    Case("K15", A, "39 / 3.92 = 9.9, against 13",
         f"{{OS: 26, {MEDIAN}, ci: 13 to 52}}\n{{events: 4, of: OS}}"),
    Case("K15", None, "no events",
         f"{{OS: 26, {MEDIAN}, ci: 13 to 52}}\n{{events: 0, of: OS}}", BAD),
    Case("K16", C, "3.5 of 15", "{median: 3.5, about: cycles, n: 15, step: 1}"),
    Case("K16", A, "3.5 of 14", "{median: 3.5, about: cycles, n: 14, step: 1}"),
    Case("K16", A, "55 of 15", "{age: 55, unit: years, about: age, statistic: median, n: 15}"),
    Case("K16", P, "55.5 of 15: perhaps from dates",
         "{age: 55.5, unit: years, about: age, statistic: median, n: 15}"),
    Case("K16", None, "steps not told", "{median: 3.5, about: cycles, n: 15}"),
    Case("K16", None, "hedged", "{median: over 3, about: cycles, n: 15, step: 1}", BAD),
    Case("K17", C, "190 / 15 = 12.67, and no median of 15 whole numbers is 12.7",
         "{median: 12.7, about: cycles, n: 15}\n{count: 190, about: cycles, statistic: total}"),
    Case("K17", P, "120 / 15 = 8, which a median can be too",
         "{median: 8, about: cycles, n: 15}\n{count: 120, about: total cycles}"),
    Case("K17", None, "190 / 15 is not 12",
         "{median: 12, about: cycles, n: 15}\n{count: 190, about: cycles}"),
    Case("K17", C, "190 / 15 = 12.67", "{mean: 11.2, about: cycles, n: 15}\n"
         "{count: 190, about: number of cycles}"),
    Case("K17", A, "190 / 15 = 12.67", "{mean: 12.7, about: cycles, n: 15}\n"
         "{count: 190, about: cycles}"),
    Case("K17", None, "8 patients with metastases are no total",
         "{median: 0.5, about: metastases, n: 16}\n{count: 8, about: metastases, n: 16}"),
    Case("K17", C, "27 / 3 = 9", VALUES + f"{{PFS: 9, {MEDIAN}}}"),
    Case("K17", None, "2 is the median", VALUES + f"{{PFS: 2, {MEDIAN}}}"),
    Case("K17", None, "a censored value",
         f"{{values: [1, 2, 24+], of: PFS, unit: months}}\n{{PFS: 9, {MEDIAN}}}", BAD),
    Case("K48", C, "2 is the median, not 4", VALUES + f"{{PFS: 4, {MEDIAN}}}"),
    Case("K48", A, "2 is the median", VALUES + f"{{PFS: 2, {MEDIAN}}}"),
    Case("K48", A, "(4 + 9) / 2 = 6.5", FOUR + f"{{PFS: 6.5, {MEDIAN}, n: 4}}"),
    Case("K48", P, "3 to 4 and 8.5 to 9.5 give 6 to 7: 6.9 of values not rounded",
         FOUR + f"{{PFS: 6.9, {MEDIAN}, n: 4}}"),
    Case("K48", A, "their range beside it", FOUR + f"{{PFS: 6.5, {MEDIAN}, range: 3 to 12.5}}"),
    Case("K48", C, "one of 12.5, and 10 the largest printed",
         FOUR + f"{{PFS: 6.5, {MEDIAN}, range: 3 to 10}}"),
    Case("K48", P, "both ends within: quartiles may be meant",
         FOUR + f"{{PFS: 6.5, {MEDIAN}, range: 5 to 9}}"),
    Case("K48", A, "quartiles, as it says",
         FOUR + f"{{PFS: 6.5, {MEDIAN}, range: 5 to 9, note: IQR}}"),
    Case("K48", C, "a range by itself", "{values: [3, 4, 12.5, 9], about: time, unit: months}\n"
         "{range: 3 to 10, about: time, unit: months}"),
    Case("K48", C, "three values of four", VALUES.replace("}", ", n: 4}")),
    Case("K48", A, "three values of three", VALUES.replace("}", ", n: 3}")),
    Case("K48", C, "the curve of 1, 2 and 24+ is at 1/3 from 2 on",
         f"{{values: [1, 2, 24+], of: PFS, unit: months}}\n{{PFS: 4, {MEDIAN}}}"),
    Case("K48", None, "three values of 40: those who responded",
         "{count: 40, about: patients}\n{values: [3, 5, 9], of: DoR, unit: months}"),
    Case("K48", None, "the median is of 40, the values are of 3",
         "{values: [2, 5, 25], of: OS, unit: months}\n"
         "{OS: 22, unit: months, statistic: median, n: 40}"),
    Case("K48", C, "of three, 5 and not 22", "{values: [2, 5, 25], of: OS, unit: months}\n"
         "{OS: 22, unit: months, statistic: median, n: 3}"),
    Case("K48", None, "other patients", VALUES + f"{{PFS: 3, {MEDIAN}, group: a}}", BAD),
    # exp((ln 0.44 + ln 0.70) / 2) = 0.555; SE (ln 0.70 - ln 0.44) / 3.92 = 0.1184; z = -5.05
    Case("K29", C, "27 of 61 and 26 of 59 are 44 % both; n beside the counts",
         "{count: 27, about: ORR, group: a, n: 61}\n{count: 26, about: ORR, group: b, n: 59}\n"
         "{p: 0.001, about: ORR, group: a, than: b}"),
    Case("K29", None, "n of one told in two ways",
         "{count: 27, about: ORR, group: a, n: 61}\n{count: 27, about: ORR, group: a, n: 60}\n"
         "{count: 26, about: ORR, group: b, n: 59}\n{p: 0.001, about: ORR, group: a, than: b}"),
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
    Case("K22", A, "half of 0.05: one-sided, as it says",
         "{HR: 0.75, about: OS, ci: 0.56 to 1.00, level: 95 %, p: 0.025, note: one-sided}"),
    Case("K22", P, "half of 0.05, which nothing says",
         "{HR: 0.75, about: OS, ci: 0.56 to 1.00, level: 95 %, p: 0.025}"),
    Case("K24", A, "100 - 33 = 67", "{risk-reduction: 67, about: PFS}\n{HR: 0.33, about: PFS}"),
    Case("K24", C, "100 - 65 = 35", "{risk-reduction: 45, about: PFS}\n{HR: 0.65, about: PFS}"),
    Case("K24", A, "of two ratios, one fits", "{risk-reduction: 45, about: PFS}\n"
         "{HR: 0.55, about: PFS, note: final}\n{HR: 0.62, about: PFS, note: interim}"),
    Case("K24", P, "1 - 1 / 1.25 = 20 % in the other group",
         "{risk-reduction: 20, about: death}\n{HR: 1.25, about: death}"),
    Case("K24", None, "of something else",
         "{risk-reduction: 45, about: OS}\n{HR: 0.65, about: PFS}", BAD),
    # R binom.test(3, 15): 0.0433 to 0.4809
    Case("K25", A, "Clopper-Pearson", "{percent: 20.0, about: x, n: 15, ci: 4.3 to 48.1}"),
    Case("K25", C, "narrower than any", "{percent: 20.0, about: x, n: 15, ci: 15 to 25}"),
    Case("K25", C, "a lower limit above any", "{percent: 20.0, about: x, n: 15, ci: 9 to 48}"),
    Case("K25", C, "an upper limit below any", "{percent: 20.0, about: x, n: 15, ci: 4.3 to 35}"),
    Case("K25", C, "an upper limit above any", "{percent: 20.0, about: x, n: 15, ci: 4.3 to 60}"),
    Case("K25", C, "a lower limit below any",
         "{percent: 80.0, about: x, n: 15, ci: 30 to 95.7}"),
    Case("K25", A, "one-sided: Beta(3, 13) leaves 5 % below 5.68",
         "{percent: 20.0, about: x, n: 15, ci: 5.7 to 100, note: one-sided}"),
    Case("K25", C, "one-sided, above every method",
         "{percent: 20.0, about: x, n: 15, ci: 14 to 100, note: one-sided}"),
    Case("K25", P, "the rule of three: 3 / 20 = 15", "{percent: 0, about: x, n: 20, ci: 0 to 15}"),
    Case("K25", C, "0 of 20, below every method", "{percent: 0, about: x, n: 20, ci: 0 to 5}"),
    Case("K25", P, "between the methods", "{percent: 20.0, about: x, n: 15, ci: 4.9 to 46.1}"),
    Case("K25", None, "no limits", "{percent: 20.0, about: x, n: 15}", BAD),
    Case("K25", None, "no count prints so", "{percent: 22.0, about: x, n: 15, ci: 4 to 48}", BAD),
    Case("K26", C, "5.185 x 28 = 145.2 to 5.195 x 28 = 145.5",
         "{mean: 5.19, about: cycles, n: 28, step: 1}"),
    Case("K26", A, "145 / 28 = 5.179", "{mean: 5.18, about: cycles, n: 28, step: 1}"),
    # n 4, total 10: sums of squares 26, 28, 30, 32 ..; less 25, over 3: 0.33, 1, 1.67, 2.33
    Case("K26", A, "SD sqrt(1.667) = 1.29", "{mean: 2.5, sd: 1.29, about: x, n: 4, step: 1}"),
    Case("K26", C, "SD 1.40 squared is 1.96", "{mean: 2.5, sd: 1.40, about: x, n: 4, step: 1}"),
    Case("K26", None, "steps not told", "{mean: 5.19, about: cycles, n: 28}"),
    Case("K26", None, "steps of 0.3", "{mean: 5.19, about: cycles, n: 28, step: 0.3}", BAD),
    Case("K26", None, "hedged", "{mean: over 5, about: cycles, n: 28, step: 1}", BAD),
    # (75 - 55)(55 - 41) 15 / 14 = 300: SD 17.3 at most; 34^2 / 28 = 41.3: 6.4 at least
    Case("K27", C, "20 of at most 17.3",
         "{age: 55, unit: years, about: age, statistic: mean, sd: 20, range: 41 to 75, n: 15}"),
    Case("K27", A, "10",
         "{age: 55, unit: years, about: age, statistic: mean, sd: 10, range: 41 to 75, n: 15}"),
    Case("K27", C, "5 of at least 6.4",
         "{age: 55, unit: years, about: age, statistic: mean, sd: 5, range: 41 to 75, n: 15}"),
    # as standard errors: 17.3 / sqrt(15) = 4.47 at most, 6.4 / sqrt(15) = 1.66 at least
    Case("K27", A, "a standard error of 2.0 in place of an SD",
         "{mean: 55, about: age, sd: '2.0', range: 41 to 75, n: 15, note: SE}"),
    Case("K27", A, "a standard error of 4.4",
         "{mean: 55, about: age, se: 4.4, range: 41 to 75, n: 15}"),
    Case("K27", C, "5.6 of at most 4.5", "{mean: 55, about: age, se: 5.6, range: 41 to 75, n: 15}"),
    Case("K27", C, "1.5 of at least 1.66",
         "{mean: 55, about: age, se: 1.5, range: 41 to 75, n: 15}"),
    Case("K27", None, "one patient",
         "{age: 55, unit: years, about: age, statistic: mean, sd: 5, range: 41 to 75, n: 1}", BAD),
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
    Case("K50", C, "p above 1", '{p: "1.2", about: x}'),
    Case("K50", C, "below 0", '{test: "t(28) = 4.5", p: "< .000", about: x}'),
    Case("K50", P, "p of 0", '{test: "t(28) = 4.5", p: "0.000", about: x}'),
    Case("K50", None, "p of 1", '{p: "1.000", about: x}'),
    Case("K50", C, "limits turned round", "{HR: 0.6, about: OS, ci: 0.9 to 0.4}", BAD),
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
    Case("K29", None, "nobody in b has it",
         GROUPS.replace("6, about", "0, about") + "{OR: 2, about: rash, group: a, than: b}", BAD),
    Case("K46", C, "55 below 57", "{age: 55, unit: years, about: age, range: 57 to 75}"),
    Case("K46", A, "41, 55, 75", "{age: 55, unit: years, about: age, range: 41 to 75}"),
    Case("K46", None, "a mean beyond the quartiles of a long tail",
         "{mean: 9.9, about: days, range: 2 to 8, n: 41, note: interquartile range}"),
    Case("K46", C, "a median beyond its quartiles",
         "{age: 55, unit: years, about: age, range: 57 to 75, note: IQR}"),
    Case("K46", C, "quartiles beyond the range",
         "{age: 62, unit: years, about: age, range: 55 to 90, note: IQR}\n"
         "{age: 62, unit: years, about: age, range: 31 to 82}"),
    Case("K46", P, "a range within another: quartiles perhaps",
         "{age: 62, unit: years, about: age, range: 55 to 70}\n"
         "{range: 31 to 82, about: age range}"),
    Case("K46", A, "one value only", "{age: 55, unit: years, about: age, range: 55 to 55}"),
    # ln(0.556 / 0.45) / 3.92 = 0.054; 2 / root(20) = 0.447
    Case("K51", C, "20 events", "{HR: 0.50, about: PFS, group: A, than: B, ci: 0.45 to 0.556}\n"
         "{events: 20, of: PFS, group: all}"),
    Case("K51", A, "20 events, 0.445", "{HR: 0.50, about: PFS, group: A, than: B, "
         "ci: 0.21 to 1.20}\n{events: 20, of: PFS, group: all}"),
    Case("K51", C, "12 and 8 events of the two groups", "{HR: 0.50, about: PFS, group: A, than: B, "
         "ci: 0.45 to 0.556}\n{events: 12, of: PFS, group: A}\n{events: 8, of: PFS, group: B}"),
    Case("K51", P, "of no two groups: a continuous variable may be meant",
         "{HR: 0.50, about: PFS, ci: 0.45 to 0.556}\n{events: 20, of: PFS}"),
    Case("K51", None, "of a variable", "{HR: 1.02, about: age, ci: 1.01 to 1.03}\n"
         "{events: 20, of: PFS}"),
    Case("K51", P, "far wider than 400 events give",
         "{HR: 0.50, about: PFS, group: A, than: B, ci: 0.12 to 2.0}\n{events: 400, of: PFS}"),
    Case("K51", None, "no events told",
         "{HR: 0.50, about: PFS, group: A, than: B, ci: 0.45 to 0.556}", BAD),
    # 50 -+ 1.96 root(0.5 * 0.5 / 20) = 28.1 to 71.9
    Case("K52", C, "the narrowest are 28 to 72", "{rate: 50, of: OS, at: 12 months, n: 20, "
         "ci: 49 to 51, level: 95 %}"),
    Case("K52", A, "R's log-log limits", "{rate: 50, of: OS, at: 12 months, n: 20, "
         "ci: 27.1 to 69.2}"),
    Case("K52", P, "one standard error, 11.2", "{rate: 50, of: OS, at: 12 months, n: 20, "
         "ci: 38.8 to 61.2}"),
    Case("K52", C, "one standard error called 95 %", "{rate: 50, of: OS, at: 12 months, n: 20, "
         "ci: 38.8 to 61.2, level: 95 %}"),
    Case("K52", None, "nobody had the event", "{rate: 100, of: OS, at: 12 months, n: 20, "
         "ci: 100 to 100}", BAD),
    Case("K52", None, "no number of patients",
         "{rate: 50, of: OS, at: 12 months, ci: 49 to 51}", BAD),
    # t = 5 / root(25 / 50 + 25 / 50) = 5
    Case("K53", C, "a t test named", ARMS + "{p: 0.85, about: age, note: t test of A against B}"),
    Case("K53", A, "t of 5", ARMS + "{p: < 0.001, about: age}"),
    Case("K53", C, "z of 0.19 against 4.6", ARMS + "{p: 0.85, about: age}"),
    Case("K53", P, "z of 2.6 against 4.6: a rank test may", ARMS + "{p: 0.010, about: age}"),
    Case("K53", None, "a rank test", ARMS + "{p: 0.85, about: age, note: Mann-Whitney U}"),
    Case("K53", None, "another figure", ARMS + "{p: 0.85, about: weight}"),
    Case("K53", P, "SE of 5 is SD of 35: t of 0.71", ARMS + "{p: 0.48, about: age}"),
    Case("K53", C, "three groups, two named",
         ARMS + "{mean: 60, about: age, sd: 5, group: C, n: 50}\n"
         "{p: 0.85, about: age, group: A, than: B, note: Welch}"),
    Case("K53", None, "three groups, none named",
         ARMS + "{mean: 60, about: age, sd: 5, group: C, n: 50}\n{p: 0.85, about: age}", BAD),
    Case("K53", None, "one patient", "{mean: 55, about: age, sd: 5, group: A, n: 1}\n"
         "{mean: 60, about: age, sd: 5, group: B, n: 50}\n{p: 0.85, about: age}", BAD),
    Case("K46", C, "17 where 18 are wanted", "{age: 55, unit: years, about: age, range: 17 to 75}\n"
         "{age: 18, unit: years, about: age for inclusion, range: 18 to 80}"),
    Case("K46", C, "a range by itself", "{age: 55, unit: years, about: age, range: 41 to 75}\n"
         "{range: 41-76, about: age}"),
    Case("K46", A, "the same range by itself",
         "{age: 55, unit: years, about: age, range: 41 to 75}\n{range: 41-75, about: age}"),
    Case("K46", A, "panels are no range of numbers",
         "{age: 55, unit: years, about: age, range: 41 to 75}\n{range: A–C, about: age}"),
    Case("K46", None, "no range", "{age: 55, unit: years, about: age}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_what_the_rules_of_estimates_say(case, tmp_path):
    check(case, tmp_path)


def test_the_method_of_an_interval_is_named(tmp_path):
    """R binom.test(3, 15) gives 4.331 to 48.09 %."""
    told = source("{percent: 20.0, about: x, n: 15, ci: 4.3 to 48.1}", tmp_path)
    (verdict,) = said("K25", told)
    assert verdict.notes == ("reproduced by Clopper-Pearson",)


def test_a_standard_error_called_sd_is_named(tmp_path):
    """Squares 1, 2, 3, 4: sum about the mean 5; 5 / 12 = 0.4167, its root 0.6455."""
    told = source("{mean: 2.5, sd: 0.6455, about: x, n: 4, step: 1}", tmp_path)
    (verdict,) = said("K26", told)
    assert verdict.conclusion is P
    assert verdict.notes == ("SD 0.6455 is possible as standard error",)
