"""How a command ends on Ctrl-C, on a signal, and when its output is closed."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

WRONG = 2  # a file or an argument is wrong
INTERNAL = 70  # EX_SOFTWARE of sysexits.h: an internal fault; never 1, which is contradicted
_BY_SIGNAL = 128  # plus the number of the signal, as shells count
_NO_READER = _BY_SIGNAL + 13  # SIGPIPE
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def end_on_signals() -> None:
    """Exit quietly on these signals, so that temporary files and workers are removed.

    A signal that this process was started to ignore (``nohup``) stays ignored.
    """
    for each in ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _end)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(_BY_SIGNAL + number)


def end_without_reader(code: int = _NO_READER) -> NoReturn:
    """Exit when the output cannot be written: its reader has closed it, or the disk is full.

    The rest of the output is discarded, else Python reports it at exit.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError, AttributeError):  # no such stream
            continue
    raise SystemExit(code)
