"""Rules K17 and K48: each firing, silent and on bad input.

Expected p values and limits are from R or scipy, named in the reason; the rest is hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, A, C, Case, P, check, params

VALUES = "{values: [1, 2, 24], of: PFS, unit: months}\n"
FOUR = "{values: [3, 4, 12.5, 9], of: PFS, unit: months}\n"
CASES = (
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
    Case("K48", A, "with their range", FOUR + f"{{PFS: 6.5, {MEDIAN}, range: 3 to 12.5}}"),
    Case("K48", C, "one of 12.5, and 10 the largest printed",
         FOUR + f"{{PFS: 6.5, {MEDIAN}, range: 3 to 10}}"),
    Case("K48", P, "both ends within: quartiles may be meant",
         FOUR + f"{{PFS: 6.5, {MEDIAN}, range: 5 to 9}}"),
    Case("K48", A, "quartiles, as stated",
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
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
