"""The upright axis of changes from baseline, with the thresholds of the criteria across it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from renderers.axes.values import ValueAxis, nice_step
from renderers.response.thresholds import Pair, across
from renderers.scene.journals import Page
from renderers.scene.scene import SMALL, Frame, Label, Mark, Separator
from timeline.endpoints.derived_case import DerivedCase

LOWEST, LEAST_HIGH = (
    -100.0,
    40.0,
)  # percent; complete disappearance, and the least growth on the axis
LEFT, MARGIN = 10.0, 7.5  # millimetres for the numbers of the axis, and of the thresholds
TITLE = 3.2  # millimetres of the title
NARROW = 45.0  # millimetres of a plot below which nothing can be read


def change_axis(
    title: str, frame: Frame, scale: ValueAxis, pairs: Sequence[Pair]
) -> Iterator[Mark]:
    """The title, the axis, the line at 0, and the thresholds with their numbers."""
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


def nothing_measured(cases: Sequence[DerivedCase]) -> ValueError:
    """The error for cases without measured targets."""
    if not cases:
        return ValueError("no cases to draw (give at least one)")
    names = ", ".join(derived.case.name for derived in cases)
    return ValueError(
        f"no measured targets in {names} (give sum: or lesions: at baseline and after it)"
    )


def check_width(width: float, page: Page) -> None:
    """ValueError if a plot of so many millimetres is too narrow to read."""
    if width < NARROW:
        raise page.too_narrow("a plot of change", page.width - width + NARROW)
