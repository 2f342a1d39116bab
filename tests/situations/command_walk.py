"""Every command with every option of output, as rows of words to run in this process."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from typer.testing import CliRunner

from renderers import FIGURES
from renderers.languages import LANGUAGES
from renderers.scene.journals import PRESETS
from timeline.cli.app import app
from timeline.endpoints.censoring.policies import POLICIES
from timeline.terminology.criteria import TERMS
from timeline.terminology.endpoints import BY_NAME

ROOT = Path(__file__).parents[2]
READ = (ROOT / "cases", ROOT / "seeds", ROOT / "tests" / "situations" / "inputs")
FILES = tuple(sorted(path for folder in READ for path in folder.rglob("*.yaml")))
VECTORS = tuple(sorted((ROOT / "tests" / "vectors").glob("*.json")))
SUFFIXES = ("svg", "pdf", "png", "tiff", "html")
PAPERS = tuple((name, column) for name, row in PRESETS.items() for column, _ in row.columns)
MACHINES = tuple(row.key for row in TERMS.values())
ALONE = (("settings",), ("rules",), *(("conformance", str(path)) for path in VECTORS))
EXPLAINED = tuple(sorted({name for name in BY_NAME if " " not in name}))
_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
CODES = (0, 1, 2)

Words = tuple[str, ...]


def blocks(folder: Path) -> tuple[Path, ...]:
    """The cases and reports in the pages of the project, each written as a file."""
    pages = (ROOT / "README.md", *ROOT.glob("*/README.md"), *(ROOT / "docs").glob("*.md"))
    made = []
    for page in sorted(pages):
        for number, text in enumerate(_BLOCK.findall(page.read_text("utf-8"))):
            kind = "seeds" if text.startswith("source:") else "cases"
            name = f"{page.parent.name}-{page.stem}-{number}.yaml"
            if made_name := re.match(r"(?:case|source): (\w+)\n", text):
                name = f"{made_name[1]}.yaml"
            path = folder / kind / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
            made.append(path)
    return tuple(dict.fromkeys(made))


def in_text(file: Path) -> Iterator[Words]:
    """Each command that prints text or JSON of one file, but for `explain` and pages."""
    name = str(file)
    yield from ((command, name, *form) for command in ("check", "audit", "lines")
                for form in FORMS)  # fmt: skip
    yield from (("audit", name, *form) for form in AUDIT_FORMS)
    yield from (("show", name, *which) for which in ((), ("--json",), ("--all",)))
    for policy in (*POLICIES, "all"):
        yield from (("show", name, "--policy", policy, *form) for form in FORMS)


AUDIT_FORMS: tuple[Words, ...] = (
    *(("--all",), ("--verbose",), ("--all", "--verbose")),
    *(("--format", "github"), ("--format", "sarif")),
)
FORMS: tuple[Words, ...] = ((), ("--json",))


def by_criterion(file: Path) -> Iterator[Words]:
    """Each criterion added to the lines of one file."""
    name = str(file)
    for title in TERMS:
        yield ("show", name, "--criterion", title, "--json")
        yield ("audit", name, "--criterion", title)


def explained(file: Path) -> Iterator[Words]:
    """Each endpoint of one file explained."""
    for endpoint in EXPLAINED:
        yield from (("explain", str(file), endpoint, *form) for form in FORMS)


def pages(file: Path) -> Iterator[Words]:
    """An audit of one file written as a page."""
    yield from (("audit", str(file), "-o", f"page.{suffix}") for suffix in ("html", "md"))


def drawn(file: Path) -> Iterator[Words]:
    """Each figure of one file in each format, with the papers and languages in turn."""
    count = 0
    languages = tuple(LANGUAGES)
    for kind in FIGURES:
        for suffix in SUFFIXES:
            preset, column = PAPERS[(count + len(file.name)) % len(PAPERS)]
            yield (
                *("draw", str(file), "--figure", kind, "-o", f"figure.{suffix}"),
                *("--preset", preset, "--column", column),
                *("--language", languages[count % len(languages)]),
                *(("--sidecars",) if count % 2 else ()),
            )
            count += 1


def machines(file: Path) -> Iterator[Words]:
    """Each machine, alone and with the path of line 1 of one file, the formats in turn."""
    for number, key in enumerate(MACHINES):
        out = ("-o", f"machine.{SUFFIXES[number % len(SUFFIXES)]}")
        yield ("machine", key, *out)
        yield ("machine", key, *out, "--path", str(file), "--line", "1")


def galleries(file: Path) -> Iterator[Words]:
    """A gallery of one file in each preset."""
    yield from (("gallery", str(file), "-o", "gallery", "--preset", name) for name in PRESETS)


def run(words: Words, folder: Path) -> str:
    """Run one command in a folder that is empty before; what is wrong with it, or nothing.

    The current folder must be ``folder``; it is empty again afterwards.
    """
    done = CliRunner().invoke(app, list(words))
    wrong = list(_output(words, done))
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    wrong += _written(words, written, done.exit_code)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    return "".join(f"{' '.join(words)}: {each}\n" for each in wrong)


def _output(words: Words, done) -> Iterator[str]:
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        yield f"{type(done.exception).__name__}: {done.exception}"
    elif done.exit_code not in CODES:
        yield f"exit code {done.exit_code}"
    elif "Traceback" in done.output:
        yield "a traceback"
    elif not done.output.strip():
        yield "nothing is printed"
    elif "--json" in words and (done.stdout or done.exit_code != 2):
        try:
            json.loads(done.stdout)
        except ValueError as fault:
            yield f"no JSON: {fault}"


def _written(words: Words, written: list[Path], code: int) -> Iterator[str]:
    """What is wrong with the files: one too many, none though it succeeded, broken XML."""
    out = words[words.index("-o") + 1] if "-o" in words else ""
    names = [path.name for path in written]
    if out and code == 2 and names:
        yield f"refused, and yet wrote {names}"
    if out and code != 2 and not names:
        yield "wrote nothing"
    if words[0] != "gallery":
        stem = out.rpartition(".")[0]
        others = [name for name in names if not (out and name.startswith((stem + ".", stem + "-")))]
        most = 1 + 3 * ("--sidecars" in words)
        if others:
            yield f"wrote {others} too"
        if out.endswith((".md", ".html")) and len(names) > most:
            yield f"wrote {names}"
    for path in written:
        if path.suffix == ".svg":
            try:
                ElementTree.parse(path)  # noqa: S314 - written here
            except ElementTree.ParseError as fault:
                yield f"{path.name} is no XML: {fault}"
        if not path.stat().st_size:
            yield f"{path.name} is empty"
