"""The start of `timeline` against that of a bare typer program: python -m tests.bench.startup

The bare program has one command without arguments that prints a line. Both run by the same
interpreter, a pair at a time, in processes of their own. The medians of the processor time (user
and system) and of the time by the clock are printed, in seconds, with the medians of the ratios
of the pairs. The ratio of the processor time is held to at most 1.5: it depends less on what else
the machine does. Byte code is compiled by a first pair that is not counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TURNS = 20
MOST = 1.5
BARE = """
import typer
app = typer.Typer()
@app.command()
def check() -> None:
    typer.echo("done")
app()
"""
COMMANDS = {
    "bare typer": [sys.executable, "-c", BARE],
    "timeline check": [sys.executable, "-m", "timeline", "check", "cases/wang2023.yaml"],
    "timeline --help": [sys.executable, "-m", "timeline", "--help"],
}


def spent(command: list[str]) -> tuple[float, float]:
    """Seconds of one run: of the processor, and by the clock. CalledProcessError if it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code on disk
    began = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    clock = time.perf_counter() - began
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return used.ru_utime + used.ru_stime, clock


def main() -> int:
    """Print the medians and the ratios; 1 where a ratio is over the highest allowed."""
    turns = [[spent(command) for command in COMMANDS.values()] for _ in range(TURNS + 1)][1:]
    over = False
    for place, name in enumerate(COMMANDS):
        processor, clock = (statistics.median(turn[place][at] for turn in turns) for at in (0, 1))
        ratio = statistics.median(turn[place][0] / turn[0][0] for turn in turns)
        over = over or ratio > MOST
        times = f"processor {processor:.3f} s, clock {clock:.3f} s"
        sys.stdout.write(f"{name:16} {times}; ratio {ratio:.2f} (at most {MOST})\n")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
