"""Repairs that are tried together, and how they are divided where some of them make a problem."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

from timeline.core.problem import Problem
from timeline.files.repair.edits import Edit, Lines, moved

Group = list[tuple[Edit, Problem | None]]  # repairs, each with a problem that it has made so far


def moved_group(group: Group, edits: Sequence[Edit]) -> Group:
    """A group after other edits, without what overlaps one of them."""
    places = moved([edit for edit, _ in group], edits)
    return [(edit, problem) for edit, (_, problem) in zip(places, group, strict=True) if edit]


def parts_of(group: Group, faults: Sequence[Problem | None], places: Lines) -> list[Group]:
    """A group as smaller ones, the last of which is tried first.

    Those without a fault; then of each faulty line the first edit, the second, and so on. Where
    every line has one edit and a fault, these are halved: two may only make it together.
    """
    sound = [each for each, fault in zip(group, faults, strict=True) if fault is None]
    lines: dict[int, Group] = defaultdict(list)
    for (edit, _), fault in zip(group, faults, strict=True):
        if fault is not None:
            lines[places.line(edit.start)].append((edit, fault))
    layers = [[each for each in layer if each] for layer in itertools.zip_longest(*lines.values())]
    if not sound and len(layers) == 1:
        half = len(group) // 2
        layers = [layers[0][:half], layers[0][half:]]
    return [*reversed(layers), *([sound] if sound else [])]
