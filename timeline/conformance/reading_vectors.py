"""What vectors hold beside sizes, read: uptake, marrow, spleen, clinical state become signs.

Any kind may have these keys, at baseline and at each time point. Of a criterion of uptake the sum
is its own key as well: ``sul_peak`` of PERCIST, ``suv`` of the EORTC criteria. ``resolved`` and
``at_background`` are one; ``extent_grown`` is visible, ``extent_percent`` printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from timeline.conformance.vectors import nanometres, whole_days
from timeline.core.problem import near
from timeline.core.quantities import NM_PER_MM
from timeline.response.lesion_rules import LesionRules
from timeline.response.readings import Reading, signs_of

SIZES = ("sul_peak", "suv")


def _number(value: Any) -> Fraction:
    """A number of six decimals at most, which may be below 0."""
    negative = isinstance(value, int | float) and value < 0
    exact = Fraction(nanometres(-value if negative else value), NM_PER_MM)
    return -exact if negative else exact


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"neither true nor false: {value!r}")
    return value


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"unknown word {value!r} ({near(str(value), words)})")
        return str(value)

    return read


def _score(value: Any) -> int | None:
    if value == "NE":
        return None
    score = whole_days(value)
    if not 1 <= score <= 5:
        raise ValueError(f"not a score of five points: {value!r} (write 1 to 5, or NE)")
    return score


# each key, the name in `Reading`, and how it is read
KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    **{name: (name, _number) for name in ("liver_mean", "liver_sd", "tlg", "extent_percent")},
    "spleen_mm": ("spleen", _number),
    "steroid_mg": ("steroid", _number),
    "at_background": ("at_background", _truth),
    "resolved": ("at_background", _truth),
    "extent_grown": ("extent_grown", _truth),
    "cycles": ("cycles", whole_days),
    "deauville": ("deauville", _score),
    "uptake": ("uptake", _one_of("decreased", "unchanged", "increased")),
    "marrow": ("marrow", _one_of("none", "reduced", "unchanged", "new")),
    "clinical": ("clinical", _one_of("stable", "improved", "worse")),
}


def with_signs(patient: Mapping[str, Any], rules: LesionRules) -> dict[str, Any]:
    """A patient with what is read beside sizes as the signs of each time point."""
    base, points = patient["baseline"], patient["timepoints"]
    field = rules.measure.field
    later = [_reading(each, field) for each in points]
    signs = signs_of(rules.signs, rules.options, _reading(base, field), later)
    return {
        **patient,
        "baseline": _rest(base),
        "timepoints": [
            {**_rest(point), **({"signs": int(bits)} if bits else {})}
            for point, bits in zip(points, signs, strict=True)
        ],
    }


def of_uptake(patient: Mapping[str, Any], rules: LesionRules) -> dict[str, Any]:
    """A patient of kind ``pet``: the sum is the uptake that the criterion measures, if it does."""
    base, field = patient["baseline"], rules.measure.field
    found = with_signs(patient, rules)
    size = base.get(field) if field in SIZES else "present"
    return {
        **found,
        "baseline": {**_without_sizes(found["baseline"]), "target_sum": size},
        "timepoints": [
            {**_without_sizes(point), **_sum_of(before, field)}
            for before, point in zip(patient["timepoints"], found["timepoints"], strict=True)
        ],
    }


def _sum_of(point: Mapping[str, Any], field: str) -> dict[str, Any]:
    new = point.get("new_avid", 0)
    found: dict[str, Any] = {"new_lesions": int(new) if isinstance(new, bool) else new}
    if field in SIZES:
        found |= {"target_sum": point.get(field), "target_cr": False}
    return found


def _without_sizes(point: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in point.items() if key not in (*SIZES, "new_avid")}


def _rest(point: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in point.items() if key not in KEYS}


def _reading(point: Mapping[str, Any], field: str) -> Reading:
    found = {name: read(point[key]) for key, (name, read) in KEYS.items() if key in point}
    size = point.get(field) if field in SIZES else None
    return Reading(size=None if size in (None, "NE") else _number(size), **found)
