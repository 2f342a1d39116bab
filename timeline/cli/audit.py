"""Commands on reports: audit, list rules and settings, run test vectors."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli.common import (
    CONTRADICTED,
    AsJson,
    CriterionNames,
    Files,
    SettingTexts,
    captured_output,
    exit_with_problems,
    open_files,
    parse_settings,
    print_json,
    refuse_overwrite,
    unwritable,
    with_criteria,
)
from timeline.cli.ending import INTERNAL

_WORKER_KILLED = (
    "a process of --jobs was killed before it had finished, so nothing is reported "
    "(was memory short? use fewer --jobs)"
)


def _write_page(out: Path, case_report: Any, verdicts: Any) -> None:
    from timeline.views.audit_page import write

    try:
        write(out, case_report, verdicts)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
    typer.echo(f"{out}: audit of {case_report.name}")


def audit_of(case_report: Any, *, every: bool, as_json: bool) -> tuple[Any, bool]:
    """The audit of one report, as text or as data, and whether a claim is contradicted."""
    from timeline.views import audit_view, verdict_data

    verdicts = case_report.audit()
    result: Any = (
        verdict_data.audit_data(case_report, verdicts)
        if as_json
        else captured_output(audit_view.print_audit, case_report, verdicts, every=every)
    )
    return result, audit_view.any_contradicted(verdicts)


def audit(
    files: Files,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write a page instead: .html or .md.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also list what agrees.")] = False,
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
    as_json: AsJson = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="The number of processes.")] = 1,
) -> None:
    """Compare every printed claim with the facts. Exit 1 if one is contradicted."""
    from concurrent.futures import BrokenExecutor

    from timeline.cli.parallel import map_files

    setting_texts = with_criteria(setting_texts, criterion)
    if out is not None:
        refuse_overwrite(out, (), pairs=files)
        _audit_to(out, open_files(files, setting_texts))
        return
    task = partial(audit_of, every=every, as_json=as_json)
    try:
        results, problems = map_files(files, parse_settings(setting_texts), task, jobs)
    except BrokenExecutor:
        typer.echo(_WORKER_KILLED, err=True)
        raise typer.Exit(INTERNAL) from None
    exit_with_problems(problems)
    if as_json:
        print_json([each for each, _ in results])
    for text, _ in () if as_json else results:
        typer.echo(text, nl=False)
    if any(contradicted for _, contradicted in results):
        raise typer.Exit(CONTRADICTED)


def _audit_to(out: Path, case_reports: Any) -> None:
    from timeline.views.audit_view import any_contradicted

    if len(case_reports) != 1:
        count = len(case_reports)
        exit_with_problems([f"{out}: a page is for one report, but {count} are named (name one)"])
    verdicts = case_reports[0].audit()
    _write_page(out, case_reports[0], verdicts)
    if any_contradicted(verdicts):
        raise typer.Exit(CONTRADICTED)


def settings() -> None:
    """List the settings: each open question, its answers, its default, and the sources."""
    from timeline.views.audit_view import print_settings

    print_settings()


def rules() -> None:
    """List the audit rules: what each checks, its formula, and an example that fails."""
    from timeline.views.audit_view import print_rules

    print_rules()


def conformance(
    file: Annotated[Path, typer.Argument(help="A file of vectors (JSON).", show_default=False)],
) -> None:
    """Run a file of conformance vectors. Exit 1 if one disagrees, 2 if the file is wrong."""
    from timeline.conformance.run import run_conformance

    try:
        found = run_conformance(file)
    except OSError as fault:
        exit_with_problems([f"{file}: {fault.strerror}"])
        return
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        reason = str(fault).removeprefix(f"{file}: ").removeprefix("not a file of vectors: ")
        exit_with_problems([f"{file}: not a file of vectors: {reason or type(fault).__name__}"])
        return
    if not found.vectors:
        exit_with_problems([f"{file}: has no vectors, so nothing was tested"])
    for line in found.lines():
        typer.echo(line)
    if not found.agrees:
        raise typer.Exit(CONTRADICTED)
