"""What imRECIST and irRECIST share: new measurable lesions are added to the sum of the targets.

Growth of that burden alone is progression, and waits for a scan at least ``icpd_min_days`` later:
PD again confirms it, anything better voids it. New lesions and non-targets only stand in the way
of CR. Read from review tables (PMC6942076 Table 3, PMC5994498 Table 2), the originals not being at
hand. A patient without target disease is NE: no source says how to count.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np

from timeline.core.state_machine import ANY, SAME_STATE, Column, Machine, Transition
from timeline.response.criteria import measurements, recist11
from timeline.response.criteria.criterion import Array, Criterion
from timeline.response.criteria.measurements import learn, newly
from timeline.response.scans import NON_TARGET, NOT_MEASURED
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, NonTarget

CLEAR, PENDING, CONFIRMED = "CLEAR", "PENDING", "CONFIRMED"
REVIEW = "PMC6942076 Table 3"


def _label(x: Any) -> Any:
    return x.base + Code.CR


def _pd(x: Any) -> Any:
    return _label(x) == Code.PD


# fmt: off
AFTER_PD = (
    Transition("B0", CONFIRMED, lambda x: (x.done == 1) & (x.after_pd == 1), SAME_STATE, _label,
               "none",
         "judged on after the confirmed progression", "Hodi 2018; setting imrecist_best_after_pd"),
)
ROWS = (
    Transition("B1", CONFIRMED, lambda x: x.done == 1, SAME_STATE, Code.PD, "none",
         "progression is confirmed for good", "derived, as iRECIST"),
    Transition("B2", ANY, lambda x: x.done == 0, SAME_STATE, Code.NONE, "none",
         "not done: nothing changes", "derived, as iRECIST"),
    Transition("B3", CLEAR, _pd, PENDING, Code.UPD, "open",
         "the burden has grown: unconfirmed", REVIEW),
    Transition("B4", CLEAR, lambda x: ~_pd(x), CLEAR, _label, "none",
         "as the burden says", REVIEW),
    Transition("B5", PENDING, lambda x: x.early == 1, SAME_STATE, Code.NONE, "skip",
         "too early to confirm (icpd_min_days): neither confirms nor voids", REVIEW),
    Transition("B6", PENDING, _pd, CONFIRMED, Code.PD, "confirm",
         "still PD at a later scan: confirmed", REVIEW),
    Transition("B7", PENDING, lambda x: _label(x) == Code.NE, SAME_STATE, Code.NE, "none",
         "not evaluable: it waits", "derived, as iRECIST"),
    Transition("B8", PENDING, lambda x: ~_pd(x), CLEAR, _label, "reset",
         "no PD at a later scan: void", REVIEW),
)
# fmt: on


def machine(name: str, *, judges_on: bool = False) -> Machine:
    """The machine of either criterion, under its name.

    ``judges_on``: labels may go on after a confirmed progression, by its column ``after_pd``.
    """
    after = (Column("after_pd", ("carry", "judge")),) if judges_on else ()
    return Machine(
        name=name,
        source=REVIEW,
        states=(CLEAR, PENDING, CONFIRMED),
        columns=(
            Column("done", (False, True)),
            Column("base", tuple(each.name for each in recist11.BASES)),
            Column("early", (False, True)),
            *after,
        ),
        rules=(*AFTER_PD, *ROWS) if judges_on else ROWS,
    )


@attrs.define(eq=False, kw_only=True)
class Registers(measurements.Registers):
    """The registers of RECIST 1.1, of the burden, with those of the new lesions and the anchor."""

    lesions: Array  # a new lesion is on record and not gone
    counted: Array  # a new-lesion target is in the burden and not gone
    anchor_scan: Array  # scan of the first unconfirmed progression
    anchor_day: Array
    anchor_sum: Array  # the burden at it; -1 unknown


def begin(scans: Any) -> Registers:
    """The registers before the first scan."""
    shared = measurements.begin(scans)
    none = np.zeros(len(shared.baseline), dtype=bool)
    return Registers(
        **{
            field.name: getattr(shared, field.name)
            for field in attrs.fields(measurements.Registers)
        },
        lesions=none,
        counted=none,
        anchor_scan=np.full(none.shape, -1, dtype=np.int16),
        anchor_day=np.zeros(none.shape, dtype=np.int64),
        anchor_sum=np.full(none.shape, NOT_MEASURED, dtype=np.int64),
    )


def observe(
    past: Registers,
    scan: Any,
    criterion: Criterion,
    settings: Settings,
    *,
    non_targets_progress: bool = False,
    judges_on: bool = False,
) -> Any:
    """Each patient's symbol at one scan; ``judges_on`` after a confirmed progression too."""
    whole = _burden(past, scan, non_targets_progress)
    by_sums = attrs.evolve(settings, reappear_after_cr="numeric")
    seen = measurements.measure(past, whole, criterion, by_sums)
    seen.burden = whole
    seen.lesions = (past.lesions | newly(scan) | (scan.nlt_sum > 0)) & ~scan.nl_resolved
    base = np.where(seen.lesions & (seen.overall == Code.CR), np.int8(Code.PR), seen.overall)
    base = np.where(scan.has_targets, base, np.int8(Code.NE))
    seen.gap = seen.window = scan.day - past.anchor_day
    seen.symbol = criterion.machine.symbol(
        done=scan.recorded & scan.done,
        base=base.astype(np.intp) - Code.CR,
        early=seen.gap < settings.icpd_min_days,
        after_pd=int(judges_on),
    )
    return seen


def _burden(past: Registers, scan: Any, non_targets_progress: bool) -> SimpleNamespace:
    """The scan with the burden in the place of the target sum; a part where any is missing."""
    missing = past.counted & ~scan.nl_resolved & (scan.nlt_sum < 0)
    complete = (scan.target_sum >= 0) & ~missing
    known = np.where(scan.target_sum >= 0, scan.target_sum, scan.partial_sum)
    total = known + np.maximum(scan.nlt_sum, 0)
    level = scan.nontarget
    if not non_targets_progress:
        persists = np.int8(NON_TARGET[NonTarget.NON_CR_NON_PD])
        level = np.where(level == NON_TARGET[NonTarget.PD], persists, level)
    changed = {
        "target_sum": np.where(complete, total, np.int64(NOT_MEASURED)),
        "partial_sum": np.where(complete, np.int64(0), total),
        "target_cr": scan.target_cr & (scan.nlt_sum <= 0) & ~missing,
        "nontarget": level,
    }
    return SimpleNamespace(**{**vars(scan), **changed})


def act(past: Registers, scan: Any, step: Any) -> None:
    """The registers after one scan; a scan that was left out changes none of them."""
    seen, done = step.seen, step.label != Code.NONE
    learn(past, seen.burden, step.label)
    past.lesions = np.where(done, seen.lesions, past.lesions)
    counted = (past.counted | (scan.nlt_sum >= 0)) & ~scan.nl_resolved
    past.counted = np.where(done, counted, past.counted)
    past.anchor_scan = np.where(step.opens, np.int16(scan.scan), past.anchor_scan)
    past.anchor_day = np.where(step.opens, scan.day, past.anchor_day)
    past.anchor_sum = np.where(step.opens, seen.burden.target_sum, past.anchor_sum)
