"""Tables pasted from a spreadsheet, as it copies them."""

from __future__ import annotations

import pytest

from renderers.tables.csv_table import MISSING
from tests.editing.test_laws import loaded
from timeline.editing import event_grid, pasted, with_rows
from timeline.editing.claim_rows import claim_grid
from timeline.exchange.import_case import import_case

START = "case: a\n# the chart of 2023\nevents:\n"
# twelve events as Excel copies them: tabs, dates as they are displayed, line breaks in quotes
TWELVE = "\r\n".join(
    (
        "Event\tDate\tEnd\tWhat\tLine\tDrugs\tStop\tBaseline\tSum (mm)\tNew\tCalled\tGrade\tNote",
        "diagnosis\t2021/3/5\t\tleiomyosarcoma, uterus\t\t\t\t\t\t\t\t\t",
        "surgery\t2021-03-15\t\thysterectomy\t\t\t\t\t\t\t\t\t\"seen \nin the letter\"",
        "scan\t2022-01\t\t\t\t\t\t1\t82\t\t\t\t",
        "treatment\t2022-02-01\t2022-08\t\t1\tdoxorubicin 75 mg/m² IV\tprogression\t\t\t\t\t\t",
        "Scan\t2022-05\t\t\t\t\t\t\t50.5\tnone\tPR\t\t",
        "toxicity\tMay 2022\t\tneutropenia\t\t\t\t\t\t\t\t3.0\t",
        "scan\t2022-08\t\t\t\t\t\t2\t\tliver; L1\tPD\t\t",
        "treatment\t2022-09-01\tongoing\t\t2\tgemcitabine; docetaxel\t\t\t\t\t\t\t",
        "performance\t2022-10\t\tup and about\t\t\t\t\t\t\t\t\t",
        "scan\t2022-11\t\t\t\t\t\t\t\tnone\tSD\t\t",
        "symptom\t2022-12\t\tpain\t\t\t\t\t\t\t\t\t",
        "last contact\t2023-01\t\talive\t\t\t\t\t\t\t\t\t",
        "",
    )
)  # fmt: skip


def test_twelve_events_pasted_are_those_that_the_command_imports(tmp_path):
    edited = pasted(START, "events", 0, "event", TWELVE)
    assert edited.problems == ()
    assert edited.text.startswith(START)
    table = tmp_path / "a.csv"
    table.write_text(TWELVE, "utf-8")
    imported, problems = import_case(table, name="a")
    assert problems == ()
    case = loaded(edited.text)[0].case
    assert case.events == imported.case.events
    assert len(case.events) == 12
    assert edited.text.count("\n") == 3 + 12  # each fits on a line


def test_the_same_table_as_csv_and_after_events_that_are_there():
    rows = [line.split("\t") for line in TWELVE.replace("seen \n", "seen ").split("\r\n") if line]
    csv = "\n".join(",".join(f'"{cell.strip(chr(34))}"' for cell in row) for row in rows)
    semicolons = "\n".join(";".join(f'"{cell.strip(chr(34))}"' for cell in row) for row in rows)
    tabs = pasted(START, "events", 0, "event", TWELVE).text
    assert pasted(START, "events", 0, "what", csv).text == tabs
    assert pasted(START, "events", 0, "what", semicolons).text == tabs
    text = f"{START}  - {{symptom: 2021-02}}  # first\n"
    edited = pasted(text, "events", 1, "event", TWELVE)
    assert edited.text == text + tabs.removeprefix(START)


FAULTS = [
    ("scan\t15.03.2021", [(1, 2, "write 2021-03-15")]),
    ("scan\t03/04/2021", [(1, 2, "2021-04-03 if the day comes first, 2021-03-04 if the month")]),
    (
        "scan\t44209\nCT\t2021",
        [(1, 2, "a spreadsheet date: write 2021-01-13"), (2, 1, "unknown kind of event 'CT'")],
    ),
    ("scan\t\ndeath\tMar-21", [(1, 2, "no date"), (2, 2, "a year or a day?")]),
    ("event\tdate\tWard\nscan\t2021\tx", [(0, 3, "unknown column 'Ward'")]),
    ("event\tdate\tgrade\nscan\t2021\t3", [(1, 3, "scan has no 'grade'")]),
    (
        "event\tdate\tdate\nscan\t2021\t2022",
        [(0, 3, "two columns are the 'date': 'date' and 'date, column 3' (")],
    ),
    ("patient\t2021", [(1, 2, "the patient has no 'date'")]),
    ("scan\t2021" + "\t" * 100 + "x", [(1, 102, "102 columns")]),
]


@pytest.mark.parametrize(("clipboard", "expected"), FAULTS)
def test_every_fault_of_a_paste_has_its_row_and_column(clipboard, expected):
    edited = pasted(START, "events", 0, "event", clipboard)
    assert edited.text == START
    assert len(edited.problems) == len(expected)
    for problem, (row, column, words) in zip(edited.problems, expected, strict=True):
        assert (problem.where.line, problem.where.column) == (row, column)
        assert words in problem.what
        assert "--" not in problem.what  # a page has no options


def test_days_with_the_year_last_are_read_where_their_order_is_stated():
    text = pasted(START, "events", 0, "event", "scan\t03/04/2021", order="dmy").text
    assert event_grid(text).rows[0].cells["date"] == "2021-04-03"
    text = pasted(START, "events", 0, "event", "scan\t03/04/2021", order="mdy").text
    assert event_grid(text).rows[0].cells["date"] == "2021-03-04"


GRID = f"""{START}  - {{diagnosis: 2021-03, what: sarcoma}}  # from the letter
  - scan: 2021-04
    # no contrast
    what: chest
    modality: CT
  - {{last contact: 2022}}
"""


def test_one_column_goes_down_from_its_cell_and_below_the_last_row():
    edited = pasted(GRID, "events", 0, "what", "leiomyosarcoma\nchest, abdomen\nalive\n")
    assert edited.text == GRID.replace("sarcoma}", "leiomyosarcoma}").replace(
        "what: chest", "what: chest, abdomen"
    ).replace("2022}", "2022, what: alive}")
    edited = pasted(GRID, "events", 2, "event", "death\nscan")
    assert [each.what.partition(" (")[0] for each in edited.problems] == ["no date"]
    edited = pasted(GRID, "events", 2, "event", "death\t2023\nsymptom\t2021-05")
    assert edited.text == GRID.replace("last contact: 2022", "death: 2023") + (
        "  - {symptom: 2021-05}\n"
    )


def test_a_block_with_the_columns_that_are_shown():
    shown = ("event", "date", "modality", "what")
    edited = pasted(GRID, "events", 1, "date", "2021-05\tMRI\tpelvis", columns=shown)
    cells = event_grid(edited.text).rows[1].cells
    assert cells == {"event": "scan", "date": "2021-05", "modality": "MRI", "what": "pelvis"}
    assert "# no contrast" in edited.text
    emptied = pasted(GRID, "events", 1, "modality", "\t\n", columns=shown)
    assert event_grid(emptied.text).rows[1].cells == {"event": "scan", "date": "2021-04"}
    with pytest.raises(ValueError, match="no such column: 'size'"):
        pasted(GRID, "events", 1, "size", "2021", columns=shown)


def test_a_word_for_an_empty_cell_is_none_of_its_texts():
    for word in MISSING:
        edited = pasted(GRID, "events", 1, "modality", word or "\t")
        assert "modality" not in event_grid(edited.text).rows[1].cells


def test_a_quotation_mark_within_a_text_is_kept():
    edited = pasted(GRID, "events", 0, "what", 'a 5" mass')
    assert event_grid(edited.text).rows[0].cells["what"] == 'a 5" mass'
    edited = pasted(GRID, "events", 0, "what", '"a ""large"" mass\nof the leg"')
    assert event_grid(edited.text).rows[0].cells["what"] == 'a "large" mass of the leg'


CLAIMS = "subject\twhat\tvalue\tplace\n" + "\n".join(
    ("line 1\tPFS\t4.7 months\tAbstract", "scan 2021-04\tresponse\tPR\tAbstract",
     "patients with pain\tcount\tseven\tTable 1", "\tfollow-up\t9 months\tTable 1")
)  # fmt: skip


def test_claims_pasted_by_subject_what_value_and_place():
    edited = pasted(GRID, "claims", 0, "claim", CLAIMS)
    assert edited.problems == ()
    assert (
        edited.text
        == f"""{GRID}claims:
  - {{PFS: 4.7 months, place: Abstract, line: 1}}
  - {{response: PR, place: Abstract, of: scan 2021-04}}
  - {{count: seven, place: Table 1, about: patients with pain}}
  - {{follow-up: 9 months, place: Table 1}}
"""
    )
    assert loaded(edited.text)[1] == ()
    subjects = [row.cells["subject"] for row in claim_grid(edited.text).rows]
    assert subjects == [
        "PFS line 1", "response of scan 2021-04", "patients with pain", "follow-up"]  # fmt: skip


def test_rows_of_the_grid_of_claims_can_be_written_again():
    rows = [row.cells for row in claim_grid(pasted(GRID, "claims", 0, "claim", CLAIMS).text).rows]
    again = with_rows(GRID, "claims", 0, rows)
    assert again.problems == ()
    assert [row.cells for row in claim_grid(again.text).rows] == rows


def test_the_hint_for_a_scan_contradicts_no_response_of_its_row():
    head = "event\tdate\tcalled\n"
    edited = pasted(GRID, "events", 3, "event", f"{head}CT\t2021\tPD")
    assert "modality: CT, called: PD)" in edited.problems[0].what
    edited = pasted(GRID, "events", 3, "event", f"{head}CT\t2021\t")
    assert "findings such as target: shrunk" in edited.problems[0].what


@pytest.mark.parametrize(
    ("typed", "write"),
    [("CEA 84.2 ng/mL", "CEA: 84.2 ng/mL"), ("CA 19-9 44", "CA 19-9: 44"), ("CEA", "NAME: VALUE")],
)
def test_a_value_without_its_colon_is_told_how_to_be_written(typed, write):
    edited = pasted(START, "events", 0, "event", f"event\tdate\tvalues\nlab\t2021\t{typed}")
    assert f"(write {write}" in edited.problems[0].what
