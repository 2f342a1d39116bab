"""The output of every command on every case, report, table and vector file, kept to compare.

``python -m tests.bench.frozen write FOLDER`` writes one text file a command: its exit code, what it
printed, and the text of each file that it made (SVG byte for byte, the twins, pages, data).
``python -m tests.bench.frozen compare BEFORE AFTER`` lists the commands whose output differs, with
the first lines of each difference. Run it before and after a change that must alter nothing. Code
and output are kept apart: the tool calls the commands in the tree that it stands in.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from typer.testing import CliRunner

from renderers import FIGURES
from tests.situations import command_walk as walk

TABLES = tuple(sorted((walk.ROOT / "tests").rglob("*.csv")))
TABLE_FIGURES = ("swimmer", "survival", "spider", "waterfall")
NAMES = (
    "check",
    "show",
    "explain",
    "audit",
    "draw",
    "gallery",
    "machine",
    "settings",
    "rules",
    "conformance",
)
BINARY = (".png", ".pdf", ".tiff")
SHOWN = 8  # lines of a difference


def commands() -> Iterator[walk.Words]:
    """Each command once, with the options of output that change its text."""
    for first, *rest in walk.ALONE:
        yield (first, *(str(Path(word).relative_to(walk.ROOT)) for word in rest))
    for name in (*NAMES, ""):
        yield (*filter(None, (name,)), "--help")
    for file in walk.FILES:
        name = str(file.relative_to(walk.ROOT))
        yield from walk.in_text(Path(name))
        yield ("audit", name, "-o", "page.md")
        yield ("audit", name, "-o", "page.html")
        for figure in FIGURES:
            yield ("draw", name, "--figure", figure, "-o", "figure.svg", "--sidecars")
    for key in walk.MACHINES:
        yield ("machine", key, "-o", "machine.svg")
    for table in TABLES:
        for figure in TABLE_FIGURES:
            name = str(table.relative_to(walk.ROOT))
            yield ("draw", name, "--figure", figure, "-o", "figure.svg")
    yield ("draw", "cases/wang2023.yaml", "--figure", "timeline", "-o", "figure.html")
    for language in walk.LANGUAGES:
        for name in ("cases/wang2023.yaml", "cases/jin2025.yaml"):
            for figure in FIGURES:
                yield (
                    *("draw", name, "--figure", figure, "-o", "figure.svg"),
                    *("--language", language, "--sidecars"),
                )


def answer(words: walk.Words) -> str:
    """What one command gives: its code, its words, its files; the folder written as OUT."""
    os.chdir(walk.ROOT)
    with tempfile.TemporaryDirectory() as made:
        arguments = [f"{made}/{word}" if before == "-o" else word
                 for before, word in zip(("", *words), words, strict=False)]  # fmt: skip
        done = CliRunner().invoke(walk.app, arguments)
        parts = [f"$ {' '.join(words)}", f"exit {done.exit_code}", done.output]
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            parts.append(repr(done.exception))
        for path in sorted(path for path in Path(made).rglob("*") if path.is_file()):
            parts.append(f"== {path.name}")
            parts.append("" if path.suffix in BINARY else path.read_text("utf-8"))
        return "\n".join(parts).replace(made, "OUT")


def _file_name(words: walk.Words) -> str:
    return re.sub(r"[^\w.=-]+", "_", " ".join(words))[:200] + ".txt"


def write(folder: Path) -> int:
    """Run every command; the exit code is 0."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = list(dict.fromkeys(commands()))
    with ProcessPoolExecutor(2) as pool:
        for words, text in zip(rows, pool.map(answer, rows, chunksize=4), strict=True):
            (folder / _file_name(words)).write_text(text, "utf-8")
    sys.stdout.write(f"{len(rows)} commands in {folder}\n")
    return 0


def compare(before: Path, after: Path) -> int:
    """List what differs; 1 if anything does."""
    names = sorted({path.name for folder in (before, after) for path in folder.glob("*.txt")})
    different = 0
    for name in names:
        texts = [(folder / name).read_text("utf-8") if (folder / name).exists() else ""
                 for folder in (before, after)]  # fmt: skip
        if texts[0] == texts[1]:
            continue
        different += 1
        lines = difflib.unified_diff(*(text.splitlines() for text in texts), lineterm="", n=0)
        sys.stdout.write(f"{name}\n")
        sys.stdout.writelines(f"    {line[:160]}\n" for line in islice(lines, 2, 2 + SHOWN))
    sys.stdout.write(f"{len(names)} commands, {different} differ\n")
    return int(bool(different))


def main(words: list[str]) -> int:
    """Write or compare."""
    match words:
        case ["write", folder]:
            return write(Path(folder).resolve())
        case ["compare", before, after]:
            return compare(Path(before), Path(after))
    sys.stderr.write(str(__doc__))
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
