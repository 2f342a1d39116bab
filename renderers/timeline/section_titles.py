"""The name of a section: in the gutter to its left, or in its own top left corner."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.axes.calendar_page import MARGIN, PageSection, TimelinePage
from renderers.scene.scene import BODY, Frame, Label, Mark, Separator
from renderers.scene.text_metrics import width, wrapped

_PITCH = 2.9  # millimetres between lines of a name
_AROUND = 0.42  # millimetres above and below the marks of a section
_CLEAR = 1.0  # millimetres between a name and the marks to its right


def with_title(section: PageSection, page: TimelinePage) -> PageSection:
    """The section with its name, a line above it, and air around its marks."""
    limit = page.gutter - section.inset if page.gutter else page.width
    lines = wrapped(section.name, BODY, limit, bold=True)
    names = tuple(
        Label(text=text, bold=True, y=_AROUND + (n + 0.5) * _PITCH) for n, text in enumerate(lines)
    )
    under = 0.0 if _is_free(section.marks, lines, page.frame) else len(lines) * _PITCH
    height = max(section.height + under, len(lines) * _PITCH) + 2 * _AROUND
    line = Separator(style="divide", left=0.0, right=page.width - MARGIN)
    inside = (mark.shifted(_AROUND + under) for mark in section.marks)
    return attrs.evolve(section, height=height, marks=(line, *names, *inside))


def _is_free(marks: Sequence[Mark], lines: Sequence[str], frame: Frame) -> bool:
    """Whether no mark is in the top left corner, where the lines of a name would be."""
    right = max(width(text, BODY, bold=True) for text in lines) + _CLEAR
    boxes = (mark.extent(frame) for mark in marks)
    return all(box.left >= right or box.top >= len(lines) * _PITCH for box in boxes)
