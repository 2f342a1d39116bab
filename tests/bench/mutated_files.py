"""Mutated files through the commands: python -m tests.bench.mutated_files 10000 --seed 1

Each file is one of the project, or of those that the tests make, after one to three mutations. It
goes through two commands in this process. A fault is: an exception that the command does not turn
into a message, an exit code other than 0, 1 and 2, no output, a message in the words of Python or
with a control character; processor time of over a second above what the sound file takes; memory
of the process over 200 MB; a command that is refused and yet writes. The number of a file and the
seed make it again: ``--first NUMBER 1``. Exit code 1 if there is a fault.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import faulthandler
import functools
import gc
import json
import logging
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import attrs
import typer
from click.testing import CliRunner

from tests.bench.hostile_sources import KINDS, Source, sources
from tests.bench.mutations import mutated
from timeline.cli.app import app
from timeline.cli.figure_files import Target
from timeline.report_text import pdf
from timeline.report_text.pdf_process import pages_of

SECONDS = 1.0
MEGABYTES = 200
BARE = 85  # megabytes of a process that runs one command on a small file
ADDRESS_SPACE = 4 << 30
HANG = 300  # seconds by the clock after which even an extension module is ended
ROOT = Path(__file__).resolve().parents[2]
_PYTHON = re.compile(
    r"Traceback|NoneType|object has no attribute|invalid literal|could not convert|out of range"
    r"|unhashable|not subscriptable|codec can't|<class |ConversionSyntax|integer string conversion"
    r"|object at 0x|internal fault"
)
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LONGEST = 20_000  # characters of one line of a message

Words = tuple[str, ...]
_OUT = tuple(("lines", "{}", "-o", f"out.{suffix}") for suffix in ("md", "csv", "xlsx", "docx"))
_YAML: tuple[tuple[int, Words], ...] = (
    *((6, ("audit", "{}", *more)) for more in ((), ("--verbose",), ("--format", "sarif"))),
    *((2, ("audit", "{}", *more)) for more in (("--all",), ("--format", "github"), ("-o",
      "out.html"))),
    (2, ("show", "{}", "--json")), (2, ("explain", "{}", "PFS")), (8, ("lines", "{}")),
    *((1, words) for words in _OUT), (10, ("deidentify", "{}")), (2, ("deidentify", "{}",
      "--shift", "7")),
    (12, ("check", "{}", "--fix")), (5, ("check", "{}", "--json")), (5, ("check", "{}", "--text",
    "report.txt")),
    *((2, ("draw", "{}", "-o", "out.svg", "--figure", figure))
      for figure in ("timeline", "swimmer", "spider", "waterfall", "survival")),
    (1, ("draw", "{}", "-o", "out.html")), (1, ("draw", "{}", "-o", "out.svg", "--sidecars")),
    (1, ("machine", "recist11", "--path", "{}", "-o", "out.svg")),
    (1, ("show", "{}", "--policy", "all")), (1, ("schema", "case", "-o", "s.json", "--header",
    "{}")),
)  # fmt: skip
_REPORT: tuple[tuple[int, Words], ...] = (
    (4, ("draft", "{}")), (2, ("draft", "{}", "--all")), (1, ("draft", "{}", "--study", "-o",
    "d.yaml")),
    (4, ("check", "case.yaml", "--text", "{}")),
)  # fmt: skip
_DRAWN = ("draw", "--table", "{}", "--option", "unit=months", "-o", "out.svg")
_IMPORT: tuple[tuple[int, Words], ...] = (
    (4, ("import", "{}")), (2, ("import", "{}", "-o", "i.yaml")), (1, ("import", "{}", "--dates",
    "dmy")),
    (3, ("import", "events.csv", "--lesions", "{}")),
)  # fmt: skip
COMMANDS: dict[str, tuple[tuple[int, Words], ...]] = {
    "yaml": _YAML,
    "table": (
        *_IMPORT,
        (6, ("draw", "--table", "{}", "--option", "unit=months", "-o", "out.svg")),
        (2, ("draw", "--table", "{}", "--option", "unit=days", "-o", "out.svg", "--skip-invalid")),
        (3, ("draw", "--table", "lanes.csv", "--events", "{}", "--option", "unit=months", "-o",
        "out.svg")),
        (4, ("draw", "--table", "{}", "--figure", "survival", "--option", "unit=months", "-o",
        "o.svg")),
    ),
    "text": _REPORT, "xml": _REPORT, "pdf": _REPORT, "workbook": (*_IMPORT, (3, _DRAWN)),
    "json": ((1, ("conformance", "{}")),),
}  # fmt: skip


class TooLong(BaseException):
    """A command took too much processor time; raised where it was."""


@attrs.define
class Fault:
    """A kind of fault: how often it was met, and the first file and command."""

    first: str
    count: int = 0


def too_long(number: int, frame: Any) -> None:
    raise TooLong


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """TooLong within the block after so many seconds of processor time."""
    signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def peak(*, reset: bool = False) -> int:
    """Megabytes that this process held at most since the last reset."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
        return 0
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]


def place_of(fault: BaseException) -> str:
    """The last two places of ours in a traceback."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [
        f
        for f in frames
        if str(ROOT) in f.filename and "/tests/" not in f.filename and ".venv" not in f.filename
    ]
    shown = [*(ours or frames)[-2:], *frames[-1:]]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(shown))


COMMAND = typer.main.get_command(app)
RUNNER = CliRunner()


def invoke(words: Words) -> Any:
    return RUNNER.invoke(COMMAND, list(words), prog_name="timeline")


@functools.cache
def sound_seconds(source: Source, words: Words) -> float:
    """Processor time of a command on the file before it is mutated, warm; only when it is asked."""
    source.path.write_bytes(source.content)
    invoke(words)
    began = time.process_time()
    invoke(words)
    return time.process_time() - began


def wrong(words: Words) -> Iterator[str]:
    """What is wrong with one run of a command, apart from its time and memory."""
    before = set(os.listdir())
    done = invoke(words)
    if "mutated_files.TooLong" in done.stderr:  # raised where Python ignores what is raised
        raise TooLong
    fault = done.exception
    if fault is not None and not isinstance(fault, SystemExit):
        yield f"{type(fault).__name__} {str(fault)[:80]!r} {place_of(fault)}"
    elif done.exit_code not in (0, 1, 2):
        yield f"exit code {done.exit_code}"
    elif not done.output.strip() and "github" not in words:
        yield f"{words[0]}: nothing is printed"
    if found := _PYTHON.search(done.stderr):
        around = done.stderr[max(0, found.start() - 60) : found.end() + 60]
        yield f"{words[0]}: words of Python: {around!r}"
    if done.exit_code == 2 and (found := _UNSAFE.search(done.stderr)):
        yield f"{words[0]}: a control character in a message: {found[0]!r}"
    if longest := max(map(len, done.stderr.splitlines()), default=0) // _LONGEST:
        yield f"{words[0]}: a line of over {longest * _LONGEST} characters"
    if ("--json" in words or "sarif" in words) and done.exit_code != 2:
        try:
            json.loads(done.stdout)
        except ValueError as bad:
            yield f"{words[0]}: no JSON: {bad}"
    made = set(os.listdir()) - before
    if done.exit_code == 2 and made and "--skip-invalid" not in words:
        yield f"{words[0]}: refused, and yet wrote {sorted(made)}"
    for each in map(Path, made):
        each.unlink() if each.is_file() else shutil.rmtree(each, ignore_errors=True)


def run(source: Source, content: bytes, words: Words) -> list[str]:
    """What is wrong with a command on a content: the time is measured again before it counts."""
    found: list[str] = []
    limit = SECONDS
    for _ in range(3):
        source.path.write_bytes(content)
        peak(reset=True)
        before = peak()
        try:
            with at_most(limit):
                found = list(wrong(words))
            break
        except TooLong as fault:
            found = [f"{words[0]}: over {limit:.1f} s at {place_of(fault)}"]
            limit = SECONDS + sound_seconds(source, words)
    if (used := peak() - before + BARE) > MEGABYTES:
        found.append(f"{words[0]}: over {used // 50 * 50} MB")
        gc.collect()
    return found


@attrs.define
class Campaign:
    """A run over many files: its folder, sources, counts and faults by kind."""

    seed: int
    keep: Path | None
    by_kind: dict[str, tuple[Source, ...]]
    faults: dict[str, Fault] = attrs.Factory(dict)
    counts: collections.Counter[str] = attrs.Factory(collections.Counter)

    def one(self, number: int) -> None:
        """One mutated file through two commands."""
        dice = random.Random(f"{self.seed}:{number}")
        kind = dice.choices(tuple(KINDS), tuple(KINDS.values()))[0]
        rows = self.by_kind[kind]
        source = dice.choices(rows, [each.weight for each in rows])[0]
        content, names = mutated(source.content, kind, dice)
        weights, commands = zip(*COMMANDS[kind], strict=True)
        chosen = [dice.choices(commands, weights)[0]]
        if kind == "yaml":
            chosen.insert(0, ("check", "{}"))
        pdf.subprocess = subprocess if dice.random() < 0.02 else SUBPROCESS  # type: ignore[assignment]
        Target.write = WRITE if dice.random() < 0.05 else _unwritten  # type: ignore[method-assign]
        self.counts[kind] += 1
        for command in chosen:
            words = tuple(word.format(source.path) if word == "{}" else word for word in command)
            for fault in run(source, content, words):
                name = re.sub(r"0x[0-9a-f]+|\d{3,}", "N", fault)
                kept = self.keep / f"{self.seed}-{number}{source.path.suffix}" if self.keep else ""
                first = (
                    f"number {number}: {' '.join(words)} [{source.path}; {', '.join(names)}] {kept}"
                )
                row = self.faults.setdefault(name, Fault(first))
                row.count += 1
                if self.keep and row.count == 1:
                    (self.keep / f"{self.seed}-{number}{source.path.suffix}").write_bytes(content)
        source.restore()


WRITE = Target.write


def _unwritten(target: Target, scene: Any) -> tuple[Path, ...]:
    """In place of drawing the scene, which takes the most time and reads no file."""
    return (target.path,)


def _pages_of(command: Any, *, input: bytes, **_: Any) -> Any:  # noqa: A002
    """In place of the process that reads a PDF: the same function in this process."""
    return SimpleNamespace(stdout=json.dumps(pages_of(input)))


SUBPROCESS = SimpleNamespace(run=_pages_of, TimeoutExpired=subprocess.TimeoutExpired)


def main() -> int:
    """Run a number of files, print each kind of fault with its count and its first file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="A folder for the first file of each kind.")
    wanted = parser.parse_args()
    logging.disable(logging.CRITICAL)  # as the process that reads a PDF does
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    keep = wanted.keep.resolve() if wanted.keep else None
    if keep:
        keep.mkdir(exist_ok=True)
    began, here = time.process_time(), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        campaign = Campaign(seed=wanted.seed, keep=keep, by_kind=sources(ROOT))
        at = Path("..") / f"at-{os.getpid()}" if keep is None else keep / f"at-{wanted.seed}"
        for number in range(wanted.first, wanted.first + wanted.number):
            faulthandler.dump_traceback_later(HANG, exit=True)
            at.write_text(f"{number}\n")
            campaign.one(number)
            if number % 1000 == 999:
                spent = time.process_time() - began
                kinds = f"{len(campaign.faults)} kinds of faults"
                print(f"{number + 1}: {kinds}, {spent:.0f} s", flush=True)  # noqa: T201
        faulthandler.cancel_dump_traceback_later()
        at.unlink()
        os.chdir(here)
    for name, fault in sorted(campaign.faults.items(), key=lambda row: -row[1].count):
        print(f"{fault.count:6} × {name}\n         {fault.first}")  # noqa: T201
    total = sum(fault.count for fault in campaign.faults.values())
    kinds = ", ".join(f"{count} {kind}" for kind, count in campaign.counts.most_common())
    spent = time.process_time() - began
    print(f"{wanted.number} files ({kinds}); {total} faults; {spent:.0f} s")  # noqa: T201
    return int(bool(total))


if __name__ == "__main__":
    sys.exit(main())
