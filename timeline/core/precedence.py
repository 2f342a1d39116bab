"""Moments in order or so many days apart: what each edge leaves of the days of a moment."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeVar

from timeline.core.frozen_class import frozen
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Number, Span

MomentKey = tuple[int, str]  # which event, and its start or its end
Steps = dict[MomentKey, list[MomentKey]]
Windows = dict[MomentKey, Span]
K = TypeVar("K", bound=Hashable)


@frozen
class Precedence:
    """``early`` is not after ``late``; each is an event by number and its start or its end.

    ``least`` and ``most``: the days from ``early`` to ``late``, both ends included. ``by``: the
    event that states it; None where it follows from what a period is.
    """

    early: MomentKey
    late: MomentKey
    description: str
    least: Number = 0
    most: Number = NEVER_ENDS
    by: int | None = None

    @property
    def is_order(self) -> bool:
        """Whether ``late`` is certainly not before ``early``."""
        return self.least >= 0

    @property
    def is_distance(self) -> bool:
        """Whether it states more than an order."""
        return self.least != 0 or self.most != NEVER_ENDS


def narrow(spans: dict[MomentKey, Span], edges: Sequence[Precedence]) -> Precedence | None:
    """Apply every edge to the spans until all hold; the edge that cannot, or None.

    Edges are taken in the order of time, so that two passes settle them where they make no
    circle: first days go forwards, last days backwards. Where more passes than moments change
    something, the edges contradict one another (Bellman-Ford).
    """
    if all(_holds(edge, spans[edge.early], spans[edge.late]) for edge in edges):
        return None  # as mostly; to order them takes longer
    edges = _in_order_of_time(edges)
    for _ in range(2 * len(spans) + 2):
        last = None
        for edge in (*edges, *reversed(edges)):
            if _holds(edge, spans[edge.early], spans[edge.late]):
                continue
            left = _left_by(edge, spans)
            if left is None:
                return edge
            if left != (spans[edge.early], spans[edge.late]):
                last, (spans[edge.early], spans[edge.late]) = edge, left
        if last is None:
            return None
    return last


def _holds(edge: Precedence, early: Span, late: Span) -> bool:
    """Whether an edge leaves its two moments all of their days; most do, which takes no new span.

    False as well where days without a bound are compared with others.
    """
    return (
        early.low + edge.least <= late.low
        and late.high <= early.high + edge.most
        and late.low - edge.most <= early.low
        and early.high <= late.high - edge.least
    )


def _left_by(edge: Precedence, spans: dict[MomentKey, Span]) -> tuple[Span, Span] | None:
    """The days that an edge leaves for its two moments; None where it leaves none."""
    early, late = spans[edge.early], spans[edge.late]
    after = _from(late, early.low + edge.least, early.high + edge.most)
    before = after and _from(early, after.low - edge.most, after.high - edge.least)
    return (before, after) if before and after else None


def _from(span: Span, low: Number, high: Number) -> Span | None:
    """The part of a span from one day to another."""
    above = span.not_below(low)
    return above and above.not_above(high)


def _in_order_of_time(edges: Sequence[Precedence]) -> Sequence[Precedence]:
    """The edges by their earlier moment; as they are where they make a circle."""
    earlier: dict[MomentKey, list[MomentKey]] = defaultdict(list)
    for edge in edges:
        earlier[edge.late].append(edge.early)
    try:
        rank = {key: at for at, key in enumerate(TopologicalSorter(earlier).static_order())}
    except CycleError:
        return edges
    return sorted(edges, key=lambda edge: rank[edge.early])


def reachable(start: K, steps: Mapping[K, Iterable[K]]) -> frozenset[K]:
    """Everything that steps lead to from a start, the start among it."""
    found, waiting = {start}, [start]
    while waiting:
        for each in steps.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return frozenset(found)


@frozen
class Order:
    """The pairs of moments in order, by the earlier and by the later of them."""

    later: Steps
    earlier: Steps

    @classmethod
    def of(cls, pairs: Iterable[Precedence]) -> Order:
        """The order that some edges make."""
        later: Steps = {}
        earlier: Steps = {}
        for edge in (each for each in pairs if each.is_order):
            later.setdefault(edge.early, []).append(edge.late)
            earlier.setdefault(edge.late, []).append(edge.early)
        return cls(later, earlier)

    def broken(self, windows: Windows) -> tuple[MomentKey, MomentKey] | None:
        """Two moments, the first dated after the second, that the order has the other way round.

        From the latest date down, each moment is reached once: by the date that binds it.
        """
        seen: set[MomentKey] = set()
        for first in sorted(windows, key=lambda key: windows[key].low, reverse=True):
            low = windows[first].low
            if low == NEVER_BEGAN:
                return None
            waiting = [] if first in seen else [first]
            seen.add(first)
            while waiting:
                at = waiting.pop()
                if at in windows and windows[at].high < low:
                    return first, at
                new = [each for each in self.later.get(at, ()) if each not in seen]
                seen.update(new)
                waiting += new
        return None

    def days_left(self, key: MomentKey, windows: Windows) -> Span | None:
        """The days that all others leave for a moment; None where they break the order anyway."""
        others = {**windows, key: ANY}
        if self.broken(others):
            return None
        before = (others[each].low for each in reachable(key, self.earlier) if each in others)
        after = (others[each].high for each in reachable(key, self.later) if each in others)
        return Span(max(before), min(after))

    def binds(self, one: MomentKey, other: MomentKey) -> bool:
        """Whether the order states of each of two moments that it does not come after the other."""
        return other in reachable(one, self.later) and one in reachable(other, self.later)


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
