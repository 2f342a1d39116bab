"""The order of lanes: sort keys, one row each, and groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from renderers.swimmer.lane import CALENDAR, Lane
from renderers.text.sort_keys import Rank, by_size, rank
from timeline.core.problem import near

SORTS: dict[str, Callable[[Lane], Rank]] = {
    "treatment": lambda lane: by_size(-lane.treated),
    "follow-up": lambda lane: by_size(-lane.length),
    "duration": lambda lane: by_size(-lane.length),
    "start": lambda lane: by_size(lane.days[0] if lane.time_zero in (None, CALENDAR)
                                  else lane.time_zero.low),
    "name": lambda lane: rank(lane.name),
}  # fmt: skip
_REVERSED = " reversed"


def sort_lanes(
    lanes: Sequence[Lane], keys: Sequence[str], order: Sequence[str] = ()
) -> tuple[Lane, ...]:
    """The lanes in order of some keys, groups together; equal lanes keep their order.

    Args:
        lanes: The lanes.
        keys: The most important first: ``treatment`` (time on it, the longest on top),
            ``follow-up`` (also ``duration``), ``start``, ``name`` or a column; with ``reversed``
            after it in the other direction.
        order: Names of lanes from the top; the others are below them.

    Raises:
        ValueError: a key is unknown, or a name of ``order`` is none or is given twice.

    """
    found = list(lanes)
    for key in reversed(keys):
        name = key.removesuffix(_REVERSED)
        found.sort(key=_key(name, lanes), reverse=key.endswith(_REVERSED))
    places = _places(lanes, order)
    found.sort(key=lambda lane: places.get(lane.name, len(places)))
    names = dict.fromkeys(lane.group for lane in sorted(lanes, key=_group))
    groups = {name: number for number, name in enumerate(names)}
    return tuple(sorted(found, key=lambda lane: groups[lane.group]))


def _places(lanes: Sequence[Lane], order: Sequence[str]) -> dict[str, int]:
    """The place of each name of an order; ValueError names all that are wrong."""
    known = tuple(lane.name for lane in lanes)
    wrong = [f"{name!r} ({near(name, known)})" for name in order if name not in known]
    wrong += [f"{name!r}, twice" for name in dict.fromkeys(order) if order.count(name) > 1]
    if wrong:
        raise ValueError(f"no such lane in order: {'; '.join(wrong)}")
    return {name: place for place, name in enumerate(order)}


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
