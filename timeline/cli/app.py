"""The entry point of the command line: reads arguments, prints, and exits with a code.

0: done and nothing contradicted. 1: a claim is contradicted. 2: a file or an argument is wrong.
70: a fault of the program. 128 and more: ended by a signal (130 is Ctrl-C).
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

from timeline.cli.ending import INTERNAL, WRONG, end_on_signals, end_without_reader
from timeline.cli.streams import flush_streams, guard_streams, is_terminal, write_error
from timeline.core.internal_fault import internal_fault

_GC_THRESHOLD = 200_000  # new objects before the cyclic collector runs: a case creates fewer


def __getattr__(name: str) -> Any:
    """``app``, the program with all its commands, created when first used."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from timeline.cli.program import app_of

    globals()[name] = app_of()
    return globals()[name]


def run() -> None:
    """The installed command. Errors of output and internal faults are one line, not a traceback."""
    gc.set_threshold(_GC_THRESHOLD)
    os.environ["MPLBACKEND"] = "agg"  # no window, whatever the environment sets
    end_on_signals()
    guard_streams()
    if not all(is_terminal(each) for each in (sys.stdout, sys.stderr)):
        os.environ["_TYPER_FORCE_DISABLE_TERMINAL"] = "1"  # no colours of its help in a pipe
    try:
        try:
            _call()
        finally:
            flush_streams()
            gc.freeze()  # else a last collection scans all objects at exit
    except BrokenPipeError:
        end_without_reader()
    except OSError as fault:
        write_error(f"the output cannot be written: {fault.strerror}")
        end_without_reader(WRONG)
    except Exception as fault:  # a fault of the program; never exit 1
        write_error(internal_fault(fault))
        raise SystemExit(INTERNAL) from None


def _call() -> None:
    """Run the command; typer is imported after the collector was set."""
    from timeline.cli import completions
    from timeline.cli.program import MODULES, app_of

    commands = [name for name in sys.argv[1:2] if name in MODULES]
    asked = completions.is_asked()
    if asked:
        completions.prepare()
        commands = [name for name in (completions.command_named(MODULES),) if name]
    app = app_of(commands or MODULES, completion=asked or not commands)
    app(prog_name="timeline")
