"""A response on a lane: solid where it is certain, dashed where it may begin or end, else thin.

Between two days at which it may end, and neither after the one nor before the other, nothing of
it begins or ends; it only goes on there, if it is the later day.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from renderers.layout.date_ranges import DateRange
from renderers.scene.scene import RangeMark

CERTAIN, POSSIBLE, BETWEEN = "response", "possible response", "response between"


def responded(
    starts: Sequence[DateRange], ends: Sequence[DateRange], *, certain: bool, tooltip: str
) -> tuple[RangeMark, ...]:
    """The pieces of a response that begins at one of some spots and ends at one of others."""
    spots = (*starts, *ends)
    first, last = min(each.low for each in starts), max(each.high for each in ends)
    begun, least = max(each.high for each in starts), min(each.low for each in ends)
    cuts = {each for spot in spots for each in (spot.low, spot.high) if first <= each <= last}
    pieces: list[RangeMark] = []
    for low, high in pairwise(sorted(cuts)):
        style = BETWEEN
        if any(each.low <= low and high <= each.high for each in spots):
            style = POSSIBLE
        elif begun <= low and high <= least:
            style = CERTAIN if certain else POSSIBLE
        goes_on = pieces and pieces[-1].style == style
        since = pieces.pop().low if goes_on else low
        pieces.append(RangeMark(style=style, low=since, high=high, tooltip=tooltip))
    return tuple(pieces)
