"""Commands that are killed while they write: python -m tests.bench.killed_writes 100

Each command runs in a child that is killed (SIGKILL), as often as the number says: half of the
times by itself before a step on a file of the output folder (to open, link, rename, remove it or
change its mode), else at a random moment. Afterwards each output is absent or as it was, or
complete, and every other file of the folder has the name of a temporary file. Counts are printed;
exit code 1 if something else is found.
"""

from __future__ import annotations

import collections
import contextlib
import io
import os
import random
import re
import signal
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import attrs
import typer
from click.testing import CliRunner

from timeline.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
TEMPORARY = re.compile(r"\.timeline-[0-9a-f]{16}\.part")
STEPS = frozenset(("open", "os.link", "os.rename", "os.remove", "os.chmod"))
MOST_STEPS = 40
_CASE = """case: a
patient: {sex: female, age: 61}
events:
  - {diagnosis: 2021-03, what: sarcoma}
  - {Scan: 2021-04-01, baseline: 1}
  - {treatment: 2021-04-10/2021-09-01, line: 1, drugs: doxorubicin}
  - {scan: 2021-09-01, target: PD}
  - {last contact: 2022-01}
"""
_TABLE = "event,date,what\nscan,2021-04-01,\nlast contact,2022-01,alive\n"
_REPORT = "Case presentation\n\nIn May 2021 she received doxorubicin 75 mg/m2.\n"


@attrs.frozen
class Row:
    """A command that writes ``out``. ``old``: what may be there before; None where nothing may."""

    words: tuple[str, ...]
    out: str
    old: str | None = "old"


_SOUND = "../sound.yaml"
ROWS = (
    *(Row(("draw", _SOUND, "-o", f"f.{end}"), f"f.{end}") for end in ("svg", "png", "pdf", "html")),
    *(Row(("lines", _SOUND, "-o", f"l.{end}"), f"l.{end}")
      for end in ("md", "csv", "xlsx", "docx")),
    Row(("import", "../events.csv", "-o", "i.yaml", "--overwrite"), "i.yaml"),
    Row(("deidentify", _SOUND, "-o", "d.yaml"), "d.yaml"),
    Row(("check", "c.yaml", "--fix"), "c.yaml", _CASE),
    Row(("new", "n", "--sex", "female"), "n.yaml", None),
    Row(("draft", "../report.txt", "-o", "r.yaml", "--overwrite"), "r.yaml"),
    Row(("schema", "case", "-o", "s.json"), "s.json"),
    Row(("audit", "../claims.yaml", "-o", "a.html"), "a.html"),
)  # fmt: skip
COMMAND = typer.main.get_command(app)


def prepare(folder: Path) -> Path:
    """The files that the commands read; the folder that they write into."""
    (folder / "sound.yaml").write_text(_CASE.replace("Scan", "scan"), "utf-8")
    (folder / "events.csv").write_text(_TABLE)
    (folder / "report.txt").write_text(_REPORT)
    (folder / "claims.yaml").write_text(
        "source: a\nclaims:\n  Abstract:\n    - {p: 1.2, about: OS}\n"
    )
    (folder / "out").mkdir()
    return folder / "out"


def call(row: Row) -> None:
    """Run a command in this process."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        CliRunner().invoke(COMMAND, list(row.words), prog_name="timeline")


def kill_at(step: int, folder: Path) -> None:
    """Kill this process before the step of that number on a file of a folder."""
    count = 0

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal count
        if event not in STEPS or not isinstance(args[0], str | os.PathLike):
            return
        if Path(os.path.abspath(args[0])).parent == folder:
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def run_and_kill(row: Row, folder: Path, step: int, seconds: float) -> bool:
    """Run a command in a child; whether it was killed before it ended.

    ``step``: that at which it is killed; 0: it is killed after ``seconds``.
    """
    child = os.fork()
    if not child:
        try:
            if step:
                kill_at(step, folder)
            call(row)
        finally:
            os._exit(0)
    if not step:
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def is_complete(path: Path, wanted: bytes) -> bool:
    """Whether a file is as the command writes it; an archive has the time of its writing in it."""
    found = path.read_bytes()
    if path.suffix not in (".xlsx", ".docx"):
        return found == wanted
    with zipfile.ZipFile(io.BytesIO(found)) as one, zipfile.ZipFile(io.BytesIO(wanted)) as other:
        return one.testzip() is None and one.namelist() == other.namelist()


def put(row: Row, folder: Path, *, old: bool) -> Path:
    """The output before the command: as it was, or absent; nothing else is in the folder."""
    for path in folder.iterdir():
        path.unlink()
    out = folder / row.out
    if old and row.old is not None:
        out.write_text(row.old, "utf-8")
    return out


def state(row: Row, out: Path, wanted: bytes, *, old: bool) -> str:
    """What is there after a kill: ``absent``, ``old``, ``complete``; or what is wrong."""
    others = [path.name for path in out.parent.iterdir() if path != out]
    if strange := [name for name in others if not TEMPORARY.fullmatch(name)]:
        return f"wrong: also {strange}"
    if not out.exists():
        return "wrong: gone" if old and row.old is not None else "absent"
    if old and row.old is not None and out.read_text("utf-8", "replace") == row.old:
        return "old"
    return "complete" if is_complete(out, wanted) else "wrong: a part of it"


def killed(row: Row, folder: Path, kills: int, dice: random.Random) -> collections.Counter[str]:
    """Kill a command a number of times, and count what is there afterwards."""
    os.chdir(folder)
    out = put(row, folder, old=True)
    call(row)  # warm, and what it writes
    out = put(row, folder, old=True)
    began = time.perf_counter()
    call(row)
    seconds = time.perf_counter() - began
    wanted = out.read_bytes()
    counts: collections.Counter[str] = collections.Counter()
    steps = 1
    while counts.total() < kills:
        old = row.words[0] == "check" or dice.random() < 0.5
        out = put(row, folder, old=old)
        step = steps if counts.total() % 2 == 0 else 0
        was_killed = run_and_kill(row, folder, step, dice.uniform(0, seconds * 1.2))
        steps = steps + 1 if was_killed and steps < MOST_STEPS else 1
        found = state(row, out, wanted, old=old)
        counts[found if was_killed else f"{found}, ended before"] += 1
    return counts


def main() -> int:
    """Kill each command so many times; print what was there afterwards."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    wrong, here = 0, Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = prepare(Path(name).resolve())
        for row in ROWS:
            counts = killed(row, folder, kills, random.Random(" ".join(row.words)))
            wrong += sum(number for found, number in counts.items() if found.startswith("wrong"))
            found = ", ".join(f"{number} {state}" for state, number in counts.most_common())
            print(f"{' '.join(row.words):48} {found}", flush=True)  # noqa: T201
        os.chdir(here)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
