"""The processes of a server that a test has started: they end with the test."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def children_of(number: int) -> list[int]:
    """The numbers of the processes that a process has started."""
    words = ["ps", "-o", "pid=", "--ppid", str(number)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return [int(each) for each in done.stdout.split()]


def end(process: subprocess.Popen) -> None:
    """End a server and its processes; those that hold its pipes would let a test wait for ever."""
    children = children_of(process.pid)
    process.kill()
    for each in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    process.communicate()


def ended(numbers: list[int], seconds: float) -> bool:
    """Whether processes end within a time."""
    limit = time.monotonic() + seconds
    while any(map(_runs, numbers)):
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def _runs(number: int) -> bool:
    try:
        return bool(Path(f"/proc/{number}/cmdline").read_bytes())  # empty of one that has ended
    except OSError:
        return False
