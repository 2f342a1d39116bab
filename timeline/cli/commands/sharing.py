"""Commands for files that are shared: deidentify, export, and import of a format that is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import completions
from timeline.cli.common import (
    OneFile,
    count_text,
    exit_with_problems,
    refuse_overwrite,
    split_setting,
    unwritable,
)

if TYPE_CHECKING:
    from timeline.formats import Imported

NOT_IN_CASES = "not-in-cases.csv"


def _format_to(text: str) -> str:
    return _known(text, exports=True)


def _format_from(text: str) -> str:
    return _known(text, exports=False) if text else text


def _known(text: str, *, exports: bool) -> str:
    from timeline.formats.transfer import format_named

    try:
        return format_named(text, exports=exports).name
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from None


FromFormat = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="FORMAT",
        parser=_format_from,
        help="The format of the file or folder: rows, sdtm, cbioportal .. (default: by the file).",
        autocompletion=completions.formats_read,
    ),
]
FormatOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        metavar="NAME=VALUE",
        help="An option of the format (repeatable).",
        autocompletion=completions.format_options,
    ),
]


def export(
    files: Annotated[
        list[Path],
        typer.Argument(help="Case files, or a folder of them.", show_default=False),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT",
            parser=_format_to,
            help="The format: rows, sdtm, cbioportal ..",
            show_default=False,
            autocompletion=completions.formats_written,
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="The file or folder.", show_default=False)
    ],
    option: FormatOptions = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that are there.")
    ] = False,
) -> None:
    """Write case files in the format of another system, with a list of what it cannot hold.

    The list stands beside the files, one row a value; with it timeline import restores the case
    files. docs/how-to/other-systems.md describes each format.
    """
    from timeline.cli.commands.datasets import case_files
    from timeline.core.problem import InvalidFile
    from timeline.formats import FORMATS, export_cases

    try:
        found = export_cases(case_files(files), to, out, options_of(option))
    except InvalidFile as fault:
        exit_with_problems(fault.problems)
        return
    except (ValueError, ImportError) as fault:
        exit_with_problems([str(fault)])
        return
    folder = out if FORMATS[to].folder else None
    _write_files(out, folder, found.contents, overwrite=overwrite)
    names = [path for path in found.contents if path != found.list_path]
    typer.echo(f"{out}: written" + (f": {count_text(len(names), 'file')}" if folder else ""))
    for path in names if not folder else ():
        if path != out:
            typer.echo(f"{path}: written")
    print_left_over(found.left_over, found.list_path, FORMATS[to].title)


def options_of(texts: Sequence[str] | None) -> dict[str, str]:
    """The options of the command line by name; exit with 2 where one has no value."""
    for text in texts or ():
        if "=" not in text:
            exit_with_problems([f"--option: no value: {text!r} (write NAME=VALUE)"])
    return dict(map(split_setting, texts or ()))


def print_left_over(rows: Sequence[Any], path: Path | None, title: str) -> None:
    """Say what a format does not hold, by reason, and where it is written."""
    if not rows or path is None:
        typer.echo(f"{title} holds everything that the case files state")
        return
    reasons: dict[str, int] = {}
    for row in rows:
        reasons[row.reason] = reasons.get(row.reason, 0) + 1
    typer.echo(f"{path}: {count_text(len(rows), 'value')} that {title} does not hold as written:")
    for reason, number in sorted(reasons.items(), key=lambda each: -each[1]):
        typer.echo(f"  {number:>5}  {reason}")


def _write_files(
    out: Path, folder: Path | None, contents: Mapping[Path, bytes], *, overwrite: bool
) -> None:
    """Write files: all or none; with the folder where they are in one."""
    from timeline.files.output_files import OutputFiles

    if folder is None and not out.parent.is_dir():
        exit_with_problems([f"{out}: no folder {str(out.parent)!r} (make it, or write elsewhere)"])
    try:
        with OutputFiles(requested=frozenset(contents) if overwrite else frozenset()) as files:
            if folder is not None:
                for each in dict.fromkeys((folder, *(path.parent for path in contents))):
                    files.folder(each)
            for path, content in contents.items():
                files.add(path, content)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])


def import_format(
    path: Path, name: str, out: Path | None, options: Sequence[str] | None, *, overwrite: bool
) -> None:
    """Make case files from a file or folder of a format; of one case it may be printed."""
    from timeline.formats import import_cases

    try:
        found, problems = import_cases(path, name, options_of(options))
    except (ValueError, ImportError) as fault:
        exit_with_problems([f"{path}: {fault}"])
        return
    exit_with_problems(problems)
    assert found is not None  # noqa: S101  (there are case files or there are problems)
    only = next(iter(found.texts.values())) if len(found.texts) == 1 else None
    if out is None and only is None:
        count = count_text(len(found.texts), "case")
        exit_with_problems([f"{path}: holds {count}, which make a folder (write -o cases)"])
    if out is None:
        typer.echo(only, nl=False)
        _print_unread(found, None)
        return
    is_file = only is not None and out.suffix.lower() in (".yaml", ".yml") and not out.is_dir()
    _write_cases(out, found, is_file=is_file, overwrite=overwrite)


def _write_cases(out: Path, found: Imported, *, is_file: bool, overwrite: bool) -> None:
    from timeline.cli.commands.datasets import file_name
    from timeline.exchange.case_tables import as_csv
    from timeline.exchange.import_case import is_imported
    from timeline.files.output_files import OutputFiles
    from timeline.formats.format import UNREAD_COLUMNS

    place = out.with_name(f"{out.stem}-{NOT_IN_CASES}") if is_file else out / NOT_IN_CASES
    contents = {out if is_file else out / f"{file_name(name)}.yaml": text.encode()
                for name, text in found.texts.items()}  # fmt: skip
    if len(contents) < len(found.texts):
        exit_with_problems([f"{out}: two cases would be one file (their names are alike)"])
    if found.unread:
        contents[place] = as_csv((UNREAD_COLUMNS, *(row.cells for row in found.unread))).encode()
    requested = frozenset(contents) if overwrite else frozenset((place,))
    try:
        with OutputFiles(requested=requested, ours=is_imported) as files:
            if not is_file:
                files.folder(out)
            for path, content in contents.items():
                files.add(path, content)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
    done = ", restored by the list beside the files" if found.restored else ""
    events = sum(len(case.events) for case in found.cases.values())
    counts = f"{count_text(len(found.texts), 'case file')}, {count_text(events, 'event')}"
    typer.echo(
        f"{out}: written: {counts}{done}; next: timeline check {out if is_file else out / '*.yaml'}"
    )
    _print_unread(found, place)


def _print_unread(found: Imported, place: Path | None) -> None:
    """Say what the case files have no key for."""
    if found.unread:
        typer.echo(f"{f'{place}: ' if place else ''}what the case files have no key for:", err=True)
    for row in found.unread:
        typer.echo(f"  {row.where} {row.what}: {row.count:,}, in {row.became}", err=True)


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
