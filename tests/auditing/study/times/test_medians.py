"""Rules K12 and K13: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, A, C, Case, P, check, params

CASES = (
    Case("K12", C, "no event", f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 0, of: OS, n: 15}}"),
    Case("K12", C, "9 of 15 dead: 6 / 15 = 0.4 at most",
         f"{{OS: not reached, {MEDIAN}, n: 15}}\n{{count: 9, about: deaths, n: 15}}"),
    Case("K12", A, "1 of 15, if it is the last at risk",
         f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 1, of: OS, n: 15}}"),
    Case("K12", A, "7 of 15 dead: 8 / 15 may be left",
         f"{{OS: not reached, {MEDIAN}, n: 15}}\n{{count: 7, about: deaths, n: 15}}"),
    Case("K12", C, "16 of 15", f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 16, of: OS}}", BAD),
    Case("K12", None, "no denominator", f"{{OS: 26, {MEDIAN}}}\n{{events: 4, of: OS}}", BAD),
    Case("K13", P, "4 of 15: 15 - 8 = 7 before",
         f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 4, of: OS}}"),
    Case("K13", None, "8 of 15", f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 8, of: OS}}"),
    Case("K13", None, "events of another endpoint",
         f"{{PFS: 26, {MEDIAN}, n: 15}}\n{{events: 4, of: OS}}", BAD),
    # no patient is censored before 12 months, so survival is 14 / 20 at least at 8
    Case("K12", C, "6 of 20 died, all others followed for 12 months, median 8",
         "{OS: 8, unit: months, statistic: median, n: 20}\n{events: 6, of: OS}\n"
         "{follow-up: 15, unit: months, statistic: median, range: 12 to 30}"),
    Case("K12", A, "11 of 20 died", "{OS: 8, unit: months, statistic: median, n: 20}\n"
         "{events: 11, of: OS}\n{follow-up: 12, unit: months, statistic: minimum}"),
    Case("K12", A, "the median lies after the shortest follow-up",
         "{OS: 14, unit: months, statistic: median, n: 20}\n{events: 6, of: OS}\n"
         "{follow-up: 12, unit: months, statistic: minimum}"),
    Case("K12", P, "progression may be censored before, at an assessment",
         "{PFS: 8, unit: months, statistic: median, n: 20}\n{events: 6, of: PFS}\n"
         "{follow-up: 12, unit: months, statistic: minimum}"),
    Case("K12", C, "360 days are beyond 8 months",
         "{OS: 8, unit: months, statistic: median, n: 20}\n"
         "{events: 6, of: OS}\n{follow-up: 360, unit: days, statistic: minimum}"),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
