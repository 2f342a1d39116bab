"""What a case file costs: milliseconds of processor time a file, of many files read at once.

Run as ``python -m tests.bench.case_files [files]``. Files are the cases of this project, read again
and again: loaded; with the response of every scan derived, by default settings and by others; with
one endpoint of each line besides; and with every endpoint.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from timeline.endpoints.derived_case import derive_all
from timeline.files.loader import load
from timeline.settings.response import Settings

ROOT = Path(__file__).parents[2]
FILES = 40
TURNS = 3  # of which the quickest is printed


def cost(work: Callable[[], list[Any]]) -> float:
    """Milliseconds of processor time for each of the things that ``work`` gives."""
    spent = []
    for _ in range(TURNS):
        begun = time.process_time()
        count = len(work())
        spent.append((time.process_time() - begun) / count)
    return 1000 * min(spent)


def main(count: int = FILES) -> None:
    """Print a line for each kind of work."""
    paths = sorted((ROOT / "cases").glob("*.yaml"))
    every = [paths[number % len(paths)] for number in range(count)]
    cases = [load(path)[0] for path in every]
    gc.collect()
    gc.freeze()
    changed = Settings.of({"pfs_policy": "ema", "unconfirmed_iupd_policy": "censor"})

    def derived(settings: Settings | None = None) -> list[Any]:
        return [each for each, _ in derive_all([(c, settings or c.settings) for c in cases])]

    def one_endpoint() -> list[Any]:
        found = derived()
        return [[each.outcome("PFS", line.number) for line in each.case.lines] for each in found]

    for name, work in (
        ("loaded", lambda: [load(path) for path in every]),
        ("responses derived", derived),
        ("the same under other settings", lambda: derived(changed)),
        ("and PFS of each line", one_endpoint),
        ("and every endpoint", lambda: [each.outcomes for each in derived()]),
    ):
        sys.stdout.write(f"{cost(work):7.1f} ms a file: {name}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FILES)
