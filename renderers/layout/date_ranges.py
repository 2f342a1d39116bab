"""Date ranges on an axis: the marker is at the middle or the known end, and the range is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from renderers.scene.scene import Frame, Mark, Marker, Polyline, RangeMark
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.core.frozen_class import frozen
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span

if TYPE_CHECKING:  # a plain table has no events, and need not load them
    from timeline.record.events import Event


@frozen(kw_only=True)
class DateRange:
    """Days from ``low`` to ``high``, both included; an open end lies beyond what is shown.

    ``placed``: the day of its marker, where it is neither the middle nor the known end.
    ``one_sided``: that day is beside the only event that its order names.
    """

    low: float
    high: float
    by_order: bool = False
    open_low: bool = False
    open_high: bool = False
    placed: float | None = None
    one_sided: bool = False

    @property
    def at(self) -> float:
        """Where the marker is drawn: the middle, or the known end where the other is open."""
        if self.placed is not None:
            return self.placed
        if self.has_one_end:
            return self.high if self.open_low else self.low
        return (self.low + self.high) / 2

    @property
    def has_one_end(self) -> bool:
        """Whether one end is open and the other is known."""
        return self.open_low != self.open_high

    @property
    def is_at_open_end(self) -> bool:
        """Whether its marker is at its last end, which is open, and not at its known one."""
        return self.open_high and not self.open_low and self.placed == self.high

    @property
    def ends(self) -> tuple[float, float]:
        """Its first and its last day."""
        return self.low, self.high

    @property
    def is_point(self) -> bool:
        """Whether it is one day."""
        return self.low == self.high


BRACKET = 1.4  # millimetres below a marker at which the range of its date is drawn
_LIFT = 0.35  # millimetres by which markers side by side are higher than one alone
_LEADERS = (0.75, 1.6)  # millimetres down between which their leaders run
PITCH = 2.7  # millimetres from marker to marker


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


def days_of(place: DateRange) -> Span:
    """The days that a range stands for: of an open end all beyond."""
    low = NEVER_BEGAN if place.open_low else int(place.low)
    return Span(low, NEVER_ENDS if place.open_high else int(place.high))


def range_of_date(when: PartialDate, shown: Span) -> DateRange:
    return date_range(when.span, shown, by_order=when.by_order)


def elapsed_range(when: PartialDate, origin: PartialDate, shown: Span) -> DateRange:
    """Days from one date to another, over every pair of possible days; at least 0."""
    days = (when.span - origin.span).not_below(0) or Span.point(0)
    return date_range(days, shown, by_order=when.by_order or origin.by_order)


def marker_with_range(
    place: DateRange, style: str, variant: str = "", *, below: float = BRACKET, tooltip: str = ""
) -> tuple[Mark, ...]:
    """A marker at its place in its date range; the range is ``below`` millimetres below it."""
    marker = Marker(style=style, at=place.at, variant=variant, tooltip=tooltip)
    return (marker,) if place.is_point else (range_mark(place, below, tooltip), marker)


def range_mark(place: DateRange, y: float, tooltip: str) -> RangeMark:
    """The line over a date range, ``y`` millimetres below the top of its row."""
    return RangeMark(
        style=f"{_placing(place)}{'order' if place.by_order or place.one_sided else 'range'}",
        y=y,
        low=place.low,
        high=place.high,
        open_low=place.open_low,
        open_high=place.open_high,
        tooltip=tooltip,
    )


def _placing(place: DateRange) -> str:
    """The first word of the style of a range: where its marker is."""
    if place.is_at_open_end:
        return "late "
    if place.one_sided:
        return "one-sided "
    return "open " if place.has_one_end else ""


def markers_side_by_side(
    place: DateRange, markers: Sequence[Marker], frame: Frame
) -> tuple[Mark, ...]:
    """Several markers of one date side by side, each on a leader to the date they share."""
    head, bottom = _LEADERS
    marks: list[Mark] = []
    x, width = frame.x(place.at), (len(markers) - 1) * PITCH
    first = max(frame.left, min(x - width / 2, frame.right - width)) - x
    for number, marker in enumerate(markers):
        shift = first + number * PITCH
        aside = place.at + frame.days(shift)
        if not place.is_point:
            dates = range_mark(place, bottom, marker.tooltip)
            marks.append(attrs.evolve(dates, style="same range") if number else dates)
        marks.append(Polyline(style="leader", points=((place.at, bottom), (aside, head))))
        marks.append(attrs.evolve(marker, at=place.at, shift=shift, y=-_LIFT))
    return tuple(marks)


def ends_of(event: Event) -> tuple[PartialDate, PartialDate | None, bool]:
    """Start, end (None where not stated), and whether it goes on."""
    if isinstance(event.at, Period):
        return event.at.start, event.at.end, event.at.ongoing
    return event.at, event.at, False
