"""Files that were made to do harm, one of each kind that mutated files have shown: each ends in a
message or a result, within a second of processor time and little memory.

`tests.bench.mutated_files` makes such files by the ten thousand.
"""

from __future__ import annotations

import io
import json
import re
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from renderers.tables import workbook_limits
from tests.machine_speed import slowness
from timeline.cli.app import app

SECONDS, MEGABYTES = 1.0, 100
LARGE = 20_000_000  # bytes of a part, which compress to a few thousand


def run(*words: str) -> tuple[int, str]:
    """Exit code and output of a command; an exception that is no message is raised."""
    done = CliRunner().invoke(app, list(words))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def workbook(path: Path, pattern: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> None:
    """A workbook of two rows in which the first match of a pattern in a part is something else."""
    openpyxl = pytest.importorskip("openpyxl")
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in (("event", "date"), ("scan", "2021-03")):
        book.active.append(row)
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in old.namelist():
            text = old.read(name).decode()
            out.writestr(
                name, re.sub(pattern, lambda _: new, text, count=1) if name == part else text
            )


LAST = r'r="B2"'
SHARED = '<c r="B2"><f t="shared" si="0">{}</f></c>{}'
OTHERS = "".join(
    f'<c r="{letter}2"><f t="shared" si="0"/></c>' for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ"
)


@pytest.mark.parametrize(
    ("pattern", "new", "wanted"),
    [
        pytest.param(LAST, 'r="XFD2"', "cell XFD2 (at most 500 columns", id="the last column"),
        pytest.param(r'<row r="2"', '<row r="1048576"', "row 1048576 (at most", id="the last row"),
        pytest.param(LAST, 'r="AAAAAA2"', "damaged: cell 'AAAAAA2'", id="no such column"),
        pytest.param(LAST, 'r="B1"', "damaged: cell 'B1' in row 2", id="a cell of another row"),
        pytest.param(r'<row r="2"', '<row r="1"', "damaged: row '1' after row 1", id="a row twice"),
        pytest.param("</sheetData>", "</sheetData>" + "<c/>" * (LARGE // 4), "over 8 MB",
          id="a bomb"),
        pytest.param("<sheetData>", "<a>" * 200 + "</a>" * 200 + "<sheetData>", "damaged",
          id="deep"),
        pytest.param(
            r'<c r="B2".*?</c>', SHARED.format("A1+" * 100_000 + "A1", OTHERS), "shared formulas",
            id="shared formulas",
        ),
    ],
)  # fmt: skip
def test_a_workbook_that_is_too_large_or_damaged_is_refused(tmp_path, pattern, new, wanted):
    path = tmp_path / "a.xlsx"
    workbook(path, pattern, new)
    run("import", str(path))  # imports what it needs
    began = time.process_time()
    code, output = run("import", str(path))
    assert time.process_time() - began < SECONDS * slowness()
    assert (code, wanted in output) == (2, True), output


def test_a_workbook_of_too_many_elements_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_limits, "_MOST_ELEMENTS", 3000)
    path = tmp_path / "a.xlsx"
    workbook(path, "</sheetData>", "</sheetData>" + "<d/>" * 3000)
    code, output = run("import", str(path))
    assert (code, "over 3,000 elements" in output) == (2, True), output


@pytest.mark.parametrize(
    ("part", "before", "many"),
    [
        pytest.param("xl/workbook.xml", "</workbook>", "<row/>", id="elements of no meaning"),
        pytest.param("xl/styles.xml", "</cellXfs>", "<xf/>", id="styles"),
        pytest.param("[Content_Types].xml", "</Types>", '<Override PartName="/a" ContentType="b"/>',
                     id="types of parts"),
        pytest.param("xl/_rels/workbook.xml.rels", "</Relationships>",
                     '<Relationship Type="a" Id="b" Target="c"/>', id="relations"),
    ],
)  # fmt: skip
def test_parts_that_are_read_whole_are_small(tmp_path, part, before, many):
    path = tmp_path / "a.xlsx"
    workbook(path, before, many * 150_000 + before, part)
    run("import", str(path))
    began = time.process_time()
    code, output = run("import", str(path))
    assert time.process_time() - began < SECONDS * slowness()
    assert (code, "over 25,000 styles" in output) == (2, True), output
    workbook(path, before, many * 3000 + before, part)  # as programs write them
    assert "over 25,000" not in run("import", str(path))[1]


def test_merged_cells_of_a_whole_sheet_take_no_memory(tmp_path):
    path = tmp_path / "a.xlsx"
    merged = '</sheetData><mergeCells><mergeCell ref="C1:XFD50000"/></mergeCells>'
    workbook(path, "</sheetData>", merged)
    run("import", str(path))
    tracemalloc.start()
    code, output = run("import", str(path))
    used = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    assert (code, used < MEGABYTES) == (0, True), (output, used)


def vectors(**point: object) -> str:
    """A file of one vector; the keys are those of its one time point."""
    entry = {
        "id": "a", "criteria": "RECIST 1.1", "kind": "findings", "expected": {"labels": ["SD"]},
        "input": {"baseline": {"target_sum": 50},
                  "timepoints": [{"day": 50, "target_sum": 50, **point}]},
    }  # fmt: skip
    return json.dumps({"vectors": [entry]})


CASE = str(Path(__file__).parents[1] / "situations/inputs/files/P120-bom-crlf.yaml")
CLAIM = "source: a\nclaims:\n  Abstract:\n    - {{{}}}\n"
NINES = "9" * 40
LAUGHS = "case: TODO\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * 9)}]\n" for n in range(10)
)


@pytest.mark.parametrize(
    ("name", "content", "command", "code", "wanted"),
    [
        pytest.param("a.json", vectors(day=int(NINES)), ("conformance",), 1,
          "more days than a life",
                     id="a day that no integer of the machine holds"),
        pytest.param("a.json", vectors(new_lesions=int(NINES)), ("conformance",), 1,
                     "more new lesions than a scan shows", id="a count of that kind"),
        pytest.param("a.json", '{"vectors": [' + "9" * 5000 + "]}", ("conformance",), 2,
                     "a number of 5000 digits", id="a number of 5,000 digits"),
        pytest.param("a.yaml", CLAIM.format(f"grade: {NINES}, about: CR"), ("audit",), 0, "1 claim",
                     id="a number of forty digits in words"),
        pytest.param("a.yaml", CLAIM.format(f"schedule: every -{NINES} weeks, about: CR"),
          ("audit",),
                     0, "1 claim", id="one of a schedule"),
        pytest.param("a.txt", "In May 2021 a" + ":" * 30_000 + "b.\n", ("draft",), 0, "TODO",
                     id="a line of colons"),
        pytest.param("a.xml",
          f"<article><body><sec><title>a{':' * 30_000}b</title><p>In May 2021.</p>"
                     "</sec></body></article>", ("draft",), 0, "TODO", id="a title of colons"),
        pytest.param("a.yaml", "source: a\nclaims:\n" + "  A:\n  - {p: 1, about: b}\n" * 900,
                     ("check", "--fix"), 2, "'A' is given twice", id="a key a thousand times"),
        pytest.param("a.csv", "event,date,b" + "[" * 12_000 + "\nscan,2021,c\n", ("import",), 2,
                     "unknown column", id="a heading of brackets"),
        pytest.param("a.yaml", "case: a\nevents:\n  - {scan: 2021-12-" + "\u00a0" * 600 + "c}\n",
                     ("check",), 2, "a.yaml:3", id="a date of many blanks"),
        pytest.param("a.txt", f"In May 2021 {'9' * 5000} and 5 mm.\n", ("check", CASE, "--text"), 1,
                     "not found", id="a number of 5,000 digits in a report"),
        pytest.param("a.csv", "event,date,end,line\n" + "scan,x,y,z\n" * 3334,  # three in each
                     ("import",), 2, "more like these", id="ten thousand faults"),
        pytest.param("a.txt", "In May 2021.\n" + "\n" * 30_000 + "Then.",
                     ("check", CASE, "--text"), 1, "not found", id="thirty thousand empty lines"),
        pytest.param("a.yaml", "case: a\nnote: &x [TODO, *x]\nevents: []\n", ("check",), 2,
                     "not decided yet", id="a node within itself, not decided"),
        pytest.param("a.yaml", LAUGHS, ("check",), 2, "not decided yet",
                     id="a node a billion times, not decided"),
        pytest.param("a.csv", "id,start,end,state" + ",x" * 20_000 + "\nA,1,2,b\n",
                     ("draw", "-o", "figure.svg", "--table"), 2, "20,004 columns (at most 500",
                     id="twenty thousand columns"),
        pytest.param("a.txt", "She had " + "a scan on 1 January 2021, and " * 900,
                     ("check", CASE, "--text"), 1, "not found",
                     id="nine hundred dates in a sentence"),
    ],
)  # fmt: skip
def test_a_file_made_to_do_harm_ends_in_a_message(tmp_path, name, content, command, code, wanted):
    path = tmp_path / name
    path.write_text(content, "utf-8")
    report = str(Path(__file__).parents[1] / "data/reports/he2022.txt")
    run("check", CASE, "--text", report)  # imports and compiles what it needs
    run("draft", report)
    began = time.process_time()
    found, output = run(*command, str(path))
    assert time.process_time() - began < SECONDS * slowness()
    assert (found, wanted in output) == (code, True), output
