"""The markers of a lane: on the bar, and where they would touch on two levels within the lane."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import attrs

from renderers.layout.date_ranges import DateRange, range_mark
from renderers.layout.packing import Stretch, pack_levels
from renderers.scene.markers import LEAST_LETTER, SHAPES
from renderers.scene.scene import Frame, Mark, Marker, Polyline, VerticalLine
from renderers.scene.styles import STYLES
from renderers.swimmer.lane import LaneMarker
from renderers.swimmer.lanes.lane_style import GAP, LaneStyle
from timeline.core.frozen_class import frozen

_MOST_ASIDE = 12  # markers to either side
_APART = 0.6  # millimetres between the ranges of two dates


@frozen
class _Place:
    """Where a marker is: its size, its middle below the top of the lane, its shift aside."""

    size: float
    y: float
    shift: float = 0.0


def is_ranged(dates: DateRange, frame: Frame, size: float) -> bool:
    """Whether a range is drawn: only one that is wider than the marker at its middle."""
    return not dates.is_point and frame.x(dates.high) - frame.x(dates.low) > size


def range_levels(markers: Sequence[LaneMarker], frame: Frame, style: LaneStyle) -> int:
    """How many levels the ranges of the dates of a lane need."""
    levels = _levels(_ranged(markers, frame, style), frame)
    return max(levels, default=-1) + 1


def _ranged(markers: Sequence[LaneMarker], frame: Frame, style: LaneStyle) -> list[LaneMarker]:
    """The markers with a range that is drawn; on compact lanes ranges are in the data alone."""
    if style.compact:
        return []
    return [each for each in markers if is_ranged(each.dates, frame, style.marker)]


def _levels(ranged: Sequence[LaneMarker], frame: Frame) -> list[int]:
    spans = [[(frame.x(each.dates.low), frame.x(each.dates.high))] for each in ranged]
    return [level for level, _ in pack_levels(spans, _APART)]


def stacked(
    markers: Sequence[LaneMarker], frame: Frame, style: LaneStyle
) -> tuple[list[Mark], float]:
    """Markers at their days, with the ranges of their dates below the bar.

    A marker that touches no other is on the middle of the bar. Those that would touch are on two
    levels within the lane, smaller if it is low; a third at the same place is aside, on a leader
    to its day. Only what fits on neither level is below the lane.

    Returns:
        The marks, and the height that they need, without the space around a lane.

    """
    marks: list[Mark] = []
    places = _places(markers, frame, style)
    for marker, place in zip(markers, places, strict=True):
        marks += _marker(marker, place, frame, style)
    ranged = _ranged(markers, frame, style)
    marks += [
        range_mark(marker.dates, style.first_range + style.range_pitch * level, marker.tooltip)
        for marker, level in zip(ranged, _levels(ranged, frame), strict=True)
    ]
    marks += [
        attrs.evolve(range_mark(each.dates, style.middle, each.tooltip), style="same range")
        for each in markers
        if not each.dates.is_point and each not in ranged
    ]
    lowest = max((place.y + place.size / 2 for place in places), default=0.0)
    return marks, max(style.height, lowest - style.around)


def _places(markers: Sequence[LaneMarker], frame: Frame, style: LaneStyle) -> list[_Place]:
    """The place of each marker; the most exact date is placed first, then the earliest."""
    dates = [each.dates for each in markers]
    halves = [SHAPES[STYLES[each.style].shape].half_width for each in markers]
    days = [frame.x(each.at) for each in dates]
    size = style.crowded_marker
    found: dict[int, _Place] = {}
    taken: list[list[Stretch]] = [[], []]
    crowded = set(range(len(days)))
    for large in (style.marker, size):  # those that touch no other one are on the middle
        stretches = [
            _stretch(x, halves[n] * (large if n in crowded else style.marker))
            for n, x in enumerate(days)
        ]
        touching = _touching(stretches) & crowded
        for number in crowded - touching:
            found[number] = _Place(large, style.middle)
            for there in taken:
                there.append(stretches[number])
        crowded = touching
    for number in sorted(crowded, key=lambda n: (dates[n].high - dates[n].low, dates[n].at)):
        x = days[number]
        level, shift = _free(x, taken, frame, size)
        taken[level].append(_stretch(x + shift, halves[number] * size))
        found[number] = _Place(size, _level_middle(level, style), shift)
    return [found[number] for number in range(len(dates))]


def _level_middle(level: int, style: LaneStyle) -> float:
    """The middle of a level: above and below the middle of the bar, then below the lane."""
    step = style.crowded_marker + GAP
    return style.middle + (level - 0.5) * step


def _stretch(x: float, size: float) -> Stretch:
    return x - size / 2, x + size / 2


def _touching(stretches: Sequence[Stretch]) -> set[int]:
    """The numbers of the markers that would touch another one, or nearly so."""
    order = sorted(range(len(stretches)), key=lambda n: stretches[n])
    found: set[int] = set()
    reach, last = -math.inf, -1
    for number in order:
        low, high = stretches[number]
        if low < reach + GAP / 2:
            found |= {number, last}
        if high > reach:
            reach, last = high, number
    return found


def _free(x: float, taken: list[list[Stretch]], frame: Frame, size: float) -> tuple[int, float]:
    """The nearest free place of a marker: its level, and its shift aside in millimetres."""
    sides = sorted(range(-_MOST_ASIDE, _MOST_ASIDE + 1), key=lambda n: (abs(n), -n))
    levels = 2
    while True:
        for aside in sides:
            shift = aside * (size + GAP)
            low, high = _stretch(x + shift, size)
            if aside and not (frame.left <= low and high <= frame.right + size):
                continue
            for level in range(levels - 2, levels):
                if all(high + GAP / 2 <= a or b + GAP / 2 <= low for a, b in taken[level]):
                    return level, shift
        levels += 2
        taken += [[], []]


def _legible(style: str, size: float) -> str:
    """The style of a marker of some size: without its letter where that would be too small."""
    return "stop" if SHAPES[STYLES[style].shape].letter and size < LEAST_LETTER else style


def _marker(marker: LaneMarker, place: _Place, frame: Frame, style: LaneStyle) -> Iterator[Mark]:
    """The marker at its place; aside or below the lane with a leader to its day."""
    at = marker.dates.at
    if place.shift:
        points = ((at, style.middle), (at + frame.days(place.shift), place.y))
        yield Polyline(style="leader", points=points)
    elif place.y > style.middle + style.crowded_marker + GAP:
        yield VerticalLine(style="leader", at=at, last=0, y=style.middle, bottom=place.y)
    yield Marker(
        style=_legible(marker.style, place.size),
        at=at,
        shift=place.shift,
        size=place.size,
        y=place.y,
        tooltip=marker.tooltip,
    )
