"""A figure as data: marks in rows, on an axis of days, without patients and without pixels.

Lengths on the page are millimetres, text is in points, ``x`` is in days (ordinals, or days since
an anchor). A mark is in a row, ``y`` millimetres below the top of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import attrs

from renderers.scene.colours import BLACK, GREY
from renderers.scene.geometry import CUT, Frame, TickRule
from renderers.scene.mark import Mark, PrintedNumber
from renderers.scene.marks import (
    BODY,
    HEAD,
    LEAST,
    SMALL,
    Area,
    Arrow,
    AxisBreak,
    Band,
    Bar,
    DiagramBox,
    DiagramLink,
    Label,
    Marker,
    Polyline,
    RangeMark,
    Separator,
    VerticalLine,
)
from renderers.scene.styles import STYLES, Style
from timeline.core.frozen_class import frozen

if TYPE_CHECKING:
    from renderers.scene.canvas import Canvas

__all__ = [
    "BODY",
    "CUT",
    "HEAD",
    "LEAST",
    "SMALL",
    "Area",
    "Arrow",
    "Axis",
    "AxisBreak",
    "Band",
    "Bar",
    "Column",
    "DiagramBox",
    "DiagramLink",
    "Fact",
    "Frame",
    "Label",
    "Mark",
    "Marker",
    "Polyline",
    "RangeMark",
    "Row",
    "Scene",
    "Separator",
    "Tick",
    "ValueScale",
    "VerticalLine",
]


@frozen
class Tick:
    """A tick of the axis; one without text is a small one."""

    at: float
    text: str = ""
    length: float = 1.0

    def draw(self, canvas: Canvas, y: float, way: int) -> None:
        """Draw the tick from height ``y``; ``way``: 1 downwards, -1 upwards."""
        x = canvas.x(self.at)
        canvas.line(5, ((x, y), (x, y + way * self.length)), BLACK, 0.5)
        if self.text:
            canvas.write(x, y + 3.0, self.text, "centre", SMALL)


@frozen(kw_only=True)
class Axis:
    """Ticks, ``y`` millimetres below the top of a row; ``captions`` are centred on their ranges.

    A ``plain`` axis has no line, and its ticks and captions are above ``y``. Captions are below
    the texts of the ticks, or in their place if no tick has a text. ``rule``: how it is drawn at
    another scale; None: only at this one.
    """

    row: int
    y: float = 0.0
    plain: bool = False
    ticks: tuple[Tick, ...]
    captions: tuple[tuple[float, float, str], ...] = ()
    title: str = ""
    rule: TickRule | None = None

    @property
    def is_mute(self) -> bool:
        """Whether no tick has a text."""
        return not any(tick.text for tick in self.ticks)

    def draw(self, canvas: Canvas) -> None:
        """Draw the axis: its line, its ticks, its captions, its title."""
        frame = canvas.scene.frame
        y = canvas.top + canvas.tops[self.row] + self.y
        way = -1 if self.plain else 1
        if not self.plain:
            canvas.line(5, ((frame.left, y), (frame.right, y)), BLACK, 0.6)
        for tick in self.ticks:
            tick.draw(canvas, y, way)
        is_parted = not (self.plain or self.is_mute)  # else the ticks part the captions
        for low, high, text in self.captions:
            middle = (canvas.x(low) + canvas.x(high)) / 2
            below = -2.0 if self.plain else 6.2 if is_parted else 3.0
            canvas.write(middle, y + below, text, "centre", SMALL)
            for x in (canvas.x(low), canvas.x(high)) if is_parted else ():
                canvas.line(5, ((x, y + 4.8), (x, y + 7.4)), GREY, 0.4)
        if self.title:
            middle = (frame.left + frame.right) / 2
            canvas.write(middle, y + 6.2, self.title, "centre", SMALL)


@frozen
class Fact:
    """What is known of a lane as a whole: a heading, its text, and what it is sorted by."""

    heading: str
    text: str
    rank: tuple[tuple[int, float, str], ...] = ()


@frozen
class Row:
    """A row of the page, ``height`` millimetres high.

    A row that ``repeats`` is on every page, except on a page where all other rows are ``apart``,
    such as the notes below a figure. ``again`` are marks, ``above`` millimetres high, that are
    repeated above the row where it begins a further page: the name of its group, a table head.

    A row with ``facts`` is a lane, which may be sorted and left out on a page that is explored.
    ``group`` is the group of the lane, ``opening`` the millimetres at its top that hold what
    begins with it: the name of a group, a line.
    """

    name: str
    height: float
    repeats: bool = False
    apart: bool = False
    above: float = 0.0
    again: tuple[Mark, ...] = ()
    facts: tuple[Fact, ...] = ()
    group: str = ""
    opening: float = 0.0


@frozen
class Column:
    """A column of a plot, one unit of its axis wide, such as the bar of a patient.

    Its marks are those of its subject, ``name``. On a page that is explored it may be sorted and
    left out by its ``facts``, as a lane may.
    """

    name: str
    facts: tuple[Fact, ...]


@frozen(kw_only=True)
class ValueScale:
    """The upright scale of a plot: ``low`` to ``high`` at ``bottom`` to ``top`` mm of a row."""

    row: int
    low: float
    high: float
    top: float
    bottom: float


@frozen(kw_only=True, slots=False)
class Scene:
    """One figure: rows from the top, marks in the order of drawing.

    ``alt`` is the alternative text, ``caption`` the text below the figure in print, and
    ``conventions`` how its marks are read, for a footnote or the methods.
    ``named`` replaces the words of the style table: style, group of the legend, words.
    ``own`` are styles that only this scene has: the bars of its drugs. ``in_caption`` are styles
    that a text below explains, and the legend does not.
    ``language``: of the fixed words, as in ISO 639-1.
    ``font``: the one by whose widths it is laid out; empty for the widest that a journal prints.
    ``row_kind``: what a row is, such as a lane. ``per_unit``: days of the frame in one unit of the
    axis that is printed. ``scale``: of a plot of values.
    ``printed``: numbers without a mark of their own.
    ``terms``: texts that it prints, with an abbreviation in each that has a meaning of its own
    there (text, abbreviation, meaning).
    ``columns``: of a plot whose columns may be sorted, from the left; else none.
    ``legend_left``: millimetres from the left where the legend stands beside the rows, up to
    ``width``; None: below them.
    """

    name: str
    alt: str
    caption: str = ""
    conventions: str = ""
    width: float
    frame: Frame
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    axes: tuple[Axis, ...] = ()
    named: tuple[tuple[str, str, str], ...] = ()
    own: tuple[Style, ...] = ()
    in_caption: tuple[str, ...] = ()
    language: str = "en"
    row_kind: str = "row"
    font: str = ""
    per_unit: float = 1.0
    scale: ValueScale | None = None
    printed: tuple[PrintedNumber, ...] = ()
    terms: tuple[tuple[str, str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    legend_left: float | None = None
    titles: tuple[tuple[str, str], ...] = ()

    @property
    def height(self) -> float:
        """Millimetres, without the legend; summed alike by every version of Python."""
        return math.fsum(row.height for row in self.rows)

    @property
    def tops(self) -> tuple[float, ...]:
        """Where each row begins, and as the last where the last one ends."""
        return (0.0, *accumulate(row.height for row in self.rows))

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The styles and variants in use, each once, in the order of drawing."""
        return tuple(dict.fromkeys(name for mark in self.marks for name in mark.styles))

    @cached_property
    def keyed_styles(self) -> frozenset[str]:
        """The styles that a legend explains, unless the caption does."""
        return frozenset(name for mark in self.marks for name in mark.keyed_styles)

    def style(self, name: str) -> Style:
        """A style of its own, or a row of the style table; KeyError for another name."""
        return self._own.get(name) or STYLES[name]

    @cached_property
    def _own(self) -> dict[str, Style]:
        return {row.name: row for row in self.own}

    def column_of(self, subject: str) -> int | None:
        """The number of the column of a subject; None where it has no column."""
        return self._column_numbers.get(subject)

    @cached_property
    def _column_numbers(self) -> dict[str, int]:
        return {column.name: number for number, column in enumerate(self.columns)}

    def row(self, name: str) -> int:
        """The number of the first row of a name; ValueError names those there are."""
        names = [row.name for row in self.rows]
        if name not in names:
            raise ValueError(f"no row {name!r} (there are {', '.join(filter(None, names))})")
        return names.index(name)

    def plus(self, *marks: Mark) -> Scene:
        """The scene with further marks, drawn last; ValueError if a mark has no such row."""
        for mark in marks:
            if not 0 <= mark.row < len(self.rows):
                last = len(self.rows) - 1
                raise ValueError(f"no row {mark.row} for {mark} (write 0 to {last}, or use row())")
        return attrs.evolve(self, marks=(*self.marks, *marks))

    def with_row(self, below: str, row: Row, *marks: Mark) -> Scene:
        """The scene with one more row, such as a track, under the row of a name.

        ``marks`` are moved to the new row, whatever row they name. Bands and lines that pass the
        place pass the new row as well.
        """
        new = self.row(below) + 1
        place = {old: old + (old >= new) for old in range(len(self.rows))}
        moved = (mark.on_page(place) for mark in self.marks)
        return attrs.evolve(
            self,
            rows=(*self.rows[:new], row, *self.rows[new:]),
            scale=self.scale and attrs.evolve(self.scale, row=place[self.scale.row]),
            axes=tuple(attrs.evolve(each, row=place[each.row]) for each in self.axes),
            marks=(*filter(None, moved), *(mark.on_row(new) for mark in marks)),
        )

    def text(self) -> str:
        """The figure in words: one line a row, a tick, a mark."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        frame = self.frame
        yield f"{self.name}: {self.width:.1f} x {self.height:.1f} mm"
        yield f"alt: {self.alt}"
        yield from [f"caption: {self.caption}"] if self.caption else []
        yield from [f"conventions: {self.conventions}"] if self.conventions else []
        yield (
            f"frame: {frame.low:g} to {frame.high:g} on {frame.left:.1f} to {frame.right:.1f} mm"
        )
        yield from (f"left out: {start:g} to {end:g}" for start, end in frame.breaks)
        if self.legend_left is not None:
            yield f"legend beside the rows, from {self.legend_left:.1f} mm"
        for number, row in enumerate(self.rows):
            again = ", on every page" if row.repeats else ""
            yield f"row {number}: {row.name}, {row.height:.2f} mm{again}"
        for axis in self.axes:
            yield from _axis_lines(axis)
        for mark in self.marks:
            yield _mark_line(mark)


def _axis_lines(axis: Axis) -> Iterator[str]:
    yield f"axis in row {axis.row}: {axis.title}".rstrip(": ")
    for tick in axis.ticks:
        yield f"tick {tick.at:g} {tick.text}".rstrip()
    for low, high, text in axis.captions:
        yield f"caption {low:g} to {high:g} {text}"


def _mark_line(mark: Mark) -> str:
    fields = attrs.asdict(mark, recurse=False)
    words = [f"{fields.pop('row')}: {type(mark).__name__.lower()}"]
    tooltip = fields.pop("tooltip")
    del fields["subject"]
    words += [f"[{', '.join(mark.styles)}]"] if mark.styles else []
    for key, value in fields.items():
        if key in ("style", "variant") or value is False or value is None:
            continue
        words.append(f"{key}={_formatted(value)}")
    return " ".join([*words, *([f"| {tooltip}"] if tooltip else [])])


def _formatted(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, tuple):
        return "(" + ", ".join(_formatted(each) for each in value) + ")"
    return repr(value) if isinstance(value, str) else str(value)
