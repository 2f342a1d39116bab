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
    """A entry on a paper: its files, or why there are none.

    ``vectors`` and ``previews`` have a file for each page; ``beside`` are the page to explore,
    alt text, caption and data.
    """

    entry: GalleryEntry
    paper: Page
    vectors: tuple[Path, ...] = ()
    previews: tuple[Path, ...] = ()
    beside: tuple[Path, ...] = ()
    alt: str = ""
    caption: str = ""
    refused: str = ""


def build_gallery(
    entries: Sequence[GalleryEntry],
    papers: Sequence[Page],
    folder: Path,
    into: OutputFiles | None = None,
) -> Iterator[GalleryOutput]:
    """Draw every entry on every paper into a folder, one at a time, as the iterator is read.

    ``into``: the set of files that all belong to; without it each figure appears at once.
    An entry that cannot be drawn is returned with the reason. OSError where the folder cannot be
    written; NotReplacedError where a file that was not written here has a name of the gallery.
    """
    for number, entry in enumerate(entries, 1):
        for paper in papers:
            path = folder / _stem(number, entry, paper)
            if into is not None:
                yield _output(entry, paper, path, into)
                continue
            with OutputFiles(ours=lambda _: True) as files:
                files.folder(folder)
                outputs = _output(entry, paper, path, files)
            yield outputs


def _stem(number: int, entry: GalleryEntry, paper: Page) -> str:
    """The file of a entry on a paper; the number keeps apart what is named alike."""
    name = _NOT_A_NAME.sub("-", entry.name).strip("-.")
    return f"{number:02}-{name}-{paper.preset.name}-{paper.column}"


def _output(entry: GalleryEntry, paper: Page, path: Path, into: OutputFiles) -> GalleryOutput:
    try:
        scene = entry.make(paper)
        vectors = save(scene, path.with_name(f"{path.name}.svg"), paper, into)
    except NotReplacedError:
        raise
    except ValueError as reason:
        return GalleryOutput(entry=entry, paper=paper, refused=str(reason))
    return GalleryOutput(
        entry=entry,
        paper=paper,
        vectors=vectors,
        previews=save(scene, path.with_name(f"{path.name}.png"), previewed(paper), into),
        beside=_beside(scene, path, paper, into),
        alt=scene.alt,
        caption=scene.caption,
    )


def previewed(paper: Page, dots: int = PREVIEW) -> Page:
    """The paper, its pictures as coarse as a screen shows them."""
    return attrs.evolve(paper, preset=attrs.evolve(paper.preset, dpi=dots))


def _beside(scene: Scene, path: Path, paper: Page, into: OutputFiles) -> tuple[Path, ...]:
    page = path.with_name(f"{path.name}.html")
    return (*html.write(scene, page, paper, into), *sidecars.write(scene, page, into))
