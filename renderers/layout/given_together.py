"""Bars of treatments that are given at the same time: one above the other within one bar."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, pairwise

import attrs

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange

_Numbered = tuple[int, TreatmentBar]  # with the number of its treatment
Slot = tuple[int, int]  # which part from the top, counted from 0, and of how many


def given_together(treatments: Sequence[Sequence[TreatmentBar]]) -> tuple[TreatmentBar, ...]:
    """The bars of a lane, those of one time as parts of its height.

    Args:
        treatments: for each treatment the bars of its drugs. Drugs of one treatment are given
            together; those of two treatments are if their certain times overlap. They are parts
            of the height as well where later ones would be drawn over all of an earlier one.

    Returns:
        The bars in their order. One that shares its time for a part of it is in pieces, each as
        high as the number of drugs at that time allows. Days are as they were.

    """
    numbered = [(number, bar) for number, bars in enumerate(treatments) for bar in bars]
    found: list[TreatmentBar] = []
    for members in _shared(numbered):
        found += [piece for bar in members for piece in _pieces(bar, members)]
    return tuple(found)


def _shared(numbered: Sequence[_Numbered]) -> Iterator[list[TreatmentBar]]:
    """The bars in sets, each of bars that are linked by times that they share."""
    covered = {id(bar) for number, bar in numbered if _is_covered(number, bar, numbered)}
    left = list(numbered)
    while left:
        linked, waiting = [], [left.pop(0)]
        while waiting:
            current = waiting.pop(0)
            linked.append(current)
            met = [each for each in left if _is_shared(current, each, covered)]
            left = [each for each in left if not any(each is other for other in met)]
            waiting += met
        order = [id(bar) for _, bar in numbered]
        yield sorted((bar for _, bar in linked), key=lambda bar: order.index(id(bar)))


def _is_covered(number: int, bar: TreatmentBar, numbered: Sequence[_Numbered]) -> bool:
    """Whether a bar would be drawn below those of later treatments and not be seen."""
    first, last = _possible(bar)
    for low, high in sorted(_possible(other) for later, other in numbered if later > number):
        if low <= first < high:
            first = high
    return first >= last > _possible(bar)[0]


def _is_shared(one: _Numbered, other: _Numbered, covered: Set[int]) -> bool:
    if one[0] == other[0] or _meet(_certain(one[1]), _certain(other[1])):
        return True
    early, _ = sorted((one, other), key=lambda each: each[0])
    return id(early[1]) in covered and _meet(_possible(one[1]), _possible(other[1]))


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two times have more than one moment in common."""
    return max(one[0], other[0]) < min(one[1], other[1])


def _certain(bar: TreatmentBar) -> tuple[float, float]:
    """The days on which a drug was given, whatever its dates; none where they are open."""
    if bar.end is None or bar.planned:
        return bar.start.high, bar.start.high
    return bar.start.high, bar.end.low


def _possible(bar: TreatmentBar) -> tuple[float, float]:
    """The days on which a drug may have been given."""
    return bar.start.low, math.inf if bar.end is None else max(bar.start.high, bar.end.high)


def _pieces(bar: TreatmentBar, members: Sequence[TreatmentBar]) -> Iterator[TreatmentBar]:
    """A bar cut where the number of drugs changes."""
    first, last = _possible(bar)
    days = {day for each in members for day in _possible(each) if first < day < last}
    cuts = sorted({first, last, *days})
    slots = [(_slot(bar, low, members), low, high) for low, high in pairwise(cuts)]
    if bar.end is None or len(slots) < 2:
        yield attrs.evolve(bar, slot=slots[0][0] if slots else _slot(bar, first, members))
        return
    for slot, each in groupby(slots, key=lambda found: found[0]):
        _, lows, highs = zip(*each, strict=True)
        yield _cut(bar, lows[0], highs[-1], slot)


def _slot(bar: TreatmentBar, day: float, members: Sequence[TreatmentBar]) -> Slot:
    """The part of a bar from some day on, up to the next day on which another begins or ends."""
    styles = [
        each.style
        for each in members
        if _possible(each)[0] <= day < _possible(each)[1] or each is bar
    ]
    distinct = tuple(dict.fromkeys(styles))
    return distinct.index(bar.style), len(distinct)


def _cut(bar: TreatmentBar, low: float, high: float, slot: Slot) -> TreatmentBar:
    """The piece of a bar between two days; it is open where the bar goes on."""
    first, last = _possible(bar)
    end = bar.end or bar.start
    return attrs.evolve(
        bar,
        start=_within(bar.start, low, high) if bar.start.high > low else _seam(low, first),
        end=_within(end, low, high) if end.low < high else _seam(high, last),
        goes_on=bar.goes_on and high == last,
        slot=slot,
    )


def _within(dates: DateRange, low: float, high: float) -> DateRange:
    """The part of a range that lies between two days."""
    return attrs.evolve(
        dates,
        low=max(low, dates.low),
        high=min(high, dates.high),
        open_low=dates.open_low or low > dates.low,
        open_high=dates.open_high or high < dates.high,
    )


def _seam(day: float, edge: float) -> DateRange:
    """A day on which a bar is cut; it is an edge only where the bar ends."""
    return DateRange(low=day, high=day, open_low=day != edge, open_high=day != edge)
