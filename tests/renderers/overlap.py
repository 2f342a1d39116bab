"""A painted figure held against its own edges: what touches, what is clipped, what is too small."""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib import rc_context, rcParams
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import Collection, PathCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from renderers.backends.matplotlib import SETTINGS, paint
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene

_TOUCH = 0.5  # pixels at 300 dots an inch that two boxes may share
_DPI = 300
# A box of matplotlib runs from the highest ascender to the lowest descender of its text, and a
# line of stacked text may share the empty part of both: 3 % of the size on either side.
_EMPTY = 0.03


@cache
def _measuring(_hinting: str) -> RendererAgg:
    """One for all figures: a text is as wide on each, and matplotlib keeps the widths of one."""
    return RendererAgg(1, 1, _DPI)


def boxes(figure: Figure) -> list[tuple[str, Bbox, float]]:
    """Every text with its extent in pixels and its size in points.

    Measured, not drawn: where a text lies does not depend on the rest of the drawing. The axes
    are off, so that a figure has no texts but those that were written on it.
    """
    with rc_context(SETTINGS):
        figure.set_dpi(_DPI)
        renderer = _measuring(rcParams["text.hinting"])
        texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
        return [
            (text.get_text(), text.get_window_extent(renderer), text.get_size())
            for text in texts
            if text.get_text().strip()
        ]


def faults(scene: Scene, on: Page = DEFAULT_PAGE) -> list[str]:
    """Everything wrong with the scene as painted on a page, in words; none is what is wanted."""
    figure = paint(scene, on)
    found = boxes(figure)
    texts = [text for text, _, _ in found]
    least = on.preset.least
    inside, marks = _extents([box for _, box, _ in found]), _marks(figure)
    empty = np.array([2 * _EMPTY * size * _DPI / 72 for _, _, size in found])
    return [
        *(f"too small: {t!r} {size} pt" for t, _, size in found if size < least - 1e-9),
        *(f"clipped: {text!r}" for text, box, _ in found if not _inside(box, figure)),
        *(f"overlap: {texts[a]!r} and {texts[b]!r}" for a, b in _meet(inside, inside, empty)
          if a < b),
        *_clipped_marks(figure),
        *(f"covered: {texts[a]!r} by a mark" for a, _ in _meet(inside, marks, empty)),
    ]  # fmt: skip


def _extents(boxes: list[Bbox]) -> np.ndarray:
    """Left, bottom, right and top of each box, in pixels."""
    return np.array([box.extents for box in boxes], dtype=float).reshape(-1, 4)


def _meet(these: np.ndarray, those: np.ndarray, empty: np.ndarray) -> list[tuple[int, int]]:
    """The pairs that share more than a touch; ``empty``: what the first of each may share."""
    low = np.maximum(these[:, None, :2], those[None, :, :2])
    high = np.minimum(these[:, None, 2:], those[None, :, 2:])
    wide, tall = (high - low)[..., 0], (high - low)[..., 1]
    hit = (wide > _TOUCH) & (tall > _TOUCH + empty[:, None])
    return [(int(a), int(b)) for a, b in np.argwhere(hit)]


def _inside(box: Bbox, figure: Figure) -> bool:
    page = figure.bbox
    return page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1


def _marks(figure: Figure) -> np.ndarray:
    """The extents of bars, signs and arrows; backgrounds lie lower and may carry text."""
    found = [
        _paths(each, figure)
        for each in figure.axes[0].collections
        if isinstance(each, PathCollection) and each.get_zorder() >= 3
    ]
    return np.concatenate(found) if found else np.empty((0, 4))


def _clipped_marks(figure: Figure) -> list[str]:
    """Collections that reach beyond the page."""
    drawn = [(each, _paths(each, figure)) for each in figure.axes[0].collections]
    return [
        f"clipped: {type(each).__name__} of {len(each.get_paths())} marks"
        for each, found in drawn
        if not _inside(
            Bbox.from_extents(*found[:, :2].min(axis=0), *found[:, 2:].max(axis=0)), figure
        )
    ]


def _paths(collection: Collection, figure: Figure) -> np.ndarray:
    """The extents of each path of a collection that has points, in pixels; no path is curved."""
    paths = [path.vertices for path in collection.get_paths() if len(path.vertices)]
    points = figure.axes[0].transData.transform(np.concatenate(paths))
    firsts = np.cumsum([0, *(len(path) for path in paths[:-1])])
    low, high = (np.minimum.reduceat(points, firsts), np.maximum.reduceat(points, firsts))
    return np.concatenate([low, high], axis=1)
