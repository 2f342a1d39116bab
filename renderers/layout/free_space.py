"""The first place in a plot where a text covers nothing."""

from __future__ import annotations

from collections.abc import Iterable

from renderers.scene.geometry import Box, Points


def free_place(
    places: Iterable[Box], occupied: Iterable[Box], lines: Iterable[Points], within: Box
) -> Box | None:
    """The first place inside ``within`` that neither overlaps a box nor is crossed by a line."""
    boxes, strokes = tuple(occupied), tuple(lines)
    fits = (
        box
        for box in places
        if box.within(within)
        and not any(box.overlaps(other) for other in boxes)
        and not any(box.crossed(line) for line in strokes)
    )
    return next(fits, None)
