"""The case's own data as fields: both ways in step with the text, comments kept."""

from __future__ import annotations

import pytest

from tests.editing.test_laws import EVERY, loaded, sound
from tests.rows import every_row
from timeline.core.schema import schema_of
from timeline.editing import case_fields, pasted, with_fields
from timeline.editing.case_fields import setting_words
from timeline.exchange.new_case import Answers, new_case
from timeline.record.case import Case, Patient
from timeline.settings.response import SETTINGS


def cases():
    """The names of the files without a fault that hold a case."""
    return [name for name in sound() if isinstance(loaded(EVERY[name])[0].case, Case)]


def values(text):
    return {each.key: each.value for each in case_fields(text) if each.value}


def test_every_key_of_the_patient_is_a_field_with_its_meaning():
    fields = case_fields("case: a\nevents: []\n")
    assert [each.key for each in fields] == [
        "case",
        *(f"patient.{key}" for key in schema_of(Patient)),
    ]
    assert all(each.description for each in fields)


@every_row("name", cases)
def test_the_fields_are_those_that_the_loader_reads_and_writing_them_changes_nothing(name):
    text = EVERY[name]
    found, case = values(text), loaded(text)[0].case
    assert found["case"] == case.name
    for key, (attribute, _) in schema_of(Patient).items():
        assert found.get(f"patient.{key}", "") == getattr(case.patient, attribute)
    assert with_fields(text, found).text == text


@every_row("name", cases)
def test_a_field_that_is_set_is_read_and_every_comment_stays(name):
    text = EVERY[name]
    edited = with_fields(text, {"patient.note": "a, b: c", "patient.age": "about 60"})
    assert edited.problems == ()
    case, before = loaded(edited.text)[0].case, loaded(text)[0].case
    assert (case.patient.note, case.patient.age) == ("a, b: c", "about 60")
    assert (case.patient.sex, case.events) == (before.patient.sex, before.events)
    old = values(text)
    back = with_fields(edited.text, {k: old.get(k, "") for k in ("patient.note", "patient.age")})
    assert values(back.text) == old
    if "patient.sex" in old:  # the block was there, and is as it was
        assert with_fields(back.text, old).text == back.text


def test_a_new_block_stands_before_the_events_and_goes_with_its_last_key():
    text = "case: a\n# the events\nevents:\n  - {diagnosis: 2021-03}\n"
    edited = with_fields(text, {"patient.sex": "female"})
    assert edited.text == text.replace("case: a\n", "case: a\npatient:\n  sex: female\n")
    assert with_fields(edited.text, {"patient.sex": ""}).text == text


def test_the_template_takes_a_patient_and_its_comments_stay():
    text = new_case("x", Answers())
    edited = with_fields(text, {"patient.sex": "male", "patient.site": "lung", "case": "y"})
    assert [line for line in edited.text.splitlines() if "#" in line] == [
        line for line in text.splitlines() if "#" in line]  # fmt: skip
    case = loaded(edited.text)[0].case
    assert (case.name, case.patient.sex, case.patient.site) == ("y", "male", "lung")


LAYOUTS = [
    ("{case: a, events: []}\n", "{case: a, events: [], patient: {sex: male}}\n"),
    ("case: a\npatient:\nevents: []\n", "case: a\npatient:\n  sex: male\nevents: []\n"),
    (
        "case: a\npatient: {age: 61}  # x\nevents: []\n",
        "case: a\npatient: {age: 61, sex: male}  # x\nevents: []\n",
    ),
    (
        "case: a\r\npatient:\r\n  age: 61  # x\r\nevents: []\r\n",
        "case: a\r\npatient:\r\n  age: 61  # x\r\n  sex: male\r\nevents: []\r\n",
    ),
    (
        "case: a\nsource: r.yaml\nlesions: {T1: {organ: liver}}\nevents: []",
        "case: a\nsource: r.yaml\npatient:\n  sex: male\nlesions: {T1: {organ: liver}}\nevents: []",
    ),
    ("case: a", "case: a\npatient:\n  sex: male"),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_layouts(text, expected):
    assert with_fields(text, {"patient.sex": "male"}).text == expected


FAULTS = [
    ("case: a\nevents: []\n", {"patient.age": "old"}, "age: "),
    ("case: a\nevents: []\n", {"patient.name": "X"}, "the patient has no 'name'"),
    ("case: a\nevents: []\n", {"case": " "}, "empty value"),
    ("case: a\npatient: female\nevents: []\n", {"patient.age": "61"}, "holds a text, not keys"),
    ("case: a\nevents: []\n", {"settings.confirm_days": "x"}, "confirm_days"),
    ("case: a\nevents: []\n", {"settings.colour": "red"}, "there is no 'colour'"),
    ("source: a\ncase: b.yaml\nclaims: []\n", {"patient.age": "61"}, "the file is no case"),
    ("case: [a\nevents: []\n", {"patient.age": "61"}, "not YAML here"),
]


@pytest.mark.parametrize(("text", "changes", "words"), FAULTS)
def test_a_value_that_is_not_taken_leaves_the_text_as_it_is(text, changes, words):
    edited = with_fields(text, changes)
    assert edited.text == text
    assert words in edited.problems[0].what


def test_settings_of_the_file_are_fields_with_their_words():
    text = "case: a\nsettings: {pr_persistence: off}\nevents: []\n"
    field = case_fields(text)[-1]
    assert (field.key, field.value) == ("settings.pr_persistence", "off")
    assert field.words == ("as_required", "after_confirmed", "off", "on")
    assert setting_words("confirm_days") == ()  # a number
    edited = with_fields(text, {"settings.pr_persistence": "on", "settings.confirm_days": "14"})
    assert edited.text == text.replace("off}", "on, confirm_days: 14}")
    assert all(SETTINGS[name].description for name in SETTINGS)


@pytest.mark.parametrize("text", ["", "source: a\ncase: b.yaml\nclaims: []\n", "[", "case: [\n"])
def test_a_text_that_is_no_case_has_no_fields(text):
    assert case_fields(text) == ()


START = "case: a\nevents:\n  - {diagnosis: 20XX}\n"
ROWS = "event\tdate\tsex\tage\tsite\npatient\t\tfemale\t61\tuterus\nscan\t2021-04\t\t\t\n"


def test_a_pasted_row_of_the_patient_fills_the_fields():
    edited = pasted(START, "events", 1, "event", ROWS)
    assert edited.text == (
        "case: a\npatient:\n  sex: female\n  age: 61\n  site: uterus\nevents:\n"
        "  - {diagnosis: 20XX}\n  - {scan: 2021-04}\n"
    )
    assert edited.notes == ("the row of the patient fills sex, age, site",)
    again = pasted(
        edited.text, "events", 2, "event", "event\tdate\tsex\tage\npatient\t\tfemale\t62"
    )
    assert again.text == edited.text.replace("61", "62")
    assert again.notes == ("the row of the patient fills age (age was '61')",)
    empty = pasted(again.text, "events", 2, "event", "event\tdate\tsex\npatient\t\tNA")
    assert (empty.text, empty.notes) == (again.text, ("the row of the patient changes nothing",))


PATIENTS = [
    ("event\tdate\tsex\npatient\t2021\tmale", (1, 2, "the patient has no 'date'")),
    ("event\tdate\tage\npatient\t\told", (1, 3, "old")),
    ("event\tdate\tsex\npatient\t\tmale\npatient\t\tmale", (2, 1, "a second patient")),
    ("event\tdate\tdrugs\npatient\t\tx", (1, 3, "the patient has no 'drugs'")),
    ("event\tdate\tDOB\npatient\t\t1960", (0, 3, "identifies the patient")),
]


@pytest.mark.parametrize(("clipboard", "expected"), PATIENTS)
def test_faults_of_the_row_of_the_patient_have_their_cell(clipboard, expected):
    edited = pasted(START, "events", 1, "event", clipboard)
    assert edited.text == START
    problem = edited.problems[0]
    assert (problem.where.line, problem.where.column) == expected[:2]
    assert expected[2] in problem.what


def test_a_report_has_no_patient_to_be_pasted():
    text = "source: a\nclaims:\n  - {PFS: 4 months}\n"
    edited = pasted(text, "events", 0, "event", "event\tdate\tsex\npatient\t\tmale")
    assert edited.text == text
    assert "no case and has no patient" in edited.problems[0].what
