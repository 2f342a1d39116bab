"""The places of markers whose dates are vague: apart where their order is stated.

Several events of one vague range have one midpoint. Where the record states their order, they are
spread over the range in that order: of ``n`` events one after the other the first is at
1/(n + 1) of its range, the second at 2/(n + 1). A range with one known end has its markers from
that end. Order narrows dates, so an event never has an earlier end of its range than one before
it; these places then keep the order between ranges that overlap as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from renderers.layout.date_ranges import PITCH, DateRange
from renderers.scene.scene import Frame

Pair = tuple[int, int]  # the numbers of two events, of which the first is not after the second
_SAME = 0.5  # millimetres: markers nearer than that are at one place
_EVEN = 1e-6  # what rounding may take from a distance


def in_stated_order(
    ranges: Sequence[DateRange], pairs: Iterable[Pair], frame: Frame
) -> tuple[DateRange, ...]:
    """Ranges with the places of their markers, apart where their order is stated.

    Args:
        ranges: the possible days of each event, in order of time.
        pairs: the numbers of two events each, the first of which is stated not to be after the
            second; with every pair that follows from others.
        frame: the axis.

    Returns:
        The ranges in the same order. Those whose order is not stated are as they were, and so are
        those that are too short on the axis to have their markers side by side.
    """
    vague = [
        (one, other) for one, other in pairs
        if one < other and not (ranges[one].is_point or ranges[other].is_point)
        and ranges[other].low < ranges[one].high
    ]  # fmt: skip
    kept: set[int] = set()
    while True:
        free = [pair for pair in vague if not kept & set(pair)]
        places, used = _spread(ranges, free, frame)
        close = {pair for pair in used if _apart(pair, places, frame) < PITCH - _EVEN}
        close |= {pair for pair in vague if _apart(pair, places, frame) < -_EVEN}
        if not close:
            break
        kept |= _joined({number for pair in close for number in pair}, used)
    moved = {number for pair in used for number in pair}
    return tuple(
        attrs.evolve(each, placed=places[number], one_sided=False) if number in moved else each
        for number, each in enumerate(ranges)
    )


def _spread(
    ranges: Sequence[DateRange], pairs: Sequence[Pair], frame: Frame
) -> tuple[list[float], set[Pair]]:
    """The places, and the pairs that would be at one place without them."""
    used: set[Pair] = set()
    places = [each.at for each in ranges]
    while more := {pair for pair in pairs if _apart(pair, places, frame) < _SAME} - used:
        used |= more
        before, after = [0] * len(ranges), [0] * len(ranges)
        for one, other in sorted(used, key=lambda pair: pair[1]):
            before[other] = max(before[other], before[one] + 1)
        for one, other in sorted(used, key=lambda pair: pair[0], reverse=True):
            after[one] = max(after[one], after[other] + 1)
        places = [_place(*each) for each in zip(ranges, before, after, strict=True)]
    return places, used


def _place(days: DateRange, before: int, after: int) -> float:
    """The day of a marker with so many others before and after it; alone it is where it was."""
    if not (before or after):
        return days.at
    first = 0 if days.open_high and not days.open_low else 1
    last = 0 if days.open_low and not days.open_high else 1
    share = (before + first) / (before + after + first + last)
    return days.low + share * (days.high - days.low)


def _apart(pair: Pair, places: Sequence[float], frame: Frame) -> float:
    """Millimetres from the marker of the first to that of the second."""
    return frame.x(places[pair[1]]) - frame.x(places[pair[0]])


def _joined(numbers: set[int], pairs: Iterable[Pair]) -> set[int]:
    """The events with all that are spread together with them."""
    found, every = set(numbers), list(pairs)
    while more := {n for pair in every if found & set(pair) for n in pair} - found:
        found |= more
    return found
