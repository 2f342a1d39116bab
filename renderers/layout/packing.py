"""Packing on levels: items side by side must not touch; each takes the first free level."""

from __future__ import annotations

from collections.abc import Sequence

Stretch = tuple[float, float]  # from, to; millimetres


def pack_levels(
    wanted: Sequence[Sequence[Stretch]],
    gap: float = 1.0,
    kept: Sequence[Stretch] = (),
    *,
    in_order: bool = False,
) -> tuple[tuple[int, int], ...]:
    """The level of each item and which of its choices it takes, in the order given.

    An item is offered as one or more stretches; on each level, from the top, the first that
    keeps ``gap`` from all that lie there is taken. Nothing is moved along its level. ``kept``
    are stretches of the first level that nothing may take; ``in_order``: no item is
    on a level above an earlier one.
    """
    taken: list[list[Stretch]] = [list(kept)] if kept else []
    placed: list[tuple[int, int]] = []
    for choices in wanted:
        if not choices:
            raise ValueError("nothing to place (offer at least one stretch)")
        above = placed[-1][0] if in_order and placed else 0
        level, choice = _first_free(taken, choices, gap, above)
        if level == len(taken):
            taken.append([])
        taken[level].append(choices[choice])
        placed.append((level, choice))
    return tuple(placed)


def _first_free(
    taken: list[list[Stretch]], choices: Sequence[Stretch], gap: float, above: int
) -> tuple[int, int]:
    for level, there in enumerate(taken[above:], start=above):
        for number, (low, high) in enumerate(choices):
            if all(high + gap <= other[0] or other[1] + gap <= low for other in there):
                return level, number
    return len(taken), 0
