"""The command derive: response and times of a registry, from Parquet to Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from timeline.cli import completions
from timeline.cli.common import (
    count_text,
    exit_with_problems,
    print_problems,
    refuse_overwrite,
    split_setting,
    unwritable,
)
from timeline.cli.trial_options import Evaluator, Preset, SettingTexts


def derive(
    registry: Annotated[
        Path,
        typer.Argument(
            help="A Parquet file sorted by subject: a row an assessment, with the dates of its "
            "subject (RANDDT, DTHDT, LSTALVDT) on each row.",
            metavar="REGISTRY",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", help="The derived Parquet file.", show_default=False),
    ],
    subjects: Annotated[
        Path | None,
        typer.Option(
            help="A Parquet file of a row a subject with these dates, sorted by subject; REGISTRY "
            "then has the assessments alone.",
            show_default=False,
        ),
    ] = None,
    preset: Preset = "",
    setting_texts: SettingTexts = None,
    criterion: Annotated[
        str,
        typer.Option(
            help="recist11 or irecist (default: that of the preset, else recist11).",
            autocompletion=completions.trial_criteria,
        ),
    ] = "",
    evaluator: Evaluator = "",
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            metavar="PARAMCD",
            help="What is derived: PFS, BOR .. (repeatable; default: all).",
            autocompletion=completions.trial_parameters,
        ),
    ] = None,
    column_map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="ROLE=COLUMN",
            help="A column that has no standard name (repeatable).",
            autocompletion=completions.trial_columns,
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            help="A column of subjects that each record repeats, such as ARM (repeatable).",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, help="How many row groups at a time (default: one a processor).",
            show_default=False,
        ),
    ] = None,
) -> None:  # fmt: skip
    """Derive response, survival and their reasons for each subject of a registry.

    The registry is read part by part, never whole, so that it may have any size. Every fault is
    named with its column and rows; a registry with faults that are to be rejected gives no file.
    """
    try:
        from timeline.registry import InvalidRegistry, WorkerEnded, derive_file
    except ImportError as fault:
        exit_with_problems([str(fault)])
        return
    if out.suffix.lower() != ".parquet":
        exit_with_problems([f"{out}: the derived file is Parquet (write -o {out.stem}.parquet)"])
    refuse_overwrite(out, [registry, *([subjects] if subjects else [])])
    settings = dict(map(split_setting, setting_texts or ()))
    try:
        found = derive_file(
            registry,
            out,
            settings={**settings, **({"preset": preset} if preset else {})},
            columns=dict(map(_role, column_map or ())),
            criterion=criterion or None,
            evaluator=evaluator or None,
            parameters=parameters or None,
            subjects=subjects,
            keep=keep or (),
            workers=jobs,
            progress=_progress(),
        )
    except InvalidRegistry as fault:
        exit_with_problems(fault.problems)
    except WorkerEnded as fault:
        exit_with_problems([f"{registry}: {fault}"])
    except (ValueError, ImportError) as fault:
        exit_with_problems([f"{registry}: {line}" for line in str(fault).splitlines()])
    except OSError as fault:
        exit_with_problems([unwritable(out, fault)])
    else:
        print_problems(found.problems, "note: ")
        count = count_text(found.subjects, "subject").replace(
            str(found.subjects), f"{found.subjects:,}"
        )
        typer.echo(f"{out}: written: {count}, {found.records:,} records")


def _role(text: str) -> tuple[str, str]:
    role, equals, column = text.partition("=")
    if not equals or not column.strip():
        exit_with_problems([f"--map: no column: {text!r} (write ROLE=COLUMN)"])
    return role.strip(), column.strip()


def _progress() -> Callable[[int, int], None] | None:
    """A line on the terminal that tells how many rows are done; None where there is none."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        end = "\r" if done < total else "\r\033[K"
        sys.stderr.write(f"{done:,} of {total:,} rows{end}" if done < total else end)
        sys.stderr.flush()

    return show
