"""Rules K14 and K25: each firing, silent and on bad input.

Expected p values and limits are from R or scipy, named in the reason; the rest is hand arithmetic.
"""

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
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)


def test_the_method_of_an_interval_is_named(tmp_path):
    """R binom.test(3, 15) gives 4.331 to 48.09 %."""
    report = source("{percent: 20.0, about: x, n: 15, ci: 4.3 to 48.1}", tmp_path)
    (verdict,) = verdicts_of("K25", report)
    assert verdict.notes == ("reproduced by Clopper-Pearson",)
