"""Rules K18, K19 and K20: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, ORIGIN, A, C, Case, N, P, check, params

CASES = (
    Case("K18", A, "58.8 at 24, median 27.9",
         "{rate: 58.8, of: PFS, at: 24 weeks}\n{PFS: 27.9, unit: weeks, statistic: median}"),
    Case("K18", C, "44 at 24, median 27.9",
         "{rate: 44, of: PFS, at: 24 weeks}\n{PFS: 27.9, unit: weeks, statistic: median}"),
    Case("K18", C, "44 at 12 weeks (84 days), median 5.6 months (157 at least)",
         f"{{rate: 44, of: PFS, at: 12 weeks}}\n{{PFS: 5.6, {MEDIAN}}}"),
    Case("K18", A, "44 at 12 weeks, median 2 months",
         f"{{rate: 44, of: PFS, at: 12 weeks}}\n{{PFS: 2, {MEDIAN}}}"),
    Case("K18", P, "61.9 at 3 months, median 3.0: 3.0 to 3.05",
         f"{{rate: 61.9, of: PFS, at: 3 months}}\n{{PFS: 3.0, {MEDIAN}}}"),
    Case("K18", C, "44 at 12 months, and no median reached",
         f"{{rate: 44, of: PFS, at: 12 months}}\n{{PFS: not reached, {MEDIAN}}}"),
    Case("K18", P, "48 at 6 months, median 6.4 in months of 28 days: 179 days of 182",
         f"{{rate: 48, of: PFS, at: 6 months}}\n{{PFS: 6.4, {MEDIAN}}}"),
    Case("K18", None, "of another group",
         f"{{rate: 44, of: PFS, at: 12 weeks, group: a}}\n{{PFS: 5.6, {MEDIAN}}}"),
    Case("K18", None, "two times",
         f'{{rate: 44, of: PFS, at: "6, 12 weeks"}}\n{{PFS: 5, {MEDIAN}}}', BAD),
    Case("K19", C, "63 of 13 at 3 months, all followed for 6: 8 / 13 = 61.5",
         "{rate: 63, of: OS, at: 3 months, n: 13}\n"
         "{follow-up: 9, unit: months, range: 6 to 12}"),
    Case("K19", A, "61.5 of 13", "{rate: 61.5, of: OS, at: 3 months, n: 13}\n"
         "{follow-up: 9, unit: months, range: 6 to 12}"),
    Case("K19", N, "later than the first censoring", "{rate: 63, of: OS, at: 7 months, n: 13}\n"
         "{follow-up: 9, unit: months, range: 6 to 12}"),
    Case("K19", None, "PFS is censored at the last assessment",
         "{rate: 63, of: PFS, at: 3 months, n: 13}\n"
         "{follow-up: 9, unit: months, range: 6 to 12}"),
    Case("K19", N, "no follow-up stated", "{rate: 63, of: OS, at: 7 months, n: 13}", BAD),
    Case("K20", C, "a curve that rises",
         "{rate: 35, of: OS, at: 5 years}\n{rate: 50, of: OS, at: 10 years}"),
    Case("K20", A, "50, then 35",
         "{rate: 50, of: OS, at: 5 years}\n{rate: 35, of: OS, at: 10 years}"),
    Case("K20", A, "level",
         "{rate: 22.3, of: OS, at: 6 months}\n{rate: 22.3, of: OS, at: 12 months}"),
    Case("K20", C, "PFS above OS",
         "{rate: 60, of: PFS, at: 6 months}\n{rate: 50, of: OS, at: 6 months}"),
    Case("K20", None, "PFS above OS, of other patients",
         "{rate: 60, of: PFS, at: 6 months, n: 30}\n{rate: 50, of: OS, at: 6 months, n: 40}"),
    Case("K20", None, "50 of one group at 6 months, 60 of another at 12",
         "{rate: 50, of: OS, at: 6 months, n: 20}\n{rate: 60, of: OS, at: 12 months, n: 30}"),
    Case("K20", None, "PFS from surgery above OS from treatment",
         "{rate: 60, of: PFS, at: 6 months}\n{rate: 50, of: OS, at: 6 months}\n" + ORIGIN
         + "{name: surgery, about: origin of PFS}"),
    Case("K20", C, "an estimate outside its limits", f"{{OS: 26, {MEDIAN}, ci: 27 to 30}}"),
    Case("K20", A, "an estimate within them", f"{{OS: 26, {MEDIAN}, ci: 22.2 to 29.7}}"),
    Case("K20", A, "two units: 50 % at half a year, 35 % at five",
         "{rate: 35, of: OS, at: 5 years}\n{rate: 50, of: OS, at: 6 months}"),
    Case("K20", None, "a limit not reached", f"{{OS: 26, {MEDIAN}, ci: 22.2 to NR}}", BAD),
    Case("K18", P, "61.9 % at 3 months leaves 3.00 to 3.05 of 3.0",
         "{rate: 61.9, of: PFS, at: 3 months}\n{PFS: 3.0, unit: months, statistic: median}"),
    Case("K20", C, "one time, one place, two rates",
         "{rate: 60, of: PFS, at: 12 months}\n{rate: 65, of: PFS, at: 12 months}"),
    Case("K20", C, "a year is 12 months",
         "{rate: 60, of: PFS, at: 12 months}\n{rate: 65, of: PFS, at: 1 year}"),
    Case("K20", None, "printed with another digit",
         "{rate: 60, of: PFS, at: 12 months}\n{rate: 60.2, of: PFS, at: 12 months}"),
    Case("K20", P, "two analyses", "{rate: 60, of: PFS, at: 12 months, note: as treated}\n"
         "{rate: 65, of: PFS, at: 12 months, note: as randomised}"),
    Case("K20", None, "of two groups", "{rate: 60, of: PFS, at: 12 months, group: A}\n"
         "{rate: 65, of: PFS, at: 12 months, group: B}"),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
