"""The command that draws everything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli.common import Files, Settled, exit_with_problems, unwritable
from timeline.cli.figures import readings_of
from timeline.cli.missing_glyphs import report_missing_glyphs
from timeline.files.output_files import NotReplacedError, OutputFiles

_Folder = Annotated[Path, typer.Option("-o", "--out", help="The folder; it is made.")]
_Presets = Annotated[
    list[str] | None, typer.Option("--preset", help="One of the presets; all if left out.")
]


def gallery(files: Files, out: _Folder, presets: _Presets = None, settled: Settled = None) -> None:
    """Draw every figure in every preset and column, with a page to choose from."""
    from renderers.gallery.entries import entries_of, papers

    try:
        chosen = papers(presets or ())
    except ValueError as fault:
        exit_with_problems([f"--preset: {fault}"])
        return
    plates = entries_of(readings_of(files, settled))
    try:
        hung, page = _hung(plates, chosen, out)
    except (NotReplacedError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
        return
    drawn = sum(not each.refused for each in hung)
    typer.echo(f"{page}: {drawn} figures drawn, {len(hung) - drawn} refused, each with its reason")


def _hung(plates: Any, papers: Any, out: Path) -> tuple[list[Any], Path]:
    """What hangs in the folder, and its page; a folder that holds a gallery is drawn anew."""
    from renderers.gallery.build import build_gallery
    from renderers.gallery.page import INDEX, gallery_index, is_gallery

    ours = is_gallery(out)
    with report_missing_glyphs(out), OutputFiles(ours=lambda _: ours) as files:
        files.folder(out)
        files.check(out / INDEX)
        hung = list(build_gallery(plates, papers, out, files))
        return hung, gallery_index(hung, out, "Every figure on every paper", files)
