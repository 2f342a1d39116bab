"""A figure that is laid out for the page that it is saved for, or shown on in a notebook."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MatplotlibFigure

    from renderers.scene.journals import Page
    from renderers.scene.scene import Scene


@attrs.frozen
class Figure:
    """A figure, laid out for the page that it is saved for.

    Every method takes a ``journal`` (generic, nature, lancet, elsevier, cell, nejm, slide), one of
    its ``column`` names (single, double ..; the default is the widest) and a ``language`` (en, de,
    fr, es). Each raises ValueError if one of them is unknown, or the figure does not fit the page.

    Attributes:
        kind: such as ``swimmer``.
        names: the names of the patients.
    """

    kind: str
    names: tuple[str, ...]  # of the patients
    _make: Callable[[Page], Scene] = attrs.field(repr=False, eq=False)

    def __repr__(self) -> str:
        return f"<Figure {self.kind}: {', '.join(self.names)}>"

    def scene(self, journal: str = "generic", column: str = "", language: str = "en") -> Scene:
        """The figure as data, to which more marks can be added.

        Args:
            journal: the journal that it is laid out for.
            column: the column of the journal; the default is the widest.
            language: of the fixed words.

        Returns:
            Rows and marks, in millimetres.

        Raises:
            ValueError: an argument is unknown, or the figure does not fit the page.
        """
        return self._make(_page(journal, column, language))

    def save(
        self,
        path: Path | str,
        *,
        journal: str = "generic",
        column: str = "",
        language: str = "en",
        sidecars: bool = False,
        overwrite: bool = False,
    ) -> tuple[Path, ...]:
        """Write the figure to files. All of them appear, or none.

        Args:
            path: the file; its suffix is the format: ``.svg``, ``.pdf``, ``.png``, ``.tiff``, or
                ``.html`` for a page to explore.
            journal: the journal that it is laid out for.
            column: the column of the journal; the default is the widest.
            language: of the fixed words.
            sidecars: write the alternative text, the caption and the data (CSV) as well.
            overwrite: replace files of the same names that are not earlier output.

        Returns:
            The files that were written, the figure first.

        Raises:
            ValueError: an argument is unknown, the figure does not fit the page, or a file may not
                be replaced.
            OSError: the folder cannot be written.
        """
        from renderers import write

        page = _page(journal, column, language)
        return write(self._make(page), path, page, sidecars=sidecars, overwrite=overwrite)

    def to_matplotlib(
        self, journal: str = "generic", column: str = "", language: str = "en"
    ) -> MatplotlibFigure:
        """The figure in matplotlib.

        Args:
            journal: the journal that it is laid out for.
            column: the column of the journal; the default is the widest.
            language: of the fixed words.

        Returns:
            A figure with one ``Axes``, which counts millimetres from the left and from the top.

        Raises:
            ValueError: an argument is unknown, or the figure does not fit the page.
        """
        from renderers import figure_of

        page = _page(journal, column, language)
        return figure_of(self._make(page), page)

    @property
    def alt(self) -> str:
        """The text for those who cannot see the figure."""
        return self.scene().alt

    @property
    def caption(self) -> str:
        """The caption, with numbers of patients, conventions and definitions."""
        return self.scene().caption

    def _repr_svg_(self) -> str | None:
        """The figure for a notebook; None where it takes several pages."""
        found = self._svg_pages()
        return found[0].decode() if len(found) == 1 else None

    def _repr_html_(self) -> str:
        """The pages of the figure as images with their alt text; each keeps its own ids."""
        alt = escape(self.alt, quote=True)
        return "".join(
            f'<img alt="{alt}" src="data:image/svg+xml;base64,{base64.b64encode(svg).decode()}">'
            for svg in self._svg_pages()
        )

    def _svg_pages(self) -> list[bytes]:
        from renderers.backends.save import files_of

        page = _page("generic", "", "en")
        return [svg for _, svg in files_of(self._make(page), Path("figure.svg"), page)]


def _page(journal: str, column: str, language: str) -> Page:
    from renderers.scene.journals import page_of

    return page_of(journal, column, language)
