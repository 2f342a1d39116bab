"""Survival curves in a plot: steps, censor ticks, the band of vague times, medians, names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from renderers.axes.elapsed import time_label
from renderers.axes.values import ValueAxis
from renderers.layout.free_space import free_place
from renderers.scene.geometry import Box
from renderers.scene.scene import SMALL, Area, Frame, Label, Mark, Marker, Polyline
from renderers.scene.text_metrics import MM_PER_POINT, width
from renderers.survival.groups import Group, Subject
from renderers.survival.risk_table import style_of
from renderers.text.translation import either
from timeline.statistics.survival.kaplan_meier_bounds import Point

TICK = 1.9  # millimetres of a censor tick
_PLACES = 24  # along a curve, at which its name is tried
_OFFSETS = (1.6, 2.6, 3.8, 5.0)  # millimetres from a curve to its name
WHOLE = 100

Steps = tuple[tuple[float, float], ...]


def steps(points: Sequence[Point], end: Fraction, scale: ValueAxis) -> Steps:
    """A falling curve as corners, from its first point to the last time of its patients."""
    corners = [(float(points[0][0]), scale.y(_percent(points[0])))]
    for before, point in pairwise(points):
        time = float(point[0])
        corners += [(time, scale.y(_percent(before))), (time, scale.y(_percent(point)))]
    return (*corners, (float(end), corners[-1][1]))


def _percent(point: Point) -> float:
    return float(point[1] * WHOLE)


def curve_at(points: Sequence[Point], time: Fraction) -> Fraction:
    """Survival at a time."""
    return [survival for when, survival in points if when <= time][-1]


def band(group: Group, number: int, scale: ValueAxis) -> Iterator[Mark]:
    """The limits of survival at each time, as an area and its two edges."""
    points = group.pointwise
    zero = (Fraction(0), Fraction(1))
    end = next((at for at, survival in group.bounds.low if not survival), group.bounds.longest)
    edges = [
        (zero, *((time, Fraction(limits[side])) for time, *limits in points)) for side in (0, 1)
    ]
    low, high = (steps(edge, end, scale) for edge in edges)
    about = f"{group.name}: 95 % limits of survival at each time, {group.conf_type} scale"
    yield Area(style="confidence", points=(*high, *reversed(low)), tooltip=about)
    for what, edge, line in zip(("lower limit", "upper limit"), edges, (low, high), strict=True):
        yield Polyline(style=f"limit {number + 1}", points=line, tooltip=_data(group, edge, what))


def curve(group: Group, number: int, scale: ValueAxis) -> Iterator[Mark]:
    """One curve with its ticks; where times are vague its two bounds, and the area between."""
    found, style = group.bounds, style_of(number)
    high = steps(found.high, found.longest, scale)
    low = steps(found.low, found.longest, scale)
    if not found.is_one:
        yield Area(style="allowed", points=(*high, *reversed(low)), tooltip=_about(group))
        yield Polyline(style=style, points=low, tooltip=_data(group, found.low, "lowest survival"))
    upper = "survival" if found.is_one else "highest survival"
    yield Polyline(style=style, points=high, tooltip=_data(group, found.high, upper))
    yield from _ticks(group, scale)


def _about(group: Group) -> str:
    return f"{group.name}: every curve that the dates of its {group.size} patients allow"


def _data(group: Group, points: Sequence[Point], what: str) -> str:
    values = "; ".join(f"{float(time):g}: {float(s * WHOLE):.1f} %" for time, s in points)
    return f"{group.name}, {what} by {group.unit}: {values}"


def _ticks(group: Group, scale: ValueAxis) -> Iterator[Mark]:
    """A tick for each censored patient; of a vague one at either end of its time."""
    for member in group.members:
        if member.observed.event is not False:
            continue
        one, found = member.observed, group.bounds
        yield _tick(member, one.latest, curve_at(found.high, one.latest), group, scale)
        if not found.is_one:
            yield _tick(member, one.earliest, curve_at(found.low, one.earliest), group, scale)


def _tick(
    member: Subject, time: Fraction, survival: Fraction, group: Group, scale: ValueAxis
) -> Marker:
    ways = (time_label(way.time, group.unit) for way in member.observed.ways)
    when = either(tuple(dict.fromkeys(ways)))
    return Marker(
        style="censored time",
        at=float(time),
        y=scale.y(float(survival * WHOLE)),
        size=TICK,
        tooltip=f"{member.tooltip}: censored at {when} {group.unit}".removeprefix(": "),
    )


def medians(groups: Sequence[Group], frame: Frame, scale: ValueAxis) -> Iterator[Mark]:
    """A line at one half to the last median, and one down from each; of a vague one two."""
    times = {
        float(time): group
        for group in groups
        for time in group.medians
        if time is not None and float(time) <= frame.high
    }
    if not times:
        return
    half = scale.y(WHOLE / 2)
    yield Polyline(style="median", points=((frame.low, half), (max(times), half)))
    for time, group in times.items():
        tooltip = f"{group.name}: median {group.median_in(group.unit)}"
        yield Polyline(style="median", points=((time, half), (time, scale.bottom)), tooltip=tooltip)


def names(
    groups: Sequence[Group], drawn: Sequence[Mark], frame: Frame, scale: ValueAxis
) -> Iterator[Mark]:
    """The name of each curve next to it, where it covers nothing; the key has the others."""
    lines = [line for mark in drawn if (line := mark.path(frame))]
    occupied = [_around(mark, frame) for mark in drawn if isinstance(mark, Marker)]
    within = Box(left=frame.left + 1.0, top=scale.top, right=frame.right, bottom=scale.bottom - 0.5)
    for group in groups:
        own = steps(group.bounds.high, group.bounds.longest, scale)
        box = free_place(_offers(group, own, frame), occupied, lines, within)
        if box is not None:
            occupied.append(box)
            middle = (box.top + box.bottom) / 2
            yield Label(text=group.name, size=SMALL, shift=box.left, y=middle)


def _around(mark: Marker, frame: Frame) -> Box:
    x, half = frame.x(mark.at), mark.size / 2
    return Box(left=x - 0.4, right=x + 0.4, top=mark.y - half, bottom=mark.y + half)


def _offers(group: Group, own: Steps, frame: Frame) -> Iterator[Box]:
    """Places close above the curve, then below it, from its end to its beginning."""
    text_width = width(group.name, SMALL) + 0.6
    half = SMALL * MM_PER_POINT * 0.55
    first, last = frame.x(own[0][0]), frame.x(own[-1][0])
    for off in _OFFSETS:
        for place in range(_PLACES, 0, -1):
            left = first + (last - first) * place / _PLACES - text_width
            y_of_curve = _over(own, frame, left)
            for y in (y_of_curve - off, y_of_curve + off):
                yield Box(left=left, right=left + text_width, top=y - half, bottom=y + half)


def _over(own: Steps, frame: Frame, x: float) -> float:
    """How far down a curve is at a millimetre of the page."""
    return ([y for time, y in own if frame.x(time) <= x] or [own[0][1]])[-1]
