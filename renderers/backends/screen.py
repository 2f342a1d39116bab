"""A figure as one SVG for a screen, drawn without matplotlib: at once, as a preview needs it.

It has the marks, axes and legend of the printed figure, from the same drawing code; only the files
of `renderers.backends.save` embed names for an illustrator. Text is set by the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from renderers.backends.legend import with_legend
from renderers.backends.svg import Element, hatch_patterns, number, svg_part
from renderers.scene.fonts import FAMILIES
from renderers.scene.journals import DEFAULT_PAGE, EDGE, Page
from renderers.scene.mark import Mark
from renderers.scene.scene import Axis, Scene
from timeline.core.text.inert_text import undirected, xml_text


def screen_svg(scene: Scene, page: Page = DEFAULT_PAGE) -> str:
    """The SVG element of a figure, however tall; what comes from a file is escaped.

    Args:
        scene: the figure as data.
        page: the page that it was laid out for, for its fonts and its decimal sign.

    Returns:
        One ``svg`` element with the alternative text of the figure. Its width and height are
        given in millimetres by ``viewBox``; the page that holds it sets the size.

    """
    parts = with_legend(scene)
    width = max(part.width for _, part in parts) + 2 * EDGE
    height = max(top + part.height for top, part in parts) + 2 * EDGE
    inside = "".join(
        f'<g transform="translate(0 {number(top)})">{"".join(_elements(part, page))}</g>'
        for top, part in parts
    )
    hatches = hatch_patterns(inside)
    words = escape(f"{scene.name}. {scene.alt}")
    box = f"{number(-EDGE)} {number(-EDGE)} {number(width)} {number(height)}"
    return undirected(
        xml_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" '
            f'aria-label="{words}" lang="{scene.language}" '
            f'font-family="{escape(_fonts(page))}"><defs>{hatches}</defs>{inside}</svg>'
        )
    )


def _elements(scene: Scene, page: Page) -> Iterator[str]:
    """Every element in the order of drawing: by layer, and in one layer faces before lines."""
    parts: tuple[Mark | Axis, ...] = (*scene.axes, *scene.marks)
    drawn = [element for part in parts for element in svg_part(scene, part, page).elements]
    return (each.svg() for each in sorted(drawn, key=_order))


def _order(element: Element) -> tuple[int, int]:
    return element.layer, 2 if element.text else 0 if element.closed else 1


def _fonts(page: Page) -> str:
    """The fonts of a page by name, as a style sheet lists them."""
    named = re.sub(r"[^\w .-]", "", page.font)
    family = page.preset.family
    names = (*((named,) if named else ()), *FAMILIES[family])
    return ", ".join([*(f"'{name}'" for name in names), family])
