"""The span of a response on a lane, in pieces: certain, possible, or between possible ends.

Between two days on which it may end, a response neither begins nor ends: it continues there only
if it ends on the later day. The same holds between two days on which it may begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from renderers.layout.date_ranges import DateRange
from renderers.scene.scene import RangeMark
from timeline.terminology.response_codes import Code

CERTAIN, POSSIBLE, BETWEEN = "response", "possible response", "response between"


CATEGORIES: dict[Code | None, str] = {
    Code.PR: "partial response",
    Code.CR: "complete response",
}


def by_category(
    pieces: Sequence[RangeMark], categories: Sequence[tuple[float, str]]
) -> Iterator[RangeMark]:
    """The pieces, those that are certain split where the response becomes another one.

    Args:
        pieces: The pieces of one response.
        categories: From which day on a response is of a category, the style of that category, in
            order of time. A piece before all of them is a response of an unknown category.

    """
    for piece in pieces:
        if piece.style != CERTAIN:
            yield piece
            continue
        inside = [each for each in categories if piece.low < each[0] < piece.high]
        before = [style for day, style in categories if day <= piece.low]
        cuts = [(piece.low, before[-1] if before else CERTAIN), *inside]
        ends = [day for day, _ in cuts[1:]] + [piece.high]
        joined: list[RangeMark] = []
        for (low, style), high in zip(cuts, ends, strict=True):
            since = joined.pop().low if joined and joined[-1].style == style else low
            joined.append(attrs.evolve(piece, style=style, low=since, high=high))
        yield from joined


def response_pieces(
    starts: Sequence[DateRange], ends: Sequence[DateRange], *, certain: bool, tooltip: str = ""
) -> tuple[RangeMark, ...]:
    """The pieces of one response, in order of time.

    Args:
        starts: The dates on one of which it begins.
        ends: The dates on one of which it ends.
        certain: Whether there was a response at all.
        tooltip: The tooltip of each piece.

    """
    dates = (*starts, *ends)
    first, last = min(each.low for each in starts), max(each.high for each in ends)
    latest_start, earliest_end = max(each.high for each in starts), min(each.low for each in ends)
    cuts = {day for each in dates for day in (each.low, each.high) if first <= day <= last}
    pieces: list[RangeMark] = []
    for low, high in pairwise(sorted(cuts)):
        style = BETWEEN
        if any(each.low <= low and high <= each.high for each in dates):
            style = POSSIBLE
        elif latest_start <= low and high <= earliest_end:
            style = CERTAIN if certain else POSSIBLE
        continues = pieces and pieces[-1].style == style
        since = pieces.pop().low if continues else low
        pieces.append(RangeMark(style=style, low=since, high=high, tooltip=tooltip))
    return tuple(pieces)
