"""Rule K21: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, ORIGIN, A, C, Case, P, check, params

CASES = (
    Case("K21", A, "26 above 14.2", f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: 26, {MEDIAN}}}"),
    Case("K21", C, "12 below 14.2, from one origin",
         ORIGIN + ORIGIN.replace("OS", "PFS") + f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: 12, {MEDIAN}}}"),
    Case("K21", P, "12 below 14.2, origins not stated",
         f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: 12, {MEDIAN}}}"),
    Case("K21", None, "two origins",
         ORIGIN + "{name: diagnosis, about: origin of PFS}\n"
         f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: 12, {MEDIAN}}}"),
    Case("K21", P, "12 below 14.2, but PFS is censored at new therapy",
         "{name: treatment, about: origin of PFS}\n{name: treatment, about: origin of OS}\n"
         "{name: at the start of new anticancer therapy, about: censoring of PFS}\n"
         f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: 12, {MEDIAN}}}"),
    Case("K21", P, "PFS not reached, OS was: assessments may end early",
         "{name: treatment, about: origin of PFS}\n{name: treatment, about: origin of OS}\n"
         f"{{PFS: NR, {MEDIAN}}}\n{{OS: 12, {MEDIAN}}}"),
    Case("K21", None, "of other patients",
         f"{{PFS: 14.2, {MEDIAN}, n: 30}}\n{{OS: 12, {MEDIAN}, n: 40}}"),
    Case("K21", None, "a death censors the time to progression",
         f"{{TTP: 14.2, {MEDIAN}}}\n{{OS: 12, {MEDIAN}}}"),
    Case("K21", A, "OS not reached", f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: NR, {MEDIAN}}}"),
    Case("K21", P, "two units: 12 weeks are 84 days, 14.2 months 397 at least",
         f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: 12, unit: weeks, statistic: median}}", BAD),
    Case("K21", A, "8 deaths are 8 of 11 events", "{events: 11, of: PFS}\n{events: 8, of: OS}"),
    Case("K21", P, "12 deaths and 11 events: one was censored before",
         "{events: 11, of: PFS}\n{count: 12, about: deaths}"),
    Case("K21", None, "of other patients", "{events: 11, of: PFS, n: 15}\n"
         "{events: 12, of: OS, n: 30}"),
    Case("K21", None, "progressions are none of the deaths",
         "{events: 11, of: TTP}\n{events: 12, of: OS}"),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
