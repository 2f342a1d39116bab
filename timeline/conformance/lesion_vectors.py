"""The lesion vectors, read: targets by name become sums, candidates become classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from timeline.conformance.vectors import nanometres
from timeline.core.quantities import NM_PER_MM
from timeline.record.event_parts.lesion_sizes import LesionSize, lesion_size
from timeline.response.lesion_rules import RECIST11_RULES, LesionRules
from timeline.response.lesions import (
    TOO_SMALL_LENGTH,
    Lesion,
    SizeSeries,
    classify,
    grown_columns,
    target_columns,
)
from timeline.response.scans import NOT_MEASURED

Size = Callable[[Any, Mapping[str, Any]], int]
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


def findings(
    patient: Mapping[str, Any],
    rules: LesionRules = RECIST11_RULES,
    sizes: tuple[Size, Size, Size] | None = None,
) -> dict[str, Any]:
    """A patient with targets by name as one with sums, for `timeline.conformance.vectors.scans`.

    ``sizes`` give what counts of one target at one scan, and its longest and shortest diameters;
    by default its length.
    """
    sizes = sizes or (length, length, length)
    targets = patient["baseline"].get("targets") or {}
    points = patient["timepoints"]
    first = {name: each if "ld" in each else each["mm"] for name, each in targets.items()}
    others = [point.get("targets", {}) for point in points]
    for each in others:
        unknown = sorted(set(each) - set(targets))
        if unknown:
            raise ValueError(f"no such target at baseline: {unknown[0]!r}")
    every = [first, *others]

    def column(of: Size) -> Any:
        found = [[of(each.get(name, "NE"), each) for name in targets] for each in every]
        return np.array(found, dtype=np.int64).reshape(1, len(every), len(targets))

    node = [bool(each.get("node")) for each in targets.values()]
    size, longest, shortest = map(column, sizes)
    series = SizeSeries(
        size=size,
        longest=longest,
        shortest=shortest,
        node=np.array([node], dtype=bool).reshape(1, -1),
        exists=np.ones((1, len(targets)), dtype=bool),
    )
    counted = target_columns(size[:, 1:], series.node, series.exists, rules, longest[:, 1:])
    counted |= grown_columns(series, rules)
    total = int(size[0, 0].sum())
    data: dict[str, Any] = {**patient["baseline"], "target_sum": _millimetres(total)}
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
        **{name: bool(counted[name][0, place]) for name in _FLAGS},
        "lesion_steps": int(counted["lesion_steps"][0, place]),
    }


_FLAGS = ("target_left", "lesion_grown", "lesion_grown_base", "lesion_enlarged")


def two_diameters(patient: Mapping[str, Any], rules: LesionRules) -> dict[str, Any]:
    """A patient whose targets have two diameters as one with the sums of a criterion.

    Of each target ``{ld, sd, node}`` at baseline, later ``[ld, sd]`` or a word of `WORDS`; of new
    lesions ``new: [{ld, sd}]``, which count as measured where the rules allow. Words stand for the
    same length both ways.
    """
    targets = patient["baseline"].get("targets") or {}
    nodes = {name: bool(each.get("node")) for name, each in targets.items()}
    points = [_with_nodes(point, nodes) for point in patient["timepoints"]]
    found = findings(
        {**patient, "timepoints": points},
        rules,
        (
            lambda value, _: _counted(value, rules),
            lambda value, _: _diameter(value, "length"),
            lambda value, _: _diameter(value, "width"),
        ),
    )
    return {**found, "timepoints": [_with_new(point, rules) for point in found["timepoints"]]}


def _with_nodes(point: Mapping[str, Any], nodes: Mapping[str, bool]) -> dict[str, Any]:
    """A time point whose two diameters also tell whether they are those of a node."""
    targets = {
        name: {"ld": value[0], "sd": value[1], "node": nodes.get(name, False)}
        if isinstance(value, list) and len(value) == 2
        else value
        for name, value in point.get("targets", {}).items()
    }
    return {**point, "targets": targets} if "targets" in point else dict(point)


def _diameters(value: Any) -> LesionSize:
    if isinstance(value, Mapping) and {"ld", "sd"} <= set(value):
        return lesion_size(f"{value['ld']} x {value['sd']} mm")
    if isinstance(value, str) and value in WORDS:
        return lesion_size(_WORDS_OF_CASES[value])
    known = ", ".join((*WORDS, "[longest, shortest]"))
    raise ValueError(f"not two diameters: {value!r} (write millimetres, or {known})")


_WORDS_OF_CASES = {"TSTM": "too small", "ABSENT": "absent", "NE": "not evaluated"}


def _counted(value: Any, rules: LesionRules) -> int:
    node = isinstance(value, Mapping) and bool(value.get("node"))
    size = rules.size(_diameters(value), node=node)
    return NOT_MEASURED if size is None else size


def _diameter(value: Any, which: str) -> int:
    found = getattr(_diameters(value), which)
    return NOT_MEASURED if found is None else int(found)


def _with_new(point: Mapping[str, Any], rules: LesionRules) -> dict[str, Any]:
    """A time point with the sizes of its new lesions as their sum."""
    listed = point.get("new", ())
    sizes = [_diameters(each) for each in listed]
    counted = [
        rules.is_new(size, node=bool(each.get("node")))
        for size, each in zip(sizes, listed, strict=True)
    ]
    measured = [rules.size(each, node=False) or 0 for each in sizes if rules.is_new_target(each)]
    rest = {key: value for key, value in point.items() if key != "new"}
    if sizes:
        rest.setdefault("new_lesions", sum(counted))
    return {**rest, "nl_spd": _millimetres(sum(measured))} if measured else rest


def _millimetres(total: int) -> Decimal:
    return Decimal(total) / NM_PER_MM


def classes(
    candidates: Sequence[Mapping[str, Any]], rules: LesionRules = RECIST11_RULES
) -> list[str]:
    """Whether each candidate lesion is measurable by some rules, as printed."""
    return [str(classify(_candidate(each), rules)) for each in candidates]


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
