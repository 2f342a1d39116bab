"""Lanes as high as their pages allow: what is not lanes is measured once the figure is laid out."""

from __future__ import annotations

from collections.abc import Callable

from renderers.backends.legend import height_with_legend, legend_height
from renderers.backends.pages import split_pages
from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from renderers.swimmer.lanes.lane_style import MOST_NAMED, LaneStyle, lane_style

_MOST_PAGES = 6  # of named lanes, which are at most 60
_TRIES = 4  # with so many pages: ranges of dates and letters do not shrink as lanes do
_SPARE = 0.2  # millimetres of a page that stay free
# Of a page, for the head, the axis and the legend at the first try; a narrow page has more legend.
_OTHER_ROWS, _NARROW, _OTHER_ROWS_NARROW = 45.0, 130.0, 65.0


def fitted(make: Callable[[LaneStyle], Scene], lanes: int, page: Page) -> Scene:
    """Lay lanes out on as few pages as can hold them, each lane as high as these pages allow.

    Args:
        make: Gives the scene for the heights of a lane.
        lanes: How many there are.
        page: The page; one that cannot be continued on another holds all, and one that is
            scrolled needs no fitting. Lanes without names keep their first heights if they fit.

    """
    style = lane_style(lanes, _first_guess(page), scrolls=page.scrolls)
    scene = make(style)
    if page.scrolls or (style.compact and _fits(scene, page, 1)):
        return scene
    most = _MOST_PAGES if page.continues and lanes <= MOST_NAMED else 1
    for pages in (pages for pages in range(1, most + 1) for _ in range(_TRIES)):
        better = lane_style(lanes, _room(scene, style, lanes, page, pages), pages)
        if better != style:
            style, scene = better, make(better)
        if _fits(scene, page, pages):
            return scene
    return scene


def _first_guess(page: Page) -> float:
    """Millimetres of a page for lanes, before anything is laid out."""
    return page.height - (_OTHER_ROWS if page.width >= _NARROW else _OTHER_ROWS_NARROW)


def _room(scene: Scene, style: LaneStyle, lanes: int, page: Page, pages: int) -> float:
    """Millimetres of each of some pages for the pitches of lanes."""
    repeated = sum(row.height for row in scene.rows if row.repeats)
    more = scene.height - repeated - lanes * style.pitch  # groups, ranges of dates
    again = max(row.above for row in scene.rows) if pages > 1 else 0.0  # a group that continues
    is_beside = scene.legend_left is not None  # it takes nothing of the height
    below = 0.0 if is_beside else height_with_legend(scene) - scene.height
    taken = below + repeated + more / pages + again
    return page.height - taken - _SPARE


def _fits(scene: Scene, page: Page, pages: int) -> bool:
    """Whether a scene takes no more pages; a row that fits on none is refused when it is saved."""
    if height_with_legend(scene) <= page.height:
        return True
    if pages == 1:
        return False
    try:
        return len(split_pages(scene, page.height, legend_height(scene))) <= pages
    except ValueError:
        return True
