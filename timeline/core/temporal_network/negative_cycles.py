"""The fewest bounds on differences that contradict one another: a shortest negative circle."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

import attrs
import numpy as np

from timeline.core.span import Number

Array = Any  # numpy.ndarray
N = TypeVar("N", bound=Hashable)
D = TypeVar("D")


@attrs.frozen(eq=False)
class _Edges:
    """Edges by number, sorted by where they end; ``first`` is the place of the first that does."""

    starts: Array
    ends: Array
    weights: Array
    first: Array
    reached: Array  # the nodes in which some edge ends, in the order of ``first``

    @classmethod
    def of(cls, edges: list[tuple[int, int, Number]]) -> _Edges:
        starts, ends, weights = (np.array(column) for column in zip(*edges, strict=True))
        order = np.argsort(ends, kind="stable")
        ends = ends[order]
        first = np.flatnonzero(np.diff(ends, prepend=-1))
        return cls(starts[order], ends, weights[order].astype(float), first, ends[first])

    def onward(self, least: Array) -> Array:
        """The least lengths with at most one edge more; a row each node, a column each source."""
        through = least[self.starts] + self.weights[:, None]
        longer = least.copy()
        longer[self.reached] = np.minimum(
            least[self.reached], np.minimum.reduceat(through, self.first, axis=0)
        )
        return longer


def fewest_constraints(
    graph: Mapping[N, Mapping[N, tuple[Number, D]]],
) -> list[tuple[Number, D]] | None:
    """The edges of a negative circle with the fewest edges, in order; None if there is none.

    ``graph``: from each node to others, the length of the edge and its constraint.

    Least lengths are found with at most one edge, two, and so on, from all nodes at once, so
    the first circle that turns out negative has the fewest edges; of several the most negative
    is taken. It passes no node twice, or a part of it would be negative with fewer edges.
    """
    number = {node: place for place, node in enumerate(graph)}
    listed = [(number[u], number[v], length) for u in graph for v, (length, _) in graph[u].items()]
    if not listed:
        return None
    edges = _Edges.of(listed)
    at = _negative(edges, len(number))
    if at is None:
        return None
    nodes = list(graph)
    return [graph[nodes[u]][nodes[v]] for u, v in _cycle_edges(edges, len(number), at)]


def _negative(edges: _Edges, size: int) -> int | None:
    """A node on a negative circle of the fewest edges, or None."""
    least = np.full((size, size), np.inf)
    np.fill_diagonal(least, 0)
    for _ in range(size):
        longer = edges.onward(least)
        back = np.diagonal(longer)
        if back.min() < 0:
            return int(back.argmin())
        if (longer == least).all():
            return None
        least = longer
    return None


def _cycle_edges(edges: _Edges, size: int, at: int) -> list[tuple[int, int]]:
    """The edges of the circle through ``at``, found back from the lengths of each round."""
    rounds = [np.where(np.arange(size) == at, 0, np.inf)[:, None]]
    while rounds[-1][at, 0] >= 0:
        rounds.append(edges.onward(rounds[-1]))
    node, path = at, []
    for before, after in zip(reversed(rounds[:-1]), reversed(rounds[1:]), strict=True):
        fits = (edges.ends == node) & (before[edges.starts, 0] + edges.weights == after[node, 0])
        start = int(edges.starts[fits.argmax()])
        path.append((start, node))
        node = start
    return path[::-1]
