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

from timeline.cli import completions
from timeline.cli.ending import WRONG
from timeline.core.problem import SHOWN
from timeline.files.folders import PALETTE
from timeline.terminology.criteria import TERMS

TITLE_OF = {row.key: title for title, row in TERMS.items()}  # recist11: RECIST 1.1
CONTRADICTED = 1


def without_palette(files: list[Path] | None) -> list[Path] | None:
    """The files without the palette of their folder, which cases/*.yaml includes."""
    others = [each for each in files or () if each.name != PALETTE]
    return others or files


Files = Annotated[
    list[Path],
    typer.Argument(
        help="Case or report files (YAML).", show_default=False, callback=without_palette
    ),
]
OneFile = Annotated[Path, typer.Argument(help="A case file (YAML).", show_default=False)]
SettingTexts = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A setting; see: timeline settings.",
        autocompletion=completions.settings,
    ),
]
CriterionNames = Annotated[
    list[str] | None,
    typer.Option(
        "--criterion",
        metavar="NAME",
        help="Derive every line under this criterion as well: iRECIST, Choi .. (repeatable).",
        autocompletion=completions.criteria,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def same_names(named: Iterable[tuple[str, str]]) -> list[str]:
    """A problem for each name that several patients have, with their files.

    ``named``: the name of each patient, and its file.
    """
    files: dict[str, list[str]] = {}
    for name, file in named:
        files.setdefault(name, []).append(file)
    return [
        f"{'two' if len(each) == 2 else len(each)} patients are named {name!r}: "
        f"{', '.join(each)} (rename one)"
        for name, each in sorted(files.items())
        if len(each) > 1
    ]


def exit_with_problems(problems: Any, *, corrected: int = 0) -> None:
    """If there are problems: print the first hundred, count the rest, and exit with 2.

    ``corrected``: how many faults were corrected in the files before.
    """
    if problems:
        print_problems(problems)
        left = count_text(len(problems), "problem")
        done = f"{corrected} corrected; {left} left" if corrected else f"{left}; nothing was done"
        typer.echo(done, err=True)
        raise typer.Exit(WRONG)


def print_problems(faults: Sequence[Any], prefix: str = "") -> None:
    """Print the first hundred faults, each with a prefix, and count the rest."""
    for fault in faults[:SHOWN]:
        typer.echo(f"{prefix}{fault}", err=True)
    if len(faults) > SHOWN:
        typer.echo(f"{prefix}and {len(faults) - SHOWN:,} more like these", err=True)


def refuse_overwrite(
    out: Path, inputs: Iterable[Path], *, pairs: Iterable[Path] = (), sidecars: bool = False
) -> None:
    """Exit with 2, before anything is written, if an output would overwrite an input.

    Two paths to one file on the disk count as one. The command also exits if the folder of the
    output does not exist.

    Args:
        out: the output.
        inputs: files that are read.
        pairs: cases and reports that are read, each with the file that it names.
        sidecars: whether sidecars are written as well.
    """
    if not out.name or not out.parent.is_dir():
        missing = f"no folder {str(out.parent)!r} (make it, or write elsewhere)"
        exit_with_problems(
            [f"{out}: {missing if out.name else 'is no file name (write -o figure.svg)'}"]
        )
    _refuse_place(out)
    outputs = (out, *_sidecars(out)) if sidecars else (out,)
    page = re.compile(rf"{re.escape(out.stem)}-[0-9]+{re.escape(out.suffix)}")
    inputs = (*inputs, *(other for file in pairs for other in (file, *_partner_of(file))))
    command = f"-o {out} --sidecars" if sidecars else f"-o {out}"
    other = out.with_name(f"{out.stem}-figure{out.suffix}")
    exit_with_problems(
        [
            f"{each}: is an input, and {command} would overwrite it (write -o {other})"
            for each in dict.fromkeys(inputs)
            if any(_is_same_file(each, file) for file in outputs)
            or (page.fullmatch(each.name) and _is_same_file(each, out.with_name(each.name)))
        ]
    )


def _refuse_place(out: Path) -> None:
    """Exit with 2 if the output is a folder, a device or a read-only file."""
    from timeline.files.output_files import OutputFiles

    try:
        OutputFiles(requested=frozenset({out})).check(out)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])


def _sidecars(out: Path) -> tuple[Path, ...]:
    from renderers.backends.sidecars import sidecar_paths

    return tuple(file for _, file in sidecar_paths(out))


def _partner_of(file: Path) -> tuple[Path, ...]:
    """The report that a case names, or the case that a report names."""
    from timeline.files.loader import adjacent_report, partner_named

    reference = partner_named(file)
    return (adjacent_report(file, reference),) if reference else ()


def _is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths are one file: through a link, or where letter case does not matter."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return os.path.realpath(one) == os.path.realpath(other)  # works in a loop of links, too


def problem_text(fault: Exception) -> str:
    """The text of a fault, without the name of a temporary file."""
    return (isinstance(fault, OSError) and fault.strerror) or str(fault)


def unwritable(out: Path, fault: Exception) -> str:
    """The message for an output that was not written; it names the file once."""
    from timeline.files.output_files import NotReplacedError

    return str(fault) if isinstance(fault, NotReplacedError) else f"{out}: {problem_text(fault)}"


class _CapturedText(io.StringIO):
    """Captured text, formatted as it would be on the output."""

    def __init__(self, output: Any) -> None:
        super().__init__()
        self.output = output  # where it will be printed; None if there is no output

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return getattr(self.output, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        return self.output is not None and self.output.isatty()


def captured_output(function: Callable[..., None], *args: Any, **keywords: Any) -> str:
    """What a function would print to the output, with its colours if it has any."""
    with contextlib.redirect_stdout(_CapturedText(sys.stdout)) as captured:
        function(*args, **keywords)
    return captured.getvalue()


def print_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def open_files(files: list[Path], setting_texts: list[str] | None = None) -> Any:
    """The cases and reports of some files; exit with 2 if there are problems."""
    from timeline.views.case_report import load_all

    case_reports, problems = load_all(files, parse_settings(setting_texts))
    exit_with_problems(problems)
    return case_reports


def parse_settings(setting_texts: list[str] | None) -> dict[str, str]:
    """The settings of the command line; exit with 2 if one is unknown or wrong."""
    from timeline.settings.response import Settings

    settings = dict(split_setting(each) for each in setting_texts or ())
    try:
        Settings.of(settings)
    except ValueError as fault:
        exit_with_problems([f"--set: {fault}"])
    return settings


def with_criteria(setting_texts: list[str] | None, criteria: list[str] | None) -> list[str]:
    """The settings of the command line with the criteria; exit with 2 if one is unknown."""
    titles = [TITLE_OF[criterion_key(each)] for each in criteria or ()]
    return [*(setting_texts or ()), *([f"also_judged_by={','.join(titles)}"] if titles else [])]


def split_setting(text: str) -> tuple[str, str]:
    """Name and value of NAME=VALUE; exit with 2 where there is no value."""
    name, equals, value = text.partition("=")
    if not equals:
        exit_with_problems([f"--set: no value: {text!r} (write NAME=VALUE)"])
    return name.strip(), value.strip()


def count_text(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def criterion_key(text: str) -> str:
    """The key of a criterion, in any spelling: ``iRECIST``, ``RECIST 1.1``."""
    from timeline.terminology.criterion_names import derived_criterion

    plain = re.sub(r"[^a-z0-9]", "", text.lower())  # RECIST 1.1 is recist11
    if plain in TITLE_OF:
        return plain
    try:
        return TERMS[derived_criterion(text)].key
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from None
