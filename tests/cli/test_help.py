"""Help: an example for each command, which runs; exit codes; colours only on a terminal."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet as parquet
import pytest
from typer.testing import CliRunner

from timeline.cli.app import app
from timeline.cli.ending import INTERNAL, WRONG
from timeline.cli.examples import EXAMPLES
from timeline.cli.exit_codes import EXIT_CODES
from timeline.cli.program import MODULES

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "tests" / "data" / "reports"
EVENTS = """\
event,date,end,what,line,drugs,baseline
diagnosis,2021-03,,leiomyosarcoma,,,
scan,2021-04-01,,,,,1
treatment,2021-04-10,2021-09-01,,1,doxorubicin,
"""
LESIONS = "lesion,date,size,organ\nT1,2021-04-01,23 mm,liver\n"
SERVERS = ("watch", "app")
COLOUR = re.compile(r"\x1b\[[0-9;]+m")


def write_registry(path: Path) -> None:
    """A registry of one subject with one scan."""
    columns = {"USUBJID": ["1"], "RANDDT": ["2024-01-05"], "DTHDTC": [""], "LSTALVDT": [""],
               "RSDTC": ["2024-03-01"], "RSSTRESC": ["PD"]}  # fmt: skip
    parquet.write_table(pyarrow.table(columns), path)


def served(words: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """The exit code of a command that serves pages, and of what; tests/app start the servers."""
    of: list[str] = []
    monkeypatch.setattr("timeline.app.server.serve", lambda build, what, options: of.append(what))
    return CliRunner().invoke(app, words).exit_code, of


def files(word: str, folder: Path) -> list[str]:
    """The files that a word of the shell names: a pattern, or the word itself."""
    found = sorted(str(each.relative_to(folder)) for each in folder.glob(word))
    return found if "*" in word else [word]


@pytest.mark.parametrize("name", MODULES)
def test_the_help_of_each_command_ends_with_an_example_that_runs(name, tmp_path, monkeypatch):
    for each in ("cases", "docs", "seeds", "tests"):
        (tmp_path / each).symlink_to(ROOT / each)
    (tmp_path / "report.txt").write_text("A woman was treated with doxorubicin in May 2021.\n")
    (tmp_path / "events.csv").write_text(EVENTS)
    (tmp_path / "lesions.csv").write_text(LESIONS)
    write_registry(tmp_path / "registry.parquet")
    monkeypatch.chdir(tmp_path)
    assert EXAMPLES[name]
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(app, [name, "--help"]).output
    for example in EXAMPLES[name]:
        assert example in shown
        program, *words = shlex.split(example)
        assert (program, words[0]) == ("timeline", name)
        if name in SERVERS:
            assert served(words, monkeypatch) == (0, words[1:])
            continue
        words = [file for word in words for file in files(word, tmp_path)]
        done = CliRunner().invoke(app, words)
        # the PFS that Wang 2023 prints is contradicted, as the README says
        assert done.exit_code == (1 if name == "audit" else 0), done.output


def test_no_example_is_of_another_command():
    assert list(EXAMPLES) == [name for name in MODULES if name in EXAMPLES]


def test_the_help_states_the_exit_codes_that_the_program_uses():
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["--help"]).output
    for row in EXIT_CODES:
        assert f"{row.shown}: {row.meaning}" in shown
    assert [row.shown for row in EXIT_CODES][:4] == ["0", "1", str(WRONG), str(INTERNAL)]


@pytest.mark.parametrize(
    ("words", "code"),
    [  # 4 of 7 is 57.1 %, 3 of 7 is 42.9 %: 42.2 is no share of seven patients
        (("percent", "42.9", "--of", "7"), 0),
        (("percent", "42.2", "--of", "7"), 1),
        (("check", "missing.yaml"), 2),
        (("unknown",), 2),
        (("check", "cases/wang2023.yaml", "--unknown"), 2),
    ],
)
def test_a_command_ends_with_the_code_that_the_help_states(words, code, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert CliRunner().invoke(app, list(words)).exit_code == code
    assert any(row.shown == str(code) for row in EXIT_CODES)


COMMANDS = (["check", "--help"], ["settings"])
END = "= the end of one of two commands ="
# Both in one process, which takes the time of one start.
BOTH = f"""
import sys
from timeline.cli.app import run
for words in {COMMANDS}:
    sys.argv = ["timeline", *words]
    try:
        run()
    except SystemExit as ended:
        assert not ended.code, ended.code
    print("{END}", flush=True)
"""


def printed(*, terminal: bool, **environment: str) -> list[str]:
    """What each of the commands prints to a terminal, or to a pipe."""
    kept = {key: value for key, value in os.environ.items()
            if key not in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS")}  # fmt: skip
    env = {**kept, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-c", BOTH]
    if not terminal:
        text = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True,
                              check=True).stdout  # fmt: skip
        return text.split(END)[: len(COMMANDS)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=theirs, stderr=theirs,
                          stdin=theirs) as child:  # fmt: skip
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            parts.append(part)
        os.close(ours)
    assert child.returncode == 0
    return b"".join(parts).decode().split(END)[: len(COMMANDS)]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, False),
        (False, {"GITHUB_ACTIONS": "true"}, False),
    ],
    ids=["terminal", "NO_COLOR", "dumb", "pipe", "pipe with FORCE_COLOR", "pipe of a workflow"],
)
def test_colours_are_for_a_terminal(terminal, environment, coloured):
    """Bold and dim are no colours, which NO_COLOR leaves (no-color.org); a pipe gets neither."""
    texts = printed(terminal=terminal, **environment)
    for words, text in zip(COMMANDS, texts, strict=True):
        assert text.strip()
        found = {code for match in COLOUR.findall(text) for code in match[2:-1].split(";")}
        colours = {code for code in found if 30 <= int(code) <= 49 or 90 <= int(code) <= 107}
        if words[-1] == "--help" or not coloured:
            assert bool(colours) is coloured, words
        if not terminal:
            assert not found, words
            assert "\\u001b" not in text
