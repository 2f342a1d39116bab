"""Studies that a statistician would try: nothing fails, and what is not known is not printed."""

from __future__ import annotations

import pytest

import timeline as tl
from tests.study import trial_tables as made
from tests.study.patients import folder_of
from timeline.study.reports.claims import claims_text
from timeline.study.reports.forests import plots
from timeline.study.reports.report import common_start, study_content
from timeline.study.subgroups import NO_RATIO

SUBJECTS, TIMES, RESPONSES = made.subjects(), made.times(), made.responses()


def one_of(rows):
    return [row for row in rows if row["USUBJID"] == "T-001"]


def changed(rows, **values):
    return [{**row, **values} for row in rows]


STUDIES = {
    "one patient": {"ADSL": one_of(SUBJECTS), "ADRS": one_of(RESPONSES), "ADTTE": one_of(TIMES)},
    "no events": {"ADTTE": changed(TIMES, CNSR=1)},
    "events in one arm": {"ADTTE": [{**row, "CNSR": int(row["USUBJID"][-1] in "13579")}
                                    for row in TIMES]},
    "all at day 0": {"ADTTE": changed(TIMES, AVAL=0)},
    "no responder": {"ADRS": changed(RESPONSES, AVALC="PD")},
    "all responders": {"ADRS": changed(RESPONSES, AVALC="CR")},
    "no age": {"ADSL": changed(SUBJECTS, AGE=None)},
    "a subgroup of one": {"ADSL": [{**row, "SEX": "U" if n == 0 else row["SEX"]}
                                   for n, row in enumerate(SUBJECTS)]},
    "no responses": {"ADRS": []},
    "no times": {"ADTTE": []},
}  # fmt: skip


@pytest.fixture(scope="module")
def made_of(tmp_path_factory):
    found = {}

    def make(name):
        if name not in found:
            folder = made.write(tmp_path_factory.mktemp("study") / "adam", **STUDIES[name])
            cohort = tl.Cohort.of(folder, settings={"restricted_mean_months": 2})
            compare = "arm" if name != "one patient" else ""
            found[name] = cohort.summary(by=["sex", "age"], compare=compare)
        return found[name]

    return make


def blocks(summary, kind):
    return [block for section in study_content(summary).sections for block in section.blocks
            if type(block).__name__ == kind]  # fmt: skip


@pytest.mark.parametrize("name", STUDIES)
def test_every_study_has_a_report_that_the_audit_accepts(made_of, tmp_path, name):
    summary = made_of(name)
    assert study_content(summary).section("methods")
    (tmp_path / "claims.yaml").write_text(claims_text(summary), encoding="utf-8")
    found = tl.audit(None, tl.load_report(tmp_path / "claims.yaml"))
    assert not found.contradicted, [each.description for each in found.contradicted]


def test_without_events_nothing_is_estimated(made_of):
    summary = made_of("no events")
    ratio = summary.find("PFS", "estimate", context="hazard_ratio", group1="")
    assert (ratio.stat, ratio.reason) == (None, "no event")
    mean = summary.find("PFS", "conf.low", context="restricted_mean", group1="")
    assert (mean.stat, mean.reason) == (None, "no limits: the mean has no variance")
    assert {plot.what for plot in plots(summary)} == {"ORR", "DCR", "PFS", "OS"}
    words = [block.text for block in blocks(summary, "Paragraph")]
    assert "No forest plot of PFS: nothing is estimable." in words
    assert [block.kind for block in blocks(summary, "Figure")].count("forest") == 2


def test_a_rate_of_none_and_of_all_has_limits(made_of):
    """Clopper and Pearson: the 48th root of 0.025 is 0.92602."""
    for name, rate, end, limit in (("no responder", 0, "conf.high", 7.398),
                                   ("all responders", 100, "conf.low", 92.602)):  # fmt: skip
        place = {"population": "treated", "group1": ""}
        summary = made_of(name)
        assert summary.find("ORR", "p", **place).stat == rate
        found = summary.find("ORR", end, method="Clopper-Pearson", **place).stat
        assert found == pytest.approx(limit, abs=1e-3)


def test_without_responses_there_is_no_rate(made_of):
    """A table that holds no response is no study in which nobody responded."""
    summary = made_of("no responses")
    assert not [row for row in summary.rows if row.context == "rate"]
    assert not [row for row in summary.rows if row.variable in ("BOR", "CBOR", "landmark")]
    assert any("BOR: no parameter BOR" in each for each in summary.methods)


def test_without_times_there_is_no_clinical_benefit(made_of):
    rates = {row.variable for row in made_of("no times").rows if row.context == "rate"}
    assert rates == {"ORR", "CORR", "DCR"}


def test_one_patient_has_a_median_without_limits(made_of):
    (times,) = (block for block in blocks(made_of("one patient"), "Table") if block.key == "times")
    row = [cell.text for cell in next(times.rows)]
    assert "not defined" in row


def test_a_mean_without_variance_gives_a_difference_no_limits(tmp_path):
    """One patient of each drug, with PFS of 224 and 196 days, which are more than 6 months."""
    text = (folder_of(tmp_path, "ab") / "b.yaml").read_text("utf-8").replace("Drug A", "Drug B")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    found = tl.Cohort.of(tmp_path, settings={"restricted_mean_months": 6}).summary(
        compare="regimen")  # fmt: skip
    place = {"context": "restricted_mean_difference"}
    row = found.find("PFS", "conf.low", **place)
    assert found.find("PFS", "estimate", **place).stat == 0  # both are free for 6 months
    assert (row.stat, row.reason) == (None, "no limits: a mean has no variance")


def test_an_unknown_sex_is_a_subgroup_of_its_own(made_of):
    row = made_of("a subgroup of one").find("ORR", "N", group1_level="unknown",
                                            population="treated")  # fmt: skip
    assert row.subjects == ("T-000",)


def test_a_vague_time_is_taken_where_it_is_asked(tmp_path):
    """Followed for 335 to 365 days, of which 350 is the middle."""
    from tests.study.test_numbers import VAGUE

    (tmp_path / "h.yaml").write_text(VAGUE, encoding="utf-8")
    for rule, days in (("earliest", 335), ("middle", 350), ("latest", 365)):
        found = tl.Cohort.of(tmp_path, settings={"vague_times": rule}).summary()
        row = found.find("OS", "estimate", context="follow_up_quantile")
        assert row.stat == pytest.approx(days / 30.4375)
        assert any(f"is taken at its {rule}" in each for each in found.methods)
    curves = [block for block in blocks(found, "Figure") if block.kind == "survival"]
    assert len(curves) == 2
    assert not any("possible" in each.caption for each in curves)  # no band of possible curves


def test_a_ratio_needs_the_order_of_times_alone(tmp_path):
    """The last contacts of a and b are vague and after every event: the order is known."""
    folder_of(tmp_path, "abcd")
    for name in "ab":
        path = tmp_path / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").replace("contact: 2024-12-31", "contact: 2024-12"),
                        encoding="utf-8")  # fmt: skip
    found = tl.Cohort.of(tmp_path).summary(compare="sex")
    row = found.find("OS", "estimate", context="hazard_ratio")
    assert row.reason == "no event in female"  # and not that times are ranges


@pytest.mark.parametrize("rule", ["range", "middle"])
def test_where_the_order_is_open_the_table_says_what_gives_a_ratio(tmp_path, rule):
    """d dies in 2024, before or after the progression of each of the others."""
    folder_of(tmp_path, "abcd")
    path = tmp_path / "d.yaml"
    path.write_text(path.read_text("utf-8").replace("2024-03-01", "2024"), encoding="utf-8")
    summary = tl.Cohort.of(tmp_path, settings={"vague_times": rule}).summary(compare="sex")
    row = summary.find("PFS", "estimate", context="hazard_ratio")
    told = [note for table in blocks(summary, "Table") for note in table.notes]
    advice = "With vague_times=middle a time that is a range counts as its middle."
    assert row.reason.startswith(NO_RATIO) == (advice in told) == (rule == "range")


@pytest.mark.parametrize(
    ("names", "start"),
    [
        ([f"SYNTHETIC-{n:07d}" for n in range(1, 41)], "SYNTHETIC-00000"),
        ([f"T-{n:03d}" for n in range(5)], ""),  # so few are named in full
        ([f"{n}-site" for n in range(40)], ""),
    ],
)
def test_many_patients_are_named_without_their_common_start(names, start):
    assert common_start(names) == start
