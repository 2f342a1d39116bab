"""Every command with every option of output on every case and report, whole: prints each fault.

Run with ``python -m tests.bench.walk_commands``; it takes about half an hour, or with the words
``text``, ``drawings`` or ``galleries`` that part alone. Exit code 1 if one fails.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.situations import command_walk as walk

PARTS = {
    "text": (walk.in_text, walk.by_criterion, walk.explained, walk.pages),
    "drawings": (walk.drawn, walk.machines),
    "galleries": (walk.galleries,),
}


def commands(parts: tuple[str, ...], files: tuple[Path, ...]) -> Iterator[walk.Words]:
    """Each command of some parts on each file."""
    yield from walk.ALONE
    yield ("audit", *map(str, files), "--json", "--jobs", "2")
    for file in files:
        for part in parts:
            for rows in PARTS[part]:
                yield from rows(file)


def main(parts: tuple[str, ...]) -> int:
    """Run them, print each fault as it is met, and count."""
    begun = time.monotonic()
    run, faults = 0, 0
    with tempfile.TemporaryDirectory() as made:
        files = (*walk.FILES, *walk.blocks(Path(made)))
        here = Path(made) / "here"
        here.mkdir()
        os.chdir(here)
        for words in commands(parts, files):
            wrong = walk.run(words, here)
            run, faults = run + 1, faults + bool(wrong)
            if wrong:
                print(wrong, end="", flush=True)  # noqa: T201
        os.chdir(walk.ROOT)
    print(f"{run} commands, {faults} faults; {time.monotonic() - begun:.0f} s")  # noqa: T201
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or tuple(PARTS)))
