"""The page of a gallery: every entry with previews, links, captions, and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs

from renderers.gallery.build import GalleryOutput
from timeline.core.text.inert_text import xml_text
from timeline.files.output_files import OutputFiles, write_file

INDEX = "index.html"
GENERATOR = "oncology-timeline gallery"
_TEMPLATES = Path(__file__).parents[1] / "backends" / "templates"


@attrs.frozen(kw_only=True)
class GalleryPage:
    """An entry on all its pages: what was drawn, and each reason for what was not."""

    name: str
    description: str
    drawn: tuple[GalleryOutput, ...]
    refused: tuple[tuple[str, str], ...]  # reason, the pages it holds for

    @property
    def alt(self) -> str:
        return self.drawn[0].alt if self.drawn else ""

    @property
    def caption(self) -> str:
        return self.drawn[0].caption if self.drawn else ""


def gallery_pages(outputs: Sequence[GalleryOutput]) -> tuple[GalleryPage, ...]:
    """The entries in their order, each with what was made of it."""
    entries = {id(each.entry): each.entry for each in outputs}
    return tuple(
        GalleryPage(
            name=entry.name,
            description=entry.description,
            drawn=tuple(each for each in outputs if each.entry is entry and not each.refused),
            refused=_refused([each for each in outputs if each.entry is entry and each.refused]),
        )
        for entry in entries.values()
    )


def _refused(outputs: Sequence[GalleryOutput]) -> tuple[tuple[str, str], ...]:
    """Each reason once, with the pages it was given for."""
    reasons = dict.fromkeys(each.refused for each in outputs)
    return tuple(
        (reason, "; ".join(str(each.page) for each in outputs if each.refused == reason))
        for reason in reasons
    )


def gallery_index(
    outputs: Sequence[GalleryOutput], folder: Path, title: str, into: OutputFiles | None = None
) -> Path:
    """Write ``index.html`` of the figures in a folder; it loads nothing from elsewhere.

    ``into``: the set of files that it belongs to; without it, it appears at once.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    found = gallery_pages(outputs)
    page = environment.get_template("gallery.html.j2").render(
        title=title,
        generator=GENERATOR,
        pages=found,
        drawn=sum(len(each.drawn) for each in found),
        refused=sum(bool(each.refused) for each in outputs),
    )
    out = folder / INDEX
    if into is None:
        write_file(out, xml_text(page).encode())
    else:
        into.add(out, xml_text(page).encode())
    return out


def is_gallery(folder: Path) -> bool:
    """Whether a folder holds a gallery that was written here: its page names what made it."""
    page = folder / INDEX
    if page.is_symlink() or not page.is_file():
        return False
    return f'content="{GENERATOR}"'.encode() in page.read_bytes()
