"""The command that draws everything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.commands.figure import readings_of
from timeline.commands.letters import letters_named
from timeline.commands.shared import Files, Settled, fail

_Folder = Annotated[Path, typer.Option("-o", "--out", help="The folder; it is made.")]
_Presets = Annotated[
    list[str] | None, typer.Option("--preset", help="One of the presets; all if left out.")
]


def gallery(files: Files, out: _Folder, presets: _Presets = None, settled: Settled = None) -> None:
    """Draw every figure in every preset and column, with a page to choose from."""
    from renderers.gallery.plate import papers, plates_of

    try:
        chosen = papers(presets or ())
    except ValueError as fault:
        fail([f"--preset: {fault}"])
        return
    plates = plates_of(readings_of(files, settled))
    try:
        hung, page = _hung(plates, chosen, out)
    except OSError as fault:
        fail([f"{out}: {fault}"])
        return
    drawn = sum(not each.refused for each in hung)
    typer.echo(f"{page}: {drawn} figures drawn, {len(hung) - drawn} refused, each with its reason")


def _hung(plates: Any, papers: Any, out: Path) -> tuple[list[Any], Path]:
    """What hangs in the folder, and its page."""
    from renderers.gallery.hang import hang
    from renderers.gallery.index import index

    with letters_named(out):
        hung = list(hang(plates, papers, out))
    return hung, index(hung, out, "Every figure on every paper")
