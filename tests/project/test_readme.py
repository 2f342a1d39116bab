"""What the README and the folder READMEs show is run."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.cli.app import app
from timeline.files.loader import load
from timeline.record.events import EVENTS
from timeline.report.claims import CLAIMS
from timeline.terminology.criteria import NOT_DERIVED, TERMS
from timeline.terminology.criterion_names import SPELLINGS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
FOLDERS = {name: (ROOT / name / "README.md").read_text() for name in ("cases", "seeds")}


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_first_two_commands_are_words_of_the_workshop():
    first, second = [line.split("#")[0].split() for line in blocks(README, "sh")[0].splitlines()]
    workshop = (ROOT / ".ci" / "make.py").read_text()
    for command in (first, second):
        assert command[:2] == ["python3", ".ci/make.py"]
        assert f'"{command[2]}": {command[2]}' in workshop
    assert "make.py test" in (ROOT / ".ci" / "run").read_text()


def test_the_verdict_shown_is_the_one_that_the_audit_prints():
    shown = " ".join(blocks(README, "text")[0].split())
    done = CliRunner().invoke(app, ["audit", str(ROOT / "seeds" / "wang2023.yaml")])
    assert shown in " ".join(done.output.split())


def test_the_first_line_runs_in_a_process_of_its_own():
    """tests/docs/test_commands.py runs every line."""
    lines = [line for block in blocks(README, "sh")[1:] for line in block.splitlines()]
    command = [sys.executable, "-m", *lines[0].split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_python_examples_run_and_find_the_contradicted_pfs(tmp_path, monkeypatch):
    for name in ("cases", "seeds"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    printed = io.StringIO()
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(printed):
        for block in blocks(README, "python"):
            exec(block, names)  # noqa: S102 - our own README
    assert "Span(121 to 181)" in printed.getvalue()
    assert "PFS line 4: 8.4 months" in printed.getvalue()
    assert (tmp_path / "swimmer.svg").is_file()
    assert (tmp_path / "swimmer.alt.txt").is_file()


@pytest.mark.parametrize(
    ("where", "text"),
    [("README", README), *FOLDERS.items()],
    ids=["README", *FOLDERS],
)
def test_the_yaml_examples_load(tmp_path, where, text):
    for number, example in enumerate(blocks(text, "yaml")):
        path = tmp_path / f"{number}.yaml"
        path.write_text(example)
        found, problems = load(path)
        assert not problems, [str(problem) for problem in problems]
        assert found


def test_every_kind_of_event_and_claim_is_described():
    for kind in EVENTS:
        assert f"`{kind}`" in FOLDERS["cases"], kind
    for kind in CLAIMS:
        assert f"`{kind}`" in FOLDERS["seeds"], kind


def test_the_criteria_of_a_line_are_those_of_the_registry():
    """A criterion that is derived from now on leaves the list of those by which nothing is."""
    page = (ROOT / "cases/README.md").read_text()
    text = page.partition("`criterion` is the criterion by which")[2]
    derived, _, rest = text.partition("`RECIST` without a version")
    others = rest.partition("By ")[2].partition("nothing is derived")[0]
    named = {SPELLINGS.get(word, word) for word in re.findall("`([^`]+)`", derived)}
    assert named == set(TERMS)
    assert re.findall("`([^`]+)`", others) == list(NOT_DERIVED)


def test_every_command_is_in_the_readme_and_has_a_description():
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        assert f"`timeline {name}" in README
        assert command.callback.__doc__


def test_the_readme_stays_short():
    assert len(README.splitlines()) < 150


def test_the_links_of_the_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)h][^)]*)\)", README):
        assert (ROOT / target).exists(), target
