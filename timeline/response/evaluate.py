"""The response at each scan of a cohort, and why: one implementation, for one patient or many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.collected_labels import keep_collected
from timeline.response.criteria.criterion import Criterion
from timeline.response.scans import CHUNK, FAR, Scans, column, some
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
WARNINGS = ("", "late", "expired")
NEVER = np.int64(np.iinfo(np.int64).max)  # the day of what did not happen


@attrs.frozen(kw_only=True, eq=False)
class ResponseTrace:
    """What the engine held at each scan, for explanations and figures; arrays of n x m.

    Sums are nanometres, -1 where there is none; ``nadir`` is that before the
    scan. Codes are positions in the word lists; ``anchor`` is the scan of the first iUPD.
    """

    target: Array
    target_row: Array
    non_target: Array
    overall: Array
    total: Array  # the sum that was judged; with new lesions where the criterion adds them
    partial: Array  # or that of those measured
    nadir: Array
    anchor: Array
    anchor_sum: Array
    state: Array  # of the machine after the scan

    def part(self, patients: Any) -> ResponseTrace:
        """That of some patients."""
        return ResponseTrace(**{name: getattr(self, name)[patients] for name in _TRACE})


@attrs.frozen(kw_only=True, eq=False)
class Responses:
    """The label of each scan of each patient: codes n x m, with the row of the table that fired."""

    criterion: Criterion
    names: tuple[str, ...] = attrs.field(default=(), repr=False)
    day: Array
    recorded: Array  # False where the column is padding
    code: Array
    row: Array  # place in the machine's rules; -1 where the labels were given
    opens: Array  # a first iUPD (RECIST 1.1: the first PD) stands here
    dated: Array  # the day a progression seen here counts from: an equivocal lesion's first
    warning: Array  # place in WARNINGS
    kept: Array  # a PR that only lasts: the sum no longer shows it, so it confirms nothing
    reference: Array  # n: the day that the least duration of SD is counted from
    has_targets: Array  # n: target disease at baseline; True where the labels were given
    trace: ResponseTrace | None = None

    def part(self, patients: Any, *, traced: bool = False) -> Responses:
        """The responses of some patients: a slice or an array of places counted from 0."""
        picked = {name: getattr(self, name)[patients] for name in _COLUMNS}
        trace = self.traced.part(patients) if traced else None
        return attrs.evolve(self, names=some(self.names, patients), trace=trace, **picked)

    def chunks(self) -> Iterator[Responses]:
        """The cohort in parts of `CHUNK` patients; a cohort of none is one part."""
        for start in range(0, max(len(self.code), 1), CHUNK):
            yield self.part(slice(start, start + CHUNK))

    def words(self, patient: int) -> tuple[str, ...]:
        """The labels of one patient, as printed; '-' was not done or was disregarded."""
        codes = self.code[patient][self.recorded[patient]]
        return tuple(str(self.criterion.words[code]) for code in codes)

    def warnings(self, patient: int) -> tuple[str, ...]:
        """What the settings remark on, such as ``late@140``: a word and the day."""
        scans = np.flatnonzero(self.warning[patient])
        return tuple(
            f"{WARNINGS[self.warning[patient, scan]]}@{self.day[patient, scan]}" for scan in scans
        )

    def rules(self, patient: int) -> tuple[str, ...]:
        """The rows of the machine that fired; empty where the labels were given."""
        rows = self.row[patient][self.recorded[patient]]
        return tuple(self.criterion.machine.rules[row].id if row >= 0 else "" for row in rows)

    @property
    def traced(self) -> ResponseTrace:
        """The trace. ValueError where none was kept."""
        if self.trace is None:
            raise ValueError("no trace was kept (write respond(..., trace=True))")
        return self.trace

    def path(self, patient: int) -> tuple[tuple[str, str, str], ...]:
        """One patient's way through the machine: state, row that fired, next state.

        ValueError where no trace was kept.
        """
        states, rows = self.criterion.machine.states, self.rules(patient)
        after = [states[at] for at in self.traced.state[patient][self.recorded[patient]]]
        return tuple(zip([states[0], *after], rows, after, strict=False))

    @classmethod
    def given(
        cls,
        criterion: Criterion,
        day: Any,
        code: Any,
        *,
        recorded: Any = True,
        reference: Any = 0,
        names: tuple[str, ...] = (),
    ) -> Responses:
        """Labels as reported, without findings: ``day`` and ``code`` are n x m.

        Days must not descend; two assessments of one day must agree. ValueError otherwise.
        """
        day = column("day", day)
        code = np.asarray(code, dtype=np.int8).reshape(day.shape)
        recorded = np.broadcast_to(np.asarray(recorded, dtype=bool), day.shape)
        _refuse(criterion, day, code, recorded, names)
        no = np.zeros_like(recorded)
        return cls(
            criterion=criterion,
            names=names,
            day=day,
            recorded=recorded,
            code=np.where(recorded, code, np.int8(Code.NONE)),
            row=np.full(day.shape, -1, dtype=np.int8),
            opens=no,
            dated=day,
            warning=no.astype(np.int8),
            kept=no,
            reference=np.broadcast_to(np.asarray(reference, dtype=np.int64), day.shape[:1]),
            has_targets=np.ones(day.shape[:1], dtype=bool),
        )


def respond(
    scans: Scans, criterion: Criterion, settings: Settings = DEFAULTS, *, trace: bool = False
) -> Responses:
    """The response of every patient at every scan by one criterion.

    ``trace`` keeps what each label was judged by, which takes ten more arrays.
    """
    parts = [_chunk(part, criterion, settings, trace) for part in scans.chunks(CHUNK)]
    names = (*_STEP, *_TRACE) if trace else tuple(_STEP)
    whole = {name: _joined([part[name] for part in parts], scans.shape) for name in names}
    kept = ResponseTrace(**{name: whole.pop(name) for name in _TRACE}) if trace else None
    return Responses(
        criterion=criterion,
        names=scans.names,
        day=scans.day,
        recorded=scans.recorded,
        reference=np.zeros(len(scans.day), dtype=np.int64),
        has_targets=scans.has_targets,
        trace=kept,
        **whole,
    )


_STEP = ("code", "row", "opens", "dated", "warning", "kept")
_COLUMNS = (*_STEP, "day", "recorded", "reference", "has_targets")
_TRACE = tuple(field.name for field in attrs.fields(ResponseTrace))


def _joined(parts: Sequence[Array], shape: tuple[int, int]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(shape, dtype=np.int8)


def _chunk(scans: Scans, criterion: Criterion, settings: Settings, trace: bool) -> dict[str, Array]:
    """All scans of some patients, one scan after the other; arrays of patients x scans."""
    names = (*_STEP, *_TRACE) if trace else _STEP
    past = criterion.begin(scans)
    first_sight = np.full(scans.shape[0], NEVER)  # of an equivocal lesion
    kept: dict[str, list[Array]] = {name: [] for name in names}
    for scan in scans.columns():
        before = _traced(past) if trace else {}
        step, first_sight = judge(past, scan, first_sight, scans.day, criterion, settings)
        seen = vars(step.seen) | before | vars(step) | {"code": step.label}
        for name in names:
            kept[name].append(seen[name])
    shape = scans.shape
    return {
        name: np.stack(rows, axis=1) if rows else np.zeros(shape, dtype=np.int8)
        for name, rows in kept.items()
    }


def judge(
    past: Any,
    scan: Any,
    first_sight: Array,
    day: Array,
    criterion: Criterion,
    settings: Settings,
) -> tuple[SimpleNamespace, Array]:
    """One scan of all patients: the registers move on in place.

    ``first_sight`` is the day an equivocal lesion was first seen, `NEVER` where there is none; it
    is given back as it is after the scan. ``day`` holds the days of all scans, n x m.
    """
    state = past.state
    step = _step(past, scan, criterion, settings)
    keep_collected(past, scan, step, criterion, settings, state)
    first_sight = _first_sight(first_sight, scan)
    step.dated = _dated(day, scan, first_sight)
    criterion.act(past, scan, step)
    return step, first_sight


def _dated(day: Array, scan: SimpleNamespace, first_sight: Array) -> Array:
    """The day a progression seen here counts from: of an equivocal lesion its first sight."""
    known = scan.confirms_equivocal & (first_sight != NEVER)
    dated: Array = np.where(known, first_sight, scan.day)
    if (scan.confirms_since >= 0).any():
        told = day[np.arange(len(dated)), np.maximum(scan.confirms_since, 0)]
        dated = np.where(scan.confirms_since >= 0, told, dated)
    return dated


def _first_sight(before: Array, scan: SimpleNamespace) -> Array:
    """The day an equivocal lesion was first seen; one that a scan shows no more is dropped."""
    done = scan.equivocal_new & scan.done & scan.recorded
    looked = scan.done & scan.recorded & (scan.new_lesions >= 0)
    dropped = looked & ~scan.equivocal_new & ~scan.confirms_equivocal
    seen = np.where(done, np.minimum(before, scan.day), before)
    held: Array = np.where(dropped, NEVER, seen)
    return held


def _step(past: Any, scan: Any, criterion: Criterion, settings: Settings) -> SimpleNamespace:
    """One step of the machine for all patients: observe, look up, move."""
    machine = criterion.machine
    seen = criterion.observe(past, scan, criterion, settings)
    at = past.state * machine.size + seen.symbol
    row = machine.row.ravel()[at]
    past.state = machine.next.ravel()[at].astype(np.intp)
    lapsed = machine.does("reopen")[row]
    late = machine.does("confirm")[row] & (getattr(seen, "window", 0) > settings.icpd_late_days)
    label = machine.emit.ravel()[at]
    return SimpleNamespace(
        seen=seen,
        row=row,
        label=label,
        kept=seen.kept & (label == Code.PR),
        opens=machine.does("open")[row] | lapsed,
        warning=late.astype(np.int8) + 2 * lapsed.astype(np.int8),
        state=past.state.astype(np.int8),
    )


def _traced(past: Any) -> dict[str, Array]:
    """The registers before a scan that an explanation needs; -1 for what is not known."""
    unknown = np.full(past.nadir.shape, -1, dtype=np.int64)
    return {
        "nadir": np.where(past.nadir == FAR, unknown, past.nadir),
        "anchor": np.where(past.state > 0, getattr(past, "anchor_scan", unknown), unknown),
        "anchor_sum": np.where(past.state > 0, getattr(past, "anchor_sum", unknown), unknown),
    }


def _refuse(
    criterion: Criterion, day: Array, code: Array, recorded: Array, names: tuple[str, ...]
) -> None:
    """ValueError for the first label that cannot be."""
    allowed = np.array([word not in ("", "MISSING") for word in criterion.words])
    wrong = recorded & ~allowed[np.clip(code, 0, len(allowed) - 1)]
    wrong |= recorded & ((code < 0) | (code >= len(allowed)))
    back, twice = np.zeros_like(recorded), np.zeros_like(recorded)
    if day.shape[1]:
        back[:, 1:] = recorded[:, 1:] & recorded[:, :-1] & (day[:, 1:] < day[:, :-1])
        same = recorded[:, 1:] & recorded[:, :-1] & (day[:, 1:] == day[:, :-1])
        twice[:, 1:] = same & (code[:, 1:] != code[:, :-1])
    for fault, what in (
        (wrong, "no such response at a scan"),
        (back, "days must not descend"),
        (twice, "two assessments of one day disagree (give one)"),
    ):
        if fault.any():
            patient, scan = np.argwhere(fault)[0]
            name = names[patient] if names else patient + 1
            raise ValueError(f"patient {name}, scan {scan + 1}: {what}")
