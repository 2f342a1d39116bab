"""Ticks: calendar months under their years, or whole months since an anchor."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import pendulum

from renderers.scene.geometry import TickRule
from renderers.scene.scene import SMALL, Axis, Frame, Tick
from renderers.scene.text_metrics import width
from renderers.text.translation import month_name, months_in_short
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS
from timeline.core.span import Number

_STEPS = (1, 3, 6, 12, 24, 60, 120)  # months between ticks
_YEAR = 365  # days: the numbers of years without a leap day must fit as well
_YEAR_STEPS = (1, 2, 5, 10, 20, 50)  # years between numbers
_OFF_LINE = 0.1  # millimetres between a caption and a line beside it
_SPACING = 1.2  # times its own width that a tick label needs
MONTH = float(MONTHS[DEFAULT_MONTH].days)
Captions = tuple[tuple[float, float, str], ...]  # first day, last day, words


def _first(year: int, month: int) -> int:
    return pendulum.date(year, month, 1).toordinal()


def whole_months(low: Number, high: Number) -> tuple[float, float]:
    """The first of the month of one day, and the first after the month of another (ordinals)."""
    first = pendulum.Date.fromordinal(int(low)).replace(day=1)
    last = pendulum.Date.fromordinal(int(high)).replace(day=1).add(months=1)
    return float(first.toordinal()), float(last.toordinal())


def calendar(frame: Frame, row: int, beyond: float = 0.0) -> Axis:
    """Months at the finest step at which their names do not touch; each year once, below them.

    ``beyond``: millimetres right of the frame that are free for the number of the last year,
    on an axis without names of months.
    """
    low = pendulum.Date.fromordinal(int(frame.low))
    high = pendulum.Date.fromordinal(int(frame.high))
    step = _month_step(frame)
    every = _year_step(frame)
    rule = TickRule(months=months_in_short())
    if every > 1:
        return Axis(row=row, ticks=thinned(tuple(_year_ticks(frame, every)), frame), rule=rule)
    ticks = [
        Tick(float(_first(year, month)), _month_name(year, month, step), 1.6 if month == 1 else 1.0)
        for year in range(low.year, high.year + 1)
        for month in range(1, 13, step or 12)
        if frame.low <= _first(year, month) <= frame.high
        and not any(start < _first(year, month) < end for start, end in frame.breaks)
    ]
    return Axis(
        row=row,
        ticks=thinned(ticks, frame),
        captions=_years(frame, 0.0 if step else beyond),
        rule=rule,
    )


def _year_step(frame: Frame, label: str = "2000") -> int:
    """The fewest years between two labelled ticks at which their labels do not touch."""
    needed = width(label, SMALL) * _SPACING
    year_width = frame.x(frame.low + _YEAR) - frame.x(frame.low)
    if frame.breaks or frame.low + _YEAR > frame.high:
        return 1
    return next((step for step in _YEAR_STEPS if step * year_width >= needed), _YEAR_STEPS[-1])


def _year_ticks(frame: Frame, every: int) -> Iterator[Tick]:
    """A tick at the beginning of each year, with its number at each multiple of a step."""
    first, last = (pendulum.Date.fromordinal(int(day)).year for day in (frame.low, frame.high))
    for year in range(first, last + 1):
        at = float(_first(year, 1))
        if frame.low <= at <= frame.high:
            is_labelled = year % every == 0
            yield Tick(at, str(year) if is_labelled else "", 1.6 if is_labelled else 1.0)


def thinned(ticks: Sequence[Tick], frame: Frame) -> tuple[Tick, ...]:
    """The ticks, those without their text that a break brings too near to the one before."""
    free, found = -math.inf, list[Tick]()
    for tick in ticks:
        half = width(tick.text, SMALL) * _SPACING / 2
        x = frame.x(tick.at)
        near = bool(frame.breaks) and x - half < free
        found.append(Tick(tick.at, length=tick.length) if near else tick)
        free = free if near else x + half
    return tuple(found)


def years(frame: Frame, row: int, y: float, line: float | None = None) -> Axis:
    """The years alone, for the top of a figure, clear of a vertical ``line`` at a day."""
    step = _year_step(frame)
    step = step if step == 1 else _year_step(frame, "2000–01")
    captions = _years(frame) if step == 1 else tuple(_years_together(frame, step))
    edges = tuple(Tick(low) for low, _, _ in captions if low > frame.low)
    free = captions if line is None else tuple(_next_to_line(captions, frame, line))
    return Axis(row=row, y=y, plain=True, ticks=edges, captions=free, rule=TickRule())


def _years_together(frame: Frame, every: int) -> Iterator[tuple[float, float, str]]:
    """Stretches of so many years, as ``2020–21``; those at the ends only where they have space."""
    first, last = (pendulum.Date.fromordinal(int(day)).year for day in (frame.low, frame.high))
    for year in range(first - first % every, last + 1, every):
        low, high = max(frame.low, _first(year, 1)), min(frame.high, _first(year + every, 1))
        text = f"{year}–{(year + every - 1) % 100:02}"
        if low < high:
            fits = frame.x(high) - frame.x(low) >= width(text, SMALL)
            yield low, high, text if fits else ""


def _next_to_line(
    captions: Captions, frame: Frame, line: float
) -> Iterator[tuple[float, float, str]]:
    """Each caption in the larger part on either side of a line; left out where it does not fit."""
    for low, high, text in captions:
        if not low < line < high:
            yield low, high, text
            continue
        start, end = (low, line) if line - low >= high - line else (line, high)
        if frame.x(end) - frame.x(start) >= width(text, SMALL) + _OFF_LINE:
            yield start, end, text


def _years(frame: Frame, beyond: float = 0.0) -> Captions:
    """Each year with its first and last day shown, where its number fits; at least one year.

    The first and the last year have no other number on one side, and need no space for it. The
    number of the last one may go ``beyond`` the frame by some millimetres.
    """
    first, last = (pendulum.Date.fromordinal(int(day)).year for day in (frame.low, frame.high))
    shown = [
        (max(frame.low, _first(year, 1)), min(frame.high, _first(year + 1, 1)), str(year))
        for year in range(first, last + 1)
    ]
    shown_years = [(*_longest_shown(low, high, frame), text) for low, high, text in shown]
    needed = width("2000", SMALL)
    low, high, text = shown_years[-1]
    more = needed - (frame.x(high) - frame.x(low))
    if 0 < more <= beyond:
        shown_years[-1] = (low, high + frame.days(more + _OFF_LINE), text)
    outer = {str(first), str(last)}
    labelled = tuple(
        (low, high, text)
        for low, high, text in shown_years
        if frame.x(high) - frame.x(low) >= needed * (1 if text in outer else _SPACING)
    )
    return labelled or (max(shown_years, key=lambda caption: caption[1] - caption[0]),)


def _longest_shown(low: float, high: float, frame: Frame) -> tuple[float, float]:
    """The longest stretch of some days that no break leaves out."""
    pieces = [(low, high)]
    for start, end in frame.breaks:
        pieces = [piece for first, last in pieces
                  for piece in ((first, min(last, start)), (max(first, end), last))
                  if piece[0] < piece[1]]  # fmt: skip
    return max(pieces, key=lambda piece: piece[1] - piece[0], default=(low, low))


def _month_step(frame: Frame) -> int:
    """Months between ticks, or 0 where only the years fit."""
    needed = max(width(name, SMALL) for name in months_in_short()) * _SPACING
    fits = (n for n in (1, 3, 6) if frame.x(frame.low + n * MONTH) - frame.left >= needed)
    return next(fits, 0)


def _month_name(year: int, month: int, step: int) -> str:
    return month_name(year, month) if step else ""


def since(frame: Frame, row: int, title: str) -> Axis:
    """Whole months since an anchor, at the finest step at which the numbers do not touch."""
    needed = width("000", SMALL) * _SPACING
    spans = (n for n in _STEPS if frame.x(frame.low + n * MONTH) - frame.left >= needed)
    step = next(spans, _STEPS[-1])
    count = int((frame.high - frame.low) / MONTH)
    ticks = tuple(
        Tick(float(Fraction(n) * MONTHS[DEFAULT_MONTH].days), str(n))
        for n in range(0, count + 1, step)
    )
    return Axis(row=row, ticks=ticks, title=title)
