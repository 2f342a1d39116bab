"""The commands. Each reads its arguments, asks the house, prints, and exits with a code.

0: done and nothing contradicted. 1: a claim is contradicted. 2: a file or an argument is wrong.
70: a fault of our own. 128 and more: ended by a signal (130 is Ctrl-C).
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

from timeline.cli.ending import INTERNAL, WRONG, end_on_signals, end_without_reader, internal_fault
from timeline.cli.streams import flush_streams, guard_streams, write_error

_FEW_SEARCHES = 200_000  # new objects before Python looks for circles: a case makes fewer


def __getattr__(name: str) -> Any:
    """``app``, the program with all its commands, made when it is first asked for."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from timeline.cli.program import app_of

    globals()[name] = app_of()
    return globals()[name]


def run() -> None:
    """The command as installed: output that cannot be written is a sentence, not a traceback."""
    gc.set_threshold(_FEW_SEARCHES)
    os.environ["MPLBACKEND"] = "agg"  # a command opens no window, whatever a notebook asks for
    end_on_signals()
    guard_streams()
    try:
        try:
            _call()
        finally:
            flush_streams()
            gc.freeze()  # or Python searches all that was loaded for circles before it ends
    except BrokenPipeError:
        end_without_reader()
    except OSError as fault:
        write_error(f"the output cannot be written: {fault.strerror}")
        end_without_reader(WRONG)
    except Exception as fault:  # whatever it is, it is ours; no traceback, and never exit 1
        write_error(internal_fault(fault))
        raise SystemExit(INTERNAL) from None


def _call() -> None:
    """Call the command that is asked for; typer is loaded after the searches were made few."""
    from timeline.cli.program import MODULES, app_of

    asked = [name for name in sys.argv[1:2] if name in MODULES]
    app_of(asked or MODULES)(prog_name="timeline")
