"""The files of a study: what they hold, that all or none appear, and that the audit is silent."""

from __future__ import annotations

import json
from collections import Counter

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

import timeline as tl
from tests.study.patients import folder_of
from timeline.cdisc import write_dataset
from timeline.cdisc.cases import import_cases
from timeline.cli.app import app
from timeline.study.reports.claims import claims_text
from timeline.study.reports.formats import FORMATS
from timeline.study.reports.report import study_content
from timeline.synthetic import study_datasets


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return folder_of(tmp_path_factory.mktemp("study") / "cases")


@pytest.fixture(scope="module")
def summary(folder):
    return tl.Cohort.of(folder, name="five").summary(by="sex")


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """The synthetic study as SDTM datasets and as case files."""
    path = tmp_path_factory.mktemp("invented")
    datasets = study_datasets(15, 1)
    cases, problems = import_cases(datasets)
    assert not problems
    for kind in ("sdtm", "cases"):
        (path / kind).mkdir()
    for name, dataset in datasets.items():
        write_dataset(dataset, path / "sdtm" / f"{name.lower()}.csv")
    for name, text in cases.texts.items():
        (path / "cases" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


def verdicts(text, path):
    path.write_text(text, encoding="utf-8")
    return tl.audit(None, tl.load_report(path))


def test_the_audit_finds_nothing_in_our_own_reports(summary, invented, tmp_path):
    of_cases = tl.Cohort.of(invented / "cases", name="invented").summary(by="sex")
    for each in (summary, of_cases):
        found = verdicts(claims_text(each), tmp_path / "claims.yaml")
        assert not found.contradicted, [each.description for each in found.contradicted]
        assert Counter(each.conclusion.value for each in found)["agrees"] > 40


@pytest.mark.parametrize(
    ("printed", "slip", "rule"),
    [
        # 1 of 4 is 25.0 %; limits of 1 of 4 by Clopper-Pearson: 0.6 to 80.6
        ("{percent: 25.0, about: PR, ", "{percent: 52.0, about: PR, ", "K01"),
        ("percent: 25.0, about: ORR, ci: 0.6 to 80.6",
         "percent: 25.0, about: ORR, ci: 0.6 to 20.6", "K20"),
        ("nausea: [0, 1, 1, 0, 0, 2]", "nausea: [0, 1, 1, 0, 0, 3]", "K30"),
        # the median of 4.2 months is before 6 months: no more than half are without the event
        ("{rate: 50.0, of: PFS, at: 6 months", "{rate: 80.0, of: PFS, at: 6 months", "K18"),
    ],
)  # fmt: skip
def test_a_planted_slip_is_found(summary, tmp_path, printed, slip, rule):
    text = claims_text(summary)
    assert printed in text
    found = verdicts(text.replace(printed, slip), tmp_path / "claims.yaml")
    assert found.contradicted
    assert rule in {each.rule for each in found.contradicted}


def test_claims_hold_no_range(tmp_path):
    folder = folder_of(tmp_path / "cases", "abcdef")
    text = claims_text(tl.Cohort.of(folder).summary())
    assert "about: DCR" in text  # surely 3 of 5
    assert "about: ORR, ci" not in text.replace("group: evaluable", "")  # 1 or 2 of 5
    assert "{age: " not in text  # between 60 and 64.5
    found = verdicts(text, tmp_path / "claims.yaml")  # PD and NE are no whole without PR and SD
    assert not found.contradicted, [each.description for each in found.contradicted]


def test_datasets_and_case_files_give_the_same_numbers(invented):
    one, other = (tl.Cohort.of(invented / kind).summary() for kind in ("cases", "sdtm"))
    assert one.records() == other.records()


def test_every_format_holds_the_numbers(summary, tmp_path):
    files = [tmp_path / f"five{suffix}" for suffix in FORMATS if suffix not in (".htm", ".pdf")]
    assert summary.save(*files) == tuple(files)
    page = (tmp_path / "five.html").read_text("utf-8")
    assert page.count("<svg") >= 4  # swimmer, waterfall, spider, two of curves
    assert "http" not in page.replace("http://www.w3.org", "")
    rates = [["Objective response rate (ORR)", "Treated", "1 / 4", "25.0", "0.6 to 80.6"],
             ["Disease control rate (DCR)", "Treated", "2 / 4", "50.0", "6.8 to 93.2"]]  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "five.xlsx")
    sheet = [[cell.value for cell in row[:5]] for row in book["Response rates"].iter_rows()]
    tables = docx.Document(str(tmp_path / "five.docx")).tables
    printed = [[cell.text for cell in row.cells[:5]] for each in tables for row in each.rows]
    for rate in rates:
        assert rate in sheet
        assert rate in printed
    assert len([*book["Numbers"].iter_rows()]) == 1 + len(summary.rows)
    data = json.loads((tmp_path / "five.json").read_text("utf-8"))
    assert data["rows"] == summary.records()
    assert data["patients"] == ["a", "b", "c", "d", "e"]


def test_a_report_names_invented_patients_and_who_is_left_out(invented, summary):
    content = study_content(tl.Cohort.of(invented / "cases").summary())
    assert content.subtitle == "SYNTHETIC: 15 patients, all invented"
    assert study_content(summary).subtitle == "5 patients"
    assert "Without line 1 on record: e." in summary.methods


def test_all_files_appear_or_none(summary, tmp_path):
    (tmp_path / "five.json").mkdir()
    with pytest.raises(ValueError, match=r"is a folder"):
        summary.save(tmp_path / "five.yaml", tmp_path / "five.json")
    assert not (tmp_path / "five.yaml").exists()
    with pytest.raises(ValueError, match=r"unknown kind of report: '.doc' .did you mean .docx"):
        summary.save(tmp_path / "five.doc")
    with pytest.raises(ValueError, match=r"is named twice"):
        summary.save(tmp_path / "a.json", tmp_path / "a.json")
    with pytest.raises(ValueError, match=r"no file is named"):
        summary.save()


def call(*words):
    return CliRunner().invoke(app, ["study", *map(str, words)])


def test_the_command_writes_and_prints(folder, tmp_path):
    out = tmp_path / "five.json"
    done = call(folder, "--name", "five", "--by", "sex", "-o", out)
    assert (done.exit_code, done.stdout) == (0, f"{out}: study of 5 patients\n")
    assert json.loads(out.read_text("utf-8")) == json.loads(
        call(folder, "--name", "five", "--by", "sex", "--json").stdout
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere", "--json"), "there is no such folder"),
        (("{folder}",), "no file is named"),
        (("{folder}", "-o", "five.txt"), "unknown kind of report: '.txt'"),
        (("{folder}", "--json", "--by", "stage"), "by: 'stage'"),
        (("{folder}", "--json", "--at", "six"), "--at: not months: 'six'"),
        (("{folder}", "-o", "nowhere/five.html"), "no folder 'nowhere'"),
        (("{folder}/..", "--json"), "its patients are in a folder inside it (name {folder}/../"),
        (("{folder}", "--forest", "ORR"), "--forest: not what it shows and a file: 'ORR'"),
        (("{folder}", "--forest", "ORR=a.svg"), "--forest: a forest plot is of subgroups (write"),
        (("{folder}", "--by", "sex", "--forest", "XX=a.svg"), "no forest plot of 'XX'"),
    ],
)
def test_a_wrong_argument_is_one_message(folder, words, message):
    done = call(*(each.format(folder=folder) for each in words))
    assert done.exit_code == 2
    assert message.format(folder=folder) in done.stderr


def test_a_forest_plot_is_a_file_of_its_own(folder, tmp_path):
    out = tmp_path / "orr.svg"
    done = call(folder, "--by", "sex", "--forest", f"ORR={out}")
    assert (done.exit_code, done.stdout) == (0, f"{out}: forest plot of ORR\n")
    assert "female" in out.read_text("utf-8")
