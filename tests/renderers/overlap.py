"""A painted figure held against its own edges: what touches, what is clipped, what is too small."""

from __future__ import annotations

from itertools import combinations

from matplotlib import rc_context
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from renderers.output.paint import SETTINGS, paint
from renderers.scene import LEAST, Scene

_TOUCH = 0.5  # pixels at 300 dots an inch that two boxes may share
_DPI = 300
# A box of matplotlib runs from the highest ascender to the lowest descender of its text, and a
# line of stacked text may share the empty part of both: 3 % of the size on either side.
_EMPTY = 0.03


def boxes(figure: Figure) -> list[tuple[str, Bbox, float]]:
    """Every text with its extent in pixels and its size in points."""
    with rc_context(SETTINGS):
        figure.set_dpi(_DPI)
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        texts = [t for t in figure.findobj(Text) if t.get_text().strip()]
        return [(t.get_text(), t.get_window_extent(renderer), t.get_size()) for t in texts]


def faults(scene: Scene) -> list[str]:
    """Everything wrong with the painted scene, in words; none is what is wanted."""
    figure = paint(scene)
    found = boxes(figure)
    return [
        *(f"too small: {text!r} {size} pt" for text, _, size in found if size < LEAST),
        *(f"clipped: {text!r}" for text, box, _ in found if not _inside(box, figure)),
        *(
            f"overlap: {a!r} and {b!r}"
            for (a, box, size), (b, other, _) in combinations(found, 2)
            if _meet(box, other, size)
        ),
        *_clipped_marks(figure),
        *(
            f"covered: {text!r} by a mark"
            for text, box, size in found
            for mark in _marks(figure)
            if _meet(box, mark, size)
        ),
    ]


def _inside(box: Bbox, figure: Figure) -> bool:
    page = figure.bbox
    return page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1


def _meet(box: Bbox, other: Bbox, size: float) -> bool:
    shared = Bbox.intersection(box, other)
    empty = 2 * _EMPTY * size * _DPI / 72
    return shared is not None and shared.width > _TOUCH and shared.height > _TOUCH + empty


def _marks(figure: Figure) -> list[Bbox]:
    """The extents of bars, signs and arrows; backgrounds lie lower and may carry text."""
    axes = figure.axes[0]
    return [
        path.get_extents(axes.transData)
        for each in axes.collections
        if isinstance(each, PathCollection) and each.get_zorder() >= 3
        for path in each.get_paths()
    ]


def _clipped_marks(figure: Figure) -> list[str]:
    """Collections that reach beyond the page."""
    axes = figure.axes[0]
    return [
        f"clipped: {type(each).__name__} of {len(each.get_paths())} marks"
        for each in axes.collections
        if not _inside(
            Bbox.union(
                [p.get_extents(axes.transData) for p in each.get_paths() if len(p.vertices)]
            ),
            figure,
        )
    ]
