"""The lesion vectors, read: targets by name become sums, candidates become classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from timeline.conformance.vectors import nanometres
from timeline.core.quantities import NM_PER_MM
from timeline.response.lesions import TOO_SMALL_LENGTH, Lesion, classify, target_columns
from timeline.response.scans import NOT_MEASURED

WORDS = {"TSTM": TOO_SMALL_LENGTH, "ABSENT": 0, "NE": NOT_MEASURED}


def length(value: Any, others: Mapping[str, Any]) -> int:
    """One target at one scan in nanometres, -1 not assessed.

    A number, ``TSTM``, ``ABSENT``, ``NE``, ``{split: [..]}`` or ``{merged: id}``: fragments add
    up, and of two that grew together the one named has the length of both. ValueError otherwise.
    """
    if value is None:
        return NOT_MEASURED
    if isinstance(value, str) and value in WORDS:
        return WORDS[value]
    if isinstance(value, Mapping) and set(value) == {"split"}:
        return sum(nanometres(part) for part in value["split"])
    if isinstance(value, Mapping) and set(value) == {"merged"}:
        return _merged(value["merged"], others)
    if isinstance(value, str | Mapping):
        known = ", ".join((*WORDS, "{split: [..]}", "{merged: id}"))
        raise ValueError(f"not a length: {value!r} (write millimetres, or {known})")
    return nanometres(value)


def _merged(into: str, others: Mapping[str, Any]) -> int:
    """0, because the lesion it merged into carries the length; not assessed where that is not."""
    carrier = others.get(into, "NE")
    if isinstance(carrier, Mapping) and "merged" in carrier:
        raise ValueError(f"merged into {into!r}, which is itself merged (name the one measured)")
    if length(carrier, others) == 0:
        raise ValueError(f"merged into {into!r}, which is absent (give the merged length there)")
    return min(length(carrier, others), 0)


def findings(patient: Mapping[str, Any]) -> dict[str, Any]:
    """A patient with targets by name as one with sums, for `timeline.conformance.vectors.scans`."""
    targets = patient["baseline"].get("targets") or {}
    points = patient["timepoints"]
    baseline = [nanometres(each["mm"]) for each in targets.values()]
    others = [point.get("targets", {}) for point in points]
    for each in others:
        unknown = sorted(set(each) - set(targets))
        if unknown:
            raise ValueError(f"no such target at baseline: {unknown[0]!r}")
    lengths = [[length(each.get(name, "NE"), each) for name in targets] for each in others]
    node = [bool(each.get("node")) for each in targets.values()]
    counted = target_columns(
        np.array(lengths, dtype=np.int64).reshape(1, len(points), len(targets)),
        np.array([node], dtype=bool).reshape(1, -1),
        np.ones((1, len(targets)), dtype=bool),
    )
    data: dict[str, Any] = {**patient["baseline"], "target_sum": _millimetres(sum(baseline))}
    return {
        **patient,
        "baseline": data if targets else {**data, "target_sum": None},
        "timepoints": [
            {
                **{key: value for key, value in point.items() if key != "targets"},
                **_point(counted, place, bool(targets)),
            }
            for place, point in enumerate(points)
        ],
    }


def _point(counted: Mapping[str, Any], place: int, targets: bool) -> dict[str, Any]:
    if not targets:
        return {}
    total = int(counted["target_sum"][0, place])
    partial = {"partial": _millimetres(int(counted["partial_sum"][0, place]))}
    return {
        "target_sum": partial if total == NOT_MEASURED else _millimetres(total),
        "target_cr": bool(counted["target_cr"][0, place]),
        "target_left": bool(counted["target_left"][0, place]),
    }


def _millimetres(total: int) -> Decimal:
    return Decimal(total) / NM_PER_MM


def classes(candidates: Sequence[Mapping[str, Any]]) -> list[str]:
    """Whether each candidate lesion is measurable, as printed."""
    return [str(classify(_candidate(each))) for each in candidates]


def _candidate(data: Mapping[str, Any]) -> Lesion:
    thickness = data.get("slice_mm")
    return Lesion(
        length=nanometres(data["mm"]),
        node=bool(data.get("node")),
        method=data.get("method", "CT"),
        slice_thickness=None if thickness is None else nanometres(thickness),
        type=data.get("type", ""),
        organ=data.get("organ", ""),
        treated=bool(data.get("prior_local_therapy")),
        progressed_since=bool(data.get("progressed_since")),
    )
