"""How many ways there are to choose whole numbers under bounds on their differences: exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np

Array = Any  # numpy.ndarray of integers
CELLS = 4_000_000  # the largest table that counting may fill in one step


@attrs.frozen
class Difference:
    """Value ``second`` less value ``first`` is ``low`` to ``high``, both ends included."""

    first: int
    second: int
    low: int
    high: int

    @property
    def scope(self) -> tuple[int, ...]:
        return self.first, self.second

    def limits_of(self, x: int, other: Array) -> tuple[Array, Array]:
        """The least and the greatest value of ``x`` that a value at the other end allows."""
        if x == self.second:
            return other + self.low, other + self.high
        return other - self.high, other - self.low


@attrs.frozen(eq=False)
class _Table:
    """A count for each choice of the values in ``scope``; an axis each, in that order."""

    scope: tuple[int, ...]
    cells: Array

    def over(self, axes: Sequence[int]) -> Array:
        """The cells with their axes in another order, and length one for those not in scope."""
        mine = [self.scope.index(axis) for axis in axes if axis in self.scope]
        sizes = dict(zip(self.scope, self.cells.shape, strict=True))
        return self.cells.transpose(mine).reshape([sizes.get(axis, 1) for axis in axes])


def count_assignments(
    sizes: Sequence[int], bonds: Iterable[Difference], limit: int = CELLS
) -> int | None:
    """How many ways there are to choose value i from 0 to ``sizes[i]`` - 1 and keep all bonds.

    Values are summed out one by one, the one that needs the smallest table first (bucket
    elimination: Dechter 1999, Artificial Intelligence 113:41-85). None where a table would
    have more than ``limit`` cells. The count is exact, however large.
    """
    number = np.int64 if math.prod(sizes) < 2**62 else object
    tables: list[_Table] = []
    bonds = list(bonds)
    cost = {x: _cells(x, tables, bonds, sizes) for x in range(len(sizes))}
    while cost:
        x = min(cost, key=lambda each: (cost[each], each))
        if cost.pop(x) > limit:
            return None
        mine = [table for table in tables if x in table.scope]
        concerned = [bond for bond in bonds if x in bond.scope]
        made = _summed_out(x, mine, concerned, sizes, number)
        tables = [*(table for table in tables if x not in table.scope), made]
        bonds = [bond for bond in bonds if x not in bond.scope]
        cost |= {y: _cells(y, tables, bonds, sizes) for y in made.scope}
    return math.prod(int(table.cells) for table in tables)


def _others(x: int, parts: Iterable[_Table | Difference]) -> set[int]:
    return {y for part in parts if x in part.scope for y in part.scope} - {x}


def _cells(x: int, tables: list[_Table], bonds: list[Difference], sizes: Sequence[int]) -> int:
    """The size of the larger of the two tables that summing out ``x`` fills."""
    tabled = _others(x, tables)
    made = tabled | _others(x, bonds)
    return max(sizes[x] * math.prod(sizes[y] for y in tabled), math.prod(sizes[y] for y in made))


def _summed_out(
    x: int, tables: list[_Table], bonds: list[Difference], sizes: Sequence[int], number: Any
) -> _Table:
    """The sum over all values of ``x``, for each choice of the values it is tied to.

    What bonds leave of ``x`` is a run of values, so the difference of two running sums is
    enough, and ``x`` needs no axis other than those of its neighbours by bonds.
    """
    tabled = sorted(_others(x, tables))
    shape = [sizes[x], *(sizes[y] for y in tabled)]
    product = np.ones(shape, dtype=number)
    for table in tables:
        product = product * table.over((x, *tabled))
    running = np.zeros([shape[0] + 1, *shape[1:]], dtype=number)
    running[1:] = product.cumsum(axis=0)
    scope = tuple(sorted({*tabled, *_others(x, bonds)}))
    grid = dict(zip(scope, np.ogrid[tuple(slice(sizes[y]) for y in scope)], strict=True))
    start, stop = _run(x, bonds, grid, sizes[x])
    at = tuple(grid[y] for y in tabled)
    return _Table(scope, np.asarray(running[(stop, *at)] - running[(start, *at)]))


def _run(x: int, bonds: list[Difference], grid: dict[int, Array], size: int) -> tuple[Array, Array]:
    """Where the run of values left to ``x`` starts, and where it has ended; equal if empty."""
    start: Array = np.int64(0)
    stop: Array = np.int64(size)
    for bond in bonds:
        (other,) = set(bond.scope) - {x}
        low, high = bond.limits_of(x, grid[other])
        start, stop = np.maximum(start, low), np.minimum(stop, high + 1)
    start = np.minimum(start, size)
    return start, np.maximum(start, stop)
