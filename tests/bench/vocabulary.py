"""Every key of the schema with its documented words by the commands, whole: prints each fault.

Run with ``python -m tests.bench.vocabulary``; it takes many minutes. Exit code 1 if one fails.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.situations import command_walk as walk
from tests.situations.documents import commands, documents


def main() -> int:
    """Run each command on each file, print each fault as it is met, and count."""
    begun = time.monotonic()
    run, faults = 0, 0
    with tempfile.TemporaryDirectory() as made:
        path, here = Path(made) / "words2024.yaml", Path(made) / "here"
        here.mkdir()
        os.chdir(here)
        for what, text in documents():
            path.write_text(text, "utf-8")
            for words in commands(str(path)):
                wrong = walk.run(words, here)
                run, faults = run + 1, faults + bool(wrong)
                if wrong:
                    print(f"{what}: {wrong}", end="", flush=True)  # noqa: T201
        os.chdir(walk.ROOT)
    print(f"{run} commands, {faults} faults; {time.monotonic() - begun:.0f} s")  # noqa: T201
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
