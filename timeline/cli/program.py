"""The command line program: its commands, each imported only where it can be called."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

import timeline
from timeline.cli.examples import example_text
from timeline.cli.exit_codes import exit_code_text
from timeline.cli.plain_values import without_validation

_NAME = "oncology-timeline"

MODULES = {  # commands in the order of --help, with the modules that define them
    "check": "case",
    "show": "case",
    "explain": "case",
    "audit": "audit",
    "draw": "figures",
    "watch": "browser",
    "app": "browser",
    "gallery": "gallery",
    "machine": "figures",
    "settings": "audit",
    "rules": "audit",
    "conformance": "audit",
    "interval": "answers",
    "percent": "answers",
    "recist": "answers",
    "survival": "survival",
    "draft": "drafting",
    "new": "tables",
    "import": "tables",
    "export": "sharing",
    "sdtm": "datasets",
    "adam": "datasets",
    "derive": "registries",
    "lines": "tables",
    "report": "reporting",
    "study": "reporting",
    "deidentify": "sharing",
    "schema": "editors",
}

# Former names of options, understood until version 0.3: remove this table with its test then.
RENAMED = {"--ask": "--option", "--twins": "--sidecars", "--draw-anyway": "--skip-invalid"}


class _Command(TyperCommand):
    """A command that understands the former names of its options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        without_validation(self.get_params(ctx))
        return super().parse_args(ctx, _renamed(args))


class _Program(TyperGroup):
    """The program with its commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        without_validation(self.get_params(ctx))
        return super().parse_args(ctx, args)


def _renamed(words: list[str]) -> list[str]:
    """The words of a command line with the current names; a note for each former one."""
    options = words[: words.index("--")] if "--" in words else words
    names = [word.partition("=")[0] for word in options]
    for old in dict.fromkeys(name for name in names if name in RENAMED):
        typer.echo(f"note: {old} is now {RENAMED[old]}; {old} will go in version 0.3", err=True)
    return [
        *(RENAMED.get(name, name) + word[len(name) :]
          for name, word in zip(names, options, strict=True)),
        *words[len(options) :],
    ]  # fmt: skip


def app_of(names: Iterable[str] = tuple(MODULES), *, completion: bool = True) -> typer.Typer:
    """The program with some commands, all if left out; modules of others are not imported.

    ``completion``: with the options that install the completion of a shell, which take time.
    """
    program = typer.Typer(
        cls=_Program,
        add_completion=completion,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="A patient's treatment history as a checked timeline.",
        epilog=exit_code_text(),
    )
    program.callback()(main)
    for name in names:
        module = import_module(f"timeline.cli.commands.{MODULES[name]}")
        function = getattr(module, name, None) or getattr(module, f"{name}_")  # import_
        program.command(name, cls=_Command, epilog=example_text(name))(function)
    return program


def _version(requested: bool) -> None:
    if requested:
        typer.echo(f"{_NAME} {timeline.__version__}")
        raise typer.Exit


def main(
    _: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """A patient's treatment history as a checked timeline."""
