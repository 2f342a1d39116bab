"""Rule K44: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, P, check, params

CASES = (
    Case("K44", C, "31 treated of 30", "{count: 30, about: enrolled}\n{count: 31, about: treated}"),
    Case("K44", A, "all 40 analysed, 39 treated and 36 evaluable",
         "{count: 40, about: randomised}\n{count: 39, about: treated}\n"
         "{count: 36, about: evaluable}\n{count: 40, about: analysed}"),
    Case("K44", C, "31 analysed of 30",
         "{count: 30, about: enrolled}\n{count: 31, about: analysed}"),
    Case("K44", None, "2 of 40 enrolled were not eligible",
         "{count: 40, about: enrolled}\n{count: 38, about: eligible}"),
    Case("K44", P, "38 treated, 39 evaluable: perhaps all who were randomised",
         "{count: 38, about: treated}\n{count: 39, about: evaluable}"),
    Case("K44", A, "40, 30, 30", "{count: 40, about: screened}\n{count: 30, about: enrolled}\n"
         "{count: 30, about: treated}"),
    Case("K44", None, "hedged",
         "{count: over 40, about: screened}\n{count: 30, about: enrolled}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
