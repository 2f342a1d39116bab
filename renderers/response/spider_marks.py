"""The marks of one patient in a spider plot: line, scans, and the sign of how the record ends."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from renderers.axes.values import ValueAxis
from renderers.response.trajectory import Point, Trajectory
from renderers.scene.geometry import range_with_caps
from renderers.scene.scene import Arrow, Frame, Mark, Marker, Polyline, RangeMark
from renderers.text.translation import translate
from timeline.terminology.criteria import PROGRESSIONS

FEW = 8  # patients whose scans all have a marker of their status
NAMED = 16  # patients who are named at their lines
_TURNS = PROGRESSIONS  # the first of each is shown of any number
_CAP = 0.7
_PLAIN: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class LineWidth:
    """How so many patients at the most are drawn: lengths in millimetres, and the line.

    ``new``: of the sign of a new lesion. ``marks_deaths``: whether a death has its sign, at its day
    and thus beyond the line.
    """

    most: float
    marker: float
    point: float
    new: float
    arrow: float
    thread: str
    marks_deaths: bool = True


_LINE_WIDTHS = (
    LineWidth(NAMED, 2.1, 1.6, 1.6, 4.0, "thread"),
    LineWidth(60, 1.8, 1.2, 1.6, 4.0, "thread of many"),
    LineWidth(math.inf, 1.2, 0.7, 1.1, 2.2, "thread of hundreds", marks_deaths=False),
)


def line_width(patients: int) -> LineWidth:
    """How so many patients are drawn."""
    return next(row for row in _LINE_WIDTHS if patients <= row.most)


def uses_arrow(threads: Sequence[Trajectory]) -> float:
    """Millimetres that arrows need beyond the last scan; 0 where there is none."""
    arrow = line_width(len(threads)).arrow
    return arrow if any(thread.goes_on for thread in threads) else 0.0


@attrs.frozen(kw_only=True)
class SpiderPlot:
    """Where and how the lines of so many patients are drawn.

    ``highlighted``: the names of those that are; empty: all. The others are thin grey lines.
    ``patients``: how many are drawn in full.
    ``styles``: the style of the line of each category. ``is_bridged``: whether a dashed line joins
    what a missed scan parts.
    """

    frame: Frame
    scale: ValueAxis
    patients: int
    styles: Mapping[str, str] = _PLAIN
    is_bridged: bool = False
    highlighted: frozenset[str] = frozenset()

    @property
    def width(self) -> LineWidth:
        return line_width(self.patients)

    def line_of(self, thread: Trajectory) -> str:
        """The style of the line of a patient."""
        return self.styles.get(thread.category, self.width.thread)

    def has_marker(self, point: Point, *, is_first: bool) -> bool:
        """Whether a scan has its marker: each, of few patients; else the first progression."""
        return bool(point.style) and (self.patients <= FEW or is_first)


def bridge_of(style: str) -> str:
    """The style of the line across a missed scan, of a patient whose line has a style."""
    return f"bridge of {style}"


def drawn_line(thread: Trajectory, plot: SpiderPlot) -> Iterator[Mark]:
    """The line of a patient, its scans, and its end."""
    scale, width = plot.scale, plot.width
    if plot.highlighted and thread.name not in plot.highlighted:
        yield from _grey(thread, plot)
        return
    for before, after in thread.gaps if plot.is_bridged else ():
        points = tuple((point.at, scale.y(point.middle)) for point in (before, after))
        style = plot.styles.get(thread.category)
        bridge = bridge_of(style) if style else "bridge"
        yield Polyline(style=bridge, points=points, tooltip=thread.tooltip)
    for run in thread.runs:
        if len(run) > 1:
            points = tuple((point.at, scale.y(point.middle)) for point in run)
            yield Polyline(style=plot.line_of(thread), points=points, tooltip=thread.tooltip)
    shown: set[str] = set()
    for point in thread.points[1:]:
        if point.change is not None:
            is_first = point.style in _TURNS and point.style not in shown
            shown.add(point.style)
            yield from _scan(point, plot, has_marker=plot.has_marker(point, is_first=is_first))
    began = thread.points[0]
    yield Marker(
        style=began.style, at=began.at, y=scale.y(0.0), size=width.point, tooltip=began.tooltip
    )
    yield from _end(thread, plot)


def _grey(thread: Trajectory, plot: SpiderPlot) -> Iterator[Mark]:
    """The line of a patient beside those that are highlighted, without its scans and its end."""
    for run in thread.runs:
        if len(run) > 1:
            points = tuple((point.at, plot.scale.y(point.middle)) for point in run)
            yield Polyline(style="thread of others", points=points, tooltip=thread.tooltip)


def _scan(point: Point, plot: SpiderPlot, *, has_marker: bool) -> Iterator[Mark]:
    """The marker of a scan over the range of its time and of its change, and the signs at it."""
    if point.change is None:
        return
    scale, width = plot.scale, plot.width
    y = scale.y(point.middle)
    if not point.time.is_point:
        low, high = float(point.time.low), float(point.time.high)
        yield RangeMark(style="range", low=low, high=high, y=y, tooltip=point.tooltip)
    if not point.change.is_point:
        is_open = point.change.high > scale.high
        top = scale.y(scale.high if is_open else float(point.change.high))
        bottom = scale.y(float(point.change.low))
        ends = range_with_caps(point.at, top, bottom, plot.frame.days(_CAP), open_top=is_open)
        yield Polyline(style="value range", points=ends, tooltip=point.tooltip)
    style, size = (point.style, width.marker) if has_marker else ("measured", width.point)
    yield Marker(style=style, at=point.at, y=y, size=size, tooltip=point.tooltip)
    above = y - width.marker / 2 - width.new / 2 - 0.3
    for place, sign in enumerate(point.signs):
        shift = (place - (len(point.signs) - 1) / 2) * (width.new + 0.3)
        yield Marker(
            style=sign, at=point.at, shift=shift, y=above, size=width.new, tooltip=point.tooltip
        )


def _end(thread: Trajectory, plot: SpiderPlot) -> Iterator[Mark]:
    """The arrow of what goes on, or a death at its day, level with the last scan."""
    last = thread.last
    y = plot.scale.y(last.middle)
    if thread.goes_on:
        yield Arrow(
            style="ongoing", at=last.at, length=plot.width.arrow, y=y, tooltip=thread.tooltip
        )
    if thread.death is not None and plot.width.marks_deaths:
        low, high = float(thread.death.low), float(thread.death.high)
        tooltip = f"{thread.name}: {translate('death')}"
        open_range = RangeMark(
            style="unmeasured", low=last.at, high=low, open_low=True, open_high=True
        )
        yield attrs.evolve(open_range, y=y, tooltip=tooltip)
        if low < high:
            yield RangeMark(style="range", low=low, high=high, y=y, tooltip=tooltip)
        yield Marker(
            style="death", at=(low + high) / 2, y=y, size=plot.width.marker, tooltip=tooltip
        )
