"""Figures on disk: SVG, PDF, PNG or TIFF by the suffix, the same bytes for the same scene."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib import rc_context

from renderers.backends.accessible import accessible_svg, tagged_pdf
from renderers.backends.legend import legend_height, with_legend
from renderers.backends.matplotlib import SETTINGS, paint
from renderers.backends.pages import split_pages
from renderers.backends.raster import bands, png
from renderers.backends.svg_groups import paint_groups, with_classes
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from timeline.core.text.inert_text import xml_text
from timeline.files.output_files import OutputFiles

_PAGE = re.compile(rb", page \d+ of \d+")  # in the title of each page of several


def _svg(scene: Scene, page: Page) -> bytes:
    metadata = {"Title": scene.name, "Description": scene.alt, "Date": None, "Creator": None}
    figure, groups = paint_groups(with_legend(scene), page)
    with BytesIO() as out:
        figure.savefig(out, format="svg", metadata=metadata)
        named = with_classes(out.getvalue().decode(), groups)
        return xml_text(accessible_svg(named, scene)).encode()


def _pdf(scene: Scene, page: Page) -> bytes:
    undated = dict.fromkeys(("CreationDate", "ModDate", "Creator", "Producer"))
    metadata = {"Title": scene.name, "Subject": scene.alt, **undated}
    with BytesIO() as out:
        paint(scene, page).savefig(out, format="pdf", metadata=metadata)
        return tagged_pdf(out.getvalue(), scene)


def _png(scene: Scene, page: Page) -> bytes:
    return png_of(scene, page, page.preset.dpi)


def png_of(scene: Scene, page: Page, dpi: int) -> bytes:
    """A scene as the bytes of a PNG file of so many dots an inch, whatever its height."""
    with rc_context({**SETTINGS, "savefig.facecolor": "white"}):
        drawn = bands(paint(scene, page, outlined=True), dpi)
    return png(drawn, dpi, Title=scene.name, Description=scene.alt)


def _tiff(scene: Scene, page: Page) -> bytes:
    """Without transparency, which printers refuse, and packed without loss (LZW)."""
    from PIL import Image

    figure, dpi = paint(scene, page, outlined=True), page.preset.dpi
    figure.set_dpi(dpi)
    plain, top = Image.new("RGB", figure.canvas.get_width_height(physical=True)), 0
    for band in bands(figure, dpi):
        plain.paste(Image.fromarray(np.ascontiguousarray(band)), (0, top))
        top += len(band)
    with BytesIO() as out:
        plain.save(
            out, format="TIFF", compression="tiff_lzw", dpi=(dpi, dpi), description=scene.name
        )
        return out.getvalue()


FORMATS = {".svg": _svg, ".pdf": _pdf, ".png": _png, ".tiff": _tiff, ".tif": _tiff}


def pages(scene: Scene, page: Page = DEFAULT_PAGE) -> tuple[Scene, ...]:
    """The scene on its pages, each with its own legend.

    ValueError where a single row of it is taller than a page.
    """
    return split_pages(scene, page.height, legend_height(scene))


def files_of(scene: Scene, path: Path, page: Page = DEFAULT_PAGE) -> Iterator[tuple[Path, bytes]]:
    """The files of a scene and their bytes: one, or ``name-1``, ``name-2``.. for several pages.

    ValueError where the suffix names no format, or the scene does not fit.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise ValueError(
            f"unknown kind of figure: {path.suffix or path.name!r} (write {known}, or .html)"
        )
    parts = pages(scene, page)
    names = [path] if len(parts) == 1 else _numbered(path, len(parts))
    for part, name in zip(parts, names, strict=True):
        with rc_context({**SETTINGS, "savefig.facecolor": "white"}):
            content = FORMATS[suffix](part, page)
        yield name, content


def _numbered(path: Path, count: int) -> list[Path]:
    return [path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, count + 1)]


def save(
    scene: Scene, path: Path | str, page: Page = DEFAULT_PAGE, into: OutputFiles | None = None
) -> tuple[Path, ...]:
    """Write a scene, and answer its files; ``into``: the set of files that they belong to.

    All of its files appear, or none. ValueError as in `files_of`, and where a file that is there
    may not be replaced; OSError where the folder cannot be written.
    """
    path = Path(path)
    if into is None:
        with OutputFiles(requested=frozenset({path}), ours=of_several_pages) as files:
            return save(scene, path, page, files)
    written = []
    for name, content in files_of(scene, path, page):
        into.add(name, content)
        written.append(name)
    return tuple(written)


def of_several_pages(path: Path) -> bool:
    """Whether a file is a page of a figure that was written here: its title has a page number."""
    if path.suffix.lower() not in FORMATS or not path.is_file():
        return False
    content = path.read_bytes().replace(b"\0", b"")  # a PDF may hold its title as UTF-16
    return _PAGE.search(content) is not None
