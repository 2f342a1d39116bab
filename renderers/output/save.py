"""Figures on disk: SVG, PDF, PNG or TIFF by the suffix, the same bytes for the same scene."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from matplotlib import rc_context

from renderers.output.legend import foot_of
from renderers.output.paging import paged
from renderers.output.paint import SETTINGS, paint
from renderers.output.pixels import Pixels, pixels, png
from renderers.preset import PAPER, Paper
from renderers.scene import Scene


def _svg(scene: Scene, path: Path, paper: Paper) -> None:
    told = {"Title": scene.name, "Description": scene.alt, "Date": None, "Creator": None}
    paint(scene, paper).savefig(path, format="svg", metadata=told)


def _pdf(scene: Scene, path: Path, paper: Paper) -> None:
    undated = dict.fromkeys(("CreationDate", "ModDate", "Creator", "Producer"))
    told = {"Title": scene.name, "Subject": scene.alt, **undated}
    paint(scene, paper).savefig(path, metadata=told)


def _png(scene: Scene, path: Path, paper: Paper) -> None:
    told = {"Title": scene.name, "Description": scene.alt}
    path.write_bytes(png(_pixels(scene, paper), paper.preset.dpi, told))


def _tiff(scene: Scene, path: Path, paper: Paper) -> None:
    """Without transparency, which printers refuse, and packed without loss (LZW)."""
    from PIL import Image

    dots = (paper.preset.dpi, paper.preset.dpi)
    plain = Image.fromarray(_pixels(scene, paper))
    plain.save(path, format="TIFF", compression="tiff_lzw", dpi=dots, description=scene.name)


def _pixels(scene: Scene, paper: Paper) -> Pixels:
    return pixels(paint(scene, paper, outlined=True), paper.preset.dpi)


FORMATS = {".svg": _svg, ".pdf": _pdf, ".png": _png, ".tiff": _tiff, ".tif": _tiff}


def pages(scene: Scene, paper: Paper = PAPER) -> tuple[Scene, ...]:
    """The scene as it goes on the pages of a paper, each with its own legend.

    ValueError where a single row of it is taller than a page.
    """
    return paged(scene, paper.height, foot_of(scene))


def save(scene: Scene, path: Path | str, paper: Paper = PAPER) -> tuple[Path, ...]:
    """Write a scene, and answer the files: one, or ``name-1``, ``name-2``.. where it takes pages.

    Files that are there are replaced in one step each, or all left whole on failure. ValueError
    where the suffix names no format, or the scene does not fit.
    """
    path = Path(path)
    if path.suffix.lower() not in FORMATS:
        known = ", ".join(FORMATS)
        raise ValueError(
            f"unknown kind of figure: {path.suffix or path.name!r} (write {known}, or .html)"
        )
    parts = pages(scene, paper)
    names = [path] if len(parts) == 1 else _numbered(path, len(parts))
    _replace(parts, names, paper)
    return tuple(names)


def _numbered(path: Path, count: int) -> list[Path]:
    return [path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, count + 1)]


def _replace(parts: Iterable[Scene], names: list[Path], paper: Paper) -> None:
    """Every page is written beside its place before the first one is put there."""
    suffix = names[0].suffix.lower()
    beside = [name.with_name(f".{name.name}.{os.getpid()}{suffix}") for name in names]
    try:
        for part, file in zip(parts, beside, strict=True):
            with rc_context({**SETTINGS, "savefig.facecolor": "white"}):
                FORMATS[suffix](part, file, paper)
        for file, name in zip(beside, names, strict=True):
            file.replace(name)
    finally:
        for file in beside:
            file.unlink(missing_ok=True)
