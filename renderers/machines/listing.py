"""Tables in figures: columns at fixed millimetres, cells wrapped, a row as tall as its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.measure import wrapped
from renderers.scene import SMALL, Divide, Label, Mark
from renderers.strips.page import Section

_PITCH = 2.55  # millimetres between lines of one cell
_AROUND = 0.55  # above and below a row
_GAP = 2.0  # between columns
_HEAD = 4.2


@attrs.frozen
class Heading:
    """A column: its title and its width in millimetres, the gap to the next included."""

    title: str
    width: float


@attrs.frozen(kw_only=True)
class Listing:
    """A table over the whole page: its columns, and its rows by name."""

    columns: tuple[Heading, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    bold: int = 0  # the column that is written bold

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


_NARROW = 25.0  # a column up to this width holds names, and is not stretched


def stretched(columns: tuple[Heading, ...], width: float) -> tuple[Heading, ...]:
    """The columns on a page so many millimetres wide; those of sentences take up the difference."""
    wide = sum(each.width for each in columns if each.width > _NARROW)
    share = (width - sum(each.width for each in columns) + wide) / wide
    return tuple(
        attrs.evolve(each, width=each.width * share) if each.width > _NARROW else each
        for each in columns
    )


def sections(table: Listing) -> Iterator[Section]:
    """The head of a table and each of its rows, with a line above and below the whole."""
    yield Section("head", _HEAD, tuple(_head(table)))
    for number, (name, cells) in enumerate(table.rows):
        last = number == len(table.rows) - 1
        yield _row(name, cells, table, last=last)


def _head(table: Listing) -> Iterator[Mark]:
    for left, column in zip(lefts(table.columns), table.columns, strict=True):
        yield Label(text=column.title, size=SMALL, bold=True, shift=left, down=_HEAD / 2)
    for down in (0.0, _HEAD):
        yield Divide(style="axis", left=0.0, right=table.width, down=down)


def lefts(columns: Sequence[Heading]) -> tuple[float, ...]:
    """Where each column begins."""
    return tuple(sum(each.width for each in columns[:n]) for n in range(len(columns)))


def _row(name: str, cells: tuple[str, ...], table: Listing, *, last: bool) -> Section:
    columns = tuple(zip(cells, table.columns, lefts(table.columns), strict=True))
    marks: list[Mark] = []
    height = 0.0
    for number, (text, column, left) in enumerate(columns):
        bold = number == table.bold
        said = wrapped(text, SMALL, column.width - _GAP, bold=bold)
        marks += [
            Label(text=line, size=SMALL, bold=bold, shift=left, down=_AROUND + (n + 0.5) * _PITCH)
            for n, line in enumerate(said)
        ]
        height = max(height, len(said) * _PITCH + 2 * _AROUND)
    style = "axis" if last else "divide"
    marks.append(Divide(style=style, left=0.0, right=table.width, down=height))
    return Section(name, height, tuple(marks))
