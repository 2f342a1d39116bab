"""Survival curves in a plot: steps, censor ticks, medians, names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import itemgetter

from renderers.axes.elapsed import time_label
from renderers.axes.values import ValueAxis
from renderers.layout.free_space import free_place
from renderers.scene.geometry import Box
from renderers.scene.scene import SMALL, Frame, Label, Mark, Marker, Polyline
from renderers.scene.text_metrics import MM_PER_POINT, width
from renderers.survival.bands import WHOLE, Steps, curve_data, steps
from renderers.survival.groups import Group, Points, Subject
from renderers.survival.key import style_of
from renderers.survival.numbers.estimates import median_range, quantile_in
from renderers.text.translation import either

TICK = 1.9  # millimetres of a censor tick
_PLACES = 24  # along a curve, at which its name is tried
_CLEARLY = 2.0  # times as far from every other curve as from its own
_OFFSETS = (1.6, 2.6, 3.8, 5.0)  # millimetres from a curve to its name


def curve_at(points: Points, time: Fraction) -> Fraction | float:
    """The share at a time."""
    return points[bisect_right(points, time, key=itemgetter(0)) - 1][1]


def curve(group: Group, number: int, scale: ValueAxis) -> Iterator[Mark]:
    """One curve with its ticks; where times are vague its two bounds."""
    (lowest, highest), style = group.points, style_of(number)
    high, low = (steps(points, group.bounds.longest, scale) for points in (highest, lowest))
    what = "incidence" if group.is_incidence else "survival"
    if not group.is_one:
        tooltip = curve_data(group, lowest, f"lowest {what}")
        yield Polyline(style=style, points=low, tooltip=tooltip)
        what = f"highest {what}"
    yield Polyline(style=style, points=high, tooltip=curve_data(group, highest, what))
    yield from _ticks(group, scale)


def _ticks(group: Group, scale: ValueAxis) -> Iterator[Mark]:
    """A tick for each censored patient; of a vague one at either end of its time."""
    low, high = group.points
    for member in group.members if not group.same_patients else ():
        one = member.observed
        if one.event is not False or any(way.competing for way in one.ways):
            continue
        yield _tick(member, one.latest, curve_at(high, one.latest), group, scale)
        if not group.is_one:
            yield _tick(member, one.earliest, curve_at(low, one.earliest), group, scale)


def _tick(
    member: Subject, time: Fraction, share: Fraction | float, group: Group, scale: ValueAxis
) -> Marker:
    ways = (time_label(way.time, group.unit) for way in member.observed.ways)
    when = either(tuple(dict.fromkeys(ways)))
    return Marker(
        style="censored time",
        at=float(time),
        y=scale.y(float(share * WHOLE)),
        size=TICK,
        tooltip=f"{member.tooltip}: censored at {when} {group.unit}".removeprefix(": "),
    )


def medians(groups: Sequence[Group], frame: Frame, scale: ValueAxis) -> Iterator[Mark]:
    """A line at one half to the last median, and one down from each; of a vague one two."""
    times = {
        float(time): group
        for group in groups
        if not group.is_incidence
        for time in median_range(group)
        if time is not None and float(time) <= frame.high
    }
    if not times:
        return
    half = scale.y(WHOLE / 2)
    yield Polyline(style="median", points=((frame.low, half), (max(times), half)))
    for time, group in times.items():
        tooltip = f"{group.name}: median {quantile_in(group, unit=group.unit)}"
        yield Polyline(style="median", points=((time, half), (time, scale.bottom)), tooltip=tooltip)


def names(
    groups: Sequence[Group], drawn: Sequence[Mark], frame: Frame, scale: ValueAxis
) -> tuple[Mark, ...]:
    """The name of each curve next to it, where it covers nothing and is far from the others.

    Where one of them has no such place there is none: the key names every curve, and a reader
    would take a name for that of the nearest curve.
    """
    lines = [line for mark in drawn if (line := mark.path(frame))]
    occupied = [_around(mark, frame) for mark in drawn if isinstance(mark, Marker)]
    within = Box(left=frame.left + 1.0, top=scale.top, right=frame.right, bottom=scale.bottom - 0.5)
    paths = [steps(group.points[1], group.bounds.longest, scale) for group in groups]
    found: list[Mark] = []
    for group, own in zip(groups, paths, strict=True):
        others = [path for path in paths if path is not own]
        offers = (
            box
            for box in _offers(group, own, frame)
            if all(_CLEARLY * _apart(box, own, frame) <= _apart(box, path, frame)
                   for path in others)
        )  # fmt: skip
        box = free_place(offers, occupied, lines, within)
        if box is None:
            return ()
        occupied.append(box)
        middle = (box.top + box.bottom) / 2
        found.append(Label(text=group.name, size=SMALL, shift=box.left, y=middle))
    return tuple(found)


def _apart(box: Box, path: Steps, frame: Frame) -> float:
    """How far a text is from a curve, up or down, where it is nearest."""
    middle = (box.top + box.bottom) / 2
    places = (box.left, (box.left + box.right) / 2, box.right)
    return min(abs(_over(path, frame, x) - middle) for x in places)


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
    reached = bisect_right(own, x, key=lambda corner: frame.x(corner[0]))
    return own[max(reached - 1, 0)][1]
