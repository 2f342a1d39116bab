"""Which of some groups can be compared: those that a chain of comparisons links.

A pair of groups is a place in a square matrix of truth values, row by row.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Pairs = npt.NDArray[np.bool_]


def reached(steps: Pairs) -> Pairs:
    """Whether one group leads to another by one step or more, or is the same: Warshall 1962.

    doi:10.1145/321105.321107.
    """
    found: Pairs = steps | np.eye(len(steps), dtype=bool)
    for middle in range(len(found)):
        found |= np.outer(found[:, middle], found[middle])
    return found


def connected(pairs: Pairs) -> npt.NDArray[np.intp]:
    """For each group the first group that a chain of pairs links with it, in either direction.

    >>> connected(np.array([[False, True, False], [False, False, False], [False, False, False]]))
    array([0, 0, 2])
    """
    return _first(reached(pairs | pairs.T))


def mutual(steps: Pairs) -> npt.NDArray[np.intp]:
    """For each group the first group that it leads to and that leads back to it."""
    found = reached(steps)
    return _first(found & found.T)


def _first(pairs: Pairs) -> npt.NDArray[np.intp]:
    """For each group the first that it is paired with."""
    first: npt.NDArray[np.intp] = np.argmax(pairs, axis=1)
    return first
