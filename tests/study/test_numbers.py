"""The numbers of a study against arithmetic by hand, published limits and scipy."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from scipy import stats

import timeline as tl
from tests.study.patients import folder_of
from timeline.settings.study import StudySettings
from timeline.study.analyses import ANALYSES, Analysis
from timeline.study.counting import GRADES, analysis_rows
from timeline.study.patient_values import NO, YES
from timeline.study.reports.printed import figures

MONTH = 30.4375


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    return tl.Cohort.of(folder_of(tmp_path_factory.mktemp("five") / "cases")).summary(by="sex")


@pytest.fixture(scope="module")
def open_summary(tmp_path_factory):
    return tl.Cohort.of(folder_of(tmp_path_factory.mktemp("six") / "cases", "abcdef")).summary()


def who(summary, variable, level, population="treated"):
    return summary.find(variable, "n", variable_level=level, population=population).subjects


def test_a_count_names_its_patients_and_its_denominator(summary):
    assert who(summary, "BOR", "PR") == ("a",)
    assert who(summary, "BOR", "SD") == ("b",)
    assert who(summary, "BOR", "PD") == ("c",)
    assert who(summary, "BOR", "NE") == ("d",)  # no assessment: not evaluable
    assert summary.find("BOR", "N", variable_level="PR").stat == 4  # e was never treated
    assert who(summary, "sex", "female", "all") == ("a", "e")
    assert who(summary, "CBOR", "PR") == ("a",)  # day 112 confirms day 56


def test_the_response_at_the_landmark_is_that_of_the_nearest_assessment(summary):
    # week 12 is day 84, the window days 56 to 112: of a both scans are 28 days away
    assert who(summary, "landmark", "PR") == ("a",)
    assert who(summary, "landmark", "SD") == ("b",)
    assert who(summary, "landmark", "PD") == ("c",)
    assert who(summary, "landmark", "no assessment") == ("d",)


@pytest.mark.parametrize(
    ("rate", "patients"), [("ORR", "a"), ("CORR", "a"), ("DCR", "ab"), ("CBR", "ab")]
)
@pytest.mark.parametrize(("population", "size"), [("treated", 4), ("evaluable", 3)])
def test_a_rate_has_each_denominator_that_is_named(summary, rate, patients, population, size):
    """CBR: b is stable for 196 days, which is more than 24 weeks (168 days)."""
    assert summary.find(rate, "n", population=population).subjects == tuple(patients)
    assert summary.find(rate, "N", population=population).stat == size
    share = summary.find(rate, "p", population=population).stat
    assert share == pytest.approx(100 * len(patients) / size)


def test_limits_are_those_of_scipy(summary):
    for population, k, n in (("treated", 1, 4), ("evaluable", 1, 3)):
        for method, name in (("Clopper-Pearson", "exact"), ("Wilson", "wilson")):
            low, high = stats.binomtest(k, n).proportion_ci(method=name)
            found = [summary.find("ORR", end, population=population, method=method).stat
                     for end in ("conf.low", "conf.high")]  # fmt: skip
            assert found == pytest.approx([100 * low, 100 * high])


@pytest.mark.parametrize(
    ("k", "n", "wilson", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_limits_are_those_that_newcombe_prints(k, n, wilson, exact):
    """Newcombe 1998, Stat. Med. 17:857, table I, methods 3 and 5."""
    row = Analysis(name="x", heading="x", table="rates", populations=("all",), rule="",
                   category=lambda _, each: each.answer, with_limits=True)  # fmt: skip
    members = [
        SimpleNamespace(case=SimpleNamespace(name=str(i)), answer=frozenset({YES if i < k else NO}))
        for i in range(n)
    ]
    cohort = SimpleNamespace(settings=StudySettings())
    found = {(each.method, each.stat_name): each.stat
             for each in analysis_rows(cohort, row, members, "all")}  # fmt: skip
    for method, limits in (("Wilson", wilson), ("Clopper-Pearson", exact)):
        ends = tuple(round(found[method, end] / 100, 4) for end in ("conf.low", "conf.high"))
        assert ends == limits


def test_times_are_those_by_hand(summary):
    """PFS ends on days 56 (c), 60 (d), 196 (b) and 224 (a), all of them events.

    Survival is 1/2 from day 60 to day 196, and its middle is the median: 128 days.
    OS: d dies on day 60; at 6 months (day 182.6) 3 of 4 are alive.
    """
    assert summary.find("PFS", "n.event").subjects == ("a", "b", "c", "d")
    median = summary.find("PFS", "estimate", context="survival_quantile")
    assert median.stat == pytest.approx(128 / MONTH)
    six = {"context": "survival_rate", "variable_level": "6 months"}
    assert summary.find("PFS", "estimate", **six).stat == 50
    assert summary.find("OS", "estimate", **six).stat == 75
    assert summary.find("OS", "n.risk", **six).subjects == ("a", "b", "c")
    assert summary.find("OS", "estimate", context="survival_quantile").reason == "not reached"
    # follow-up: three are censored on day 365, after d has left
    follow_up = summary.find("OS", "estimate", context="follow_up_quantile")
    assert follow_up.stat == pytest.approx(365 / MONTH)
    # the response of a lasts from day 56 to day 224
    duration = summary.find("DoR", "estimate", context="survival_quantile")
    assert (duration.subjects, duration.stat) == (("a",), pytest.approx(168 / MONTH))


def test_subgroups_add_up_to_their_population(summary):
    for rate in ("ORR", "DCR"):
        groups = [row.subjects for row in summary.rows
                  if (row.variable, row.stat_name, row.population) == (rate, "N", "treated")
                  and row.group1 == "sex"]  # fmt: skip
        assert groups == [("a",), ("b", "c", "d")]


def test_an_adverse_event_counts_once_a_patient_by_its_worst_grade(summary):
    assert who(summary, "nausea", "any grade") == ("a", "b")
    assert who(summary, "nausea", "3") == ("a",)  # grades 1 and 3: the worst
    assert who(summary, "nausea", "2") == ("b",)
    assert not any(row.variable == "fatigue" for row in summary.rows)  # before the treatment
    assert who(summary, "Any adverse event", "grade 3-5") == ("a",)


def test_exposure_and_age(summary):
    # 224, 196, 56 and 31 days: the median is 126
    assert summary.find("ToT", "median").stat == pytest.approx(126 / MONTH)
    assert who(summary, "reduced", "yes") == ("a",)
    assert [summary.find("age", each).stat for each in ("median", "min", "max")] == [60, 40, 81]


def test_an_open_record_gives_a_range_and_no_number(open_summary):
    """f has PR or SD: of 5 treated 1 or 2 respond, and 1 or 2 are stable."""
    row = open_summary.find("ORR", "n", population="treated")
    assert (row.stat, row.stat_low, row.stat_high) == (None, 1, 2)
    assert (row.subjects, row.possible_subjects) == (("a",), ("f",))
    assert row.reason
    low = open_summary.find("ORR", "conf.low", population="treated", method="Clopper-Pearson")
    high = open_summary.find("ORR", "conf.high", population="treated", method="Clopper-Pearson")
    one, two = (stats.binomtest(k, 5).proportion_ci(method="exact") for k in (1, 2))
    assert (low.stat_low, low.stat_high) == pytest.approx((100 * one.low, 100 * two.low))
    assert (high.stat_low, high.stat_high) == pytest.approx((100 * one.high, 100 * two.high))
    rate = next(each for each in figures(open_summary)
                if (each.variable, each.population) == ("ORR", "treated"))  # fmt: skip
    assert rate.count_and_percent == "1 to 2 (20.0 to 40.0)"
    assert rate.limits("Clopper-Pearson") == "0.5 to 85.3"
    # DCR counts both, so that it is one number
    assert open_summary.find("DCR", "n", population="treated").subjects == ("a", "b", "f")
    age = open_summary.find("age", "median")  # 40 50 60 (60 to 69) 70 81
    assert (age.stat, age.stat_low, age.stat_high) == (None, 60, 64.5)


def test_every_count_has_as_many_patients_as_it_says(summary, open_summary):
    for each in (summary, open_summary):
        for row in each.rows:
            if row.stat_name in ("n", "N", "n.event", "n.censored", "n.missing"):
                assert row.stat_low == len(row.subjects)
                assert row.stat_high == len(row.subjects) + len(row.possible_subjects)
            assert row.is_one or row.reason, row


def test_parts_make_up_their_whole(summary):
    for name in (row.name for row in ANALYSES if row.name in ("sex", "BOR", "landmark", "stop")):
        own = [row for row in summary.rows if row.variable == name]
        size = {row.stat for row in own if row.stat_name == "N"}
        assert size == {sum(row.stat for row in own if row.stat_name == "n")}
    grades = [summary.find("nausea", "n", variable_level=each).stat for each in GRADES]
    assert sum(grades) == summary.find("nausea", "n", variable_level="any grade").stat


PSEUDO = """case: g
patient: {sex: male, age: 60}
lesions: {T: {organ: liver}}
events:
  - {scan: 2023-12-20, modality: CT, baseline: 1, lesions: {T: 100 mm}}
  - {treatment: 2024-01-01/2024-08-01, line: 1, drugs: nivolumab}
  - {scan: 2024-02-12, modality: CT, lesions: {T: 130 mm}, new: none}
  - {scan: 2024-03-25, modality: CT, lesions: {T: 60 mm}, new: none}
  - {last contact: 2024-12-31}
"""


def test_progression_that_waits_for_confirmation_is_not_carried_forward(tmp_path):
    """Day 42: +30 %, before the window of days 56 to 112; day 84: -40 %.

    By RECIST 1.1 the patient has progressed; by iRECIST iUPD is followed by iPR (Seymour 2017).
    """
    (tmp_path / "g.yaml").write_text(PSEUDO, encoding="utf-8")
    for criterion, label in (("RECIST 1.1", "PD"), ("iRECIST", "iPR")):
        found = tl.Cohort.of(tmp_path, criterion=criterion).summary()
        levels = {row.variable_level for row in found.rows if row.variable == "landmark"}
        assert levels == {label}


def test_responses_by_irecist_are_in_the_order_of_recist(tmp_path):
    (tmp_path / "g.yaml").write_text(PSEUDO, encoding="utf-8")
    paths = [tmp_path / "g.yaml", *sorted(folder_of(tmp_path / "cases").glob("*.yaml"))]
    cohort = tl.Cohort.of(paths, criterion="iRECIST")
    rows = [row for row in cohort.summary().rows if row.variable == "BOR"]
    found = tuple(dict.fromkeys(row.variable_level for row in rows))
    assert found == ("iPR", "iSD", "iUPD", "NE")


VAGUE = """case: h
patient: {sex: male, age: 60}
lesions: {T: {organ: liver}}
events:
  - {scan: 2023-12-20, modality: CT, baseline: 1, lesions: {T: 100 mm}}
  - {treatment: 2024-01-01/2024-08-01, line: 1, drugs: Drug A}
  - {scan: 2024-02-26, modality: CT, lesions: {T: 95 mm}, new: none}
  - {scan: 2024-04-22, modality: CT, lesions: {T: 60 mm}, new: none}
  - {last contact: 2024-12}
"""


def test_a_vague_end_gives_ranges_and_no_limits(tmp_path):
    """Alive in December 2024: followed for 335 to 365 days, without an event.

    Days 56 (SD) and 112 (PR) are both 28 days from week 12: the later one counts.
    """
    (tmp_path / "h.yaml").write_text(VAGUE, encoding="utf-8")
    found = tl.Cohort.of(tmp_path).summary()
    follow_up = found.find("OS", "estimate", context="follow_up_quantile")
    assert follow_up.stat is None
    assert (follow_up.stat_low, follow_up.stat_high) == pytest.approx((335 / MONTH, 365 / MONTH))
    median = found.find("OS", "estimate", context="survival_quantile")
    assert (median.stat_low, median.reason) == (None, "not reached")
    low = found.find("OS", "conf.low", context="survival_quantile")
    assert (low.stat_low, low.reason) == (None, "no limits: some times are ranges")
    year = {"context": "survival_rate", "variable_level": "12 months"}  # 365.25 days: beyond
    assert found.find("OS", "estimate", **year).stat_high is None
    assert who(found, "landmark", "PR") == ("h",)


def test_a_wrong_request_says_what_is_known(tmp_path):
    cohort = tl.Cohort.of(folder_of(tmp_path / "cases"))
    with pytest.raises(ValueError, match=r"by: 'sexe' .did you mean sex"):
        cohort.summary(by="sexe")
    with pytest.raises(ValueError, match=r"a time below 0"):
        cohort.summary(at=[-1])
    with pytest.raises(ValueError, match=r"unknown criterion: 'RECIST 2'"):
        tl.Cohort.of(tmp_path / "cases", criterion="RECIST 2")
    with pytest.raises(ValueError, match=r"there is no patient"):
        tl.Cohort.of([])
    with pytest.raises(TypeError, match=r"a cohort is of cases .got int"):
        tl.Cohort.of([1])
    (tmp_path / "empty").mkdir()
    with pytest.raises(tl.InvalidFile, match=r"has no case file, and neither a DM nor an ADSL"):
        tl.Cohort.of(tmp_path / "empty")
    (tmp_path / "cases" / "z.yaml").write_text(
        (tmp_path / "cases" / "a.yaml").read_text("utf-8"), encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"two patients are named 'a'"):
        tl.Cohort.of(tmp_path / "cases")
