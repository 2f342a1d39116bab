"""A vertical axis of values: the height of a value in its row, and the ticks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import attrs

from renderers.scene.scene import SMALL, Frame, Label, Mark, Polyline, Separator, ValueScale

_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_TICK = 1.0  # millimetres
_AFTER = 0.6  # between a tick and its number


def nice_step(length: float, most: int) -> float:
    """The least round step that divides a length into ``most`` parts or fewer.

    >>> nice_step(200, 5), nice_step(140, 8)
    (50.0, 20.0)
    """
    power = 10.0 ** math.floor(math.log10(length / most))
    return next(step * power for step in _NICE if step * power * most >= length)


def signed(value: float) -> str:
    """A change as print has it: ``+20``, ``0``, ``−30``."""
    text = f"{value:+g}" if value else "0"
    return text.replace("-", "−")


@attrs.frozen(kw_only=True)
class ValueAxis:
    """Values from ``low`` to ``high``, at ``bottom`` and ``top`` mm below the top of a row.

    ``is_log``: equal ratios are equally high; ``low`` is above 0 then.
    """

    low: float
    high: float
    top: float
    bottom: float
    is_log: bool = False

    def __attrs_post_init__(self) -> None:
        if not (self.low < self.high and self.top < self.bottom):
            raise ValueError(
                f"a scale without length: {self.low} to {self.high} on {self.bottom} to {self.top} "
                "mm (the higher end must lie above)"
            )

    def y(self, value: float) -> float:
        """Millimetres below the top of the row."""
        if self.is_log:
            share = math.log(self.high / value) / math.log(self.high / self.low)
        else:
            share = (self.high - value) / (self.high - self.low)
        return self.top + share * (self.bottom - self.top)

    def on_row(self, row: int) -> ValueScale:
        """The scale as a scene holds it, in a row."""
        return ValueScale(row=row, low=self.low, high=self.high, top=self.top, bottom=self.bottom)

    def ticks(self, step: float) -> tuple[float, ...]:
        """The whole steps on the scale, both ends included; of a logarithmic one powers of 10."""
        if self.is_log:
            powers = range(math.ceil(math.log10(self.low) - 1e-9),
                           math.floor(math.log10(self.high) + 1e-9) + 1)  # fmt: skip
            most = max(1, math.ceil((len(powers) - 1) / max(1.0, step)))
            return tuple(10.0**n for n in powers[::most])
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return tuple(n * step for n in range(first, last + 1))

    def axis(
        self, frame: Frame, step: float, row: int, formatted: Callable[[float], str] = signed
    ) -> Iterator[Mark]:
        """The line left of the plot, its ticks and their numbers."""
        ends = ((frame.low, self.top), (frame.low, self.bottom))
        yield Polyline(style="axis", row=row, points=ends)
        for value in self.ticks(step):
            y = self.y(value)
            yield Separator(style="axis", row=row, left=frame.left - _TICK, right=frame.left, y=y)
            yield Label(
                text=formatted(value),
                row=row,
                size=SMALL,
                align="right",
                shift=frame.left - _TICK - _AFTER,
                y=y,
            )
