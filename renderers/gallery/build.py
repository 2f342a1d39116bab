"""A gallery on disk: each entry on each page as SVG, with an HTML page, sidecars and a preview."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from renderers.backends import html, sidecars
from renderers.backends.save import save
from renderers.gallery.entries import GalleryEntry
from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from timeline.files.output_files import NotReplacedError, OutputFiles

PREVIEW = 110  # dots an inch
_NOT_A_NAME = re.compile(r"[^\w.-]+")


@attrs.frozen(kw_only=True)
class GalleryOutput:
    """An entry on a page: its files, or why there are none.

    ``vectors`` and ``previews`` have a file for each page; ``companions`` are the
    interactive page, the alt text, the caption and the data.
    """

    entry: GalleryEntry
    page: Page
    vectors: tuple[Path, ...] = ()
    previews: tuple[Path, ...] = ()
    companions: tuple[Path, ...] = ()
    alt: str = ""
    caption: str = ""
    refused: str = ""


def build_gallery(
    entries: Sequence[GalleryEntry],
    pages: Sequence[Page],
    folder: Path,
    into: OutputFiles | None = None,
) -> Iterator[GalleryOutput]:
    """Draw every entry on every page into a folder, one at a time, as the iterator is read.

    ``into``: the set of files that all belong to; without it each figure appears at once.
    An entry that cannot be drawn is returned with the reason. OSError where the folder cannot be
    written; NotReplacedError where a file that was not written here has a name of the gallery.
    """
    for number, entry in enumerate(entries, 1):
        for page in pages:
            path = folder / _stem(number, entry, page)
            if into is not None:
                yield _output(entry, page, path, into)
                continue
            with OutputFiles(ours=lambda _: True) as files:
                files.folder(folder)
                outputs = _output(entry, page, path, files)
            yield outputs


def _stem(number: int, entry: GalleryEntry, page: Page) -> str:
    """The file of an entry on a page; the number distinguishes entries of the same name."""
    name = _NOT_A_NAME.sub("-", entry.name).strip("-.")
    return f"{number:02}-{name}-{page.preset.name}-{page.column}"


def _output(entry: GalleryEntry, page: Page, path: Path, into: OutputFiles) -> GalleryOutput:
    try:
        scene = entry.make(page)
        vectors = save(scene, path.with_name(f"{path.name}.svg"), page, into)
    except NotReplacedError:
        raise
    except ValueError as reason:
        return GalleryOutput(entry=entry, page=page, refused=str(reason))
    return GalleryOutput(
        entry=entry,
        page=page,
        vectors=vectors,
        previews=save(scene, path.with_name(f"{path.name}.png"), previewed(page), into),
        companions=_companions(scene, path, page, into),
        alt=scene.alt,
        caption=scene.caption,
    )


def previewed(page: Page, dots: int = PREVIEW) -> Page:
    """The page, with pictures at the resolution of a screen."""
    return attrs.evolve(page, preset=attrs.evolve(page.preset, dpi=dots))


def _companions(scene: Scene, path: Path, page: Page, into: OutputFiles) -> tuple[Path, ...]:
    explorable = path.with_name(f"{path.name}.html")
    return (*html.write(scene, explorable, page, into), *sidecars.write(scene, explorable, into))
