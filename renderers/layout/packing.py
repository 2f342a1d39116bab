"""Packing on levels: items side by side must not touch; each takes the first free level."""

from __future__ import annotations

from collections.abc import Sequence

Stretch = tuple[float, float]  # from, to; millimetres


def pack_levels(
    items: Sequence[Sequence[Stretch]],
    gap: float = 1.0,
    reserved: Sequence[Stretch] = (),
    *,
    in_order: bool = False,
) -> tuple[tuple[int, int], ...]:
    """The level of each item and the number of its stretch, both from 0, in the given order.

    Args:
        items: The stretches that each item may cover, the preferred first. On each level, from
            the top, the first stretch that is free is used; nothing is moved along its level.
        gap: The least distance between neighbours, in millimetres.
        reserved: Stretches of the first level that no item may cover.
        in_order: Whether no item may be on a level above an earlier one.

    Raises:
        ValueError: An item has no stretch.

    """
    occupied: list[list[Stretch]] = [list(reserved)] if reserved else []
    placed: list[tuple[int, int]] = []
    for choices in items:
        if not choices:
            raise ValueError("nothing to place (offer at least one stretch)")
        above = placed[-1][0] if in_order and placed else 0
        level, choice = _first_free(occupied, choices, gap, above)
        if level == len(occupied):
            occupied.append([])
        occupied[level].append(choices[choice])
        placed.append((level, choice))
    return tuple(placed)


def _first_free(
    occupied: list[list[Stretch]], choices: Sequence[Stretch], gap: float, above: int
) -> tuple[int, int]:
    for level, there in enumerate(occupied[above:], start=above):
        for number, (low, high) in enumerate(choices):
            if all(high + gap <= other[0] or other[1] + gap <= low for other in there):
                return level, number
    return len(occupied), 0
