"""The command survival: statistics of a table of times and events."""

from __future__ import annotations

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


def _column(meaning: str) -> Any:
    return typer.Option(metavar="COLUMN", help=meaning)


def survival(
    table: Annotated[
        Path,
        typer.Argument(
            help="A table, a row a patient: CSV, XLSX, Parquet, XPT, Dataset-JSON.",
            metavar="TABLE",
            show_default=False,
        ),
    ],
    time: Annotated[
        str | None, _column("The times: numbers, or dates with --start (default: AVAL ..).")
    ] = None,
    event: Annotated[
        str | None, _column("The events: 1 and 0, words, or CNSR (default: CNSR ..).")
    ] = None,
    by: Annotated[str | None, _column("The groups that are compared.")] = None,
    strata: Annotated[
        list[str] | None, _column("The strata of stratified tests and models (repeatable).")
    ] = None,
    interval: Annotated[
        str,
        typer.Option(
            metavar="log-log|log|plain",
            help="The scale of limits of survival: log-log (as SAS), log (as R) or plain.",
            autocompletion=completions.intervals,
        ),
    ] = "log-log",
    at: Annotated[
        str | None,
        typer.Option(metavar="6,12", help="Times of rates and numbers at risk, in their unit."),
    ] = None,
    tau: Annotated[
        str | None, typer.Option(metavar="TIME", help="Up to which time the restricted mean goes.")
    ] = None,
    quantiles: Annotated[
        str, typer.Option(metavar="25,50,75", help="Percent of the patients with the event.")
    ] = "50",
    median_rule: Annotated[
        str,
        typer.Option(
            metavar="quantile|table",
            help="Of the two ways of R: quantile(fit), or what it prints of a fit.",
            autocompletion=completions.median_rules,
        ),
    ] = "quantile",
    ties: Annotated[
        str,
        typer.Option(
            metavar="efron|breslow",
            help="Of Cox models: Efron (as R) or Breslow (as SAS).",
            autocompletion=completions.ties,
        ),
    ] = "efron",
    level: Annotated[str, typer.Option(metavar="PERCENT", help="Of all confidence limits.")] = "95",
    reference: Annotated[
        str | None,
        typer.Option(metavar="GROUP", help="What others are compared with (default: the first)."),
    ] = None,
    event_code: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Codes of the event: 2 where 1 is censored."),
    ] = None,
    censored_code: Annotated[
        str | None, typer.Option(metavar="CODE", help="Codes of censored times, if several: 0,3.")
    ] = None,
    competing: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Codes of a competing event: cumulative incidences."),
    ] = None,
    variance: Annotated[
        str,
        typer.Option(
            metavar="delta|Aalen",
            help="Of cumulative incidences.",
            autocompletion=completions.variances,
        ),
    ] = "delta",
    start: Annotated[str | None, _column("The dates that times count from.")] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            help="Of the times: days, weeks, months or years.", autocompletion=completions.units
        ),
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Of a table with several (PARAMCD): PFS.")
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(
            metavar="dmy|mdy",
            help="The order in 01/02/2021; or serial, sas, r.",
            autocompletion=completions.date_forms,
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            help="Of a table's text: windows-1252 ..", autocompletion=completions.encodings
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Of a workbook (default: the first).")] = None,
    column_map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="The column of id, unit or endpoint (repeatable).",
            autocompletion=completions.times_fields,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a row a number (CSV).")] = False,
    as_md: Annotated[bool, typer.Option("--md", help="Print Markdown.")] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="A file: .json, .csv, .md or .txt.")
    ] = None,
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
        found = survival_statistics(
            table,
            {"time": time, "event": event, "group": by, "start": start},
            strata,
            {
                "interval": interval, "at": at, "tau": tau, "quantiles": quantiles,
                "median_rule": median_rule, "ties": ties, "level": level, "reference": reference,
                "variance": variance,
            },
            {
                "competing": competing, "event_code": event_code, "censored_code": censored_code,
                "endpoint": endpoint, "dates": dates, "encoding": encoding, "sheet": sheet,
            },
            unit=unit or "",
            column_map=dict(parse_column_map(column_map or ())),
            words=command_words,
        )  # fmt: skip
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
