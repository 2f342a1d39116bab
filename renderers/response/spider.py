"""The spider plot: the change of the target sum from baseline, scan by scan, a line a patient.

Every line begins at (0, 0 %), runs over the true days of its scans, and is broken where a scan
was missed or its sum is not known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.elapsed import elapsed_axis
from renderers.axes.values import ValueAxis, signed
from renderers.backends.pages import fit_to_page
from renderers.response.captions import SHOWN, UNMEASURED, line_drawn, record_ends
from renderers.response.change_axis import (
    LEFT,
    LOWEST,
    MARGIN,
    TITLE,
    change_axis,
    check_width,
    nothing_measured,
    up_to,
)
from renderers.response.line_labels import names
from renderers.response.thresholds import numbers, pairs_of, threshold_sentence
from renderers.response.trajectory import Point, Trajectory, trajectory_of
from renderers.response.unmeasured_scans import BELOW, markers_below, unmeasured_scans
from renderers.scene.geometry import range_with_caps
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import (
    Arrow,
    Frame,
    Mark,
    Marker,
    Polyline,
    RangeMark,
    Row,
    Scene,
)
from renderers.text.translation import localized, translate, translate_count
from timeline.core.calendar.durations import days_per
from timeline.core.span import NEVER_ENDS
from timeline.endpoints.derived_case import DerivedCase
from timeline.terminology.criteria import PROGRESSIONS

_HIGHEST, _SHARE = 80.0, 0.66  # of the plot at the most; of its width
_FEW = 8  # patients whose scans all have a marker of their status
_NAMED = 16  # patients who are named at their lines
_NEW = 1.6  # millimetres of the marker of a new lesion
_TURNS = PROGRESSIONS  # the first of each is shown of any number
_ARROW = 4.0
_CAP = 0.7


@attrs.frozen
class LineStyle:
    """How so many patients at the most are drawn: signs and points in millimetres, and the line."""

    most: float
    marker: float
    point: float
    thread: str


_LINE_STYLES = (
    LineStyle(_NAMED, 2.1, 2.1, "thread"),
    LineStyle(60, 1.8, 1.4, "thread of many"),
    LineStyle(math.inf, 1.4, 0.7, "thread of hundreds"),
)


@attrs.frozen(kw_only=True)
class SpiderPlot:
    """Where and how the lines of so many patients are drawn."""

    frame: Frame
    scale: ValueAxis
    patients: int

    @property
    def style(self) -> LineStyle:
        return next(line_style for line_style in _LINE_STYLES if self.patients <= line_style.most)

    def has_marker(self, point: Point, *, is_first: bool) -> bool:
        """Whether a scan has its marker: each, of few patients; else the first progression."""
        return bool(point.style) and (self.patients <= _FEW or is_first)


@localized
def spider(
    cases: Sequence[DerivedCase],
    page: Page = DEFAULT_PAGE,
    *,
    line: int | None = None,
    unit: str = "months",
) -> Scene:
    """The lines of all patients with measured targets on ``line``, or their first such.

    Raises:
        ValueError: no patient has measured targets, the unit is unknown, or the page is too narrow.

    """
    size = days_per(unit)
    found = [trajectory_of(derived, line, size) for derived in cases]
    threads = [thread for thread in found if thread]
    if not threads:
        raise nothing_measured(cases)
    right = page.width - MARGIN
    check_width(right - LEFT, page)
    arrow = _ARROW if any(thread.goes_on for thread in threads) else 0.0
    longest = max(thread.longest for thread in threads)
    axis = elapsed_axis(longest, unit, right - LEFT - arrow)
    frame = axis.frame(LEFT, right)
    if arrow and frame.x(longest) + arrow > right:
        axis = elapsed_axis(axis.high + axis.step, unit, right - LEFT)
        frame = axis.frame(LEFT, right)
    since = (
        translate("start of treatment line {number}", number=line)
        if line
        else translate("start of treatment line")
    )
    empty = Scene(
        name=f"spider of {len(threads)} patients",
        alt=_alt(threads, len(cases)),
        caption=_caption(threads, cases, line),
        width=page.width,
        frame=frame,
        rows=(Row("axis", 8.5),),
        marks=(),
        axes=(axis.axis(len(_below(threads, frame)) + 1, since),),
    )
    highest = min(_HIGHEST, _SHARE * (right - LEFT))
    return fit_to_page(lambda height: _filled(empty, threads, height), highest, page)


def _filled(empty: Scene, threads: Sequence[Trajectory], height: float) -> Scene:
    """The scene with its plot of so many millimetres."""
    frame, scale = empty.frame, _scale(threads, height)
    plot = SpiderPlot(frame=frame, scale=scale, patients=len(threads))
    drawn = list(change_axis(translate("Change from baseline, %"), frame, scale, pairs_of(threads)))
    drawn += [mark for thread in threads for mark in _drawn(thread, plot)]
    named = names(threads, drawn, frame, scale) if len(threads) <= _NAMED else ()
    off_scale = _below(threads, frame)
    rows = (Row("plot", scale.bottom), *(row for row, _ in off_scale), *empty.rows)
    off = (mark.on_row(n) for n, (_, marks) in enumerate(off_scale, start=1) for mark in marks)
    return attrs.evolve(empty, rows=rows, marks=(*drawn, *named, *off))


def _below(threads: Sequence[Trajectory], frame: Frame) -> list[tuple[Row, list[Mark]]]:
    """The rows of what is reported without a size."""
    size = next(line_style for line_style in _LINE_STYLES if len(threads) <= line_style.most).marker
    return list(markers_below(unmeasured_scans(threads), frame, size, named=len(threads) > 1))


def _scale(threads: Sequence[Trajectory], height: float) -> ValueAxis:
    """Percent from -100 up to all that is known, rounded up to a whole step."""
    ends = [
        float(end)
        for thread in threads
        for point in thread.points
        if point.change is not None
        for end in (point.change.low, point.change.high)
        if end != NEVER_ENDS
    ]
    high = up_to(max(ends))
    top = TITLE + 3.4
    return ValueAxis(low=LOWEST, high=high, top=top, bottom=top + height)


def _drawn(thread: Trajectory, plot: SpiderPlot) -> Iterator[Mark]:
    scale, line_style = plot.scale, plot.style
    for run in thread.runs:
        if len(run) > 1:
            points = tuple((point.at, scale.y(point.middle)) for point in run)
            yield Polyline(style=line_style.thread, points=points, tooltip=thread.tooltip)
    shown: set[str] = set()
    for point in thread.points[1:]:
        if point.change is not None:
            is_first = point.style in _TURNS and point.style not in shown
            shown.add(point.style)
            yield from _scan(point, plot, has_marker=plot.has_marker(point, is_first=is_first))
    began = thread.points[0]
    yield Marker(
        style=began.style, at=0.0, y=scale.y(0.0), size=line_style.point, tooltip=began.tooltip
    )
    yield from _end(thread, plot)


def _scan(point: Point, plot: SpiderPlot, *, has_marker: bool) -> Iterator[Mark]:
    """The marker of a scan over the range of its time and of its change, and of a new lesion."""
    if point.change is None:
        return
    scale, line_style = plot.scale, plot.style
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
    style, size = (point.style, line_style.marker) if has_marker else ("measured", line_style.point)
    yield Marker(style=style, at=point.at, y=y, size=size, tooltip=point.tooltip)
    if point.has_new:
        above = y - line_style.marker / 2 - _NEW / 2 - 0.3
        yield Marker(style="new lesion", at=point.at, y=above, size=_NEW, tooltip=point.tooltip)


def _end(thread: Trajectory, plot: SpiderPlot) -> Iterator[Mark]:
    """The arrow of what goes on, or a death at its day, level with the last scan."""
    last = thread.last
    y = plot.scale.y(last.middle)
    if thread.goes_on:
        yield Arrow(style="ongoing", at=last.at, length=_ARROW, y=y, tooltip=thread.tooltip)
    if thread.death is not None:
        low, high = float(thread.death.low), float(thread.death.high)
        tooltip = f"{thread.name}: death"
        open_range = RangeMark(
            style="unmeasured", low=last.at, high=low, open_low=True, open_high=True
        )
        yield attrs.evolve(open_range, y=y, tooltip=tooltip)
        if low < high:
            yield RangeMark(style="range", low=low, high=high, y=y, tooltip=tooltip)
        yield Marker(
            style="death", at=(low + high) / 2, y=y, size=plot.style.marker, tooltip=tooltip
        )


def _alt(threads: Sequence[Trajectory], total: int) -> str:
    ends = [thread.last.middle for thread in threads]
    return translate(
        _ALT,
        drawn=len(threads),
        given=total,
        low=signed(round(min(ends), 1)),
        high=signed(round(max(ends), 1)),
        **numbers(pairs_of(threads)),
        shrunk=sum(thread.shrunk for thread in threads),
        grown=sum(thread.grown for thread in threads),
        new=sum(any(point.has_new for point in thread.points) for thread in threads),
        on=sum(thread.goes_on for thread in threads),
        died=sum(thread.death is not None for thread in threads),
    )


_ALT = (
    "Spider plot of the change from baseline in target lesions. Patients shown: {drawn} of "
    "{given}. Change at the last scan: {low} to {high} %. Decrease of {below} % or more at any "
    "scan: {shrunk}; increase of {above} % or more: {grown}; new lesion: {new}; treatment "
    "ongoing: {on}; died on the line: {died}."
)
_BEGINS = "Each curve starts at 0 at the start of treatment; the baseline scan preceded it."


def _caption(threads: Sequence[Trajectory], cases: Sequence[DerivedCase], line: int | None) -> str:
    left = len(cases) - len(threads)
    vague = any(p.change and not p.change.is_point for t in threads for p in t.points)
    missed = any(p.change is None for t in threads for p in t.points)
    off = bool(unmeasured_scans(threads))
    parts = (
        translate(
            "Change from baseline in the sum of target lesion diameters on {line}.",
            line=line_drawn(line),
        ),
        translate_count(*SHOWN, len(cases), drawn=len(threads)),
        translate_count(*UNMEASURED, left) if left else "",
        translate(_BEGINS),
        threshold_sentence(pairs_of(threads)),
        translate("Curves are interrupted at scans without measurements.") if missed else "",
        translate("Vertical ranges: sum not known exactly.") if vague else "",
        translate(BELOW) if off else "",
        record_ends(cases),
    )
    return " ".join(part for part in parts if part)
