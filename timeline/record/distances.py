"""The days between two moments of a case, where more is known of them than their two dates.

Each of two vague dates may be known to a month, and the days between them exactly: a scan at
``line 1 + 8 weeks`` is 56 days after the start of line 1, whenever in May that was. An order
counts as well: what is ``after`` that scan is 56 days or more after the start. The days that the
dates, the order and the distances leave are those of a simple temporal network (Dechter, Meiri,
Pearl 1991, Artificial Intelligence 49:61).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from timeline.core.precedence import MomentKey, Precedence, reachable
from timeline.core.span import Span

if TYPE_CHECKING:
    from timeline.core.temporal_network import Network


@attrs.frozen
class Distances:
    """The days of each moment, and what is stated of the days between them.

    ``windows``: ordinals of each moment, both ends included. ``edges``: the order and distances.
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
        return self._networks[group].distance(early, late)

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

    def _is_implied(self, edge: Precedence) -> bool:
        """Whether the dates of its two moments leave no other days than an edge does."""
        early, late = self.windows[edge.early], self.windows[edge.late]
        return edge.least <= late.low - early.high and late.high - early.low <= edge.most

    @cached_property
    def _networks(self) -> dict[MomentKey, Network]:
        """The network of each group."""
        from timeline.core.temporal_network import Constraint, Network  # numpy: slow to import

        found = {}
        for first in dict.fromkeys(self._group.values()):
            mine = {key for key, group in self._group.items() if group == first}
            edges = [
                Constraint(edge.description, edge.early, edge.late, edge.least, edge.most)
                for edge in self.edges
                if edge.early in mine and edge.late in mine
            ]
            found[first] = Network({key: self.windows[key] for key in mine}, edges)
        return found
