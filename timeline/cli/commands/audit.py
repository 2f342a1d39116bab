"""Commands on reports: audit, list rules and settings, run test vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

from timeline.cli import completions
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


class AuditFormat(StrEnum):
    """What an audit is printed as."""

    TEXT = "text"
    GITHUB = "github"  # annotations of a workflow
    JSON = "json"
    SARIF = "sarif"  # 2.1.0


@attrs.frozen(kw_only=True)
class AuditOutput:
    """How an audit is printed: its format, and of text how much.

    ``every``: list what agrees as well. ``verbose``: all that each finding rests on.
    """

    form: AuditFormat = AuditFormat.TEXT
    every: bool = False
    verbose: bool = False


def audit_of(case_report: Any, output: AuditOutput, study: Any = None) -> tuple[Any, bool]:
    """The audit of one report in a format, and whether a claim is contradicted."""
    from timeline.views.audit_view import any_contradicted

    if study is not None:
        case_report = attrs.evolve(case_report, study=study)
    verdicts = case_report.audit()
    return _AUDIT_AS[output.form](case_report, verdicts, output), any_contradicted(verdicts)


def _as_text(case_report: Any, verdicts: Any, output: AuditOutput) -> str:
    from timeline.views.audit_view import print_audit

    return captured_output(
        print_audit, case_report, verdicts, every=output.every, verbose=output.verbose
    )


def _as_github(case_report: Any, verdicts: Any, _: AuditOutput) -> list[str]:
    from timeline.views.audit_formats import github_lines

    return github_lines(case_report, verdicts)


def _as_json(case_report: Any, verdicts: Any, _: AuditOutput) -> dict[str, Any]:
    from timeline.views.verdict_data import audit_data

    return audit_data(case_report, verdicts)


def _as_sarif(case_report: Any, verdicts: Any, _: AuditOutput) -> list[dict[str, Any]]:
    from timeline.views.audit_formats import sarif_results

    return sarif_results(case_report, verdicts)


_AUDIT_AS: dict[AuditFormat, Callable[[Any, Any, AuditOutput], Any]] = {
    AuditFormat.TEXT: _as_text,
    AuditFormat.GITHUB: _as_github,
    AuditFormat.JSON: _as_json,
    AuditFormat.SARIF: _as_sarif,
}


def _print_text(texts: list[str]) -> None:
    for text in texts:
        typer.echo(text, nl=False)


def _print_github(commands: list[list[str]]) -> None:
    for command in chain.from_iterable(commands):
        typer.echo(command)


def _print_sarif(results: list[list[dict[str, Any]]]) -> None:
    from timeline import __version__
    from timeline.views.audit_formats import sarif_log

    print_json(sarif_log(chain.from_iterable(results), __version__))


_PRINT_ALL: dict[AuditFormat, Callable[[list[Any]], None]] = {
    AuditFormat.TEXT: _print_text,
    AuditFormat.GITHUB: _print_github,
    AuditFormat.JSON: print_json,
    AuditFormat.SARIF: _print_sarif,
}


def audit(
    files: Files,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write a page instead: .html or .md.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also list what agrees.")] = False,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="Also print what each finding rests on."),
    ] = False,
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
    form: Annotated[
        AuditFormat | None,
        typer.Option("--format", help="Print text, annotations of GitHub, JSON or SARIF 2.1.0."),
    ] = None,
    as_json: AsJson = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="The number of processes.")] = 1,
    study: Annotated[
        Path | None,
        typer.Option(
            metavar="SOURCE",
            help="The patients of the study that is reported, as `timeline study` takes them: "
            "ratios, p values, medians, rates and shares are compared with them.",
        ),
    ] = None,
    subjects: Annotated[
        Path | None,
        typer.Option(help="With --study a table of responses: the table of subjects."),
    ] = None,
    compare: Annotated[
        str,
        typer.Option(
            metavar="VARIABLE",
            help="With --study: the variable of the two groups of ratios.",
            autocompletion=completions.study_groups,
        ),
    ] = "",
    strata: Annotated[
        str,
        typer.Option(
            metavar="VARIABLE",
            help="With --study: what ratios and tests are stratified by.",
            autocompletion=completions.study_groups,
        ),
    ] = "",
) -> None:
    """Compare every printed claim with the facts. Exit 1 if one is contradicted."""
    from concurrent.futures import BrokenExecutor

    from timeline.cli.parallel import map_files

    setting_texts = with_criteria(setting_texts, criterion)
    output_form = _format_of(form, as_json=as_json)
    patients = None
    if study is not None:
        from timeline.cli.studies import study_patients

        patients, setting_texts = study_patients(
            study, subjects, compare, strata, setting_texts, criterion or ()
        )
        jobs = 1
    elif subjects is not None or compare or strata:
        exit_with_problems(["--subjects, --compare, --strata: of --study, which is not written"])
    if out is not None:
        if form is not None:
            exit_with_problems(
                [f"{out}: --format is for what is printed (leave out -o, or write .html or .md)"]
            )
        refuse_overwrite(out, (), pairs=files)
        _audit_to(out, open_files(files, setting_texts), patients)
        return
    output = AuditOutput(form=output_form, every=every, verbose=verbose)
    task = partial(audit_of, output=output, study=patients)
    try:
        results, problems = map_files(files, parse_settings(setting_texts), task, jobs)
    except BrokenExecutor:
        typer.echo(_WORKER_KILLED, err=True)
        raise typer.Exit(INTERNAL) from None
    exit_with_problems(problems)
    _PRINT_ALL[output_form]([each for each, _ in results])
    if any(contradicted for _, contradicted in results):
        raise typer.Exit(CONTRADICTED)


def _format_of(form: AuditFormat | None, *, as_json: bool) -> AuditFormat:
    """The format; ``--json`` is ``--format json``. Exit with 2 if the two differ."""
    if as_json and form not in (None, AuditFormat.JSON):
        exit_with_problems([f"--json is --format json, but --format {form} is written (keep one)"])
    return AuditFormat.JSON if as_json else form or AuditFormat.TEXT


def _audit_to(out: Path, case_reports: Any, patients: Any) -> None:
    from timeline.views.audit_view import any_contradicted

    if len(case_reports) != 1:
        count = len(case_reports)
        exit_with_problems([f"{out}: a page is for one report, but {count} are named (name one)"])
    case_report = attrs.evolve(case_reports[0], study=patients)
    verdicts = case_report.audit()
    _write_page(out, case_report, verdicts)
    if any_contradicted(verdicts):
        raise typer.Exit(CONTRADICTED)


def settings() -> None:
    """List the settings: each open question, its answers, its default, and the sources."""
    from timeline.views.audit_view import print_settings

    print_settings()


def rules(
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE]...",
            help="Codes as findings show them: C05; all if left out.",
            show_default=False,
            autocompletion=completions.rules,
        ),
    ] = None,
) -> None:
    """List the audit rules: what each checks, its formula, and an example that fails."""
    from timeline.auditing import RULES
    from timeline.views.audit_view import print_rules

    known = {each.id: each for each in RULES}
    wanted = list(dict.fromkeys(each.upper() for each in codes or ()))
    unknown = [each for each in wanted if each not in known]
    exit_with_problems([f"no rule {each!r} ({_near_code(each, known)})" for each in unknown])
    print_rules([known[each] for each in wanted] or RULES)


def _near_code(code: str, known: Iterable[str]) -> str:
    """The codes that are near one: of its letter those with the nearest numbers."""
    every, number = "timeline rules lists all", code[1:]
    alike = [each for each in known if each[0] == code[:1]]
    if not (alike and number.isdecimal() and number.isascii()):
        return every
    alike.sort(key=lambda each: abs(int(each[1:]) - int(number)))
    near = alike[: 1 if int(alike[0][1:]) == int(number) else 3]
    return f"did you mean {' or '.join(near)}? {every}"


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
