"""How iRECIST measures one scan: categories with PD, what has increased, and what is remembered.

A category is a bit: 1 target, 2 non-target, 4 new lesions. A set of categories is their sum, which
is also the number of the pending state of the machine. The *reference* of a pending iUPD is what
later scans are compared with: its day, its overall response and its sums.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from timeline.core.quantities import NM_PER_MM
from timeline.response.criteria import measurements
from timeline.response.criteria.criterion import Array, Criterion, ScanStep
from timeline.response.criteria.measurements import shows_new_lesion, update_shared_registers
from timeline.response.scans import (
    NON_TARGET_CODE,
    NOT_MEASURED,
    TARGET_CODE,
    UNREACHED_LENGTH,
    Scans,
    ScanView,
)
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, NonTarget, Target

TARGETS, NON_TARGETS, NEW_LESIONS = 1, 2, 4  # bits of a set of categories
# when a scan is done: in time; too early and disregarded; too early to confirm; too late
DUE, EARLY, NOT_CONFIRMING, LAPSED = range(4)
# rank of an overall response, the best highest; 0 where it cannot be ranked
_RANK = np.zeros(len(Code), dtype=np.int8)
_RANK[[Code.PD, Code.NON_CR_NON_PD, Code.SD, Code.PR, Code.CR]] = 1, 2, 3, 4, 5


@attrs.define(eq=False, kw_only=True)
class Registers(measurements.Registers):
    """The registers of RECIST 1.1, those of the new lesions, and those of a pending iUPD.

    Those of a pending iUPD are blank where none is pending. Days count from the reference day,
    sums are nanometres, -1 where unknown.
    """

    nlt_nadir: Array  # smallest sum of new-lesion targets so far; UNREACHED_LENGTH where none
    lesions: Array  # a new lesion is on record and not resolved
    anchor_scan: Array  # scan of the first iUPD
    anchor_day: Array  # its day
    anchor_sum: Array  # the first complete sum of the targets since
    anchor_nlt: Array  # the same of the new-lesion targets
    anchor_base: Array  # overall response at the first iUPD, without new lesions
    further_sum: Array  # the sum that a further increase is measured from, by the settings
    further_nlt: Array  # the same of the new-lesion targets
    window_day: Array  # the iUPD that the latest day of a confirmation is counted from
    early_new: Array  # a new lesion was first seen at a scan too early to confirm
    after_ne: Array  # the last assessment was NE


def initial_registers(scans: Scans) -> Registers:
    """The registers before the first scan."""
    shared = measurements.initial_registers(scans)
    none = np.zeros(len(shared.baseline), dtype=bool)
    unknown = np.full(none.shape, NOT_MEASURED, dtype=np.int64)
    return Registers(
        **attrs.asdict(shared, recurse=False),
        nlt_nadir=np.full(none.shape, UNREACHED_LENGTH),
        lesions=none,
        anchor_scan=np.full(none.shape, -1, dtype=np.int16),
        anchor_day=np.zeros(none.shape, dtype=np.int64),
        anchor_sum=unknown,
        anchor_nlt=unknown,
        anchor_base=np.zeros(none.shape, dtype=np.int8),
        further_sum=unknown,
        further_nlt=unknown,
        window_day=np.zeros(none.shape, dtype=np.int64),
        early_new=none,
        after_ne=none,
    )


def classify_scan(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan of all patients and compare it with the pending iUPD."""
    reference = measurements.nadir_before(registers, scan)
    if settings.reset_reference == "baseline":
        waiting = ((registers.state & TARGETS) != 0) & (registers.baseline >= 0)
        reference = np.where(waiting, registers.baseline, reference)
    step = measurements.measure_scan(registers, scan, criterion, settings, reference=reference)
    step.settings = settings
    step.gap = scan.day - registers.anchor_day
    step.window = scan.day - registers.window_day
    _find_new_lesions(step, registers, scan)
    step.progressed = _progressed_categories(step, registers, scan, criterion)
    return step.after(
        increased=_increased_categories(step, registers, scan, criterion, settings),
        improved=_has_improved(step, registers, scan, settings),
        base=_label_with_new_lesions(step, scan).astype(np.intp) - Code.CR,
        new_lesions=step.lesions,
        timing=_timing(step, settings),
    )


def _find_new_lesions(step: ScanStep, registers: Registers, scan: ScanView) -> None:
    """New lesions at this scan, whether any is on record, and their sum (0 if all are resolved).

    ``early`` are scans too early to confirm, unless they show a new lesion and were done for a new
    symptom. A lesion first seen at an early scan is new at the next scan that still shows it.
    """
    early = step.gap < step.settings.icpd_min_days - step.settings.icpd_tolerance_days
    symptomatic = scan.symptomatic & shows_new_lesion(scan)
    step.early = (registers.state > 0) & early & ~symptomatic
    still = scan.recorded & scan.done & (scan.new_lesions >= 0) & ~scan.nl_resolved
    step.carried = registers.early_new & still & ~step.early
    step.new = shows_new_lesion(scan) | step.carried
    resolved = scan.nl_resolved & (scan.nlt_sum < 0) & (registers.nlt_nadir < UNREACHED_LENGTH)
    step.nlt = np.where(resolved, np.int64(0), scan.nlt_sum)
    step.lesions = (registers.lesions | step.new | (scan.nlt_sum > 0)) & ~scan.nl_resolved


def _progressed_categories(
    step: ScanStep, registers: Registers, scan: ScanView, criterion: Criterion
) -> Array:
    """The categories that meet PD by RECIST 1.1 at this scan."""
    measured = step.nlt >= 0
    larger = measured & criterion.thresholds.is_progression(step.nlt, registers.nlt_nadir)
    new_lesions = step.new | larger | scan.nlnt_pd
    progressed: Array = (
        TARGETS * (step.target == TARGET_CODE[Target.PD])
        + NON_TARGETS * (step.non_target == NON_TARGET_CODE[NonTarget.PD])
        + NEW_LESIONS * new_lesions
    )
    return progressed


def _increased_categories(
    step: ScanStep,
    registers: Registers,
    scan: ScanView,
    criterion: Criterion,
    settings: Settings,
) -> Array:
    """The categories that have increased since the iUPD, as the settings measure it."""
    is_further = criterion.thresholds.is_further_increase
    excluded = settings.further_increase_bound == "gt"
    complete = scan.target_sum >= 0
    known = np.where(complete, scan.target_sum, scan.partial_sum)
    target = is_further(known, registers.further_sum, bound_excluded=excluded)
    target = target & ~scan.below_further
    if settings.partial_sum_pd == "ne":
        target = target & complete
    larger = is_further(step.nlt, registers.further_nlt, bound_excluded=excluded)
    new_lesions = step.new | larger | scan.nlnt_increase | scan.nlnt_pd
    increased: Array = (
        TARGETS * (target | scan.target_increase)
        + NON_TARGETS * scan.nontarget_increase
        + NEW_LESIONS * new_lesions
    )
    if settings.ne_then_iupd_confirms:
        increased = increased | np.where(registers.after_ne, step.progressed, 0)
    return increased


def _has_improved(step: ScanStep, registers: Registers, scan: ScanView, settings: Settings) -> Any:
    """Whether the baseline disease is better than at the first iUPD (setting nl_reset_rule)."""
    if settings.nl_reset_rule in ("always", "resolve"):
        return int(settings.nl_reset_rule == "always")
    now, then = _RANK[step.overall], _RANK[registers.anchor_base]
    better = (now > then) & (then > 0)
    if settings.nl_reset_rule == "improvement":
        least = max(settings.nl_reset_mm * NM_PER_MM, 1)
        smaller = registers.anchor_sum - scan.target_sum >= least
        better = better | ((scan.target_sum >= 0) & smaller)
    if settings.nl_shrinkage == "reset":
        better = better | ((step.nlt >= 0) & (step.nlt < registers.anchor_nlt))
    return better


def _label_with_new_lesions(step: ScanStep, scan: ScanView) -> Array:
    """The overall response while a new lesion is on record: never iCR, never NED.

    A patient without target disease cannot have iPR, and has NON-iCR/NON-iUPD instead.
    """
    base, on_record = step.overall, step.lesions
    cleared = (base == Code.CR) | (base == Code.NED)
    no_targets = on_record & ~scan.has_targets & cleared
    base = np.where(on_record & scan.has_targets & (base == Code.CR), np.int8(Code.PR), base)
    return np.where(no_targets, np.int8(Code.NON_CR_NON_PD), base)


def _timing(step: ScanStep, settings: Settings) -> Array:
    """Whether the scan comes in time to confirm, too early or too late."""
    policy = EARLY if settings.early_scan_policy == "disregard" else NOT_CONFIRMING
    timing = np.where(step.early, policy, DUE)
    if settings.icpd_max_days is not None:
        timing = np.where(step.window > settings.icpd_max_days, LAPSED, timing)
    return timing


# What a further increase is measured from (setting further_increase_reference), given the
# reference so far and the sum of this scan.
_REFERENCE_RULES = {
    "lowest_since_iupd": np.minimum,
    "first_iupd": lambda reference, _: reference,
    "previous": lambda _, now: now,
}


def update_registers(registers: Registers, scan: ScanView, step: ScanStep) -> None:
    """Update the registers after one scan; a scan that was disregarded changes none of them."""
    label = step.label
    done = label != Code.NONE
    update_shared_registers(registers, scan, label)
    registers.lesions = np.where(done, step.lesions, registers.lesions)
    measured = done & (step.nlt >= 0)
    nadir = np.minimum(registers.nlt_nadir, step.nlt)
    registers.nlt_nadir = np.where(measured, nadir, registers.nlt_nadir)
    registers.after_ne = (label == Code.NE) | (registers.after_ne & ~done)
    _update_references(registers, scan, step, done & (scan.target_sum >= 0), measured)
    _update_early_lesions(registers, scan, step)
    _clear_references(registers, (step.state > 0) & (label != Code.PD))


def _update_references(
    registers: Registers, scan: ScanView, step: ScanStep, complete: Array, measured: Array
) -> None:
    """Set the references at a first iUPD; a sum not known then is set as soon as it is."""
    opens = step.opens
    registers.anchor_scan = np.where(opens, np.int16(scan.scan), registers.anchor_scan)
    registers.anchor_day = np.where(opens, scan.day, registers.anchor_day)
    registers.anchor_base = np.where(opens, step.overall, registers.anchor_base)
    last = opens | (step.settings.icpd_window_from == "last_iupd")
    restarts = last & (step.label == Code.UPD)
    registers.window_day = np.where(restarts, scan.day, registers.window_day)
    sums, nlts = (scan.target_sum, complete, opens), (step.nlt, measured, opens)
    first = _REFERENCE_RULES["first_iupd"]
    rule = _REFERENCE_RULES[step.settings.further_increase_reference]
    registers.anchor_sum = _reference_after(registers.anchor_sum, *sums, first)
    registers.anchor_nlt = _reference_after(registers.anchor_nlt, *nlts, first)
    registers.further_sum = _reference_after(registers.further_sum, *sums, rule)
    registers.further_nlt = _reference_after(registers.further_nlt, *nlts, rule)


def _reference_after(reference: Array, now: Array, known: Array, opens: Array, rule: Any) -> Array:
    """A reference sum after one scan; it starts anew at a first iUPD."""
    starts = opens | (reference < 0)
    after = np.where(starts, now, rule(reference, now))
    unknown = np.where(opens, np.int64(NOT_MEASURED), reference)
    updated: Array = np.where(known, after, unknown)
    return updated


def _update_early_lesions(registers: Registers, scan: ScanView, step: ScanStep) -> None:
    """Whether a new lesion of an early scan still waits for a scan that can show it."""
    done, evaluated = scan.recorded & scan.done, scan.new_lesions >= 0
    first = shows_new_lesion(scan) & (step.settings.early_new_lesion == "counts")
    waits = np.where(step.early, registers.early_new | first, registers.early_new & ~evaluated)
    registers.early_new = np.where(done, waits, registers.early_new)


def _clear_references(registers: Registers, pending: Array) -> None:
    """Blank the references of an iUPD that is void or confirmed."""
    for name, blank in _BLANK.items():
        setattr(registers, name, np.where(pending, getattr(registers, name), blank))


_BLANK: dict[str, Any] = {
    "anchor_scan": np.int16(-1),
    "anchor_day": np.int64(0),
    "anchor_sum": np.int64(NOT_MEASURED),
    "anchor_nlt": np.int64(NOT_MEASURED),
    "anchor_base": np.int8(0),
    "further_sum": np.int64(NOT_MEASURED),
    "further_nlt": np.int64(NOT_MEASURED),
    "window_day": np.int64(0),
    "early_new": np.False_,
}
