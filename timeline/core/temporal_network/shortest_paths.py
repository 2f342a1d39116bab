"""The most days between any two moments, all at once: Floyd 1962, Commun ACM 5:345."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from timeline.core.span import Number

Array = Any  # numpy.ndarray


def shortest_paths(bounds: Array) -> Array | None:
    """Bounds closed under shortest paths; None where a circle of them is negative.

    ``bounds[i, j]``: the most that value j exceeds value i by, infinity where there is no bound.
    Whole numbers whose sums stay below 2**53 come out exact: until a circle turns out negative
    no length passes a node twice.
    """
    least = np.array(bounds, dtype=float)
    np.fill_diagonal(least, np.minimum(least.diagonal(), 0))
    for node in range(len(least)):
        np.minimum(least, least[:, node, None] + least[node], out=least)
        if least.diagonal().min() < 0:
            return None
    return least


def shortest_paths_with(least: Array, edges: Iterable[tuple[int, int, Number]]) -> Array | None:
    """Closed bounds with some edges (from, to, most) more, closed again; None as above.

    An edge shortens only ways that pass it once, so each takes one step over all pairs.
    """
    least = least.copy()
    for start, end, most in edges:
        if most < least[start, end]:
            np.minimum(least, least[:, start, None] + (least[end] + most), out=least)
            if least[end, end] < 0:
                return None
    return least
