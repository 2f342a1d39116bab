"""The repairs of ``check --fix``: all files are written together, or none of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from timeline.cli.common import exit_with_problems, unwritable
from timeline.files.file_text import Unreadable, text_of
from timeline.files.output_files import OutputFiles
from timeline.files.repair import Repaired, repair
from timeline.views.case_report import content_problems

_UNTRIED = (
    "more repairs were not tried, because others make problems and to find which takes too long "
    "(correct the problems that are named, then run check --fix again)"
)


def repair_files(files: Iterable[Path], *, to_errors: bool) -> int:
    """Correct files in place, and print every change; a file that cannot be read is passed over.

    Args:
        files: case and report files.
        to_errors: whether the changes go to the error output, because data go to the other.

    Returns:
        The number of changes.
    """
    repaired = {file: found for file in dict.fromkeys(files) if (found := _repaired(file))}
    _write({file: found.text for file, found in repaired.items() if found.changes})
    for file, found in repaired.items():
        for change in found.changes:
            typer.echo(str(change), err=to_errors)
        for declined in found.declined:
            typer.echo(str(declined), err=True)
        if found.untried:
            typer.echo(f"{file}: {found.untried} {_UNTRIED}", err=True)
    return sum(len(found.changes) for found in repaired.values())


def _repaired(file: Path) -> Repaired | None:
    try:
        text_of(file)
        text = file.read_bytes().decode()
    except (Unreadable, OSError):
        return None  # the check states why
    return repair(text, str(file), content_problems)


def _write(texts: dict[Path, str]) -> None:
    """Write each text in the place of its file, and of the file that a link leads to."""
    contents = {file.resolve(): text.encode() for file, text in texts.items()}
    try:
        with OutputFiles(requested=frozenset(contents)) as output:
            for path, content in contents.items():
                output.add(path, content)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(next(iter(texts)), fault)])
