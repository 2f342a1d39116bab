"""The bands around survival curves: each in the hue of its curve, and where two overlap.

No transparency, which some journals' formats do not take: an overlap is an area of its own, in the
colour that the two would have one over the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from operator import itemgetter

import attrs

from renderers.axes.values import ValueAxis
from renderers.scene.colours import BLACK, over, tint
from renderers.scene.scene import Area, Mark, Polyline
from renderers.scene.styles import STYLES, Style
from renderers.survival.groups import Group, Points
from renderers.survival.key import style_of

_SHARE, _OF_BLACK = 0.2, 0.13  # of the hue in a band
WHOLE = 100
Steps = tuple[tuple[float, float], ...]


def steps(points: Points, end: Fraction, scale: ValueAxis) -> Steps:
    """A curve as corners, from its first point to the last time of its patients."""
    corners = [(float(points[0][0]), scale.y(float(points[0][1] * WHOLE)))]
    for before, point in pairwise(points):
        time = float(point[0])
        corners += [(time, scale.y(float(share * WHOLE))) for share in (before[1], point[1])]
    return (*corners, (float(end), corners[-1][1]))


def curve_data(group: Group, points: Points, what: str) -> str:
    """The tooltip of a curve: its values."""
    values = "; ".join(f"{float(time):g}: {float(s * WHOLE):.1f} %" for time, s in points)
    return f"{group.name}, {what} by {group.unit}: {values}"


@attrs.frozen
class Band:
    """What lies between two curves: its style, the number of its curve, its edges, where it ends.

    ``confidence``: the limits of a curve. ``allowed``: every curve that vague times allow.
    """

    style: str
    group: Group
    number: int
    low: Points
    high: Points
    end: Fraction

    @classmethod
    def limits(cls, group: Group, number: int) -> Band:
        """The limits of a group with exact times."""
        first = (Fraction(0), 0.0 if group.is_incidence else 1.0)
        low, high = (
            (first, *((time, limits[side]) for time, *limits in group.pointwise)) for side in (0, 1)
        )
        empty = (at for at, survival in group.points[0] if not group.is_incidence and not survival)
        end = next(empty, group.bounds.longest)
        return cls("confidence", group, number, low, high, end)

    @classmethod
    def allowed(cls, group: Group, number: int) -> Band:
        """The curves that vague times allow."""
        return cls("allowed", group, number, *group.points, group.bounds.longest)

    def at(self, time: Fraction) -> tuple[float, float]:
        """Its lower and upper edge from a time on."""
        low, high = (
            float(edge[bisect_right(edge, time, key=itemgetter(0)) - 1][1])
            for edge in (self.low, self.high)
        )
        return low, high

    @property
    def times(self) -> set[Fraction]:
        return {when for edge in (self.low, self.high) for when, _ in edge} | {self.end}

    @property
    def about(self) -> str:
        """Its tooltip."""
        if self.style == "allowed":
            size = self.group.size
            return f"{self.group.name}: every curve that the dates of its {size} patients allow"
        what = "incidence" if self.group.is_incidence else "survival"
        return (
            f"{self.group.name}: 95 % limits of {what} at each time, {self.group.conf_type} scale"
        )


def bands(groups: Sequence[Group], styles: Sequence[Style], scale: ValueAxis) -> Iterator[Mark]:
    """The bands of all curves, then what two of them share, then the edges of limits."""
    numbered = list(enumerate(groups))
    drawn = [
        *(Band.limits(group, number) for number, group in numbered if group.band),
        *(Band.allowed(group, number) for number, group in numbered if not group.is_one),
    ]
    fills = {each.number: _pale(styles[each.number].edge) for each in drawn}
    for each in drawn:
        low, high = (steps(edge, each.end, scale) for edge in (each.low, each.high))
        yield Area(style=each.style, fill=fills[each.number], points=(*high, *reversed(low)),
                   tooltip=each.about)  # fmt: skip
    for one, other in combinations(drawn, 2):
        fill = over(fills[one.number], fills[other.number])
        for points in _shared(one, other, scale):
            yield Area(style=one.style, fill=fill, points=points, tooltip=_both(one, other))
    for each in drawn:
        edges = (("lower limit", each.low), ("upper limit", each.high))
        for what, edge in edges if each.style == "confidence" else ():
            yield Polyline(style=f"limit {each.number + 1}", points=steps(edge, each.end, scale),
                           tooltip=curve_data(each.group, edge, what))  # fmt: skip


def _both(one: Band, other: Band) -> str:
    """The tooltip of an overlap; with it the overlap is above the bands in a page to explore."""
    return f"{one.group.name} and {other.group.name}: their ranges overlap"


def _pale(colour: str) -> str:
    return tint(colour, _OF_BLACK if colour == BLACK else _SHARE)


def _shared(one: Band, other: Band, scale: ValueAxis) -> Iterator[Steps]:
    """What two bands share: an area for each stretch of time in which they overlap."""
    end = min(one.end, other.end)
    times = sorted(time for time in one.times | other.times if time <= end)
    top: list[tuple[float, float]] = []
    bottom: list[tuple[float, float]] = []
    for start, stop in pairwise(times):
        limits = one.at(start), other.at(start)
        low, high = max(each[0] for each in limits), min(each[1] for each in limits)
        if low >= high and top:
            yield (*top, *reversed(bottom))
            top, bottom = [], []
        elif low < high:
            ends = float(start), float(stop)
            top += [(time, scale.y(high * WHOLE)) for time in ends]
            bottom += [(time, scale.y(low * WHOLE)) for time in ends]
    if top:
        yield (*top, *reversed(bottom))


def coloured(groups: Sequence[Group], colours: dict[str, tuple[str, str]]) -> tuple[Style, ...]:
    """The style of each curve and of its limits: its dash by its place, its hue by its name.

    Args:
        groups: the curves.
        colours: of each arm the fill of its name in a palette, or nothing; and its line.
    """
    found = []
    for number, group in enumerate(groups):
        name = group.arm or group.name
        fill, line = colours[name]
        style = STYLES[style_of(number)]
        named = name if fill else ""
        found.append(attrs.evolve(style, edge=line, fill=fill or style.fill, named=named))
    limits = (attrs.evolve(STYLES[f"limit {number + 1}"], edge=row.edge)
              for number, row in enumerate(found))  # fmt: skip
    return (*found, *limits)
