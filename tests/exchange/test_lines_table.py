"""The table of lines: each value by hand next to the case, footnotes for what is vague."""

from __future__ import annotations

import csv
import io
import sys
import zipfile

import pytest
from typer.testing import CliRunner

import timeline as tl
from tests.situations.records import record
from timeline.cli.app import app
from timeline.exchange.lines_files import as_csv, as_markdown
from timeline.exchange.lines_table import HEADINGS, LinesTable

# PFS of line 1: 1 January to 29 June 2020 are 31 + 29 + 31 + 30 + 31 + 28 = 180 days, and
# 180 / 30.4375 = 5.91 months. Line 2: 10 July to 10 September are 21 + 31 + 10 = 62 days, 2.04.
CASE = """
case: hand2020
patient: {sex: female, age: 61}
events:
  - {diagnosis: 2019-11}
  - {treatment: 2019-11-10/2019-12-01, setting: neoadjuvant, drugs: ifosfamide}
  - {scan: 2019-12-20, baseline: 1}
  - {treatment: 2020-01-01/2020-06-29, line: 1, drugs: [doxorubicin, ifosfamide], stop: progression}
  - {toxicity: 2020-02-03, grade: 1, what: nausea}
  - {toxicity: 2020-02-10, grade: 3, what: neutropenia}
  - {toxicity: 2020-02-12, grade: 3, what: anaemia}
  - {toxicity: 2020-05, what: fatigue}
  - {scan: 2020-03-01, target: PR, new: none}
  - {scan: 2020-05-01, target: PR, new: none}
  - {scan: 2020-06-29, target: PD, new: liver, baseline: 2}
  - {toxicity: 2020-07-05/2020-07-20, grade: 2, what: rash}
  - {treatment: 2020-07-10/.., line: 2, drugs: trabectedin 1.5 mg/m², what: ongoing}
  - {scan: 2020-09-10, target: SD, new: none}
  - {toxicity: 2019-11-15, grade: 2, what: encephalopathy}
  - {last contact: 2020-09-10}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "hand2020.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


@pytest.fixture
def table(file):
    return tl.lines(tl.derive(tl.load_case(file)))


def _cells(table: LinesTable, line: int) -> dict[str, str]:
    row = table.rows[line - 1]
    return {heading: cell.text for heading, cell in zip(HEADINGS, row.cells, strict=True)}


def test_a_line_as_a_paper_prints_it(table):
    assert _cells(table, 1) == {
        "Line": "1",
        "Regimen": "doxorubicin + ifosfamide",
        "Dates": "2020-01-01 – 2020-06-29",
        "Criterion": "RECIST 1.1",
        "Best response": "PR",
        "PFS, months": "5.9",
        "Reason for stop": "progression",
        "Toxicity": "grade 3: neutropenia, anaemia; grade 2: rash; grade 1: nausea; "
        "grade not stated: fatigue",
    }


def test_an_ongoing_line_is_censored(table):
    cells = _cells(table, 2)
    assert cells["Dates"] == "2020-07-10 – ongoing"
    assert (cells["PFS, months"], cells["Reason for stop"]) == ("2.0+", "ongoing")
    assert cells["Best response"] == "SD"
    assert any(note.startswith("+ Censored") for note in table.notes)


def test_toxicity_between_two_lines_is_in_both_with_a_footnote(table):
    assert "rash" in _cells(table, 1)["Toxicity"]
    assert _cells(table, 2)["Toxicity"] == "grade 2: rash"
    notes = [text for _, text in table.footnotes]
    assert (
        "Adverse events that may belong to several treatments: "
        "rash (2020-07-05/2020-07-20), line 1 or 2."
    ) in notes


def test_a_range_of_grades_is_printed_as_it_is(file):
    text = file.read_text("utf-8").replace("grade: 3, what: anaemia", "grade: 3-4, what: anaemia")
    file.write_text(text, encoding="utf-8")
    toxicity = _cells(tl.lines(tl.derive(tl.load_case(file))), 1)["Toxicity"]
    assert toxicity.startswith("grade 3-4: anaemia; grade 3: neutropenia; grade 2: rash;")


def test_cycles_have_a_column_where_a_line_states_them(file):
    drug = "drugs: trabectedin 1.5 mg/m²"
    text = file.read_text("utf-8").replace(drug, f"{drug}, cycles: 4, cycle: 3 weeks")
    file.write_text(text, encoding="utf-8")
    table = tl.lines(tl.derive(tl.load_case(file)))
    assert table.headings == (*HEADINGS[:3], "Cycles", *HEADINGS[3:])
    assert [table.cells_of(row)[3].text for row in table.rows] == ["not stated", "4 (q3w)"]
    assert as_markdown(table).splitlines()[2].startswith("| Line | Regimen | Dates | Cycles |")
    assert [row["cycles"] for row in table.records()] == ["not stated", "4 (q3w)"]


def test_without_cycles_there_is_no_such_column(table):
    assert table.headings == HEADINGS


def test_a_date_without_any_day_is_what_the_record_states(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "case: a\nevents:\n- {surgery: .., id: first-operation}\n"
        "- {treatment: 19 months after first-operation/.., line: 1, drugs: x}\n",
        encoding="utf-8",
    )
    (row,) = tl.lines(tl.derive(tl.load_case(path))).rows
    assert row.cells[2].text == "19 months after surgery – ongoing"
    assert not row.cells[2].notes


def test_what_is_no_line_is_named_below(table):
    assert "Not in a line: neoadjuvant ifosfamide (2019-11-10 – 2019-12-01)." in table.notes
    assert "Adverse events before the first line: encephalopathy (2019-11-15)." in table.notes


def test_regimens_that_start_on_one_day_are_not_said_to_follow_each_other(file):
    beside = "  - {treatment: 2020-01-01/2020-03, line: 1, drugs: x}\n"
    text = file.read_text("utf-8") + beside + beside.replace("01-01/2020-03", "04/2020-05")
    file.write_text(text, encoding="utf-8")
    notes = [text for _, text in tl.lines(tl.derive(tl.load_case(file))).footnotes]
    assert (
        "Regimens of a line: line 1, doxorubicin + ifosfamide, 2020-01-01 – 2020-06-29 and "
        "x, 2020-01-01 – 2020-03, then x, 2020-04 – 2020-05."
    ) in notes


@pytest.mark.parametrize(
    ("event", "text"),
    [
        pytest.param("surgery: 2019-12-15, what: resection, site: femur, margin: R0",
                     "resection, femur, margin R0 (2019-12-15), before line 1", id="before all"),
        pytest.param("ablation: 2020-08, site: lung", "ablation, lung (2020-08), in line 2",
                     id="in a line that goes on"),
        pytest.param("surgery: 2020-07-01", "surgery (2020-07-01), after the end of line 1",
                     id="between two lines"),
        pytest.param("surgery: 2020-06-29", "surgery (2020-06-29), after the end of line 1",
                     id="on its last day"),
        pytest.param("surgery: 2020-06-28", "surgery (2020-06-28), in line 1",
                     id="on the day before"),
        pytest.param("surgery: 'after line 1 start, before line 2'",
                     "surgery (after line 1 start, before line 2), in or after the end of line 1",
                     id="by an order that leaves it open"),
        pytest.param("surgery: 'after line 1, before line 2'",
                     "surgery (after the start of line 1, before line 2), in or after the end of "
                     "line 1", id="a line without a side is its start"),
        pytest.param("surgery: 2020-06", "surgery (2020-06), in or after the end of line 1",
                     id="in the month in which the line ended"),
        pytest.param("radiotherapy: 2020-07/2020-08",
                     "radiotherapy (2020-07/2020-08), in line 1 or 2",
                     id="in the month in which the next began"),
        pytest.param('surgery: "after line 1 end, before line 2"',
                     "surgery (after line 1 end, before line 2), after the end of line 1",
                     id="by order only"),
        pytest.param("surgery: .., id: op", "surgery (not dated)", id="on any day"),
    ],
)  # fmt: skip
def test_local_therapy_is_named_below_with_its_line(event, text, file):
    file.write_text(f"{file.read_text('utf-8')}  - {{{event}}}\n", encoding="utf-8")
    notes = tl.lines(tl.derive(tl.load_case(file))).notes
    assert f"Local therapy: {text}." in notes


def test_a_criterion_that_the_report_does_not_name_is_applied(file, table):
    def noted(found):
        return [each for each in found.notes if each.startswith("Criterion of")]

    applied = "none is on record, RECIST 1.1 is applied here."
    assert noted(table) == [f"Criterion of lines 1, 2: {applied}"]
    text = file.read_text("utf-8").replace("line: 1,", "line: 1, criterion: RECIST 1.1,")
    file.write_text(text, encoding="utf-8")
    assert noted(tl.lines(tl.derive(tl.load_case(file)))) == [f"Criterion of line 2: {applied}"]


def test_ranges_are_those_of_the_figures_with_the_days_in_a_footnote():
    """Wang 2023. Line 1: 30 June to 1 October 2020 are 93 days, 1 June to 31 October 152; 3.06 and
    4.99 months. Line 4: 31 December 2021 to 1 May 2022 are 121, 1 December to 31 May 181."""
    table = tl.lines(tl.derive(tl.load_case("cases/wang2023.yaml")))
    pfs = [_cells(table, line)["PFS, months"] for line in (1, 4)]
    assert pfs == ["3.1 to 5.0", "4.0 to 5.9"]
    notes = " ".join(text for _, text in table.footnotes)
    assert "PFS in days: line 1, 93 to 152 days" in notes
    assert "; line 4, 121 to 181 days" in notes
    assert "end of line 3, before scan (progression after two cycles)" in notes
    assert "eribulin-scan" not in notes, "no reader knows the ids of the file"
    assert len(table.footnotes) == len({text.partition(":")[0] for _, text in table.footnotes})
    # hypothyroidism is "after line 4" and line 3 cannot have it, though their dates touch
    assert _cells(table, 3)["Toxicity"] == "none on record"
    assert "hypothyroidism" in _cells(table, 4)["Toxicity"]


@pytest.mark.parametrize(
    ("when", "cell", "note"),
    [
        (
            "2020-01~/2020-06-29",
            "about 2020-01 – 2020-06-29",
            "Dates that are approximate: start",
        ),
        ("2020-01?/2020-06-29", "2020-01 (uncertain) – 2020-06-29", "Dates that are uncertain"),
        ("2020-01-XX/2020-06-29", "2020-01 – 2020-06-29", ""),
        ("2020-01/", "2020-01 – not stated", ""),
        ('"[2020-01-03..2020-01-20]/2020-06"', "2020-01-03 to 2020-01-20 – 2020-06", "one day of"),
        # 60 days after 1 January 2020 is 1 March: 30 of January, 29 of February, 1 of March
        ("2020-01-01/line 1 + 60 days", "2020-01-01 – 2020-03-01", "counted from another event"),
        ("2020-01/after scan 2020-03-01", "2020-01 – not dated", "by order only"),
    ],
)
def test_dates_as_exactly_as_they_are_known(tmp_path, when, cell, note):
    path = tmp_path / "a.yaml"
    path.write_text(
        f"case: a\nevents:\n- {{treatment: {when}, line: 1, drugs: x}}\n"
        "- {scan: 2020-03-01, target: SD, line: 1}\n- {last contact: 2020-12-31}\n",
        encoding="utf-8",
    )
    row = tl.lines(tl.derive(tl.load_case(path))).rows[0]
    assert row.cells[2].text == cell
    assert note in " ".join(map(str, row.cells[2].notes))
    assert bool(note) is bool(row.cells[2].notes)


def test_each_criterion_of_a_line_is_named(file):
    done = CliRunner().invoke(app, ["lines", str(file), "--criterion", "iRECIST", "--json"])
    assert "By iRECIST: line 1, best response iPR, PFS 5.9" in done.output


@pytest.mark.parametrize(
    ("stop", "cell"),
    [
        pytest.param("", "followed by maintenance olaparib", id="no reason is stated"),
        pytest.param(", stop: completed", "completed as planned", id="a reason is stated"),
    ],
)
def test_a_line_that_maintenance_follows(stop, cell, tmp_path):
    """Maintenance outside of the lines says that the line before it had ended."""
    found, _ = record(
        tmp_path,
        f"""
        treatment: 2020-01-06/2020-05-01, line: 1, drugs: carboplatin{stop}
        treatment: 2020-06-01/2021-02-01, setting: maintenance, drugs: olaparib
        treatment: 2021-03-01/.., line: 2, drugs: paclitaxel
        """,
    )
    assert [row.cells[6].text for row in tl.lines(found).rows] == [cell, "ongoing"]


def test_csv_has_the_cells_and_the_footnotes_of_each_row(table):
    head, first, second = csv.reader(io.StringIO(as_csv(table)))
    assert head == [*HEADINGS, "Notes"]
    assert first[:-1] == list(_cells(table, 1).values())
    assert second[-1].startswith(
        "Best response, the only assessment on record: line 2. "
        "PFS in days: line 2, 62 days, 2.04 months, censored"
    )


def test_markdown_raises_the_letters_and_shows_nothing_but_text(file):
    text = file.read_text("utf-8").replace("what: rash", "what: <b>a|b</b>")
    file.write_text(text, encoding="utf-8")
    page = as_markdown(tl.lines(tl.derive(tl.load_case(file))))
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert "2.0+<sup>" in rows[3]
    assert "<b>" not in page
    assert all(row.replace("\\|", "").count("|") == len(HEADINGS) + 1 for row in rows)


def test_a_workbook_has_texts_only(file, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    file.write_text(file.read_text("utf-8").replace("what: rash", "what: =1+1"), encoding="utf-8")
    out = tmp_path / "lines.xlsx"
    assert CliRunner().invoke(app, ["lines", str(file), "-o", str(out)]).exit_code == 0
    sheet = openpyxl.load_workbook(out).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (*HEADINGS, "Notes")
    assert rows[1][:7] == ("1", "doxorubicin + ifosfamide", "2020-01-01 – 2020-06-29",
                           "RECIST 1.1", "PR", "5.9", "progression")  # fmt: skip
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_document_has_the_table_and_raised_letters(file, tmp_path):
    docx = pytest.importorskip("docx")
    out = tmp_path / "lines.docx"
    assert CliRunner().invoke(app, ["lines", str(file), "-o", str(out)]).exit_code == 0
    document = docx.Document(out)
    grid = document.tables[0]
    assert [cell.text for cell in grid.rows[0].cells] == list(HEADINGS)
    pfs = grid.rows[2].cells[5].paragraphs[0]
    assert (pfs.runs[0].text, pfs.runs[0].font.superscript) == ("2.0+", None)
    assert pfs.runs[1].font.superscript
    assert zipfile.is_zipfile(out)


@pytest.mark.parametrize(
    ("module", "suffix", "expected"),
    [("openpyxl", "xlsx", "[xlsx]"), ("docx", "docx", "[docx]")],
)
def test_a_missing_library_names_the_extra(file, tmp_path, monkeypatch, module, suffix, expected):
    monkeypatch.setitem(sys.modules, module, None)
    done = CliRunner().invoke(app, ["lines", str(file), "-o", str(tmp_path / f"a.{suffix}")])
    assert done.exit_code == 2
    assert f"oncology-timeline{expected}" in done.output


def test_refusals(file, tmp_path):
    run = CliRunner().invoke
    done = run(app, ["lines", str(file), "-o", str(tmp_path / "a.pdf")])
    assert (done.exit_code, "write .md, .csv, .xlsx, .docx" in done.output) == (2, True)
    assert run(app, ["lines", str(file), "-o", str(file)]).exit_code == 2
    assert file.read_text("utf-8") == CASE
    with pytest.raises(TypeError, match="takes a DerivedCase"):
        tl.lines(tl.load_case(file))


def test_a_case_without_lines_has_a_note(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("case: a\nevents:\n- {diagnosis: 2020}\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["lines", str(path)])
    assert (done.exit_code, "no systemic line on record" in done.output) == (0, True)


def test_a_notebook_and_pandas_get_the_table(table, monkeypatch):
    assert table._repr_html_().startswith("<table>")
    row = table.records()[0]
    assert (row["line"], row["pfs_state"], round(row["pfs_months_low"], 2)) == (1, "event", 5.91)
    assert repr(table) == "<LinesTable hand2020: 2 lines, 3 footnotes>"


def test_no_drug_is_broken_where_the_columns_have_room(tmp_path):
    """Rich breaks a word that is longer than its column: pembrolizuma/b."""
    path = tmp_path / "wide.yaml"
    path.write_text(
        "case: wide\nevents:\n"
        "  - {treatment: 2019-05/before line 2, line: 1, drugs: [carboplatin, gemcitabine], "
        "cycles: 5, stop: progression}\n"
        "  - {treatment: 2019-10/.., line: 2, drugs: pembrolizumab, cycle: 3 weeks}\n"
        "  - {toxicity: after line 2 start, term: rash, grade: 1, line: 2}\n",
        encoding="utf-8",
    )
    shown = CliRunner().invoke(app, ["lines", str(path)])
    assert shown.exit_code == 0
    for drug in ("carboplatin", "gemcitabine", "pembrolizumab"):
        assert drug in shown.output
