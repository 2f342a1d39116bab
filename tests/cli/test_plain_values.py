"""Values of the command line that are taken as they are written, as typer would take them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from timeline.cli.plain_values import without_validation
from timeline.cli.program import MODULES, app_of

ROOT = Path(__file__).parents[2]


def _kind(text: str) -> str:
    if text == "unknown":
        raise typer.BadParameter("no such kind")
    return text.upper()


def shown(words: list[str], *, plain: bool) -> str:
    """The values that a command gets, with the validation of typer or without."""
    got = []
    program = typer.Typer()

    @program.command()
    def command(
        files: list[Path],
        one: Path | None = None,
        text: str = "a",
        texts: list[str] | None = None,
        yes: bool = False,
        way: bool | None = None,
        number: int = 1,
        kind: Annotated[str, typer.Option(parser=_kind)] = "",
    ) -> None:
        got.append((files, one, text, texts or (), yes, way, number, kind))

    made = typer.main.get_command(program)
    if plain:
        without_validation(made.params)
    done = CliRunner().invoke(program, words) if not plain else _invoked(made, words)
    return f"{got} {done.exit_code} {done.output}"


def _invoked(command, words):
    from click.testing import CliRunner as Plain

    return Plain().invoke(command, words)


@pytest.mark.parametrize(
    "words",
    [
        ["a.yaml"],
        ["a.yaml", "b/../c d", "-"],
        ["a", "--one", "x"],
        ["a", "--text", "", "--texts", "1", "--texts", "b"],
        ["a", "--yes", "--way"],
        ["a", "--no-way", "--number", "7"],
        ["a", "--number", "x"],
        ["a", "--one"],
        ["a", "--kind", "bars"],
        ["a", "--kind", "unknown"],
        [],
    ],
    ids=" ".join,
)
def test_a_value_is_what_typer_makes_of_it(words):
    assert shown(words, plain=True) == shown(words, plain=False)


@pytest.mark.parametrize(
    "words",
    [["check", "cases/wang2023.yaml"], ["--help"], ["draw", "--table", "none.csv", "-o", "a.svg"]],
    ids=" ".join,
)
def test_a_start_does_not_load_the_validation(words):
    code = (
        f"import sys; sys.argv = ['timeline', *{words!r}]\n"
        "from timeline.cli.app import run\ntry:\n    run()\n"
        "except SystemExit:\n    print('pydantic' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "False"


def test_every_file_and_text_of_the_program_is_plain():
    """A path with a condition of its own, such as that it exists, would lose it here."""
    for command in typer.main.get_command(app_of(MODULES)).commands.values():
        for each in command.params:
            about = getattr(getattr(each, "type_descriptor", None), "parameter_info", None)
            if about is not None:
                conditions = (about.exists, about.resolve_path, about.allow_dash)
                assert not any(conditions), each.name
                assert all((about.file_okay, about.dir_okay)), each.name
