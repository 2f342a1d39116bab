"""The widths of the columns of a table: by their shares; no word and no date is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from renderers.scene.text_metrics import width
from timeline.core.text.unbroken_dates import with_dates
from timeline.views.board_report.content import Cell, Table

SIZE = 8.0  # points of the text of a table on paper
_PADDING = 3.9  # millimetres at both sides of a cell together
_RAISED = 0.72  # the size of the letters of footnotes, to that of the text
_MOST = 1 / 3  # of the width, that one column takes for one word; a longer one is broken
_BREAKS = re.compile(r"\s+|(?<=[-–/])")
_KEPT = "\0"  # a hyphen of a date, while a text is split


def column_widths(table: Table, inner: float) -> list[float]:
    """The width of each column in millimetres; together they are ``inner``.

    A column is as wide as its share, and at least as its longest word. What that takes is taken
    from the others by their shares. Where not all words fit each column has less of what its words
    take beyond its dates; where the dates do not fit, each has less by one factor.
    """
    rows = [cells for group in table.groups for cells in group.rows]
    most = inner * _MOST
    least = [
        min(most, max(_words(Cell(column.title), [row[n] for row in rows])) + _PADDING)
        for n, column in enumerate(table.columns)
    ]
    if sum(least) >= inner:
        dates = [
            min(most, max(_dates([row[n] for row in rows]), default=0.0) + _PADDING)
            for n in range(len(least))
        ]
        return _squeezed(least, dates, inner)
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


def _squeezed(widths: list[float], least: list[float], inner: float) -> list[float]:
    """Widths that are too wide together, each less by its share of what is beyond the least."""
    if sum(least) >= inner:
        return [each * inner / sum(widths) for each in widths]
    part = (inner - sum(least)) / (sum(widths) - sum(least))
    return [low + (each - low) * part for each, low in zip(widths, least, strict=True)]


def _dates(cells: list[Cell]) -> Iterator[float]:
    """The width of each date of a column."""
    for cell in cells:
        yield from (width(part, SIZE) for part, is_date in with_dates(cell.text) if is_date)


def _split(text: str) -> list[str]:
    """The words of a text, as a line may end between them: a date is one."""
    kept = "".join(
        part.replace("-", _KEPT) if is_date else part for part, is_date in with_dates(text)
    )
    return [word.replace(_KEPT, "-") for word in _BREAKS.split(kept)]


def _words(heading: Cell, cells: list[Cell]) -> Iterator[float]:
    """The width of each word of a column, the letters of footnotes with the word before them."""
    yield from (width(word, SIZE, bold=True) for word in _split(heading.text))
    for cell in cells:
        *_, last = widths = [width(word, SIZE) for word in _split(cell.text)]
        yield from widths
        yield last + width(cell.marks, SIZE * _RAISED)
