"""Rules K16, K26, K27 and K46: each firing, silent and on bad input.

Expected p values and limits are from R or scipy, named in the reason; the rest is hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, P, check, params, source, verdicts_of

CASES = (
    Case("K16", C, "3.5 of 15", "{median: 3.5, about: cycles, n: 15, step: 1}"),
    Case("K16", A, "3.5 of 14", "{median: 3.5, about: cycles, n: 14, step: 1}"),
    Case("K16", A, "55 of 15", "{age: 55, unit: years, about: age, statistic: median, n: 15}"),
    Case("K16", P, "55.5 of 15: perhaps from dates",
         "{age: 55.5, unit: years, about: age, statistic: median, n: 15}"),
    Case("K16", None, "no step printed", "{median: 3.5, about: cycles, n: 15}"),
    Case("K16", None, "hedged", "{median: over 3, about: cycles, n: 15, step: 1}", BAD),
    Case("K26", C, "5.185 x 28 = 145.2 to 5.195 x 28 = 145.5",
         "{mean: 5.19, about: cycles, n: 28, step: 1}"),
    Case("K26", A, "145 / 28 = 5.179", "{mean: 5.18, about: cycles, n: 28, step: 1}"),
    # n 4, total 10: sums of squares 26, 28, 30, 32 ..; less 25, over 3: 0.33, 1, 1.67, 2.33
    Case("K26", A, "SD sqrt(1.667) = 1.29", "{mean: 2.5, sd: 1.29, about: x, n: 4, step: 1}"),
    Case("K26", C, "SD 1.40 squared is 1.96", "{mean: 2.5, sd: 1.40, about: x, n: 4, step: 1}"),
    Case("K26", None, "no step printed", "{mean: 5.19, about: cycles, n: 28}"),
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
def test_verdicts(case, tmp_path):
    check(case, tmp_path)


def test_a_standard_error_called_sd_is_named(tmp_path):
    """Squares 1, 2, 3, 4: sum about the mean 5; 5 / 12 = 0.4167, its root 0.6455."""
    report = source("{mean: 2.5, sd: 0.6455, about: x, n: 4, step: 1}", tmp_path)
    (verdict,) = verdicts_of("K26", report)
    assert verdict.conclusion is P
    assert verdict.notes == ("SD 0.6455 is possible as standard error",)
