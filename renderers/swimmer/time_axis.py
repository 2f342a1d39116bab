"""The time axis of lanes: its range, its breaks, and dates and time since nought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.calendar import calendar, whole_months
from renderers.axes.units import in_words, ticks, whole_ticks
from renderers.scene.scene import Axis, Frame, Tick
from renderers.swimmer.lane import CALENDAR, Lane
from renderers.swimmer.options import Moment, SwimmerOptions
from renderers.text.translation import translate
from timeline.core.dates import format_day, parse_edtf

_BOTH = (
    "dates and time since nought share an axis only where all lanes count from one known day: "
    "{why} (align on a day, as 2021-03-01, or leave one axis out)"
)


def frame_of(lanes: Sequence[Lane], swim: SwimmerOptions, left: float, right: float) -> Frame:
    """Whole units around everything that the lanes hold; ValueError where a break hides some."""
    ends = [day for lane in lanes for day in (*lane.days, lane.cutoff) if day is not None]
    dated = _is_calendar(lanes)
    if dated:
        low, high = whole_months(min(ends), max(ends))
    else:
        low, high = whole_ticks(min(ends), max(ends), swim.per_unit)
    breaks = tuple(
        (moment(start, swim, dated=dated), moment(end, swim, dated=dated))
        for start, end in swim.breaks
    )
    frame = Frame(low=low, high=high, left=left, right=right, breaks=breaks, dated=dated)
    for lane in lanes:
        _check_breaks(lane, frame, swim)
    return frame


def moment(at: Moment, swim: SwimmerOptions, *, dated: bool) -> float:
    """The day of the axis of a wish. ValueError: a time since nought on a calendar, or the reverse.

    >>> moment(2.0, SwimmerOptions(unit="weeks"), dated=False)
    14.0
    """
    if isinstance(at, str) != dated:
        wanted = "a calendar takes days: 2021-06-01" if dated else "a day needs align=calendar"
        raise ValueError(f"{at} is no time of this axis ({wanted})")
    return float(parse_edtf(at).span.low) if isinstance(at, str) else at * swim.per_unit


def time_text(day: float, swim: SwimmerOptions, *, dated: bool) -> str:
    """A day of the axis in words: a date, or units since nought."""
    return format_day(int(day)) if dated else f"{round(day / swim.per_unit, 1):g} {swim.unit}"


def _is_calendar(lanes: Sequence[Lane]) -> bool:
    return any(lane.nought == CALENDAR for lane in lanes)


def _check_breaks(lane: Lane, frame: Frame, swim: SwimmerOptions) -> None:
    for at, what in _moments(lane):
        for start, end in frame.breaks:
            if start < at < end:
                at_, from_, to = (
                    time_text(day, swim, dated=frame.dated) for day in (at, start, end)
                )
                raise ValueError(
                    f"{lane.name}: {what} at {at_} lies in the break from {from_} to {to} "
                    "(nothing is hidden: leave it in)"
                )


def _moments(lane: Lane) -> Iterator[tuple[float, str]]:
    """Every moment of a lane that a break would hide."""
    for note in lane.notes:
        yield from ((at, note.word or note.style) for at in (note.place.low, note.place.high))
    for stay in lane.stays:
        for spot, what in ((stay.start, "the start of a bar"), (stay.end, "the end of a bar")):
            if spot:
                yield from ((at, what) for at in (spot.low, spot.high))
    for reach in lane.responses:
        yield from ((at, "an end of a response") for at in (reach.low, reach.high))


def axes_of(
    lanes: Sequence[Lane], frame: Frame, swim: SwimmerOptions, nought: str, row: int
) -> tuple[tuple[Axis, ...], int]:
    """The axes from a row on, and how many rows they take."""
    if _is_calendar(lanes):
        dates = calendar(frame, row)
        return ((dates, _since_first(lanes, frame, swim, row + 1)), 2) if swim.both_axes else (
            (dates,), 1)  # fmt: skip
    words = in_words(swim.unit, swim.per_unit)
    title = translate("{unit} since {time_zero}", unit=words, time_zero=nought) if nought else words
    main = Axis(row=row, ticks=ticks(frame, swim.unit, swim.per_unit), title=title)
    if not swim.both_axes:
        return (main,), 1
    return (main, _dates(lanes, frame, row + 1)), 2


def _since_first(lanes: Sequence[Lane], frame: Frame, swim: SwimmerOptions, row: int) -> Axis:
    """Time since the earliest start, below a calendar."""
    first = min((stay.start for lane in lanes for stay in lane.stays), key=lambda spot: spot.low)
    if not first.is_point:
        low, high = (format_day(int(day)) for day in (first.low, first.high))
        why = f"the earliest start is only known as {low} to {high}"
        raise ValueError(_BOTH.format(why=why))
    words = in_words(swim.unit, swim.per_unit)
    return Axis(
        row=row,
        ticks=ticks(frame, swim.unit, swim.per_unit, first.low),
        title=translate(
            "{unit} since the earliest start, {day}", unit=words, day=format_day(int(first.low))
        ),
    )


def _dates(lanes: Sequence[Lane], frame: Frame, row: int) -> Axis:
    """Months and years, below the time since one known day."""
    noughts = {lane.nought for lane in lanes}
    known = next(iter(noughts))
    if len(noughts) > 1:
        raise ValueError(_BOTH.format(why=f"these count from {len(noughts)} different days"))
    if known is None or not known.is_point:
        raise ValueError(_BOTH.format(why="nought is not known to the day"))
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
    )
