"""A track of values over time: its axis, and labels at the points that they belong to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import attrs

from renderers.axes.calendar_page import TimelinePage
from renderers.axes.values import ValueAxis, nice_step
from renderers.layout.free_space import free_place
from renderers.layout.labels_beside import LabelText
from renderers.scene.geometry import Box, Points
from renderers.scene.scene import SMALL, Label, Mark, Marker

SCALE = 8.0  # millimetres left of the first day that the numbers of an axis take
_HALF = 1.15  # millimetres from the middle of a marker to its edge
_CLEAR = 0.5  # millimetres between a marker and its label
_SAME = 0.5  # millimetres: markers of one point
_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_STEPS = 3  # parts of an axis, at most
_POWERS = 5  # of 10 on a logarithmic axis that all have a tick, at most


@attrs.frozen(kw_only=True)
class TrackLabel:
    """A text that belongs to a point: its day, its height, and the days that the day may be.

    ``is_close``: it is left out where no place next to the point is free. ``short``: the text
    where no place holds the whole one.
    """

    at: float
    y: float
    text: str
    reach: tuple[float, float]
    is_close: bool = False
    short: str = ""


@attrs.frozen
class _Place:
    """A place for a label: what it covers, its alignment, and how far it is from its point."""

    box: Box
    align: str
    distance: float

    @property
    def x(self) -> float:
        """Where the text is aligned."""
        ends = {"left": self.box.left, "right": self.box.right}
        return ends.get(self.align, (self.box.left + self.box.right) / 2)


def nice_top(highest: float) -> float:
    """The least round number that is not below the highest value.

    >>> nice_top(182), nice_top(0.7)
    (200.0, 0.8)
    """
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in _ROUND if step * power >= highest * (1 - 1e-9))


def value_axis(highest: float, top: float, height: float) -> ValueAxis:
    """An axis from 0 to a round number, ``height`` millimetres high from ``top`` on."""
    return ValueAxis(low=0.0, high=nice_top(highest), top=top, bottom=top + height)


def log_axis(numbers: Sequence[float], top: float, height: float) -> ValueAxis:
    """A logarithmic axis of whole powers of 10 about some values above 0, one power at least."""
    low = math.floor(math.log10(min(numbers)) + 1e-9)
    high = max(low + 1, math.ceil(math.log10(max(numbers)) - 1e-9))
    return ValueAxis(low=10.0**low, high=10.0**high, top=top, bottom=top + height, is_log=True)


def axis_marks(axis: ValueAxis, page: TimelinePage) -> Iterator[Mark]:
    """The line of an axis left of the plot, with its ticks and numbers."""
    step = float(_POWERS) if axis.is_log else nice_step(axis.high - axis.low, _STEPS)
    yield from axis.axis(page.frame, step, 0, lambda value: f"{value:g}".replace("-", "−"))


def placed_labels(
    labels: Sequence[TrackLabel],
    marks: Iterable[Mark],
    lines: Sequence[Points],
    page: TimelinePage,
    bottom: float,
) -> Iterator[Label]:
    """Each label at the free place that is nearest to its own point.

    Args:
        labels: the labels, the most important first.
        marks: the markers of the track, which no label covers.
        lines: the lines of the track in millimetres; a label is on one only if no other place is
            free.
        page: the page.
        bottom: the lower edge of the track, in millimetres.

    Returns:
        The labels that have a place; one of a crowded track may have none.
    """
    frame = page.frame
    plot = Box(left=frame.left + 0.3, top=-0.4, right=page.limit, bottom=bottom)
    signs = [mark.extent(frame) for mark in marks if isinstance(mark, Marker)]
    centres = [((box.left + box.right) / 2, (box.top + box.bottom) / 2) for box in signs]
    occupied, done = list(signs), set[int]()
    for label, words in ((each, words) for each in labels for words in (each.text, each.short)):
        if not words or id(label) in done:
            continue
        text = LabelText(words, SMALL)
        own = frame.x(label.at), label.y
        others = [each for each in centres if math.dist(each, own) > _SAME]
        places = [
            each for each in sorted(_places(label, text, page), key=lambda place: place.distance)
            if all(_distance(each.box, own) < _distance(each.box, other) for other in others)
        ]  # fmt: skip
        boxes = {id(each.box): each for each in places}
        found = free_place([each.box for each in places], occupied, lines, plot)
        if found is None and not label.is_close:
            found = free_place([each.box for each in places], occupied, (), plot)
        if found is not None:
            occupied.append(found)
            done.add(id(label))
            place, y = boxes[id(found)], (found.top + found.bottom) / 2
            yield Label(text=text.text, size=SMALL, shift=place.x, align=place.align, y=y)


def _distance(box: Box, point: tuple[float, float]) -> float:
    """Millimetres from a point to the nearest edge of a box; 0 inside."""
    x, y = point
    across = max(box.left - x, 0.0, x - box.right)
    return math.hypot(across, max(box.top - y, 0.0, y - box.bottom))


def _places(label: TrackLabel, text: LabelText, page: TimelinePage) -> Iterator[_Place]:
    """Places around a point; at equal distance the right one is the nearest."""
    x, (low, high) = page.frame.x(label.at), map(page.frame.x, label.reach)
    half, length = text.height / 2, text.width
    right, left = max(x + _HALF, high) + _CLEAR, min(x - _HALF, low) - _CLEAR
    for rise in (0.0, -1.4, 1.4, -2.6, 2.6, *(() if label.is_close else (-3.8, 3.8, -5.2, 5.2))):
        is_off = abs(rise) > half + _HALF
        start, end = (x + _HALF + _CLEAR, x - _HALF - _CLEAR) if rise else (right, left)
        sides = [("left", start, 0.0), ("right", end, 0.1)]
        sides += [("centre", x, 0.2), ("left", x, 0.3), ("right", x, 0.4)] if is_off else []
        for align, at, later in sides:
            edge = at - {"left": 0.0, "centre": length / 2, "right": length}[align]
            y = label.y + rise
            box = Box(left=edge, right=edge + length, top=y - half, bottom=y + half)
            yield _Place(box, align, abs(rise) + later)
