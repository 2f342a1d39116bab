"""Axes of matplotlib over the plot of a scene, which count what the printed axes count.

x is in units of the printed axis (a calendar: days as matplotlib counts them, so that a ``date``
may be given). y is in the values of the upright scale, or the number of a row from the top: 1 is
the first below the headings, such as the first lane.
"""

from __future__ import annotations

import warnings
from datetime import date
from itertools import pairwise
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
from matplotlib import dates
from matplotlib.axes import Axes

from renderers.scene.geometry import Frame
from renderers.scene.journals import EDGE
from renderers.scene.scene import Scene

Floats = npt.NDArray[np.float64]
_BEYOND = 1e6  # of the axis, on either side, for what lies outside of it


@attrs.frozen
class Plot:
    """The plot of a scene: its upper and lower end, in millimetres below the top of the scene."""

    scene: Scene
    top: float
    bottom: float

    def fractions(self, width: float, height: float) -> tuple[float, float, float, float]:
        """Its left and lower end, width and height, as parts of a box in millimetres.

        The scene is in the upper left corner of the box, its edge included.
        """
        frame = self.scene.frame
        return (
            (frame.left + EDGE) / width,
            1.0 - (self.bottom + EDGE) / height,
            (frame.right - frame.left) / width,
            (self.bottom - self.top) / height,
        )

    def count(self, axes: Axes) -> None:
        """Let axes over the plot count time, and values or rows."""
        frame = self.scene.frame
        if frame.breaks:
            knots = _knots(frame, self.scene.per_unit)
            axes.set_xscale("function", functions=(_through(*knots), _through(*knots[::-1])))
        offset = _calendar_offset() if frame.dated else 0.0
        if frame.dated:
            axes.xaxis_date()
        low, high = ((day + offset) / self.scene.per_unit for day in (frame.low, frame.high))
        axes.set_xlim(low, high)
        if self.scene.scale:
            axes.set_ylim(self.scene.scale.low, self.scene.scale.high)
        else:
            self._count_rows(axes)
        axes.set_autoscale_on(False)
        _keep_limits(axes)

    def _count_rows(self, axes: Axes) -> None:
        """Rows by number, each as high as it is drawn; the first one at the top."""
        tops = self.scene.tops
        rows = [n for n, (one, next_) in enumerate(pairwise(tops))
                if self.top <= one < next_ <= self.bottom]  # fmt: skip
        numbers = np.array([rows[0] - 0.5, *(n + 0.5 for n in rows)])
        ends = np.array([tops[rows[0]], *(tops[n + 1] for n in rows)])
        axes.set_yscale("function", functions=(_through(numbers, ends), _through(ends, numbers)))
        axes.set_ylim(numbers[-1], numbers[0])


def plot_of(scene: Scene) -> Plot | None:
    """The plot of a scene; None where it has neither an axis of time nor a scale of values."""
    tops = scene.tops
    if scene.scale is not None:
        above = tops[scene.scale.row]
        return Plot(scene, above + scene.scale.top, above + scene.scale.bottom)
    below = [axis.row for axis in scene.axes if not axis.plain and axis.row > 1]
    return Plot(scene, tops[1], tops[min(below)]) if below else None


def _calendar_offset() -> float:
    """What turns the ordinal of a day into the days that matplotlib counts."""
    counted: Any = dates.date2num
    day = date(2000, 1, 1)
    return float(counted(day)) - day.toordinal()


def _knots(frame: Frame, per_unit: float) -> tuple[Floats, Floats]:
    """Times of the axis and their millimetres, at each end of a stretch that is drawn alike."""
    offset = _calendar_offset() if frame.dated else 0.0
    days = [frame.low, *(end for each in frame.breaks for end in each), frame.high]
    beyond = _BEYOND * (frame.high - frame.low)
    every = [frame.low - beyond, *days, frame.high + beyond]
    length = (frame.right - frame.left) * _BEYOND
    places = [frame.left - length, *(frame.x(day) for day in days), frame.right + length]
    return (np.array(every) + offset) / per_unit, np.array(places)


def _through(at: Floats, values: Floats) -> Any:
    """The function that is straight between some points."""

    def interpolated(given: Any) -> Floats:
        found: Floats = np.interp(given, at, values)
        return found

    return interpolated


def _keep_limits(axes: Axes) -> None:
    """Limits stay as they were laid out: the marks would not follow others."""
    for name in ("x", "y"):
        kept = getattr(axes, f"get_{name}lim")()

        def keep(changed: Axes, name: str = name, kept: tuple[float, float] = kept) -> None:
            if not np.allclose(getattr(changed, f"get_{name}lim")(), kept):
                getattr(changed, f"set_{name}lim")(*kept, emit=False)
                low, high = sorted(kept)
                warnings.warn(
                    f"the {name} axis stays {low:g} to {high:g}, as the figure is laid out "
                    "(options of the figure choose what it shows)",
                    stacklevel=2,
                )

        axes.callbacks.connect(f"{name}lim_changed", keep)
