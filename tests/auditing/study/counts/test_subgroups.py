"""Rule K08: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, check, params

TWO_ARMS = (
    "{{count: {}, about: randomised, group: all}}\n"
    "{{count: {}, about: randomised, group: arm A}}\n"
    "{{count: {}, about: randomised, group: arm B}}"
)
CASES = (
    Case("K08", A, "SD 10 - 7 - 2 = 1 is left for 1 patient",
         "{count: 15, about: patients}\n{count: 10, about: SD}\n"
         "{count: 11, about: DD, among: subtype}\n{count: 3, about: WD, among: subtype}\n"
         "{count: 7, about: SD, group: DD}\n{count: 2, about: SD, group: WD}"),
    Case("K08", C, "PR 1 - 1 - 1 = -1",
         "{count: 15, about: patients}\n{count: 1, about: PR}\n"
         "{count: 11, about: DD, among: subtype}\n{count: 3, about: WD, among: subtype}\n"
         "{count: 1, about: PR, group: DD}\n{count: 1, about: PR, group: WD}"),
    Case("K08", C, "SD 10 - 7 = 3 are left, and 4 patients less 11 of 12 is 1",
         "{count: 12, about: patients}\n{count: 10, about: SD}\n"
         "{count: 11, about: DD, among: subtype}\n{count: 7, about: SD, group: DD}"),
    Case("K08", C, "4 deaths in a part, 3 in all",
         "{count: 3, about: deaths}\n{count: 20, about: LMS, among: t}\n"
         "{count: 4, about: deaths, group: LMS}"),
    Case("K08", None, "responses by two criteria",
         "{count: 40, about: patients}\n{count: 10, about: PR, criterion: RECIST 1.1}\n"
         "{count: 20, about: LMS, among: t}\n{count: 14, about: PR, criterion: Choi, group: LMS}"),
    Case("K08", C, "a subgroup of 10, and of 11",
         "{count: 11, about: DD}\n{count: 10, about: patients, group: DD}"),
    Case("K08", None, "a subgroup of 11 twice",
         "{count: 11, about: DD}\n{count: 11, about: patients, group: DD}"),
    Case("K08", None, "no size of the subgroup",
         "{count: 15, about: patients}\n{count: 1, about: PR}\n{count: 2, about: PR, group: DD}",
         BAD),
    Case("K08", C, "61 + 69 = 130 of 120", TWO_ARMS.format(120, 61, 69)),
    Case("K08", None, "61 + 59 = 120", TWO_ARMS.format(120, 61, 59)),
    Case("K08", None, "a third arm may have the rest", TWO_ARMS.format(190, 61, 59)),
    Case("K08", None, "subgroups that overlap", TWO_ARMS.format(120, 61, 69)
         .replace("arm A", "male").replace("arm B", "over 60")),
    Case("K08", C, "30 + 31 of n 50", "{table: responses, columns: [{count: arm A, n: 30},"
         " {count: arm B, n: 31}, {count: all, n: 50}], rows: {PR: [1, 2, 3]}}"),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
