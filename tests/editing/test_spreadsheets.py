"""Tables as clinics have them: other headings, doses apart, words that are no kind of event."""

from __future__ import annotations

import pytest

from timeline.core.data_tables import data_rows
from timeline.editing import event_grid, pasted
from timeline.editing.paste.reading import has_headings
from timeline.exchange.event_cells import EVENT_FIELDS, LESION_FIELDS
from timeline.exchange.import_case import import_case
from timeline.exchange.new_case import Answers, new_case
from timeline.exchange.spreadsheets.case_headings import plain_heading
from timeline.exchange.spreadsheets.drug_cells import with_doses

START = "case: a\nevents:\n"
HEADINGS = (
    *("Event", "Start date", "Stop date", "Regimen", "Dose (mg/m²)", "Line of therapy"),
    *("Reason for discontinuation", "Response", "SLD (mm)", "ECOG PS", "Comments"),
)
ROWS = """\
treatment\t2021-04-10\t2021-09-01\tdoxorubicin\t75\t1\tprogression\t\t\t\t
scan\t2021-06-01\t\t\t\t\t\tPR\t41\t\tseen in the letter
scan\t2021-09-01\t\t\t\t\t\tprogressive disease\t60\t\t
performance\t2021-09-01\t\t\t\t\t\t\t\t1\t
"""
CLINIC = "\t".join(HEADINGS) + "\n" + ROWS
WRITTEN = """\
  - {treatment: 2021-04-10/2021-09-01, line: 1, drugs: doxorubicin 75 mg/m², stop: progression}
  - {scan: 2021-06-01, note: seen in the letter, sum: 41 mm, called: PR}
  - {scan: 2021-09-01, sum: 60 mm, called: progressive disease}
  - {performance: 2021-09-01, ecog: 1}
"""


def test_a_table_of_a_clinic_is_pasted_and_imported_alike(tmp_path):
    edited = pasted(START, "events", 0, "event", CLINIC)
    assert edited.problems == ()
    assert edited.text == START + WRITTEN
    assert edited.notes == ("each dose stands behind its drug, in drugs",)
    (tmp_path / "a.csv").write_text(CLINIC)
    imported, problems = import_case(tmp_path / "a.csv", name="a")
    assert problems == ()
    assert imported.text.endswith(WRITTEN)


def test_no_heading_has_two_meanings_and_each_row_has_a_field_or_an_advice():
    rows = list(data_rows("case_headings"))
    words = [plain_heading(word) for row in rows for word in row.texts("headings")]
    assert len(words) == len(set(words))
    known = {*EVENT_FIELDS.known, *LESION_FIELDS.known}
    for row in rows:
        assert bool(row.text("field")) != bool(row.text("write")), row.place
        assert row.text("field") in {"", *known}
        assert row.text("source")
    named = {
        word
        for row in rows
        if row.text("field")
        for word in map(plain_heading, row.texts("headings"))
    }
    assert not named & set(EVENT_FIELDS.known)  # the name of a field is always that field


ADVICE = [
    ("Best response", "derived from its scans"),
    ("PFS", "derived from the dates"),
    ("Patient ID", "identifies the patient"),
    ("Status", "death, last contact"),
    ("Cycle day", "unknown column 'Cycle day'"),
    ("Study Day", "day 15 of line 1"),
]


@pytest.mark.parametrize(("heading", "words"), ADVICE)
def test_a_heading_without_a_field_says_what_to_write(heading, words):
    edited = pasted(START, "events", 0, "event", f"event\tdate\t{heading}\nscan\t2021\tx")
    assert edited.text == START
    (problem,) = edited.problems
    assert (problem.where.line, problem.where.column) == (1, 3)
    assert words in problem.what
    assert "--" not in problem.what


def test_two_columns_of_one_field_are_refused():
    edited = pasted(START, "events", 0, "event", "event\tdate\tDrug\tRegimen\nscan\t2021\tx\ty")
    assert "two columns are the 'drugs'" in edited.problems[0].what


DOSES = [  # drugs, doses, the cell or the fault
    ("doxorubicin", "75 mg/m²", "doxorubicin 75 mg/m²"),
    ("carboplatin + paclitaxel", "AUC 5; 175 mg/m²", "carboplatin AUC 5; paclitaxel 175 mg/m²"),
    ("gemcitabine; docetaxel", "900 mg/m²", "1 dose for 2 drugs"),
    ("gemcitabine", "900 mg/m²; 75 mg/m²", "2 doses for 1 drug:"),
    ("doxorubicin 60 mg/m²", "75 mg/m²", "has a dose, and here is another"),
    ("doxorubicin", "75", "a dose without a unit: '75' (write 75 mg"),
    ("doxorubicin", "2 Gy", "not a dose"),
    ("", "75 mg", "a dose without a drug"),
]


@pytest.mark.parametrize(("drugs", "doses", "expected"), DOSES)
def test_doses_go_behind_their_drugs_only_where_it_is_clear_which(drugs, doses, expected):
    rows = f"event\tdate\tdrugs\tdose\ntreatment\t2021\t{drugs}\t{doses}"
    edited = pasted(START, "events", 0, "event", rows)
    if edited.problems:
        assert edited.text == START
        assert any(expected in each.what for each in edited.problems)
        assert (2, 4) in [(each.where.line, each.where.column) for each in edited.problems]
        with pytest.raises(ValueError, match=expected.split("(")[0].strip()):
            with_doses(drugs, doses)
    else:
        assert (
            event_grid(edited.text).rows[0].cells["drugs"] == expected == with_doses(drugs, doses)
        )


def test_the_dose_of_radiotherapy_stays_its_own():
    rows = "event\tdate\tDose (Gy)\nradiotherapy\t2021-03\t50"
    assert pasted(START, "events", 0, "event", rows).text == START + (
        "  - {radiotherapy: 2021-03, dose: 50 Gy}\n")  # fmt: skip


def test_a_word_that_is_no_kind_says_what_to_write_in_the_grid():
    told = pasted(START, "events", 0, "event", "CT\t2021\nchemotherapy\t2021").problems
    assert "write scan, with the columns modality: CT" in told[0].what
    assert "write {treatment: " in told[1].what
    told = pasted(
        START, "events", 0, "event", "event\tdate\tResponse\ntreatment\t2021\tPR"
    ).problems
    assert "the response is that of a scan" in told[0].what


def test_rows_without_a_kind_are_told_once():
    told = pasted(START, "events", 0, "event", "Start\tEnd\tRegimen\n2021\t2022\tx\n2022\t2023\ty")
    assert [each.what for each in told.problems] == [
        "no column with the kind of each row (add a column event: scan, treatment ..)"]  # fmt: skip


@pytest.mark.parametrize(
    ("clipboard", "key", "expected"),
    [
        ("chemotherapy\npembrolizumab", "drugs", False),  # a word for a column may be a value
        ("drugs\npembrolizumab", "drugs", True),
        ("procedure\tremarks\nbiopsy\tx", "what", False),
        ("what\tremarks\nbiopsy\tx", "what", True),
        ("Start\tStop date\tRegimen\n2021\t2022\tx", "event", True),
        ("event\tdate", "event", True),
        ("scan\t2021", "event", False),
    ],
)
def test_which_first_lines_are_headings(clipboard, key, expected):
    assert has_headings("events", clipboard, key) is expected


OPEN = "case: a\nevents:\n  # CARE 8a\n  - {diagnosis: 20XX}\n  - {scan: 20XX, modality: CT}\n"


def test_the_open_row_of_the_template_is_taken_by_the_pasted_one():
    rows = "scan\t2021-04\ndiagnosis\t2021-03\ndiagnosis\t2021-05"
    edited = pasted(OPEN, "events", 2, "event", rows)
    assert edited.text == OPEN.replace("diagnosis: 20XX", "diagnosis: 2021-03") + (
        "  - {scan: 2021-04}\n  - {diagnosis: 2021-05}\n"  # a scan with a key is no open row
    )
    assert edited.notes == ("row 1, which was diagnosis 20XX alone, is the pasted diagnosis now",)
    over = pasted(OPEN, "events", 0, "event", "diagnosis\t2021-03")
    assert over.text == OPEN.replace("diagnosis: 20XX", "diagnosis: 2021-03")
    assert over.notes == ()  # it was pasted over


def test_the_template_has_such_a_row():
    text = new_case("x", Answers())
    edited = pasted(text, "events", 1, "event", "diagnosis\t2021-03\t\tsarcoma")
    assert [row.cells["date"] for row in event_grid(edited.text).rows] == ["2021-03"]
    assert len(edited.notes) == 1
