"""Names of patients at their lines in a plot: where they cover nothing, else with a leader."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from renderers.axes.values import ValueAxis
from renderers.layout.free_space import free_place
from renderers.response.trajectory import Trajectory
from renderers.scene.geometry import Box
from renderers.scene.scene import SMALL, Arrow, Frame, Label, Mark, Marker, Polyline
from renderers.scene.text_metrics import MM_PER_POINT, width

_HALF = SMALL * MM_PER_POINT * 0.55  # of the height of a name, millimetres
_TO_NAME = 1.5  # millimetres from the middle of a marker to its name
_RINGS = (
    2.2,
    3.4,
    4.8,
    6.5,
    8.5,
    11.0,
    14.0,
)  # millimetres of the rings of places around the end
_AROUND = 24  # places on a ring
_STEPS = 20  # along a leader, at which it is compared with what is drawn there
_CLEAR = 0.2  # millimetres around a marker or an arrow
_FAR = 1.9  # millimetres from which on a leader is needed

Position = tuple[float, float]


def names(
    threads: Sequence[Trajectory], drawn: Sequence[Mark], frame: Frame, scale: ValueAxis
) -> Iterator[Mark]:
    """The name of each patient by the end of the line; one without a free place is left out."""
    lines = [line for mark in drawn if (line := mark.path(frame))]
    occupied = [
        mark.extent(frame).grown(_CLEAR) for mark in drawn if isinstance(mark, Marker | Arrow)
    ]
    within = Box(left=frame.left + 0.8, top=scale.top, right=frame.right, bottom=scale.bottom)
    for thread in threads:
        end = _end(thread, frame, scale)
        led = (offer for offer in _offers(thread, end) if _is_led(offer, end, occupied))
        box = free_place(led, occupied, lines, within)
        if box is None:
            continue
        occupied.append(box)
        near = _nearest(box, end)
        is_at_tip = thread.goes_on and near[1] == end[1]
        if math.dist(near, end) > _FAR and not is_at_tip:
            yield Polyline(
                style="leader", points=tuple((_time(x, frame), y) for x, y in (end, near))
            )
            lines.append([end, near])
        middle = (box.top + box.bottom) / 2
        yield Label(text=thread.name, size=SMALL, shift=box.left + 0.2, y=middle)


def _is_led(box: Box, end: Position, occupied: Sequence[Box]) -> bool:
    """Whether a leader from the end of a line to its name crosses no marker and no other name."""
    near = _nearest(box, end)
    (left, right), (top, bottom) = (sorted(both) for both in zip(end, near, strict=True))
    around = Box(left=left, top=top, right=right, bottom=bottom).grown(_CLEAR)
    others = [each for each in occupied if each.overlaps(around) and not _contains(each, end)]
    if not others:
        return True
    along = [tuple(a + n / _STEPS * (b - a) for a, b in zip(end, near, strict=True))
             for n in range(_STEPS + 1)]  # fmt: skip
    return not any(_contains(each, (x, y)) for each in others for x, y in along)


def _contains(box: Box, position: Position) -> bool:
    x, y = position
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _time(x: float, frame: Frame) -> float:
    return frame.low + frame.days(x - frame.left)


def _end(thread: Trajectory, frame: Frame, scale: ValueAxis) -> Position:
    """Where the line of a patient ends: at the death, or at the last scan."""
    death = thread.death
    time = (float(death.low) + float(death.high)) / 2 if death else thread.last.at
    return frame.x(time), scale.y(thread.last.middle)


def _offers(thread: Trajectory, end: Position) -> Iterator[Box]:
    """Right of the end (of an arrow: of its tip), above, below, left; then on rings around it."""
    x, y = end
    text_width = width(thread.name, SMALL) + 0.4
    tip = 4.2 if thread.goes_on else _TO_NAME
    for left, middle in (
        (x + tip, y),
        (x - text_width / 2, y - _TO_NAME - _HALF),
        (x - text_width / 2, y + _TO_NAME + _HALF),
        (x - _TO_NAME - text_width, y),
    ):
        yield Box(left=left, right=left + text_width, top=middle - _HALF, bottom=middle + _HALF)
    for ring in _RINGS:
        for place in range(_AROUND):
            turn = 2 * math.pi * place / _AROUND
            left = x + ring * math.cos(turn) + (0.0 if math.cos(turn) >= 0 else -text_width)
            middle = y - ring * math.sin(turn)
            yield Box(left=left, right=left + text_width, top=middle - _HALF, bottom=middle + _HALF)


def _nearest(box: Box, position: Position) -> Position:
    """The point of a box that is nearest to a position."""
    x = min(max(position[0], box.left), box.right)
    return x, min(max(position[1], box.top), box.bottom)
