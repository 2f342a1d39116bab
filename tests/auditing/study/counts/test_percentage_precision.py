"""Rules K06 and K45: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, C, Case, P, check, params

CASES = (
    Case("K06", C, "10 / 15 as 66.6 and as 66.7",
         "{percent: 66.6, about: a, n: 15}\n{count: 10, about: a}\n"
         "{percent: 66.7, about: b, n: 15}\n{count: 10, about: b}"),
    Case("K06", P, "33.3, 33.3 and 33.4 were made to add up to 100",
         "\n".join(f"{{percent: {p}, about: {a}, among: t, n: 15}}\n"
                   f"{{count: 5, about: {a}, among: t, n: 15}}"
                   for a, p in (("a", 33.3), ("b", 33.3), ("c", 33.4)))),
    Case("K06", None, "3 / 15 as 20.0 and as 20",
         "{percent: 20.0, about: a, n: 15}\n{count: 3, about: a}\n"
         "{percent: 20, about: b, n: 15}\n{count: 3, about: b}"),
    Case("K06", None, "no count",
         "{percent: 66.6, about: a, n: 15}\n{percent: 66.7, about: b, n: 15}", BAD),
    Case("K45", P, "46.667 of 15: 100 / 15 = 6.67, so no decimal is needed",
         "{percent: 46.667, about: a, n: 15}"),
    Case("K45", None, "one decimal more is usual", "{percent: 46.7, about: a, n: 15}"),
    Case("K45", None, "of 1200 one is 0.083 %, printed with two decimals: three are one more",
         "{percent: 46.667, about: a, n: 1200}"),
    Case("K45", None, "no denominator", "{percent: 46.667, about: a, n: over 10}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
