"""Case files as SDTM and back: with the list of what SDTM cannot hold, all comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.cdisc import Dataset, read_dataset, read_folder
from timeline.cdisc.cases import LEFT_OVER, export_cases, import_cases
from timeline.cdisc.cases.dates import case_date, sdtm_date
from timeline.cdisc.cases.exporting import study_line
from timeline.cli.app import app
from timeline.core.calendar.partial_dates import parse_date
from timeline.core.problem import InvalidFile
from timeline.exchange.entries.left_over import read_left_over
from timeline.files.loader import load, load_contents
from timeline.synthetic import study_datasets

ROOT = Path(__file__).parents[2]
PILOT = Path(__file__).parents[1] / "data" / "cdisc"
CASES = [ROOT / "cases" / "wang2023.yaml", ROOT / "cases" / "jin2025.yaml",
         ROOT / "docs" / "examples" / "short_report.yaml"]  # fmt: skip
TRIAL = """
case: P-001
patient: {sex: female, age: 61}
lesions: {T1: {organ: liver}, N1: {node: yes}}
events:
  - {scan: 2022-01-10, baseline: 1, modality: CT, lesions: {T1: 40 mm, N1: 18 mm}}
  - {randomisation: 2022-01-20}
  - {treatment: 2022-02-01/2022-08-30, line: 1, drugs: Drug A 400 mg oral QD, stop: progression}
  - {dose reduced: 2022-04-01, line: 1, drugs: Drug A 300 mg oral QD, reason: toxicity}
  - {toxicity: 2022-03-28, term: Fatigue, grade: 3, line: 1, resolved: 2022-04-09}
  - {scan: 2022-05, modality: CT, lesions: {T1: 25.5 mm, N1: not evaluated}, new: none, called: NE}
  - {scan: 2022-08-25, modality: CT, lesions: {T1: absent, N1: too small}, new: bone, called: PD}
  - {treatment: 2022-09-15/.., line: 2, drugs: [Drug B 5 mg, Drug C]}
  - {supportive: 2022-03/2022-04, drugs: ondansetron}
  - {death: 2023-02, cause: tumour progression}
"""


@pytest.fixture
def trial(tmp_path):
    path = tmp_path / "P-001.yaml"
    path.write_text(TRIAL)
    return path


def _again(tmp_path, found):
    made, problems = import_cases(found.datasets, found.left_over)
    assert problems == ()
    paths = {name: tmp_path / f"again-{name}.yaml" for name in made.texts}
    for name, path in paths.items():
        path.write_text(made.texts[name])
    return paths


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_comes_back_whole_with_the_list_of_what_was_left_over(tmp_path, path):
    own = load_contents(path)[0]
    found = export_cases([path])
    (again,) = _again(tmp_path, found).values()
    contents, problems = load_contents(again)
    assert problems == ()
    assert contents.case == own.case
    assert contents.case.patient == own.case.patient
    assert contents.case.lesions == own.case.lesions
    assert contents.case.settings == own.case.settings
    if own.report is not None:  # the report and the claims in the same file
        assert len(contents.report.claims) == len(own.report.claims)


def test_a_patient_of_a_trial_needs_no_list(tmp_path, trial):
    found = export_cases([trial])
    assert found.left_over == ()
    (again,) = _again(tmp_path, found).values()
    assert load(again)[0] == load(trial)[0]


def test_the_records_are_those_that_the_guide_describes(trial):
    """The events of TRIAL, by hand; study day 1 is the first dose, 1 February 2022."""
    found = export_cases([trial], study="S1").datasets
    rows = {name: list(dataset.rows()) for name, dataset in found.items()}
    subject = rows["DM"][0]
    assert (subject["STUDYID"], subject["USUBJID"], subject["SEX"], subject["AGE"]) == (
        "S1", "P-001", "F", 61)  # fmt: skip
    assert (subject["RFXSTDTC"], subject["RFXENDTC"]) == ("2022-02-01", "2022-08-30")
    assert (subject["DTHDTC"], subject["DTHFL"]) == ("2023-02", "Y")
    assert [(row["EXTRT"], row["EXDOSE"], row["EXDOSFRQ"], row["EXSTDTC"], row["EXENDTC"],
             row["EXSTDY"], row["EXADJ"]) for row in rows["EX"]] == [
        ("Drug A", 400, "QD", "2022-02-01", "2022-03-31", 1, None),
        ("Drug A", 300, "QD", "2022-04-01", "2022-08-30", 60, "ADVERSE EVENT"),
    ]  # fmt: skip
    assert [(row["DSDECOD"], row["DSCAT"], row["DSSCAT"], row["DSSTDTC"], row["DSTERM"])
            for row in rows["DS"]] == [
        ("RANDOMIZED", "PROTOCOL MILESTONE", None, "2022-01-20", "RANDOMIZED"),
        ("PROGRESSIVE DISEASE", "DISPOSITION EVENT", "STUDY TREATMENT", "2022-08-30",
         "PROGRESSIVE DISEASE"),
        ("DEATH", "DISPOSITION EVENT", "STUDY PARTICIPATION", "2023-02", "tumour progression"),
    ]  # fmt: skip
    assert [(row["CMTRT"], row["CMCAT"], row.get("CMSCAT"), row["CMDOSE"], row["CMENRTPT"])
            for row in rows["CM"]] == [
        ("Drug B", "SUBSEQUENT ANTI-CANCER THERAPY", "LINE 2", 5, "ONGOING"),
        ("Drug C", "SUBSEQUENT ANTI-CANCER THERAPY", "LINE 2", None, "ONGOING"),
        ("ondansetron", "CONCOMITANT MEDICATION", None, None, None),
    ]  # fmt: skip
    (event,) = rows["AE"]
    keys = ("AEDECOD", "AETOXGR", "AESTDTC", "AEENDTC", "AEREL", "AEOUT", "AESTDY")
    assert [event[key] for key in keys] == [
        "Fatigue", "3", "2022-03-28", "2022-04-09", "RELATED", "RECOVERED/RESOLVED", 56,
    ]  # fmt: skip
    assert [(row["TULNKID"], row["TUSTRESC"], row["TULOC"], row["VISITNUM"])
            for row in rows["TU"]] == [
        ("T1", "TARGET", "LIVER", 1), ("N1", "TARGET", "LYMPH NODE", 1),
        ("NEW01", "NEW", "BONE", 3),
    ]  # fmt: skip
    assert [(row["TRLNKID"], row["TRTESTCD"], row["TRORRES"], row["TRSTRESN"], row.get("TRSTAT"))
            for row in rows["TR"]] == [
        ("T1", "LDIAM", "40", 40, None), ("N1", "LPERP", "18", 18, None),
        (None, "SUMDIAM", "58", 58, None),
        ("T1", "LDIAM", "25.5", 25.5, None), ("N1", "LPERP", None, None, "NOT DONE"),
        ("T1", "LDIAM", "0", 0, None), ("N1", "LPERP", "TOO SMALL TO MEASURE", 5, None),
        (None, "SUMDIAM", "5", 5, None),
    ]  # fmt: skip
    assert [(row["RSTESTCD"], row["RSSTRESC"], row["RSDTC"], row["VISIT"], row["RSDY"])
            for row in rows["RS"]] == [
        ("NEWLIND", "N", "2022-05", "SCAN 2", None), ("OVRLRESP", "NE", "2022-05", "SCAN 2", None),
        ("NEWLIND", "Y", "2022-08-25", "SCAN 3", 206),
        ("OVRLRESP", "PD", "2022-08-25", "SCAN 3", 206),
    ]  # fmt: skip
    assert {row["EPOCH"] for row in rows["TR"]} == {"SCREENING", None, "TREATMENT"}


def test_another_line_can_be_the_study_treatment():
    wang = ROOT / "cases" / "wang2023.yaml"
    assert study_line(load(wang)[0]) == 1
    found = export_cases([wang], line=4).datasets
    assert set(found["EX"].column("EXTRT")) == {"penpulimab", "lenvatinib"}
    assert set(found["RS"].column("RSCAT")) == {"iRECIST"}
    first = [row for row in found["CM"].rows() if row["CMTRT"] == "anlotinib"]
    assert [row["CMCAT"] for row in first] == ["PRIOR ANTI-CANCER THERAPY"]


def test_a_first_line_that_was_never_given_is_not_replaced_by_the_second(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "case: a\nevents:\n  - {randomisation: 2022-01}\n"
        "  - {treatment: 2022-05/, line: 2, drugs: x}\n"
    )
    assert study_line(load(path)[0]) is None
    assert len(export_cases([path]).datasets["EX"]) == 0


@pytest.mark.parametrize(
    ("written", "held", "back"),
    [  # EDTF of case files; SDTMIG 3.4, 4.4.2; and what is read again
        ("2021-03-15", "2021-03-15", "2021-03-15"),
        ("2021-03", "2021-03", "2021-03"),
        ("2021", "2021", "2021"),
        ("2021-03~", "2021-03", "2021-03"),  # the mark has no place
        ("2021-03-XX", "2021-03", "2021-03"),
        ("2021-XX", "2021", "2021"),
        ("2021-XX-15", "2021---15", "2021-XX-15"),
        ("2021-12/2022-02", "2021-12-01/2022-02-28", "2021-12-01/2022-02-28"),
        ("2021-12-05/2021-12-08", "2021-12-05/2021-12-08", "2021-12-05/2021-12-08"),
        ("202X", "2020-01-01/2029-12-31", "2020-01-01/2029-12-31"),
        ("[2021-12..]", None, ".."),  # no last day
        ("after surgery", None, ".."),
        ("..", None, ".."),
        ("2021-03, after surgery", "2021-03", "2021-03"),
    ],
)
def test_a_date_is_held_as_exactly_as_sdtm_allows(written, held, back):
    assert sdtm_date(parse_date(written)) == held
    assert case_date(held) == back


def test_the_patients_of_the_made_up_study_come_back_as_case_files_and_as_records(tmp_path):
    own = study_datasets(15, 1)
    made, problems = import_cases(own)
    assert problems == ()
    assert len(made.texts) == 15
    paths = []
    for name, text in made.texts.items():
        assert text.startswith("# Made by timeline import from SDTM datasets. SYNTHETIC")
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text(text)
    found = export_cases(paths, study="SYNTHETIC")
    assert found.left_over == ()
    lost = {(each.dataset, each.reason.split()[0]): each.records
            for each in made.not_read if not each.variable}  # fmt: skip
    for name in ("EX", "DS", "CM", "AE"):
        assert len(found.datasets[name]) == len(own[name])
    for name, reason in (("RS", "TRGRESP"), ("TR", "the"), ("TU", "a")):  # each loss is named
        assert len(own[name]) - len(found.datasets[name]) == lost[name, reason]
    keys = ("USUBJID", "VISIT", "RSTESTCD", "RSSTRESC", "RSDTC", "RSDY", "EPOCH")
    rows = (row for row in own["RS"].rows() if row["RSTESTCD"] != "TRGRESP")
    kept = [[row[key] for key in keys] for row in rows]
    written = [[row[key] for key in keys] for row in found.datasets["RS"].rows()]
    assert sorted(map(str, written)) == sorted(map(str, kept))


def _pilot():
    rs, tr, tu = (read_dataset(PILOT / f"{name.lower()}_recist8.csv", name)
                  for name in ("RS", "TR", "TU"))  # fmt: skip
    subjects = [{"STUDYID": "CDISCPILOT01", "USUBJID": each, "SEX": "F"}
                for each in dict.fromkeys(rs.column("USUBJID"))]  # fmt: skip
    return {"DM": Dataset.of("DM", subjects), "RS": rs, "TR": tr, "TU": tu}


def test_the_pilot_study_is_read_by_its_investigator_and_the_rest_is_named():
    made, problems = import_cases(_pilot())
    assert problems == ()
    text = made.texts["01-701-1130"]
    assert "T01: {organ: colon}" in text
    assert "called: PD" in text
    others = [each for each in made.not_read if each.reason.startswith("of another evaluator")]
    assert {each.dataset: each.records for each in others} == {
        name: sum(row[f"{name}EVAL"] != "INVESTIGATOR" for row in _pilot()[name].rows())
        for name in ("RS", "TR", "TU")
    }


def test_a_subject_without_an_event_has_no_case_file_and_is_named():
    found = _pilot()
    subjects = [*found["DM"].rows(), {"STUDYID": "CDISCPILOT01", "USUBJID": "screen failure"}]
    made, problems = import_cases({**found, "DM": Dataset.of("DM", subjects)})
    assert problems == ()
    assert list(made.texts) == ["01-701-1130"]
    (row,) = [each for each in made.not_read if "without an event" in each.reason]
    assert (row.dataset, row.records, row.example) == ("DM", 1, "screen failure")


@pytest.mark.parametrize(
    ("visit", "therapy", "is_named"),
    [
        ("2022-02-05", "2022-02", True),  # the therapy began on some day of that month
        ("2022-02", "2022-02-05", True),
        ("2022-01-31", "2022-02", False),  # the visit is before it
        ("2022-03-01", "2022-02", False),  # and after it
        ("2022-02-28", "2022-02", False),  # the last day of the month: not before it
    ],
)
def test_a_visit_of_no_treatment_that_may_precede_another_therapy_is_named(
    visit, therapy, is_named
):
    """One such subject kept the case files of all the others from being written."""
    one = {"USUBJID": "1"}
    datasets = {
        "DM": Dataset.of("DM", [one, {"USUBJID": "2"}]),
        "EX": Dataset.of("EX", [{"USUBJID": "2", "EXTRT": "Drug A", "EXSTDTC": "2022-01-03"}]),
        "CM": Dataset.of("CM", [{**one, "CMTRT": "Drug E", "CMSTDTC": therapy,
                                 "CMCAT": "SUBSEQUENT ANTI-CANCER THERAPY", "CMSCAT": "LINE 2"}]),
        "RS": Dataset.of("RS", [{**one, "RSTESTCD": "OVRLRESP", "RSSTRESC": "PD", "RSDTC": visit,
                                 "RSCAT": "RECIST 1.1", "VISITNUM": 2}]),
    }  # fmt: skip
    made, problems = import_cases(datasets)
    assert problems == ()
    assert list(made.texts) == ["1", "2"]
    assert ("scan" in made.texts["1"]) is not is_named
    named = [(each.dataset, each.records) for each in made.not_read if "may precede" in each.reason]
    assert named == ([("RS", 1)] if is_named else [])


def test_responses_of_irecist_make_its_criterion_and_the_milestones_come_first():
    """rs_irecist26 has no RSCAT; its terms (iUPD, iCR) are those of iRECIST alone."""
    responses = read_dataset(PILOT / "rs_irecist26.csv", "RS")
    subject = "01-701-1130"
    day = "2014-02-15"
    datasets = {
        "DM": Dataset.of("DM", [{"USUBJID": each} for each in dict.fromkeys(
            responses.column("USUBJID"))]),
        "EX": Dataset.of("EX", [{"USUBJID": subject, "EXTRT": "Placebo", "EXSTDTC": day}]),
        "DS": Dataset.of("DS", [{"USUBJID": subject, "DSDECOD": "RANDOMIZED", "DSSTDTC": day}]),
        "RS": responses,
    }  # fmt: skip
    made, problems = import_cases(datasets)
    assert problems == ()
    events = made.texts[subject].split("events:\n")[1].splitlines()
    assert events[:2] == [
        "  - {randomisation: 2014-02-15}",
        "  - {treatment: 2014-02-15/, drugs: Placebo, line: 1, criterion: iRECIST}",
    ]


@pytest.mark.parametrize(
    ("word", "is_immune"),
    [
        ("iUPD", True),
        ("NON-iCR/NON-iUPD", True),
        ("PR", False),  # of RECIST 1.1
        ("imPR", False),  # of imRECIST (Hodi 2018, J Clin Oncol 36:850)
        ("irPR", False),  # of irRECIST (Nishino 2013, Clin Cancer Res 19:3936)
    ],
)
def test_a_response_without_its_criterion_is_of_irecist_by_its_own_words_alone(word, is_immune):
    day = {"USUBJID": "x", "RSDTC": "2014-04-15"}
    datasets = {
        "DM": Dataset.of("DM", [{"USUBJID": "x"}]),
        "EX": Dataset.of("EX", [{"USUBJID": "x", "EXTRT": "Placebo", "EXSTDTC": "2014-02-15"}]),
        "RS": Dataset.of("RS", [{**day, "RSTESTCD": "OVRLRESP", "RSSTRESC": word}]),
    }
    made, problems = import_cases(datasets)
    assert problems == ()
    assert ("criterion: iRECIST" in made.texts["x"]) is is_immune


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda found: found.pop("DM"), "no DM beside it"),
        (lambda found: found.update(DM=Dataset.of("DM", [{"USUBJID": "x"}])), "is not in DM"),
        (lambda found: found.update(DM=Dataset.of("DM", [{"USUBJID": "01-701-1130"}] * 2)),
         "the subject '01-701-1130' twice"),
        (lambda found: found.update(RS=Dataset.of("RS", [{"USUBJID": "01-701-1130",
                                                          "RSDTC": "15MAR2021"}])), "ISO 8601"),
    ],
)  # fmt: skip
def test_datasets_that_cannot_be_read_are_named(change, message):
    found = _pilot()
    change(found)
    made, problems = import_cases(found)
    assert made is None
    assert any(message in each.what for each in problems)


def test_two_cases_of_one_name_and_a_report_are_refused(tmp_path, trial):
    with pytest.raises(InvalidFile, match="two cases have this name"):
        export_cases([trial, trial])
    with pytest.raises(InvalidFile, match="is a report, not a case"):
        export_cases([ROOT / "seeds" / "wang2023.yaml"])


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_the_commands_write_sdtm_and_restore_the_cases(run, tmp_path):
    done = run("sdtm", str(ROOT / "cases"), "-o", "sdtm", "--format", "json")
    assert done.exit_code == 0
    assert "DM 2" in done.output
    assert f"sdtm/{LEFT_OVER}: " in done.output
    assert sorted(read_folder("sdtm")) == ["AE", "CM", "DM", "DS", "EX", "RS", "TU"]
    done = run("import", "sdtm", "-o", "cases")
    assert done.exit_code == 0
    assert "2 case files, restored by not-in-sdtm.csv" in done.output
    assert "DM SUBJID: 2: a case file has no key for it" in done.output
    assert load("cases/wang2023.yaml")[0] == load(ROOT / "cases" / "wang2023.yaml")[0]
    before = Path("cases/wang2023.yaml").read_text()
    assert run("import", "sdtm", "-o", "cases").exit_code == 2  # nothing is written over
    assert run("sdtm", "cases", "-o", "sdtm").exit_code == 2  # the list would be
    assert run("sdtm", "cases", "-o", "sdtm", "--overwrite").exit_code == 0
    done = run("import", "sdtm", "-o", "cases", "--overwrite")
    assert done.exit_code == 2  # two files of one dataset
    assert "DM twice: dm.csv and dm.json (keep one)" in done.output
    assert Path("cases/wang2023.yaml").read_text() == before


def test_a_damaged_list_is_named(run):
    run("sdtm", str(ROOT / "cases"), "-o", "sdtm")
    rows = Path("sdtm", LEFT_OVER)
    assert read_left_over(rows)[1] == ()
    rows.write_text(rows.read_text().replace("jin2025,1,", "jin2025,one,", 1))
    done = run("import", "sdtm", "-o", "cases")
    assert done.exit_code == 2
    assert f"sdtm/{LEFT_OVER}:" in done.output
    rows.write_text("A,B\n1,2\n")
    assert "its columns are not those" in run("import", "sdtm", "-o", "cases").output
    assert not Path("cases").exists()


def test_a_made_up_study_is_one_command(run):
    done = run("new", "study", "--study", "3", "--format", "parquet")
    assert done.exit_code == 0
    assert "3 invented patients" in done.output
    assert sorted(each.name for each in Path("study").iterdir()) == ["README.txt", "cases", "sdtm"]
    assert len(read_folder("study/sdtm")["DM"]) == 3
    assert all(load(path)[0] for path in Path("study/cases").iterdir())
    assert run("new", "study", "--study", "3").exit_code == 2  # it stays
    assert run("new", "none", "--study", "0").exit_code == 2
    assert "5,001 patients (at most 5,000" in run("new", "none", "--study", "5001").output
    assert not Path("none").exists()


def test_a_sum_of_products_is_left_over_and_comes_back(tmp_path):
    """SUMDIAM is a sum of diameters: 1300 mm² is none, and 65 mm is one."""
    path = tmp_path / "old.yaml"
    start = "  - treatment: 1998-01-20/\n    line: 1\n    drugs: doxorubicin\n"
    path.write_text(
        "case: old\nevents:\n  - scan: 1998-01-10\n    baseline: 1\n    sum: 1300 mm²\n"
        f"{start}    criterion: WHO 1979\n  - scan: 1998-03-14\n    sum: 65 mm\n    new: none\n"
    )
    found = export_cases([path])
    left = {(row.entry, row.value): row.reason for row in found.left_over if row.key == "sum"}
    assert left == {
        (1, "1300 mm²"): "SUMDIAM holds a sum of diameters, not of products of diameters"
    }
    sums = [row["TRSTRESN"] for row in found.datasets["TR"].rows() if row["TRTESTCD"] == "SUMDIAM"]
    assert sums == [65]
    (again,) = _again(tmp_path, found).values()
    assert load(again)[0] == load(path)[0]
