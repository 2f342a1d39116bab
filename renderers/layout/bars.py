"""Bars of treatment, with pale ends where their dates are ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from renderers.layout.date_ranges import DateRange
from renderers.scene.scene import Arrow, Bar, Mark
from timeline.core.frozen_class import frozen


@frozen(kw_only=True)
class TreatmentBar:
    """From one date range to another; ``end`` None: not stated. ``goes_on``: beyond the end shown.

    ``given``: where the end is not stated, the days from the start that were certainly treated;
    ``open_until``: the last day on which it may have ended then, None where that is not known.
    ``slot``: the part of the height where several bars are one above the other: which one from
    the top, counted from 0, and of how many. ``in_turn``: its dates are not known; from ``start``
    to ``end`` is its part of a range that it shares with others in their order. ``limit``: the last
    day that it may be drawn to, as that of death; None where there is none.
    """

    style: str
    start: DateRange
    end: DateRange | None = None
    goes_on: bool = False
    planned: bool = False
    height: float = 2.4
    given: float = 0
    open_until: float | None = None
    slot: tuple[int, int] = (0, 1)
    in_turn: bool = False
    limit: float | None = None
    tooltip: str = ""


def bars(bar: TreatmentBar, tail: float) -> tuple[Mark, ...]:
    """Solid for certain time, pale for possible time, open where the end is not stated.

    ``tail``: the days at least that are drawn of a bar whose end is not stated; it is drawn to the
    last day on which it may have ended, where that is known.
    """
    limit = bar.limit
    if limit is not None and bar.start.low < limit:
        start, end = _up_to(bar.start, limit), bar.end and _up_to(bar.end, limit)
        bar = attrs.evolve(bar, start=start, end=end)
        tail = min(tail, max(limit - max(start.high, start.low + bar.given), 0.0))
        if bar.open_until is not None:
            bar = attrs.evolve(bar, open_until=min(bar.open_until, limit))
    if bar.planned:
        last = bar.end or bar.start
        high = max(last.high, bar.start.low + tail)
        is_open = bar.end is None or last.open_high
        return (_bar(bar, bar.start.low, high, "planned", right=is_open),)
    if bar.in_turn and bar.end is not None:
        return (_bar(bar, bar.start.low, bar.end.high, "in turn"),)
    if bar.end is None:
        *most, final = _without_end(bar, tail)
        return (*most, attrs.evolve(final, end_unstated=True))
    marks = tuple(_with_end(bar, bar.start, bar.end))
    if not bar.goes_on or bar.slot[0]:  # only the first part has the arrow
        return marks
    return (*marks, Arrow(style="ongoing", at=bar.end.high, tooltip=bar.tooltip))


def without_end(marks: Iterable[Mark]) -> frozenset[str]:
    """The styles of the bars whose end is not stated."""
    return frozenset(m.style for m in marks if isinstance(m, Bar) and m.end_unstated)


def _up_to(dates: DateRange, limit: float) -> DateRange:
    """Dates up to a day; those that begin later stay as they are."""
    return dates if dates.low > limit else attrs.evolve(dates, high=min(dates.high, limit))


def _offset(bar: TreatmentBar) -> float:
    """Millimetres from the middle of the whole bar to the middle of its part."""
    number, of = bar.slot
    return ((number + 0.5) / of - 0.5) * bar.height


def _bar(
    bar: TreatmentBar,
    low: float,
    high: float,
    variant: str = "",
    *,
    left: bool = False,
    right: bool = False,
) -> Bar:
    known = not (bar.planned or bar.in_turn) and variant != ""  # a plain bar has no dashes
    return Bar(
        style=bar.style,
        variant=variant,
        start=low,
        end=high,
        height=bar.height / bar.slot[1],
        y=_offset(bar),
        open_start=left,
        open_end=right,
        exact_start=known and bar.start.is_point and low == bar.start.low,
        exact_end=known and bar.end is not None and bar.end.is_point and high == bar.end.high,
        tooltip=bar.tooltip,
    )


def _vague_style(place: DateRange) -> str:
    return "by order" if place.by_order else "vague end"


def _without_end(bar: TreatmentBar, tail: float) -> Iterator[Bar]:
    start = bar.start
    if not start.is_point:
        yield _bar(bar, start.low, start.high, _vague_style(start), left=start.open_low, right=True)
    last = max(start.high, start.low + bar.given)
    if last > start.high:
        yield _bar(bar, start.high, last)
    begun = not start.is_point or last > start.high  # what lies before it then holds the edge
    until = max(last + tail, last if bar.open_until is None else bar.open_until)
    if until > last:
        yield _bar(bar, last, until, "end not stated", left=begun, right=True)


def _with_end(bar: TreatmentBar, start: DateRange, end: DateRange) -> Iterator[Mark]:
    if start.high >= end.low and not (start.is_point and end.is_point):
        variant = "by order" if start.by_order or end.by_order else "vague end"
        low, high = start.low, max(start.high, end.high)
        yield _bar(bar, low, high, variant, left=start.open_low, right=end.open_high)
        return
    if not start.is_point:
        yield _bar(bar, start.low, start.high, _vague_style(start), left=start.open_low, right=True)
    if not end.is_point:
        yield _bar(bar, end.low, end.high, _vague_style(end), left=True, right=end.open_high)
    yield _bar(
        bar,
        start.high,
        end.low,
        left=start.is_point and start.open_low,
        right=end.is_point and end.open_high,
    )
