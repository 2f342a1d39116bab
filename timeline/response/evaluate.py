"""The response at each scan: one implementation, for one patient or for a cohort.

`evaluate_responses` takes the findings (`Scans`) and gives the labels (`Responses`). It goes scan
by scan over all patients at once: `evaluate_scan` measures a scan, moves the state machine of the
criterion, and updates the registers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.response.collected_labels import keep_collected
from timeline.response.criteria.criterion import Criterion, ScanStep
from timeline.response.responses import NEVER, STEP_COLUMNS, TRACE_COLUMNS, Responses, ResponseTrace
from timeline.response.scans import CHUNK, UNREACHED_LENGTH, Scans, ScanView
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]


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
    settings = criterion.answered(settings)
    parts = [_evaluate_chunk(part, criterion, settings, trace) for part in scans.chunks(CHUNK)]
    names = (*STEP_COLUMNS, *TRACE_COLUMNS) if trace else tuple(STEP_COLUMNS)
    columns = {name: _concatenated([part[name] for part in parts], scans.shape) for name in names}
    traced = ResponseTrace(**{name: columns.pop(name) for name in TRACE_COLUMNS}) if trace else None
    return Responses(
        criterion=criterion,
        names=scans.names,
        day=scans.day,
        recorded=scans.recorded,
        reference=np.zeros(len(scans.day), dtype=np.int64),
        has_targets=scans.has_targets,
        trace=traced,
        settings=settings,
        **columns,
    )


def _concatenated(parts: Sequence[Array], shape: tuple[int, int]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(shape, dtype=np.int8)


def _evaluate_chunk(
    scans: Scans, criterion: Criterion, settings: Settings, trace: bool
) -> dict[str, Array]:
    """All scans of some patients, one scan after the other; columns of patients x scans."""
    names = (*STEP_COLUMNS, *TRACE_COLUMNS) if trace else STEP_COLUMNS
    registers = criterion.begin(scans)
    first_seen = np.full(scans.shape[0], NEVER)  # of an equivocal lesion
    by_name: dict[str, list[Array]] = {name: [] for name in names}
    for scan in scans.views():
        before = registers_before(registers) if trace else {}
        step, first_seen = evaluate_scan(
            registers, scan, first_seen, scans.day, criterion, settings
        )
        columns = step_columns(step)
        if trace:
            columns |= trace_columns(step, before)
        for name in names:
            by_name[name].append(columns[name])
    shape = scans.shape
    return {
        name: np.stack(rows, axis=1) if rows else np.zeros(shape, dtype=np.int8)
        for name, rows in by_name.items()
    }


def step_columns(step: ScanStep) -> dict[str, Array]:
    """One scan as a column of each array `STEP_COLUMNS` of `Responses`."""
    return {name: step.label if name == "code" else getattr(step, name) for name in STEP_COLUMNS}


def trace_columns(step: ScanStep, before: Mapping[str, Array]) -> dict[str, Array]:
    """One scan as a column of each array of `ResponseTrace`.

    Args:
        step: The scan after the machine has moved.
        before: What `registers_before` gave before the scan was evaluated.
    """
    return {name: before[name] if name in before else getattr(step, name) for name in TRACE_COLUMNS}


def evaluate_scan(
    registers: Any,
    scan: ScanView,
    first_seen: Array,
    day: Array,
    criterion: Criterion,
    settings: Settings,
) -> tuple[ScanStep, Array]:
    """Evaluate one scan of all patients.

    Args:
        registers: What is remembered of the scans before; updated in place.
        scan: One scan of all patients.
        first_seen: The day an equivocal lesion was first seen, `NEVER` where there is none.
        day: The days of all scans, n x m.
        criterion: The criterion to judge by.
        settings: Answers to what the publications leave open.

    Returns:
        The step, and ``first_seen`` as it is after the scan.
    """
    before = registers.state
    moved = _advance(before, criterion.classify(registers, scan, criterion, settings), criterion,
                     settings)  # fmt: skip
    step = keep_collected(scan, moved, criterion, settings, before)
    first_seen = _first_seen(first_seen, scan)
    step = step.after(dated=_progression_day(day, scan, first_seen))
    registers.state = step.state.astype(np.intp)
    criterion.update(registers, scan, step)
    return step, first_seen


def _progression_day(day: Array, scan: ScanView, first_seen: Array) -> Array:
    """The day a progression seen at this scan counts from: an equivocal lesion's first."""
    known = scan.confirms_equivocal & (first_seen != NEVER)
    dated: Array = np.where(known, first_seen, scan.day)
    if (scan.confirms_since >= 0).any():
        stated = day[np.arange(len(dated)), np.maximum(scan.confirms_since, 0)]
        dated = np.where(scan.confirms_since >= 0, stated, dated)
    return dated


def _first_seen(before: Array, scan: ScanView) -> Array:
    """The day an equivocal lesion was first seen; one that a scan no longer shows is dropped."""
    done = scan.done & scan.recorded
    shown = np.where(scan.equivocal_new & done, np.minimum(before, scan.day), before)
    evaluated = done & (scan.new_lesions >= 0)
    dropped = evaluated & ~scan.equivocal_new & ~scan.confirms_equivocal
    after: Array = np.where(dropped, NEVER, shown)
    return after


def _advance(state: Array, step: ScanStep, criterion: Criterion, settings: Settings) -> ScanStep:
    """The step of a measured scan after the machine has moved on from a state."""
    machine = criterion.machine
    row, label, after = machine.advance(state, step)
    lapsed = machine.does("reopen")[row]
    late = machine.does("confirm")[row] & (getattr(step, "window", 0) > settings.icpd_late_days)
    return step.after(
        row=row,
        label=label,
        pr_persists=step.pr_persists & (label == Code.PR),
        opens=machine.does("open")[row] | lapsed,
        warning=late.astype(np.int8) + 2 * lapsed.astype(np.int8),
        state=after,
    )


def registers_before(registers: Any) -> dict[str, Array]:
    """The registers before a scan that an explanation needs; -1 where unknown."""
    unknown = np.full(registers.nadir.shape, -1, dtype=np.int64)
    pending = registers.state > 0
    return {
        "nadir": np.where(registers.nadir == UNREACHED_LENGTH, unknown, registers.nadir),
        "anchor": np.where(pending, getattr(registers, "anchor_scan", unknown), unknown),
        "anchor_sum": np.where(pending, getattr(registers, "anchor_sum", unknown), unknown),
    }
