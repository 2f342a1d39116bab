"""A cohort of tables: the same numbers as of case files, and what is wrong with tables."""

from __future__ import annotations

import csv
import warnings
from datetime import date

import pytest
from typer.testing import CliRunner

import timeline as tl
from tests.study import trial_tables as made
from timeline.cdisc import write_dataset
from timeline.cdisc.adam import derive_adam
from timeline.cdisc.cases import import_cases
from timeline.cli.app import app
from timeline.study.reports.lanes import lanes_of
from timeline.study.reports.report import study_content
from timeline.synthetic import study_datasets

# what each door alone holds
OF_CASES = {"diagnosis", "ecog", "regimen", "reduced", "held"}
OF_TABLES = {"arm"}
SETTINGS = {"preset": "admiral", "origin": "first_dose", "duration_plus_one": False}


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    """The made-up study as case files, as ADaM datasets and as the tables of a trial."""
    path = tmp_path_factory.mktemp("doors")
    datasets = study_datasets(20, 3)
    cases, _ = import_cases(datasets)
    (path / "cases").mkdir()
    (path / "adam").mkdir()
    for name, text in cases.texts.items():
        (path / "cases" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        adam = derive_adam(datasets, SETTINGS).datasets
        for name, dataset in adam.items():
            write_dataset(dataset, path / "adam" / f"{name.lower()}.parquet")
        write_dataset(datasets["RS"], path / "rs.csv")
        tables = tl.Cohort.of_tables(path / "rs.csv", subjects=path / "adam" / "adsl.parquet",
                                     settings=SETTINGS)  # fmt: skip
    return tl.Cohort.of(path / "cases"), tl.Cohort.of(path / "adam"), tables


def numbers(summary):
    """Each number by what it is of, but for why treatment stopped, which ADaM words otherwise."""
    return {
        (row.context, row.group1, row.group1_level, row.variable, row.variable_level,
         row.population, row.stat_name, row.method): row
        for row in summary.rows if row.context != "adverse_event" and row.variable != "stop"
    }  # fmt: skip


def test_three_doors_give_the_same_numbers(doors):
    """Dates that a case leaves vague are a range there, which holds the number of the tables."""
    cases, adam, tables = (numbers(each.summary(by=["sex", "age"])) for each in doors)
    assert [each.stat for each in adam.values()] == [each.stat for each in tables.values()]
    assert list(adam) == list(tables)
    assert {key[3] for key in set(cases) ^ set(adam)} == OF_CASES | OF_TABLES
    exact = 0
    for key in set(cases) & set(adam):
        one, other = cases[key], adam[key]
        if one.is_one:
            assert other.stat == pytest.approx(one.stat), key
            assert set(other.subjects) == set(one.subjects), key
            exact += 1
        elif one.stat_low is not None and other.stat is not None:
            assert one.stat_low - 1e-9 <= other.stat, key
            assert one.stat_high is None or other.stat <= one.stat_high + 1e-9, key
    assert exact > 250


def test_the_report_of_tables_states_what_they_do_not_hold(doors):
    _, adam, _ = doors
    summary = adam.summary(by="sex", compare="arm")
    content = study_content(summary)
    kinds = [block.kind for section in content.sections for block in section.blocks
             if hasattr(block, "kind")]  # fmt: skip
    assert kinds == ["swimmer", "waterfall", "spider", "survival", "survival", *["forest"] * 4]
    assert any("adverse events" in each for each in summary.methods if "Not in the tables" in each)
    assert not any(row.context == "adverse_event" for row in summary.rows)
    assert content.subtitle == "SYNTHETIC: 20 patients, all invented"


SUBJECTS, TIMES, RESPONSES = made.subjects(), made.times(), made.responses()
WRONG = [
    pytest.param({"ADSL": [*SUBJECTS, SUBJECTS[0]]}, "ADSL, record 49: T-000 a second time",
                 id="a subject twice"),
    pytest.param({"ADTTE": [*TIMES, TIMES[0]]}, "ADTTE, record 97: PFS of T-000 a second time",
                 id="a time twice"),
    pytest.param({"ADTTE": [{**TIMES[0], "USUBJID": "T-999"}]}, "'T-999' is no subject of ADSL",
                 id="no subject"),
    pytest.param({"ADTTE": [{**TIMES[0], "CNSR": -1}]}, "record 1: CNSR is -1", id="CNSR"),
    pytest.param({"ADTTE": [{**TIMES[0], "AVAL": -3}]}, "record 1: AVAL is -3", id="below 0"),
    pytest.param({"ADTTE": [{**TIMES[0], "AVALU": "PARSECS"}]}, "AVALU is 'PARSECS'", id="unit"),
    pytest.param({"ADRS": [{**RESPONSES[0], "AVALC": "BETTER"}]}, "AVALC is 'BETTER', no response",
                 id="a word"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "message"), WRONG)
def test_faults_of_datasets_are_named(tmp_path, changed, message):
    with pytest.raises(tl.InvalidFile) as raised:
        tl.Cohort.of(made.write(tmp_path / "adam", **changed))
    assert message in str(raised.value)


def test_times_in_months_are_times_in_days(tmp_path):
    months = [{**row, "AVAL": row["AVAL"] / 30.4375, "AVALU": "MONTHS"} for row in TIMES]
    one, other = (
        tl.Cohort.of(made.write(tmp_path / name, ADTTE=rows)).summary()
        for name, rows in (("days", TIMES), ("months", months))
    )
    place = {"context": "survival_quantile"}
    assert one.find("PFS", "estimate", **place).stat == pytest.approx(
        other.find("PFS", "estimate", **place).stat
    )


def test_subjects_of_a_table_without_a_first_dose_count_as_treated(tmp_path):
    subjects = [{name: row[name] for name in ("STUDYID", "USUBJID", "SEX", "AGE", "TRT01P")}
                for row in SUBJECTS]  # fmt: skip
    found = tl.Cohort.of(made.write(tmp_path / "adam", ADSL=subjects))
    assert len(found.members("treated")) == made.SIZE
    assert any("every subject counts as treated" in each for each in found.summary().methods)


def test_an_untreated_subject_is_in_no_rate(tmp_path):
    subjects = [{**row, "SAFFL": "N" if n < 8 else "Y"} for n, row in enumerate(SUBJECTS)]
    found = tl.Cohort.of(made.write(tmp_path / "adam", ADSL=subjects)).summary()
    assert found.find("ORR", "N", population="treated").stat == made.SIZE - 8
    assert found.find("sex", "N", variable_level="female").stat == made.SIZE


def test_settings_of_the_derivation_are_refused_where_all_is_derived(tmp_path):
    with pytest.raises(ValueError, match="pfs_policy: ADaM datasets are derived already"):
        tl.Cohort.of(made.write(tmp_path / "adam"), settings={"pfs_policy": "ema"})


def test_the_command_reads_tables(tmp_path):
    rows = [{"USUBJID": "1", "RSDTC": "2024-03-01", "RSSTRESC": "PR"},
            {"USUBJID": "1", "RSDTC": "2024-05-01", "RSSTRESC": "PD"}]  # fmt: skip
    subjects = [{"USUBJID": "1", "SEX": "F", "AGE": "61", "TRTSDT": date(2024, 1, 5),
                 "LSTALVDT": date(2024, 5, 1)}]  # fmt: skip
    for name, table in (("rs.csv", rows), ("adsl.csv", subjects)):
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, table[0])
            writer.writeheader()
            writer.writerows(table)
    words = ["study", str(tmp_path / "rs.csv"), "--subjects", str(tmp_path / "adsl.csv"), "--set",
             "origin=first_dose", "--set", "landmark_weeks=8"]  # fmt: skip
    out = tmp_path / "report.html"
    done = CliRunner().invoke(app, [*words, "-o", str(out)])
    assert (done.exit_code, done.stdout) == (0, f"{out}: study of 1 patient\n")
    assert "Response at 8 weeks" in out.read_text("utf-8")
    with (tmp_path / "rs.csv").open("a", encoding="utf-8") as file:
        file.write("1,2024-07-01,BETTER\n")
    noted = CliRunner().invoke(app, [*words, "--set", "preset=admiral", "--json"])
    assert noted.exit_code == 0, noted.stderr
    (line,) = noted.stderr.splitlines()
    assert line.startswith("note: responses rs.csv, row 3, column RSSTRESC: no response")
    wrong = CliRunner().invoke(app, [*words[:-1], "landmark=8", "--json"])
    assert wrong.exit_code == 2
    assert "unknown setting 'landmark' (did you mean landmark_weeks" in wrong.stderr


def test_lanes_of_tables_go_to_the_last_day_on_record(tmp_path):
    """T-001: treated 60 days from 2024-01-01, PR on day 84, alive on day 294: 2 states, an arrow.

    T-000: died on day 120, progression (PD) on day 84.
    """
    subjects = [row for row in SUBJECTS if row["USUBJID"] in ("T-000", "T-001")]
    own = {"STUDYID": "T", "AVALU": "DAYS", "PARAMCD": "OS"}
    times = [{**own, "USUBJID": "T-000", "AVAL": 120, "CNSR": 0},
             {**own, "USUBJID": "T-001", "AVAL": 294, "CNSR": 1}]  # fmt: skip
    responses = [row for row in RESPONSES if row["USUBJID"] in ("T-000", "T-001")]
    folder = made.write(tmp_path / "adam", ADSL=subjects, ADTTE=times, ADRS=responses)
    request = lanes_of(tl.Cohort.of(folder).summary())
    months = {days: f"{days / 30.4375:.4f}" for days in (60, 84, 120, 294)}
    assert [cells for _, cells in request.table.rows] == [
        ("T-000", "0", months[60], "treatment", "no"),
        ("T-000", months[60], months[120], "follow-up", "no"),
        ("T-001", "0", months[60], "treatment", "no"),
        ("T-001", months[60], months[294], "follow-up", "yes"),
    ]
    assert [cells for _, cells in request.events[0].rows] == [
        ("T-000", months[84], "PD"), ("T-000", months[120], "death"), ("T-001", months[84], "PR"),
    ]  # fmt: skip
