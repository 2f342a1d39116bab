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
from renderers.scene.text_metrics import width

SCALE = 8.0  # millimetres left of the first day that the numbers of an axis take
_HALF = 1.15  # millimetres from the middle of a marker to its edge
_CLEAR = 0.5  # millimetres between a marker and its label
_ROUND = (1.0, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_STEPS = 3  # parts of an axis, at most


@attrs.frozen(kw_only=True)
class TrackLabel:
    """A text that belongs to a point: its day, its height, and the days that the day may be."""

    at: float
    y: float
    text: str
    reach: tuple[float, float]


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


def axis_marks(axis: ValueAxis, page: TimelinePage) -> Iterator[Mark]:
    """The line of an axis left of the plot, with its ticks and numbers."""
    step = nice_step(axis.high - axis.low, _STEPS)
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
    occupied = [mark.extent(frame) for mark in marks if isinstance(mark, Marker)]
    for label in labels:
        text = LabelText(label.text, SMALL)
        places = sorted(_places(label, text, page), key=lambda pair: pair[0])
        boxes = [box for _, box in places]
        found = free_place(boxes, occupied, lines, plot) or free_place(boxes, occupied, (), plot)
        if found is not None:
            occupied.append(found)
            y = (found.top + found.bottom) / 2
            yield Label(text=text.text, size=SMALL, shift=found.left, y=y)


def _places(label: TrackLabel, text: LabelText, page: TimelinePage) -> Iterator[tuple[float, Box]]:
    """Places around a point with their distance from it; at equal distance the right one first."""
    x, (low, high) = page.frame.x(label.at), map(page.frame.x, label.reach)
    half, length = text.height / 2, text.width
    right, left = max(x + _HALF, high) + _CLEAR, min(x - _HALF, low) - _CLEAR - length
    near_right, near_left = x + _HALF + _CLEAR, x - _HALF - _CLEAR - length
    for step, rise in enumerate((0.0, -1.4, 1.4, -2.6, 2.6, -3.8, 3.8, -5.2, 5.2)):
        sides = [(near_right, 0.0), (near_left, 0.1)] if step else [(right, 0.0), (left, 0.1)]
        if abs(rise) > half + _HALF:
            sides += [(x - length / 2, 0.2), (x, 0.3), (x - length, 0.4)]
        for start, later in sides:
            y = label.y + rise
            yield (
                abs(rise) + later,
                Box(left=start, right=start + length, top=y - half, bottom=y + half),
            )


def scale_width(texts: Iterable[str]) -> float:
    """Millimetres left of the first day that some numbers of axes take, with their ticks."""
    longest = max((width(text, SMALL) for text in texts), default=0.0)
    return max(SCALE, longest + 2.2) if longest else 0.0
