"""The findings of the scans of a cohort, as arrays of patients x scans; a case report is one row.

Sums are whole millionths of the unit of the measure that the criterion sums: of diameters
nanometres, of products of diameters millionths of a mm². Densities are whole tenths of a Hounsfield
unit, days whole days since the reference day (randomisation or first dose). The baseline scan is no
column: its sum is ``baseline_sum``, its density ``baseline_density``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.quantities import NM_PER_MM
from timeline.core.state_machine import code_of
from timeline.terminology.response_codes import NonTarget, Target

Array = npt.NDArray[Any]
CHUNK = 16_384  # patients at a time: their columns stay in the processor's cache
NOT_MEASURED = -1  # in a column of lengths
SHORTEST_BASELINE = NM_PER_MM  # no target is shorter: such a number is in another unit
UNREACHED_LENGTH = (
    1 << 55
)  # a length no tumour has; two of them, 120 times over, still fit in 64 bits
NOT_REPORTED = -1  # in a column of letters or counts
NO_DENSITY = -32_768  # in a column of densities, which may be below 0
CT_SCALE = (-10_240, 30_710)  # the scale of CT, both ends included
TARGET_CODE = code_of(tuple(Target))
NON_TARGET_CODE = code_of(tuple(NonTarget))


def _per_patient(dtype: type, default: Any, description: str) -> Any:
    return attrs.field(
        metadata={"axes": 1, "dtype": dtype, "default": default, "description": description}
    )


def _per_scan(dtype: type, default: Any, description: str) -> Any:
    return attrs.field(
        metadata={"axes": 2, "dtype": dtype, "default": default, "description": description}
    )


class ScanView(SimpleNamespace):
    """One scan of n patients: each finding of `Scans` as an array of n.

    ``scan`` is its place, from 0.
    """


@attrs.frozen(kw_only=True, eq=False)
class Scans:
    """The findings of n patients x m scans; `Scans.of` fills what is left out and checks it."""

    names: tuple[str, ...] = attrs.field(repr=False)
    baseline_sum: Array = _per_patient(np.int64, NOT_MEASURED, "sum of the targets at baseline")
    has_targets: Array = _per_patient(np.bool_, None, "target disease at baseline")
    has_non_targets: Array = _per_patient(np.bool_, False, "non-target disease at baseline")
    baseline_density: Array = _per_patient(np.int64, NO_DENSITY, "mean density at baseline")
    day: Array = _per_scan(np.int64, 0, "days since the reference day")
    recorded: Array = _per_scan(np.bool_, True, "False: no such scan, the column is padding")
    done: Array = _per_scan(np.bool_, True, "False: the scan was due and not done")
    target_sum: Array = _per_scan(np.int64, NOT_MEASURED, "sum of all targets")
    partial_sum: Array = _per_scan(np.int64, 0, "sum of those measured, where some were not")
    target_cr: Array = _per_scan(np.bool_, None, "targets gone, nodes below 10 mm; else sum = 0")
    target_left: Array = _per_scan(np.bool_, None, "some target is there, a node of 10 mm or more")
    from_percent: Array = _per_scan(np.bool_, False, "the sum follows from a printed percentage")
    nadir_sum: Array = _per_scan(np.int64, NOT_MEASURED, "the nadir of that percentage, if stated")
    below_pd: Array = _per_scan(np.bool_, False, "it is too short an increase from the nadir")
    below_further: Array = _per_scan(np.bool_, False, "and since the first iUPD")
    target: Array = _per_scan(np.int8, NOT_REPORTED, "the reader's target response, without a sum")
    target_increase: Array = _per_scan(np.bool_, False, "targets 5 mm above the first iUPD, no sum")
    density: Array = _per_scan(np.int64, NO_DENSITY, "mean density of the targets")
    lesion_grown: Array = _per_scan(np.bool_, False, "one target has grown since its smallest")
    lesion_enlarged: Array = _per_scan(np.bool_, False, "the same by its percentage alone")
    lesion_steps: Array = _per_scan(np.int64, 0, "scans, as bits, since which it grew by a step")
    lesion_grown_base: Array = _per_scan(np.bool_, False, "one target has grown since baseline")
    nodule: Array = _per_scan(np.bool_, False, "a new or growing nodule in a tumour")
    nontarget: Array = _per_scan(np.int8, None, "level of the non-targets")
    nontarget_increase: Array = _per_scan(np.bool_, False, "non-targets grew since the iUPD")
    new_lesions: Array = _per_scan(np.int16, 0, "new lesions first seen here; -1: not evaluated")
    nlt_sum: Array = _per_scan(np.int64, NOT_MEASURED, "sum of the new-lesion targets")
    nlnt_increase: Array = _per_scan(np.bool_, False, "new-lesion non-targets grew since the iUPD")
    nlnt_pd: Array = _per_scan(np.bool_, False, "they grew unequivocally")
    nl_resolved: Array = _per_scan(np.bool_, False, "all new lesions on record are gone")
    equivocal_new: Array = _per_scan(np.bool_, False, "a lesion that may be new")
    confirms_equivocal: Array = _per_scan(np.bool_, False, "it was new")
    confirms_since: Array = _per_scan(np.int16, NOT_REPORTED, "scan that first showed it, from 0")
    signs: Array = _per_scan(np.int64, 0, "what else the criterion reads: bits, by its rows")
    symptomatic: Array = _per_scan(np.bool_, False, "done early, for a new symptom or sign")

    category: Array = _per_scan(np.int16, -1, "the category, where nothing else is reported")

    @classmethod
    def of(
        cls,
        *,
        day: Any,
        names: tuple[str, ...] = (),
        check: bool = True,
        least: int = SHORTEST_BASELINE,
        **findings: Any,
    ) -> Scans:
        """Scans from arrays.

        Args:
            day: Days since the reference day, n x m.
            names: The patients' names in messages.
            check: Check that the findings are possible.
            least: The least sum at baseline that is possible; of diameters 1 mm.
            **findings: Findings by name, n x m or n, or one value for all. Lengths are whole
                nanometres, densities whole tenths of a Hounsfield unit.

        Raises:
            ValueError: A finding is unknown or impossible, or has another shape; the message names
                the first patient and scan, counted from 1.
        """
        day = typed_column("day", day)
        if day.ndim != 2:
            raise ValueError(f"day: of shape {day.shape} (write patients x scans)")
        unknown = sorted(findings.keys() - FINDINGS.keys())
        if unknown:
            raise ValueError(f"unknown finding {unknown[0]!r}; known: {', '.join(FINDINGS)}")
        filled = {"day": day}
        for name, row in FINDINGS.items():
            if name != "day":
                shape = day.shape[: row["axes"]]
                value = findings.get(name)
                if value is None:
                    default = _derived_default(name, filled, _DEFAULTS.get(name))
                    filled[name] = _repeated(typed_column(name, default), shape)
                else:
                    filled[name] = spread(name, typed_column(name, value), shape)
        scans = cls(names=tuple(names), **filled)
        if check:
            check_scans(scans, least)
        return scans

    @property
    def shape(self) -> tuple[int, int]:
        """Patients, scans."""
        patients, scans = self.day.shape
        return patients, scans

    def name(self, patient: int) -> str:
        """The name of a patient in messages, or the place counted from 1."""
        return self.names[patient] if self.names else str(patient + 1)

    def select(self, patients: Any) -> Scans:
        """The scans of some patients: a slice or an array of places counted from 0."""
        return attrs.evolve(
            self,
            names=select_names(self.names, patients),
            **{name: getattr(self, name)[patients] for name in FINDINGS},
        )

    @classmethod
    def joined(cls, parts: Sequence[Scans]) -> Scans:
        """The patients of several cohorts as one; those with fewer scans are padded."""
        if len(parts) == 1:
            return parts[0]
        most = max(part.shape[1] for part in parts)
        names = tuple(name for part in parts for name in part.names)
        columns = {
            name: _stacked_column(name, [getattr(part, name) for part in parts], most)
            for name in FINDINGS
        }
        return cls(names=names, **columns)

    def chunks(self, patients: int) -> Iterator[Scans]:
        """The cohort in parts of so many patients, for memory's sake."""
        if self.shape[0] <= patients:
            yield self
            return
        for start in range(0, self.shape[0], patients):
            yield self.select(slice(start, start + patients))

    def views(self) -> Iterator[ScanView]:
        """Each scan in turn, of all patients."""
        turned = {name: _by_scan(getattr(self, name)) for name in FINDINGS}
        for scan in range(self.shape[1]):
            now = {
                name: array[scan] if FINDINGS[name]["axes"] == 2 else array
                for name, array in turned.items()
            }
            yield ScanView(scan=scan, **now)


def _stacked_column(name: str, arrays: Sequence[Array], scans: int) -> Array:
    """A column of several cohorts; shorter ones repeat their last scan, which is not recorded."""
    if FINDINGS[name]["axes"] == 1:
        return np.concatenate(arrays)
    stacked = np.zeros((sum(map(len, arrays)), scans), dtype=arrays[0].dtype)
    row = 0
    for array in arrays:
        mine, row = stacked[row : row + len(array)], row + len(array)
        mine[:, : array.shape[1]] = array
        if name not in ("recorded", "done"):
            mine[:, array.shape[1] :] = array[:, -1:]
    return stacked


FINDINGS: dict[str, dict[str, Any]] = {
    field.name: dict(field.metadata) for field in attrs.fields(Scans) if field.metadata
}


# As columns: a default is given for most findings of every line.
_DEFAULTS = {
    name: np.asarray(row["default"], dtype=row["dtype"])
    for name, row in FINDINGS.items()
    if row["default"] is not None
}


def select_names(names: tuple[str, ...], patients: Any) -> tuple[str, ...]:
    """The names of some patients, by a slice or an array of places; none where there are none."""
    if isinstance(patients, slice) or not names:
        return names[patients] if names else ()
    return tuple(names[place] for place in np.arange(len(names))[patients])


def spread(name: str, value: Array, shape: tuple[int, ...]) -> Array:
    """A column of the cohort's shape: as it is, or one value for all.

    Raises:
        ValueError: It has another shape. A row of scans is never taken for every patient.
    """
    if value.ndim and value.shape != shape:
        axes = "patients x scans" if len(shape) == 2 else "patients"
        raise ValueError(
            f"{name}: of shape {value.shape}, not {shape} (write {axes}, or one value)"
        )
    return _repeated(value, shape)


def _repeated(value: Array, shape: tuple[int, ...]) -> Array:
    """What ``numpy.broadcast_to`` gives, in a tenth of its time for one value."""
    if value.ndim:
        return value if value.shape == shape else np.broadcast_to(value, shape)
    found: Array = np.ndarray(shape, value.dtype, value, strides=(0,) * len(shape))
    found.flags.writeable = False
    return found


def typed_column(name: str, value: Any) -> Array:
    """A column in its own type. ValueError for fractions, which would be cut off."""
    array, dtype = np.asarray(value), np.dtype(FINDINGS[name]["dtype"])
    kinds = "b" if dtype.kind == "b" else "biu"
    if array.size and array.dtype.kind not in kinds:
        want = "true or false" if kinds == "b" else "whole numbers"
        unit = ", lengths in nanometres" if kinds == "biu" else ""
        raise ValueError(f"{name}: not {want}, but {array.dtype} (write {want}{unit})")
    return array.astype(dtype, copy=False)


def _derived_default(name: str, known: dict[str, Array], default: Any) -> Any:
    """The findings that follow from others where they are not given."""
    if name == "has_targets":
        return known["baseline_sum"] != NOT_MEASURED
    if name == "target_cr":
        return known["target_sum"] == 0
    if name == "target_left":
        return (known["target_sum"] > 0) | (known["partial_sum"] > 0)
    if name == "nontarget":
        some = known["has_non_targets"][:, None]
        return np.where(some, NON_TARGET_CODE[NonTarget.NE], NON_TARGET_CODE[NonTarget.NA])
    return default


def _by_scan(array: Array) -> Array:
    """Scans x patients, each scan's findings side by side; constants stay constants."""
    if array.ndim == 1 or 0 in array.strides:
        return array.T
    return np.ascontiguousarray(array.T)


def _contradictions(s: Scans) -> Iterator[tuple[Array, str]]:
    """Impossible findings of a recorded scan: where they are, and the message."""
    used, no_sum = s.recorded & s.done, s.target_sum == NOT_MEASURED
    without = (s.baseline_sum == NOT_MEASURED)[:, None]
    some_sum = ~no_sum | (s.partial_sum > 0)
    measured = some_sum | (s.target != NOT_REPORTED)
    level = (s.nontarget != NON_TARGET_CODE[NonTarget.NA]) != s.has_non_targets[:, None]
    shown = np.logical_or.accumulate(s.equivocal_new & used, axis=1)
    longest = np.maximum(np.maximum(s.target_sum, s.partial_sum), s.nlt_sum)
    yield longest >= UNREACHED_LENGTH, "a sum that is too long for a body (write nanometres)"
    yield s.target_sum < NOT_MEASURED, "target sum below 0"
    yield s.partial_sum < 0, "partial target sum below 0"
    yield s.nlt_sum < NOT_MEASURED, "sum of new-lesion targets below 0"
    yield s.new_lesions < NOT_REPORTED, "count of new lesions below 0"
    yield ~s.done & (s.new_lesions > 0), "a new lesion at a scan that was not done"
    yield measured & ~s.has_targets[:, None], "target findings, but no target disease at baseline"
    yield some_sum & without, "a target sum, but none at baseline (give the response)"
    yield ~no_sum & (s.target != NOT_REPORTED), "a target sum and a target response (give one)"
    yield s.target_cr & no_sum & used, "target CR without a complete sum (give the response)"
    yield level & used, "non-target level and baseline disagree (NA only where none at baseline)"
    yield s.nl_resolved & (s.new_lesions > 0), "new lesions all gone, and a new lesion"
    yield s.confirms_equivocal & ~shown, "confirms an equivocal lesion that no scan showed"


def _density_contradictions(s: Scans) -> Iterator[tuple[Array, str]]:
    """Impossible densities and nodules; skipped where none is reported."""
    without = ~s.has_targets[:, None]
    if _has_values(s.density, NO_DENSITY):
        yield _off_scale(s.density), "a density off the scale of CT (-1024 to 3071 HU)"
        yield (s.density != NO_DENSITY) & without, "a density, but no target disease at baseline"
    if _has_values(s.nodule, False):
        yield s.nodule & without, "a nodule in a tumour, but no target disease at baseline"
        yield s.nodule & ~s.done, "a nodule at a scan that was not done"


def _has_values(array: Array, blank: Any) -> bool:
    """Whether a column has any value; a broadcast column is looked at once."""
    one = tuple(slice(0, 1) if step == 0 else slice(None) for step in array.strides)
    return bool((array[one] != blank).any())


def _off_scale(density: Array) -> Array:
    low, high = CT_SCALE
    wrong: Array = ((density < low) | (density > high)) & (density != NO_DENSITY)
    return wrong


def check_scans(scans: Scans, least: int = SHORTEST_BASELINE) -> None:
    """Check the findings of a cohort, whose sums at baseline are ``least`` or more.

    Raises:
        ValueError: Findings are impossible; the message names the first patient and scan.
    """
    _check_baselines(scans, least)
    if not scans.day.size:
        return
    for first, part in enumerate(scans.chunks(CHUNK)):
        _check_days(part, first * CHUNK)
        for where, what in (*_contradictions(part), *_density_contradictions(part)):
            wrong = where & part.recorded
            if wrong.any():
                patient, scan = np.argwhere(wrong)[0]
                name = scans.name(first * CHUNK + patient)
                raise ValueError(f"patient {name}, scan {scan + 1}: {what}")


def _check_baselines(scans: Scans, least: int) -> None:
    """A baseline sum is above 0, or there is none; a density is on the scale."""
    wrong = (scans.baseline_sum < NOT_MEASURED) | (scans.baseline_sum == 0)
    if wrong.any():
        name = scans.name(int(np.argmax(wrong)))
        raise ValueError(f"patient {name}: baseline target sum is not above 0 (leave it out)")
    wrong = (scans.baseline_sum > 0) & (scans.baseline_sum < least)
    if wrong.any():
        name = scans.name(int(np.argmax(wrong)))
        raise ValueError(
            f"patient {name}: baseline target sum below 1 mm, which no target is "
            "(check the unit; of arrays it is the nanometre: 1 mm is 1,000,000)"
        )
    wrong = scans.baseline_sum >= UNREACHED_LENGTH
    if wrong.any():
        name = scans.name(int(np.argmax(wrong)))
        raise ValueError(f"patient {name}: baseline target sum too long (write nanometres)")
    wrong = _off_scale(scans.baseline_density)
    if wrong.any():
        name = scans.name(int(np.argmax(wrong)))
        raise ValueError(f"patient {name}: baseline density off the scale of CT (-1024 to 3071 HU)")


def _check_days(scans: Scans, first: int) -> None:
    """Recorded days must ascend; gaps of padding between them are allowed."""
    day = np.where(scans.recorded, scans.day, np.iinfo(np.int64).min)
    before = np.maximum.accumulate(day, axis=1)[:, :-1]
    wrong = scans.recorded[:, 1:] & (scans.day[:, 1:] <= before)
    if wrong.any():
        patient, scan = np.argwhere(wrong)[0]
        now, last = scans.day[patient, scan + 1], before[patient, scan]
        why = "two assessments on one day (join them)" if now == last else "days must ascend"
        name = scans.names[patient] if scans.names else first + patient + 1
        raise ValueError(f"patient {name}, scan {scan + 2}: day {now} after day {last}: {why}")
