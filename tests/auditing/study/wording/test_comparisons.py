"""Rule K43: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, A, C, Case, N, P, check, params

ARMS = f"""
    {{PFS: 6.27, {MEDIAN}, group: anlotinib}}
    {{PFS: 1.47, {MEDIAN}, group: placebo}}
"""
CASES = (
    Case("K43", A, "6.27 above 1.47",
         ARMS + "{word: longer, about: PFS, group: anlotinib, than: placebo}"),
    Case("K43", C, "6.27 not below 1.47",
         ARMS + "{word: shorter, about: PFS, group: anlotinib, than: placebo}"),
    Case("K43", P, "equal as rounded: one may be longer",
         f"{{OS: 13, {MEDIAN}, group: a}}\n{{OS: 13, {MEDIAN}, group: b}}\n"
         "{word: longer, about: OS, group: a, than: b}"),
    Case("K43", P, "superior by the hazard ratio, the medians the other way round",
         f"{{PFS: 5.1, {MEDIAN}, group: a}}\n{{PFS: 5.3, {MEDIAN}, group: b}}\n"
         "{HR: 0.7, about: PFS, group: a, than: b}\n"
         "{word: superior, about: PFS, group: a, than: b}"),
    Case("K43", C, "longer is of the times, whatever the ratio",
         f"{{PFS: 5.1, {MEDIAN}, group: a}}\n{{PFS: 5.3, {MEDIAN}, group: b}}\n"
         "{HR: 0.7, about: PFS, group: a, than: b}\n{word: longer, about: PFS, group: a, than: b}"),
    Case("K43", A, "against a cited study", f"{{PFS: 16, {MEDIAN}}}\n"
         f"{{PFS: 6.4, {MEDIAN}, study: Li 2021}}\n{{word: longer, about: PFS, than: Li 2021}}"),
    Case("K43", P, "16 may be 15.5 or 16.4, as 16.2",
         f"{{PFS: 16, {MEDIAN}}}\n{{PFS: 16.2, {MEDIAN}, study: Li 2021}}\n"
         "{word: longer, about: PFS, than: Li 2021}"),
    Case("K43", N, "a figure that is not stated", "{word: longer, about: PFS, than: placebo}", BAD),
    Case("K43", N, "which way is good", "{count: 3, about: rash, group: a}\n"
         "{count: 5, about: rash, group: b}\n{word: superior, about: rash, group: a, than: b}",
         BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
