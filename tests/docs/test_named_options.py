"""Commands and options that the pages write by hand are those of the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from renderers import FIGURES
from tests.rows import every_row
from timeline.cli.app import app

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (*sorted(DOCS.rglob("*.md")), ROOT / "README.md")
PROGRAM = typer.main.get_command(app)
BLOCK = re.compile(r"```(?:sh|\{run\})\n(.*?)```", re.DOTALL)
OPTIONS = re.compile(r"^```\{[\w-]+\}.*\n((?::.*\n)+)", re.MULTILINE)


def commands(page: Path) -> list[list[str]]:
    """The words of each command that a page shows."""
    lines = "\n".join(BLOCK.findall(page.read_text("utf-8"))).replace("\\\n", " ").splitlines()
    found = [shlex.split(line, comments=True) for line in lines if line.startswith("timeline ")]
    return [words for words in found if len(words) > 1]


@every_row("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_has_the_options_that_it_writes(page):
    for _, name, *words in commands(page):
        assert name in PROGRAM.commands, f"{page.name}: timeline {name}"
        command = PROGRAM.commands[name]
        known = {each for param in command.params for each in (*param.opts, *param.secondary_opts)}
        for word in words:
            option = word.partition("=")[0]
            if re.fullmatch("--?[a-z][a-z-]*", option):
                assert option in known, f"{page.name}: timeline {name} {option}"


def test_the_pages_show_commands():
    assert sum(len(commands(page)) for page in PAGES) > 50


def table_of(page: str, heading: str) -> set[str]:
    """The names in the first column of the first table below a heading."""
    text = (DOCS / page).read_text("utf-8").partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(
        r"^\| (.*?) \|", text.partition("\n\n|")[2].partition("\n\n")[0], re.MULTILINE
    )
    return {name for row in rows for name in re.findall("`([a-z-]+)`", row)}


def test_the_table_of_options_of_a_swimmer_plot_is_whole():
    written = table_of("swimmer.md", "## From case files")
    assert written == set(FIGURES["swimmer"].option_table())


def test_the_table_of_options_of_the_other_figures_is_whole():
    text = (DOCS / "figures.md").read_text("utf-8")
    section = text.partition("\n## Options\n")[2].partition("\n## ")[0]
    written: dict[str, set[str]] = {}
    for names, option in re.findall(r"^\| ([a-z, ]+) \| `([a-z-]+)` \|", section, re.MULTILINE):
        for name in names.split(", "):
            written.setdefault(name, set()).add(option)
    for name in ("timeline", "spider", "waterfall", "survival"):
        known = set(FIGURES[name].option_table())
        extra = set(FIGURES[name].table_options()) - known
        assert written[name] - extra == known, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_options_of_each_directive_can_be_read(page):
    """MyST reads them as YAML, so a value that begins with a quote must end with it."""
    read = pytest.importorskip("myst_parser.parsers.options").options_to_items
    for options in OPTIONS.findall(page.read_text("utf-8")):
        read("\n".join(line.removeprefix(":") for line in options.splitlines()))
