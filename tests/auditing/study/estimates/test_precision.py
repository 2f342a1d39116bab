"""Rules K15, K51 and K52: each firing, silent and on bad input.

Expected p values and limits are from R or scipy, named in the reason; the rest is hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, A, C, Case, P, check, params

CASES = (
    Case("K15", P, "7.5 / 3.92 = 1.9, against 26 / 2 = 13",
         f"{{OS: 26, {MEDIAN}, ci: 22.2 to 29.7}}\n{{events: 4, of: OS}}"),
    Case("K15", A, "39 / 3.92 = 9.9, against 13",
         f"{{OS: 26, {MEDIAN}, ci: 13 to 52}}\n{{events: 4, of: OS}}"),
    Case("K15", None, "no events",
         f"{{OS: 26, {MEDIAN}, ci: 13 to 52}}\n{{events: 0, of: OS}}", BAD),
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
    Case("K51", None, "no events printed",
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
    Case("K52", None, "no patient had the event", "{rate: 100, of: OS, at: 12 months, n: 20, "
         "ci: 100 to 100}", BAD),
    Case("K52", None, "no number of patients",
         "{rate: 50, of: OS, at: 12 months, ci: 49 to 51}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
