"""Rule K50: firing, silent and on bad input.

Expected p values and limits are from R or scipy, named in the reason; the rest is hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, C, Case, P, check, params

CASES = (
    Case("K50", C, "p above 1", '{p: "1.2", about: x}'),
    Case("K50", C, "below 0", '{test: "t(28) = 4.5", p: "< .000", about: x}'),
    Case("K50", P, "p of 0", '{test: "t(28) = 4.5", p: "0.000", about: x}'),
    Case("K50", None, "p of 1", '{p: "1.000", about: x}'),
    Case("K50", C, "limits turned round", "{HR: 0.6, about: OS, ci: 0.9 to 0.4}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
