"""Commands for editors: schema."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from timeline.cli import completions
from timeline.cli.common import exit_with_problems, refuse_overwrite, unwritable
from timeline.cli.ending import WRONG


def _format(text: str) -> str:
    from timeline.core.problem import near
    from timeline.files.schema.json_schema import SCHEMAS

    if text in SCHEMAS:
        return text
    raise typer.BadParameter(f"unknown format: {text!r} ({near(text, SCHEMAS)})")


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="FORMAT",
            parser=_format,
            help="case or report.",
            show_default=False,
            autocompletion=completions.formats,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The schema file; else printed.")
    ] = None,
    header: Annotated[
        list[Path] | None,
        typer.Option(
            help="A case or report file that gets the line by which an editor finds the schema."
        ),
    ] = None,
    prompt: Annotated[
        bool,
        typer.Option(
            "--prompt", help="Print instructions and the format for a language model instead."
        ),
    ] = False,
) -> None:
    """Write the JSON Schema of case or report files, which editors read as you type."""
    from timeline.files.schema.json_schema import SCHEMAS

    if prompt:
        _print_prompt(out, header)
        return
    if name is None:
        exit_with_problems([f"schema: no format (write {' or '.join(SCHEMAS)}, or --prompt)"])
        return
    files = header or []
    if files and out is None:
        exit_with_problems(["--header: names no schema file (write -o case.schema.json as well)"])
    text = json.dumps(SCHEMAS[name](), indent=1, ensure_ascii=False) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    refuse_overwrite(out, files)
    written = {out: text.encode()}
    for file in files:
        written |= _with_header(file, out)
    _write(written, out)
    for file in written:
        typer.echo(f"{file}: written", err=True)
    if not files:
        line = header_line(out.name)
        typer.echo(f"first line of a {name} file in the same folder: {line}", err=True)


def _print_prompt(out: Path | None, header: list[Path] | None) -> None:
    """Print the instructions for a language model, or write them to a file."""
    from timeline.files.schema.prompt import prompt

    if header:
        exit_with_problems(["--header: belongs to a schema (leave out --prompt)"])
    if out is None:
        typer.echo(prompt(), nl=False)
        return
    refuse_overwrite(out, [])
    _write({out: prompt().encode()}, out)
    typer.echo(f"{out}: written", err=True)


def header_line(path: str) -> str:
    """The comment by which an editor finds the schema of a file; a path relative to the file."""
    return f"# yaml-language-server: $schema={path}"


def _with_header(file: Path, out: Path) -> dict[Path, bytes]:
    """A file with the line at its top, in place of an earlier one."""
    from timeline.files.file_text import Unreadable, text_of

    try:
        text = text_of(file)
    except Unreadable as fault:
        exit_with_problems([f"{file}: {fault}"])
        raise typer.Exit(WRONG) from None
    file = file.resolve()
    line = header_line(Path(os.path.relpath(out.resolve(), file.parent)).as_posix())
    first, end, rest = text.partition("\n")
    if first.startswith(header_line("")):
        return {file: f"{line}{'' if not first.endswith(chr(13)) else chr(13)}{end}{rest}".encode()}
    newline = "\r\n" if first.endswith("\r") else "\n"
    return {file: f"{line}{newline}{text}".encode()}


def _write(written: dict[Path, bytes], out: Path) -> None:
    from timeline.files.output_files import OutputFiles

    try:
        with OutputFiles(requested=frozenset(written)) as files:
            for path, content in written.items():
                files.add(path, content)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
