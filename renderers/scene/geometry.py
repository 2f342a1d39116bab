"""Lengths on a page: the frame that turns days into millimetres, boxes, and outlines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from timeline.core.calendar.dates import format_day
from timeline.core.frozen_class import frozen

Point = tuple[float, float]
Points = Sequence[Point]  # millimetres from the left, and below the top of a row
CUT = 1.6  # millimetres that an axis break takes
_EVEN = 1e-9
HATCH = 0.8  # millimetres from hatch to hatch
HATCHED = {"/": ("/",), "\\": ("\\",), "x": ("/", "\\")}  # rising, falling, crossed


@frozen(kw_only=True)
class Frame:
    """The axis of days: ``low`` to ``high`` days on ``left`` to ``right`` mm, ends included.

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
            breaks = ", ".join(self._days(*each) for each in self.breaks)
            raise ValueError(
                f"breaks are not in order within the axis, {self._days(self.low, self.high)}: "
                f"{breaks} (write each as its first and last day left out)"
            )

    def _days(self, low: float, high: float) -> str:
        if self.dated:
            return f"{format_day(int(low))} to {format_day(int(high))}"
        return f"days {low:g} to {high:g}"

    @property
    def counts_millimetres(self) -> bool:
        """Whether it counts millimetres of the page, as that of a diagram does."""
        return not self.unit and (self.low, self.high) == (self.left, self.right)

    @property
    def _per_day(self) -> float:
        """Millimetres of a day that is shown."""
        left_out = sum(end - start for start, end in self.breaks)
        length = self.right - self.left - CUT * len(self.breaks)
        return length / (self.high - self.low - left_out)

    def x(self, day: float) -> float:
        """Millimetres from the left edge of the page."""
        if not self.breaks:
            share = (day - self.low) / (self.high - self.low)
            return self.left + share * (self.right - self.left)
        omitted = drawn = 0.0
        for start, end in self.breaks:
            inside = min(max(day - start, 0.0), end - start)
            omitted, drawn = omitted + inside, drawn + inside / (end - start) * CUT
        return self.left + (day - self.low - omitted) * self._per_day + drawn

    def days(self, length: float) -> float:
        """The number of days in a length in millimetres, outside of breaks."""
        return length / self._per_day


@frozen(kw_only=True)
class TickUnit:
    """A unit that an axis may count in.

    Attributes:
        length: of one unit, in what the frame of the scene counts (mostly days).
        steps: whole numbers of units between ticks, the finest first.
        title: the title of the axis in this unit.
    """

    length: float
    steps: tuple[int, ...]
    title: str = ""


@frozen(kw_only=True)
class TickRule:
    """The rule of one axis.

    Attributes:
        zero: the time of the frame that the axis counts from; on a calendar, the time of the
            frame that ordinal 0 would have.
        units: the unit of the axis, then finer ones for when a window holds few of its ticks;
            empty on a calendar.
        months: the twelve months in short, January first, where the axis is a calendar.
    """

    zero: float = 0.0
    units: tuple[TickUnit, ...] = ()
    months: tuple[str, ...] = ()


@frozen(kw_only=True)
class Box:
    """The rectangle that a mark or a text covers, in millimetres."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Box:
        """The box with so many millimetres more on each side."""
        return Box(
            left=self.left - by, top=self.top - by, right=self.right + by, bottom=self.bottom + by
        )

    def overlaps(self, other: Box) -> bool:
        """Whether the two overlap; boxes that only touch do not."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether the box is inside the other, edges included."""
        return (
            other.left <= self.left + _EVEN
            and self.right <= other.right + _EVEN
            and other.top <= self.top + _EVEN
            and self.bottom <= other.bottom + _EVEN
        )

    def crossed(self, line: Points) -> bool:
        """Whether a line through points passes through it."""
        return any(self._cut(one, other) for one, other in pairwise(line))

    def _cut(self, one: tuple[float, float], other: tuple[float, float]) -> bool:
        """Whether a stretch has a part inside; clipped side by side (Liang and Barsky 1984)."""
        (x0, y0), (x1, y1) = one, other
        first, last = 0.0, 1.0
        for way, gap in (
            (x0 - x1, x0 - self.left),
            (x1 - x0, self.right - x0),
            (y0 - y1, y0 - self.top),
            (y1 - y0, self.bottom - y0),
        ):
            if way == 0.0:
                if gap <= 0.0:
                    return False
            elif way < 0.0:
                first = max(first, gap / way)
            else:
                last = min(last, gap / way)
        return first < last


def arc(left: Point, right: Point, rise: float, steps: int = 24) -> tuple[Point, ...]:
    """Points of half an ellipse from one point to another on a level, ``rise`` above it."""
    middle, half = (left[0] + right[0]) / 2, (right[0] - left[0]) / 2
    turns = [math.pi * (1 - n / steps) for n in range(steps + 1)]
    return tuple((middle + half * math.cos(a), left[1] - rise * math.sin(a)) for a in turns)


def rounded_box(box: tuple[float, float, float, float], corner: float) -> tuple[Point, ...]:
    """The outline of a box (left, top, right, bottom) with round corners, clockwise."""
    left, top, right, bottom = box
    r = min(corner, (right - left) / 2, (bottom - top) / 2)
    centres = (
        ((right - r, top + r), -90), ((right - r, bottom - r), 0),
        ((left + r, bottom - r), 90), ((left + r, top + r), 180),
    )  # fmt: skip
    return tuple(
        (x + r * math.cos(math.radians(first + turn)), y + r * math.sin(math.radians(first + turn)))
        for (x, y), first in centres
        for turn in range(0, 91, 15)
    )


def arrow_parts(
    points: tuple[Point, ...], length: float, half: float
) -> tuple[tuple[Point, ...], ...]:
    """The line of an arrow cut short of its head, and the three corners of the head."""
    (x0, y0), (x1, y1) = points[-2], points[-1]
    whole = math.hypot(x1 - x0, y1 - y0)
    ux, uy = (x1 - x0) / whole, (y1 - y0) / whole
    x, y = x1 - length * ux, y1 - length * uy
    head = ((x1, y1), (x - half * uy, y + half * ux), (x + half * uy, y - half * ux))
    neck = (x1 - 0.7 * length * ux, y1 - 0.7 * length * uy)
    return (*points[:-1], neck), head


def range_with_caps(
    x: float, top: float, bottom: float, cap: float, *, open_top: bool = False
) -> tuple[tuple[float, float], ...]:
    """The points of an upright range with a cap at each end that is known, in one stroke."""
    head = () if open_top else ((x - cap, top), (x + cap, top))
    return (*head, (x, top), (x, bottom), (x - cap, bottom), (x + cap, bottom))


def hatches(
    left: float, right: float, top: float, bottom: float, hatched: str = "/"
) -> Iterator[Points]:
    """Slanted lines over a box, so that a pale end of a bar is no second colour.

    ``hatched``: how they run, one of `HATCHED`.
    """
    for way in HATCHED[hatched]:
        for (x0, y0), (x1, y1) in _rising(left, right, top, bottom):
            falls = way == "\\"
            yield (x0, top + bottom - y0 if falls else y0), (x1, top + bottom - y1 if falls else y1)


def _rising(left: float, right: float, top: float, bottom: float) -> Iterator[Points]:
    height = bottom - top
    foot = left - height + HATCH / 2
    while foot < right:
        start, end = max(left, foot), min(right, foot + height)
        yield (start, bottom - (start - foot)), (end, bottom - (end - foot))
        foot += HATCH
