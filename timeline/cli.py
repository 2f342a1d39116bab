"""The commands. Each reads its arguments, asks the house, prints, and exits with a code.

0: done and nothing contradicted. 1: a claim is contradicted. 2: a file or an argument is wrong.
70: a fault of our own. 128 and more: ended by a signal (130 is Ctrl-C).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated, Any

import typer

from timeline.commands.ending import (
    INTERNAL,
    end_on_signals,
    end_without_reader,
    internal_fault,
)
from timeline.commands.shared import WRONG
from timeline.commands.streams import flush_streams, guard_streams, write_error

_NAME = "oncology-timeline"
_FEW_SEARCHES = 50_000  # new objects before Python looks for circles: a check makes fewer

_MODULES = {  # commands in the order of --help, with the modules that define them
    "check": "case",
    "show": "case",
    "explain": "case",
    "audit": "report",
    "draw": "figure",
    "gallery": "gallery",
    "machine": "figure",
    "settings": "report",
    "rules": "report",
    "conformance": "report",
}


def app_of(names: Iterable[str] = tuple(_MODULES)) -> typer.Typer:
    """The program with some commands, all if left out; modules of others are not imported."""
    made = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="A patient's treatment history as a checked timeline.",
    )
    made.callback()(main)
    for name in names:
        module = import_module(f"timeline.commands.{_MODULES[name]}")
        made.command()(getattr(module, name))
    return made


def __getattr__(name: str) -> Any:
    """``app``, the program with all its commands, made when it is first asked for."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = app_of()
    return globals()[name]


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


def run() -> None:
    """The command as installed: output that cannot be written is a sentence, not a traceback."""
    gc.set_threshold(_FEW_SEARCHES)
    os.environ["MPLBACKEND"] = "agg"  # a command opens no window, whatever a notebook asks for
    end_on_signals()
    guard_streams()
    try:
        try:
            asked = [name for name in sys.argv[1:2] if name in _MODULES]
            app_of(asked or _MODULES)(prog_name="timeline")
        finally:
            flush_streams()
    except BrokenPipeError:
        end_without_reader()
    except OSError as fault:
        write_error(f"the output cannot be written: {fault.strerror}")
        end_without_reader(WRONG)
    except Exception as fault:  # whatever it is, it is ours; no traceback, and never exit 1
        write_error(internal_fault(fault))
        raise SystemExit(INTERNAL) from None
