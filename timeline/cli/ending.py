"""How a command ends when it is told to: by Ctrl-C, by a signal, by a reader that went away."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

_LONGEST = 300  # characters of a fault that are shown
_OURS = (Path(__file__).parents[1], Path(__file__).parents[2] / "renderers")
WRONG = 2  # a file or an argument is wrong
INTERNAL = 70  # EX_SOFTWARE of sysexits.h: the fault is ours; never 1, which means: contradicted
_BY_SIGNAL = 128  # plus the number of the signal, as shells count
_NO_READER = _BY_SIGNAL + 13  # SIGPIPE
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def end_on_signals() -> None:
    """End quietly on a signal that asks for it, so that temporary files and workers go as well.

    A signal that this process was started to ignore (``nohup``) stays ignored.
    """
    for each in ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _end)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(_BY_SIGNAL + number)


def end_without_reader(code: int = _NO_READER) -> NoReturn:
    """End where the output can no longer be written: whoever read it went away, the disk is full.

    What is still to be written goes nowhere, or Python would complain about it at its end.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError, AttributeError):  # no such stream
            continue
    raise SystemExit(code)


def internal_fault(fault: Exception) -> str:
    """A fault of our own in one line: what it is, where it arose, and what to report."""
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    ours = [f for f in frames if any(Path(f.filename).is_relative_to(room) for room in _OURS)]
    at = (ours or frames)[-1:]
    where = "".join(f" at {Path(f.filename).name}:{f.lineno} in {f.name}" for f in at)
    description = " ".join(f"{type(fault).__name__}: {fault}".split())[:_LONGEST]
    shown = description.encode("unicode_escape").decode()
    return f"internal fault: {shown}{where} (please report this line, the command and its files)"
