"""What irRC, imRECIST and irRECIST share: new measurable lesions are added to the sum.

The sum with them is the *tumour burden*. Only its growth is progression, and it is unconfirmed at
first: PD at a scan ``icpd_min_days`` or more later confirms it, anything better voids it. New
lesions and non-target lesions only exclude a CR. The rows follow review tables (PMC6942076 Table
3, PMC5994498 Table 2), because the original papers were not at hand. A patient without target
disease is NE: no source states how to count.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from timeline.core.state_machine import ANY, SAME_STATE, Column, Machine, Transition
from timeline.response.criteria import measurements, recist11
from timeline.response.criteria.criterion import Array, Criterion, ScanStep
from timeline.response.criteria.measurements import shows_new_lesion, update_shared_registers
from timeline.response.scans import NON_TARGET_CODE, NOT_MEASURED, Scans, ScanView
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, NonTarget

CLEAR, PENDING, CONFIRMED = "CLEAR", "PENDING", "CONFIRMED"
REVIEW = "PMC6942076 Table 3"


def _label(x: Any) -> Any:
    return x.base + Code.CR


def _is_pd(x: Any) -> Any:
    return _label(x) == Code.PD


def _judged_on(x: Any) -> Any:
    return (x.done == 1) & (x.after_pd == 1)


# fmt: off
#              id    state      when                          next state  label      action
AFTER_PD = (
    Transition("B0", CONFIRMED, _judged_on,                   SAME_STATE, _label,    "none",
               "judged on after the confirmed progression",
               "Hodi 2018; setting imrecist_best_after_pd"),
)
ROWS = (
    Transition("B1", CONFIRMED, lambda x: x.done == 1,        SAME_STATE, Code.PD,   "none",
               "progression is confirmed and remains", "derived, as iRECIST"),
    Transition("B2", ANY,       lambda x: x.done == 0,        SAME_STATE, Code.NONE, "none",
               "not done: nothing changes", "derived, as iRECIST"),
    Transition("B3", CLEAR,     _is_pd,                       PENDING,    Code.UPD,  "open",
               "the burden has grown: unconfirmed", REVIEW),
    Transition("B4", CLEAR,     lambda x: ~_is_pd(x),         CLEAR,      _label,    "none",
               "by the tumour burden", REVIEW),
    Transition("B5", PENDING,   lambda x: x.early == 1,       SAME_STATE, Code.NONE, "skip",
               "too early to confirm (icpd_min_days): neither confirms nor voids", REVIEW),
    Transition("B6", PENDING,   _is_pd,                       CONFIRMED,  Code.PD,   "confirm",
               "still PD at a later scan: confirmed", REVIEW),
    Transition("B7", PENDING,   lambda x: _label(x) == Code.NE, SAME_STATE, Code.NE, "none",
               "not evaluable: stays to be confirmed", "derived, as iRECIST"),
    Transition("B8", PENDING,   lambda x: ~_is_pd(x),         CLEAR,      _label,    "reset",
               "no PD at a later scan: void", REVIEW),
)
# fmt: on


def burden_machine(name: str, *, labels_after_pd: bool = False) -> Machine:
    """The machine of either criterion, under its name.

    Args:
        name: The title of the criterion.
        labels_after_pd: Scans after a confirmed progression can have labels of their own; the
            machine then has a column ``after_pd``.
    """
    after = (Column("after_pd", ("carry", "judge")),) if labels_after_pd else ()
    return Machine(
        name=name,
        source=REVIEW,
        states=(CLEAR, PENDING, CONFIRMED),
        columns=(
            Column("done", (False, True)),
            Column("base", tuple(each.name for each in recist11.TABLE_LABELS)),
            Column("early", (False, True)),
            *after,
        ),
        rules=(*AFTER_PD, *ROWS) if labels_after_pd else ROWS,
    )


@attrs.define(eq=False, kw_only=True)
class Registers(measurements.Registers):
    """The registers of RECIST 1.1, of the burden, and those of new lesions and a pending PD."""

    lesions: Array  # a new lesion is on record and not gone
    counted: Array  # a new-lesion target is in the burden and not gone
    anchor_scan: Array  # scan of the first unconfirmed progression
    anchor_day: Array  # its day
    anchor_sum: Array  # the burden at it in nanometres; -1 unknown


def initial_registers(scans: Scans) -> Registers:
    """The registers before the first scan."""
    shared = measurements.initial_registers(scans)
    none = np.zeros(len(shared.baseline), dtype=bool)
    return Registers(
        **attrs.asdict(shared, recurse=False),
        lesions=none,
        counted=none,
        anchor_scan=np.full(none.shape, -1, dtype=np.int16),
        anchor_day=np.zeros(none.shape, dtype=np.int64),
        anchor_sum=np.full(none.shape, NOT_MEASURED, dtype=np.int64),
    )


def classify_scan(
    registers: Registers,
    scan: ScanView,
    criterion: Criterion,
    settings: Settings,
    *,
    non_targets_progress: bool = False,
    labels_after_pd: bool = False,
    new_in_table: bool = False,
) -> ScanStep:
    """Measure one scan of all patients by its tumour burden.

    Args:
        registers: What is remembered of the scans before.
        scan: One scan of all patients.
        criterion: irRC, imRECIST or irRECIST.
        settings: Answers to what the publications leave open.
        non_targets_progress: Non-target lesions can be PD.
        labels_after_pd: Scans after a confirmed progression have labels of their own.
        new_in_table: The overall table has rows for new lesions; else they only exclude a CR.
    """
    burden = _scan_with_burden(registers, scan, non_targets_progress)
    by_sums = attrs.evolve(settings, reappear_after_cr="numeric")
    on_record = registers.lesions | shows_new_lesion(scan) | (scan.nlt_sum > 0)
    lesions = on_record & ~scan.nl_resolved
    new = lesions if new_in_table else 0
    step = measurements.measure_scan(registers, burden, criterion, by_sums, new=new)
    base = np.where(lesions & (step.overall == Code.CR), np.int8(Code.PR), step.overall)
    base = np.where(scan.has_targets, base, np.int8(Code.NE))
    gap = scan.day - registers.anchor_day
    return step.after(
        burden=burden,
        lesions=lesions,
        window=gap,
        base=base.astype(np.intp) - Code.CR,
        early=gap < settings.icpd_min_days,
        after_pd=int(labels_after_pd),
    )


def _scan_with_burden(registers: Registers, scan: ScanView, non_targets_progress: bool) -> ScanView:
    """The scan with the burden in place of the target sum; a partial sum where any is missing."""
    missing = registers.counted & ~scan.nl_resolved & (scan.nlt_sum < 0)
    # a percentage states nothing of new lesions, and may be of no known length
    missing = missing | (scan.from_percent & (scan.nlt_sum > 0))
    complete = (scan.target_sum >= 0) & ~missing
    known = np.where(scan.target_sum >= 0, scan.target_sum, scan.partial_sum)
    total = known + np.where(scan.from_percent, 0, np.maximum(scan.nlt_sum, 0))
    level = scan.nontarget
    if not non_targets_progress:
        persists = np.int8(NON_TARGET_CODE[NonTarget.NON_CR_NON_PD])
        level = np.where(level == NON_TARGET_CODE[NonTarget.PD], persists, level)
    changed = {
        "target_sum": np.where(complete, total, np.int64(NOT_MEASURED)),
        "partial_sum": np.where(complete, np.int64(0), total),
        "target_cr": scan.target_cr & (scan.nlt_sum <= 0) & ~missing,
        "nontarget": level,
    }
    return ScanView(**{**vars(scan), **changed})


def update_registers(registers: Registers, scan: ScanView, step: ScanStep) -> None:
    """Update the registers after one scan; a scan that was disregarded changes none of them."""
    done = step.label != Code.NONE
    update_shared_registers(registers, step.burden, step.label)
    registers.lesions = np.where(done, step.lesions, registers.lesions)
    counted = (registers.counted | (scan.nlt_sum >= 0)) & ~scan.nl_resolved
    registers.counted = np.where(done, counted, registers.counted)
    opens, burden = step.opens, step.burden.target_sum
    registers.anchor_scan = np.where(opens, np.int16(scan.scan), registers.anchor_scan)
    registers.anchor_day = np.where(opens, scan.day, registers.anchor_day)
    registers.anchor_sum = np.where(opens, burden, registers.anchor_sum)
