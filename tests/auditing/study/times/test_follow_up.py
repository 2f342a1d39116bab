"""Rules K09, K11, K38 and K39: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, MEDIAN, ORIGIN, STUDY, A, C, Case, P, check, params

FOLLOWED = "{follow-up: 16.9, unit: months, statistic: median, range: 4.1 to 22.3}\n"
CASES = (
    Case("K09", A, "14.2 within 22.3", FOLLOWED + f"{{PFS: 14.2, {MEDIAN}}}"),
    Case("K09", P, "26 beyond 22.3, no origin named", FOLLOWED + f"{{OS: 26, {MEDIAN}}}"),
    Case("K09", C, "26 beyond 22.3, from treatment", FOLLOWED + ORIGIN + f"{{OS: 26, {MEDIAN}}}"),
    Case("K09", P, "26 beyond 22.3, two origins",
         FOLLOWED + ORIGIN + "{name: discharge, about: origin of follow-up}\n"
         f"{{OS: 26, {MEDIAN}}}"),
    Case("K09", P, "26 from diagnosis, which follow-up need not be counted from",
         FOLLOWED + "{name: first diagnosis, about: origin of OS}\n" + f"{{OS: 26, {MEDIAN}}}"),
    Case("K09", None, "22.3 is a quartile of follow-up",
         FOLLOWED.replace("}", ", note: IQR}") + ORIGIN + f"{{OS: 26, {MEDIAN}}}"),
    Case("K09", None, "22.3 is of survivors",
         FOLLOWED.replace("}", ", about: follow-up of survivors}") + ORIGIN
         + f"{{OS: 26, {MEDIAN}}}"),
    Case("K09", A, "22.4 can be 22.35, as 22.3 can", FOLLOWED + f"{{OS: 22.4, {MEDIAN}}}"),
    Case("K09", None, "other patients", FOLLOWED + f"{{OS: 26, {MEDIAN}, group: DDLPS}}"),
    Case("K09", None, "another unit", FOLLOWED + "{OS: 26, unit: weeks, statistic: median}"),
    Case("K09", None, "no range of follow-up",
         f"{{follow-up: 16.9, {MEDIAN}}}\n{{OS: 26, {MEDIAN}}}", BAD),
    Case("K09", None, "a median not reached", FOLLOWED + f"{{OS: not reached, {MEDIAN}}}", BAD),
    Case("K11", P, "29.7 beyond 22.3", FOLLOWED + f"{{OS: 20, {MEDIAN}, ci: 10.3 to 29.7}}"),
    Case("K11", A, "17.4 within 22.3", FOLLOWED + f"{{PFS: 14.2, {MEDIAN}, ci: 11.1 to 17.4}}"),
    Case("K11", None, "a limit not reached",
         FOLLOWED + f"{{PFS: 14.2, {MEDIAN}, ci: 11.1 to NR}}", BAD),
    Case("K38", A, "4.1 months of 123 to 181 days; 23.5 x 30.4375 = 715 of 702 to 760",
         STUDY + FOLLOWED.replace("22.3", "23.5")),
    Case("K38", P, "22.4 x 30.44 = 682 days at most, not 702", STUDY + FOLLOWED),
    Case("K38", A, "the longest of the survivors gives no bound",
         STUDY + FOLLOWED.replace("range", "note: survivors, range")),
    Case("K38", A, "5.45 x 28 = 152 days, of 181 at most",
         STUDY + "{follow-up: 5.5, unit: months, statistic: minimum}"),
    Case("K38", C, "11.5 x 28 = 322 days, of 181 at most",
         STUDY + "{follow-up: 12, unit: months, statistic: minimum}"),
    Case("K38", None, "no shortest", STUDY + f"{{follow-up: 16.9, {MEDIAN}}}", BAD),
    Case("K39", C, "18.0 naive, 16.9 reverse",
         "{follow-up: 18.0, unit: months, about: naive}\n"
         "{follow-up: 16.9, unit: months, about: reverse Kaplan-Meier}"),
    Case("K39", A, "16.9 naive, 18.0 reverse",
         "{follow-up: 16.9, unit: months, about: naive}\n"
         "{follow-up: 18.0, unit: months, about: reverse Kaplan-Meier}"),
    Case("K39", None, "the method is not stated", f"{{follow-up: 16.9, {MEDIAN}}}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
