"""Follow-up, medians and rates over time: each rule firing, silent and on bad input."""

from __future__ import annotations

import attrs
import pytest

from tests.auditing.study.reports import BAD, A, C, Case, N, P, check, params, said, source
from timeline.core.dates import parse_edtf

FOLLOWED = "{follow-up: 16.9, unit: months, statistic: median, range: 4.1 to 22.3}\n"
# 30 April 2022 to 1 April 2024 are 702 days, 1 April 2022 to 30 April 2024 are 760.
STUDY = """
    {date: April 2022, of: start of the study period}
    {date: November 2023, of: end of the study period}
    {date: April 2024, of: cut-off}
"""
ORIGIN = "{name: start of treatment, about: origin of OS}\n"
MEDIAN = "unit: months, statistic: median"

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
    Case("K10", A, "20.5 x 30.4375 = 624 days of 702",
         STUDY + ORIGIN + f"{{OS: 20, {MEDIAN}}}"),
    Case("K10", C, "29.5 x 28 = 826 days, of 760 at most",
         STUDY + ORIGIN + f"{{OS: 30, {MEDIAN}}}"),
    Case("K10", P, "25.5 x 30 = 765, but x 28 = 714", STUDY + ORIGIN + f"{{OS: 26, {MEDIAN}}}"),
    Case("K10", P, "no origin named: it may be an earlier one", STUDY + f"{{OS: 30, {MEDIAN}}}"),
    Case("K10", P, "from diagnosis, which may lie before the study",
         STUDY + "{name: diagnosis, about: origin of OS}\n" + f"{{OS: 30, {MEDIAN}}}"),
    Case("K10", A, "the longest follow-up may take all: 25 x 30.4 = 760",
         STUDY + "{follow-up: 16.9, unit: months, range: 4.1 to 24.9}"),
    Case("K10", P, "28.25 x 28 = 791, of an origin that is not named",
         STUDY + "{follow-up: 16.9, unit: months, range: 4.1 to 28.3}"),
    Case("K10", None, "of another study", STUDY + f"{{OS: 30, {MEDIAN}, study: A 2015}}"),
    Case("K10", None, "no dates of the study", ORIGIN + f"{{OS: 30, {MEDIAN}}}", BAD),
    Case("K10", P, "cut in the month it was opened: 0 to 29 days",
         "{date: 2024-04, of: first enrolment}\n{date: 2024-04, of: cut-off}\n"
         + ORIGIN + "{OS: 1, unit: weeks}"),
    Case("K10", N, "the study ends before it starts",
         "{date: 2024, of: first enrolment}\n{date: 2022, of: cut-off}\n" + f"{{OS: 30, {MEDIAN}}}",
         BAD),
    Case("K12", C, "no event", f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 0, of: OS, n: 15}}"),
    Case("K12", C, "9 of 15 dead: 6 / 15 = 0.4 at most",
         f"{{OS: not reached, {MEDIAN}, n: 15}}\n{{count: 9, about: deaths, n: 15}}"),
    Case("K12", A, "1 of 15, if it is the last at risk",
         f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 1, of: OS, n: 15}}"),
    Case("K12", A, "7 of 15 dead: 8 / 15 may be left",
         f"{{OS: not reached, {MEDIAN}, n: 15}}\n{{count: 7, about: deaths, n: 15}}"),
    Case("K12", C, "16 of 15", f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 16, of: OS}}", BAD),
    Case("K12", None, "no denominator", f"{{OS: 26, {MEDIAN}}}\n{{events: 4, of: OS}}", BAD),
    Case("K13", P, "4 of 15: 15 - 8 = 7 before",
         f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 4, of: OS}}"),
    Case("K13", None, "8 of 15", f"{{OS: 26, {MEDIAN}, n: 15}}\n{{events: 8, of: OS}}"),
    Case("K13", None, "events of another endpoint",
         f"{{PFS: 26, {MEDIAN}, n: 15}}\n{{events: 4, of: OS}}", BAD),
    Case("K18", A, "58.8 at 24, median 27.9",
         "{rate: 58.8, of: PFS, at: 24 weeks}\n{PFS: 27.9, unit: weeks, statistic: median}"),
    Case("K18", C, "44 at 24, median 27.9",
         "{rate: 44, of: PFS, at: 24 weeks}\n{PFS: 27.9, unit: weeks, statistic: median}"),
    Case("K18", C, "44 at 12 weeks (84 days), median 5.6 months (157 at least)",
         f"{{rate: 44, of: PFS, at: 12 weeks}}\n{{PFS: 5.6, {MEDIAN}}}"),
    Case("K18", A, "44 at 12 weeks, median 2 months",
         f"{{rate: 44, of: PFS, at: 12 weeks}}\n{{PFS: 2, {MEDIAN}}}"),
    Case("K18", P, "61.9 at 3 months, median 3.0: 3.0 to 3.05",
         f"{{rate: 61.9, of: PFS, at: 3 months}}\n{{PFS: 3.0, {MEDIAN}}}"),
    Case("K18", C, "44 at 12 months, and no median reached",
         f"{{rate: 44, of: PFS, at: 12 months}}\n{{PFS: not reached, {MEDIAN}}}"),
    Case("K18", P, "48 at 6 months, median 6.4 in months of 28 days: 179 days of 182",
         f"{{rate: 48, of: PFS, at: 6 months}}\n{{PFS: 6.4, {MEDIAN}}}"),
    Case("K18", None, "of another group",
         f"{{rate: 44, of: PFS, at: 12 weeks, group: a}}\n{{PFS: 5.6, {MEDIAN}}}"),
    Case("K18", None, "two times",
         f'{{rate: 44, of: PFS, at: "6, 12 weeks"}}\n{{PFS: 5, {MEDIAN}}}', BAD),
    Case("K19", C, "63 of 13 at 3 months, all followed for 6: 8 / 13 = 61.5",
         "{rate: 63, of: OS, at: 3 months, n: 13}\n"
         "{follow-up: 9, unit: months, range: 6 to 12}"),
    Case("K19", A, "61.5 of 13", "{rate: 61.5, of: OS, at: 3 months, n: 13}\n"
         "{follow-up: 9, unit: months, range: 6 to 12}"),
    Case("K19", N, "later than the first censoring", "{rate: 63, of: OS, at: 7 months, n: 13}\n"
         "{follow-up: 9, unit: months, range: 6 to 12}"),
    Case("K19", None, "PFS is censored at the last assessment",
         "{rate: 63, of: PFS, at: 3 months, n: 13}\n"
         "{follow-up: 9, unit: months, range: 6 to 12}"),
    Case("K19", N, "no follow-up told", "{rate: 63, of: OS, at: 7 months, n: 13}", BAD),
    Case("K20", C, "a curve that rises",
         "{rate: 35, of: OS, at: 5 years}\n{rate: 50, of: OS, at: 10 years}"),
    Case("K20", A, "50, then 35",
         "{rate: 50, of: OS, at: 5 years}\n{rate: 35, of: OS, at: 10 years}"),
    Case("K40", C, "a cited curve of disease-specific survival that rises",
         "{rate: 35, of: DSS, at: 5 years, study: X}\n{rate: 50, of: DSS, at: 10 years, study: X}"),
    Case("K40", A, "and one that falls",
         "{rate: 50, of: DSS, at: 5 years, study: X}\n{rate: 35, of: DSS, at: 10 years, study: X}"),
    Case("K20", A, "level",
         "{rate: 22.3, of: OS, at: 6 months}\n{rate: 22.3, of: OS, at: 12 months}"),
    Case("K20", C, "PFS above OS",
         "{rate: 60, of: PFS, at: 6 months}\n{rate: 50, of: OS, at: 6 months}"),
    Case("K20", None, "PFS above OS, of other patients",
         "{rate: 60, of: PFS, at: 6 months, n: 30}\n{rate: 50, of: OS, at: 6 months, n: 40}"),
    Case("K20", None, "50 of one group at 6 months, 60 of another at 12",
         "{rate: 50, of: OS, at: 6 months, n: 20}\n{rate: 60, of: OS, at: 12 months, n: 30}"),
    Case("K20", None, "PFS from surgery above OS from treatment",
         "{rate: 60, of: PFS, at: 6 months}\n{rate: 50, of: OS, at: 6 months}\n" + ORIGIN
         + "{name: surgery, about: origin of PFS}"),
    Case("K20", C, "an estimate outside its limits", f"{{OS: 26, {MEDIAN}, ci: 27 to 30}}"),
    Case("K20", A, "an estimate within them", f"{{OS: 26, {MEDIAN}, ci: 22.2 to 29.7}}"),
    Case("K20", A, "two units: 50 % at half a year, 35 % at five",
         "{rate: 35, of: OS, at: 5 years}\n{rate: 50, of: OS, at: 6 months}"),
    Case("K20", None, "a limit not reached", f"{{OS: 26, {MEDIAN}, ci: 22.2 to NR}}", BAD),
    Case("K21", A, "26 above 14.2", f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: 26, {MEDIAN}}}"),
    Case("K21", C, "12 below 14.2, from one origin",
         ORIGIN + ORIGIN.replace("OS", "PFS") + f"{{PFS: 14.2, {MEDIAN}}}\n{{OS: 12, {MEDIAN}}}"),
    Case("K21", P, "12 below 14.2, origins not told",
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
    Case("K37", A, "84 days of 123 at the least",  # 30 November 2023 to 1 April 2024
         STUDY + "{interval: 12, unit: weeks, from: start of treatment, to: first assessment}"),
    Case("K37", C, "210 days less a week of 182 at most",  # 1 November 2023 to 30 April 2024
         STUDY + "{interval: 30, unit: weeks, from: start of treatment, to: first assessment}"),
    Case("K37", P, "168 days less a day of 123 to 181",
         STUDY + "{interval: 24, unit: weeks, from: start of treatment, to: first assessment}"),
    Case("K37", None, "from another origin",
         STUDY + "{interval: 30, unit: weeks, from: diagnosis, to: first assessment}"),
    Case("K37", None, "no end of enrolment",
         "{date: 2024, of: cut-off}\n"
         "{interval: 30, unit: weeks, from: start of treatment, to: first assessment}", BAD),
    Case("K38", A, "4.1 months of 123 to 181 days; 23.5 x 30.4375 = 715 of 702 to 760",
         STUDY + FOLLOWED.replace("22.3", "23.5")),
    Case("K38", P, "22.4 x 30.44 = 682 days at most, not 702", STUDY + FOLLOWED),
    Case("K38", A, "the longest of those who survived says nothing",
         STUDY + FOLLOWED.replace("range", "note: survivors, range")),
    Case("K18", P, "61.9 % at 3 months leaves 3.00 to 3.05 of 3.0",
         "{rate: 61.9, of: PFS, at: 3 months}\n{PFS: 3.0, unit: months, statistic: median}"),
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
    Case("K39", None, "of a kind not told", f"{{follow-up: 16.9, {MEDIAN}}}", BAD),
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
    Case("K20", C, "one time, one place, two rates",
         "{rate: 60, of: PFS, at: 12 months}\n{rate: 65, of: PFS, at: 12 months}"),
    Case("K20", C, "a year is 12 months",
         "{rate: 60, of: PFS, at: 12 months}\n{rate: 65, of: PFS, at: 1 year}"),
    Case("K20", None, "printed with another digit",
         "{rate: 60, of: PFS, at: 12 months}\n{rate: 60.2, of: PFS, at: 12 months}"),
    Case("K20", P, "two analyses", "{rate: 60, of: PFS, at: 12 months, note: as treated}\n"
         "{rate: 65, of: PFS, at: 12 months, note: as randomised}"),
    Case("K20", None, "of two groups", "{rate: 60, of: PFS, at: 12 months, group: A}\n"
         "{rate: 65, of: PFS, at: 12 months, group: B}"),
    # nobody is censored before 12 months, so survival is 14 / 20 at least at 8
    Case("K12", C, "6 of 20 died, all others followed for 12 months, median 8",
         "{OS: 8, unit: months, statistic: median, n: 20}\n{events: 6, of: OS}\n"
         "{follow-up: 15, unit: months, statistic: median, range: 12 to 30}"),
    Case("K12", A, "11 of 20 died", "{OS: 8, unit: months, statistic: median, n: 20}\n"
         "{events: 11, of: OS}\n{follow-up: 12, unit: months, statistic: minimum}"),
    Case("K12", A, "the median lies after the shortest follow-up",
         "{OS: 14, unit: months, statistic: median, n: 20}\n{events: 6, of: OS}\n"
         "{follow-up: 12, unit: months, statistic: minimum}"),
    Case("K12", P, "progression may be censored before, at an assessment",
         "{PFS: 8, unit: months, statistic: median, n: 20}\n{events: 6, of: PFS}\n"
         "{follow-up: 12, unit: months, statistic: minimum}"),
    Case("K12", C, "360 days are beyond 8 months",
         "{OS: 8, unit: months, statistic: median, n: 20}\n"
         "{events: 6, of: OS}\n{follow-up: 360, unit: days, statistic: minimum}"),
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
    Case("K54", C, "4 of 20 died, nobody followed for longer than 24 months: 80 at most",
         "{rate: 90, of: OS, at: 24 months, n: 20}\n{events: 4, of: OS, n: 20}\n"
         "{follow-up: 15, unit: months, statistic: median, range: 2 to 23}"),
    Case("K54", None, "alive says nothing of PFS", "{rate: 60, of: PFS, at: 12 months, n: 20}\n"
         "{count: 15, about: alive, at: 12 months, n: 20}"),
    Case("K54", None, "more deaths than patients", "{rate: 60, of: OS, at: 12 months, n: 20}\n"
         "{events: 28, of: OS, at: 12 months}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_what_the_rules_of_times_say(case, tmp_path):
    check(case, tmp_path)


@pytest.mark.parametrize(
    ("cut", "conclusion"),
    [
        pytest.param("2024-04", A, id="cut before the report was received"),
        pytest.param("2024-09", A, id="in the month it was received"),
        pytest.param("2025-04", C, id="cut after it"),
    ],
)
def test_k10_the_data_are_cut_before_the_report_is_received(cut, conclusion, tmp_path):
    told = source(f"{{date: {cut}, of: cut-off}}", tmp_path)
    told = attrs.evolve(told, received=parse_edtf("2024-09-27"))
    assert [verdict.conclusion for verdict in said("K10", told)] == [conclusion]


def test_the_calendar_says_under_which_month_a_time_would_fit(tmp_path):
    """25.5 months: x 28 = 714 days, x 30 = 765; 760 are there."""
    told = source(STUDY + ORIGIN + f"{{OS: 26, {MEDIAN}}}", tmp_path)
    (verdict,) = said("K10", told)
    assert verdict.notes == ("reproduced only by a month of 28 days",)
    assert "760 days" in verdict.description
