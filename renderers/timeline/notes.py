"""Numbered notes below a figure: in columns, to be read down the first, then down the next."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.calendar_page import PageSection, TimelinePage
from renderers.scene.scene import SMALL, Label, Mark
from renderers.scene.text_metrics import width, wrapped

_PITCH = 2.55  # millimetres between lines
_AFTER = 1.2  # between a number and its note
_BETWEEN = 4.0  # between columns
_COLUMN = 65.0  # the narrowest of two columns
_BLOCK = 16  # notes that stay on one page
# The blank before a unit, and those of a size: there a line does not end.
_KEPT = re.compile(r"(?<=\d) (?=(?:[munµ]?m|cm|[kmµ]?g|mL|Gy|%|×)(?![A-Za-z]))|(?<=×) (?=\d)")


@attrs.frozen
class Note:
    """One note with its number, and the style and tooltip of its marker."""

    number: int
    text: str
    style: str = ""
    tooltip: str = ""


def numbered_notes(name: str, notes: Sequence[Note], page: TimelinePage) -> Iterator[PageSection]:
    """The notes as sections of a page, each short enough for one page."""
    for first in range(0, len(notes), _BLOCK):
        yield _block(name, notes[first : first + _BLOCK], page)


def _block(name: str, notes: Sequence[Note], page: TimelinePage) -> PageSection:
    left = page.gutter
    available = page.width - left
    count = 2 if available >= 2 * _COLUMN + _BETWEEN else 1
    column_width = (available - (count - 1) * _BETWEEN) / count
    indent = width(str(notes[-1].number), SMALL) + _AFTER
    texts = [
        (note, wrapped(_KEPT.sub("\u00a0", note.text), SMALL, column_width - indent))
        for note in notes
    ]
    marks: list[Mark] = []
    height = 0.0
    for number, column in enumerate(_columns(texts, count)):
        x, line = left + number * (column_width + _BETWEEN), 0
        for note, lines in column:
            marks += _note(note, lines, x + indent, line)
            line += len(lines)
        height = max(height, line * _PITCH)
    return PageSection(name, height, tuple(marks))


Lines = tuple[Note, tuple[str, ...]]


def _columns(texts: Sequence[Lines], count: int) -> Iterator[list[Lines]]:
    """The notes in their order, in columns of about the same height."""
    left = list(texts)
    for more in range(count, 0, -1):
        share = math.ceil(sum(len(lines) for _, lines in left) / more)
        column: list[Lines] = []
        while left and sum(len(lines) for _, lines in column) < share:
            column.append(left.pop(0))
        yield column


def _note(note: Note, lines: Sequence[str], x: float, line: int) -> Iterator[Mark]:
    def label(text: str, shift: float, number: int, align: str = "left") -> Label:
        y = (line + number + 0.5) * _PITCH
        return Label(
            text=text,
            size=SMALL,
            shift=shift,
            align=align,
            y=y,
            style=note.style,
            tooltip=note.tooltip,
        )

    yield label(str(note.number), x - _AFTER, 0, "right")
    for number, text in enumerate(lines):
        yield label(text, x, number)
