"""Where a lane draws treatments that have no certain day: one after the other, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.layout.in_turn import Pair, Stretch, in_turn

Bars = Sequence[TreatmentBar]


def treatments_in_turn(treatments: Sequence[Bars], pairs: Iterable[Pair]) -> list[Bars]:
    """The bars of each treatment; of those that share the days that they may take, in turn.

    Args:
        treatments: for each treatment, in order of time, the bars of its drugs.
        pairs: the numbers of two treatments each, the first of which is stated to have ended when
            the second begins; with every pair that follows from others. They are looked at only
            where two treatments or more have no certain day.

    Returns:
        The treatments in the same order. One with a certain day, with two courses of a drug, or
        without a known end is as it was.
    """
    days = {n: _possible(bars[0]) for n, bars in enumerate(treatments) if _is_vague(bars)}
    numbers = list(days)
    linked = (
        [
            (numbers.index(one), numbers.index(other))
            for one, other in pairs
            if one in days and other in days
        ]
        if len(days) > 1
        else []
    )
    parts = in_turn(list(days.values()), linked, set(range(len(numbers))))
    found = list(treatments)
    for at, (low, high) in parts.items():
        start, end = DateRange(low=low, high=low), DateRange(low=high, high=high)
        number = numbers[at]
        found[number] = tuple(
            attrs.evolve(bar, start=start, end=end, in_turn=True) for bar in treatments[number]
        )
    return found


def _is_vague(bars: Bars) -> bool:
    """Whether all drugs of a treatment may have been given on the same days, certainly on none."""
    if len({_possible(bar) for bar in bars}) != 1 or len({bar.style for bar in bars}) < len(bars):
        return False
    return all(
        bar.end is not None
        and not bar.goes_on
        and not bar.planned
        and bar.start.high >= bar.end.low
        and not (bar.start.is_point and bar.end.is_point)
        for bar in bars
    )


def _possible(bar: TreatmentBar) -> Stretch:
    last = bar.start if bar.end is None else bar.end
    return bar.start.low, max(bar.start.high, last.high)
