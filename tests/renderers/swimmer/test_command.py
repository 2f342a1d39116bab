"""The commands that draw lanes: what they print and how they exit."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from renderers.backends import matplotlib
from tests.renderers.swimmer.test_ggswim import FOLDER, NAMED
from timeline.cli.app import app

LANES = "id,start,end,state\nA,0,5,on\n"
EVENTS = "id,time,event\nA,5,Death\n"
GGSWIM = [
    *("draw", "--table", FOLDER / "ggswim_patient_data.csv"),
    *("--events", FOLDER / "ggswim_end_study_events.csv"),
    *("--events", FOLDER / "ggswim_infusion_events.csv"),
    *(word for field, column in NAMED for word in ("--map", f"{field}={column}")),
    *("--option", "unit=months"),
]


def run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "lanes.csv").write_text(LANES)
    (tmp_path / "events.csv").write_text(EVENTS)
    return ["draw", "--table", tmp_path / "lanes.csv", "--events", tmp_path / "events.csv"]


def test_sound_tables_are_drawn(tables, tmp_path):
    code, output = run(*tables, "--option", "unit=months", "-o", tmp_path / "out.svg")
    assert (code, "0 errors, 0 warnings" in output) == (0, True)
    assert (tmp_path / "out.svg").exists()


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf", "html"])
def test_a_letter_that_no_font_has_is_named_once_with_its_place(tmp_path, suffix, monkeypatch):
    monkeypatch.setattr(matplotlib, "families_for", lambda base, _: base)  # as if none were there
    (tmp_path / "lanes.csv").write_text(
        "id,start,end,state,ongoing\nP肉,0,5,on,yes\nB,0,4,on,yes\n"
    )
    out = tmp_path / f"out.{suffix}"
    drawn = ("draw", "--table", tmp_path / "lanes.csv", "--option", "unit=months", "-o", out)
    code, output = run(*drawn)
    named = [line for line in output.splitlines() if "肉" in line]
    assert code == 0
    expected = f"{out}: no font has '肉' (row P肉: 'P肉'), so it is drawn as a box "
    expected += "(install one that has it, as Noto Sans CJK)"
    assert named == ([] if suffix == "html" else [expected])
    assert "Glyph" not in output


@pytest.mark.parametrize(
    ("head", "description"),
    [
        pytest.param("time,event,age", "1:3: column 'age' is not read (read are time, event, group;"
                     " --map group=age makes it the group)", id="it may be the group"),
        pytest.param("time,event,group,age", "1:4: column 'age' is not read", id="a further one"),
        pytest.param("time,event,group", "", id="all are read"),
    ],
)  # fmt: skip
def test_columns_of_a_survival_table_that_are_not_read_are_named(tmp_path, head, description):
    rows = [",".join([n, "1", "a", "7"][: head.count(",") + 1]) for n in ("3", "5")]
    (tmp_path / "times.csv").write_text("\n".join([head, *rows, ""]))
    drawn = ("draw", "--figure", "survival", "--table", tmp_path / "times.csv",
             "--option", "unit=months")  # fmt: skip
    code, output = run(*drawn, "-o", tmp_path / "out.svg")
    notes = [line for line in output.splitlines() if line.startswith("note: ")]
    assert code == 0
    assert len(notes) == bool(description)
    assert all(description in note for note in notes)


@pytest.mark.parametrize(
    ("more", "code", "description", "drawn"),
    [
        pytest.param((), 2, "22 errors, 19 warnings; nothing was drawn", False, id="strict"),
        pytest.param(("--skip-invalid",), 2, "15 invalid rows omitted", True, id="anyway"),
    ],
)
def test_faulty_tables_end_with_2(tmp_path, more, code, description, drawn):
    out = tmp_path / "out.svg"
    found, output = run(*GGSWIM, *more, "-o", out)
    assert (found, description in output, out.exists()) == (code, True, drawn)


@pytest.mark.parametrize(
    ("words", "description"),
    [
        pytest.param(("--option", "unti=days"), "unknown option: 'unti'", id="an option misspelt"),
        pytest.param((), "numbers in which unit?", id="no unit"),
        pytest.param(("--map", "id"), "no column: 'id'", id="a field without a column"),
    ],
)
def test_what_is_not_understood_is_said(tables, tmp_path, words, description):
    code, output = run(*tables, *words, "-o", tmp_path / "out.svg")
    assert (code, description in output) == (2, True)


@pytest.mark.parametrize(
    ("words", "description"),
    [
        pytest.param(("draw", "-o", "x.svg"), "nothing to draw", id="neither case nor table"),
        pytest.param(("draw", "cases/wang2023.yaml", "--option", "by=line", "-o", "x.svg"),
                     "unknown option: 'by'", id="an option of another figure"),
    ],
)  # fmt: skip
def test_a_call_that_makes_no_sense_is_refused(words, description):
    code, output = run(*words)
    assert (code, description in output) == (2, True)


def test_options_reach_the_swimmer(tmp_path):
    words = ("draw", "cases/wang2023.yaml", "--figure", "swimmer", "--option", "align=calendar")
    assert run(*words, "-o", tmp_path / "out.svg")[0] == 0
    assert run(*words, "--option", "sort=x", "-o", tmp_path / "out.svg")[0] == 2


INPUTS = {"sw.csv": LANES, "ev.csv": EVENTS, "times.csv": "time,event\n5,1\n3,0\n"}
LANE = ("--table", "sw.csv", "--events", "ev.csv", "--option", "unit=months")
CURVE = ("--figure", "survival", "--table", "times.csv", "--option", "unit=months")


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        pytest.param((*LANE, "--sidecars", "-o", "sw.svg"), "sw.csv", id="a twin over the lanes"),
        pytest.param((*LANE, "--sidecars", "-o", "ev.html"), "ev.csv", id="a twin over the events"),
        pytest.param((*LANE, "--sidecars", "-o", "sub/../sw.svg"), "sw.csv", id="by another way"),
        pytest.param((*LANE, "--sidecars", "-o", "link.svg"), "sw.csv", id="through a link"),
        pytest.param((*LANE, "-o", "sw.csv"), "sw.csv", id="the figure itself"),
        pytest.param((*CURVE, "--sidecars", "-o", "times.pdf"), "times.csv", id="over the times"),
        pytest.param(("case-1.svg", "-o", "case.svg"), "case-1.svg", id="a page over a case"),
        pytest.param(("case-1.svg", "-o", "case-1.svg"), "case-1.svg", id="over a case"),
    ],
)
def test_an_input_is_never_written_over(tmp_path, monkeypatch, words, lost):
    for name, text in {**INPUTS, "case-1.svg": "facts: {}\n"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "sw.csv")
    monkeypatch.chdir(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    code, output = run("draw", *words)
    after = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert (code, after) == (2, before)
    assert f"{lost}: is an input, and " in output
    assert "-figure." in output


def test_a_page_of_an_audit_is_never_written_over_its_report(tmp_path):
    (tmp_path / "report.md").write_text("source: small\n")
    code, output = run("audit", tmp_path / "report.md", "-o", tmp_path / "report.md")
    assert (code, "report.md: is an input, and " in output) == (2, True)
    assert (tmp_path / "report.md").read_text() == "source: small\n"


@pytest.mark.parametrize("words", [LANE, CURVE], ids=["lanes", "curves"])
def test_sidecars_of_another_name_are_written_next_to_the_inputs(tmp_path, monkeypatch, words):
    for name, text in INPUTS.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    assert run("draw", *words, "--sidecars", "-o", "figure.svg")[0] == 0
    assert {name: (tmp_path / name).read_text() for name in INPUTS} == INPUTS
    assert (tmp_path / "figure.csv").exists()


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_a_folder_that_is_not_there_is_named(tmp_path, monkeypatch, suffix):
    (tmp_path / "sw.csv").write_text(LANES)
    monkeypatch.chdir(tmp_path)
    code, output = run("draw", "--table", "sw.csv", "-o", f"nosuch/s.{suffix}")
    assert code == 2
    assert f"nosuch/s.{suffix}: no folder 'nosuch' (make it, or write elsewhere)" in output


@pytest.mark.parametrize(
    ("words", "code", "description"),
    [
        pytest.param((), 2, "times in which unit? (write --option unit=days, weeks, months or "
                     "years)",
                     id="no unit is not months"),
        pytest.param(("--option", "unit=cycles"), 2, "not a unit of time: 'cycles'", id="no such"),
        pytest.param(("--option", "unit=weeks"), 0, "survival of", id="a unit"),
    ],
)  # fmt: skip
def test_times_need_their_unit(tmp_path, words, code, description):
    (tmp_path / "times.csv").write_text(INPUTS["times.csv"])
    drawn = ("draw", "--figure", "survival", "--table", tmp_path / "times.csv", *words)
    found, output = run(*drawn, "-o", tmp_path / "out.svg")
    assert (found, description in output) == (code, True)


@pytest.mark.parametrize(
    ("words", "description"),
    [
        pytest.param((*CURVE, "--events", "ev.csv"), "survival takes no --events", id="curves"),
        pytest.param(("case.yaml", "--events", "ev.csv"), "--events without a --table", id="cases"),
        pytest.param(("case.yaml", *LANE), "not drawn together", id="cases and a table"),
        pytest.param(("case.yaml", "--map", "id=ID"), "--map names columns of a --table", id="map"),
        pytest.param(
            ("case.yaml", "--skip-invalid"), "--skip-invalid is for a --table", id="anyway"
        ),
    ],
)
def test_what_would_be_passed_over_is_refused(tmp_path, monkeypatch, words, description):
    for name, text in INPUTS.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    code, output = run("draw", *words, "-o", "out.svg")
    assert (code, description in output, (tmp_path / "out.svg").exists()) == (2, True, False)


def test_every_file_that_was_written_is_named(tmp_path, monkeypatch):
    rows = "".join(f"P{n},0,{n + 1},on,yes\n" for n in range(60))
    (tmp_path / "lanes.csv").write_text(f"id,start,end,state,ongoing\n{rows}")
    monkeypatch.chdir(tmp_path)
    words = ("--table", "lanes.csv", "--option", "unit=months", "--sidecars", "--preset", "slide")
    code, output = run("draw", *words, "-o", "lan.png")
    made = sorted(file.name for file in tmp_path.iterdir() if file.name != "lanes.csv")
    assert (code, "lan-2.png" in made, "lan.png" in made) == (0, True, False)
    printed = [line for line in output.splitlines() if not line.startswith("note: ")]  # of fonts
    assert sorted(printed[0].partition(": ")[0].split(", ")) == made


@pytest.mark.parametrize(
    ("lanes", "description"),
    [
        pytest.param("A,0,5,on,yes\n", "0 errors, 0 warnings", id="none"),
        pytest.param("A,0,5,on,no\n", "1 error, 0 warnings; nothing", id="one"),
        pytest.param("A,0,5,on,no\nB,5,0,on,yes\n", "2 errors, 0 warnings; nothing", id="two"),
    ],
)
def test_faults_are_counted_in_words(tmp_path, lanes, description):
    (tmp_path / "lanes.csv").write_text(f"id,start,end,state,ongoing\n{lanes}")
    words = ("--table", tmp_path / "lanes.csv", "--option", "unit=months")
    assert description in run("draw", *words, "-o", tmp_path / "out.svg")[1]


@pytest.mark.parametrize(
    ("name", "code", "description"),
    [
        pytest.param("iRECIST", 0, "the machine of iRECIST", id="as it is written"),
        pytest.param("RECIST 1.1", 0, "the machine of RECIST 1.1", id="with its version"),
        pytest.param("irecist", 0, "the machine of iRECIST", id="as it is called"),
        pytest.param("resist", 2, "unknown criterion: 'resist'", id="no such"),
    ],
)
def test_a_criterion_is_named_in_letters_of_any_case(tmp_path, name, code, description):
    found, output = run("machine", name, "-o", tmp_path / "out.svg")
    assert (found, description in output) == (code, True)


def test_a_kind_of_figure_that_is_none_is_refused_with_all_there_are(tables, tmp_path):
    code, output = run(*tables, "--option", "unit=months", "-o", tmp_path / "out.jpg")
    assert code == 2
    assert (
        "unknown kind of figure: '.jpg' (write .svg, .pdf, .png, .tiff, .tif, or .html)" in output
    )


UNWANTED = ("networkx", "yaml", "timeline.response.criteria", "timeline.record.events",
            "timeline.endpoints.derived_case",
            "matplotlib.pyplot", "pandas")  # fmt: skip


def test_a_table_loads_neither_rules_nor_cases(tables, tmp_path):
    words = [*tables, "--option", "unit=months", "-o", tmp_path / "out.png"]
    line = [sys.executable, "-X", "importtime", "-m", "timeline", *map(str, words)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    loaded = {each.rsplit("|", 1)[1].strip() for each in done.stderr.splitlines() if "|" in each}
    assert "renderers.swimmer.tables.figure" in loaded
    assert not loaded & set(UNWANTED)
