"""``timeline report``: its arguments, its messages, and that all files appear or none."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.views.board_report.records import MEASURED
from timeline.cli.app import app

ROOT = Path(__file__).parents[2]
JIN, LIU = ROOT / "cases" / "jin2025.yaml", ROOT / "seeds" / "liu2025.yaml"


def run(*words):
    return CliRunner().invoke(app, ["report", *map(str, words)])


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "measured.yaml"
    path.write_text(MEASURED)
    return path


def test_several_formats_are_written_in_one_call(case, tmp_path):
    outs = [tmp_path / f"board.{suffix}" for suffix in ("html", "docx")]
    done = run(case, "-o", outs[0], "-o", outs[1])
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{outs[0]}, {outs[1]}: report of measured\n"
    assert all(each.stat().st_size > 5000 for each in outs)
    assert not list(tmp_path.glob(".timeline-*"))


def test_a_contradicted_claim_is_no_fault_of_the_report(tmp_path):
    """The report shows what the audit finds; only ``timeline audit`` has it as its exit code."""
    assert run(LIU, "-o", tmp_path / "liu.html").exit_code == 0


def test_json_is_the_content(case):
    done = run(case, "--json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert data["title"] == "Treatment history: measured"
    by_key = {each["key"]: each for each in data["sections"]}
    (lines,) = by_key["lines"]["blocks"]
    first = [row["regimen"].partition("\n")[0] for row in lines["rows"]]  # doses are below
    assert first == ["pembrolizumab", "trabectedin"]


def test_a_short_report_has_what_a_board_sees_first_and_says_so(case):
    data = json.loads(run(case, "--json", "--short").stdout)
    keys = [each["key"] for each in data["sections"]]
    assert keys == ["patient", "lines", "questions", "timeline"]
    assert data["closing"].startswith("Short form: the full report has scans, endpoints, audit")


def test_a_folder_is_a_cohort(tmp_path):
    for name in ("one", "two"):
        text = MEASURED.replace("case: measured", f"case: {name}")
        (tmp_path / f"{name}.yaml").write_text(text)
    (tmp_path / "palette.yaml").write_text("not: a case\n")
    (tmp_path / "notes.txt").write_text("not a case\n")
    done = run(tmp_path, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["title"] == "Treatment histories of 2 patients"


def test_the_report_of_a_folder_leaves_faulty_files_out_and_names_them(case, tmp_path):
    (tmp_path / "bad.yaml").write_text("case: a\nevents:\n  - {scan: 2021-13}\n  - {scan: 1}\n")
    (tmp_path / "worse.yaml").write_text("[\n")
    done = run(tmp_path, "--json")
    assert done.exit_code == 2
    assert "bad.yaml:3:12: scan: no such month" in done.stderr
    assert "2 files with problems left out of the report, which names them" in done.stderr
    data = json.loads(done.stdout)
    assert data["title"] == "Treatment history: measured"  # of the only sound one
    first = data["sections"][0]
    assert first["title"] == "Files left out"
    names = [each.partition(": ")[0] for each in first["blocks"][1]["items"]]
    assert names == ["bad.yaml", "worse.yaml"]
    both = first["blocks"][1]["items"][0]  # of a file with two problems each is named
    assert ("line 3: " in both, "line 4: " in both, "more" in both) == (True, True, False)
    named = run(tmp_path, tmp_path / "bad.yaml", "--json")  # what is named itself has to be sound
    assert (named.exit_code, named.stdout) == (2, "")
    case.unlink()
    assert "nothing was done" in run(tmp_path, "--json").stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "no file is named (write page.html, page.pdf or page.docx)"),
        (
            ["-o", "{folder}/page.odt"],
            "unknown kind of report: '.odt' (write .html, .pdf or .docx)",
        ),
        (["-o", "{folder}/page"], "unknown kind of report: 'page' (write .html, .pdf or .docx)"),
        (["-o", "{folder}/a.html", "-o", "{folder}/a.html"], "is named twice (name it once)"),
        (["-o", "{folder}/a.pdf", "--paper", "A5"], "unknown paper: 'A5'"),
        (["-o", "{folder}/none/a.html"], "(make it, or write elsewhere)"),
        (["-o", "{folder}/there.html"], "is a folder (name a file)"),
        (["-o", "{folder}/a.html", "--set", "pfs_policy=emaa"], "did you mean ema"),
    ],
)
def test_a_wrong_argument_is_named_and_nothing_is_written(case, tmp_path, words, message):
    (tmp_path / "there.html").mkdir()
    before = sorted(tmp_path.iterdir())
    done = run(case, *(word.format(folder=tmp_path) for word in words))
    assert done.exit_code == 2, done.output
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.output
    assert sorted(tmp_path.iterdir()) == before


def test_no_input_is_overwritten(tmp_path):
    case = tmp_path / "case.html"
    case.write_text(MEASURED)
    done = run(case, "-o", case)
    assert done.exit_code == 2
    assert "would overwrite it" in done.stderr
    assert case.read_text() == MEASURED


def test_one_file_that_cannot_be_written_leaves_none(case, tmp_path):
    locked = tmp_path / "locked.html"
    locked.write_text("mine")
    locked.chmod(0o444)
    done = run(case, "-o", tmp_path / "free.html", "-o", locked)
    assert done.exit_code == 2
    assert "is read-only" in done.stderr
    assert not (tmp_path / "free.html").exists()
    assert locked.read_text() == "mine"


def test_a_faulty_case_is_named_by_its_line(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("case: a\nevents:\n  - {scan: 2021-13}\n")
    done = run(path, "-o", tmp_path / "a.html")
    assert done.exit_code == 2
    assert f"{path}:3:" in done.stderr.replace("\n", "")


@pytest.mark.parametrize(
    ("suffix", "module", "message"),
    [
        (
            "pdf",
            "weasyprint",
            "needs WeasyPrint (install it, or the extra: oncology-timeline[report])",
        ),
        ("docx", "docx", "needs python-docx (install it, or the extra: oncology-timeline[docx])"),
    ],
)
def test_a_missing_library_is_named(case, tmp_path, monkeypatch, suffix, module, message):
    monkeypatch.setitem(sys.modules, module, None)
    out = tmp_path / f"a.{suffix}"
    done = run(case, "-o", out, "-o", tmp_path / "a.html")
    assert done.exit_code == 2
    expected = message.format(name="oncology-timeline")
    assert f"{out}: {expected}" in " ".join(done.stderr.split())
    assert not (tmp_path / "a.html").exists()


def test_an_empty_folder_is_named(tmp_path):
    done = run(tmp_path, "--json")
    assert done.exit_code == 2
    assert "has no case file (name a folder of .yaml files)" in done.stderr
