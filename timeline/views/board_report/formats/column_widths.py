"""The widths of the columns of a table: by their shares, and no word is broken in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from renderers.scene.text_metrics import width
from timeline.views.board_report.content import Cell, Table

SIZE = 8.0  # points of the text of a table on paper
_PADDING = 3.9  # millimetres at both sides of a cell together
_RAISED = 0.72  # the size of the letters of footnotes, to that of the text
_MOST = 1 / 3  # of the width, that one column takes for one word; a longer one is broken
_BREAKS = re.compile(r"\s+|(?<=[-–/])")


def column_widths(table: Table, inner: float) -> list[float]:
    """The width of each column in millimetres; together they are ``inner``.

    A column is as wide as its share, and at least as its longest word. What that takes is taken
    from the others by their shares. Where not all words fit each column has less by one factor.
    """
    cells = [cells for group in table.groups for cells in group.rows]
    least = [
        min(inner * _MOST, max(_words(Cell(column.title), [row[n] for row in cells])) + _PADDING)
        for n, column in enumerate(table.columns)
    ]
    if sum(least) >= inner:
        return [each * inner / sum(least) for each in least]
    fixed: set[int] = set()
    while True:
        free = inner - sum(least[n] for n in fixed)
        whole = sum(each.share for n, each in enumerate(table.columns) if n not in fixed)
        found = [
            least[n] if n in fixed else free * each.share / whole
            for n, each in enumerate(table.columns)
        ]
        narrow = {n for n, each in enumerate(found) if n not in fixed and each < least[n]}
        if not narrow:
            return found
        fixed |= narrow


def _words(heading: Cell, cells: list[Cell]) -> Iterator[float]:
    """The width of each word of a column, the letters of footnotes with the word before them."""
    yield from (width(word, SIZE, bold=True) for word in _BREAKS.split(heading.text))
    for cell in cells:
        *_, last = widths = [width(word, SIZE) for word in _BREAKS.split(cell.text)]
        yield from widths
        yield last + width(cell.marks, SIZE * _RAISED)
