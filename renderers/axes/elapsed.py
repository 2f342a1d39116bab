"""An axis that counts units of time since an origin, up to a whole tick beyond the content."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction

import attrs

from renderers.axes.units import UNITS, tick_rule
from renderers.scene.scene import SMALL, Axis, Frame, Tick
from renderers.scene.text_metrics import width
from renderers.text.translation import translate
from timeline.core.calendar.durations import rounded
from timeline.core.span import Number, Span

_SPACING = 1.2  # times its own width that a number of the axis needs
_MOST = 10  # steps of an axis
_PLACES = {"days": 0, "weeks": 1, "months": 1, "years": 2}

_SHORTEST = 0.01  # of an axis; less than that is drawn as that


@attrs.frozen(kw_only=True)
class ElapsedAxis:
    """Ticks from 0 to ``high``, ``step`` apart, in a unit of time."""

    unit: str
    step: float
    high: float

    @property
    def times(self) -> tuple[float, ...]:
        """Where the ticks are, both ends included."""
        return tuple(n * self.step for n in range(round(self.high / self.step) + 1))

    def frame(self, left: float, right: float) -> Frame:
        return Frame(low=0.0, high=self.high, left=left, right=right, unit=self.unit)

    def axis(self, row: int, since: str) -> Axis:
        """The axis with its unit and its origin below it."""
        ticks = tuple(Tick(time, f"{time:g}") for time in self.times)
        size = UNITS[self.unit].days if self.unit in UNITS else 1.0

        def title(words: str) -> str:
            return translate("{unit} since {time_zero}", unit=words, time_zero=since)

        rule = tick_rule(self.unit, size, title if since else str, per=size)
        return Axis(row=row, ticks=ticks, title=rule.units[0].title, rule=rule)


def elapsed_axis(longest: float, unit: str, length: float, label_width: float = 0.0) -> ElapsedAxis:
    """The axis with the finest steps at which numbers do not touch.

    Args:
        longest: the longest time shown, in ``unit``.
        unit: the unit of time.
        length: of the axis, in millimetres.
        label_width: millimetres that other texts at a tick need.

    Raises:
        ValueError: the axis is too short for one step.
    """
    for step in _steps(unit, longest):
        high = max(1, math.ceil(longest / step - 1e-9)) * step
        needed = max(width(f"{high:g}", SMALL) * _SPACING, label_width)
        if high <= _MOST * step and length * step / high >= needed:
            return ElapsedAxis(unit=unit, step=float(step), high=float(high))
    raise ValueError(f"no space for an axis on {length:.0f} mm (choose a wider column)")


def _steps(unit: str, longest: float) -> Iterator[float]:
    """The whole steps that suit a unit; of one that is not known the round ones."""
    if unit in UNITS:
        yield from UNITS[unit].steps
    power = math.floor(math.log10(max(longest, _SHORTEST))) - 2
    if unit in UNITS:
        power = max(power, math.ceil(math.log10(UNITS[unit].steps[-1])))
    for exponent in itertools.count(power):
        if exponent > power + 6:
            return
        yield from (digit * 10.0**exponent for digit in (1.0, 2.0, 5.0))


def unit_label(time: Number, unit: str) -> str:
    """A time as it is printed in its unit."""
    return rounded(time, _PLACES.get(unit, 1))


def time_label(span: Span, unit: str) -> str:
    """``4.2``, or ``3.9 to 4.9``."""
    low, high = unit_label(span.low, unit), unit_label(span.high, unit)
    return low if low == high else translate("{low} to {high}", low=low, high=high)


def in_units(days: Span, size: Fraction) -> Span:
    """Days as units of a size."""
    return days.divided_by(size)
