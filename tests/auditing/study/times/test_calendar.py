"""Rules K10 and K37: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import attrs
import pytest

from tests.auditing.study.reports import (
    BAD,
    MEDIAN,
    ORIGIN,
    STUDY,
    A,
    C,
    Case,
    N,
    P,
    check,
    params,
    source,
    verdicts_of,
)
from timeline.core.calendar.dates import parse_edtf

CASES = (
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
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
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
    report = source(f"{{date: {cut}, of: cut-off}}", tmp_path)
    report = attrs.evolve(report, received=parse_edtf("2024-09-27"))
    assert [verdict.conclusion for verdict in verdicts_of("K10", report)] == [conclusion]


def test_the_note_names_the_month_under_which_a_time_would_fit(tmp_path):
    """25.5 months: x 28 = 714 days, x 30 = 765; 760 are there."""
    report = source(STUDY + ORIGIN + f"{{OS: 26, {MEDIAN}}}", tmp_path)
    (verdict,) = verdicts_of("K10", report)
    assert verdict.notes == ("reproduced only by a month of 28 days",)
    assert "760 days" in verdict.description
