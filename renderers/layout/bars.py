"""Bars of treatment, with pale ends where their dates are ranges."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.layout.date_ranges import DateRange
from renderers.scene.scene import Arrow, Bar, Mark


@attrs.frozen(kw_only=True)
class TreatmentBar:
    """From one date range to another; ``end`` None: not stated. ``goes_on``: beyond the end shown.

    ``slot`` is the part of the bar's height it takes where several run side by side: which one
    from the top, counted from 0, and of how many.
    """

    style: str
    start: DateRange
    end: DateRange | None = None
    goes_on: bool = False
    planned: bool = False
    height: float = 2.4
    slot: tuple[int, int] = (0, 1)
    tooltip: str = ""


def bars(stay: TreatmentBar, tail: float) -> tuple[Mark, ...]:
    """Solid for certain time, pale for possible time, open where the end is not stated.

    ``tail`` is how many days the stub of an end that is not stated takes on the page.
    """
    if stay.planned:
        last = stay.end or stay.start
        high = max(last.high, stay.start.low + tail)
        is_open = stay.end is None or last.open_high
        return (_bar(stay, stay.start.low, high, "planned", right=is_open),)
    if stay.end is None:
        return tuple(_without_end(stay, tail))
    marks = tuple(_with_end(stay, stay.start, stay.end))
    if not stay.goes_on or stay.slot[0]:  # only the first part has the arrow
        return marks
    return (*marks, Arrow(style="ongoing", at=stay.end.high, tooltip=stay.tooltip))


def _offset(stay: TreatmentBar) -> float:
    """Millimetres from the middle of the whole bar to the middle of its part."""
    number, of = stay.slot
    return ((number + 0.5) / of - 0.5) * stay.height


def _bar(
    stay: TreatmentBar,
    low: float,
    high: float,
    variant: str = "",
    *,
    left: bool = False,
    right: bool = False,
) -> Bar:
    return Bar(
        style=stay.style,
        variant=variant,
        start=low,
        end=high,
        height=stay.height / stay.slot[1],
        y=_offset(stay),
        open_start=left,
        open_end=right,
        tooltip=stay.tooltip,
    )


def _look(place: DateRange) -> str:
    return "by order" if place.by_order else "vague end"


def _without_end(stay: TreatmentBar, tail: float) -> Iterator[Mark]:
    start = stay.start
    if not start.is_point:
        yield _bar(stay, start.low, start.high, _look(start), left=start.open_low, right=True)
    begun = not start.is_point  # the range of the start then holds the edge
    yield _bar(stay, start.high, start.high + tail, "end not stated", left=begun, right=True)


def _with_end(stay: TreatmentBar, start: DateRange, end: DateRange) -> Iterator[Mark]:
    if start.high >= end.low and not (start.is_point and end.is_point):
        variant = "by order" if start.by_order or end.by_order else "vague end"
        low, high = start.low, max(start.high, end.high)
        yield _bar(stay, low, high, variant, left=start.open_low, right=end.open_high)
        return
    if not start.is_point:
        yield _bar(stay, start.low, start.high, _look(start), left=start.open_low, right=True)
    if not end.is_point:
        yield _bar(stay, end.low, end.high, _look(end), left=True, right=end.open_high)
    yield _bar(stay, start.high, end.low)
