"""The commands. Each reads its arguments, asks the house, prints, and exits with a code.

0: done and nothing contradicted. 1: a claim is contradicted. 2: a file or an argument is wrong.
70: a fault of our own. 128 and more: ended by a signal (130 is Ctrl-C).
"""

from __future__ import annotations

import gc
import os
from typing import Annotated

import typer

from timeline.commands.case import check, explain, show
from timeline.commands.ending import (
    INTERNAL,
    end_on_signals,
    end_without_reader,
    internal_fault,
)
from timeline.commands.figure import draw, machine
from timeline.commands.gallery import gallery
from timeline.commands.report import audit, conformance, rules, settings
from timeline.commands.shared import WRONG
from timeline.commands.streams import flush_streams, guard_streams, write_error

_NAME = "oncology-timeline"
_FEW_SEARCHES = 50_000  # new objects before Python looks for circles: a check makes fewer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A patient's treatment history as a checked timeline.",
)
COMMANDS = (check, show, explain, audit, draw, gallery, machine, settings, rules, conformance)
for command in COMMANDS:
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version(_NAME)
        except PackageNotFoundError:  # run from its folder, and not installed
            number = "not installed"
        typer.echo(f"{_NAME} {number}")
        raise typer.Exit


@app.callback()
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
            app(prog_name="timeline")
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
