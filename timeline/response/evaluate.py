"""The response at each scan: one implementation, for one patient or for a cohort.

`evaluate_responses` takes the findings (`Scans`) and gives the labels (`Responses`). It goes scan
by scan over all patients at once: `evaluate_scan` measures a scan, moves the state machine of the
criterion, and updates the registers.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.collected_labels import keep_collected
from timeline.response.criteria.criterion import Criterion
from timeline.response.responses import NEVER, STEP_COLUMNS, TRACE_COLUMNS, Responses, ResponseTrace
from timeline.response.scans import CHUNK, UNREACHED_LENGTH, Scans
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]


@attrs.define(eq=False, kw_only=True)
class ScanStep:
    """One scan of n patients after the machine has moved; arrays of n.

    ``found`` is what the criterion measured. The other fields are those of `Responses`, and
    ``state`` is the state after the scan.
    """

    found: Any
    label: Array
    row: Array
    opens: Array
    warning: Array
    pr_persists: Array
    state: Array
    dated: Array


def evaluate_responses(
    scans: Scans, criterion: Criterion, settings: Settings = DEFAULTS, *, trace: bool = False
) -> Responses:
    """The response of every patient at every scan by one criterion.

    Args:
        scans: The findings of n patients x m scans.
        criterion: One of `timeline.response.criteria.CRITERIA`.
        settings: Answers to what the publications leave open.
        trace: Keep what each label was judged by, which takes ten more arrays.
    """
    parts = [_evaluate_chunk(part, criterion, settings, trace) for part in scans.chunks(CHUNK)]
    names = (*STEP_COLUMNS, *TRACE_COLUMNS) if trace else tuple(STEP_COLUMNS)
    columns = {name: _concatenated([part[name] for part in parts], scans.shape) for name in names}
    kept = ResponseTrace(**{name: columns.pop(name) for name in TRACE_COLUMNS}) if trace else None
    return Responses(
        criterion=criterion,
        names=scans.names,
        day=scans.day,
        recorded=scans.recorded,
        reference=np.zeros(len(scans.day), dtype=np.int64),
        has_targets=scans.has_targets,
        trace=kept,
        **columns,
    )


_MEASURED = ("target", "target_row", "non_target", "overall", "total", "partial")


def _concatenated(parts: Sequence[Array], shape: tuple[int, int]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(shape, dtype=np.int8)


def _evaluate_chunk(
    scans: Scans, criterion: Criterion, settings: Settings, trace: bool
) -> dict[str, Array]:
    """All scans of some patients, one scan after the other; columns of patients x scans."""
    names = (*STEP_COLUMNS, *TRACE_COLUMNS) if trace else STEP_COLUMNS
    registers = criterion.begin(scans)
    first_seen = np.full(scans.shape[0], NEVER)  # of an equivocal lesion
    kept: dict[str, list[Array]] = {name: [] for name in names}
    for scan in scans.columns():
        before = _registers_before(registers) if trace else {}
        step, first_seen = evaluate_scan(
            registers, scan, first_seen, scans.day, criterion, settings
        )
        for name in STEP_COLUMNS:
            kept[name].append(step.label if name == "code" else getattr(step, name))
        if trace:
            kept["state"].append(step.state)
            for name in _MEASURED:
                kept[name].append(getattr(step.found, name))
            for name, column in before.items():
                kept[name].append(column)
    shape = scans.shape
    return {
        name: np.stack(rows, axis=1) if rows else np.zeros(shape, dtype=np.int8)
        for name, rows in kept.items()
    }


def evaluate_scan(
    registers: Any,
    scan: Any,
    first_seen: Array,
    day: Array,
    criterion: Criterion,
    settings: Settings,
) -> tuple[ScanStep, Array]:
    """Evaluate one scan of all patients.

    Args:
        registers: What is remembered of the scans before; updated in place.
        scan: One scan of all patients, as `Scans.columns` yields it.
        first_seen: The day an equivocal lesion was first seen, `NEVER` where there is none.
        day: The days of all scans, n x m.
        criterion: The criterion to judge by.
        settings: Answers to what the publications leave open.

    Returns:
        The step, and ``first_seen`` as it is after the scan.
    """
    before = registers.state
    step = _advance(registers, scan, criterion, settings)
    keep_collected(registers, scan, step, criterion, settings, before)
    first_seen = _first_seen(first_seen, scan)
    step.dated = _progression_day(day, scan, first_seen)
    criterion.update(registers, scan, step)
    return step, first_seen


def _progression_day(day: Array, scan: SimpleNamespace, first_seen: Array) -> Array:
    """The day a progression seen at this scan counts from: an equivocal lesion's first."""
    known = scan.confirms_equivocal & (first_seen != NEVER)
    dated: Array = np.where(known, first_seen, scan.day)
    if (scan.confirms_since >= 0).any():
        stated = day[np.arange(len(dated)), np.maximum(scan.confirms_since, 0)]
        dated = np.where(scan.confirms_since >= 0, stated, dated)
    return dated


def _first_seen(before: Array, scan: SimpleNamespace) -> Array:
    """The day an equivocal lesion was first seen; one that a scan no longer shows is dropped."""
    done = scan.done & scan.recorded
    shown = np.where(scan.equivocal_new & done, np.minimum(before, scan.day), before)
    evaluated = done & (scan.new_lesions >= 0)
    dropped = evaluated & ~scan.equivocal_new & ~scan.confirms_equivocal
    after: Array = np.where(dropped, NEVER, shown)
    return after


def _advance(registers: Any, scan: Any, criterion: Criterion, settings: Settings) -> ScanStep:
    """Measure one scan of all patients, look it up in the machine, and move to the next state."""
    machine = criterion.machine
    found = criterion.classify(registers, scan, criterion, settings)
    at = registers.state * machine.size + found.symbol
    row = machine.row.ravel()[at]
    registers.state = machine.next.ravel()[at].astype(np.intp)
    lapsed = machine.does("reopen")[row]
    late = machine.does("confirm")[row] & (getattr(found, "window", 0) > settings.icpd_late_days)
    label = machine.emit.ravel()[at]
    return ScanStep(
        found=found,
        row=row,
        label=label,
        pr_persists=found.pr_persists & (label == Code.PR),
        opens=machine.does("open")[row] | lapsed,
        warning=late.astype(np.int8) + 2 * lapsed.astype(np.int8),
        state=registers.state.astype(np.int8),
        dated=scan.day,
    )


def _registers_before(registers: Any) -> dict[str, Array]:
    """The registers before a scan that an explanation needs; -1 where unknown."""
    unknown = np.full(registers.nadir.shape, -1, dtype=np.int64)
    pending = registers.state > 0
    return {
        "nadir": np.where(registers.nadir == UNREACHED_LENGTH, unknown, registers.nadir),
        "anchor": np.where(pending, getattr(registers, "anchor_scan", unknown), unknown),
        "anchor_sum": np.where(pending, getattr(registers, "anchor_sum", unknown), unknown),
    }
