"""A gallery on disk: each plate on each paper as SVG, with its page, its twins and a preview."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from renderers.gallery.plate import Plate
from renderers.output import twin, web
from renderers.output.save import save
from renderers.preset import Paper
from renderers.scene import Scene
from timeline.output_files import NotReplacedError, OutputFiles

PREVIEW = 110  # dots an inch
_NOT_A_NAME = re.compile(r"[^\w.-]+")


@attrs.frozen(kw_only=True)
class Hung:
    """A plate on a paper: its files, or why there are none.

    ``vectors`` and ``previews`` have a file for each page; ``beside`` are the page to explore,
    alt text, caption and data.
    """

    plate: Plate
    paper: Paper
    vectors: tuple[Path, ...] = ()
    previews: tuple[Path, ...] = ()
    beside: tuple[Path, ...] = ()
    alt: str = ""
    caption: str = ""
    refused: str = ""


def hang(
    plates: Sequence[Plate],
    papers: Sequence[Paper],
    folder: Path,
    into: OutputFiles | None = None,
) -> Iterator[Hung]:
    """Draw every plate on every paper into a folder, which is made; one at a time, as asked for.

    ``into``: the set of files that all belong to; without it each figure appears at once.
    What cannot be drawn is answered with its reason. OSError where the folder cannot be written;
    NotReplacedError where a file that was not written here has the name of one of the gallery.
    """
    for number, plate in enumerate(plates, 1):
        for paper in papers:
            path = folder / _stem(number, plate, paper)
            if into is not None:
                yield _hung(plate, paper, path, into)
                continue
            with OutputFiles(ours=lambda _: True) as files:
                files.folder(folder)
                hung = _hung(plate, paper, path, files)
            yield hung


def _stem(number: int, plate: Plate, paper: Paper) -> str:
    """The file of a plate on a paper; the number keeps apart what is named alike."""
    name = _NOT_A_NAME.sub("-", plate.name).strip("-.")
    return f"{number:02}-{name}-{paper.preset.name}-{paper.column}"


def _hung(plate: Plate, paper: Paper, path: Path, into: OutputFiles) -> Hung:
    try:
        scene = plate.make(paper)
        vectors = save(scene, path.with_name(f"{path.name}.svg"), paper, into)
    except NotReplacedError:
        raise
    except ValueError as reason:
        return Hung(plate=plate, paper=paper, refused=str(reason))
    return Hung(
        plate=plate,
        paper=paper,
        vectors=vectors,
        previews=save(scene, path.with_name(f"{path.name}.png"), previewed(paper), into),
        beside=_beside(scene, path, paper, into),
        alt=scene.alt,
        caption=scene.caption,
    )


def previewed(paper: Paper, dots: int = PREVIEW) -> Paper:
    """The paper, its pictures as coarse as a screen shows them."""
    return attrs.evolve(paper, preset=attrs.evolve(paper.preset, dpi=dots))


def _beside(scene: Scene, path: Path, paper: Paper, into: OutputFiles) -> tuple[Path, ...]:
    page = path.with_name(f"{path.name}.html")
    return (*web.write(scene, page, paper, into), *twin.write(scene, page, into))
