"""Subgroups and comparisons against the likelihood as written, arithmetic by hand, and patients."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from scipy import optimize, stats

import timeline as tl
from renderers.forest.figure import forest
from renderers.scene.journals import page_of
from renderers.scene.scene import Area, Label, Marker
from tests.study import trial_tables as made
from tests.study.patients import folder_of
from timeline.study.printed.ratios import check_ratio
from timeline.study.reports.forests import forests, plots
from timeline.study.reports.report import study_content

OLDER = "65 years or older"
MEMBERS = {
    ("", ""): range(made.SIZE),
    ("sex", "female"): [n for n in range(made.SIZE) if n // 2 % 2 == 0],
    ("sex", "male"): [n for n in range(made.SIZE) if n // 2 % 2 == 1],
    ("age", "below 65 years"): range(25),  # 40 to 64
    ("age", OLDER): range(25, made.SIZE),
}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = made.write(tmp_path_factory.mktemp("trial") / "adam")
    return tl.Cohort.of(folder, settings={"restricted_mean_months": 3})


@pytest.fixture(scope="module")
def summary(cohort):
    return cohort.summary(by=["sex", "age"], compare="arm")


def names(numbers):
    return tuple(f"T-{n:03d}" for n in numbers)


def efron(members, log):
    """Efron 1977: the log partial likelihood of arm B against arm A, patient by patient."""
    value = 0.0
    for day in {made.time_of(n)[0] for n in members}:
        died = [n for n in members if made.time_of(n) == (day, True)]
        hazards = [math.exp(log * (n % 2)) for n in members if made.time_of(n)[0] >= day]
        theirs = sum(math.exp(log * (n % 2)) for n in died)
        value += log * sum(n % 2 for n in died)
        value -= sum(math.log(sum(hazards) - k / len(died) * theirs) for k in range(len(died)))
    return value


@pytest.mark.parametrize(("by", "level"), MEMBERS)
def test_hazard_ratios_have_the_greatest_likelihood(summary, by, level):
    """Found by scipy; the error is one over the root of the curvature there."""
    members = list(MEMBERS[by, level])
    log = optimize.minimize_scalar(lambda b: -efron(members, b), (-1, 1), tol=1e-10).x
    step = 1e-3
    bend = efron(members, log + step) - 2 * efron(members, log) + efron(members, log - step)
    error = math.sqrt(-(step**2) / bend)
    place = {"context": "hazard_ratio", "group1": by, "group1_level": level,
             "variable_level": "Arm B vs Arm A"}  # fmt: skip
    found = {name: summary.find("PFS", name, **place).stat
             for name in ("estimate", "conf.low", "conf.high", "p.value")}  # fmt: skip
    z = stats.norm.ppf(0.975)
    assert found["estimate"] == pytest.approx(math.exp(log), rel=1e-5)
    assert found["conf.low"] == pytest.approx(math.exp(log - z * error), rel=1e-5)
    assert found["conf.high"] == pytest.approx(math.exp(log + z * error), rel=1e-5)
    assert found["p.value"] == pytest.approx(2 * stats.norm.sf(abs(log) / error), rel=1e-4)
    for arm, odd in (("Arm A", 0), ("Arm B", 1)):
        counts = {**place, "variable_level": arm}
        own = [n for n in members if n % 2 == odd]
        assert summary.find("PFS", "n", **counts).subjects == names(own)
        had = [n for n in own if made.time_of(n)[1]]
        assert summary.find("PFS", "n.event", **counts).subjects == names(had)


@pytest.mark.parametrize(("by", "level"), MEMBERS)
def test_rates_of_subgroups_name_their_patients(summary, by, level):
    members = MEMBERS[by, level]
    place = {"group1": by, "group1_level": level, "population": "treated"}
    assert summary.find("ORR", "N", **place).subjects == names(members)
    responders = [n for n in members if made.best(n) == "PR"]
    assert summary.find("ORR", "n", **place).subjects == names(responders)


def test_the_difference_of_restricted_means(summary):
    """The mean of each arm is the area of its own steps; the variances add up."""

    def area(odd, tau):
        own = sorted(made.time_of(n) for n in range(made.SIZE) if n % 2 == odd)
        height, last, mean, steps, left = 1.0, 0, 0.0, [], len(own)
        for day, rows in itertools.groupby(own, key=lambda each: each[0]):
            if day >= tau:
                break
            group = list(rows)
            mean += height * (day - last)
            deaths = sum(event for _, event in group)
            if deaths:
                steps.append((mean, deaths, left))
            height, last, left = height * (1 - deaths / left), day, left - len(group)
        mean += height * (tau - last)
        variance = sum((mean - before) ** 2 * d / (r * (r - d)) for before, d, r in steps)
        return mean, variance

    month = 30.4375
    (one, of_one), (other, of_other) = (area(odd, 3 * month) for odd in (0, 1))
    place = {"context": "restricted_mean_difference",
             "variable_level": "Arm B vs Arm A, up to 3 months", "group1": ""}  # fmt: skip
    found = summary.find("PFS", "estimate", **place).stat
    assert found == pytest.approx((other - one) / month)
    half = stats.norm.ppf(0.975) * math.sqrt(of_one + of_other) / month
    assert summary.find("PFS", "conf.low", **place).stat == pytest.approx(found - half)
    assert summary.find("PFS", "conf.high", **place).stat == pytest.approx(found + half)


def test_no_restricted_mean_beyond_the_longest_time(cohort):
    far = tl.Cohort(cases=(), tables=cohort.tables,
                    settings=tl.study.StudySettings(restricted_mean_months=24))  # fmt: skip
    row = far.summary().find("OS", "estimate", context="restricted_mean")
    assert (row.stat, row.reason) == (None, "the longest time of the group is shorter")


def test_the_forest_plots_print_the_numbers_of_the_tables(summary):
    drawn = dict(forests(summary))
    assert list(drawn) == ["ORR", "DCR", "PFS"]  # no event of OS in arm B: nothing to draw
    scene = drawn["PFS"](page_of("generic", "double"))
    texts = [mark.text for mark in scene.marks if isinstance(mark, Label)]
    assert {"All patients", "Sex", "female", "male", "Age group", "below 65 years", OLDER} <= {
        *texts}  # fmt: skip
    ratios = next(
        block
        for section in study_content(summary).sections
        for block in section.blocks
        if getattr(block, "key", "") == "hazard-ratios"
    )
    for row in ratios.rows:
        endpoint, _, one, other, ratio, limits, _ = (cell.text for cell in row)
        if endpoint == "PFS":
            assert {one, other, f"{ratio} ({limits.replace(' to ', '–')})"} <= {*texts}
    assert sum(isinstance(mark, Area) for mark in scene.marks) == 1  # the diamond
    squares = [mark for mark in scene.marks if isinstance(mark, Marker)]
    assert len(squares) == 4
    assert "favours Arm B" in texts


def test_what_cannot_be_estimated_is_printed_so(tmp_path):
    """Both events of drug B come before those of drug A: the ratio has no finite estimate."""
    found = tl.Cohort.of(folder_of(tmp_path)).summary(by="sex", compare="regimen")
    place = {"context": "hazard_ratio", "variable_level": "Drug B vs Drug A"}
    row = found.find("PFS", "estimate", group1="", **place)
    assert row.stat is None
    assert row.reason.startswith("no finite estimate")
    female = found.find("PFS", "estimate", group1_level="female", **place)
    assert female.reason == "no patient of Drug B"
    assert "PFS" not in dict(forests(found))
    plot = next(each for each in plots(found) if each.what == "PFS")
    scene = forest(plot, page_of("generic", "double"))
    texts = [mark.text for mark in scene.marks if isinstance(mark, Label)]
    assert texts.count("not estimable") == 3
    assert not any(isinstance(mark, Area | Marker) for mark in scene.marks)


def test_a_patient_is_in_one_subgroup(tmp_path):
    """f is 60 to 69 years old: neither below 65 nor above for sure."""
    found = tl.Cohort.of(folder_of(tmp_path, "abcdef")).summary(by="age")
    sizes = {row.group1_level: row.subjects for row in found.rows
             if (row.variable, row.stat_name, row.population) == ("ORR", "N", "treated")
             and row.group1}  # fmt: skip
    assert sizes == {"below 65 years": ("a", "b"), OLDER: ("c", "d"),
                     "left open by the record": ("f",)}  # fmt: skip
    assert "Subgroup by age left open by the record: f." in found.methods


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"by": "diagnosis"}, "the tables do not hold 'diagnosis' .known: sex, arm, age"),
        ({"compare": "age", "reference": "older"}, "reference: no group 'older'"),
        ({"reference": "Arm A"}, "nothing is compared"),
    ],
)
def test_a_wrong_comparison_says_what_is_known(cohort, given, message):
    with pytest.raises(ValueError, match=message):
        cohort.summary(**given)


def test_a_variable_of_one_group_is_not_compared(tmp_path):
    cohort = tl.Cohort.of(folder_of(tmp_path))
    with pytest.raises(ValueError, match="'diagnosis' has 1 groups: liposarcoma"):
        cohort.summary(compare="diagnosis")


# ---- strata, and printed ratios
def stratified(b, stratum):
    """The partial log-likelihood of strata: the sum of those of each."""
    return sum(efron(list(MEMBERS[stratum, level]), b) for by, level in MEMBERS if by == stratum)


def printed_of(log, bend, decimals=2):
    error = math.sqrt(-1 / bend)
    low, high = (math.exp(log + side * stats.norm.ppf(0.975) * error) for side in (-1, 1))
    p = 2 * stats.norm.sf(abs(log) / error)
    return f"PFS {math.exp(log):.{decimals}f} ({low:.{decimals}f} to {high:.{decimals}f}) p {p:.3f}"


def greatest(likelihood):
    log = optimize.minimize_scalar(lambda b: -likelihood(b), (-1, 1), tol=1e-10).x
    step = 1e-3
    bend = (likelihood(log + step) - 2 * likelihood(log) + likelihood(log - step)) / step**2
    return log, bend


def test_a_stratified_ratio_has_the_greatest_likelihood(cohort):
    log, _ = greatest(lambda b: stratified(b, "sex"))
    summary = cohort.summary(by="age", compare="arm", strata="sex")
    place = {"context": "hazard_ratio", "variable_level": "Arm B vs Arm A"}
    assert summary.find("PFS", "estimate", **place).stat == pytest.approx(math.exp(log), rel=1e-5)
    assert any("stratified by sex" in each for each in summary.methods)
    assert "stratified by sex" in summary.find("PFS", "estimate", **place).method


def test_a_printed_ratio_agrees_or_names_the_definition_that_gives_it(cohort):
    every = list(MEMBERS["", ""])
    plain = printed_of(*greatest(lambda b: efron(every, b)), 4)
    by_sex = printed_of(*greatest(lambda b: stratified(b, "sex")), 4)
    log, bend = greatest(lambda b: efron(every, b))
    exchanged = printed_of(-log, bend, 4)
    summary = cohort.summary(compare="arm")
    assert str(check_ratio(summary, plain)).startswith("agrees: printed PFS")
    for text, words in ((by_sex, "strata by sex"), (exchanged, "the groups exchanged")):
        found = check_ratio(summary, text)
        assert not found.agrees
        assert found.reproduced_by[0].words == words
    wrong = check_ratio(summary, "PFS 0.11 (0.10 to 0.12) p < 0.001")
    assert str(wrong).endswith(f"none of {wrong.tried} definitions reproduces it")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("PFS 0.7", "not a hazard ratio with its limits: 'PFS 0.7' (write PFS 0.72"),
        ("DFS 0.7 (0.5 to 0.9)", "no hazard ratio of 'DFS'"),
    ],
)
def test_a_text_that_is_no_ratio_is_refused(cohort, text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        check_ratio(cohort.summary(compare="arm"), text)


def test_strata_need_two_groups_to_compare(cohort):
    for options in ({"strata": "sex"}, {"strata": "arm", "compare": "arm"}):
        with pytest.raises(ValueError, match="strata"):
            cohort.summary(**options)
