"""Room for words in a plot: what they would cover, and the first place where they cover nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

Points = Sequence[tuple[float, float]]  # millimetres from the left, and below the top of a row
_EVEN = 1e-9


@attrs.frozen(kw_only=True)
class Box:
    """What something covers, in millimetres."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: Box) -> bool:
        """Whether the two share room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.foot
            and other.top < self.foot
        )

    def within(self, other: Box) -> bool:
        """Whether it lies inside the other, edges included."""
        return (
            other.left <= self.left + _EVEN
            and self.right <= other.right + _EVEN
            and other.top <= self.top + _EVEN
            and self.foot <= other.foot + _EVEN
        )

    def crossed(self, line: Points) -> bool:
        """Whether a line through points passes through it."""
        return any(self._cut(one, other) for one, other in pairwise(line))

    def _cut(self, one: tuple[float, float], other: tuple[float, float]) -> bool:
        """Whether a stretch has a part inside; clipped side by side (Liang and Barsky 1984)."""
        (x0, y0), (x1, y1) = one, other
        first, last = 0.0, 1.0
        for way, gap in (
            (x0 - x1, x0 - self.left),
            (x1 - x0, self.right - x0),
            (y0 - y1, y0 - self.top),
            (y1 - y0, self.foot - y0),
        ):
            if way == 0.0:
                if gap <= 0.0:
                    return False
            elif way < 0.0:
                first = max(first, gap / way)
            else:
                last = min(last, gap / way)
        return first < last


def free_place(
    places: Iterable[Box], taken: Iterable[Box], lines: Iterable[Points], within: Box
) -> Box | None:
    """The first place inside ``within`` that neither meets a box nor is crossed by a line."""
    boxes, strokes = tuple(taken), tuple(lines)
    fits = (
        box
        for box in places
        if box.within(within)
        and not any(box.meets(other) for other in boxes)
        and not any(box.crossed(line) for line in strokes)
    )
    return next(fits, None)
