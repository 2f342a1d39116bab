"""What the pages of ``docs`` show is run, and what they name is there."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import runpy
import shlex
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.rows import every_row
from timeline.cli.app import app

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (
    *sorted(page for page in DOCS.rglob("*.md") if "_build" not in page.parts),
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
)


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


PRINTED = {  # a line that each example prints, from the reports and by hand
    # 49 mm after a nadir of 40 mm is +22.5 %: at least the 20 % of RECIST 1.1, below 25 %
    "add_a_criterion.py": "RECIST 1.1: PD\nExample 25: SD",
    "audit_a_report.py": "C01  PFS line 4: 8.4 months [Abstract]",
    # 28 February to 1 August 2022 is 154 days, 1 February to 31 August 211; a month is 30.4375
    "audit_one_file.py": "the dates give 154 to 211 days, 5.06 to 6.93 months",
    # sums 42 and 21.5 mm: -20.5 / 42 is -48.8 %; 2022-01-20 to 2022-09-12 is 235 days
    "build_a_case.py": "<Outcome PFS line 1: 235 days, 7.72 months, event>",
    "compare_policies.py": "line 4  ema    Span(121 to 181)  event: ",
    "draw_figures.py": "Swimmer plot of 2 of 2 patients.",
}


@pytest.mark.parametrize("name", sorted(path.name for path in (DOCS / "examples").glob("*.py")))
def test_the_examples_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", [name, str(tmp_path)])
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        runpy.run_path(str(DOCS / "examples" / name), run_name="__main__")
    assert PRINTED[name] in printed.getvalue()


@pytest.mark.parametrize("page", ["README.md", "cases/README.md"])
def test_the_short_report_of_a_page_is_the_one_of_the_examples(page):
    assert f"```yaml\n{(DOCS / 'examples' / 'short_report.yaml').read_text()}```" in (
        ROOT / page
    ).read_text("utf-8")


MAKES_FILES = re.compile(r"^timeline (new .*)$", re.MULTILINE)  # files that the page goes on with


@pytest.mark.filterwarnings("ignore:.*columns read by their names")
@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_the_python_of_a_page_runs(page, tmp_path, monkeypatch):
    for folder in ("cases", "seeds"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = re.findall(r"```(\{run\}|python)\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    python = [text for kind, text in blocks if kind == "python"]
    for line in MAKES_FILES.findall("\n".join(text for _, text in blocks)) if python else ():
        done = CliRunner().invoke(app, shlex.split(line))
        assert done.exit_code == 0, done.output
    for block in python:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(block, names)  # noqa: S102 - our own pages


def named_functions(page: Path) -> list[str]:
    """The dotted names of functions and classes: ``timeline.files.loader.load``."""
    return re.findall(r"`((?:timeline|renderers)(?:\.\w+)+)`", page.read_text())


@every_row("page", PAGES, ids=page_name)
def test_every_function_that_a_page_names_is_there(page):
    for name in named_functions(page):
        parts = name.split(".")
        for count in range(len(parts), 0, -1):
            try:
                found = importlib.import_module(".".join(parts[:count]))
            except ModuleNotFoundError:
                continue
            for attribute in parts[count:]:
                found = getattr(found, attribute, None)
                assert found is not None, f"{page.name} names {name}, which is not there"
            break


@every_row("page", PAGES, ids=page_name)
def test_every_file_and_link_of_a_page_is_there(page):
    text = page.read_text()
    for link in re.findall(r"\]\(([^)h#][^)#]*)\)", text):
        assert (page.parent / link).exists(), f"{page.name} links to {link}, which is not there"
    for path in re.findall(r"`((?:timeline|renderers|tests|cases|seeds|docs)/[\w./*-]*)`", text):
        found = list(ROOT.glob(path)) if "*" in path else [ROOT / path]
        assert found, f"{page.name} names {path}, which is not there"
        assert all(each.exists() for each in found), f"{page.name} names {path}"


def test_the_pages_name_functions():
    """Else the test of names would be silent for a change in how they are written."""
    assert len(named_functions(DOCS / "architecture.md")) > 20
