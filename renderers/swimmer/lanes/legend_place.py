"""Where the legend of a swimmer plot stands: below the lanes, or beside them."""

from __future__ import annotations

from collections.abc import Callable

from renderers.backends.legend import legend, legend_height, width_beside
from renderers.backends.pages import split_pages
from renderers.scene.journals import Page
from renderers.scene.scene import Scene

LEGEND_GAP = 4.0  # millimetres between the lanes and the legend
_WIDEST = 45.0  # a legend beside the lanes; longer words take a further line
_LEAST_LANES = 60.0  # millimetres of the page for lanes and columns beside a legend
_LEAST_PLOT = 75.0  # millimetres of the axis that a legend leaves where nobody asked for it
_SHORT = 0.6  # of the width of a page: lanes that are lower leave a wide figure


def with_legend_placed(made: Callable[[float], Scene], page: Page, place: str) -> Scene:
    """The lanes with their legend where an option or the room of the page puts it.

    Args:
        made: gives the lanes, with so many millimetres at the right kept for the legend.
        page: the page. One that scrolls has a legend of its own, not in the figure.
        place: ``below``, ``beside`` or ``auto``, which puts it beside lanes that are low for the
            width of their page, if it is no higher than they are and leaves a long enough axis.

    Raises:
        ValueError: ``beside`` is asked for, and the page has no room for it.
    """
    below = made(0.0)
    if place == "below" or page.scrolls:
        return below
    taken = width_beside(below, _WIDEST) + LEGEND_GAP
    if place == "auto":
        return _if_it_fits(below, made, page, taken)
    if page.width - taken < _LEAST_LANES:
        raise page.too_narrow("a swimmer plot with legend=beside", taken + _LEAST_LANES)
    beside = made(taken)
    if (high := legend(beside).height) > page.height:
        raise ValueError(
            f"the legend beside the lanes is {high * page.scale:.0f} mm high on {page}, which has "
            f"{page.height * page.scale:.0f} mm (write legend=below)"
        )
    return beside


def _if_it_fits(below: Scene, made: Callable[[float], Scene], page: Page, taken: float) -> Scene:
    """The lanes with the legend beside them where this leaves a better figure, else below."""
    is_low = min(below.height, page.height) <= _SHORT * page.width
    if not is_low or below.frame.right - below.frame.left - taken < _LEAST_PLOT:
        return below
    beside = made(taken)
    return beside if _is_no_higher(beside, page) else below


def _is_no_higher(scene: Scene, page: Page) -> bool:
    """Whether the legend of each page is no higher than the lanes and the axis beside it."""
    parts = split_pages(scene, page.height, legend_height(scene))
    return all(legend(each).height <= each.height for each in parts)
