"""A figure as data: marks on rows, against an axis of days. Knows neither patients nor pixels.

Lengths on the page are millimetres, text is in points, ``x`` is in days (ordinals, or days since
an anchor). A mark lies in a row, ``down`` millimetres below the top of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate, pairwise

import attrs

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
    Label,
    Mark,
    Marker,
    Polyline,
    RangeMark,
    Separator,
    VerticalLine,
    on_row,
)

__all__ = [
    "BODY",
    "HEAD",
    "LEAST",
    "SMALL",
    "Area",
    "Arrow",
    "Axis",
    "AxisBreak",
    "Band",
    "Bar",
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
    "VerticalLine",
    "on_row",
]

CUT = 1.6  # millimetres that the sign of an axis break takes


@attrs.frozen(kw_only=True)
class Frame:
    """Which days run from which millimetre to which; both ends included.

    ``breaks`` are stretches of days left out, in order; each takes ``CUT`` millimetres.
    """

    low: float
    high: float
    left: float
    right: float
    breaks: tuple[tuple[float, float], ...] = ()
    dated: bool = False  # the days are those of the calendar, as ordinals
    unit: str = "days"  # what the axis counts, where it has no calendar; nothing: no time

    def __attrs_post_init__(self) -> None:
        if not (self.low < self.high and self.left < self.right):
            raise ValueError(
                f"an axis without length: {self.low} to {self.high} days on {self.left} to "
                f"{self.right} mm (the later end must lie beyond the earlier)"
            )
        ends = (self.low, *(end for each in self.breaks for end in each), self.high)
        if any(later <= earlier for earlier, later in pairwise(ends)):
            raise ValueError(
                f"breaks {self.breaks} do not lie in order within {self.low} to {self.high} days "
                "(write each as its first and last day left out)"
            )

    @property
    def _per_day(self) -> float:
        """Millimetres of a day that is shown."""
        left_out = sum(end - start for start, end in self.breaks)
        room = self.right - self.left - CUT * len(self.breaks)
        return room / (self.high - self.low - left_out)

    def x(self, day: float) -> float:
        """Millimetres from the left edge of the page."""
        if not self.breaks:
            share = (day - self.low) / (self.high - self.low)
            return self.left + share * (self.right - self.left)
        gone = cut = 0.0
        for start, end in self.breaks:
            inside = min(max(day - start, 0.0), end - start)
            gone, cut = gone + inside, cut + inside / (end - start) * CUT
        return self.left + (day - self.low - gone) * self._per_day + cut

    def days(self, length: float) -> float:
        """How many days a length in millimetres stands for, where none are left out."""
        return length / self._per_day


@attrs.frozen
class Tick:
    """A tick of the axis; one without text is a small one."""

    at: float
    text: str = ""
    length: float = 1.0


@attrs.frozen(kw_only=True)
class Axis:
    """Ticks, ``down`` millimetres below the top of a row; ``captions`` stand over their ranges.

    A ``plain`` axis has no line of its own, and its ticks and captions stand above ``down``.
    Captions stand below the texts of the ticks; where no tick has one, in their place.
    """

    row: int
    down: float = 0.0
    plain: bool = False
    ticks: tuple[Tick, ...]
    captions: tuple[tuple[float, float, str], ...] = ()
    title: str = ""

    @property
    def is_mute(self) -> bool:
        """Whether no tick has a text."""
        return not any(tick.text for tick in self.ticks)


@attrs.frozen
class Row:
    """A strip of the page, millimetres tall.

    One that ``repeats`` stands on every page, save where all others of the page stand ``apart``,
    as notes below a figure do. ``again`` is what stands above it once more, ``above`` millimetres
    tall, where it begins a further page: the name of its group, the head of its table.
    """

    name: str
    height: float
    repeats: bool = False
    apart: bool = False
    above: float = 0.0
    again: tuple[Mark, ...] = ()


@attrs.frozen(kw_only=True)
class Scene:
    """One figure, whole: rows from the top, marks in the order they are drawn.

    ``alt`` is what is said to those who cannot see it, ``caption`` what stands below it in print.
    ``named`` says what a style means here, where that is not what the style table says: style,
    group of the legend, words. ``language``: of its fixed words, by ISO 639-1.
    """

    name: str
    alt: str
    caption: str = ""
    width: float
    frame: Frame
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    axes: tuple[Axis, ...] = ()
    named: tuple[tuple[str, str, str], ...] = ()
    language: str = "en"

    @property
    def height(self) -> float:
        """Millimetres, without the legend; summed alike by every version of Python."""
        return math.fsum(row.height for row in self.rows)

    @property
    def tops(self) -> tuple[float, ...]:
        """Where each row begins, and as the last where the last one ends."""
        return (0.0, *accumulate(row.height for row in self.rows))

    @property
    def styles(self) -> tuple[str, ...]:
        """The styles and looks in use, each once, in the order of drawing."""
        used = (name for mark in self.marks for name in (mark.style, mark.look) if name)
        return tuple(dict.fromkeys(used))

    def row(self, name: str) -> int:
        """The number of the first row of a name; ValueError names those there are."""
        names = [row.name for row in self.rows]
        if name not in names:
            raise ValueError(f"no row {name!r} (there are {', '.join(filter(None, names))})")
        return names.index(name)

    def plus(self, *marks: Mark) -> Scene:
        """The scene with further marks, drawn last; ValueError where one has no row to stand in."""
        for mark in marks:
            if not 0 <= mark.row < len(self.rows):
                last = len(self.rows) - 1
                raise ValueError(f"no row {mark.row} for {mark} (write 0 to {last}, or ask row())")
        return attrs.evolve(self, marks=(*self.marks, *marks))

    def with_row(self, below: str, row: Row, *marks: Mark) -> Scene:
        """The scene with one more row, such as a track, under the row of a name.

        ``marks`` are those of the new row, whatever row they say. Bands and lines that reach over
        the place reach over the new row as well.
        """
        new = self.row(below) + 1
        moved = tuple(attrs.evolve(each, row=each.row + (each.row >= new)) for each in self.axes)
        return attrs.evolve(
            self,
            rows=(*self.rows[:new], row, *self.rows[new:]),
            axes=moved,
            marks=(*(_lower(mark, new) for mark in self.marks), *(on_row(m, new) for m in marks)),
        )

    def text(self) -> str:
        """The figure in words: one line a row, a tick, a mark."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        frame = self.frame
        yield f"{self.name}: {self.width:.1f} x {self.height:.1f} mm"
        yield f"alt: {self.alt}"
        yield from [f"caption: {self.caption}"] if self.caption else []
        yield (
            f"frame: {frame.low:g} to {frame.high:g} on {frame.left:.1f} to {frame.right:.1f} mm"
        )
        yield from (f"left out: {start:g} to {end:g}" for start, end in frame.breaks)
        for number, row in enumerate(self.rows):
            again = ", on every page" if row.repeats else ""
            yield f"row {number}: {row.name}, {row.height:.2f} mm{again}"
        for axis in self.axes:
            yield from _axis_lines(axis)
        for mark in self.marks:
            yield _told(mark)


def _lower(mark: Mark, new: int) -> Mark:
    """The mark once a row has come in; one that begins above and ends below it grows."""
    row = mark.row + (mark.row >= new)
    if isinstance(mark, VerticalLine | Band):
        return attrs.evolve(mark, row=row, last=mark.last + (mark.last >= new))
    return attrs.evolve(mark, row=row)


def _axis_lines(axis: Axis) -> Iterator[str]:
    yield f"axis in row {axis.row}: {axis.title}".rstrip(": ")
    for tick in axis.ticks:
        yield f"tick {tick.at:g} {tick.text}".rstrip()
    for low, high, text in axis.captions:
        yield f"caption {low:g} to {high:g} {text}"


def _told(mark: Mark) -> str:
    given = attrs.asdict(mark, recurse=False)
    words = [f"{given.pop('row')}: {type(mark).__name__.lower()}"]
    tooltip = given.pop("tooltip")
    named = [name for name in (given.pop("style"), given.pop("look")) if name]
    words += [f"[{', '.join(named)}]"] if named else []
    for key, value in given.items():
        if value is False or value is None:
            continue
        words.append(f"{key}={_shown(value)}")
    return " ".join([*words, *([f"| {tooltip}"] if tooltip else [])])


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, tuple):
        return "(" + ", ".join(_shown(each) for each in value) + ")"
    return repr(value) if isinstance(value, str) else str(value)
