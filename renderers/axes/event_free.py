"""Years without an event: a long axis leaves them out, and says so."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

import pendulum

from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.durations import days_per

_LEAST = 2  # whole years in a row that are left out; a single one stays
_AROUND = 45.0  # days around an event that are always shown

Stretch = tuple[float, float]  # from, to; days


def event_free_years(
    occupied: Iterable[Stretch], low: float, high: float, *, dated: bool
) -> tuple[Stretch, ...]:
    """The stretches of an axis that hold no event.

    Args:
        occupied: the days of each event, first and last included: of a vague date every day that
            it may be, of a treatment all days from its start to its end.
        low: the first day of the axis.
        high: its last day.
        dated: whether the days are those of the calendar; else years count from day 0.

    Returns:
        Two or more whole years in a row without a day that is within 45 days of an event, each
        stretch as its first day and the first day after it.
    """
    shown = [(start - _AROUND, end + _AROUND) for start, end in occupied]
    found: list[Stretch] = []
    run: list[Stretch] = []
    for year in (*_years(low, high, dated=dated), None):
        if year is not None and not any(a < year[1] and year[0] < b for a, b in shown):
            run.append(year)
            continue
        if len(run) >= _LEAST:
            found.append((run[0][0], run[-1][1]))
        run = []
    return tuple(found)


def _years(low: float, high: float, *, dated: bool) -> Iterator[Stretch]:
    """The whole years of an axis."""
    if dated:
        first, last = (pendulum.Date.fromordinal(int(day)).year for day in (low, high))
        ends = [float(pendulum.date(year, 1, 1).toordinal()) for year in range(first, last + 1)]
    else:
        length = float(days_per("years"))
        ends = [n * length for n in range(math.floor(low / length), math.ceil(high / length) + 1)]
    inside = [day for day in ends if low < day < high]
    yield from itertools.pairwise(inside)


def years_left_out(stretch: Stretch, *, dated: bool) -> str:
    """The years of a stretch: ``2011–2019``, or their number where they are none of a calendar.

    >>> years_left_out((pendulum.date(2011, 1, 1).toordinal(),
    ...                 pendulum.date(2020, 1, 1).toordinal()), dated=True)
    '2011–2019'
    """
    start, end = stretch
    if not dated:
        return f"{(end - start) / float(days_per('years')):.1f}".removesuffix(".0")
    first, last = (pendulum.Date.fromordinal(int(day)) for day in (start, end - 1))
    whole = (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31)
    if whole:
        return f"{first.year}–{last.year}" if first.year < last.year else str(first.year)
    return f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"


def stretch_of(first: str, last: str, unit: str) -> Stretch:
    """A stretch that is left out, from its ends as written.

    Args:
        first: the first part left out: a year, a month or a day, or a number of units.
        last: the last part left out, included.
        unit: of the axis, if it counts time; empty on a calendar.

    Returns:
        Its first day and the first day after it.

    Raises:
        ValueError: an end is not of this axis, or the later end is not later.
    """
    try:
        if unit:
            low, high = (float(text) * float(days_per(unit)) for text in (first, last))
        else:
            spans = [parse_edtf(text).span for text in (first, last)]
            low, high = float(spans[0].low), float(spans[1].high) + 1.0
    except ValueError:
        what = f"numbers of {unit}, such as 12/36" if unit else "dates, such as 2011/2019"
        raise ValueError(f"leave-out: not on this axis: '{first}/{last}' (write {what})") from None
    if not low < high:
        raise ValueError(f"leave-out: {last!r} is not after {first!r} (exchange them)")
    return low, high


def hidden(moments: Sequence[tuple[float, str]], breaks: Sequence[Stretch]) -> Iterator[str]:
    """The names of the moments that a break would hide."""
    for start, end in breaks:
        yield from (name for at, name in moments if start < at < end)
