"""The days between two moments of a case, where more is known of them than their two dates.

Each of two vague dates may be known to a month, and the days between them exactly: a scan at
``line 1 + 8 weeks`` is 56 days after the start of line 1, whenever in May that was. An order
counts as well: what is ``after`` that scan is 56 days or more after the start. The days that the
dates, the order and the distances leave are those of a simple temporal network (Dechter, Meiri,
Pearl 1991, Artificial Intelligence 49:61), here its shortest paths from one moment (Bellman-Ford).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from timeline.core.frozen_class import frozen
from timeline.core.precedence import MomentKey, Precedence, reachable
from timeline.core.span import ANY, NEVER_ENDS, Number, Span

_DAY_0: MomentKey = (-1, "day 0")  # of the calendar: every date is a distance from it
_Most = dict[MomentKey, Number]  # the most days to each moment; one that is absent has no bound


@frozen
class Distances:
    """The days of each moment, and what is stated of the days between them.

    ``windows``: ordinals of each moment, both ends included; a moment without one may be on any
    day. ``edges``: the order and distances.
    """

    windows: Mapping[MomentKey, Span]
    edges: Sequence[Precedence]

    def between(self, early: MomentKey, late: MomentKey) -> Span | None:
        """The days from one moment to another; None where only their own dates bound it.

        They are negative where ``late`` may come first. Both ends are included.
        """
        group = self._group.get(early)
        if group is None or group != self._group.get(late):
            return None
        onward, back = self._most_from(early), self._most_from(late)
        if onward is None or back is None:  # no days are left; that is a fault of its own
            return None
        return Span(-back.get(early, NEVER_ENDS), onward.get(late, NEVER_ENDS))

    @property
    def is_consistent(self) -> bool:
        """Whether some days of the moments satisfy every edge."""
        return all(self._most_from(first) is not None for first in set(self._group.values()))

    def _most_from(self, first: MomentKey) -> _Most | None:
        """The most days from a moment to each of its group; None where edges contradict."""
        if first not in self._found:
            self._found[first] = self._shortest_paths(first)
        return self._found[first]

    def _shortest_paths(self, first: MomentKey) -> _Most | None:
        steps = self._steps[self._group[first]]
        most: _Most = {first: 0}
        waiting, times = deque([first]), dict.fromkeys(steps, 0)
        queued = {first}
        while waiting:
            at = waiting.popleft()
            queued.discard(at)
            for other, days in steps[at]:
                reached = most[at] + days
                if reached < most.get(other, NEVER_ENDS):
                    most[other] = reached
                    if other not in queued:
                        times[other] += 1
                        if times[other] > len(steps):  # a circle that shortens itself
                            return None
                        waiting.append(other)
                        queued.add(other)
        return most

    @cached_property
    def _found(self) -> dict[MomentKey, _Most | None]:
        """Cached results."""
        return {}

    @cached_property
    def _group(self) -> dict[MomentKey, MomentKey]:
        """Of each moment that is linked to others, the first of them.

        An edge links two moments where it states more than their own dates do.
        """
        linked: dict[MomentKey, list[MomentKey]] = {}
        for edge in self.edges:
            if not self._is_implied(edge):
                linked.setdefault(edge.early, []).append(edge.late)
                linked.setdefault(edge.late, []).append(edge.early)
        found: dict[MomentKey, MomentKey] = {}
        for first in linked:
            if first not in found:
                found |= dict.fromkeys(reachable(first, linked), first)
        return found

    def _window(self, key: MomentKey) -> Span:
        return self.windows.get(key, ANY)

    def _is_implied(self, edge: Precedence) -> bool:
        """Whether the dates of its two moments leave no other days than an edge does."""
        early, late = self._window(edge.early), self._window(edge.late)
        return edge.least <= late.low - early.high and late.high - early.low <= edge.most

    @cached_property
    def _steps(self) -> dict[MomentKey, dict[MomentKey, list[tuple[MomentKey, Number]]]]:
        """Of each group, from each moment the most days to others."""
        found: dict[MomentKey, dict[MomentKey, list[tuple[MomentKey, Number]]]] = {}
        for key, group in self._group.items():
            found.setdefault(group, {_DAY_0: []})[key] = []
        for early, late, days in self._bounds():
            if days != NEVER_ENDS:
                group = self._group[late if early == _DAY_0 else early]
                found[group][early].append((late, days))
        return found

    def _bounds(self) -> Iterator[tuple[MomentKey, MomentKey, Number]]:
        for key in self._group:
            yield _DAY_0, key, self._window(key).high
            yield key, _DAY_0, -self._window(key).low
        for edge in self.edges:
            if not self._is_implied(edge):
                yield edge.early, edge.late, edge.most
                yield edge.late, edge.early, -edge.least
