"""Laboratory values as line tracks: one panel a unit, with an axis of its own.

Values printed in different units never share an axis: whether they may be converted is not ours
to say. A value printed as a limit or in words is drawn hollow.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from renderers.axes.calendar_page import PageSection, TimelinePage
from renderers.layout.date_ranges import DateRange, marker_with_range, range_of_date
from renderers.layout.labels_beside import LabelText
from renderers.scene.scene import SMALL, Label, Mark, Polyline, RangeMark, Separator
from renderers.text.events import telling
from renderers.text.translation import translate
from renderers.timeline.event_markers import event_groups, section
from timeline.core.quantities import Quantity
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Lab

_HEIGHT = 5.6  # millimetres from nought to the top of a track
_TOP = 1.2
_FOOT = 1.5
_SAID = 8  # values of a panel that are written out; of more, the axis tells
SCALE = 8.0  # millimetres left of the first day that the numbers of the axis take
_NICE = (1, 2, 2.5, 4, 5, 8, 10)


@attrs.frozen(kw_only=True)
class Value:
    """One value of an analyte: where, the number shown, and whether it is only a bound."""

    analyte: str
    spot: DateRange
    number: float
    is_limit: bool
    text: str
    tooltip: str = ""


def tracks(reading: DerivedCase, page: TimelinePage) -> tuple[PageSection, ...]:
    """A section for each unit, and one for what is said in words.

    A unit of which one value is printed, and no normal range, has no course: it is written.
    """
    labs = [event for event in reading.case.events if isinstance(event, Lab)]
    drawn = _drawn(labs)
    return (*_measured(labs, drawn, page), *_in_words(labs, drawn, page))


def scale_of(reading: DerivedCase) -> float:
    """The millimetres left of the first day that the axes of the tracks need; nought: no track."""
    labs = [event for event in reading.case.events if isinstance(event, Lab)]
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
    """The number to draw, and whether the print is only a bound."""
    low, high = value.number.span.low, value.number.span.high
    if math.isinf(low) or math.isinf(high):
        return float(high if math.isinf(low) else low), True
    return float(low + high) / 2, value.number.hedge is not None


def _value(analyte: str, place: DateRange, value: Quantity, lab: Lab) -> Value:
    number, is_limit = _shown(value)
    return Value(
        analyte=analyte,
        spot=place,
        number=number,
        is_limit=is_limit,
        text=str(value),
        tooltip=telling(lab, f"{analyte} {value}"),
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
        points = tuple((v.spot.at, height_of(v.number)) for v in values if v.analyte == name)
        marks += [Polyline(style="track", points=points)] if len(points) > 1 else []
    for value in values:
        marks += [
            attrs.evolve(mark, y=mark.y + height_of(value.number))
            for mark in marker_with_range(
                value.spot, "lab limit" if value.is_limit else "lab", tooltip=value.tooltip
            )
        ]
    x = page.frame.x
    lines = [[(x(day), y) for day, y in m.points] for m in marks if isinstance(m, Polyline)]
    lines += [
        [(page.frame.left, y), (page.frame.right, y)] for y in map(height_of, limits.values())
    ]
    marks += _values_said(values, [height_of(value.number) for value in values], lines, page)
    title = f"{', '.join(names)} ({unit})"
    return PageSection(
        title[0].upper() + title[1:], _TOP + _HEIGHT + _FOOT, tuple(marks), inset=SCALE
    )


def _normal(y: float, page: TimelinePage) -> Mark:
    low, high = page.frame.low, page.frame.high
    return RangeMark(style="normal", y=y, low=low, high=high, open_low=True, open_high=True)


def _scale(top: float, page: TimelinePage) -> Iterator[Mark]:
    """The axis of a panel: nought and its top, left of the plot."""
    left, bottom = page.frame.left, _TOP + _HEIGHT
    for number, y in ((top, _TOP), (0.0, bottom)):
        yield Separator(style="axis", left=left - 1.0, right=left, y=y)
        yield Label(text=f"{number:g}", size=SMALL, shift=left - 1.5, align="right", y=y)
    yield Polyline(style="axis", points=((page.frame.low, _TOP), (page.frame.low, bottom)))


@attrs.frozen
class _Box:
    """What a text covers, in millimetres: page left and right, and its middle below the top."""

    left: float
    right: float
    y: float
    half: float

    def meets(self, other: _Box) -> bool:
        apart = self.right < other.left or other.right < self.left
        return not apart and abs(self.y - other.y) < self.half + other.half

    def crossed(self, line: Sequence[tuple[float, float]]) -> bool:
        """Whether a line through points (mm) passes through the text."""
        steps = [n / 40 for n in range(41)]
        return any(
            self.left < x0 + t * (x1 - x0) < self.right
            and abs(y0 + t * (y1 - y0) - self.y) < self.half
            for (x0, y0), (x1, y1) in pairwise(line)
            for t in steps
        )


def _values_said(
    values: list[Value],
    ys: list[float],
    lines: list[list[tuple[float, float]]],
    page: TimelinePage,
) -> Iterator[Mark]:
    """Each value beside its point, where it is free; a crowd is left to the axis.

    They are set in the order that leaves the fewest unsaid: as they come, from the top, the foot.
    """
    if len(values) > _SAID:
        return
    numbers = range(len(values))
    y = ys.__getitem__
    orders = (numbers, sorted(numbers, key=y), sorted(numbers, key=y, reverse=True))
    found = [list(_set(values, ys, order, lines, page)) for order in orders]
    yield from max(found, key=len)


def _set(
    values: list[Value],
    ys: list[float],
    order: Sequence[int],
    lines: list[list[tuple[float, float]]],
    page: TimelinePage,
) -> Iterator[Mark]:
    """The values in an order, each at the first place beside its point that is free."""
    taken: list[_Box] = []
    several = len({value.analyte for value in values}) > 1
    for value, middle in ((values[n], ys[n]) for n in order):
        said = LabelText(f"{value.analyte} {value.text}" if several else value.text, SMALL)
        for left, y in _places(value, middle, said.width, page):
            box = _Box(left, left + said.width, y, said.height / 2)
            across = page.frame.left < box.left and box.right <= page.limit
            inside = across and box.half <= y <= _TOP + _HEIGHT + _FOOT
            hit = any(box.meets(other) for other in taken) or any(map(box.crossed, lines))
            if inside and not hit:
                taken.append(box)
                yield Label(text=said.text, size=SMALL, shift=left, y=y)
                break


def _places(
    value: Value, middle: float, width: float, page: TimelinePage
) -> Iterator[tuple[float, float]]:
    low, high = page.frame.x(value.spot.low), page.frame.x(value.spot.high)
    for y in (middle, middle - 1.5, middle + 1.5, middle + 2.7, middle - 2.7):
        yield max(high, low + 1.3) + 1.0, y
        yield min(low, high - 1.3) - 1.0 - width, y


def _in_words(
    labs: Sequence[Lab], drawn: frozenset[str], page: TimelinePage
) -> tuple[PageSection, ...]:
    said = ((lab, *_words(lab, drawn)) for lab in labs)
    found = [event_groups(lab, style, words, page) for lab, words, style in said if words]
    return section(translate("Laboratory"), [attrs.evolve(each, date="") for each in found], page)


def _words(lab: Lab, drawn: frozenset[str]) -> tuple[str, str]:
    """What a track does not show, words and the values of units that have none; and its sign."""
    left = [
        (name, value)
        for name, value in lab.values
        if isinstance(value, str) or value.unit.name not in drawn
    ]
    exact = all(isinstance(value, Quantity) and not _shown(value)[1] for _, value in left)
    said = "; ".join(f"{name} {value}" for name, value in left)
    return said or ("" if lab.values else lab.what), "lab" if left and exact else "lab limit"
