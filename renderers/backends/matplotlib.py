"""A scene as a matplotlib figure: one collection for each style, in millimetres throughout.

No pyplot, and no setting of matplotlib that outlives a call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import TransformedPatchPath

from renderers.backends.fonts import FONT_SETTINGS, families_for, families_of
from renderers.backends.legend import with_legend
from renderers.scene.canvas import TEXT, Canvas
from renderers.scene.colours import BLACK
from renderers.scene.geometry import Points
from renderers.scene.journals import DEFAULT_PAGE, EDGE, Page
from renderers.scene.scene import Scene
from renderers.scene.text_metrics import MM_PER_POINT
from timeline.core.frozen_class import frozen

SETTINGS: Any = {
    **FONT_SETTINGS,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "timeline",
    "pdf.fonttype": 42,  # TrueType, as journals require
    "path.simplify": False,
    "figure.facecolor": "white",
    "text.usetex": False,
    "path.sketch": None,
    "path.effects": [],
}
MM_PER_INCH = 25.4
Parts = Sequence[tuple[float, Scene]]  # each with the millimetres from the top where it begins
_SHARE = {"left": 0.0, "centre": 0.5, "right": 1.0}  # of the width of a text, left of its anchor
_ASCENDER = "l"  # a line is centred as if it were a letter with an ascender: baselines are level


def paint(scene: Scene, page: Page = DEFAULT_PAGE, *, outlined: bool = False) -> Figure:
    """The figure, as high as its content; ``renderers.backends.save`` writes it.

    Its one ``Axes`` is measured in the millimetres of the layout, y downwards; what is added to
    it stays where the scene is. ``outlined``: texts are shapes, as a picture shows them.
    """
    parts = with_legend(scene)
    with rc_context(SETTINGS):
        figure, axes = blank_figure(parts, page)
        paint_onto(axes, parts, page, outlined=outlined)
    return figure


def blank_figure(parts: Parts, page: Page) -> tuple[Figure, Axes]:
    """A figure with room for scenes from their tops on, and its axes of millimetres."""
    width = max(part.width for _, part in parts) + 2 * EDGE
    height = max(top + part.height for top, part in parts) + 2 * EDGE
    inch = MM_PER_INCH / page.scale
    figure = Figure(figsize=(width / inch, height / inch))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(-EDGE, width - EDGE)
    axes.set_ylim(height - EDGE, -EDGE)
    return figure, axes


def paint_onto(axes: Axes, parts: Parts, page: Page, *, outlined: bool = False) -> None:
    """Draw scenes from their tops on, onto axes that count millimetres."""
    canvas = OutlineCanvas if outlined else MatplotlibCanvas
    strokes = Strokes(scale=page.scale)
    for top, part in parts:
        canvas(part, top, axes, strokes, page).draw()
    strokes.onto(axes)


@attrs.define
class Strokes:
    """Faces and lines by their appearance: each appearance becomes one collection.

    The keys are the order of drawing. Strokes and dashes are points of the layout, and are drawn
    with ``scale`` times the width.
    """

    scale: float = 1.0
    faces: dict[tuple[int, str, str, float, tuple[float, ...]], list[Path | Points]] = (
        attrs.Factory(lambda: defaultdict(list))
    )
    lines: dict[tuple[int, str, float, tuple[float, ...]], list[Points]] = attrs.Factory(
        lambda: defaultdict(list)
    )

    def onto(self, axes: Axes) -> None:
        frame = TransformedPatchPath(axes.patch)  # one: matplotlib makes one for each collection
        for (layer, fill, edge, stroke, dash), faces in self.faces.items():
            axes.add_collection(
                PathCollection(
                    _paths(faces),
                    facecolors=fill,
                    edgecolors=edge,
                    linewidths=stroke * self.scale,
                    linestyles=_dashes(dash, stroke),
                    zorder=layer,
                    clip_on=False,
                    clip_path=frame,
                    joinstyle="miter",
                ),
                autolim=False,
            )
        for (layer, colour, stroke, dash), lines in self.lines.items():
            axes.add_collection(
                LineCollection(
                    lines,
                    colors=colour,
                    linewidths=stroke * self.scale,
                    linestyles=_dashes(dash, stroke),
                    zorder=layer,
                    clip_on=False,
                    clip_path=frame,
                    capstyle="butt",
                ),
                autolim=False,
            )


def _paths(faces: Sequence[Path | Points]) -> list[Path]:
    """Faces as paths in their order; rings of as many corners are closed together.

    A path that is made by itself takes ten times as long as one of an array of rings.
    """
    rings: dict[int, list[int]] = defaultdict(list)
    for place, face in enumerate(faces):
        if not isinstance(face, Path):
            rings[len(face)].append(place)
    made: dict[int, Path] = {}
    for places in rings.values():
        corners: Any = np.array([faces[place] for place in places], float)
        made |= zip(places, PolyCollection(corners).get_paths(), strict=True)
    return [face if isinstance(face, Path) else made[n] for n, face in enumerate(faces)]


def _dashes(dash: tuple[float, ...], stroke: float) -> Any:
    """Dashes in points; matplotlib multiplies them by the width of the line."""
    return [(0.0, tuple(d / max(stroke, 0.1) for d in dash))] if dash else "solid"


@frozen(slots=False)
class MatplotlibCanvas(Canvas):
    """A canvas of matplotlib: texts stay texts, faces and lines are gathered first."""

    axes: Axes
    strokes: Strokes
    page: Page

    def face(
        self,
        layer: int,
        ring: Points,
        fill: str,
        edge: str = "none",
        stroke: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        self.strokes.faces[layer, fill, edge, stroke, dash].append(ring)

    def line(
        self, layer: int, points: Points, colour: str, stroke: float, dash: tuple[float, ...] = ()
    ) -> None:
        self.strokes.lines[layer, colour, stroke, dash].append(points)

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
        """Text at a millimetre of the layout, as large as the page prints it."""
        one = "\n" not in text
        rise = self.rise(size, bold=bold) if one else 0.0
        turned = {"rotation": 90, "rotation_mode": "anchor"} if upright else {}
        self.place(
            x + rise if upright else x,
            y if upright else y + rise,
            self.page.house_style(text),
            parse_math=False,
            ha={"left": "left", "right": "right", "centre": "center"}[align],
            va="baseline" if one else "center_baseline",
            size=size * self.page.scale,
            weight="bold" if bold else "normal",
            color=BLACK,
            family=list(families_for(families_of(self.page), text)),
            zorder=TEXT,
            **turned,
        )

    def place(self, x: float, y: float, text: str, **properties: Any) -> None:
        """A text with its properties in matplotlib; it is not clipped."""
        self.axes.text(x, y, text, clip_path=self._frame, **properties)

    @cached_property
    def _frame(self) -> TransformedPatchPath:
        """The edge of the axes, one for all texts: matplotlib makes one for each otherwise."""
        return TransformedPatchPath(self.axes.patch)

    def rise(self, size: float, *, bold: bool) -> float:
        """Millimetres from the middle of a line of text down to its baseline."""
        font = _font(families_of(self.page), bold=bold)
        return _letters(font, _ASCENDER).top / 2 * size * MM_PER_POINT


@frozen(slots=False)
class OutlineCanvas(MatplotlibCanvas):
    """A canvas that draws texts as outlines, all in one collection: for pictures alone.

    A picture holds no text that one could select, and a page of live texts takes longer to draw
    than everything else on it.
    """

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
        if "\n" in text:
            super().write(x, y, text, align, size, bold=bold, upright=upright)
            return
        printed = self.page.house_style(text)
        font = _font(families_for(families_of(self.page), printed), bold=bold)
        letters = _letters(font, printed)
        scale = size * MM_PER_POINT
        along = 0.0
        if align != "left" or not printed.isascii():  # measuring warns of missing letters
            along = _SHARE[align] * letters.width * scale
        rise = self.rise(size, bold=bold)
        if upright:
            points = letters.points[:, ::-1] * (-scale, -scale) + (x + rise, y + along)
        else:
            points = letters.points * (scale, -scale) + (x - along, y + rise)
        self.strokes.faces[TEXT, BLACK, "none", 0.0, ()].append(Path(points, letters.codes))


@frozen(slots=False)
class _Letters:
    """Outlines of a text of size one, its baseline at 0, y upwards."""

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
        text_width, *_ = text_to_path.get_text_width_height_descent(self.text, self.font, False)
        return float(text_width)


@lru_cache
def _font(families: tuple[str, ...], *, bold: bool) -> FontProperties:
    return FontProperties(family=list(families), weight="bold" if bold else "normal", size=1.0)


def _letters(font: FontProperties, text: str) -> _Letters:
    """Cached for ASCII alone: for a letter that no font has, each figure must warn."""
    return (_cached if text.isascii() else _outlined)(font, text)


def _outlined(font: FontProperties, text: str) -> _Letters:
    points, codes = text_to_path.get_text_path(font, text)
    unit = np.asarray(points) / text_to_path.FONT_SCALE
    return _Letters(font, text, unit, np.asarray(codes, np.uint8))


_cached = lru_cache(maxsize=4096)(_outlined)
