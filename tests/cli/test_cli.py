from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.rows import every_row
from timeline.cli.app import app

ROOT = Path(__file__).parents[2]
WANG, JIN = ROOT / "cases" / "wang2023.yaml", ROOT / "cases" / "jin2025.yaml"
SEEDS = ROOT / "seeds"
VECTORS = ROOT / "tests" / "vectors" / "response_vectors.json"


def run(*words: object):
    """Run a command in this process; its exit code and all it printed."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("words", "code", "description"),
    [
        pytest.param(("check", WANG, JIN), 0, "wang2023: ", id="files without fault"),
        pytest.param(("check", ROOT / "none.yaml"), 2, "cannot be read", id="no such file"),
        pytest.param(("check", ROOT / "README.md"), 2, "README.md", id="no YAML"),
        pytest.param(("check", ROOT / "cases"), 2, "holds case files (write", id="a folder"),
        pytest.param(("check", ROOT / ".ci"), 2, "no dataset (files named", id="a hidden file"),
        pytest.param(("check", ROOT), 2, f"itself (write {ROOT / 'cases' / '*.yaml'})",
                     id="case files below"),
        pytest.param(("show", ROOT), 2, f"it is a folder (name its files: {ROOT / 'cases' / '*'}",
                     id="a folder for a file"),
        pytest.param(("sdtm", ROOT, "-o", "x"), 2, "has no case file (they are in",
                     id="a folder of folders"),
        pytest.param(("check",), 2, "Missing argument", id="no file named"),
        pytest.param(("show", WANG), 0, "iUPD", id="show a case"),
        pytest.param(("show", SEEDS / "wang2023.yaml"), 0, "iUPD", id="show by its report"),
        pytest.param(("show", SEEDS / "liu2025.yaml"), 2, "no single patient", id="no case"),
        pytest.param(("show", WANG, "--policy", "ema"), 0, "censoring policy EMA 2012 (ema): every",
                     id="show under a policy"),
        pytest.param(("show", WANG, "--policy", "all"), 0, "32 to 89 days", id="side by side"),
        pytest.param(("show", WANG, "--policy", "fad_a"), 2, "did you mean fda_a?",
                     id="a policy misspelt"),
        pytest.param(("show", JIN), 0, "with addon_without_pd = new_line: PFS line 1 and "
                     "iPFS line 1 would be 602 days, 19.78", id="a setting that would change it"),
        pytest.param(("show", WANG), 0, "4 by the report, 4 by rule, and 2 with curative intent",
                     id="how many lines"),
        pytest.param(("explain", JIN, "PFS", "--line", 1), 0, "would be 602 days",
                     id="explain lists what would change it"),
        pytest.param(("explain", WANG, "iPFS", "--line", 4), 0, "first iUPD", id="explain"),
        pytest.param(("explain", WANG, "ipfs", "--line", 4), 0, "first iUPD", id="in any case"),
        pytest.param(("explain", WANG, "PFS", "--line", 9), 2, "no such endpoint", id="no line 9"),
        pytest.param(("explain", WANG, "PFS"), 2, "'PFS' (write --line 1, 2, 3 or 4)",
                     id="an endpoint of a line without the line"),
        pytest.param(("explain", WANG, "DFS", "--line", 1), 2, "leave --line out",
                     id="an endpoint of the patient with a line"),
        pytest.param(("explain", WANG, "BRO"), 2, "did you mean BOR?", id="a value misspelt"),
        pytest.param(("explain", WANG, "PFS", "--line", 4, "--policy", "fad_a"), 2,
                     "did you mean fda_a?", id="explain: a policy misspelt"),
        pytest.param(("explain", WANG, "OS", "--policy", "all"), 0, "OS: ",
                     id="explain: no policy changes this endpoint"),
        pytest.param(("explain", WANG, "XYZ"), 2, "known: PFS, iPFS", id="no such endpoint"),
        pytest.param(("audit", SEEDS / "wang2023.yaml", "--verbose"), 1,
                     "Errors: impossible under the defin", id="audit Wang"),
        pytest.param(("audit", JIN, "--verbose"), 1, "784 days, 25.76 months",
                     id="audit by the case"),
        pytest.param(("audit", SEEDS / "liu2025.yaml"), 1, "3 of 7 is 42.9 %", id="audit Liu"),
        pytest.param(("audit", ROOT / "none.yaml", JIN), 2, "none.yaml", id="one file is wrong"),
        pytest.param(("draw", WANG, "-o", "x.bmp"), 2, ".svg", id="a format we do not write"),
        pytest.param(("draw", WANG, "-o", "/nowhere/x.svg"), 2, "/nowhere", id="no such folder"),
        pytest.param(("machine", "irecis", "-o", "x.svg"), 2, "unknown criterion: 'irecis'",
                     id="a criterion misspelt"),
        pytest.param(("machine", "irecist", "-o", "x.svg", "--path", WANG), 2, "which line?",
                     id="a path without its line"),
        pytest.param(("machine", "irecist", "-o", "x.svg", "--path", WANG, "--line", 9), 2,
                     "line 9", id="a line that is not there"),
        pytest.param(("machine", "irecist", "-o", "x.bmp"), 2, ".svg", id="a machine in no format"),
        pytest.param(("settings",), 0, "after_confirmed", id="list settings"),
        pytest.param(("show", WANG, "--set", "icpd_max_days=60"), 0, "changes a result",
                     id="a setting that changes something"),
        pytest.param(("show", WANG, "--set", "icpd_late_days=60"), 0, "changes nothing here",
                     id="a setting that changes nothing"),
        pytest.param(("audit", WANG, "--set", "icpd_max_day=60"), 2, "did you mean icpd_max_days?",
                     id="a setting misspelt"),
        pytest.param(("audit", WANG, "--set", "icpd_max_days=soon"), 2, "not a whole number",
                     id="a value that is no number"),
        pytest.param(("audit", WANG, "--set", "icpd_max_days"), 2, "NAME=VALUE", id="no value"),
        pytest.param(("audit", WANG, "--jobs", "0"), 2, "--jobs", id="no process"),
        pytest.param(("conformance", VECTORS), 0, "all agree", id="vectors that agree"),
        pytest.param(("conformance", WANG), 2, "not a file of vectors", id="no vectors"),
        pytest.param(("conformance", ROOT / "none.json"), 2, "No such file", id="no such vectors"),
        pytest.param(
            ("draw", WANG, "-o", "x.svg", "--figure", "swimer"), 2, "unknown figure: 'swimer'",
            id="a figure misspelt",
        ),
    ],
)  # fmt: skip
def test_commands_print_and_exit(words, code, description):
    exit_code, output = run(*words)
    assert description in " ".join(output.split())
    assert exit_code == code
    assert "Traceback" not in output


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
@pytest.mark.parametrize("figure", ["timeline", "swimmer"])
def test_draw_writes_the_figure_and_nothing_else(tmp_path, figure, suffix):
    out = tmp_path / f"a.{suffix}"
    assert run("draw", JIN, "--figure", figure, "-o", out)[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert out.stat().st_size > 1000


def test_a_pair_is_audited_once_though_both_files_are_named():
    _, output = run("audit", WANG, SEEDS / "wang2023.yaml", "--json")
    assert len(json.loads(output)) == 1


@pytest.mark.parametrize(
    "form", [pytest.param((), id="text"), pytest.param(("--json",), id="JSON")]
)
@pytest.mark.parametrize(
    ("files", "code"),
    [
        pytest.param((WANG, SEEDS / "liu2025.yaml", SEEDS / "wang2023.yaml", JIN), 1,
                     id="a pair named twice, and two reports that cite one study"),
        pytest.param((SEEDS / "wang2023.yaml",), 1, id="fewer files than processes"),
        pytest.param((ROOT / "none.yaml", WANG, ROOT / "README.md", ROOT / "none.yaml"), 2,
                     id="faults of several files"),
    ],
)  # fmt: skip
def test_results_do_not_depend_on_the_number_of_processes(files, code, form):
    alone = run("audit", *files, *form)
    assert alone[0] == code
    assert run("audit", *files, *form, "--jobs", 2) == alone
    assert run("audit", *files, *form, "--jobs", 3) == alone


def test_a_check_as_json_names_the_valid_files_and_every_fault(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("case: x\nevents:\n  - {surgery: 2020-02-30}\n  - {surgry: 2020}\n")
    code, output = run("check", WANG, wrong, "--json")
    checked = json.loads(output)
    assert (code, [each["name"] for each in checked["files"]]) == (2, ["wang2023"])
    places = [(each["file"], each["line"], each["column"]) for each in checked["problems"]]
    assert places == [(str(wrong), 3, 15), (str(wrong), 4, 6)]
    assert run("check", WANG, "--json")[0] == 0


def test_json_has_what_the_table_shows():
    code, output = run("audit", SEEDS / "wang2023.yaml", "--json")
    report = json.loads(output)[0]
    assert code == 1
    assert report["doi"] == "10.3389/fphar.2023.1239699"
    contradicted = [v for v in report["verdicts"] if v["conclusion"] == "contradicted"]
    pfs = next(v for v in contradicted if v["claim"]["kind"] == "PFS")
    assert pfs["outcome"]["days"] == {"low": 121, "high": 181}
    assert any("iCPD" in each["description"] for each in pfs["reproduced_by"])
    shown = json.loads(run("show", WANG, "--json")[1])
    assert {"events", "statuses", "outcomes"} <= shown.keys()
    pfs = next(
        each for each in shown["outcomes"] if each["endpoint"] == "PFS" and each["line"] == 4
    )
    moved = {each["setting"]: each["value"] for each in pfs["would_be"]}
    assert moved == {"pfs_policy": "fda_c"}
    policies = json.loads(run("show", WANG, "--policy", "all", "--json")[1])
    assert list(policies["policies"]) == ["fda_a", "fda_b", "fda_c", "ema"]
    chain = json.loads(run("explain", WANG, "iPFS", "--line", 4, "--json")[1])
    assert chain[0]["chain"]


def test_a_wrong_file_draws_nothing(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("case: a\nevents:\n  - {scam: 2021}\n")
    code, output = run("draw", bad, "-o", tmp_path / "a.svg")
    assert code == 2
    assert "did you mean scan?" in output
    assert not (tmp_path / "a.svg").exists()


def test_a_report_is_refused_if_its_case_is_missing_or_is_no_case(tmp_path):
    source = tmp_path / "a.yaml"
    source.write_text("source: a\ncase: b.yaml\n")
    assert "the case it names is not there" in run("audit", source)[1]
    (tmp_path / "b.yaml").write_text("source: b\n")
    assert "is something else" in run("audit", source)[1]


def test_a_vector_that_fails_is_named_with_what_was_expected_and_got(tmp_path):
    every = json.loads(VECTORS.read_text())["vectors"]
    vector = next(each for each in every if each["id"] == "B03")
    vector["expected"]["responses"] = ["SD"]
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({"vectors": [vector]}))
    code, output = run("conformance", wrong)
    assert code == 1
    assert "B03: responses: expected ['SD'], got ['PR']" in output


def test_two_patients_of_one_name_are_refused(tmp_path):
    copy = tmp_path / "copy.yaml"
    copy.write_text(WANG.read_text().replace("source: ../seeds/wang2023.yaml\n", ""))
    code, output = run("draw", WANG, copy, "--figure", "swimmer", "-o", tmp_path / "a.svg")
    assert code == 2
    assert "two patients are named 'wang2023': " in output
    assert copy.name in output


def test_the_machine_is_drawn_with_and_without_a_path(tmp_path):
    for words in ((), ("--path", WANG, "--line", 4)):
        out = tmp_path / f"{len(words)}.svg"
        assert run("machine", "irecist", *words, "-o", out)[0] == 0
        assert "R6" in out.read_text()


@pytest.mark.parametrize(
    ("language", "heading"), [("de", "Gilt in"), ("fr", "Lue dans"), ("es", "Leída en")]
)
def test_the_machine_is_drawn_in_another_language(tmp_path, language, heading):
    out = tmp_path / "machine.html"
    assert run("machine", "irecist", "--language", language, "-o", out)[0] == 0
    assert heading in out.read_text()
    code, output = run("machine", "irecist", "--language", "xx", "-o", tmp_path / "x.svg")
    assert (code, (tmp_path / "x.svg").exists()) == (2, False)
    assert "--language: unknown language: 'xx'" in output


def test_a_report_and_a_case_that_do_not_name_each_other_are_refused(tmp_path):
    case = tmp_path / "x.yaml"
    case.write_text(f"case: x\nsource: {SEEDS / 'wang2023.yaml'}\nevents:\n  - {{death: 2021}}\n")
    code, output = run("audit", case)
    assert code == 2
    assert "x.yaml:2:9: 'wang2023.yaml' is the report of another case, 'wang2023.yaml'" in output


@pytest.mark.parametrize(
    "text", ['{"vectors": 5}', '{"vectors": [5]}', '{"vectors": [{}]}', "[" * 9999, "[]", "{}",
             '{"vectors": []}'],
)  # fmt: skip
def test_a_file_without_vectors_is_refused(tmp_path, text):
    path = tmp_path / "v.json"
    path.write_text(text)
    code, output = run("conformance", path)
    assert code == 2
    assert "vectors" in output


def test_former_names_of_options_do_the_same_and_name_the_new_ones(tmp_path):
    """Kept until version 0.3; a value that looks like one, and what follows ``--``, is no name."""
    former, current = tmp_path / "former.svg", tmp_path / "current.svg"
    words = ("draw", WANG, "--figure", "swimmer", "-o")
    code, printed = run(*words, former, "--ask=unit=weeks", "--twins")
    assert code == 0
    assert printed.count("note: --ask is now --option") == 1
    assert printed.count("note: --twins is now --sidecars") == 1
    code, printed = run(*words, current, "--option", "unit=weeks", "--sidecars")
    assert (code, "is now" in printed) == (0, False)
    assert former.read_bytes() == current.read_bytes()
    assert former.with_suffix(".csv").read_bytes() == current.with_suffix(".csv").read_bytes()
    assert "is for a --table" in run("draw", WANG, "-o", former, "--draw-anyway")[1]
    assert "--ask" not in run("draw", "--help")[1]
    assert "is now" not in run("check", "--", "--ask")[1]


def test_explain_takes_the_policies_of_show():
    """The values of each policy are those that show gives, and all stand side by side."""
    words = (WANG, "--policy", "all", "--json")
    shown = json.loads(run("show", *words)[1])["policies"]
    explained = json.loads(run("explain", words[0], "PFS", "--line", 4, *words[1:])[1])
    for name in ("fda_a", "fda_b", "fda_c", "ema"):
        (row,) = [each for each in shown[name] if each["name"] == explained[name][0]["name"]][:1]
        (only, *_) = json.loads(
            run("explain", WANG, "PFS", "--line", 4, "--policy", name, "--json")[1]
        )
        assert (row["state"], row["days"]) == (only["state"], only["days"])
        assert (row["state"], row["days"]) == (
            explained[name][0]["state"],
            explained[name][0]["days"],
        )
    text = run("explain", WANG, "PFS", "--line", 4, "--policy", "all")[1]
    assert all(f"{name}: " in text for name in explained)


@every_row(
    ("words", "code", "text"),
    [
        pytest.param(["C05"], 0, "C05 (warning)", id="one, by its code"),
        pytest.param(["k04", "C05", "C05"], 0, "K04 (error)", id="several, each once"),
        pytest.param(["C5"], 2, "no rule 'C5' (did you mean C05?", id="without its nought"),
        pytest.param(["C05", "X1"], 2, "no rule 'X1' (timeline rules lists all)", id="a letter"),
    ],
)  # fmt: skip
def test_rules_are_listed_by_their_codes(words, code, text):
    done = CliRunner().invoke(app, ["rules", *words])
    assert done.exit_code == code
    assert text in done.output
    assert done.output.count("source") == (0 if code else len({each.upper() for each in words}))
