"""The command that draws every figure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli import completions
from timeline.cli.commands.figures import derived_cases
from timeline.cli.common import Files, SettingTexts, exit_with_problems, unwritable
from timeline.cli.missing_glyphs import report_missing_glyphs
from timeline.files.output_files import NotReplacedError, OutputFiles

_Folder = Annotated[Path, typer.Option("-o", "--out", help="The folder; it is created.")]
_Presets = Annotated[
    list[str] | None,
    typer.Option("--preset", help="A preset; default: all.", autocompletion=completions.journals),
]


def gallery(
    files: Files, out: _Folder, presets: _Presets = None, setting_texts: SettingTexts = None
) -> None:
    """Draw every figure in every preset and column, with a page to choose from."""
    from renderers.gallery.entries import entries_of, journal_pages

    try:
        chosen = journal_pages(presets or ())
    except ValueError as fault:
        exit_with_problems([f"--preset: {fault}"])
        return
    entries = entries_of(derived_cases(files, setting_texts))
    try:
        outputs, page = _build(entries, chosen, out)
    except (NotReplacedError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
        return
    drawn = sum(not each.refused for each in outputs)
    typer.echo(
        f"{page}: {drawn} figures drawn, {len(outputs) - drawn} refused, each with its reason"
    )


def _build(entries: Any, pages: Any, out: Path) -> tuple[list[Any], Path]:
    """The figures of the folder and its index page; an earlier gallery there is replaced."""
    from renderers.gallery.build import build_gallery
    from renderers.gallery.page import INDEX, gallery_index, is_gallery

    ours = is_gallery(out)
    with report_missing_glyphs(out), OutputFiles(ours=lambda _: ours) as files:
        files.folder(out)
        files.check(out / INDEX)
        outputs = list(build_gallery(entries, pages, out, files))
        return outputs, gallery_index(outputs, out, "Every figure on every page", files)
