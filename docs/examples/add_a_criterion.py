"""Add the criterion of docs/how-to/add-a-criterion.md to a copy of the project, and apply it.

Run from the top folder of the project: ``python docs/examples/add_a_criterion.py``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "how-to" / "add-a-criterion.md"
BLOCK = re.compile(r"```\{code-block\} python\n:caption: (\S+)\n\n(.*?)```", re.DOTALL)
WORDS = "timeline/terminology/criteria.py"
LIST = "timeline/response/criteria/__init__.py"


def apply(folder: Path) -> None:
    """Write the blocks of the page into a copy of the project."""
    blocks = dict(BLOCK.findall(PAGE.read_text("utf-8")))
    rows = folder / WORDS
    rows.write_text(_after(rows.read_text("utf-8"), "_ROWS = (\n", blocks.pop(WORDS)), "utf-8")
    known = folder / LIST
    text = _after(known.read_text("utf-8"), "import CHOI\n", blocks.pop(LIST))
    known.write_text(text.replace("IRRC)", "IRRC, EXAMPLE25)"), "utf-8")
    for name, block in blocks.items():
        (folder / name).write_text(block, "utf-8")


def _after(text: str, place: str, block: str) -> str:
    before, found, rest = text.partition(place)
    if not found:
        raise ValueError(f"no line {place!r}")
    return f"{before}{found}{block}{rest}"


def responses(folder: Path) -> dict[str, str]:
    """The response to 49 mm after a nadir of 40 mm and a baseline of 50 mm, by criterion."""
    found = {}
    for title in ("RECIST 1.1", "Example 25"):
        words = ["recist", "50", "49", "--nadir", "40", "--criterion", title, "--json"]
        done = subprocess.run(
            [sys.executable, "-m", "timeline", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=True,
        )
        found[title] = json.loads(done.stdout)["response"]
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        for package in ("timeline", "renderers"):
            shutil.copytree(PROJECT / package, Path(made) / package)
        apply(Path(made))
        for title, response in responses(Path(made)).items():
            print(f"{title}: {response}")


if __name__ == "__main__":
    main()
