"""The command that makes a report for a tumour board or a reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import completions
from timeline.cli.common import (
    PALETTE_FILE,
    AsJson,
    CriterionNames,
    SettingTexts,
    exit_with_problems,
    open_files,
    print_json,
    refuse_overwrite,
    unwritable,
    with_criteria,
)

if TYPE_CHECKING:
    from timeline.views.board_report import BoardReport

_CASES = (".yaml", ".yml")


def report(
    files: Annotated[
        list[Path],
        typer.Argument(help="Case or report files (YAML), or folders of them.", show_default=False),
    ],
    out: Annotated[
        list[Path] | None,
        typer.Option("-o", "--out", help="The file: .html, .pdf or .docx (repeatable)."),
    ] = None,
    short: Annotated[
        bool,
        typer.Option(
            "--short", help="Only patient, lines, open questions and timeline: two pages."
        ),
    ] = False,
    paper: Annotated[
        str,
        typer.Option(help="Of PDF and DOCX: a4 or letter.", autocompletion=completions.papers),
    ] = "a4",
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
    as_json: AsJson = False,
) -> None:
    """Write a report of a case, or of a cohort, for a tumour board or a reviewer.

    Patient, lines, timeline, scans with RECIST and iRECIST, endpoints with ranges and reasons,
    adverse events, audit and sources. Its fixed words are English. Exit 0: it is written, whatever
    the audit finds.
    """
    from timeline.views.board_report import BoardReport, faults_of

    outputs = out or []
    if outputs or not as_json:
        exit_with_problems(faults_of(outputs, paper))
    named = _named_files(files)
    for each in outputs:
        refuse_overwrite(each, (), pairs=named)
    case_reports = open_files(named, with_criteria(setting_texts, criterion))
    names = [each.name for each in case_reports]
    twice = sorted({name for name in names if names.count(name) > 1})
    exit_with_problems([f"two patients are named {name!r} (rename one)" for name in twice])
    made = BoardReport(tuple(case_reports), short=short)
    _write(made, outputs, paper, quiet=as_json)
    if as_json:
        print_json(made.data())


def _named_files(files: Sequence[Path]) -> list[Path]:
    """The files, with those of each folder in its place; exit with 2 if a folder has none."""
    found: list[Path] = []
    for each in files:
        if not each.is_dir():
            found.append(each)
            continue
        mine = sorted(
            file
            for file in each.iterdir()
            if file.suffix.lower() in _CASES and file.name != PALETTE_FILE and file.is_file()
        )
        exit_with_problems(
            [] if mine else [f"{each}: has no case file (name a folder of .yaml files)"]
        )
        found += mine
    return found


def _write(made: BoardReport, outputs: Sequence[Path], paper: str, *, quiet: bool) -> None:
    if not outputs:
        return
    try:
        written = made.save(*outputs, paper=paper)
    except ImportError as fault:
        exit_with_problems([str(fault)])
        return
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(outputs[0], fault)])
        return
    typer.echo(
        f"{', '.join(map(str, written))}: report of "
        f"{', '.join(each.name for each in made.case_reports)}",
        err=quiet,
    )
