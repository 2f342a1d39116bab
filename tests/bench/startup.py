"""The start of `timeline check` against that of a bare typer program: python -m tests.bench.startup

Both run in turn, a pair at a time, in processes of their own; the medians of the processor time
(user and system, seconds) are printed with their ratio, which is held to at most 1.5. Byte code
is compiled by a first pair that is not counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAIRS = 20
MOST = 1.5
BARE = """
from pathlib import Path
import typer
app = typer.Typer()
@app.command()
def check(files: list[Path]) -> None:
    pass
app()
"""
COMMANDS = {
    "bare typer, --help": [sys.executable, "-c", BARE, "--help"],
    "bare typer, one file": [sys.executable, "-c", BARE, "cases/wang2023.yaml"],
    "timeline check": [sys.executable, "-m", "timeline", "check", "cases/wang2023.yaml"],
}


def spent(command: list[str]) -> float:
    """Seconds of processor time of one run. CalledProcessError where it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code on disk
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print the medians and the ratio; 1 where it is over what is held."""
    runs = [[spent(command) for command in COMMANDS.values()] for _ in range(PAIRS + 1)][1:]
    medians = [statistics.median(each) for each in zip(*runs, strict=True)]
    for name, seconds in zip(COMMANDS, medians, strict=True):
        sys.stdout.write(f"{name:22} {seconds:.3f} s\n")
    ratios = [statistics.median(run[-1] / run[at] for run in runs) for at in (0, 1)]
    words = f"{ratios[0]:.2f} (at most {MOST}); against one file: {ratios[1]:.2f}"
    sys.stdout.write(f"ratio of pairs, median: {words}\n")
    return 1 if ratios[0] > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
