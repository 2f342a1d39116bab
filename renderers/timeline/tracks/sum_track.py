"""The sum of diameters over time: a curve for each measured line, with its thresholds.

The response threshold of a criterion counts from the baseline of the line, that of progression
from its nadir, so the line of progression falls with the curve. Each scan has the marker of its
response.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from renderers.axes.calendar_page import PageSection, TimelinePage
from renderers.axes.values import ValueAxis, signed
from renderers.layout.date_ranges import marker_with_range
from renderers.scene.geometry import Points, range_with_caps
from renderers.scene.scene import Mark, Polyline, RangeMark
from renderers.text.translation import translate
from renderers.timeline.drawing import Drawing
from renderers.timeline.tracks.sum_curves import SumCurve, SumPoint, curves
from renderers.timeline.tracks.value_track import (
    SCALE,
    TrackLabel,
    axis_marks,
    nice_top,
    placed_labels,
)
from timeline.core.span import NEVER_ENDS
from timeline.terminology.criteria import meaning
from timeline.terminology.response_codes import Code

HEIGHT = 18.0  # millimetres from the bottom to the top of the track
_TOP = 3.2
_BOTTOM = 2.2
_CAP = 0.7  # half the width of the caps of a range of sums, millimetres
_MOST_LABELLED = 10  # scans of a line; of more, only those at which the response changes


def sum_tracks(drawing: Drawing) -> Iterator[PageSection]:
    """A track of the sums in millimetres, and one of changes of which only percents are known."""
    found = curves(drawing)
    for in_mm, title in ((True, "Sum of diameters (mm)"), (False, "Change of the sum (%)")):
        mine = [curve for curve in found if curve.in_mm == in_mm]
        if mine:
            yield _section(translate(title), mine, drawing.page)


def _section(title: str, found: Sequence[SumCurve], page: TimelinePage) -> PageSection:
    axis = _axis(found)
    judged = {(id(p.scan), p.sums) for curve in found for p in curve.points if p.is_judged}
    height = _TOP + HEIGHT + _BOTTOM
    marks: list[Mark] = list(axis_marks(axis, page))
    labels: list[TrackLabel] = []
    lines: list[Points] = []
    for curve in found:
        marks += _thresholds(curve, axis)
        marks += _lines(curve, axis)
        shown = [p for p in curve.points if p.is_judged or (id(p.scan), p.sums) not in judged]
        marks += _markers(shown, axis, page)
        labels += _labels(curve, axis)
    labels += _threshold_labels(found[-1], axis)
    lines = [mark.path(page.frame) for mark in marks if isinstance(mark, Polyline | RangeMark)]
    marks += placed_labels(labels, marks, lines, page, height)
    return PageSection(title, height, tuple(marks), inset=SCALE)


def _axis(found: Sequence[SumCurve]) -> ValueAxis:
    heights = [point.highest for curve in found for point in curve.points]
    heights += [limit for curve in found for _, _, limit in curve.progression]
    if all(curve.in_mm for curve in found):
        return ValueAxis(low=0.0, high=nice_top(max(heights)), top=_TOP, bottom=_TOP + HEIGHT)
    top = max(25.0, nice_top(max(heights)))
    return ValueAxis(low=-100.0, high=top, top=_TOP, bottom=_TOP + HEIGHT)


def _thresholds(curve: SumCurve, axis: ValueAxis) -> Iterator[Mark]:
    first, last = curve.points[0].dates.at, curve.points[-1].dates.at
    if curve.response is not None and first < last:
        yield RangeMark(
            style="sum threshold", low=first, high=last, y=axis.y(curve.response),
            open_low=True, open_high=True,
        )  # fmt: skip
    steps = [point for start, end, limit in curve.progression
             for point in ((start, axis.y(limit)), (end, axis.y(limit)))]  # fmt: skip
    if steps:
        yield Polyline(style="sum threshold", points=tuple(steps))


def _lines(curve: SumCurve, axis: ValueAxis) -> Iterator[Mark]:
    """From scan to scan; no line passes a scan at which the sum is not one number."""
    for one, other in pairwise(curve.points):
        if one.is_measured and other.is_measured:
            ends = tuple((p.dates.at, axis.y(p.value)) for p in (one, other))
            yield Polyline(style="track", points=ends)


def _markers(points: Sequence[SumPoint], axis: ValueAxis, page: TimelinePage) -> Iterator[Mark]:
    """The markers; a baseline that the line before judges has the marker of its response alone."""
    for point in points:
        if not point.is_measured:
            top = axis.top if point.sums.high == NEVER_ENDS else axis.y(float(point.sums.high))
            bottom = axis.y(float(point.sums.low))
            caps = range_with_caps(point.dates.at, top, bottom, page.frame.days(_CAP),
                                   open_top=point.sums.high == NEVER_ENDS)  # fmt: skip
            yield Polyline(style="value range", points=caps, tooltip=point.tooltip)
        found = marker_with_range(point.dates, point.style, tooltip=point.tooltip)
        yield from (mark.shifted(axis.y(point.value)) for mark in found)


def _labels(curve: SumCurve, axis: ValueAxis) -> Iterator[TrackLabel]:
    """The baseline, and each scan; of many scans those at which the response changes."""
    many = len(curve.points) > _MOST_LABELLED
    before, nadir = "", curve.points[0].value
    for number, point in enumerate(curve.points):
        changes = point.style != before or number == len(curve.points) - 1
        text = _since_nadir(point, nadir, in_mm=curve.in_mm) or point.label
        before, nadir = point.style, min(nadir, point.value) if point.is_measured else nadir
        if text and (changes or not many):
            yield TrackLabel(
                at=point.dates.at, y=axis.y(point.value), text=text, reach=point.dates.ends,
                short=text.partition(" ")[0] if point.is_judged else "",
            )  # fmt: skip


def _since_nadir(point: SumPoint, nadir: float, *, in_mm: bool) -> str:
    """The label of a progression by size: its change from the nadir, which it is judged by."""
    base = nadir if in_mm else 100 + nadir
    if meaning(point.style) not in (Code.PD, Code.UPD) or not point.is_measured or base <= 0:
        return ""
    change = (point.value - nadir) / base * 100
    if change <= 0:
        return ""
    number = f"{signed(float(round(change)))} %"
    return f"{point.style} {translate('{percent} from nadir', percent=number)}"


def _threshold_labels(curve: SumCurve, axis: ValueAxis) -> Iterator[TrackLabel]:
    """The percents at the right ends of the lines; the caption has them as well."""
    limits, last = curve.thresholds, curve.points[-1].dates.at
    if limits is None:
        return
    ends = [(curve.response, -limits.response_percent)]
    ends += [(limit, limits.progression_percent) for _, _, limit in curve.progression[-1:]]
    for value, percent in ends:
        if value is not None:
            yield TrackLabel(
                at=last, y=axis.y(value), text=f"{signed(percent)} %", reach=(last, last),
                is_close=True,
            )  # fmt: skip
