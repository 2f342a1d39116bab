"""Rule K49: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, A, C, Case, N, P, check, params

CASES = (
    Case("K49", P, "14 of 15, of the cohort: one may not be evaluable",
         '{count: 15, about: patients}\n{at-risk: [14, 9, 4], of: OS, at: "0, 6, 12 months"}'),
    Case("K49", P, "14 of 15, counted after those who left at once",
         '{at-risk: [14, 9, 4], of: OS, at: "0, 6, 12 months", n: 15, note: after events}'),
    Case("K49", C, "16 of 15", '{at-risk: [16, 9, 4], of: OS, at: "0, 6, 12 months", n: 15}'),
    Case("K49", A, "from the third month", '{count: 15, about: patients}\n'
         '{at-risk: [13, 9, 4], of: OS, at: "3, 6, 12 months"}'),
    Case("K49", A, "of those who responded", '{count: 15, about: patients}\n'
         '{at-risk: [3, 2, 1], of: DoR, at: "0, 6, 12 months"}'),
    Case("K49", None, "they come under observation late",
         '{at-risk: [3, 9, 5], of: OS, at: "0, 6, 12 months", note: left truncation}'),
    Case("K49", C, "14 of 20 at risk at 12 months: survival at 6 is 70 % or more",
         '{at-risk: [20, 15, 14], of: OS, at: "0, 6, 12 months", n: 20}\n'
         "{rate: 50, of: OS, at: 6 months, n: 20}"),
    Case("K49", A, "15 at risk at 6 months may have the event then: 70 % after it",
         '{at-risk: [20, 15, 14], of: OS, at: "0, 6, 12 months", n: 20}\n'
         "{rate: 70, of: OS, at: 6 months, n: 20}"),
    Case("K49", C, "14 of 20 at risk long after the median",
         '{at-risk: [20, 15, 14], of: OS, at: "0, 6, 12 months", n: 20}\n'
         f"{{OS: 5.0, {MEDIAN}, n: 20}}"),
    Case("K49", A, "7 of 20 at risk after the median",
         '{at-risk: [20, 9, 7], of: OS, at: "0, 6, 12 months", n: 20}\n'
         f"{{OS: 5.0, {MEDIAN}, n: 20}}"),
    Case("K49", C, "10 after 9",
         '{at-risk: [15, 9, 10, 2], of: OS, at: "0, 6, 12, 18 months", n: 15}'),
    Case("K49", C, "starts at 14 of 15",
         '{at-risk: [14, 9, 4], of: OS, at: "0, 6, 12 months", n: 15}'),
    Case("K49", A, "falls from 15",
         '{at-risk: [15, 9, 4], of: OS, at: "0, 6, 12 months", n: 15}'),
    Case("K49", N, "three numbers at two times", '{at-risk: [15, 9, 4], of: OS, at: "0, 6 months"}',
         BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
