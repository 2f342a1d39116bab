"""The upright axis of changes from baseline, with the thresholds of the criteria across it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from renderers.axes.values import ValueAxis, nice_step
from renderers.response.thresholds import Pair, across
from renderers.scene.journals import Page
from renderers.scene.scene import SMALL, Frame, Label, Mark, Separator
from timeline.endpoints.derived_case import DerivedCase

LOWEST, LEAST_HIGH = -100.0, 40.0  # percent; all that is lost, and the least that is shown above
LEFT, MARGIN = 10.0, 7.5  # millimetres for the numbers of the axis, and of the thresholds
TITLE = 3.2  # millimetres of the title
NARROW = 45.0  # millimetres of a plot below which nothing can be read


def change_axis(
    title: str, frame: Frame, scale: ValueAxis, pairs: Sequence[Pair]
) -> Iterator[Mark]:
    """The title, the axis, nought, and the thresholds with their numbers beside the plot."""
    yield Label(text=title, size=SMALL, y=TITLE / 2)
    yield from scale.axis(frame, step_of(scale.high), 0)
    yield from across(pairs, frame, scale)
    yield Separator(style="axis", left=frame.left, right=frame.right, y=scale.y(0.0))


def step_of(highest: float) -> float:
    """Percent from tick to tick of an axis that holds so much growth."""
    return nice_step(max(highest, LEAST_HIGH) - LOWEST, 8)


def up_to(highest: float) -> float:
    """The whole tick at or above the greatest growth."""
    step = step_of(highest)
    return max(LEAST_HIGH, -(-highest // step) * step)


def unmeasured(readings: Sequence[DerivedCase]) -> ValueError:
    """What is raised where there is nobody to draw."""
    said = ", ".join(reading.case.name for reading in readings) or "nobody"
    return ValueError(
        f"no measured targets in {said} (give sum: or lesions: at baseline and after it)"
    )


def wide_enough(width: float, page: Page) -> None:
    """ValueError where the plot, so many millimetres wide, would be too narrow to read."""
    if width < NARROW:
        raise page.too_narrow("a plot of change", page.width - width + NARROW)
