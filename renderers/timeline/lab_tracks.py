"""Laboratory values as line tracks: one panel a unit, with an axis of its own.

Values printed in different units never share an axis: a conversion needs
knowledge that the report does not give. A value printed as a limit or in words is drawn hollow.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.calendar_page import PageSection, TimelinePage
from renderers.layout.date_ranges import DateRange, marker_with_range, range_of_date
from renderers.layout.free_space import free_place
from renderers.layout.labels_beside import LabelText
from renderers.scene.geometry import Box, Points
from renderers.scene.scene import SMALL, Label, Mark, Polyline, RangeMark, Separator
from renderers.text.events import event_sentence
from renderers.text.translation import translate
from renderers.timeline.event_markers import event_marker, section
from timeline.core.quantities import Quantity
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Lab

_HEIGHT = 5.6  # millimetres from 0 to the top of a track
_TOP = 1.2
_BOTTOM = 1.5
_MOST_LABELLED = 8  # values of a panel; of more, the axis alone shows the values
SCALE = 8.0  # millimetres left of the first day that the numbers of the axis take
_NICE = (1, 2, 2.5, 4, 5, 8, 10)


@attrs.frozen(kw_only=True)
class Value:
    """One value of an analyte: its dates, the number shown, and whether that is only a bound."""

    analyte: str
    dates: DateRange
    number: float
    is_limit: bool
    text: str
    tooltip: str = ""


def tracks(derived: DerivedCase, page: TimelinePage) -> tuple[PageSection, ...]:
    """A section for each unit, and one for values in words.

    A unit with one printed value and no normal range has no track: its value is a label.
    """
    labs = [event for event in derived.case.events if isinstance(event, Lab)]
    drawn = _drawn(labs)
    return (*_measured(labs, drawn, page), *_in_words(labs, drawn, page))


def scale_of(derived: DerivedCase) -> float:
    """The millimetres left of the first day that the axes of the tracks need; 0 without a track."""
    labs = [event for event in derived.case.events if isinstance(event, Lab)]
    return SCALE if _drawn(labs) else 0.0


def _drawn(labs: Sequence[Lab]) -> frozenset[str]:
    """The units that have a track."""
    printed = Counter(
        value.unit.name for lab in labs for _, value in lab.values if isinstance(value, Quantity)
    )
    bounded = {normal.unit.name for lab in labs for _, normal in lab.normal}
    return frozenset(unit for unit, count in printed.items() if count > 1 or unit in bounded)


def _measured(
    labs: Sequence[Lab], drawn: frozenset[str], page: TimelinePage
) -> Iterator[PageSection]:
    panels: dict[str, list[Value]] = defaultdict(list)
    limits: dict[str, dict[str, float]] = defaultdict(dict)
    for lab in labs:
        place = range_of_date(lab.start, page.shown_for(lab))
        for name, value in lab.values:
            if isinstance(value, Quantity) and value.unit.name in drawn:
                panels[value.unit.name].append(_value(name, place, value, lab))
        for name, normal in lab.normal:
            limits[normal.unit.name][name] = _shown(normal)[0]
    for unit, values in panels.items():
        yield _panel(unit, values, limits[unit], page)


def _shown(value: Quantity) -> tuple[float, bool]:
    """The number to draw, and whether the printed value is only a bound."""
    low, high = value.number.span.low, value.number.span.high
    if math.isinf(low) or math.isinf(high):
        return float(high if math.isinf(low) else low), True
    return float(low + high) / 2, value.number.hedge is not None


def _value(analyte: str, place: DateRange, value: Quantity, lab: Lab) -> Value:
    number, is_limit = _shown(value)
    return Value(
        analyte=analyte,
        dates=place,
        number=number,
        is_limit=is_limit,
        text=str(value),
        tooltip=event_sentence(lab, f"{analyte} {value}"),
    )


def _nice(highest: float) -> float:
    """The least round number that is not below the highest value."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in _NICE if step * power >= highest)


def _panel(
    unit: str, values: list[Value], limits: dict[str, float], page: TimelinePage
) -> PageSection:
    top = _nice(max([value.number for value in values] + list(limits.values())))

    def height_of(number: float) -> float:
        return _TOP + _HEIGHT * (1 - number / top)

    marks: list[Mark] = list(_scale(top, page))
    marks += [_normal(height_of(limit), page) for limit in limits.values()]
    names = list(dict.fromkeys(value.analyte for value in values))
    for name in names:
        points = tuple((v.dates.at, height_of(v.number)) for v in values if v.analyte == name)
        marks += [Polyline(style="track", points=points)] if len(points) > 1 else []
    for value in values:
        marks += [
            attrs.evolve(mark, y=mark.y + height_of(value.number))
            for mark in marker_with_range(
                value.dates, "lab limit" if value.is_limit else "lab", tooltip=value.tooltip
            )
        ]
    x = page.frame.x
    lines: list[Points] = [
        [(x(day), y) for day, y in m.points] for m in marks if isinstance(m, Polyline)
    ]
    lines += [
        [(page.frame.left, y), (page.frame.right, y)] for y in map(height_of, limits.values())
    ]
    marks += _value_labels(values, [height_of(value.number) for value in values], lines, page)
    title = f"{', '.join(names)} ({unit})"
    return PageSection(
        title[0].upper() + title[1:], _TOP + _HEIGHT + _BOTTOM, tuple(marks), inset=SCALE
    )


def _normal(y: float, page: TimelinePage) -> Mark:
    low, high = page.frame.low, page.frame.high
    return RangeMark(style="normal", y=y, low=low, high=high, open_low=True, open_high=True)


def _scale(top: float, page: TimelinePage) -> Iterator[Mark]:
    """The axis of a panel: 0 and its top, left of the plot."""
    left, bottom = page.frame.left, _TOP + _HEIGHT
    for number, y in ((top, _TOP), (0.0, bottom)):
        yield Separator(style="axis", left=left - 1.0, right=left, y=y)
        yield Label(text=f"{number:g}", size=SMALL, shift=left - 1.5, align="right", y=y)
    yield Polyline(style="axis", points=((page.frame.low, _TOP), (page.frame.low, bottom)))


def _value_labels(
    values: list[Value], ys: list[float], lines: list[Points], page: TimelinePage
) -> Iterator[Mark]:
    """The label of each value next to its point, where it is free; none where values are many.

    Of three orders, the one with the most labels is used: as printed, from the top, from below.
    """
    if len(values) > _MOST_LABELLED:
        return
    numbers = range(len(values))
    y = ys.__getitem__
    orders = (numbers, sorted(numbers, key=y), sorted(numbers, key=y, reverse=True))
    yield from max((_placed_labels(values, ys, each, lines, page) for each in orders), key=len)


def _placed_labels(
    values: list[Value],
    ys: list[float],
    order: Sequence[int],
    lines: list[Points],
    page: TimelinePage,
) -> list[Mark]:
    """The labels that find a place, in an order; each at the first free place of its point."""
    plot = Box(left=page.frame.left, top=0.0, right=page.limit, bottom=_TOP + _HEIGHT + _BOTTOM)
    several = len({value.analyte for value in values}) > 1
    occupied: list[Box] = []
    labels: list[Mark] = []
    for value, middle in ((values[n], ys[n]) for n in order):
        label = LabelText(f"{value.analyte} {value.text}" if several else value.text, SMALL)
        place = free_place(_places(value, middle, label, page), occupied, lines, plot)
        if place:
            occupied.append(place)
            y = (place.top + place.bottom) / 2
            labels.append(Label(text=label.text, size=SMALL, shift=place.left, y=y))
    return labels


def _places(value: Value, middle: float, label: LabelText, page: TimelinePage) -> Iterator[Box]:
    """The places of a label, the preferred first: right and left of the point, then off it."""
    low, high = page.frame.x(value.dates.low), page.frame.x(value.dates.high)
    half = label.height / 2
    for y in (middle, middle - 1.5, middle + 1.5, middle + 2.7, middle - 2.7):
        for left in (max(high, low + 1.3) + 1.0, min(low, high - 1.3) - 1.0 - label.width):
            yield Box(left=left, right=left + label.width, top=y - half, bottom=y + half)


def _in_words(
    labs: Sequence[Lab], drawn: frozenset[str], page: TimelinePage
) -> tuple[PageSection, ...]:
    texts = ((lab, *_words(lab, drawn)) for lab in labs)
    found = [event_marker(lab, style, words, page) for lab, words, style in texts if words]
    return section(translate("Laboratory"), [attrs.evolve(each, date="") for each in found], page)


def _words(lab: Lab, drawn: frozenset[str]) -> tuple[str, str]:
    """The values that no track shows, in words, and the style of their marker."""
    left = [
        (name, value)
        for name, value in lab.values
        if isinstance(value, str) or value.unit.name not in drawn
    ]
    exact = all(isinstance(value, Quantity) and not _shown(value)[1] for _, value in left)
    text = "; ".join(f"{name} {value}" for name, value in left)
    return text or ("" if lab.values else lab.what), "lab" if left and exact else "lab limit"
