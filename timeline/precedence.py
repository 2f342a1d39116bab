"""Moments in order: what each edge leaves of the days of a moment, in time linear in the edges."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeVar

import attrs

from timeline.span import Span

MomentKey = tuple[int, str]  # which event, and its start or its end
K = TypeVar("K", bound=Hashable)


@attrs.frozen
class Edge:
    """``early`` is not after ``late``; each is an event by number and its start or its end."""

    early: MomentKey
    late: MomentKey
    says: str


def narrow(spans: dict[MomentKey, Span], edges: Sequence[Edge]) -> Edge | None:
    """Apply every edge to the spans until all hold; the edge that cannot, or None.

    Edges are taken in the order of time, so that two passes settle them where they make no
    circle: first days go forwards, last days backwards.
    """
    edges = _in_order_of_time(edges)
    changed = True
    while changed:
        changed = False
        for edge in edges:
            late = spans[edge.late].not_below(spans[edge.early].low)
            if late is None:
                return edge
            changed, spans[edge.late] = changed or late != spans[edge.late], late
        for edge in reversed(edges):
            early = spans[edge.early].not_above(spans[edge.late].high)
            if early is None:
                return edge
            changed, spans[edge.early] = changed or early != spans[edge.early], early
    return None


def _in_order_of_time(edges: Sequence[Edge]) -> Sequence[Edge]:
    """The edges by their earlier moment; as they are where they make a circle."""
    earlier: dict[MomentKey, list[MomentKey]] = defaultdict(list)
    for edge in edges:
        earlier[edge.late].append(edge.early)
    try:
        rank = {key: at for at, key in enumerate(TopologicalSorter(earlier).static_order())}
    except CycleError:
        return edges
    return sorted(edges, key=lambda edge: rank[edge.early])


def reached(start: K, steps: Mapping[K, Iterable[K]]) -> frozenset[K]:
    """Everything that steps lead to from a start, the start among it."""
    found, waiting = {start}, [start]
    while waiting:
        for each in steps.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return frozenset(found)


def sequence(keys: Sequence[Any], later: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Numbers 0 to n - 1 by their keys, none before another that it comes ``later`` than.

    ``later`` holds pairs (early, late). Where they make a circle, the lowest key goes first.
    """
    followers: dict[int, list[int]] = defaultdict(list)
    blocked = [0] * len(keys)
    for early, late in set(later):
        followers[early].append(late)
        blocked[late] += 1
    ranked = sorted(range(len(keys)), key=lambda each: (keys[each], each))
    place = {each: at for at, each in enumerate(ranked)}
    free = [place[each] for each in ranked if not blocked[each]]
    waiting, placed, done = iter(ranked), list[int](), [False] * len(keys)
    while len(placed) < len(keys):
        first = ranked[heapq.heappop(free)] if free else next(e for e in waiting if not done[e])
        if done[first]:
            continue
        done[first] = True
        placed.append(first)
        for each in followers[first]:
            blocked[each] -= 1
            if not blocked[each]:
                heapq.heappush(free, place[each])
    return tuple(placed)
