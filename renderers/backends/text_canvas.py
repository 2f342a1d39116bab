"""A scene on its page: where its marks lie, and the two ways in which its texts are written."""

from __future__ import annotations

from functools import cached_property, lru_cache

import attrs
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from renderers.backends.canvas import Canvas
from renderers.layout.text_metrics import MM_PER_POINT
from renderers.scene.journals import Page
from renderers.scene.scene import Mark, Scene
from renderers.scene.styles import INK

TEXT = 11  # the layer of texts, above everything
_SHARE = {"left": 0.0, "centre": 0.5, "right": 1.0}  # of its width left of where a text is put
_TALL = "l"  # a line is centred as if it were a letter with an ascender: baselines are level


@attrs.frozen(slots=False)
class TextCanvas:
    """A scene, how far below the top of the page it begins, and the ink it is drawn in."""

    scene: Scene
    top: float
    axes: Axes
    ink: Canvas
    paper: Page

    def x(self, day: float) -> float:
        return self.scene.frame.x(day)

    def y(self, mark: Mark) -> float:
        return self.top + self.tops[mark.row] + mark.down

    @cached_property
    def tops(self) -> tuple[float, ...]:
        return self.scene.tops

    def write(
        self, x: float, y: float, text: str, align: str, size: float, *, bold: bool = False
    ) -> None:
        """Text at a millimetre of the layout, as large as the paper prints it."""
        one = "\n" not in text
        self.axes.text(
            x,
            y + self.rise(size, bold=bold) if one else y,
            self.paper.pointed(text),
            parse_math=False,
            ha={"left": "left", "right": "right", "centre": "center"}[align],
            va="baseline" if one else "center_baseline",
            size=size * self.paper.scale,
            weight="bold" if bold else "normal",
            color=INK,
            family=[self.paper.preset.family],
            zorder=TEXT,
        )

    def rise(self, size: float, *, bold: bool) -> float:
        """Millimetres from the middle of a line of text down to its baseline."""
        font = _font(self.paper.preset.family, bold=bold)
        return _letters(font, _TALL).top / 2 * size * MM_PER_POINT


@attrs.frozen(slots=False)
class OutlineCanvas(TextCanvas):
    """A sheet whose texts are outlines, all of them in one collection: for pictures alone.

    A picture holds no text that one could select, and a page of live texts takes longer to draw
    than everything else on it.
    """

    def write(
        self, x: float, y: float, text: str, align: str, size: float, *, bold: bool = False
    ) -> None:
        if "\n" in text:
            super().write(x, y, text, align, size, bold=bold)
            return
        font = _font(self.paper.preset.family, bold=bold)
        said = self.paper.pointed(text)
        letters = _letters(font, said)
        scale = size * MM_PER_POINT
        if align != "left" or not said.isascii():  # to measure is to be warned of missing letters
            x -= _SHARE[align] * letters.width * scale
        points = letters.points * (scale, -scale) + (x, y + self.rise(size, bold=bold))
        self.ink.faces[TEXT, INK, "none", 0.0, ()].append(Path(points, letters.codes))


@attrs.frozen(slots=False)
class _Letters:
    """Outlines of a text of size one, its baseline at nought, y upwards."""

    font: FontProperties
    text: str
    points: npt.NDArray[np.float64]
    codes: npt.NDArray[np.uint8]

    @property
    def top(self) -> float:
        return float(self.points[:, 1].max(initial=0.0))

    @cached_property
    def width(self) -> float:
        """From where it begins to where a next letter would."""
        wide, *_ = text_to_path.get_text_width_height_descent(self.text, self.font, False)
        return float(wide)


@lru_cache
def _font(family: str, *, bold: bool) -> FontProperties:
    return FontProperties(family=[family], weight="bold" if bold else "normal", size=1.0)


def _letters(font: FontProperties, text: str) -> _Letters:
    """Only what any font holds is remembered: of a letter that none has each figure must warn."""
    return (_remembered if text.isascii() else _outlined)(font, text)


def _outlined(font: FontProperties, text: str) -> _Letters:
    points, codes = text_to_path.get_text_path(font, text)
    unit = np.asarray(points) / text_to_path.FONT_SCALE
    return _Letters(font, text, unit, np.asarray(codes, np.uint8))


_remembered = lru_cache(maxsize=4096)(_outlined)
