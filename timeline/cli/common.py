"""What the commands share: arguments, exit codes, and the printing of problems."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli.ending import WRONG
from timeline.core.problem import SHOWN
from timeline.terminology.criteria import TERMS

TERMS_OF = {row.key: title for title, row in TERMS.items()}  # titles by the names without signs
CONTRADICTED = 1

Files = Annotated[
    list[Path], typer.Argument(help="Case or report files (YAML).", show_default=False)
]
OneFile = Annotated[Path, typer.Argument(help="A case file (YAML).", show_default=False)]
Settled = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A setting; see: timeline settings."),
]
Judged = Annotated[
    list[str] | None,
    typer.Option(
        "--criterion",
        metavar="NAME",
        help="Derive every line under this criterion as well: iRECIST, Choi .. (repeatable).",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def exit_with_problems(problems: Any) -> None:
    """If there are problems: print the first hundred, count the rest, and exit with 2."""
    if problems:
        print_problems(problems)
        typer.echo(f"{counted(len(problems), 'problem')}; nothing was done", err=True)
        raise typer.Exit(WRONG)


def print_problems(faults: Sequence[Any], prefix: str = "") -> None:
    """Print the first hundred faults, each with a prefix, and count the rest."""
    for fault in faults[:SHOWN]:
        typer.echo(f"{prefix}{fault}", err=True)
    if len(faults) > SHOWN:
        typer.echo(f"{prefix}and {len(faults) - SHOWN:,} more like these", err=True)


def refuse_overwrite(
    out: Path, given: Iterable[Path], *, pairs: Iterable[Path] = (), sidecars: bool = False
) -> None:
    """Exit with 2, before anything is written, if an output would overwrite an input.

    Files are compared as what they are on the disk, whatever they are called. An output whose
    folder does not exist ends it as well. ``pairs``: cases and reports, which are read with the
    file that each names. ``sidecars``: whether those are written too.
    """
    if not out.name or not out.parent.is_dir():
        missing = f"no folder {str(out.parent)!r} (make it, or write elsewhere)"
        exit_with_problems(
            [f"{out}: {missing if out.name else 'is no file name (write -o figure.svg)'}"]
        )
    _refuse_place(out)
    made = (out, *_sidecars(out)) if sidecars else (out,)
    page = re.compile(rf"{re.escape(out.stem)}-[0-9]+{re.escape(out.suffix)}")
    given = (*given, *(other for file in pairs for other in (file, *_named_by(file))))
    command = f"-o {out} --sidecars" if sidecars else f"-o {out}"
    other = out.with_name(f"{out.stem}-figure{out.suffix}")
    exit_with_problems(
        [
            f"{each}: is an input, and {command} would overwrite it (write -o {other})"
            for each in dict.fromkeys(given)
            if any(_is_one(each, file) for file in made)
            or (page.fullmatch(each.name) and _is_one(each, out.with_name(each.name)))
        ]
    )


def _refuse_place(out: Path) -> None:
    """Exit with 2 if the output is a folder, a device or a read-only file."""
    from timeline.files.output_files import OutputFiles

    try:
        OutputFiles(asked=frozenset({out})).check(out)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])


def _sidecars(out: Path) -> tuple[Path, ...]:
    from renderers.backends.sidecars import sidecar_paths

    return tuple(file for _, file in sidecar_paths(out))


def _named_by(file: Path) -> tuple[Path, ...]:
    """The report that a case names, or the case that a report names."""
    from timeline.files.loader import adjacent_report, partner_named

    reference = partner_named(file)
    return (adjacent_report(file, reference),) if reference else ()


def _is_one(one: Path, other: Path) -> bool:
    """Whether two paths are one file, be it by a link or by letters of another case."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return os.path.realpath(one) == os.path.realpath(other)  # which takes a loop of links too


def problem_text(fault: Exception) -> str:
    """A fault in words, without the name of a temporary file."""
    return (isinstance(fault, OSError) and fault.strerror) or str(fault)


def unwritable(out: Path, fault: Exception) -> str:
    """Why an output was not written, with its name once."""
    from timeline.files.output_files import NotReplacedError

    return str(fault) if isinstance(fault, NotReplacedError) else f"{out}: {problem_text(fault)}"


class _Kept(io.StringIO):
    """Captured text, formatted as it would be on the output."""

    def __init__(self, output: Any) -> None:
        super().__init__()
        self.output = output  # where it will be printed; None if there is no output

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return getattr(self.output, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        return self.output is not None and self.output.isatty()


def captured_output(print_it: Callable[..., None], *args: Any, **keywords: Any) -> str:
    """What a function would print to the output, with its colours if it has any."""
    with contextlib.redirect_stdout(_Kept(sys.stdout)) as kept:
        print_it(*args, **keywords)
    return kept.getvalue()


def print_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def open_files(files: list[Path], settled: list[str] | None = None) -> Any:
    """The cases and reports of some files; exit with 2 if there are problems."""
    from timeline.views.case_report import load_all

    dossiers, problems = load_all(files, given_by(settled))
    exit_with_problems(problems)
    return dossiers


def given_by(settled: list[str] | None) -> dict[str, str]:
    """The settings of the command line; exit with 2 if one is unknown or wrong."""
    from timeline.settings.response import Settings

    given = dict(_split(each) for each in settled or ())
    try:
        Settings.of(given)
    except ValueError as fault:
        exit_with_problems([f"--set: {fault}"])
    return given


def with_criteria(settled: list[str] | None, criteria: list[str] | None) -> list[str]:
    """The settings of the command line with the criteria; exit with 2 if one is unknown."""
    named = [TERMS_OF[criterion_named(each)] for each in criteria or ()]
    return [*(settled or ()), *([f"also_judged_by={','.join(named)}"] if named else [])]


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        exit_with_problems([f"--set: no value: {text!r} (write NAME=VALUE)"])
    return name.strip(), value.strip()


def counted(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def criterion_named(text: str) -> str:
    """The key of a criterion, in any spelling: ``iRECIST``, ``RECIST 1.1``."""
    from timeline.core.problem import near

    plain = re.sub(r"[^a-z0-9]", "", text.lower())  # RECIST 1.1 is recist11
    if plain in TERMS_OF:
        return plain
    raise typer.BadParameter(f"unknown criterion: {text!r} ({near(text, TERMS_OF)})")
