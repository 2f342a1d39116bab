"""Rule K53: firing, silent and on bad input.

Expected p values and limits are from R or scipy, named in the reason; the rest is hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, P, check, params

ARMS = """
    {mean: 55, about: age, unit: years, sd: 5, group: A, n: 50}
    {mean: 60, about: age, unit: years, sd: 5, group: B, n: 50}
"""
CASES = (
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
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
