"""Which two of several printed figures bear on one another most."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from timeline.core.temporal_network import Constraint


@attrs.frozen(kw_only=True)
class Tension:
    """Two statements, by number; the share of the days that keeps both, and what it would be.

    ``apart``: the product of the shares of each alone, as if neither bore on the other.
    """

    first: int
    second: int
    together: Fraction
    apart: Fraction

    @property
    def left(self) -> Fraction:
        """What the one leaves of the other: together / apart, below 1 where they pull apart."""
        return self.together / self.apart


def strongest_tension(
    statements: Sequence[Constraint],
    alone: Sequence[Fraction],
    share: Callable[[list[Constraint]], Fraction],
) -> Tension | None:
    """The pair that leaves least of one another, the first of equals; None where none pulls.

    ``alone``: the share of the days that each keeps by itself, above nought.
    """
    pulls = [
        Tension(
            first=i,
            second=j,
            together=share([statements[i], statements[j]]),
            apart=alone[i] * alone[j],
        )
        for i, j in itertools.combinations(range(len(statements)), 2)
        if alone[i] and alone[j]
    ]
    found = min(pulls, key=lambda pull: pull.left, default=None)
    return found if found is not None and found.left < 1 else None
