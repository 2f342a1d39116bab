"""The marks: one class for each, with its extent, its time, its drawing and its legend key.

Millimetres, points, days.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar, Self

import attrs

from renderers.scene.colours import WHITE, line_of, tint
from renderers.scene.geometry import Box, Frame, Point, Points, arrow_parts, rounded_box
from renderers.scene.geometry import range_with_caps as with_caps
from renderers.scene.mark import KEY_HALF, KEY_WIDTH, Mark, SpanningMark, TimeRange
from renderers.scene.markers import SHAPES
from renderers.scene.text_metrics import MM_PER_POINT, width
from timeline.core.frozen_class import frozen

if TYPE_CHECKING:
    from renderers.scene.canvas import Canvas
    from renderers.scene.styles import Style

BODY = 6.5  # points
SMALL = 6.0
HEAD = 7.0
LEAST = 5.5  # the smallest text that a printed figure may carry
_CAP = 0.8  # height of the caps of a range, millimetres
_HEAD_HALF = 0.85  # half the height of an arrow head, millimetres
_STRIPE = 0.22  # of the height of a bar
_SMALLEST = 1.9  # of a marker whose edge has its full width, millimetres
_THIN = 0.15  # of the height of a bar: the widest stroke of its edge
_Marks = tuple[Mark, ...]


@frozen(kw_only=True)
class Bar(Mark):
    """A box from day to day, ``height`` mm high, centred on ``y``; an open end has no edge.

    ``exact_start``, ``exact_end``: the edge there is a known day, and solid in every variant.
    ``end_unstated``: the record does not state how long it lasted, of which a caption speaks.
    """

    start: float
    end: float
    height: float = 2.4
    open_start: bool = False
    open_end: bool = False
    exact_start: bool = False
    exact_end: bool = False
    end_unstated: bool = False

    uses: ClassVar[frozenset[str]] = frozenset({"fill", "variant"})
    names_item: ClassVar[bool] = True

    def draw(self, canvas: Canvas) -> None:
        style = canvas.style(self.style)
        x0, x1, y = canvas.x(self.start), canvas.x(self.end), canvas.y(self)
        y0, y1 = y - self.height / 2, y + self.height / 2
        share = 1.0 if not self.variant else 0.0 if self.variant == "planned" else 0.32
        dash = canvas.style(self.variant).dash if self.variant else style.dash
        corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        canvas.face(3, corners, tint(style.fill, share))
        if 0.0 < share < 1.0:
            hatched = canvas.style(self.variant).hatched
            canvas.hatch(3, (x0, y0, x1, y1), line_of(style.fill), style.hatch, hatched)
        if style.stripe and not self.variant:
            stroke = _STRIPE * self.height / MM_PER_POINT
            canvas.line(3, ((x0, y), (x1, y)), style.stripe, stroke)
        edges = [(((x0, y0), (x1, y0)), dash), (((x0, y1), (x1, y1)), dash)]
        if not self.open_start:
            edges.append((((x0, y0), (x0, y1)), () if self.exact_start else dash))
        if not self.open_end:
            edges.append((((x1, y0), (x1, y1)), () if self.exact_end else dash))
        stroke = min(style.stroke, _THIN * self.height / MM_PER_POINT)
        for edge, dashes in edges:
            canvas.line(4, edge, style.edge, stroke, dashes)

    def extent(self, frame: Frame) -> Box:
        half = self.height / 2
        return Box(
            left=frame.x(self.start),
            right=frame.x(self.end),
            top=self.y - half,
            bottom=self.y + half,
        )

    def time_range(self, frame: Frame) -> TimeRange:
        return TimeRange(self.start, self.end, self.open_start, self.open_end)

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        if style.use == "variant":
            end = x + KEY_WIDTH
            return (cls(style=bar, variant=style.name, start=x, end=end, y=y, open_end=True),)
        return (cls(style=style.name, start=x, end=x + KEY_WIDTH, y=y),)


@frozen(kw_only=True)
class RangeMark(Mark):
    """A line over all days that something may be on, with a cap at each end that is known.

    ``thick``: its stroke in millimetres where that depends on the bar; None: that of the style.
    """

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False
    thick: float | None = None

    uses: ClassVar[frozenset[str]] = frozenset({"along", "below"})  # a bar, without caps; bars

    def draw(self, canvas: Canvas) -> None:
        style = canvas.style(self.style)
        if not style.stroke:  # the neighbour has the same range, which is drawn once
            return
        x0, x1, y = canvas.x(self.low), canvas.x(self.high), canvas.y(self)
        layer = {"along": 5, "below": 2}.get(style.use, 6)
        stroke = self.thick / MM_PER_POINT if self.thick else style.stroke
        canvas.line(layer, ((x0, y), (x1, y)), style.edge, stroke, style.dash)
        if style.use == "along":
            return
        for x, is_open in ((x0, self.open_low), (x1, self.open_high)):
            if not is_open:
                canvas.line(layer, ((x, y - _CAP), (x, y)), style.edge, style.stroke)

    def extent(self, frame: Frame) -> Box:
        left, right = frame.x(self.low), frame.x(self.high)
        return Box(left=left, right=right, top=self.y - _CAP, bottom=self.y)

    def time_range(self, frame: Frame) -> TimeRange:
        return TimeRange(self.low, self.high, self.open_low, self.open_high)

    def path(self, frame: Frame) -> Points:
        return [(frame.x(self.low), self.y), (frame.x(self.high), self.y)]

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        end = x + KEY_WIDTH
        plain = style.group != "Dates"  # the range of a date has caps, and so is drawn lower
        y += 0.0 if plain else 0.4
        return (cls(style=style.name, low=x, high=end, y=y, open_low=plain, open_high=plain),)


@frozen(kw_only=True)
class Marker(Mark):
    """One of the shapes of ``markers.SHAPES``, centred on its day."""

    at: float
    shift: float = 0.0
    size: float = 2.3

    names_item: ClassVar[bool] = True

    def draw(self, canvas: Canvas) -> None:
        style = canvas.style(self.style)
        shape = SHAPES[style.shape]
        x, y, radius = canvas.x(self.at) + self.shift, canvas.y(self), self.size / 2
        dash = canvas.style(self.variant).dash if self.variant else ()
        thin = min(1.0, self.size / _SMALLEST) if shape.outline or shape.filled else 1.0

        def placed(line: Points) -> Points:
            return [(x + radius * px, y + radius * py) for px, py in line]

        for ring in (shape.outline, *(shape.filled if not shape.outline else ())):
            if ring:  # a white rim separates the marker from what is below it
                canvas.face(7, placed(ring), WHITE, WHITE, thin * (style.stroke + 1.2))
        if shape.outline:
            edge = thin * style.stroke
            canvas.face(8, placed(shape.outline), style.fill, style.edge, edge, dash)
        for ring in () if self.variant else shape.filled:
            canvas.face(9, placed(ring), style.ink or style.edge)
        for stroke in shape.strokes:
            canvas.line(9, placed(stroke), style.ink or style.edge, thin * style.stroke)

    def extent(self, frame: Frame) -> Box:
        x, half = frame.x(self.at) + self.shift, self.size / 2
        return Box(left=x - half, right=x + half, top=self.y - half, bottom=self.y + half)

    def time_range(self, frame: Frame) -> TimeRange | None:
        """None in a column next to the axis, where the place of the marker is not its time."""
        x = frame.x(self.at) + self.shift
        is_at_its_time = frame.left - 1.0 <= x <= frame.right + 1.0
        return TimeRange(self.at, self.at) if is_at_its_time else None

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        return (cls(style=style.name, at=x + KEY_WIDTH / 2, y=y),)

    @classmethod
    def check_style(cls, style: Style) -> None:
        super().check_style(style)
        if style.shape not in SHAPES:
            raise ValueError(f"unknown shape: {style.shape!r} (known: {', '.join(SHAPES)})")


@frozen(kw_only=True)
class Arrow(Mark):
    """An arrow for what continues: it begins at a day and is ``length`` millimetres long.

    ``half``: half the height of its head in millimetres; None: the usual one.
    """

    at: float
    length: float = 4.0
    half: float | None = None

    def draw(self, canvas: Canvas) -> None:
        style = canvas.style(self.style)
        x, y = canvas.x(self.at), canvas.y(self)
        tip = x + self.length
        half = self.half or _HEAD_HALF
        back, stroke = 2 * half, style.stroke * half / _HEAD_HALF
        head = ((tip, y), (tip - back, y - half), (tip - back, y + half))
        canvas.line(6, ((x, y), (tip - 0.7 * back, y)), style.edge, stroke)
        canvas.face(6, head, style.edge)

    def extent(self, frame: Frame) -> Box:
        x = frame.x(self.at)
        half = self.half or _HEAD_HALF
        top, bottom = self.y - half, self.y + half
        return Box(left=x, right=x + self.length, top=top, bottom=bottom)

    def time_range(self, frame: Frame) -> TimeRange:
        return TimeRange(self.at, self.at, open_high=True)

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        return (cls(style=style.name, at=x, length=KEY_WIDTH - 0.5, y=y),)


@frozen(kw_only=True)
class VerticalLine(SpanningMark):
    """A vertical line at a day."""

    at: float

    def draw(self, canvas: Canvas) -> None:
        style, x = canvas.style(self.style), canvas.x(self.at)
        ends = ((x, canvas.y(self)), (x, canvas.bottom(self)))
        canvas.line(2, ends, style.edge, style.stroke, style.dash)

    def extent(self, frame: Frame) -> Box:
        x = frame.x(self.at)
        return Box(left=x, right=x, top=self.y, bottom=_bottom(self))

    def time_range(self, frame: Frame) -> TimeRange:
        return TimeRange(self.at, self.at)

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        middle, top, bottom = x + KEY_WIDTH / 2, y - KEY_HALF, y + KEY_HALF
        return (cls(style=style.name, at=middle, last=0, y=top, bottom=bottom),)


@frozen(kw_only=True)
class Band(SpanningMark):
    """A background from day to day."""

    start: float
    end: float

    def draw(self, canvas: Canvas) -> None:
        x0, x1 = canvas.x(self.start), canvas.x(self.end)
        y0, y1 = canvas.y(self), canvas.bottom(self)
        corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        canvas.face(1, corners, canvas.style(self.style).fill)

    def extent(self, frame: Frame) -> Box:
        left, right = frame.x(self.start), frame.x(self.end)
        return Box(left=left, right=right, top=self.y, bottom=_bottom(self))

    def time_range(self, frame: Frame) -> TimeRange:
        return TimeRange(self.start, self.end)

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        top, bottom = y - KEY_HALF, y + KEY_HALF
        return (cls(style=style.name, start=x, end=x + KEY_WIDTH, last=0, y=top, bottom=bottom),)


def _bottom(mark: SpanningMark) -> float:
    """Where a mark ends in its own row; without bound if it ends in a later row."""
    return mark.bottom if mark.bottom and mark.last == mark.row else math.inf


@frozen(kw_only=True)
class AxisBreak(Mark):
    """Days left out: white between two slanted strokes, ``height`` mm high, centred on ``y``."""

    start: float
    end: float
    height: float = 2.4

    def draw(self, canvas: Canvas) -> None:
        style, y, half = canvas.style(self.style), canvas.y(self), self.height / 2
        x0, x1, slant = canvas.x(self.start), canvas.x(self.end), 0.35
        left = ((x0 - slant, y + half), (x0 + slant, y - half))
        right = ((x1 - slant, y + half), (x1 + slant, y - half))
        canvas.face(6, (*left, *reversed(right)), WHITE)
        for stroke in (left, right):
            canvas.line(6, stroke, style.edge, style.stroke)

    def extent(self, frame: Frame) -> Box:
        half = self.height / 2
        return Box(
            left=frame.x(self.start),
            right=frame.x(self.end),
            top=self.y - half,
            bottom=self.y + half,
        )

    def time_range(self, frame: Frame) -> TimeRange:
        return TimeRange(self.start, self.end)

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        middle = x + KEY_WIDTH / 2
        box = Bar(style=bar, start=x, end=x + KEY_WIDTH, y=y)
        start, end = middle - 0.8, middle + 0.8
        return box, cls(style=style.name, start=start, end=end, height=3.0, y=y)


@frozen(kw_only=True)
class Separator(Mark):
    """A thin horizontal line from page millimetre to page millimetre."""

    left: float
    right: float

    def draw(self, canvas: Canvas) -> None:
        style, y = canvas.style(self.style), canvas.y(self)
        canvas.line(2, ((self.left, y), (self.right, y)), style.edge, style.stroke)

    def extent(self, frame: Frame) -> Box:
        return Box(left=self.left, right=self.right, top=self.y, bottom=self.y)

    def time_range(self, frame: Frame) -> None:
        return None

    def path(self, frame: Frame) -> Points:
        return [(self.left, self.y), (self.right, self.y)]

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        return (cls(style=style.name, left=x, right=x + KEY_WIDTH, y=y),)


@frozen(kw_only=True)
class Polyline(Mark):
    """A line through points: day, and millimetres below ``y``."""

    points: tuple[Point, ...]

    uses: ClassVar[frozenset[str]] = frozenset({"upright"})  # a range of values

    def draw(self, canvas: Canvas) -> None:
        style, top = canvas.style(self.style), canvas.y(self)
        points = [(canvas.x(day), top + y) for day, y in self.points]
        if style.use == "upright":  # its caps keep their length wherever it is
            middle = canvas.x(math.fsum(day for day, _ in self.points) / len(self.points))
            points = [(middle + (float(x) - float(middle)), y) for x, y in points]
        canvas.line(5, points, style.edge, style.stroke, style.dash)

    def extent(self, frame: Frame) -> Box:
        return _around(self.path(frame))

    def time_range(self, frame: Frame) -> TimeRange | None:
        return _days(self.points)

    def path(self, frame: Frame) -> Points:
        return [(frame.x(day), self.y + y) for day, y in self.points]

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        points: tuple[Point, ...] = ((x, y), (x + KEY_WIDTH, y))
        if style.use == "upright":
            points = with_caps(x + KEY_WIDTH / 2, y - KEY_HALF, y + KEY_HALF, 0.7)
        return (cls(style=style.name, points=points),)


@frozen(kw_only=True)
class Area(Mark):
    """A background with corners: day, and millimetres below ``y``.

    ``fill``: its colour where that is not the one of its style.
    """

    points: tuple[Point, ...]
    fill: str = ""

    def draw(self, canvas: Canvas) -> None:
        top = canvas.y(self)
        corners = [(canvas.x(day), top + y) for day, y in self.points]
        canvas.face(1, corners, self.fill or canvas.style(self.style).fill)

    def extent(self, frame: Frame) -> Box:
        return _around([(frame.x(day), self.y + y) for day, y in self.points])

    def time_range(self, frame: Frame) -> TimeRange:
        return _days(self.points)

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        end, top, bottom = x + KEY_WIDTH, y - KEY_HALF, y + KEY_HALF
        return (cls(style=style.name, points=((x, top), (end, top), (end, bottom), (x, bottom))),)


def _around(points: Points) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(left=min(xs), right=max(xs), top=min(ys), bottom=max(ys))


def _days(points: Points) -> TimeRange:
    days = [day for day, _ in points]
    return TimeRange(min(days), max(days))


@frozen(kw_only=True)
class Label(Mark):
    """Text, centred on ``y``. Without a day, ``shift`` counts from the left page edge.

    ``upright``: one line that reads upwards about that place, and begins or ends at ``y``.
    """

    text: str
    at: float | None = None
    shift: float = 0.0
    align: str = "left"
    size: float = BODY
    bold: bool = False
    upright: bool = False

    def __attrs_post_init__(self) -> None:
        if self.size < LEAST:
            raise ValueError(f"text of {self.size} pt: {self.text!r} (at least {LEAST} pt)")

    def draw(self, canvas: Canvas) -> None:
        x = self.shift + (canvas.x(self.at) if self.at is not None else 0.0)
        canvas.write(
            x, canvas.y(self), self.text, self.align, self.size,
            bold=self.bold, upright=self.upright,
        )  # fmt: skip

    def extent(self, frame: Frame) -> Box:
        lines = self.text.split("\n")
        text_width = max(width(line, self.size, bold=self.bold) for line in lines)
        half = len(lines) * self.size * MM_PER_POINT / 2
        x = self.shift + (frame.x(self.at) if self.at is not None else 0.0)
        before = {"left": 0.0, "centre": text_width / 2, "right": text_width}[self.align]
        if self.upright:
            bottom = self.y + before
            return Box(left=x - half, right=x + half, top=bottom - text_width, bottom=bottom)
        left = x - before
        return Box(left=left, right=left + text_width, top=self.y - half, bottom=self.y + half)

    def time_range(self, frame: Frame) -> None:
        return None

    @property
    def keyed_styles(self) -> tuple[str, ...]:
        """None: a label has the style of what it describes, which may be on another page."""
        return ()

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        """Words need no key."""
        return ()


@frozen(kw_only=True)
class DiagramBox(Mark):
    """A box of a diagram, about ``y``; a box of ``depth`` 0 is drawn below one of depth 1.

    In a diagram the frame counts millimetres on the page, not days.
    """

    left: float
    right: float
    height: float
    depth: int = 1

    def draw(self, canvas: Canvas) -> None:
        style, y = canvas.style(self.style), canvas.y(self)
        variant = canvas.style(self.variant) if self.variant else style
        x0, x1, half = canvas.x(self.left), canvas.x(self.right), self.height / 2
        corner = half if style.shape in ("round", "disc") else 0.8
        for inset in (0.0, 0.6) if style.shape == "double" else (0.0,):
            edges = (x0 + inset, y - half + inset, x1 - inset, y + half - inset)
            row = style if inset else variant
            ring = rounded_box(edges, corner - inset)
            canvas.face(self.depth, ring, style.fill, row.edge, row.stroke, row.dash)

    def extent(self, frame: Frame) -> Box:
        half = self.height / 2
        return Box(
            left=frame.x(self.left),
            right=frame.x(self.right),
            top=self.y - half,
            bottom=self.y + half,
        )

    def time_range(self, frame: Frame) -> None:
        return None

    @classmethod
    def legend_key(cls, style: Style, x: float, y: float, bar: str) -> _Marks:
        end, middle = x + KEY_WIDTH, x + KEY_WIDTH / 2
        if style.shape == "round":
            number = Label(text="1", size=SMALL, align="centre", shift=middle, y=y)
            left, right = middle - 1.35, middle + 1.35
            return cls(style=style.name, left=left, right=right, height=2.7, y=y), number
        if style.shape == "disc":
            return (cls(style=style.name, left=end - 1.9, right=end, height=1.9, y=y),)
        return (cls(style=style.name, left=x + 0.4, right=end - 0.4, height=2.4, y=y),)


@frozen(kw_only=True)
class DiagramLink(Polyline):
    """An arrow of a diagram through points, with its head at the last one."""

    def draw(self, canvas: Canvas) -> None:
        style, top = canvas.style(self.style), canvas.y(self)
        points = tuple((canvas.x(at), top + y) for at, y in self.points)
        line, head = arrow_parts(points, 1.7, 0.75)
        canvas.line(1, line, style.edge, style.stroke, style.dash)
        canvas.face(2, head, style.edge)

    def time_range(self, frame: Frame) -> None:
        return None

    def shifted(self, by: float) -> Self:
        return attrs.evolve(self, points=tuple((x, y + by) for x, y in self.points))
