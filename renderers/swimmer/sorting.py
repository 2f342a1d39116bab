"""The order of the lanes: sort keys, one row each, and groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from renderers.swimmer.lane import CALENDAR, Lane, Rank, by_size, rank
from timeline.core.problem import near

SORTS: dict[str, Callable[[Lane], Rank]] = {
    "duration": lambda lane: by_size(-lane.length),
    "start": lambda lane: by_size(lane.days[0] if lane.nought in (None, CALENDAR)
                                  else lane.nought.low),
    "name": lambda lane: rank(lane.name),
}  # fmt: skip
_REVERSED = " reversed"


def sort_lanes(lanes: Sequence[Lane], keys: Sequence[str]) -> tuple[Lane, ...]:
    """The lanes by some keys, the first one first; equal ones as they were, groups together.

    ``duration`` puts the longest first, every other key the least. ValueError names the keys.
    """
    found = list(lanes)
    for key in reversed(keys):
        name = key.removesuffix(_REVERSED)
        found.sort(key=_key(name, lanes), reverse=key.endswith(_REVERSED))
    names = dict.fromkeys(lane.group for lane in sorted(lanes, key=_group))
    groups = {name: number for number, name in enumerate(names)}
    return tuple(sorted(found, key=lambda lane: groups[lane.group]))


def _group(lane: Lane) -> Rank:
    return rank(lane.group)


def _key(name: str, lanes: Sequence[Lane]) -> Callable[[Lane], Rank]:
    if name in SORTS:
        return SORTS[name]
    columns = dict.fromkeys(column for lane in lanes for column, _ in lane.cells)
    if lanes and name not in columns:
        raise ValueError(f"unknown sort key: {name!r} ({near(name, (*SORTS, *columns))})")
    return lambda lane: lane.cell(name).rank


def group_headings(lanes: Sequence[Lane]) -> tuple[str, ...]:
    """For each lane the name of the group that begins with it, or nothing."""
    named: list[str] = []
    for name, members in groupby(lanes, key=lambda lane: lane.group):
        count = sum(1 for _ in members)
        named += [f"{name}, n = {count}" if name else "", *[""] * (count - 1)]
    return tuple(named)
