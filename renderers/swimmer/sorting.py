"""The order of lanes: sort keys, one row each, and groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from renderers.swimmer.lane import CALENDAR, Lane, Rank, by_size, rank
from timeline.core.problem import near

SORTS: dict[str, Callable[[Lane], Rank]] = {
    "duration": lambda lane: by_size(-lane.length),
    "start": lambda lane: by_size(lane.days[0] if lane.time_zero in (None, CALENDAR)
                                  else lane.time_zero.low),
    "name": lambda lane: rank(lane.name),
}  # fmt: skip
_REVERSED = " reversed"


def sort_lanes(lanes: Sequence[Lane], keys: Sequence[str]) -> tuple[Lane, ...]:
    """The lanes in order of some keys, groups together; equal lanes keep their order.

    Args:
        lanes: The lanes.
        keys: The most important first: ``duration`` (the longest on top), ``start``, ``name`` or
            a column; with ``reversed`` after it in the other direction.

    Raises:
        ValueError: a key is unknown.

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
    """For each lane the name of the group that begins with it, or an empty text."""
    headings: list[str] = []
    for name, members in groupby(lanes, key=lambda lane: lane.group):
        count = sum(1 for _ in members)
        headings += [f"{name}, n = {count}" if name else "", *[""] * (count - 1)]
    return tuple(headings)
