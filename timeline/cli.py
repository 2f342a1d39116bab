"""The commands. Each reads its arguments, asks the house, prints, and exits with a code.

0: done and nothing contradicted. 1: a claim is contradicted. 2: a file or an argument is wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A patient's treatment history as a checked timeline.",
)
WRONG = 2
CONTRADICTED = 1

Files = Annotated[
    list[Path], typer.Argument(help="Case or source files (YAML).", show_default=False)
]
OneFile = Annotated[Path, typer.Argument(help="A case file (YAML).", show_default=False)]
Settled = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A setting; see: timeline settings."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@app.callback()
def main() -> None:
    """Hold the commands together; without it a single one would lose its name."""


def _fail(problems: Any) -> None:
    """Print every problem and exit with 2; do nothing where there is none."""
    if problems:
        for problem in problems:
            typer.echo(str(problem), err=True)
        count = len(problems)
        typer.echo(f"{count} problem{'s' if count > 1 else ''}; nothing was done", err=True)
        raise typer.Exit(WRONG)


def _json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _open(files: list[Path], settled: list[str] | None = None) -> Any:
    """The dossiers of some files, read with the settings given; every problem ends it with 2."""
    from timeline.dossier import open_all
    from timeline.settings import Settings

    given = dict(_split(each) for each in settled or ())
    try:
        Settings.of(given)
    except ValueError as fault:
        _fail([f"--set: {fault}"])
    dossiers, problems = open_all(files, given)
    _fail(problems)
    return dossiers


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        _fail([f"--set: no value: {text!r} (write NAME=VALUE)"])
    return name.strip(), value.strip()


@app.command()
def check(files: Files) -> None:
    """Check case and source files; every fault is named with file, line and column."""
    for dossier in _open(files):
        typer.echo(dossier.summary)


@app.command()
def show(
    file: OneFile,
    every: Annotated[bool, typer.Option("--all", help="Every endpoint, not the usual.")] = False,
    settled: Settled = None,
    as_json: AsJson = False,
) -> None:
    """Show the events of a case, the status of each scan, and the endpoints."""
    from timeline import data, report

    dossiers = _open([file], settled)
    reading = dossiers[0].reading
    if reading is None:
        _fail([f"{file}: describes no single patient, so there is nothing to show (try audit)"])
        return
    if as_json:
        _json(data.reading_data(reading))
    else:
        report.print_reading(reading, every=every)


@app.command()
def explain(
    file: OneFile,
    endpoint: Annotated[str, typer.Argument(help="An endpoint, such as PFS, iPFS or OS.")],
    line: Annotated[int | None, typer.Option(help="The line; left out, the patient's.")] = None,
    settled: Settled = None,
    as_json: AsJson = False,
) -> None:
    """Explain one endpoint: the events, rows and options behind it."""
    from timeline import data, report

    dossiers = _open([file], settled)
    reading = dossiers[0].reading
    outcomes = report.outcomes_named(reading, endpoint, line) if reading else ()
    if not outcomes:
        known = report.outcome_names(reading) if reading else "none"
        wanted = endpoint if line is None else f"{endpoint} line {line}"
        _fail([f"{file}: no such endpoint: {wanted!r} (known: {known})"])
    if as_json:
        _json([data.outcome_data(outcome) for outcome in outcomes])
    else:
        report.print_chain(outcomes)


def _write_page(out: Path, audited: Any) -> None:
    """The audit of one report as a page."""
    from timeline.page import write

    if len(audited) != 1:
        _fail([f"{out}: a page holds one report, {len(audited)} are named (call it for each)"])
    try:
        write(out, *audited[0])
    except (ValueError, OSError) as fault:
        _fail([f"{out}: {fault.strerror if isinstance(fault, OSError) else fault}"])
    typer.echo(f"{out}: audit of {audited[0][0].name}")


@app.command()
def audit(
    files: Files,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write a page instead: .html or .md.")
    ] = None,
    settled: Settled = None,
    as_json: AsJson = False,
) -> None:
    """Hold every printed claim against the facts. Exit 1 if one is contradicted."""
    from timeline import data, report

    dossiers = _open(files, settled)
    audited = [(dossier, dossier.audit()) for dossier in dossiers]
    if out is not None:
        _write_page(out, audited)
    elif as_json:
        _json([data.audit_data(dossier, verdicts) for dossier, verdicts in audited])
    else:
        for dossier, verdicts in audited:
            report.print_audit(dossier, verdicts)
    if report.any_contradicted(verdict for _, verdicts in audited for verdict in verdicts):
        raise typer.Exit(CONTRADICTED)


def _kind(text: str) -> str:
    from renderers import RENDERERS
    from timeline.problem import near

    if text in RENDERERS:
        return text
    raise typer.BadParameter(f"unknown figure: {text!r} ({near(text, RENDERERS)})")


def _draw_one(readings: Any, kind: str, out: Path) -> None:
    import warnings

    from renderers import draw as paint

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        paint(readings, kind, out)
    for text in dict.fromkeys(str(each.message).partition(" missing from")[0] for each in caught):
        typer.echo(f"{out}: {text}: not in the font, drawn as a box", err=True)
    typer.echo(f"{out}: {kind} of {', '.join(each.case.name for each in readings)}")


@app.command()
def draw(
    files: Files,
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to: .svg, .pdf or .png.")],
    kind: Annotated[
        str, typer.Option("--figure", help="timeline (one patient) or swimmer.", parser=_kind)
    ] = "timeline",
    settled: Settled = None,
) -> None:
    """Draw the cases: a patient timeline, or a swimmer plot."""
    dossiers = _open(files, settled)
    readings = [each.reading for each in dossiers if each.reading is not None]
    for left in (each for each in dossiers if each.reading is None):
        typer.echo(f"{left.path}: describes no single patient and is left out", err=True)
    names = [reading.case.name for reading in readings]
    twice = sorted({name for name in names if names.count(name) > 1})
    _fail([f"two patients are named {name!r} (rename one)" for name in twice])
    _fail([] if readings else ["no file describes a single patient, so there is nothing to draw"])
    try:
        _draw_one(readings, kind, out)
    except (ValueError, OSError) as fault:
        _fail([f"{out}: {fault}"])


def _criterion(text: str) -> str:
    from timeline.criteria import CRITERIA
    from timeline.problem import near

    if text in CRITERIA:
        return text
    raise typer.BadParameter(f"unknown criterion: {text!r} ({near(text, CRITERIA)})")


def _path(file: Path, line: int | None, criterion: Any, settled: list[str] | None) -> Any:
    """The path of one patient through a machine; the line may be left out where there is one."""
    from renderers import path_of

    reading = _open([file], settled)[0].reading
    if reading is None:
        _fail([f"{file}: describes no single patient, so there is no path to draw"])
        return None
    numbers = [each.number for each in reading.case.lines]
    if line is None and len(numbers) != 1:
        known = ", ".join(map(str, numbers)) or "none"
        _fail([f"{file}: which line? (write --line N; on record: {known})"])
    try:
        return path_of(reading, numbers[0] if line is None else line, criterion)
    except ValueError as fault:
        _fail([f"{file}: {fault}"])


@app.command()
def machine(
    criterion: Annotated[
        str, typer.Argument(help="A criterion, such as irecist or recist11.", parser=_criterion)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to: .svg, .pdf or .png.")],
    path: Annotated[
        Path | None, typer.Option("--path", help="A case whose path is laid over it.")
    ] = None,
    line: Annotated[int | None, typer.Option(help="The line of the path.")] = None,
    settled: Settled = None,
) -> None:
    """Draw a criterion's state machine with its table, and a patient's path over it."""
    from renderers import draw_machine
    from timeline.criteria import CRITERIA

    drawn = CRITERIA[criterion]
    walked = _path(path, line, drawn, settled) if path is not None else None
    try:
        draw_machine(drawn, walked, out)
    except (ValueError, OSError) as fault:
        _fail([f"{out}: {fault}"])
    typer.echo(f"{out}: the machine of {drawn.title}")


@app.command()
def settings() -> None:
    """List the settings: each open question, its answers, the default, and who disagrees."""
    from timeline import report

    report.print_settings()


@app.command()
def rules() -> None:
    """List the audit rules: what each checks, how, and an example where it fires."""
    from timeline import report

    report.print_rules()


@app.command()
def conformance(
    file: Annotated[Path, typer.Argument(help="A file of vectors (JSON).", show_default=False)],
) -> None:
    """Run a file of conformance vectors. Exit 1 if one disagrees, 2 if it is no such file."""
    from timeline.conformance import conform

    try:
        found = conform(file)
    except OSError as fault:
        _fail([f"{file}: {fault.strerror}"])
        return
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        reason = str(fault).removeprefix(f"{file}: ").removeprefix("not a file of vectors: ")
        _fail([f"{file}: not a file of vectors: {reason or type(fault).__name__}"])
        return
    if not found.vectors:
        _fail([f"{file}: holds no vectors, so nothing was held against the engine"])
    for line in found.lines():
        typer.echo(line)
    if not found.agrees:
        raise typer.Exit(CONTRADICTED)


def run() -> None:
    """The command as installed: output that cannot be written is a sentence, not a traceback."""
    import sys

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="timeline")
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(WRONG) from None
    except OSError as fault:
        sys.stderr.write(f"the output cannot be written: {fault.strerror}\n")
        raise SystemExit(WRONG) from None
