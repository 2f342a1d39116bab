"""cBioPortal: what is written passes the rules of the portal, and studies of others are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.portal_check import faults
from tests.formats.round_trip import CASES, endpoints, exported, imported, not_within
from tests.rows import every_row
from timeline.files.loader import load
from timeline.formats import import_cases
from timeline.formats.day_counts import Calendar, Days

TRIAL = """
case: P 001
patient: {sex: female, age: 61, diagnosis: leiomyosarcoma}
lesions: {T1: {organ: liver}, N1: {node: yes}}
events:
  - {diagnosis: 2022-01-01}
  - {surgery: 2022-01-05, what: biopsy, note: "one\ttab"}
  - {scan: 2022-01-10, baseline: 1, modality: CT, lesions: {T1: 40 mm, N1: 18 mm}}
  - {treatment: 2022-02-01/2022-08-30, line: 1, drugs: [doxorubicin 75 mg/m², olaratumab]}
  - {radiotherapy: 2022-05/.., dose: 50 Gy, setting: local}
  - {lab: 2022-03-02, values: {LDH: 280 U/L, CA 125: up to 40 U/mL}}
  - {performance: 2022-03-02, ecog: 1, note: seen on 2022-03-02}
  - {toxicity: 2022-03-05, term: Fatigue, resolved: 2022-04}
  - {scan: 2022-08-25, lesions: {T1: absent, N1: too small}, new: bone, called: PD}
  - {scan: 2022-09-30, planned: yes}
  - {death: 2023-01-01}
"""


@pytest.fixture
def portal(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(TRIAL)
    exported([path], "cbioportal", tmp_path / "study", name="One patient")
    return tmp_path / "study"


def _rows(path: Path) -> list[dict[str, str]]:
    heads, *lines = [line.split("\t") for line in path.read_text().splitlines() if line[0] != "#"]
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_the_days_are_counted_from_the_diagnosis_by_hand(portal):
    """Day 0 is 1 January: 1 February is day 31, 30 August 241, 1 January 2023 365; May 120 to 150.

    365 days / 30.4375 = 11.99 months.
    """
    rows = {row["AGENT"]: row for row in _rows(portal / "data_timeline_treatment.txt")}
    assert {name: (row["START_DATE"], row["STOP_DATE"], row["TREATMENT_TYPE"], row["AGENT_CLASS"])
            for name, row in rows.items()} == {
        "doxorubicin": ("31", "241", "Medical Therapy", "anthracycline"),
        "olaratumab": ("31", "241", "Medical Therapy", rows["olaratumab"]["AGENT_CLASS"]),
        "50 Gy": ("135", "", "Radiation Therapy", ""),
    }  # fmt: skip
    assert (rows["50 Gy"]["START_RANGE"], rows["50 Gy"]["STOP_STATED"]) == ("120 to 150", "ongoing")
    labs = _rows(portal / "data_timeline_lab_test.txt")
    assert [(row["START_DATE"], row["TEST"], row["RESULT"], row["UNIT"]) for row in labs] == [
        ("60", "LDH", "280", "U/L"), ("60", "CA 125", "up to 40 U/mL", "")]  # fmt: skip
    assert [row["STATUS"] for row in _rows(portal / "data_timeline_status.txt")] == [
        "diagnosis", "DECEASED"]  # fmt: skip
    (patient,) = _rows(portal / "data_clinical_patient.txt")
    assert (patient["PATIENT_ID"], patient["AGE"], patient["OS_STATUS"], patient["OS_MONTHS"]) == (
        "P_001", "61", "1:DECEASED", "11.99")  # fmt: skip
    assert len(_rows(portal / "data_timeline_imaging.txt")) == 2  # the planned one is left out


def test_no_file_of_a_study_states_a_date(portal):
    """Only the list of what is left over has day 0 and the two values with a date."""
    texts = {path.name: path.read_text() for path in portal.iterdir()}
    assert [name for name, text in texts.items() if "2022-" in text] == ["not-in-cbioportal.csv"]
    found = texts["not-in-cbioportal.csv"]
    for line in (",day 0,2022-01-01,", ",note,seen on 2022-03-02,", ",resolved,2022-04,"):
        assert line in found


def test_a_study_passes_the_rules_of_the_portal(portal, tmp_path):
    assert faults(portal) == []
    exported(CASES, "cbioportal", tmp_path / "three")
    assert faults(tmp_path / "three") == []


@every_row(
    ("file", "old", "new", "what"),
    [
        ("data_timeline_surgery.txt", "\t4\t", "\t4.5\t", "START_DATE"),
        ("data_timeline_treatment.txt", "\t241\t", "\t24\t", "STOP_DATE"),
        ("data_timeline_treatment.txt", "STOP_DATE\tEVENT", "EVENT", "columns do not begin"),
        ("data_clinical_patient.txt", "\t61\t", "\tsixty\t", "no number"),
        ("data_clinical_patient.txt", "P_001", "P 001", "PATIENT_ID"),
        ("data_clinical_sample.txt", "P_001\tP_001-1", "P_2\tP_2-1", "no sample of P_001"),
        ("meta_timeline_status.txt", "datatype: TIMELINE\n", "", "no datatype"),
        ("meta_study.txt", "add_global_case_list: true\n", "", "no list of all cases"),
    ],
)
def test_the_check_finds_what_is_broken(file, old, new, what, portal):
    path = portal / file
    text = path.read_text()
    assert old in text, file
    path.write_text(text.replace(old, new, 1))
    try:
        assert any(what in each for each in faults(portal)), faults(portal)
    except KeyError:
        assert what == "no datatype"
    finally:
        path.write_text(text)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_endpoints_stay_within_the_days_that_are_listed_as_vague(tmp_path, path):
    """Without the list of what is left over the ranges are what the columns state."""
    exported([path], "cbioportal", tmp_path / "out")
    own = load(path)[0]
    (again,) = imported(tmp_path / "out", "cbioportal", with_list=False).cases.values()
    days = [(each.kind, each.start.text) for each in again.events]
    assert any("day-0" in text for _, text in days)  # the calendar is in no file of the study
    assert set(endpoints(again))
    exported([path], "cbioportal", tmp_path / "dated")
    found = imported(tmp_path / "dated", "cbioportal").cases[own.name]
    assert not_within(own, found) == []


GLIOMA = (  # of the study lgg_ucsf_2014 of cBioPortal/datahub (ODbL 1.0), two of its patients
    "PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\tTREATMENT_TYPE\tSUBTYPE\tAGENT\n"
    "P01\t611\t977\tTREATMENT\tMedical Therapy\tChemotherapy\tTMZ\n"
    "P01\t1007\t1038\tTREATMENT\tMedical Therapy\t\tTMZ + thalidomide\n"
    "P01\t1088\t1132\tTREATMENT\tRadiation Therapy\tXRT\t\n"
    "P06\t0\t176\tTREATMENT\tMedical Therapy\tChemotherapy\tTMZ\n"
)


def test_a_public_study_is_read_and_every_decision_is_named(tmp_path):
    (tmp_path / "data_timeline_treatment.txt").write_text(GLIOMA)
    found = imported(tmp_path, "cbioportal")
    case = found.cases["P01"]
    assert [(each.kind, each.at.text) for each in case.events] == [
        ("diagnosis", "20XX"),
        ("treatment", "day-0 + 611 days/day-0 + 977 days"),
        ("treatment", "day-0 + 1007 days/day-0 + 1038 days"),
        ("radiotherapy", "day-0 + 1088 days/day-0 + 1132 days"),
    ]  # fmt: skip
    assert [[str(drug) for drug in each.drugs] for each in case.events[1:3]] == [
        ["TMZ"], ["TMZ", "thalidomide"]]  # fmt: skip
    assert case.events[1].note == "SUBTYPE: Chemotherapy"
    assert case.events[3].what == "XRT"
    assert {(row.what, row.count, row.became) for row in found.unread} >= {
        ("SUBTYPE", 2, "the note of its event"),
        ("line of therapy", 3, "lines numbered by the order of the treatments"),
    }
    dated = imported(tmp_path, "cbioportal", **{"day-zero": "2010-03-01"}).cases["P06"]
    assert [(each.kind, each.at.text) for each in dated.events] == [
        ("treatment", "2010-03-01/2010-08-24")
    ]  # 176 days later


OTHERS = (  # events as the docs describe them, and of types that are free
    "PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\tSTATUS\tTEST\tRESULT\tDIAGNOSTIC_TYPE\tSOURCE\n"
    "CACO2\t0\t\tSTATUS\tInitial Diagnosis\t\t\t\tclinic\n"
    "CACO2\t100\t\tLAB_TEST\t\tPSA\t10\t\t\n"
    "CACO2\t120\t\tImaging\t\t\tPD\tMRI\t\n"
    "CACO2\t130\t\tIMAGING\t\t\tclear\tCT\t\n"
    "CACO2\t140\t\tSTATUS\tNo progression\t\t\t\t\n"
    "CACO2\t150\t\tSTATUS\tProgression\t\t\t\t\n"
    "CACO2\t150\t160\tHOME CARE\t\t\t\t\tnurse\n"
    "CACO2\t400\tNA\tSTATUS\tDeceased\t\t\t\t\n"
)


def test_each_type_of_events_becomes_a_kind_and_the_rest_a_note(tmp_path):
    (tmp_path / "data_timeline_all.txt").write_text(OTHERS)
    found = imported(tmp_path, "cbioportal").texts["CACO2"]
    for line in (
        "{diagnosis: 20XX, what: Initial Diagnosis, note: 'SOURCE: clinic', id: day-0}",
        "{scan: day-0 + 120 days, modality: MRI, called: PD}",
        "{scan: day-0 + 130 days, modality: CT, note: 'RESULT: clear'}",
        "{visit: day-0 + 140 days, what: No progression}",
        "{progression: day-0 + 150 days, what: Progression}",
        "{death: day-0 + 400 days, what: Deceased}",
        "EVENT_TYPE: HOME CARE",
        "SOURCE: nurse",
        "PSA",
    ):
        assert line in found, found


@every_row(
    ("content", "message"),
    [
        ("", "no timeline"),
        ("PATIENT_ID\tSTART\n", "1:1: no column START_DATE"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\nA\tten\tSTATUS\n", ":2:2: START_DATE: not a whole"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\nA\t9999999\tSTATUS\n", ":2:2: START_DATE: not a"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\nA\t1e9\tSTATUS\n", ":2:2: START_DATE: not a whole"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\n\t1\tSTATUS\n", ":2:1: no PATIENT_ID"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\tSTART_DATE\n", "two columns START_DATE"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\nA\t1\tSTATUS\tx\n", "4 fields under 3 columns"),
        ("PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\nA\t9\t3\tTREATMENT\n", "is before START"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\tCASE_EVENT\tCASE_ENTRY\nA\t1\tX\tcat\t1\n",
         "unknown kind of event 'cat'"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\tCASE_EVENT\tCASE_ENTRY\nA\t1\tX\tscan\tone\n",
         "CASE_ENTRY: not a number"),
        (("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\tCASE_EVENT\tCASE_ENTRY\tGRADE\n"
         "A\t1\tX\ttoxicity\t1\t9\n"), "grade"),
        ("PATIENT_ID\tSTART_DATE\tEVENT_TYPE\nA\t1\tST\x00ATUS\n", "timeline_x.txt"),
    ],
)  # fmt: skip
def test_a_hostile_timeline_is_refused_with_its_place(content, message, tmp_path):
    (tmp_path / "data_timeline_x.txt").write_text(content)
    found, problems = import_cases(tmp_path, "cbioportal")
    assert found is None
    assert message in "\n".join(map(str, problems)), problems


@every_row("file", ["../secret.txt", "/etc/passwd", "..", "none.txt", ""])
def test_a_meta_file_names_a_file_of_the_folder(file, tmp_path):
    (tmp_path / "meta_timeline.txt").write_text(f"datatype: TIMELINE\ndata_filename: {file}\n")
    found, problems = import_cases(tmp_path, "cbioportal")
    assert found is None
    assert problems


@every_row(
    ("days", "zero", "written"),
    [  # by hand: day 0 is 1 February 2021 where it is known
        (Days(3, 3), "2021-02-01", "2021-02-04"),
        (Days(0, 27), "2021-02-01", "2021-02"),
        (Days(-31, 333), "2021-02-01", "2021"),
        (Days(0, 26), "2021-02-01", "2021-02-01/2021-02-27"),
        (Days(3, 3), "", "day-0 + 3 days"),
        (Days(-3, -3), "", "day-0 - 3 days"),
        (Days(3, 9), "", "3 to 9 days after day-0"),
        (Days(-9, -3), "", "3 to 9 days before day-0"),
        (Days(-9, 3), "", ".."),
    ],
)
def test_days_are_dates_where_day_0_has_one_and_else_counted_from_it(days, zero, written):
    from datetime import date

    calendar = Calendar(day_zero=date.fromisoformat(zero).toordinal() if zero else None)
    assert calendar.date(days) == written
