"""A figure that is laid out for the page that it is saved for, or shown on in a notebook."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MatplotlibFigure
    from matplotlib.figure import FigureBase

    from renderers.backends.draw_into import DrawnFigure
    from renderers.scene.journals import Page
    from renderers.scene.scene import Scene

_SCREEN = 144  # dots an inch of a picture in a notebook


@attrs.define(eq=False)
class _Drawing:
    """What was made of a figure: its scene on each page, and the figure in matplotlib."""

    scenes: dict[Page, Scene] = attrs.Factory(dict)
    drawn: DrawnFigure | None = None


@attrs.frozen
class Figure:
    """A figure, laid out for the page that it is saved for.

    Every method takes a ``journal`` (generic, nature, lancet, elsevier, cell, nejm, slide), one of
    its ``column`` names (single, double ..; the default is the widest), a ``language`` (en, de,
    fr, es) and an installed ``font``. Each raises ValueError if one of them is unknown, or the
    figure does not fit the page.

    Attributes:
        kind: such as ``swimmer``.
        names: the names of the patients, or that of a table.
        notes: what was noticed in a table: its faults, and columns that are not read.
    """

    kind: str
    names: tuple[str, ...]
    _lay_out: Callable[[Page], Scene] = attrs.field(repr=False, eq=False)
    notes: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    _drawing: _Drawing = attrs.field(factory=_Drawing, init=False, repr=False, eq=False)

    def __repr__(self) -> str:
        return f"<Figure {self.kind}: {', '.join(self.names)}>"

    def scene(
        self, journal: str = "generic", column: str = "", language: str = "en", font: str = ""
    ) -> Scene:
        """The figure as data, to which more marks can be added.

        Args:
            journal: the journal that it is laid out for.
            column: the column of the journal; the default is the widest.
            language: of the fixed words.
            font: an installed font; the default is Arial, Helvetica, or one as wide.

        Returns:
            Rows and marks, in millimetres.

        Raises:
            ValueError: an argument is unknown, or the figure does not fit the page.
        """
        return self._make(_page(journal, column, language, font))

    def save(
        self,
        path: Path | str,
        *,
        journal: str = "generic",
        column: str = "",
        language: str = "en",
        font: str = "",
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
            font: an installed font; the default is Arial, Helvetica, or one as wide.
            sidecars: write the alternative text, the caption and the data (CSV) as well.
            overwrite: replace files of the same names that are not earlier output.

        Returns:
            The files that were written, the figure first.

        Raises:
            ValueError: an argument is unknown, the figure does not fit the page, a file may not
                be replaced, or something was added to ``axes`` or set there, which would be lost.
            OSError: the folder cannot be written.
        """
        from renderers import write

        self._check_unchanged()
        page = _page(journal, column, language, font).for_file(path)
        return write(self._make(page), path, page, sidecars=sidecars, overwrite=overwrite)

    def to_matplotlib(
        self, journal: str = "generic", column: str = "", language: str = "en", font: str = ""
    ) -> MatplotlibFigure:
        """The figure in matplotlib.

        Args:
            journal: the journal that it is laid out for.
            column: the column of the journal; the default is the widest.
            language: of the fixed words.
            font: an installed font; the default is Arial, Helvetica, or one as wide.

        Returns:
            A figure with one ``Axes``, which counts millimetres from the left and from the top.

        Raises:
            ValueError: an argument is unknown, or the figure does not fit the page.
        """
        from renderers import figure_of

        page = _page(journal, column, language, font)
        return figure_of(self._make(page), page)

    def drawn_into(self, ax: Axes | FigureBase, language: str = "en") -> Figure:
        """The figure, drawn into axes or a part of a figure of matplotlib.

        Axes become those of the plot: they are made smaller, and names, axis and legend are
        around them, within the place that they had. Their title, colours and contents stay.
        Arrange the figure before: sizes do not follow a later change of its layout.

        Args:
            ax: an ``Axes``, a ``SubFigure`` or a ``Figure``.
            language: of the fixed words.

        Returns:
            The figure; ``figure`` is the one of ``ax``, and ``axes["plot"]`` is ``ax`` where that
            is an ``Axes``.

        Raises:
            ValueError: it does not fit, with the size that it needs; or the axes share an axis.
            TypeError: ``ax`` is no axes and no figure.
        """
        from renderers.backends.draw_into import draw_into

        _page("generic", "", language)
        _, drawn = draw_into(ax, self._make, "the figure", language)
        made = attrs.evolve(self)
        made._drawing.drawn = drawn
        return made

    @property
    def figure(self) -> FigureBase:
        """The figure in matplotlib, laid out for two columns; or that of the axes drawn into.

        It is made once, and stays. What is added to it is saved with its own ``savefig``.
        """
        return self._drawn.figure

    @property
    def axes(self) -> Mapping[str, Axes]:
        """The axes in matplotlib by name.

        ``plot`` covers the plot: x is time in units of the printed axis (of a calendar: dates), y
        the values of the upright axis, or the number of the lane from the top. So
        ``axes["plot"].axvline(6)`` is a line at six months. ``page`` covers the whole figure, in
        millimetres from the left and from the top. A state diagram has ``page`` alone.
        """
        return self._drawn.axes

    @property
    def _drawn(self) -> DrawnFigure:
        from renderers.backends.draw_into import with_data_axes

        if self._drawing.drawn is None:
            page = _page("generic", "", "en")
            self._drawing.drawn = with_data_axes(self._make(page), page)
        return self._drawing.drawn

    def _check_unchanged(self) -> None:
        """Refuse to lay out anew what a user has added to."""
        drawn = self._drawing.drawn
        if drawn is not None and drawn.is_changed:
            raise ValueError(
                "something was added to the axes or set there, and save() lays the figure out anew "
                "(write figure.savefig(path), or save before)"
            )

    def _make(self, page: Page) -> Scene:
        """The figure as data for a page; it is laid out once."""
        scenes = self._drawing.scenes
        if page not in scenes:
            scenes[page] = self._lay_out(page)
        return scenes[page]

    @property
    def alt(self) -> str:
        """The text for those who cannot see the figure."""
        return self.scene().alt

    @property
    def caption(self) -> str:
        """The caption, with numbers of patients and definitions."""
        return self.scene().caption

    @property
    def conventions(self) -> str:
        """How the marks are read, for a footnote or the methods; may be empty."""
        return self.scene().conventions

    def _repr_svg_(self) -> str | None:
        """The figure for a notebook; None where it takes several pages."""
        found = self._svg_pages()
        return found[0].decode() if len(found) == 1 else None

    def _repr_png_(self) -> bytes | None:
        """The figure for a notebook as a picture; None where it takes several pages."""
        from renderers.backends.save import pages, png_of

        page = _page("generic", "", "en")
        scene = self._make(page)
        return png_of(scene, page, _SCREEN) if len(pages(scene, page)) == 1 else None

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


def _page(journal: str, column: str, language: str, font: str = "") -> Page:
    from renderers.scene.journals import page_of

    return page_of(journal, column, language, font)
