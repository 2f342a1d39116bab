"""Marks of a diagram: boxes, and arrows between them. Points are those of the frame, and mm down.

In a diagram the frame counts millimetres on the page, not days.
"""

from __future__ import annotations

import math

import attrs

from renderers.scene.scene import Mark, Polyline

Point = tuple[float, float]


@attrs.frozen(kw_only=True)
class DiagramBox(Mark):
    """A box from ``left`` to ``right`` about ``down``; ``depth`` 0 lies below 1, 1 below 2."""

    left: float
    right: float
    height: float
    depth: int = 1


@attrs.frozen(kw_only=True)
class DiagramLink(Polyline):
    """An arrow through points, with its head at the last one."""


def arc(left: Point, right: Point, rise: float, steps: int = 24) -> tuple[Point, ...]:
    """Points of half an ellipse from one point to another on a level, ``rise`` above it."""
    middle, half = (left[0] + right[0]) / 2, (right[0] - left[0]) / 2
    turns = [math.pi * (1 - n / steps) for n in range(steps + 1)]
    return tuple((middle + half * math.cos(a), left[1] - rise * math.sin(a)) for a in turns)


def outline(box: tuple[float, float, float, float], corner: float) -> tuple[Point, ...]:
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


def headed(points: tuple[Point, ...], length: float, half: float) -> tuple[tuple[Point, ...], ...]:
    """The line of an arrow cut short of its head, and the three corners of the head."""
    (x0, y0), (x1, y1) = points[-2], points[-1]
    whole = math.hypot(x1 - x0, y1 - y0)
    ux, uy = (x1 - x0) / whole, (y1 - y0) / whole
    x, y = x1 - length * ux, y1 - length * uy
    head = ((x1, y1), (x - half * uy, y + half * ux), (x + half * uy, y - half * ux))
    neck = (x1 - 0.7 * length * ux, y1 - 0.7 * length * uy)
    return (*points[:-1], neck), head
