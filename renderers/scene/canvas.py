"""The surface that marks are drawn on. Each backend draws a face, a line and a text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property

from renderers.scene.geometry import Points, hatches
from renderers.scene.mark import Mark, SpanningMark
from renderers.scene.scene import Scene
from renderers.scene.styles import Style
from timeline.core.frozen_class import frozen

TEXT = 11  # the layer of texts, above everything


@frozen(slots=False)
class Canvas(ABC):
    """A scene on its page; ``top`` is how far below the top of the page it begins, in mm.

    ``layer`` is the order of drawing: a higher layer covers a lower one. Strokes and dashes are
    in points of the layout, lengths in millimetres, y downwards.
    """

    scene: Scene
    top: float

    @abstractmethod
    def face(
        self,
        layer: int,
        ring: Points,
        fill: str,
        edge: str = "none",
        stroke: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A closed area with an edge."""

    @abstractmethod
    def line(
        self, layer: int, points: Points, colour: str, stroke: float, dash: tuple[float, ...] = ()
    ) -> None:
        """A line through points."""

    def hatch(
        self,
        layer: int,
        box: tuple[float, float, float, float],
        colour: str,
        stroke: float,
        hatched: str,
    ) -> None:
        """Slanted lines over a box (left, top, right, bottom), as in `geometry.HATCHED`."""
        left, top, right, bottom = box
        for line in hatches(left, right, top, bottom, hatched):
            self.line(layer, line, colour, stroke)

    @abstractmethod
    def write(
        self,
        x: float,
        y: float,
        text: str,
        align: str,
        size: float,
        *,
        bold: bool = False,
        upright: bool = False,
    ) -> None:
        """Text about height ``y``; ``size`` in points; ``align``: left, centre or right.

        Upright text is one line about ``x`` that reads upwards; it begins, has its middle or ends
        at ``y``.
        """

    @cached_property
    def tops(self) -> tuple[float, ...]:
        return self.scene.tops

    def x(self, day: float) -> float:
        """Millimetres from the left edge of the page."""
        return self.scene.frame.x(day)

    def y(self, mark: Mark) -> float:
        """The height of a mark, in millimetres below the top of the page."""
        return self.top + self.tops[mark.row] + mark.y

    def bottom(self, mark: SpanningMark) -> float:
        """Where a mark that spans rows ends, in millimetres below the top of the page."""
        last = mark.last
        return self.top + (self.tops[last] + mark.bottom if mark.bottom else self.tops[last + 1])

    def style(self, name: str) -> Style:
        """A row of the style table, or of those that the scene has of its own."""
        return self.scene.style(name)

    def draw(self) -> None:
        """Draw every mark and axis of the scene."""
        for mark in self.scene.marks:
            mark.draw(self)
        for axis in self.scene.axes:
            axis.draw(self)
