"""Rule K54: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, check, params

CASES = (
    # 8 of 20 died by 12 months: 60 % at most
    Case("K54", C, "8 deaths by then", "{rate: 90, of: OS, at: 12 months, n: 20}\n"
         "{count: 8, about: deaths, at: 12 months, n: 20}"),
    Case("K54", A, "8 deaths by then, 58 %", "{rate: 58, of: OS, at: 12 months, n: 20}\n"
         "{events: 8, of: OS, at: 12 months, n: 20}"),
    Case("K54", C, "8 deaths by 52 weeks", "{rate: 90, of: OS, at: 13 months, n: 20}\n"
         "{events: 8, of: OS, at: 52 weeks}"),
    Case("K54", None, "8 deaths later", "{rate: 90, of: OS, at: 12 months, n: 20}\n"
         "{events: 8, of: OS, at: 24 months, n: 20}"),
    Case("K54", C, "15 of 20 alive then, 75 %", "{rate: 60, of: OS, at: 12 months, n: 20}\n"
         "{count: 15, about: alive at 12 months, at: 12 months, n: 20}"),
    Case("K54", A, "15 alive then, the others lost: 15 of 15 may be", "{rate: 100, of: OS, "
         "at: 12 months, n: 20}\n{count: 15, about: alive, at: 12 months, n: 20}"),
    Case("K54", C, "2 died, 3 are lost: 15 of 17 at least, 88.2", "{rate: 80, of: OS, "
         "at: 12 months, n: 20}\n{count: 15, about: alive, at: 12 months, n: 20}\n"
         "{events: 2, of: OS, n: 20}"),
    Case("K54", C, "4 of 20 died at all, the others followed for 12 months: 80 at least",
         "{rate: 70, of: OS, at: 12 months, n: 20}\n{events: 4, of: OS, n: 20}\n"
         "{follow-up: 20, unit: months, statistic: median, range: 12 to 40}"),
    Case("K54", C, "4 of 20 died, no patient followed for longer than 24 months: 80 at most",
         "{rate: 90, of: OS, at: 24 months, n: 20}\n{events: 4, of: OS, n: 20}\n"
         "{follow-up: 15, unit: months, statistic: median, range: 2 to 23}"),
    Case("K54", None, "alive gives no bound for PFS", "{rate: 60, of: PFS, at: 12 months, n: 20}\n"
         "{count: 15, about: alive, at: 12 months, n: 20}"),
    Case("K54", None, "more deaths than patients", "{rate: 60, of: OS, at: 12 months, n: 20}\n"
         "{events: 28, of: OS, at: 12 months}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
