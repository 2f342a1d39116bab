"""Lesions: which can be measured, which are chosen as targets, and what their sum is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.problem import near
from timeline.core.quantities import NM_PER_MM
from timeline.record.event_parts.lesion_sizes import TOO_SMALL_MM
from timeline.response.scans import NOT_MEASURED

Array = npt.NDArray[Any]
TOO_SMALL_LENGTH = TOO_SMALL_MM * NM_PER_MM
NORMAL_NODE_LENGTH = 10 * NM_PER_MM  # a node below 10 mm short axis is normal: E09 3.1.1
MEASURABLE_NODE_LENGTH = 15 * NM_PER_MM  # short axis from which it can be a target: E09 3.1.1
MOST_TARGETS, MOST_IN_ORGAN = 5, 2  # E09 4.2; of new lesions S17

PAIRED_ORGANS = {"lungs": "lung", "kidneys": "kidney", "ovaries": "ovary"}  # EORTC clarifications


class LesionClass(StrEnum):
    """What a lesion is good for at baseline."""

    MEASURABLE = "measurable"
    NON_MEASURABLE = "non-measurable"
    NORMAL = "normal"


@attrs.frozen(kw_only=True)
class Lesion:
    """A lesion at baseline. Lengths are nanometres.

    ``length`` is the longest diameter, of a node the short axis; ``slice_thickness`` is that of
    the CT or MRI, None where not reported (then 5 mm or less is assumed).
    """

    length: int
    node: bool = False
    method: str = "CT"
    slice_thickness: int | None = None
    type: str = ""
    organ: str = ""
    treated: bool = False  # irradiated or treated locally before
    progressed_since: bool = False


# Method, shortest length that can be measured; None: not a measuring method.
METHODS: dict[str, int | None] = {
    "CT": 10 * NM_PER_MM,
    "MRI": 10 * NM_PER_MM,
    "caliper": 10 * NM_PER_MM,
    "CXR": 20 * NM_PER_MM,
    "US": None,
}
THICK_SLICE = 5 * NM_PER_MM  # slices above this: twice the slice, E09 App. II

# Words of a lesion's type that make it truly non-measurable: E09 3.1.2
NEVER_MEASURABLE = (
    *("ascites", "effusion", "leptomeningeal", "lymphangitic", "blastic"),
    *("inflammatory breast", "palpable", "felt"),
)


@attrs.frozen(kw_only=True)
class MeasurabilityRule:
    """One row: when it holds, the class it gives, and its source. The first that holds decides."""

    id: str
    applies_to: Callable[[Lesion], bool]
    lesion_class: LesionClass
    description: str
    source: str


MEASURABILITY = (
    MeasurabilityRule(
        id="M1",
        applies_to=lambda lesion: lesion.node and lesion.length < NORMAL_NODE_LENGTH,
        lesion_class=LesionClass.NORMAL,
        description="a node below 10 mm short axis is normal",
        source="E09 3.1.1",
    ),
    MeasurabilityRule(
        id="M2",
        applies_to=lambda lesion: any(word in lesion.type.lower() for word in NEVER_MEASURABLE),
        lesion_class=LesionClass.NON_MEASURABLE,
        description="lesions of this type are never measurable",
        source="E09 3.1.2",
    ),
    MeasurabilityRule(
        id="M3",
        applies_to=lambda lesion: lesion.treated and not lesion.progressed_since,
        lesion_class=LesionClass.NON_MEASURABLE,
        description="it was treated before and has not progressed since",
        source="E09 3.1.3",
    ),
    MeasurabilityRule(
        id="M4",
        applies_to=lambda lesion: METHODS[lesion.method] is None,
        lesion_class=LesionClass.NON_MEASURABLE,
        description="this method measures no lesion",
        source="E09 App. II",
    ),
    MeasurabilityRule(
        id="M5",
        applies_to=lambda lesion: lesion.length < shortest_measurable(lesion),
        lesion_class=LesionClass.NON_MEASURABLE,
        description="it is shorter than can be measured",
        source="E09 3.1.1",
    ),
    MeasurabilityRule(
        id="M6",
        applies_to=lambda lesion: lesion.length >= shortest_measurable(lesion),
        lesion_class=LesionClass.MEASURABLE,
        description="long enough",
        source="E09 3.1.1",
    ),
)


def shortest_measurable(lesion: Lesion) -> int:
    """The shortest length that counts as measurable: a node's short axis 15 mm, else by method."""
    if lesion.node:
        return MEASURABLE_NODE_LENGTH
    thickness = lesion.slice_thickness or 0
    least = METHODS[lesion.method] or 0
    sliced = lesion.method in ("CT", "MRI") and thickness > THICK_SLICE
    return 2 * thickness if sliced else least


def classify(lesion: Lesion) -> LesionClass:
    """Whether a lesion is measurable. ValueError for a method that is not known."""
    return measurability_rule(lesion).lesion_class


def measurability_rule(lesion: Lesion) -> MeasurabilityRule:
    """The row that decides whether a lesion is measurable. ValueError for an unknown method."""
    if lesion.method not in METHODS:
        raise ValueError(f"unknown method {lesion.method!r} ({near(lesion.method, METHODS)})")
    return next(row for row in MEASURABILITY if row.applies_to(lesion))


def counted_organ(lesion: Lesion) -> str:
    """The organ that a lesion counts to: all nodes are one, and so are paired organs (EORTC)."""
    if lesion.node:
        return "lymph nodes"
    words = lesion.organ.lower().replace("left ", "").replace("right ", "").strip()
    return PAIRED_ORGANS.get(words, words)


def choose_targets(lesions: Iterable[Lesion]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The places of targets and of non-targets among lesions, of baseline or new (iRECIST).

    The largest measurable ones, five at most and two of an organ; normal nodes are neither.
    A lesion without an organ is not counted by organ. Places from 0.
    """
    every = list(lesions)
    targets: list[int] = []
    for place in sorted(range(len(every)), key=lambda place: -every[place].length):
        lesion = every[place]
        same = sum(counted_organ(every[other]) == counted_organ(lesion) for other in targets)
        allowed = len(targets) < MOST_TARGETS and (
            same < MOST_IN_ORGAN or not counted_organ(lesion)
        )
        if classify(lesion) is LesionClass.MEASURABLE and allowed:
            targets.append(place)
    rest = tuple(
        place
        for place, lesion in enumerate(every)
        if place not in targets and classify(lesion) is not LesionClass.NORMAL
    )
    return tuple(sorted(targets)), rest


def target_faults(targets: Iterable[Lesion], names: Sequence[str] = ()) -> tuple[str, ...]:
    """What breaks the rules in a choice of targets, in words; empty where nothing does.

    ``names``: the names of the targets; without them they are counted from 1.
    """
    every = list(targets)
    known = list(names) or [str(place + 1) for place in range(len(every))]
    rows = [measurability_rule(lesion) for lesion in every]
    found = [
        f"target {name} is {row.lesion_class}" + (f": {row.description}" if names else "")
        for name, row in zip(known, rows, strict=True)
        if row.lesion_class is not LesionClass.MEASURABLE
    ]
    if len(every) > MOST_TARGETS:
        found.append(f"{len(every)} targets (write {MOST_TARGETS} at most)")
    organs = [counted_organ(lesion) for lesion in every]
    for each in dict.fromkeys(filter(None, organs)):
        same = [name for name, other in zip(known, organs, strict=True) if other == each]
        if len(same) > MOST_IN_ORGAN:
            listed = f": {', '.join(same)}" if names else ""
            most = f"(write {MOST_IN_ORGAN} at most)"
            found.append(f"{len(same)} targets of one organ, {each}{listed} {most}")
    return tuple(found)


def target_columns(lengths: Array, node: Array, exists: Array) -> dict[str, Array]:
    """Columns of `Scans` from the lengths of targets: their sums, target_cr and target_left.

    ``lengths`` is patients x scans x lesions in nanometres, -1 not assessed;
    ``node`` and ``exists`` are patients x lesions. CR: every other lesion gone, every node
    normal (E09 4.3.1), so that the sum may be above 0.
    """
    here: Array = exists[:, None, :]
    nodal: Array = node[:, None, :]
    assessed = (lengths != NOT_MEASURED) | ~here
    known = np.where(here & assessed, lengths, 0).sum(axis=2, dtype=np.int64)
    complete = assessed.all(axis=2)
    gone = (lengths == 0) | (nodal & (lengths >= 0) & (lengths < NORMAL_NODE_LENGTH)) | ~here
    return {
        "target_sum": np.where(complete, known, NOT_MEASURED),
        "partial_sum": np.where(complete, 0, known),
        "target_cr": gone.all(axis=2) & np.any(here, axis=2),
        "target_left": (assessed & ~gone).any(axis=2),
    }
