"""Tables in figures: columns at fixed millimetres, cells wrapped, a row as high as its content.

On a narrow page the columns of sentences have no width of their own: their cells are below the
others of the row, over the whole page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.calendar_page import PageSection
from renderers.scene.scene import SMALL, Label, Mark, Separator
from renderers.scene.text_metrics import wrapped
from renderers.text.translation import translate

_PITCH = 2.55  # millimetres between lines of one cell
_AROUND = 0.55  # above and below a row
_GAP = 2.0  # between columns
_HEAD = 4.2


@attrs.frozen
class TableHeading:
    """A column: its title and its width in millimetres, the gap to the next included.

    One of no width has its cells below those of the others.
    """

    title: str
    width: float


@attrs.frozen(kw_only=True)
class DiagramTable:
    """A table over the whole page: its columns, and its rows by name."""

    columns: tuple[TableHeading, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    bold: int = 0  # the column that is written bold

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


_NARROW = 25.0  # a column up to this width holds names, and is not stretched
_LEAST = 0.45  # of its width that a column of sentences needs next to the others


def widened_columns(columns: tuple[TableHeading, ...], width: float) -> tuple[TableHeading, ...]:
    """The columns stretched to ``width`` millimetres; those of sentences by the difference.

    Where too little is left for them they have no width, and the others share the page.
    """
    sentences = sum(each.width for each in columns if each.width > _NARROW)
    names = sum(each.width for each in columns) - sentences
    share = (width - names) / sentences
    if share < _LEAST:
        return _widened(columns, 0.0, width / names)
    return _widened(columns, share, 1.0)


def _widened(
    columns: tuple[TableHeading, ...], width: float, narrow: float
) -> tuple[TableHeading, ...]:
    """The columns with two factors: of the width of sentences, and of the width of names."""
    return tuple(
        attrs.evolve(each, width=each.width * (width if each.width > _NARROW else narrow))
        for each in columns
    )


def sections(table: DiagramTable) -> Iterator[PageSection]:
    """The head of a table and each of its rows, with a line above and below the whole.

    The head is repeated above the first row of a further page.
    """
    head = _head(table)
    yield head
    for number, (name, cells) in enumerate(table.rows):
        row = _row(name, cells, table, last=number == len(table.rows) - 1)
        yield attrs.evolve(row, above=head.height, again=head.marks) if number else row


def _head(table: DiagramTable) -> PageSection:
    below = len([each for each in table.columns if not each.width])
    height = _HEAD + below * _PITCH
    marks: list[Mark] = []
    middle = _HEAD / 2
    for left, column in zip(lefts(table.columns), table.columns, strict=True):
        if column.width:
            marks.append(_title(column, left, _HEAD / 2))
    for column in table.columns:
        if not column.width:
            middle += _PITCH
            marks.append(_title(column, _indent(table), middle))
    marks += [Separator(style="axis", left=0.0, right=table.width, y=y) for y in (0.0, height)]
    return PageSection("head", height, tuple(marks))


def _title(column: TableHeading, left: float, y: float) -> Label:
    return Label(text=translate(column.title), size=SMALL, bold=True, shift=left, y=y)


def _indent(table: DiagramTable) -> float:
    """Where the cells below the others begin: under the second column."""
    return next(left for left in lefts(table.columns) if left > 0)


def lefts(columns: Sequence[TableHeading]) -> tuple[float, ...]:
    """Where each column begins."""
    return tuple(sum(each.width for each in columns[:n]) for n in range(len(columns)))


def _row(name: str, cells: tuple[str, ...], table: DiagramTable, *, last: bool) -> PageSection:
    columns = tuple(zip(cells, table.columns, lefts(table.columns), strict=True))
    marks: list[Mark] = []
    lines = 0
    for number, (text, column, left) in enumerate(columns):
        if column.width:
            bold = number == table.bold
            lines_of_cell = wrapped(text, SMALL, column.width - _GAP, bold=bold)
            marks += _cell(lines_of_cell, left, 0, bold=bold)
            lines = max(lines, len(lines_of_cell))
    for text, column, _ in columns:
        if not column.width:
            lines_of_cell = wrapped(text, SMALL, table.width - _indent(table))
            marks += _cell(lines_of_cell, _indent(table), lines, bold=False)
            lines += len(lines_of_cell)
    height = lines * _PITCH + 2 * _AROUND
    style = "axis" if last else "divide"
    marks.append(Separator(style=style, left=0.0, right=table.width, y=height))
    return PageSection(name, height, tuple(marks))


def _cell(lines: Sequence[str], left: float, above: int, *, bold: bool) -> Iterator[Mark]:
    """The lines of a cell, so many lines below the top of its row."""
    for number, line in enumerate(lines, above):
        y = _AROUND + (number + 0.5) * _PITCH
        yield Label(text=line, size=SMALL, bold=bold, shift=left, y=y)
