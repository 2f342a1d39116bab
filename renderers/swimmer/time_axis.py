"""The time axis of lanes: its range, its breaks, and dates and time since time zero together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.calendar import calendar, whole_months
from renderers.axes.units import first_tick, tick_rule, ticks, whole_ticks
from renderers.scene.scene import Axis, Frame, Tick
from renderers.swimmer.lane import CALENDAR, Lane
from renderers.swimmer.options import Moment, SwimmerOptions
from renderers.text.translation import translate
from timeline.core.calendar.dates import format_day, parse_edtf

_BOTH = (
    "dates and time since time zero need one known day that all lanes count from: "
    "{why} (align on a day, as 2021-03-01, or draw one axis)"
)


def frame_of(lanes: Sequence[Lane], options: SwimmerOptions, left: float, right: float) -> Frame:
    """The axis: whole units around all days of the lanes, from ``left`` to ``right`` millimetres.

    Raises:
        ValueError: a break hides a date, or is no time of the axis.

    """
    ends = [day for lane in lanes for day in (*lane.days, lane.cutoff) if day is not None]
    dated = _is_calendar(lanes)
    if dated:
        low, high = whole_months(min(ends), max(ends))
    else:
        low, high = whole_ticks(min(ends), max(ends), options.per_unit)
    breaks = tuple(
        (moment(start, options, dated=dated), moment(end, options, dated=dated))
        for start, end in options.breaks
    )
    frame = Frame(low=low, high=high, left=left, right=right, breaks=breaks, dated=dated)
    while not dated and (at := first_tick(frame, options.unit, options.per_unit)) < frame.low:
        frame = attrs.evolve(frame, low=at)
    for lane in lanes:
        _check_breaks(lane, frame, options)
    return frame


def moment(at: Moment, options: SwimmerOptions, *, dated: bool) -> float:
    """The day of the axis of a time in the options.

    Raises:
        ValueError: it is a number of units and the axis a calendar, or the reverse.

    >>> moment(2.0, SwimmerOptions(unit="weeks"), dated=False)
    14.0
    """
    if isinstance(at, str) != dated:
        wanted = "a calendar takes days: 2021-06-01" if dated else "a day needs align=calendar"
        raise ValueError(f"{at} is no time of this axis ({wanted})")
    return float(parse_edtf(at).span.low) if isinstance(at, str) else at * options.per_unit


def time_text(day: float, options: SwimmerOptions, *, dated: bool) -> str:
    """A day of the axis in words: a date, or units since time zero."""
    return format_day(int(day)) if dated else f"{round(day / options.per_unit, 1):g} {options.unit}"


def _is_calendar(lanes: Sequence[Lane]) -> bool:
    return any(lane.time_zero == CALENDAR for lane in lanes)


def _check_breaks(lane: Lane, frame: Frame, options: SwimmerOptions) -> None:
    for at, what in _moments(lane):
        for start, end in frame.breaks:
            if start < at < end:
                at_, from_, to = (
                    time_text(day, options, dated=frame.dated) for day in (at, start, end)
                )
                raise ValueError(
                    f"{lane.name}: {what} at {at_} is in the break from {from_} to {to} "
                    "(a break hides nothing: shorten it)"
                )


def _moments(lane: Lane) -> Iterator[tuple[float, str]]:
    """Every date of a lane, which a break must not hide, with its name."""
    for marker in lane.markers:
        yield from ((at, marker.word or marker.style) for at in marker.dates.ends)
    for bar in lane.bars:
        for dates, what in ((bar.start, "the start of a bar"), (bar.end, "the end of a bar")):
            yield from ((at, what) for at in (dates.ends if dates else ()))
    for span in lane.responses:
        yield from ((at, "an end of a response") for at in (span.low, span.high))


def axes_of(
    lanes: Sequence[Lane], frame: Frame, options: SwimmerOptions, time_zero: str, row: int
) -> tuple[tuple[Axis, ...], int]:
    """The axes, one or two, the first in ``row``; and the number of their rows.

    Raises:
        ValueError: dates and time since time zero have no day in common.

    """
    if _is_calendar(lanes):
        dates = calendar(frame, row)
        if not options.both_axes:
            return (dates,), 1
        return (dates, _since_first(lanes, frame, options, row + 1)), 2

    def title(unit: str) -> str:
        return translate("{unit} since {time_zero}", unit=unit, time_zero=time_zero)

    rule = tick_rule(options.unit, options.per_unit, title if time_zero else str)
    drawn = ticks(frame, options.unit, options.per_unit)
    main = Axis(row=row, ticks=drawn, title=rule.units[0].title, rule=rule)
    if not options.both_axes:
        return (main,), 1
    return (main, _dates(lanes, frame, row + 1)), 2


def _since_first(lanes: Sequence[Lane], frame: Frame, options: SwimmerOptions, row: int) -> Axis:
    """Time since the earliest start, below a calendar."""
    first = min((bar.start for lane in lanes for bar in lane.bars), key=lambda dates: dates.low)
    if not first.is_point:
        low, high = (format_day(int(day)) for day in (first.low, first.high))
        why = f"the earliest start is only known as {low} to {high}"
        raise ValueError(_BOTH.format(why=why))
    day = format_day(int(first.low))
    rule = tick_rule(
        options.unit,
        options.per_unit,
        lambda unit: translate("{unit} since the earliest start, {day}", unit=unit, day=day),
        zero=first.low,
    )
    drawn = ticks(frame, options.unit, options.per_unit, first.low)
    return Axis(row=row, ticks=drawn, title=rule.units[0].title, rule=rule)


def _dates(lanes: Sequence[Lane], frame: Frame, row: int) -> Axis:
    """Months and years, below the time since one known day."""
    time_zeros = {lane.time_zero for lane in lanes}
    known = next(iter(time_zeros))
    if len(time_zeros) > 1:
        raise ValueError(_BOTH.format(why=f"these count from {len(time_zeros)} different days"))
    if known is None or not known.is_point:
        raise ValueError(_BOTH.format(why="time zero is not known to the day"))
    day = float(known.low)
    dated = attrs.evolve(
        frame,
        low=frame.low + day,
        high=frame.high + day,
        breaks=tuple((start + day, end + day) for start, end in frame.breaks),
    )
    found = calendar(dated, row)
    return attrs.evolve(
        found,
        ticks=tuple(Tick(tick.at - day, tick.text, tick.length) for tick in found.ticks),
        captions=tuple((low - day, high - day, text) for low, high, text in found.captions),
        rule=found.rule and attrs.evolve(found.rule, zero=-day),
    )
