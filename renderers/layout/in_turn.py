"""Bars and markers that share a range of dates and have an order: each takes its part in turn.

Of several treatments whose dates are not known, and only that one ended before the next began,
bars over the whole range look as if all were given together. With ``n`` of them one after the
other, the first is drawn in the first of ``n`` equal parts of its range, the next in the second.
Order narrows dates, so neither end of a range is before that of one that it follows; these parts
then keep the order between ranges that differ as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

Pair = tuple[int, int]  # the numbers of two, of which the first has ended when the second begins
Stretch = tuple[float, float]  # from day to day
_MUCH = 0.5  # of the shorter of two ranges: what they share at least


def in_turn(
    ranges: Sequence[Stretch], pairs: Iterable[Pair], bars: Set[int]
) -> Mapping[int, Stretch]:
    """The part of its range that each takes, by its number.

    Args:
        ranges: all possible days of each, in order of time.
        pairs: the numbers of two each, the first of which is stated to have ended when the second
            begins; with every pair that follows from others.
        bars: the numbers of those that last; the others are moments.

    Returns:
        Those that share much of their ranges with another one, if two of these are bars.
    """
    linked = [
        (one, other) for one, other in pairs if one < other and _share(ranges[one], ranges[other])
    ]
    lasting = {number for pair in linked if set(pair) <= bars for number in pair}
    taking = {number for pair in linked if lasting & set(pair) for number in pair}
    kept = [pair for pair in linked if set(pair) <= taking]
    before, after = [0] * len(ranges), [0] * len(ranges)
    for one, other in sorted(kept, key=lambda pair: pair[1]):
        before[other] = max(before[other], before[one] + 1)
    for one, other in sorted(kept, reverse=True):
        after[one] = max(after[one], after[other] + 1)
    return {
        number: _part(ranges[number], before[number], after[number]) for number in sorted(taking)
    }


def _share(one: Stretch, other: Stretch) -> bool:
    """Whether two ranges have much of the shorter one in common."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common > _MUCH * min(one[1] - one[0], other[1] - other[0])


def _part(days: Stretch, before: int, after: int) -> Stretch:
    low, high = days
    part = (high - low) / (before + after + 1)
    return low + before * part, low + (before + 1) * part
