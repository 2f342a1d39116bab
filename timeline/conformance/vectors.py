"""The vector file format, read: findings of patients become Scans, labels become Responses.

Lengths are millimetres as numbers with six decimals at most; densities are Hounsfield units in
whole tenths; days are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from timeline.core import quantities
from timeline.core.problem import near
from timeline.response.criteria.criterion import Criterion
from timeline.response.responses import Responses
from timeline.response.scans import (
    CT_SCALE,
    FINDINGS,
    NO_DENSITY,
    NON_TARGET_CODE,
    NOT_MEASURED,
    NOT_REPORTED,
    SHORTEST_BASELINE,
    TARGET_CODE,
    Scans,
)
from timeline.terminology.response_codes import Code, NonTarget

Patient = Mapping[str, Any]


_MOST_DAYS, _MOST_LESIONS = 50_000, 1_000
_DIGITS, _POWER = 40, 9  # of a number in a file of vectors: more are no measurement


def _decimal(value: int | float | str | Decimal, what: str, advice: str) -> Decimal:
    """A number of a sound size; anything larger is refused before it is written out."""
    text = str(value) if not isinstance(value, int) or abs(value) < 10**_DIGITS else "9" * 99
    try:
        exact = Decimal(text) if len(text) <= _DIGITS else Decimal("Infinity")
    except ArithmeticError:
        raise ValueError(f"not a {what}: {text!r} ({advice})") from None
    if not exact.is_finite() or exact.adjusted() > _POWER:
        shown = text if len(text) <= _DIGITS else f"{text[:_DIGITS]}.."
        raise ValueError(f"not a {what}: {shown!r} ({advice})")
    return exact


def nanometres(value: Any) -> int:
    """A length in millimetres as whole nanometres. ValueError if it is finer, or no length."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError(f"not a length: {value!r} (write millimetres, such as 23.1)")
    exact = Fraction(_decimal(value, "length", "write millimetres, such as 23.1"))
    if exact < 0:
        raise ValueError(f"not a length: {value!r} (write millimetres, 0 or more)")
    return quantities.nanometres(exact, f"{value} mm")


def density_tenths(value: Any) -> int:
    """A density in Hounsfield units as whole tenths; NE is none. ValueError if it is finer."""
    if value is None or value == "NE":
        return NO_DENSITY
    advice = "write Hounsfield units, such as 45 or -12.5"
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError(f"not a density: {value!r} ({advice})")
    exact = _decimal(value, "density", advice) * 10
    if exact != exact.to_integral_value():
        raise ValueError(f"not a density: {value!r} ({advice}, one decimal)")
    low, high = CT_SCALE
    if not low <= exact <= high:
        raise ValueError(f"off the scale of CT: {value!r} (from {low // 10} to {high // 10} HU)")
    return int(exact)


def _code(table: Mapping[Any, int], what: str) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if value not in table:
            raise ValueError(f"unknown {what}: {value!r} ({near(str(value), map(str, table))})")
        return table[value]

    return read


def _sum(value: Any) -> dict[str, int]:
    """A complete sum, a partial one, or none."""
    if value is None or value == "NE":
        return {}
    if isinstance(value, Mapping):
        return {"partial_sum": nanometres(value["partial"])}
    return {"target_sum": nanometres(value)}


def _count(value: Any) -> int:
    if value == "NE":
        return NOT_REPORTED
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"not a count of new lesions: {value!r} (write 0, 1, 2, or NE)")
    if value > _MOST_LESIONS:
        raise ValueError(f"more new lesions than a scan shows (write at most {_MOST_LESIONS})")
    return value


def whole_days(value: Any) -> int:
    """A whole number of days. ValueError for a fraction, a word, or more days than a life has."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"not a whole number of days: {value!r}")
    if abs(value) > _MOST_DAYS:
        raise ValueError(f"more days than a life has (write at most {_MOST_DAYS})")
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"neither true nor false: {value!r}")
    return value


_TARGET = _code(TARGET_CODE, "target response")
_LEVEL = _code(NON_TARGET_CODE, "non-target level")
# each key of a time point, and the findings it gives
READERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "target_sum": _sum,
    "target_spd": _sum,
    "target": lambda value: {"target": _TARGET(value)},
    "density": lambda value: {"density": density_tenths(value)},
    "nontarget": lambda value: {"nontarget": _LEVEL(value)},
    "new_lesions": lambda value: {"new_lesions": _count(value)},
    "nlt_sum": lambda value: {"nlt_sum": NOT_MEASURED if value == "NE" else nanometres(value)},
    "signs": lambda value: {"signs": int(value)},
    "lesion_steps": lambda value: {"lesion_steps": int(value)},
    "nl_spd": lambda value: {"nlt_sum": NOT_MEASURED if value == "NE" else nanometres(value)},
}
_FLAGS = (
    *(
        "done",
        "target_cr",
        "target_left",
        "target_increase",
        "nontarget_increase",
        "nlnt_increase",
        "nlnt_pd",
    ),
    *("nl_resolved", "equivocal_new", "confirms_equivocal", "symptomatic", "nodule"),
    *("lesion_grown", "lesion_grown_base", "lesion_enlarged"),
)


def read_scan(point: Mapping[str, Any], *, non_targets: bool) -> dict[str, Any]:
    """All findings of one time point that a vector can hold, by their name in `Scans`."""
    level = NonTarget.NE if non_targets else NonTarget.NA
    found: dict[str, Any] = {"day": whole_days(point["day"]), "nontarget": NON_TARGET_CODE[level]}
    for key, value in point.items():
        if key in READERS:
            found.update(READERS[key](value))
        elif key in _FLAGS:
            found[key] = _boolean(value)
        elif key not in ("day", "note", "notes"):
            raise ValueError(f"unknown key {key!r} ({near(key, ('day', *READERS, *_FLAGS))})")
    found.setdefault("target_cr", found.get("target_sum") == 0)
    some = max(found.get("target_sum", 0), found.get("partial_sum", 0)) > 0
    found.setdefault("target_left", some)
    if not non_targets and found["nontarget"] == NON_TARGET_CODE[NonTarget.NE]:
        found["nontarget"] = _NO_NON_TARGETS  # not evaluated, where there is nothing to evaluate
    return found


def read_scans(
    patients: Sequence[Patient], names: Iterable[str] = (), least: int = SHORTEST_BASELINE
) -> Scans:
    """The findings of patients, each ``{baseline: {target_sum, nontarget}, timepoints: [..]}``.

    Sums are millimetres (``target_sum``, ``nlt_sum``) or mm² (``target_spd``, ``nl_spd``), of
    which a patient has one kind. A baseline may have a ``density`` too.
    ``target_sum: present`` in a baseline is target disease without a sum: the reader's target
    response (key ``target``) is used. ValueError names what is wrong.
    """
    baselines = [each["baseline"] for each in patients]
    rows = [
        [read_scan(point, non_targets=bool(base.get("nontarget"))) for point in each["timepoints"]]
        for base, each in zip(baselines, patients, strict=True)
    ]
    sums = [base.get("target_sum", base.get("target_spd")) for base in baselines]
    return Scans.of(
        names=tuple(names),
        least=least,
        baseline_sum=[
            NOT_MEASURED if value is None or value == "present" else nanometres(value)
            for value in sums
        ],
        has_targets=[value is not None for value in sums],
        baseline_density=[density_tenths(base.get("density")) for base in baselines],
        has_non_targets=[bool(base.get("nontarget")) for base in baselines],
        **_columns(rows),
    )


def _columns(rows: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """Arrays of patients x scans, the shorter rows padded with scans that are not recorded."""
    width = max(map(len, rows), default=0)
    defaults = {name: row["default"] for name, row in FINDINGS.items() if row["axes"] == 2}
    blank = defaults | {
        "recorded": False,
        "target_cr": False,
        "nontarget": _NO_NON_TARGETS,
        "target_left": False,
    }
    full = [[{**blank, "recorded": True, **found} for found in row] for row in rows]
    padded = [row + [blank] * (width - len(row)) for row in full]
    return {
        name: np.array(
            [[found[name] for found in row] for row in padded], FINDINGS[name]["dtype"]
        ).reshape(len(rows), width)
        for name in blank
    }


_NO_NON_TARGETS = NON_TARGET_CODE[NonTarget.NA]


def read_labels(
    patients: Sequence[Patient], criterion: Criterion, names: Iterable[str] = ()
) -> Responses:
    """The labels of patients, each ``{reference_day, timepoints: [{day, response}, ..]}``.

    Assessments before the reference day (0 by default) are left out.
    """
    rows = [each.get("timepoints", ()) for each in patients]
    width = max(map(len, rows), default=0)
    shape = (len(rows), width)
    day, code = np.zeros(shape, dtype=np.int64), np.full(shape, Code.NONE, dtype=np.int8)
    recorded = np.arange(width) < np.array([len(row) for row in rows]).reshape(-1, 1)
    for patient, row in enumerate(rows):
        for place, point in enumerate(row):
            day[patient, place] = whole_days(point["day"])
            code[patient, place] = criterion.code(point["response"])
    reference = [whole_days(each.get("reference_day", 0)) for each in patients]
    return Responses.reported(
        criterion,
        day,
        code,
        recorded=recorded & (day >= np.array(reference, dtype=np.int64).reshape(-1, 1)),
        reference=reference,
        names=tuple(names),
    )
