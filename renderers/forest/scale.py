"""The axis of a forest plot: even for rates, logarithmic for ratios."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from renderers.forest.rows import RATIO, ForestPlot
from renderers.scene.scene import Frame, Tick

_POWERS_OF_2 = tuple(2.0**n for n in range(-3, 4))
_DECADES = (*(digit * 10.0**n for n in range(-3, 3) for digit in (1, 2, 5)), 1000.0)
_BEYOND = 8.0  # times the estimates: limits farther away are cut at the end of the axis


@attrs.frozen(kw_only=True)
class ForestScale:
    """Values on the axis.

    Attributes:
        values: the values that have a tick, rising; the first and the last are its ends.
        is_log: whether equal ratios are equally far apart.
    """

    values: tuple[float, ...]
    is_log: bool

    def place(self, value: float) -> float:
        """A value in units of the frame; beyond an end it is that end."""
        inside = min(max(value, self.values[0]), self.values[-1])
        return math.log2(inside) if self.is_log else inside

    def is_beyond(self, value: float) -> bool:
        """Whether a value lies outside the axis."""
        return not self.values[0] <= value <= self.values[-1]

    def frame(self, left: float, right: float) -> Frame:
        """The frame between two millimetres of the page."""
        low, high = self.place(self.values[0]), self.place(self.values[-1])
        return Frame(low=low, high=high, left=left, right=right, unit="")

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """A tick at each value."""
        return tuple(Tick(self.place(each), f"{each:g}") for each in self.values)


def scale_of(plot: ForestPlot) -> ForestScale:
    """The axis that holds the estimates of a plot, and its limits unless they are far away.

    A ratio of 1 is always within it.
    """
    if plot.kind != RATIO:
        return ForestScale(values=(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), is_log=False)
    known = [row.estimate for row in plot.rows if row.estimate is not None and row.estimate > 0]
    least, most = min([1.0, *known]), max([1.0, *known])
    low = min([least, *(max(row.low, least / _BEYOND) for row in plot.rows if row.low)])
    high = max([most, *(min(row.high, most * _BEYOND) for row in plot.rows if row.high)])
    ladder = _POWERS_OF_2 if _POWERS_OF_2[0] <= low and high <= _POWERS_OF_2[-1] else _DECADES
    first = max([n for n, each in enumerate(ladder) if each <= low], default=0)
    last = min([n for n, each in enumerate(ladder) if each >= high], default=len(ladder) - 1)
    one = ladder.index(1.0)
    first, last = min(first, one - 1), max(last, one + 1)  # both sides of 1 have room
    return ForestScale(values=ladder[first : last + 1], is_log=True)


def thinned(ticks: Sequence[Tick], most: int) -> tuple[Tick, ...]:
    """The ticks with the texts of so many of them at the most; 1 keeps its text."""
    step = -(-len(ticks) // most)
    one = next((n for n, each in enumerate(ticks) if each.text == "1"), 0)
    return tuple(each if (n - one) % step == 0 else attrs.evolve(each, text="")
                 for n, each in enumerate(ticks))  # fmt: skip
