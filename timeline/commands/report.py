"""Commands about a report: audit it, list the rules; run vectors against the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.commands.shared import CONTRADICTED, AsJson, Files, Settled, fail, opened, print_json


def _write_page(out: Path, audited: Any) -> None:
    """The audit of one report as a page."""
    from timeline.telling.page import write

    if len(audited) != 1:
        fail([f"{out}: a page holds one report, {len(audited)} are named (call it for each)"])
    try:
        write(out, *audited[0])
    except (ValueError, OSError) as fault:
        fail([f"{out}: {fault.strerror if isinstance(fault, OSError) else fault}"])
    typer.echo(f"{out}: audit of {audited[0][0].name}")


def audit(
    files: Files,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write a page instead: .html or .md.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List what agrees as well.")] = False,
    settled: Settled = None,
    as_json: AsJson = False,
) -> None:
    """Hold every printed claim against the facts. Exit 1 if one is contradicted."""
    from timeline.telling import data, report

    dossiers = opened(files, settled)
    audited = [(dossier, dossier.audit()) for dossier in dossiers]
    if out is not None:
        _write_page(out, audited)
    elif as_json:
        print_json([data.audit_data(dossier, verdicts) for dossier, verdicts in audited])
    else:
        for dossier, verdicts in audited:
            report.print_audit(dossier, verdicts, every=every)
    if report.any_contradicted(verdict for _, verdicts in audited for verdict in verdicts):
        raise typer.Exit(CONTRADICTED)


def settings() -> None:
    """List the settings: each open question, its answers, the default, and who disagrees."""
    from timeline.telling import report

    report.print_settings()


def rules() -> None:
    """List the audit rules: what each checks, how, and an example where it fires."""
    from timeline.telling import report

    report.print_rules()


def conformance(
    file: Annotated[Path, typer.Argument(help="A file of vectors (JSON).", show_default=False)],
) -> None:
    """Run a file of conformance vectors. Exit 1 if one disagrees, 2 if it is no such file."""
    from timeline.engine.conformance import conform

    try:
        found = conform(file)
    except OSError as fault:
        fail([f"{file}: {fault.strerror}"])
        return
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        reason = str(fault).removeprefix(f"{file}: ").removeprefix("not a file of vectors: ")
        fail([f"{file}: not a file of vectors: {reason or type(fault).__name__}"])
        return
    if not found.vectors:
        fail([f"{file}: holds no vectors, so nothing was held against the engine"])
    for line in found.lines():
        typer.echo(line)
    if not found.agrees:
        raise typer.Exit(CONTRADICTED)
