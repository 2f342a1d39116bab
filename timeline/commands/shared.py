"""What the commands share: arguments, exit codes, and how a fault is told."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

WRONG = 2
CONTRADICTED = 1

Files = Annotated[
    list[Path], typer.Argument(help="Case or source files (YAML).", show_default=False)
]
OneFile = Annotated[Path, typer.Argument(help="A case file (YAML).", show_default=False)]
Settled = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A setting; see: timeline settings."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def fail(problems: Any) -> None:
    """Print every problem and exit with 2; do nothing where there is none."""
    if problems:
        for problem in problems:
            typer.echo(str(problem), err=True)
        count = len(problems)
        typer.echo(f"{count} problem{'s' if count > 1 else ''}; nothing was done", err=True)
        raise typer.Exit(WRONG)


class _Kept(io.StringIO):
    """Text kept in place of the output, to look as it would there."""

    encoding = sys.stdout.encoding

    def isatty(self) -> bool:
        return bool(sys.__stdout__ and sys.__stdout__.isatty())


def printed(tell: Callable[..., None], *given: Any, **named: Any) -> str:
    """What a function would print to the output, with its colours if it has any."""
    with contextlib.redirect_stdout(_Kept()) as kept:
        tell(*given, **named)
    return kept.getvalue()


def print_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def opened(files: list[Path], settled: list[str] | None = None) -> Any:
    """The dossiers of some files, read with the settings given; every problem ends it with 2."""
    from timeline.dossier import open_all

    dossiers, problems = open_all(files, given_by(settled))
    fail(problems)
    return dossiers


def given_by(settled: list[str] | None) -> dict[str, str]:
    """The settings of the command line; one that is unknown or cannot be ends it with 2."""
    from timeline.settings import Settings

    given = dict(_split(each) for each in settled or ())
    try:
        Settings.of(given)
    except ValueError as fault:
        fail([f"--set: {fault}"])
    return given


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        fail([f"--set: no value: {text!r} (write NAME=VALUE)"])
    return name.strip(), value.strip()


def criterion_named(text: str) -> str:
    from timeline.criteria import CRITERIA
    from timeline.problem import near

    if text in CRITERIA:
        return text
    raise typer.BadParameter(f"unknown criterion: {text!r} ({near(text, CRITERIA)})")
