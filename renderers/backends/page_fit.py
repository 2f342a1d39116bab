"""A plot as tall as its page leaves room for, its legend counted in."""

from __future__ import annotations

from collections.abc import Callable

from renderers.backends.legend import legend
from renderers.scene.journals import Page
from renderers.scene.scene import Scene

LEAST = 30.0  # millimetres of a plot; one that finds no more goes over more pages
_SPARE = 0.1


def fit_to_page(make: Callable[[float], Scene], tall: float, paper: Page) -> Scene:
    """The scene that ``make`` gives of a plot ``tall`` millimetres, or as much less as it must be.

    Rows that still find no room are left to the pages.
    """
    scene = make(tall)
    over = scene.height + legend(scene).height - paper.height
    return scene if over <= 0 else make(max(LEAST, tall - over - _SPARE))
