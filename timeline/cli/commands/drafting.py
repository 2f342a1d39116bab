"""The command that drafts a case from the text of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from timeline.cli.common import count_text, exit_with_problems, refuse_overwrite, unwritable


def draft(
    report: Annotated[
        Path,
        typer.Argument(
            help="A report: plain text, JATS XML or PDF.", show_default=False, metavar="REPORT"
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The new file; else printed.")
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="Claims of introduction, methods and discussion as well."),
    ] = False,
    study: Annotated[
        bool,
        typer.Option("--study", help="A report of a group of patients: claims and no case."),
    ] = False,
    text_out: Annotated[
        Path | None,
        typer.Option("--text", help="Also write the plain text that the offsets count."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that have other contents.")
    ] = False,
) -> None:
    """Draft a case and its claims from a report: dates, drugs, doses, scans, times, percentages.

    Each entry states where its words are and how sure the rules are of it. TODO: a person decides.
    """
    from timeline.exchange.draft import draft_of
    from timeline.files.file_text import Unreadable
    from timeline.report_text import read_report

    for path in (out, text_out):
        if path is not None:
            refuse_overwrite(path, [report])
    if out is not None and text_out is not None and out.absolute() == text_out.absolute():
        exit_with_problems([f"{out}: is the file of -o and of --text (write two names)"])
    try:
        read = read_report(report)
    except Unreadable as fault:
        place = f":{fault.line}:{fault.column}" if fault.line else ""
        exit_with_problems([f"{report}{place}: {fault}"])
        return
    made = draft_of(read, (out or report).stem, every=every, study=study)
    if out is None:
        typer.echo(made.text, nl=False)
    files = [(out, made.text), (text_out, read.text)]
    named = {path: text.encode() for path, text in files if path is not None}
    _write(named, overwrite=overwrite)
    counts = f"{count_text(made.events, 'event')}, {count_text(made.claims, 'claim')}"
    typer.echo(f"{counts}; {made.open} × TODO to decide", err=True)


def _write(files: dict[Path, bytes], *, overwrite: bool) -> None:
    """Write the files; one with other contents, as an edited draft, only with ``--overwrite``."""
    from timeline.files.output_files import OutputFiles

    requested = frozenset(files) if overwrite else frozenset()
    try:
        with OutputFiles(requested=requested, ours=lambda path: _has(path, files[path])) as output:
            for path, content in files.items():
                output.add(path, content)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(next(iter(files)), fault)])
    for path in files:
        typer.echo(f"{path}: written", err=True)


def _has(path: Path, content: bytes) -> bool:
    """Whether a file has these contents already. OSError where it cannot be read."""
    return path.stat().st_size == len(content) and path.read_bytes() == content
