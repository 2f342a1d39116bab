"""The output file of a figure, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from timeline.cli.common import exit_with_problems
from timeline.cli.missing_glyphs import report_missing_glyphs
from timeline.core.frozen_class import frozen
from timeline.files.folders import PALETTE

_WITH_FONTS = (".pdf", ".png", ".tiff", ".tif")  # files that hold the letters as they are drawn


@frozen(kw_only=True)
class Target:
    """The output of a figure.

    Attributes:
        path: the file.
        page: the page that the figure is laid out for.
        sidecars: whether the alt text, the caption and the data are written as well.
        overwrite: whether existing files that are not earlier output are replaced.
        palette: a palette file that is written as well.
        is_coloured: whether a palette file states the colours.
    """

    path: Path
    page: Any
    sidecars: bool = False
    overwrite: bool = False
    palette: Path | None = None
    is_coloured: bool = False

    def write(self, scene: Any) -> tuple[Path, ...]:
        """Write a scene and return its files. ValueError, OSError as `renderers.write`."""
        from renderers import write

        if self.path.suffix.lower() in _WITH_FONTS:
            self._note_substitute()
        if not (self.is_coloured or self.palette):
            self._note_moved_colours(scene)
        with report_missing_glyphs(self.path, scene):
            return write(
                scene,
                self.path,
                self.page,
                sidecars=self.sidecars,
                overwrite=self.overwrite,
                palette=self.palette,
            )

    def _note_moved_colours(self, scene: Any) -> None:
        """Name whose colour another name of the figure has taken, so that figures would differ."""
        from renderers.scene.palette import moved

        names = moved({row.description: row.fill for row in scene.own if row.has_colour_of_name})
        if names:
            listed = ", ".join(names)
            alone = len(names) == 1
            are, their = ("is", "its") if alone else ("are", "their")
            typer.echo(
                f"note: {self.path}: {listed} {are} not in {their} usual colour, which another "
                "name of this figure has; other figures may differ (--write-palette palette.yaml "
                "gives each name one colour in all figures)",
                err=True,
            )

    def _note_substitute(self) -> None:
        from renderers.backends.fonts import substitute_note

        if note := substitute_note(self.page):
            typer.echo(f"note: {self.path}: {note}", err=True)


def with_palette(options: Sequence[str] | None, data: Sequence[Path], kind: str) -> list[str]:
    """The options of a figure, with the palette file next to its data if there is one.

    Args:
        options: those of the command line, each as ``NAME=VALUE``.
        data: the files that are drawn.
        kind: the figure.

    Returns:
        The options. The command exits with every fault of the palette file.

    """
    from renderers import FIGURES
    from renderers.scene.palette_file import load_colours

    chosen = list(options or ())
    if kind not in FIGURES or "palette" not in FIGURES[kind].option_table():
        return chosen
    names = {name.strip(): value.strip() for name, _, value in (t.partition("=") for t in chosen)}
    found = Path(names["palette"]) if names.get("palette") else None
    if found is None and "palette" not in names:
        found = next((p for f in data if (p := f.parent / PALETTE).is_file()), None)
        chosen += [f"palette={found}"] if found else []
    exit_with_problems(load_colours(found)[1] if found else ())
    return chosen
