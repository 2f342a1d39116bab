"""Commands about a case: check it, show it, explain a value."""

from __future__ import annotations

from typing import Annotated

import typer

from timeline.commands.shared import AsJson, Files, OneFile, Settled, fail, opened, print_json


def check(files: Files) -> None:
    """Check case and source files; every fault is named with file, line and column."""
    for dossier in opened(files):
        typer.echo(dossier.summary)


def show(
    file: OneFile,
    every: Annotated[bool, typer.Option("--all", help="Every endpoint, not the usual.")] = False,
    settled: Settled = None,
    as_json: AsJson = False,
) -> None:
    """Show the events of a case, the status of each scan, and the endpoints."""
    from timeline import data, report

    dossiers = opened([file], settled)
    reading = dossiers[0].reading
    if reading is None:
        fail([f"{file}: describes no single patient, so there is nothing to show (try audit)"])
        return
    if as_json:
        print_json(data.reading_data(reading))
    else:
        report.print_reading(reading, every=every)


def explain(
    file: OneFile,
    endpoint: Annotated[str, typer.Argument(help="An endpoint, such as PFS, iPFS or OS.")],
    line: Annotated[int | None, typer.Option(help="The line; left out, the patient's.")] = None,
    settled: Settled = None,
    as_json: AsJson = False,
) -> None:
    """Explain one endpoint: the events, rows and options behind it."""
    from timeline import data, report

    dossiers = opened([file], settled)
    reading = dossiers[0].reading
    outcomes = report.outcomes_named(reading, endpoint, line) if reading else ()
    if not outcomes:
        known = report.outcome_names(reading) if reading else "none"
        wanted = endpoint if line is None else f"{endpoint} line {line}"
        fail([f"{file}: no such endpoint: {wanted!r} (known: {known})"])
    if as_json:
        print_json([data.outcome_data(outcome) for outcome in outcomes])
    else:
        report.print_chain(outcomes)
