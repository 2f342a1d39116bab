"""What every mark provides: its extent, its time, its drawing and its legend key; bare numbers.

A new mark is one class here or in ``marks`` and one row of the style table: whatever lays out,
draws, pages, lists or explains marks calls the methods of the mark.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Self

import attrs

from renderers.scene.geometry import Box, Frame, Points
from timeline.core.frozen_class import frozen

if TYPE_CHECKING:  # the style table names mark classes
    from renderers.scene.canvas import Canvas
    from renderers.scene.styles import Style

KEY_WIDTH = 5.5  # millimetres of a legend key
KEY_HALF = 1.4  # half the height of an upright legend key, millimetres


@frozen
class TimeRange:
    """The first and the last day of a mark, both included; an open end has no bound."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False


@frozen(kw_only=True)
class Mark(ABC):
    """Something drawn in a row of a scene, ``y`` millimetres below the top of the row.

    ``style`` names a row of the style table, ``variant`` a row that varies it. ``tooltip`` is the
    text for a reader who points at the mark: event, dates, derivation, source. ``subject`` is the
    patient or group that it shows, where its row shows several.
    """

    row: int = 0
    y: float = 0.0
    style: str = ""
    variant: str = ""
    tooltip: str = ""
    subject: str = ""

    uses: ClassVar[frozenset[str]] = frozenset()  # values of ``Style.use`` that the class draws
    names_item: ClassVar[bool] = False  # its style names the item that it belongs to
    spans_rows: ClassVar[bool] = False  # it may end in a later row

    @abstractmethod
    def draw(self, canvas: Canvas) -> None:
        """Draw the mark on a canvas, in the millimetres of the page."""

    @abstractmethod
    def extent(self, frame: Frame) -> Box:
        """What the mark covers: millimetres from the left edge of the page and below its row."""

    @abstractmethod
    def time_range(self, frame: Frame) -> TimeRange | None:
        """The days that the mark shows; None for a mark that shows no time."""

    @classmethod
    @abstractmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> tuple[Mark, ...]:
        """The marks that show a style in a legend.

        Args:
            style: The row of the style table.
            x: Left edge of the key, in millimetres; it is ``KEY_WIDTH`` wide.
            y: Middle of the key, in millimetres below the top of its row.
            bar: The style of bars in the scene, for a style that varies a bar.

        """

    @classmethod
    def check_style(cls, style: Style) -> None:
        """Raise ValueError for a style row that the class cannot draw."""
        if style.use and style.use not in cls.uses:
            known = ", ".join(sorted(cls.uses)) or "none"
            raise ValueError(f"unknown use of {cls.__name__}: {style.use!r} (known: {known})")

    def path(self, frame: Frame) -> Points:
        """The line that the mark draws, in millimetres; no points for a mark that is no line."""
        return ()

    @property
    def styles(self) -> tuple[str, ...]:
        """The names of its rows in the style table."""
        style, variant = self.style, self.variant
        if not variant:
            return (style,) if style else ()
        return (style, variant) if style else (variant,)

    @property
    def keyed_styles(self) -> tuple[str, ...]:
        """The styles that a legend explains where the mark is drawn."""
        return self.styles

    @property
    def rows(self) -> range:
        """The rows that it is drawn in."""
        return range(self.row, self.row + 1)

    def shifted(self, by: float) -> Self:
        """The mark ``by`` millimetres further down."""
        return attrs.evolve(self, y=self.y + by) if by else self

    def on_row(self, row: int, down: float = 0.0) -> Self:
        """The mark in another row, ``down`` mm lower; it keeps the number of its rows."""
        if row == self.row and not down:
            return self
        return attrs.evolve(self, row=row, y=self.y + down)

    def on_page(self, place: Mapping[int, int]) -> Self | None:
        """The mark on a page that holds some rows; None if its row is not among them.

        Args:
            place: The new number of each row on the page, by its old number.

        """
        return self.on_row(place[self.row]) if self.row in place else None


def of_subject(name: str, marks: Iterable[Mark]) -> Iterator[Mark]:
    """Marks as those of a patient or a group."""
    for mark in marks:
        yield attrs.evolve(mark, subject=name)


@frozen(kw_only=True)
class SpanningMark(Mark):
    """A mark from its row down to ``bottom`` mm in row ``last`` (0: the end of that row)."""

    last: int
    bottom: float = 0.0

    spans_rows: ClassVar[bool] = True

    @property
    def rows(self) -> range:
        return range(self.row, self.last + 1)

    def shifted(self, by: float) -> Self:
        bottom = self.bottom + by if self.bottom else self.bottom
        return attrs.evolve(self, y=self.y + by, bottom=bottom)

    def on_row(self, row: int, down: float = 0.0) -> Self:
        if row == self.row and not down:
            return self
        last, bottom = self.last + row - self.row, self.bottom + down if self.bottom else 0.0
        return attrs.evolve(self, row=row, last=last, y=self.y + down, bottom=bottom)

    def on_page(self, place: Mapping[int, int]) -> Self | None:
        """The part of the mark that is on the page."""
        here = [new for old, new in place.items() if old in self.rows]
        if not here:
            return None
        return attrs.evolve(
            self,
            row=here[0],
            last=here[-1],
            y=self.y if self.row in place else 0.0,
            bottom=self.bottom if self.last in place else 0.0,
        )


@frozen(kw_only=True)
class PrintedNumber:
    """A number that a figure prints without a mark on its axis: a median, a hazard ratio.

    Attributes:
        row: the row of the figure that it is printed in, or the curve that it is of.
        what: what it is: ``hazard ratio``.
        text: as printed, with its limits.
        source: the method.
        at: the time of the axis that it is of; None where it is of none.
    """

    row: str
    what: str
    text: str
    source: str = ""
    at: float | None = None
