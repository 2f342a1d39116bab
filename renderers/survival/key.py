"""The key above survival curves: the dash of each, its name, events, and what is estimated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.values import ValueAxis
from renderers.scene.journals import Page
from renderers.scene.scene import SMALL, Frame, Label, Mark, Polyline, Row
from renderers.scene.text_metrics import width, wrapped
from renderers.survival.groups import Group
from renderers.survival.numbers.estimates import NR, Estimate
from renderers.text.translation import translate

PITCH = 2.8  # millimetres between lines
SAMPLE = 7.0  # of the dash of a curve
_AFTER = 2.0  # between columns
_NAMES = 9.0  # of the names of the curves, at the least
_WIDEST_NAMES = 0.33  # of the page: the names take more lines rather than push a column down
_GAP = 2.0  # above a further table


@attrs.frozen
class RowBlock:
    """A row of the page with its marks, which are in row 0 until it is placed.

    ``scale``: the upright one, of the row with the curves.
    """

    row: Row
    marks: tuple[Mark, ...]
    scale: ValueAxis | None = None


@attrs.frozen
class Column:
    """A column of the key: the lines of its head, and those of each cell."""

    head: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> float:
        """Millimetres of its widest line."""
        return max(
            0.0,
            *(width(line, SMALL, bold=True) for line in self.head),
            *(width(line, SMALL) for cell in self.cells for line in cell),
        )

    def stacked(self) -> Column:
        """The same with the limits below each value, and the head in as many lines as it needs."""
        cells = tuple(_stacked(cell[0]) if len(cell) == 1 else cell for cell in self.cells)
        words = (width(word, SMALL, bold=True) for line in self.head for word in line.split())
        limit = max(*words, *(width(line, SMALL) for cell in cells for line in cell))
        head = (line for text in self.head for line in wrapped(text, SMALL, limit, bold=True))
        return Column(tuple(head), cells)


def _stacked(text: str) -> tuple[str, ...]:
    value, bracket, limits = text.partition(" (")
    return (value, f"({limits}") if bracket else (text,)


def style_of(number: int) -> str:
    """The style of a curve by its number."""
    return f"curve {number + 1}"


def dash(number: int, left: float, y: float, frame: Frame) -> Polyline:
    """A piece of a curve, from a millimetre of the page."""
    first = frame.low + frame.days(left - frame.left)
    last = frame.low + frame.days(left + SAMPLE - frame.left)
    return Polyline(style=style_of(number), points=((first, y), (last, y)))


def keys(
    groups: Sequence[Group], printed: Sequence[Estimate], frame: Frame, page: Page
) -> tuple[RowBlock, ...]:
    """The key, and below it a further table for each set of columns that does not fit beside it.

    Raises:
        ValueError: the page is too narrow for the names.
    """
    events = Column(
        (translate("Events of"), translate("patients")),
        tuple((translate("{part} of {whole}", part=g.events, whole=g.patients),) for g in groups),
    )
    widest = max(width(group.name, SMALL) for group in groups)
    limit = page.width - SAMPLE - 1.0 - min(widest, _WIDEST_NAMES * page.width)
    plain, broken = (
        [
            _Wanted(events, "events"),
            *(_Wanted(_estimated(each, groups, broken=how), each.kind) for each in printed),
        ]
        for how in (False, True)
    )
    return tuple(
        _table(number, part, groups, frame, page)
        for number, part in enumerate(_sets(plain, broken, limit))
    )


@attrs.frozen
class _Wanted:
    """A column, and its kind: ``events``, ``median``, ``quantile`` or ``rate``."""

    column: Column
    kind: str


_APART = (("events", "median"), ("quantile",), ("rate",))  # kinds of one table where not all fit


def _sets(
    plain: Sequence[_Wanted], broken: Sequence[_Wanted], limit: float
) -> Iterator[tuple[Column, ...]]:
    """The columns in one table; where they do not fit, a table for each kind.

    The columns of one kind that do not fit side by side have their limits below the values, and
    take a further table only where they do not fit so.
    """
    for wanted in (plain, broken):
        columns = tuple(each.column for each in wanted)
        if _needed(columns) <= limit:
            yield columns
            return
    for kinds in _APART:
        columns = tuple(each.column for each in broken if each.kind in kinds)
        if _needed(columns) <= limit:
            yield from (columns,) * bool(columns)
            continue
        part: list[Column] = []
        for column in (each.stacked() for each in columns):
            if part and _needed([*part, column]) > limit:
                yield tuple(part)
                part = []
            part.append(column)
        yield tuple(part)


def _needed(columns: Sequence[Column]) -> float:
    return sum(column.width + _AFTER for column in columns)


def _estimated(row: Estimate, groups: Sequence[Group], *, broken: bool = False) -> Column:
    """A column of estimates; ``broken``: what a range is of is below it, to take less width."""
    head = (row.head, row.level) if row.level else (row.head,)
    texts = [row.text(group) for group in groups]
    if not broken:
        return Column(head, tuple((text,) for text in texts))
    limit = max(width(each, SMALL, bold=True) for each in head)
    return Column(head, tuple(_broken(text, limit) for text in texts))


def _broken(text: str, limit: float) -> tuple[str, ...]:
    """A range of vague times, and below it the words in brackets, about as broad as the head.

    The limits of an exact value stay on its line.
    """
    value, bracket, words = text.partition(" (")
    if not bracket or not words[0].isalpha() or words.startswith(NR):
        return (text,)
    return (value, *wrapped(f"({words}", SMALL, max(limit, width(value, SMALL))))


def _table(
    number: int, columns: Sequence[Column], groups: Sequence[Group], frame: Frame, page: Page
) -> RowBlock:
    free = page.width - SAMPLE - 1.0
    limit = free - _needed(columns)
    least = min(_NAMES, max(width(group.name, SMALL) for group in groups))
    if limit < least:
        columns = [column.stacked() for column in columns]
        limit = free - _needed(columns)
    if limit < least:
        raise page.too_narrow("the key of the curves", page.width - limit + least)
    names = Column((), tuple(wrapped(group.name, SMALL, limit) for group in groups))
    placed, x = [], SAMPLE + 1.0
    for column in (names, *columns):
        placed.append((x, column))
        x += column.width + _AFTER
    block = _placed(f"key, part {number + 1}" if number else "key", placed, len(groups), frame)
    if not number:
        return block
    moved = tuple(mark.shifted(_GAP) for mark in block.marks)
    return RowBlock(attrs.evolve(block.row, height=block.row.height + _GAP), moved)


def _placed(
    name: str, columns: Sequence[tuple[float, Column]], count: int, frame: Frame
) -> RowBlock:
    """The columns as labels, the heads on top, a group below the other."""
    top = max(len(column.head) for _, column in columns)
    marks: list[Mark] = [
        Label(text=line, bold=True, size=SMALL, shift=x, y=(n + 0.5) * PITCH)
        for x, column in columns
        for n, line in enumerate(column.head)
    ]
    at = top
    for number in range(count):
        marks.append(dash(number, 0.0, (at + 0.5) * PITCH, frame))
        for x, column in columns:
            marks += [
                Label(text=line, size=SMALL, shift=x, y=(at + n + 0.5) * PITCH)
                for n, line in enumerate(column.cells[number])
            ]
        at += max(len(column.cells[number]) for _, column in columns)
    return RowBlock(Row(name, at * PITCH + 1.5), tuple(marks))
