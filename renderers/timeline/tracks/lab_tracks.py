"""Laboratory values as tracks: one for each analyte and unit, with an axis of its own.

Values printed in different units never share an axis: a conversion needs knowledge that the report
does not give. A value printed as a limit or in words is drawn hollow.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.calendar_page import PageSection, TimelinePage
from renderers.axes.values import ValueAxis
from renderers.layout.date_ranges import DateRange, marker_with_range
from renderers.scene.geometry import Points
from renderers.scene.scene import Area, Mark, Polyline, RangeMark
from renderers.text.events import event_sentence
from renderers.text.translation import translate
from renderers.timeline.drawing import Drawing
from renderers.timeline.event_markers import event_marker, section
from renderers.timeline.tracks.log_scale import ALL, NONE, is_logarithmic, key_of
from renderers.timeline.tracks.value_track import (
    SCALE,
    TrackLabel,
    axis_marks,
    log_axis,
    placed_labels,
    value_axis,
)
from timeline.core.quantities import Quantity
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Lab

HEIGHT = 15.0  # millimetres from 0 to the top of a track
_TOP = 2.0
_BOTTOM = 1.8

Analyte = tuple[str, str]  # its name, and the unit that it is printed in


@attrs.frozen(kw_only=True)
class Value:
    """One value of an analyte: its dates, the number shown, and whether that is only a bound."""

    dates: DateRange
    number: float
    is_limit: bool
    text: str
    tooltip: str = ""


@attrs.frozen(kw_only=True)
class Normal:
    """What is normal: from ``low`` to ``high``; one number alone is a limit, of whichever side."""

    low: float
    high: float
    is_range: bool


def tracks(drawing: Drawing) -> tuple[PageSection, ...]:
    """A track for each analyte and unit, and a section for the values that have none.

    One printed value without a normal range has no track: it is a label.
    """
    case, page = drawing.derived.case, drawing.page
    drawn = _drawn(case)
    asked = drawing.options.log_scale
    _check_named(asked, drawn, case)
    return (*_measured(case, drawn, page, asked), *_in_words(case, drawn, page))


def _check_named(asked: Sequence[str], drawn: frozenset[Analyte], case: Case) -> None:
    """Refuse a logarithmic scale for what has no track."""
    known = {key_of(name): name for name, _ in drawn}
    wrong = [each for each in asked if each not in (ALL, NONE) and key_of(each) not in known]
    if wrong:
        names = ", ".join(known.values()) or "no laboratory value"
        raise ValueError(
            f"log-scale: {case.name} has no track of {', '.join(wrong)} (it has {names})"
        )


def scale_of(derived: DerivedCase) -> float:
    """The millimetres left of the first day that the axes of the tracks need; 0 without a track."""
    return SCALE if _drawn(derived.case) else 0.0


def _labs(case: Case) -> list[Lab]:
    return [event for event in case.events if isinstance(event, Lab)]


def _drawn(case: Case) -> frozenset[Analyte]:
    """The analytes that have a track."""
    counts: dict[Analyte, int] = defaultdict(int)
    labs = _labs(case)
    for lab in labs:
        for name, value in lab.values:
            if isinstance(value, Quantity):
                counts[name, value.unit.name] += 1
    bounded = {(name, normal.unit.name) for lab in labs for name, normal in lab.normal}
    return frozenset(each for each, count in counts.items() if count > 1 or each in bounded)


def _measured(
    case: Case, drawn: frozenset[Analyte], page: TimelinePage, asked: Sequence[str]
) -> Iterator[PageSection]:
    values: dict[Analyte, list[Value]] = defaultdict(list)
    limits: dict[Analyte, Normal] = {}
    for lab in _labs(case):
        place = page.dates_of(lab)
        for name, value in lab.values:
            if isinstance(value, Quantity) and (name, value.unit.name) in drawn:
                values[name, value.unit.name].append(_value(name, place, value, lab))
        limits |= {(name, normal.unit.name): _normal(normal) for name, normal in lab.normal}
    for analyte, found in values.items():
        yield _track(analyte, found, limits.get(analyte), page, asked)


def _shown(value: Quantity) -> tuple[float, bool]:
    """The number to draw, and whether the printed value is only a bound."""
    low, high = value.number.span.low, value.number.span.high
    if math.isinf(low) or math.isinf(high):
        return float(high if math.isinf(low) else low), True
    return float(low + high) / 2, value.number.hedge is not None


def _normal(value: Quantity) -> Normal:
    """The normal range as printed: ``10-40``, ``up to 40``, or one limit, ``40``."""
    low, high = value.number.span.low, value.number.span.high
    if math.isinf(low) or math.isinf(high) or value.number.value is None:
        return Normal(low=float(low), high=float(high), is_range=not value.number.hedge or
                      math.isinf(low) or math.isinf(high))  # fmt: skip
    middle = float(low + high) / 2
    return Normal(low=middle, high=middle, is_range=False)


def _value(analyte: str, place: DateRange, value: Quantity, lab: Lab) -> Value:
    number, is_limit = _shown(value)
    return Value(
        dates=place,
        number=number,
        is_limit=is_limit,
        text=str(value.number),
        tooltip=event_sentence(lab, f"{analyte} {value}"),
    )


def _track(
    analyte: Analyte,
    values: Sequence[Value],
    normal: Normal | None,
    page: TimelinePage,
    asked: Sequence[str],
) -> PageSection:
    ends = [] if normal is None else [end for end in (normal.low, normal.high)
                                      if math.isfinite(end)]  # fmt: skip
    numbers = [value.number for value in values]
    name, unit = analyte
    is_log = is_logarithmic(name, numbers, asked)
    ends = [end for end in ends if end > 0 or not is_log]
    make = log_axis if is_log else _from_zero
    axis = make([*numbers, *ends], _TOP, HEIGHT)
    marks: list[Mark] = list(axis_marks(axis, page))
    if normal is not None:
        marks += _normal_marks(normal, axis, page)
    curve = tuple((value.dates.at, axis.y(value.number)) for value in values)
    marks += [Polyline(style="track", points=curve)] if len(curve) > 1 else []
    for value in values:
        style = "lab limit" if value.is_limit else "lab"
        found = marker_with_range(value.dates, style, tooltip=value.tooltip)
        marks += [mark.shifted(axis.y(value.number)) for mark in found]
    lines: list[Points] = [[(page.frame.x(day), y) for day, y in curve]]
    height = _TOP + HEIGHT + _BOTTOM
    marks += placed_labels(list(_labels(values, normal, axis)), marks, lines, page, height)
    title = f"{name} ({unit})"
    if is_log:
        title = translate("{what}, log scale", what=title)
    return PageSection(title[0].upper() + title[1:], height, tuple(marks), inset=SCALE)


def _from_zero(numbers: Sequence[float], top: float, height: float) -> ValueAxis:
    return value_axis(max(numbers), top, height)


def _labels(
    values: Sequence[Value], normal: Normal | None, axis: ValueAxis
) -> Iterator[TrackLabel]:
    """The first, the highest and the last value; the lowest below normal, or of a marker."""
    lowest, highest = (pick(values, key=lambda v: v.number) for pick in (min, max))
    below = normal is not None and normal.is_range and lowest.number < normal.low
    below = below or axis.is_log  # the nadir
    wanted = [highest, values[0], values[-1], *([lowest] if below else [])]
    for value in {id(each): each for each in wanted}.values():
        yield TrackLabel(
            at=value.dates.at, y=axis.y(value.number), text=value.text, reach=value.dates.ends
        )


def _normal_marks(normal: Normal, axis: ValueAxis, page: TimelinePage) -> Iterator[Mark]:
    """A background from one limit to the other; a line for each limit."""
    low, high = page.frame.low, page.frame.high
    if normal.is_range:
        bottom, top = axis.y(max(normal.low, axis.low)), axis.y(min(normal.high, axis.high))
        corners = ((low, top), (high, top), (high, bottom), (low, bottom))
        yield Area(style="normal range", points=corners)
        return
    y = axis.y(normal.high)
    yield RangeMark(style="normal", y=y, low=low, high=high, open_low=True, open_high=True)


def _in_words(case: Case, drawn: frozenset[Analyte], page: TimelinePage) -> tuple[PageSection, ...]:
    texts = ((lab, *_words(lab, drawn)) for lab in _labs(case))
    found = [event_marker(lab, style, words, page) for lab, words, style in texts if words]
    return section(translate("Laboratory"), [attrs.evolve(each, date="") for each in found], page)


def _words(lab: Lab, drawn: frozenset[Analyte]) -> tuple[str, str]:
    """The values that no track shows, in words, and the style of their marker."""
    left = [
        (name, value)
        for name, value in lab.values
        if isinstance(value, str) or (name, value.unit.name) not in drawn
    ]
    exact = all(isinstance(value, Quantity) and not _shown(value)[1] for _, value in left)
    text = "; ".join(f"{name} {value}" for name, value in left)
    return text or ("" if lab.values else lab.what), "lab" if left and exact else "lab limit"
