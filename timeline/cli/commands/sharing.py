"""Commands for files that leave the institution that recorded them: deidentify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from timeline.cli import completions
from timeline.cli.common import OneFile, exit_with_problems, refuse_overwrite, unwritable


def deidentify(
    file: OneFile,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The new case file; else printed.")
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            help="Fields whose free text stays: what,site (default: sex,modality).",
            autocompletion=completions.free_fields,
        ),
    ] = None,
    anchor: Annotated[
        str,
        typer.Option(help="The event whose first day becomes 2000-01-01 (default: the earliest)."),
    ] = "",
    shift: Annotated[
        int | None, typer.Option(help="Move every date by so many days instead.")
    ] = None,
) -> None:
    """Remove what identifies the patient: dates are moved, free text goes, results stay.

    What was removed is listed on the error output.
    """
    from timeline.exchange.deidentify import KEPT
    from timeline.exchange.deidentify import deidentify as without_identity

    if out is not None:
        refuse_overwrite(out, [file], pairs=[file])
    fields = KEPT if keep is None else tuple(filter(None, map(str.strip, keep.split(","))))
    try:
        found, problems = without_identity(file, keep=fields, shift=shift, anchor=anchor)
    except ValueError as fault:
        exit_with_problems([f"{file}: {fault}"])
        return
    exit_with_problems(problems)
    assert found is not None  # noqa: S101  (there is a file or there are problems)
    if out is None:
        typer.echo(found.text, nl=False)
    else:
        _write(out, found.text)
    for sentence in found.summary:
        typer.echo(sentence, err=True)


def _write(out: Path, text: str) -> None:
    from timeline.files.output_files import write_file

    try:
        write_file(out, text.encode())
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
    typer.echo(f"{out}: written", err=True)
