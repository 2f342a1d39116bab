"""The command survival: statistics of a table of times and events."""

from __future__ import annotations

import inspect
import shutil
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli import completions
from timeline.cli.common import (
    exit_with_problems,
    print_problems,
    refuse_overwrite,
    unwritable,
)
from timeline.survival_statistics.arguments import ARGUMENTS, Argument


def survival(
    table: Annotated[
        Path,
        typer.Argument(
            help="A table, a row a patient: CSV, XLSX, Parquet, XPT, Dataset-JSON.",
            metavar="TABLE",
            show_default=False,
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a row a number (CSV).")] = False,
    as_md: Annotated[bool, typer.Option("--md", help="Print Markdown.")] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="A file: .json, .csv, .md or .txt.")
    ] = None,
    **given: Any,
) -> None:
    """Print survival statistics of a table: medians, rates, tests, hazard ratios.

    Each number is that of R (package survival). What is not defined says why.
    """
    from renderers.swimmer.option_table import parse_column_map
    from timeline.core.problem import InvalidFile
    from timeline.survival_statistics.analysis import command_words, survival_statistics
    from timeline.survival_statistics.files import WRITERS, writer_of
    from timeline.survival_statistics.options import WrongOptions

    formats = {".json": as_json, ".csv": as_csv, ".md": as_md}
    wanted = [suffix for suffix, chosen in formats.items() if chosen]
    if len(wanted) + (out is not None) > 1:
        exit_with_problems(["--json, --csv, --md and -o: give one of them"])
    if out is not None:
        try:
            writer_of(out)
        except ValueError as fault:
            exit_with_problems([f"{out}: {fault}"])
        refuse_overwrite(out, [table])
    try:
        given["column_map"] = dict(parse_column_map(given["column_map"] or ()))
        found = survival_statistics(table, given, command_words)
    except InvalidFile as fault:
        exit_with_problems(fault.problems)
        return
    except WrongOptions as fault:
        exit_with_problems([f"--{each.replace('_', '-', 1)}" for each in fault.faults])
        return
    except ValueError as fault:
        exit_with_problems([f"{table}: {command_words(str(fault))}"])
        return
    print_problems(found.notes, "note: ")
    if out is not None:
        _write(out, found)
    elif wanted:
        typer.echo(WRITERS[wanted[0]](found), nl=False)
    else:
        typer.echo(found.text(_width()))


def _write(out: Path, found: Any) -> None:
    from timeline.survival_statistics.files import write_statistics

    try:
        write_statistics(out, found)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
    typer.echo(f"{out}: written")


def _width() -> int:
    """The width of the terminal; else that of a page of text."""
    from timeline.survival_statistics.result import WIDTH

    if sys.stdout is None or not sys.stdout.isatty():
        return WIDTH
    return max(shutil.get_terminal_size().columns, 60)


def _parameter(row: Argument) -> inspect.Parameter:
    """An argument of the statistics as an option of the command."""
    option = typer.Option(
        row.option,
        metavar=row.metavar or None,
        help=row.help,
        autocompletion=getattr(completions, row.completions) if row.completions else None,
    )
    kind: Any = list[str] if row.repeatable else str
    default = None if row.default is None else str(row.default)
    return inspect.Parameter(
        row.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind if default is not None else kind | None, option],
    )


def _with_arguments(command: Any) -> None:
    """Give a command an option for each row of ``ARGUMENTS``, between its table and the others."""
    first, *others = [each for each in inspect.signature(command, eval_str=True).parameters.values()
                      if each.kind is not inspect.Parameter.VAR_KEYWORD]  # fmt: skip
    own = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in others]
    command.__signature__ = inspect.Signature(
        [first, *map(_parameter, ARGUMENTS.values()), *own], return_annotation=None
    )


_with_arguments(survival)
