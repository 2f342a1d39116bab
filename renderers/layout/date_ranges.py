"""Where a vague date goes on an axis: at the middle of its range, and never without the range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from renderers.scene.scene import Frame, Mark, Marker, Polyline, RangeMark
from timeline.core.dates import PartialDate
from timeline.core.partial_dates import Period
from timeline.core.span import Span

if TYPE_CHECKING:  # a plain table has no events, and need not load them
    from timeline.record.events import Event


@attrs.frozen(kw_only=True)
class DateRange:
    """Days from ``low`` to ``high``, both included; an open end lies beyond what is shown."""

    low: float
    high: float
    by_order: bool = False
    open_low: bool = False
    open_high: bool = False

    @property
    def at(self) -> float:
        return (self.low + self.high) / 2

    @property
    def is_point(self) -> bool:
        return self.low == self.high


BRACKET = 1.4  # millimetres below a sign at which the range of its date is drawn
_LIFT = 0.35  # millimetres by which signs side by side stand higher than one alone
_LEADERS = (0.75, 1.6)  # millimetres down between which their leaders run
_PITCH = 2.7  # millimetres from sign to sign


def date_range(span: Span, shown: Span, *, by_order: bool = False) -> DateRange:
    """A span of days as shown: an end without bound is cut where the axis ends, and left open."""
    open_low, open_high = math.isinf(span.low), math.isinf(span.high)
    low = float(shown.low if open_low else span.low)
    high = float(shown.high if open_high else span.high)
    return DateRange(
        low=min(low, high),
        high=max(low, high),
        by_order=by_order,
        open_low=open_low,
        open_high=open_high,
    )


def moment(when: PartialDate, shown: Span) -> DateRange:
    return date_range(when.span, shown, by_order=when.by_order)


def since(when: PartialDate, origin: PartialDate, shown: Span) -> DateRange:
    """Days from one moment to another, over every pair of days they allow; never below nought."""
    days = (when.span - origin.span).not_below(0) or Span.point(0)
    return date_range(days, shown, by_order=when.by_order or origin.by_order)


def signs(
    place: DateRange, style: str, variant: str = "", *, below: float = BRACKET, tooltip: str = ""
) -> tuple[Mark, ...]:
    """A sign at its place, over the range it may be on, ``below`` millimetres under it."""
    sign = Marker(style=style, at=place.at, variant=variant, tooltip=tooltip)
    return (sign,) if place.is_point else (_range(place, below, tooltip), sign)


def _range(place: DateRange, y: float, tooltip: str) -> RangeMark:
    return RangeMark(
        style="order" if place.by_order else "range",
        y=y,
        low=place.low,
        high=place.high,
        open_low=place.open_low,
        open_high=place.open_high,
        tooltip=tooltip,
    )


def range_marks(place: DateRange, given: Sequence[Marker], frame: Frame) -> tuple[Mark, ...]:
    """Several signs at one place, side by side, each on a leader to the one time they share."""
    head, bottom = _LEADERS
    marks: list[Mark] = []
    x, width = frame.x(place.at), (len(given) - 1) * _PITCH
    first = max(frame.left, min(x - width / 2, frame.right - width)) - x
    for number, sign in enumerate(given):
        shift = first + number * _PITCH
        aside = place.at + frame.days(shift)
        if not place.is_point:
            reach = _range(place, bottom, sign.tooltip)
            marks.append(attrs.evolve(reach, style="same range") if number else reach)
        marks.append(Polyline(style="leader", points=((place.at, bottom), (aside, head))))
        marks.append(attrs.evolve(sign, at=place.at, shift=shift, y=-_LIFT))
    return tuple(marks)


def ends_of(event: Event) -> tuple[PartialDate, PartialDate | None, bool]:
    """Start, end (None where not stated), and whether it goes on."""
    if isinstance(event.at, Period):
        return event.at.start, event.at.end, event.at.ongoing
    return event.at, event.at, False
