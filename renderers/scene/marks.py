"""What can be drawn, one class a kind of mark, and the sizes of text. Millimetres, points, days."""

from __future__ import annotations

import attrs

BODY = 6.5  # points
SMALL = 6.0
HEAD = 7.0
LEAST = 5.5  # the smallest text that a printed figure may carry


@attrs.frozen(kw_only=True)
class Mark:
    """Something drawn. ``style`` names a row of the style table, ``look`` one that varies it.

    ``tells`` is what a reader who points at it is told: event, dates, derivation, place.
    """

    row: int = 0
    down: float = 0.0
    style: str = ""
    look: str = ""
    tooltip: str = ""


@attrs.frozen(kw_only=True)
class Bar(Mark):
    """A box from day to day, ``height`` tall about ``down``; an open end has no edge."""

    start: float
    end: float
    height: float = 2.4
    open_start: bool = False
    open_end: bool = False


@attrs.frozen(kw_only=True)
class RangeMark(Mark):
    """A line over all days that something may be on, with a cap at each end that is known."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False


@attrs.frozen(kw_only=True)
class Marker(Mark):
    """One of our own shapes, centred on its day."""

    at: float
    shift: float = 0.0
    size: float = 2.3


@attrs.frozen(kw_only=True)
class Arrow(Mark):
    """Goes on: an arrow that begins at a day and is ``length`` millimetres long."""

    at: float
    length: float = 4.0


@attrs.frozen(kw_only=True)
class VerticalLine(Mark):
    """A vertical line at a day, from its row down to ``foot`` mm in row ``last`` (0: its end)."""

    at: float
    last: int
    foot: float = 0.0


@attrs.frozen(kw_only=True)
class Band(Mark):
    """A background from day to day, from its row down to ``foot`` mm in row ``last``."""

    start: float
    end: float
    last: int
    foot: float = 0.0


@attrs.frozen(kw_only=True)
class AxisBreak(Mark):
    """The sign of days left out, ``height`` tall about ``down``: white between two strokes."""

    start: float
    end: float
    height: float = 2.4


@attrs.frozen(kw_only=True)
class Separator(Mark):
    """A thin horizontal line from page millimetre to page millimetre."""

    left: float
    right: float


@attrs.frozen(kw_only=True)
class Polyline(Mark):
    """A line through points: day, and millimetres below the top of the row."""

    points: tuple[tuple[float, float], ...]


@attrs.frozen(kw_only=True)
class Area(Mark):
    """A background with corners: day, and millimetres below the top of the row."""

    points: tuple[tuple[float, float], ...]


@attrs.frozen(kw_only=True)
class Label(Mark):
    """Text, centred on ``down``. Without a day, ``shift`` counts from the left page edge."""

    text: str
    at: float | None = None
    shift: float = 0.0
    align: str = "left"
    size: float = BODY
    bold: bool = False

    def __attrs_post_init__(self) -> None:
        if self.size < LEAST:
            raise ValueError(f"text of {self.size} pt: {self.text!r} (at least {LEAST} pt)")


def on_row(mark: Mark, row: int) -> Mark:
    """The mark in another row; one that reaches down to a later row keeps its reach."""
    if isinstance(mark, VerticalLine | Band):
        return attrs.evolve(mark, row=row, last=mark.last + row - mark.row)
    return attrs.evolve(mark, row=row)
