"""The vectors of uptake, read: SULpeak, SUV and what else a PET states become sums and signs.

Of PERCIST ``sul_peak``, ``liver_mean``, ``liver_sd``, ``tlg``, ``at_background``; of the EORTC
criteria ``suv``, ``cycles``, ``resolved``, ``extent_percent``; of either ``new_avid``. Besides,
``extent_grown`` (visibly) and ``nontarget`` (lesions that are not measured).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from timeline.conformance.vectors import nanometres, whole_days
from timeline.core.problem import near
from timeline.core.quantities import NM_PER_MM
from timeline.response.lesion_rules import LesionRules
from timeline.response.readings import Reading, signs_of

NUMBERS = ("liver_mean", "liver_sd", "tlg", "extent_percent")
FLAGS = {
    "at_background": "at_background",
    "resolved": "at_background",
    "extent_grown": "extent_grown",
}
SIZES = ("sul_peak", "suv")
KEPT = ("day", "done", "nontarget")
KNOWN = (*KEPT, "new_avid", "cycles", "note", "notes", *NUMBERS, *FLAGS, *SIZES)


def findings(patient: Mapping[str, Any], rules: LesionRules) -> dict[str, Any]:
    """A patient with a PET as one with sums, for `timeline.conformance.vectors.scans`."""
    base, points = patient["baseline"], patient["timepoints"]
    for each in (base, *points):
        unknown = [key for key in each if key not in KNOWN]
        if unknown:
            raise ValueError(f"unknown key {unknown[0]!r} ({near(unknown[0], KNOWN)})")
    field = rules.measure.field
    later = [_reading(each, field) for each in points]
    signs = signs_of(rules.signs, rules.options, _reading(base, field), later)
    return {
        **patient,
        "baseline": {"target_sum": base.get(field), "nontarget": base.get("nontarget", False)},
        "timepoints": [
            {
                **{key: point[key] for key in KEPT if key in point},
                "target_sum": point.get(field),
                "target_cr": False,
                "new_lesions": _new(point.get("new_avid", 0)),
                "signs": int(bits),
            }
            for point, bits in zip(points, signs, strict=True)
        ],
    }


def _new(value: Any) -> Any:
    """The number of new foci; true is one."""
    return int(value) if isinstance(value, bool) else value


def _reading(point: Mapping[str, Any], field: str) -> Reading:
    found: dict[str, Any] = {name: _number(point[name]) for name in NUMBERS if name in point}
    found |= {name: point[key] for key, name in FLAGS.items() if key in point}
    if "cycles" in point:
        found["cycles"] = whole_days(point["cycles"])
    size = point.get(field)
    return Reading(size=None if size in (None, "NE") else _number(size), **found)


def _number(value: Any) -> Fraction:
    negative = isinstance(value, int | float) and value < 0
    exact = Fraction(nanometres(-value if negative else value), NM_PER_MM)
    return -exact if negative else exact
