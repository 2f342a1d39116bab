"""Commands about a report: audit it, list the rules; run vectors against the engine."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli.common import (
    CONTRADICTED,
    AsJson,
    Files,
    Judged,
    Settled,
    captured_output,
    exit_with_problems,
    given_by,
    open_files,
    print_json,
    refuse_overwrite,
    unwritable,
    with_criteria,
)
from timeline.cli.ending import INTERNAL

_WORKER_KILLED = (
    "a process of --jobs was killed before its work was done, so nothing is reported "
    "(was there too little memory? ask for fewer --jobs)"
)


def _write_page(out: Path, dossier: Any, verdicts: Any) -> None:
    """The audit of one report as a page."""
    from timeline.views.audit_page import write

    try:
        write(out, dossier, verdicts)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
    typer.echo(f"{out}: audit of {dossier.name}")


def _told(dossier: Any, *, every: bool, as_json: bool) -> tuple[Any, bool]:
    """The audit of one report, as text or as data; and whether something is contradicted."""
    from timeline.views import audit_view as report
    from timeline.views import verdict_data

    verdicts = dossier.audit()
    told: Any = (
        verdict_data.audit_data(dossier, verdicts)
        if as_json
        else captured_output(report.print_audit, dossier, verdicts, every=every)
    )
    return told, report.any_contradicted(verdicts)


def audit(
    files: Files,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write a page instead: .html or .md.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List what agrees as well.")] = False,
    criterion: Judged = None,
    settled: Settled = None,
    as_json: AsJson = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, help="How many processes share the files.")
    ] = 1,
) -> None:
    """Hold every printed claim against the facts. Exit 1 if one is contradicted."""
    from concurrent.futures import BrokenExecutor

    from timeline.cli.parallel import map_files

    settled = with_criteria(settled, criterion)
    if out is not None:
        refuse_overwrite(out, (), pairs=files)
        _audit_to(out, open_files(files, settled))
        return
    tell = partial(_told, every=every, as_json=as_json)
    try:
        told, problems = map_files(files, given_by(settled), tell, jobs)
    except BrokenExecutor:
        typer.echo(_WORKER_KILLED, err=True)
        raise typer.Exit(INTERNAL) from None
    exit_with_problems(problems)
    if as_json:
        print_json([each for each, _ in told])
    for text, _ in () if as_json else told:
        typer.echo(text, nl=False)
    if any(contradicted for _, contradicted in told):
        raise typer.Exit(CONTRADICTED)


def _audit_to(out: Path, dossiers: Any) -> None:
    from timeline.views.audit_view import any_contradicted

    if len(dossiers) != 1:
        exit_with_problems(
            [f"{out}: a page holds one report, {len(dossiers)} are named (call it for each)"]
        )
    verdicts = dossiers[0].audit()
    _write_page(out, dossiers[0], verdicts)
    if any_contradicted(verdicts):
        raise typer.Exit(CONTRADICTED)


def settings() -> None:
    """List the settings: each open question, its answers, the default, and who disagrees."""
    from timeline.views import audit_view as report

    report.print_settings()


def rules() -> None:
    """List the audit rules: what each checks, how, and an example where it fires."""
    from timeline.views import audit_view as report

    report.print_rules()


def conformance(
    file: Annotated[Path, typer.Argument(help="A file of vectors (JSON).", show_default=False)],
) -> None:
    """Run a file of conformance vectors. Exit 1 if one disagrees, 2 if it is no such file."""
    from timeline.conformance.run import conform

    try:
        found = conform(file)
    except OSError as fault:
        exit_with_problems([f"{file}: {fault.strerror}"])
        return
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        reason = str(fault).removeprefix(f"{file}: ").removeprefix("not a file of vectors: ")
        exit_with_problems([f"{file}: not a file of vectors: {reason or type(fault).__name__}"])
        return
    if not found.vectors:
        exit_with_problems([f"{file}: holds no vectors, so nothing was held against the engine"])
    for line in found.lines():
        typer.echo(line)
    if not found.agrees:
        raise typer.Exit(CONTRADICTED)
