"""Which paragraphs of a text are one paragraph of the report.

A new page begins a paragraph of the text in the middle of one of the report, so the text has as
many or more. The numbers in the file are those of the report: of the ways to divide the
paragraphs of the text among them in order, that is taken in which most values are found.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from timeline.grounding.items import Item
from timeline.grounding.places import Places
from timeline.grounding.text_index import Found

_MOST = 60  # paragraphs of one section that are compared


def align_paragraphs(places: Places, looked_up: Iterable[tuple[Item, Sequence[Found]]]) -> None:
    """Divide the paragraphs of each section that the file cites by numbers."""
    sections: dict[str, dict[int, list[Sequence[Found]]]] = defaultdict(lambda: defaultdict(list))
    for item, found in looked_up:
        named = places.numbered_place(item.place)
        if named and found and not item.anywhere:
            sections[named[0]][named[1]].append(found)
    for name, values in sections.items():
        regions = places.paragraphs_of(name)
        if len(values) and max(values) < len(regions) <= _MOST:
            within = {
                number: [frozenset(at for at, region in enumerate(regions)
                                   if any(region.contains(each.start) for each in found))
                         for found in every]
                for number, every in values.items()
            }  # fmt: skip
            places.group(name, _divided(within, max(values), len(regions)))


def _divided(within: dict[int, list[frozenset[int]]], groups: int, paragraphs: int) -> list[range]:
    """The division that finds most values; of equal ones that with the fewest joined paragraphs.

    Args:
        within: for each number of the file, the paragraphs of the text that hold each value.
        groups: the greatest number of the file.
        paragraphs: how many the text has. Those after the last group stay as they are.
    """

    @functools.cache
    def score(number: int, first: int, after: int) -> int:
        part = set(range(first, after))
        hits = sum(bool(each & part) for each in within.get(number, ()))
        return 1000 * hits - (after - first - 1)

    @functools.cache
    def best(number: int, first: int) -> tuple[int, tuple[int, ...]]:
        if number > groups:
            return 0, ()
        left = groups - number
        found = [
            (score(number, first, after) + rest, (after, *ends))
            for after in range(first + 1, paragraphs - left + 1)
            for rest, ends in (best(number + 1, after),)
        ]
        return max(found, key=lambda each: each[0])

    ends = best(1, 0)[1]
    divided = [range(first, after) for first, after in zip((0, *ends), ends, strict=False)]
    return [*divided, *(range(at, at + 1) for at in range(ends[-1], paragraphs))]
