"""The units of a time axis: how many days each has, and the whole steps that suit it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator

from renderers.axes.calendar import thinned
from renderers.scene.geometry import TickRule, TickUnit
from renderers.scene.scene import SMALL, Frame, Tick
from renderers.scene.text_metrics import width
from renderers.text.translation import translate
from timeline.core.calendar.durations import days_per
from timeline.core.frozen_class import frozen

_SPACING = 1.2  # times its own width that a tick label needs
_ROUND = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # of a unit without a row


@frozen
class TimeUnit:
    """One row. ``steps`` are the whole numbers of units between ticks, finest first.

    ``usual`` are those of a swimmer plot, unless the axis is too short for two of them.
    """

    name: str
    days: float
    steps: tuple[int, ...]
    source: str
    usual: tuple[int, ...] = ()


UNITS = {
    row.name: row
    for row in (
        TimeUnit("days", 1.0, (1, 7, 14, 28, 56, 84, 168, 336, 672), "visits in weeks and cycles"),
        TimeUnit(
            "weeks",
            7.0,
            (1, 2, 3, 6, 12, 24, 48, 96, 192),
            "scans every 6, 8 or 12 weeks",
            (4, 8, 12, 24, 48, 96, 192),
        ),
        TimeUnit(
            "months",
            float(days_per("months")),
            (1, 3, 6, 12, 24, 60, 120),
            "quarters, years",
            (3, 6, 12, 24, 60, 120),
        ),
        TimeUnit("years", float(days_per("years")), (1, 2, 5, 10, 20), "whole years"),
        TimeUnit("cycles", 0.0, (1, 2, 3, 4, 6, 12, 24, 48), "length given with the figure"),
    )
}


def ticks(
    frame: Frame, unit: str, days: float, time_zero: float = 0.0, step: int = 0
) -> tuple[Tick, ...]:
    """Whole units since ``time_zero``, at the finest step at which numbers do not touch.

    ``days``: the length of one unit. ``step``: units between ticks; 0: the finest step that fits.
    No tick is in a break.
    """
    chosen = step or _finest(frame, unit, days)
    first = math.ceil((frame.low - time_zero) / days / chosen - 1e-9)
    last = math.floor((frame.high - time_zero) / days / chosen + 1e-9)
    counts = (n * chosen for n in range(first, last + 1))
    shown = [
        Tick(time_zero + n * days, str(n).replace("-", "−"))
        for n in counts
        if not any(low < time_zero + n * days < high for low, high in frame.breaks)
    ]
    return thinned(shown, frame)


def first_tick(frame: Frame, unit: str, days: float) -> float:
    """The day of the last tick at or before the beginning of an axis."""
    step = _finest(frame, unit, days) * days
    return math.floor(frame.low / step + 1e-9) * step


def _finest(frame: Frame, unit: str, days: float) -> int:
    """The finest step at which neighbouring numbers do not touch."""
    longest = max(len(str(int(end / days))) for end in (frame.low, frame.high) if days)
    needed = width("0" * max(3, longest), SMALL) * _SPACING
    usual = (n for n in UNITS[unit].usual if 2 * n * days <= frame.high - frame.low)
    steps = itertools.chain(usual, _steps(unit))
    return next(n for n in steps if n * days >= frame.days(needed))


def _steps(unit: str) -> Iterator[int]:
    """The steps that suit a unit, and beyond them the round ones, without an end."""
    steps = UNITS[unit].steps
    yield from steps
    for power in itertools.count(len(str(steps[-1])) - 1):
        yield from (n for digit in (1, 2, 5) if (n := digit * 10**power) > steps[-1])


def tick_rule(
    unit: str,
    days: float,
    title: Callable[[str], str] = str,
    *,
    zero: float = 0.0,
    per: float = 1.0,
) -> TickRule:
    """The rule of an axis in its unit, and in finer ones where few of its ticks are in sight.

    Args:
        unit: a name of ``UNITS``, or another word.
        days: the length of one unit.
        title: the title of the axis in a unit, such as ``Months``.
        zero: the time that the axis counts from, as the frame counts it.
        per: the days of one step of the frame.

    Returns:
        The rule; lengths are in steps of the frame.

    """
    own = UNITS.get(unit)
    finer = sorted(
        (row for row in UNITS.values() if own and 0.0 < row.days < days), key=lambda row: -row.days
    )
    rows = [(in_words(unit, days), days, own.steps if own else _ROUND)]
    rows += [(in_words(row.name, row.days), row.days, row.steps) for row in finer]
    return TickRule(
        zero=zero,
        units=tuple(
            TickUnit(length=length / per, steps=steps, title=title(words))
            for words, length, steps in rows
        ),
    )


def whole_ticks(low: float, high: float, days: float) -> tuple[float, float]:
    """The whole units around some days: at most 0, and beyond the last."""
    first = min(0.0, math.floor(low / days) * days)
    return first, (int(high / days) + 1) * days


def in_words(name: str, days: float) -> str:
    """``Months``, or ``Cycles of 21 days``."""
    if name == "cycles":
        return translate("Cycles of {days} days", days=f"{days:g}")
    return translate(name.capitalize())
