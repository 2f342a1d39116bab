"""Lesions: which can be measured, which are chosen as targets, and what their sum is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.problem import near
from timeline.core.quantities import NM_PER_MM
from timeline.record.event_parts.lesion_sizes import TOO_SMALL_MM
from timeline.response.lesion_rules import RECIST11_RULES, LesionRules
from timeline.response.scans import NOT_MEASURED

Array = npt.NDArray[Any]
TOO_SMALL_LENGTH = TOO_SMALL_MM * NM_PER_MM

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


# Words of a lesion's type that make it truly non-measurable: E09 3.1.2
NEVER_MEASURABLE = (
    *("ascites", "effusion", "leptomeningeal", "lymphangitic", "blastic"),
    *("inflammatory breast", "palpable", "felt"),
)


@attrs.frozen(kw_only=True)
class MeasurabilityRule:
    """One row: when it holds, the class it gives, and its source. The first that holds decides."""

    id: str
    applies_to: Callable[[Lesion, LesionRules], bool]
    lesion_class: LesionClass
    description: str
    source: str


MEASURABILITY = (
    MeasurabilityRule(
        id="M1",
        applies_to=lambda lesion, rules: lesion.node and is_normal_node(lesion.length, rules),
        lesion_class=LesionClass.NORMAL,
        description="a node below 10 mm short axis is normal",
        source="E09 3.1.1",
    ),
    MeasurabilityRule(
        id="M2",
        applies_to=lambda lesion, _: any(word in lesion.type.lower() for word in NEVER_MEASURABLE),
        lesion_class=LesionClass.NON_MEASURABLE,
        description="lesions of this type are never measurable",
        source="E09 3.1.2",
    ),
    MeasurabilityRule(
        id="M3",
        applies_to=lambda lesion, rules: (
            lesion.treated and rules.treated_when_progressed and not lesion.progressed_since
        ),
        lesion_class=LesionClass.NON_MEASURABLE,
        description="it was treated before and has not progressed since",
        source="E09 3.1.3",
    ),
    MeasurabilityRule(
        id="M3a",
        applies_to=lambda lesion, rules: lesion.treated and not rules.treated_when_progressed,
        lesion_class=LesionClass.NON_MEASURABLE,
        description="it was treated before, and stays non-measurable even if it progresses",
        source="PMC4671850 Table 1 on Therasse 2000",
    ),
    MeasurabilityRule(
        id="M4",
        applies_to=lambda lesion, rules: rules.methods[lesion.method] is None,
        lesion_class=LesionClass.NON_MEASURABLE,
        description="this method measures no lesion",
        source="E09 App. II",
    ),
    MeasurabilityRule(
        id="M5",
        applies_to=lambda lesion, rules: lesion.length < shortest_measurable(lesion, rules),
        lesion_class=LesionClass.NON_MEASURABLE,
        description="it is shorter than can be measured",
        source="E09 3.1.1",
    ),
    MeasurabilityRule(
        id="M6",
        applies_to=lambda lesion, rules: lesion.length >= shortest_measurable(lesion, rules),
        lesion_class=LesionClass.MEASURABLE,
        description="long enough",
        source="E09 3.1.1",
    ),
)


def is_normal_node(length: Any, rules: LesionRules) -> Any:
    """Whether a node of such a short axis is normal; a number, or an array of them."""
    least = (rules.normal_node_mm or 0) * NM_PER_MM
    return length < least


def shortest_measurable(lesion: Lesion, rules: LesionRules = RECIST11_RULES) -> int:
    """The shortest length in nanometres that counts as measurable.

    By RECIST 1.1 a node's short axis of 15 mm; of any other lesion by its method.
    """
    if lesion.node and rules.measurable_node_mm is not None:
        return rules.measurable_node_mm * NM_PER_MM
    thickness = lesion.slice_thickness or 0
    least = (rules.methods[lesion.method] or 0) * NM_PER_MM
    thick = rules.slices_mm is not None and thickness > rules.slices_mm * NM_PER_MM
    return max(2 * thickness, least) if thick and lesion.method in _SLICED else least


_SLICED = ("CT", "MRI")


def classify(lesion: Lesion, rules: LesionRules = RECIST11_RULES) -> LesionClass:
    """Whether a lesion is measurable. ValueError for a method that is not known."""
    return measurability_rule(lesion, rules).lesion_class


def measurability_rule(lesion: Lesion, rules: LesionRules = RECIST11_RULES) -> MeasurabilityRule:
    """The row that decides whether a lesion is measurable. ValueError for an unknown method."""
    if lesion.method not in rules.methods:
        raise ValueError(f"unknown method {lesion.method!r} ({near(lesion.method, rules.methods)})")
    return next(row for row in MEASURABILITY if row.applies_to(lesion, rules))


def counted_organ(lesion: Lesion) -> str:
    """The organ that a lesion counts to: all nodes are one, and so are paired organs (EORTC)."""
    if lesion.node:
        return "lymph nodes"
    words = lesion.organ.lower().replace("left ", "").replace("right ", "").strip()
    return PAIRED_ORGANS.get(words, words)


def choose_targets(
    lesions: Iterable[Lesion], rules: LesionRules = RECIST11_RULES
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The places of targets and of non-targets among lesions, of baseline or new (iRECIST).

    The largest measurable ones, as many as the rules allow (by RECIST 1.1 five, and two of an
    organ); normal nodes are neither.
    A lesion without an organ is not counted by organ. Places from 0.
    """
    every = list(lesions)
    targets: list[int] = []
    for place in sorted(range(len(every)), key=lambda place: -every[place].length):
        lesion = every[place]
        same = sum(counted_organ(every[other]) == counted_organ(lesion) for other in targets)
        allowed = len(targets) < _most(rules.most_targets) and (
            same < _most(rules.most_in_organ) or not counted_organ(lesion)
        )
        if classify(lesion, rules) is LesionClass.MEASURABLE and allowed:
            targets.append(place)
    rest = tuple(
        place
        for place, lesion in enumerate(every)
        if place not in targets and classify(lesion, rules) is not LesionClass.NORMAL
    )
    return tuple(sorted(targets)), rest


def _most(limit: int | None) -> float:
    return math.inf if limit is None else limit


def target_faults(
    targets: Iterable[Lesion], names: Sequence[str] = (), rules: LesionRules = RECIST11_RULES
) -> tuple[str, ...]:
    """What breaks the rules in a choice of targets, in words; empty where nothing does.

    ``names``: the names of the targets; without them they are counted from 1.
    """
    every = list(targets)
    known = list(names) or [str(place + 1) for place in range(len(every))]
    rows = [measurability_rule(lesion, rules) for lesion in every]
    found = [
        f"target {name} is {row.lesion_class}" + (f": {row.description}" if names else "")
        for name, row in zip(known, rows, strict=True)
        if row.lesion_class is not LesionClass.MEASURABLE
    ]
    if len(every) > _most(rules.most_targets):
        found.append(f"{len(every)} targets (write {rules.most_targets} at most)")
    organs = [counted_organ(lesion) for lesion in every]
    for each in dict.fromkeys(filter(None, organs)):
        same = [name for name, other in zip(known, organs, strict=True) if other == each]
        if len(same) > _most(rules.most_in_organ):
            listed = f": {', '.join(same)}" if names else ""
            most = f"(write {rules.most_in_organ} at most)"
            found.append(f"{len(same)} targets of one organ, {each}{listed} {most}")
    return tuple(found)


def target_columns(
    lengths: Array,
    node: Array,
    exists: Array,
    rules: LesionRules = RECIST11_RULES,
    longest: Array | None = None,
) -> dict[str, Array]:
    """Columns of `Scans` from the sizes of targets: their sums, target_cr and target_left.

    ``lengths`` is patients x scans x lesions in millionths of the unit of the measure (nanometres),
    -1 not assessed; ``node`` and ``exists`` are patients x lesions. CR: every other lesion gone,
    every node normal (E09 4.3.1), so that the sum may be above 0. ``longest``: the longest
    diameters in nanometres, where the rules have a normal one of nodes.
    """
    here: Array = exists[:, None, :]
    nodal: Array = node[:, None, :]
    assessed = (lengths != NOT_MEASURED) | ~here
    known = np.where(here & assessed, lengths, 0).sum(axis=2, dtype=np.int64)
    complete = assessed.all(axis=2)
    normal = nodal & (lengths >= 0) & is_normal_node(lengths, rules)
    if rules.normal_node_longest_mm is not None and longest is not None:
        normal |= nodal & (lengths >= 0) & (longest <= rules.normal_node_longest_mm * NM_PER_MM)
    gone = (lengths == 0) | normal | ~here
    return {
        "target_sum": np.where(complete, known, NOT_MEASURED),
        "partial_sum": np.where(complete, 0, known),
        "target_cr": gone.all(axis=2) & np.any(here, axis=2),
        "target_left": (assessed & ~gone).any(axis=2),
    }


@attrs.frozen(kw_only=True, eq=False)
class SizeSeries:
    """The sizes of some targets, the baseline first: patients x (1 + scans) x lesions.

    ``size`` is in millionths of the unit of the measure, -1 not assessed; ``longest`` and
    ``shortest`` are the diameters in nanometres, of a measure of one diameter that twice.
    ``node`` and ``exists`` are patients x lesions.
    """

    size: Array
    longest: Array
    shortest: Array
    node: Array
    exists: Array

    @property
    def known(self) -> Array:
        """Which sizes are known."""
        found: Array = (self.size != NOT_MEASURED) & self.exists[:, None, :]
        return found

    def smallest_before(self, sizes: Array) -> Array:
        """Of each scan after the baseline the smallest known size before it."""
        before = np.where(self.known, sizes, _NEVER_SMALL)[:, :-1]
        return np.minimum.accumulate(before, axis=1)


_NEVER_SMALL = np.int64(1) << 55


def grown_columns(series: SizeSeries, rules: LesionRules) -> dict[str, Array]:
    """Whether one target has grown, from its smallest size so far and from its size at baseline.

    Sizes that a scan did not assess neither grow nor are the smallest. Returns columns of `Scans`,
    patients x scans: ``lesion_grown`` by all that the rules ask, ``lesion_enlarged`` by its
    percentage alone, ``lesion_grown_base`` from baseline, ``lesion_steps`` by its step since each
    scan.
    """
    size, scans = series.size[:, 1:], series.size.shape[1] - 1
    no = np.zeros(size.shape[:2], dtype=bool)
    if not rules.judges_lesions:
        return dict.fromkeys(("lesion_grown", "lesion_grown_base", "lesion_enlarged"), no) | {
            "lesion_steps": no.astype(np.int64)
        }
    known = series.known[:, 1:]

    def enlarged(reference: Array) -> Array:
        increase = 100 * (size - reference) >= (rules.lesion_percent or 0) * reference
        each: Array = known & increase & (size > reference)
        return each

    from_nadir = enlarged(series.smallest_before(series.size))
    grown = from_nadir
    if rules.lesion_step_mm is not None:
        stepped = _stepped(
            series,
            rules,
            series.smallest_before(series.longest),
            series.smallest_before(series.shortest),
        )
        grown = stepped if rules.lesion_percent is None else grown & stepped
        above = (rules.lesion_above_mm or 0) * NM_PER_MM
        grown = known & grown & (series.longest[:, 1:] > above)
    if rules.lesion_regrown:
        grown |= _regrown(series, rules)
    base = np.broadcast_to(series.size[:, :1], size.shape)
    return {
        "lesion_grown": np.asarray(grown.any(axis=2)),
        "lesion_grown_base": np.asarray(enlarged(base).any(axis=2)),
        "lesion_enlarged": np.asarray(from_nadir.any(axis=2)),
        "lesion_steps": _steps(series, rules, scans),
    }


def _stepped(series: SizeSeries, rules: LesionRules, longest: Array, shortest: Array) -> Array:
    """Whether a diameter has grown by the step of the rules from that of a reference.

    The step is that of a small or of a large lesion: at its smallest, now, or at baseline (setting
    lugano_size_at).
    """
    now = series.longest[:, 1:], series.shortest[:, 1:]
    step: Any = np.int64((rules.lesion_step_mm or 0) * NM_PER_MM)
    if rules.lesion_large_step_mm is not None and rules.lesion_large_mm is not None:
        at = {
            "current": now[0],
            "baseline": np.broadcast_to(series.longest[:, :1], now[0].shape),
        }.get(rules.option("lugano_size_at") or "", longest)
        large = at > rules.lesion_large_mm * NM_PER_MM
        step = np.where(large, np.int64(rules.lesion_large_step_mm * NM_PER_MM), step)
    step = step + (rules.option("lugano_step") == "exclusive")
    known: Array = series.known[:, 1:]
    grown: Array = known & ((now[0] - longest >= step) | (now[1] - shortest >= step))
    return grown


def _regrown(series: SizeSeries, rules: LesionRules) -> Array:
    """Whether a lesion that was gone is seen again; a node above its normal size."""
    gone_before = series.smallest_before(series.size) == 0
    normal = (rules.normal_node_longest_mm or 0) * NM_PER_MM
    longest = series.longest[:, 1:]
    seen = np.where(series.node[:, None, :], longest > normal, longest > 0)
    again: Array = series.known[:, 1:] & gone_before & seen
    return again


def _steps(series: SizeSeries, rules: LesionRules, scans: int) -> Array:
    """By scan the earlier scans, as bits, since which a target has grown by the step."""
    found = np.zeros((series.size.shape[0], scans), dtype=np.int64)
    if rules.lesion_step_mm is None:
        return found
    for since in range(min(scans, _MOST_BITS)):
        then = series.known[:, since + 1]
        longest, shortest = (
            np.where(then, each[:, since + 1], _NEVER_SMALL)[:, None, :]
            for each in (series.longest, series.shortest)
        )
        grown = np.array(_stepped(series, rules, longest, shortest).any(axis=2))
        grown[:, : since + 1] = False
        found |= grown.astype(np.int64) << since
    return found


_MOST_BITS = 62
