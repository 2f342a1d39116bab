"""The program as typer has it: the commands, each imported where it can be called."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

_NAME = "oncology-timeline"

MODULES = {  # commands in the order of --help, with the modules that define them
    "check": "case",
    "show": "case",
    "explain": "case",
    "audit": "audit",
    "draw": "figures",
    "gallery": "gallery",
    "machine": "figures",
    "settings": "audit",
    "rules": "audit",
    "conformance": "audit",
}


def app_of(names: Iterable[str] = tuple(MODULES)) -> typer.Typer:
    """The program with some commands, all if left out; modules of others are not imported."""
    made = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="A patient's treatment history as a checked timeline.",
    )
    made.callback()(main)
    for name in names:
        module = import_module(f"timeline.cli.{MODULES[name]}")
        made.command()(getattr(module, name))
    return made


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version(_NAME)
        except PackageNotFoundError:  # run from its folder, and not installed
            number = "not installed"
        typer.echo(f"{_NAME} {number}")
        raise typer.Exit


def main(
    _: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """A patient's treatment history as a checked timeline."""
