"""What iRECIST counts: the categories, what is held against the first iUPD, and the registers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np

from timeline.criteria import measure
from timeline.criteria.criterion import FAR, Array, Criterion
from timeline.criteria.measure import learn, newly
from timeline.engine.scans import NON_TARGET, NOT_MEASURED, TARGET
from timeline.settings import Settings
from timeline.terms import Code, NonTarget, Target

TARGETS, NON_TARGETS, NEW_LESIONS = 1, 2, 4  # bits of a set of categories
DUE, EARLY, HELD, LAPSED = range(4)
# better is higher; classes that say nothing about better or worse stand at nought
_CLASS = np.zeros(len(Code), dtype=np.int8)
_CLASS[[Code.PD, Code.NON_CR_NON_PD, Code.SD, Code.PR, Code.CR]] = 1, 2, 3, 4, 5


@attrs.define(eq=False, kw_only=True)
class Registers(measure.Registers):
    """The registers of RECIST 1.1, those of the new lesions, and those set at the first iUPD."""

    nlt_nadir: Array  # smallest sum of new-lesion targets so far; FAR before the first
    lesions: Array  # a new lesion is on record and not gone
    last_sum: Array  # of the scan before; -1 unknown, as below
    last_nlt: Array
    anchor_scan: Array  # scan of the first iUPD of the block
    anchor_day: Array
    anchor_sum: Array  # the first complete sum of the block
    anchor_nlt: Array
    anchor_base: Array  # overall response at the first iUPD, new lesions apart
    after_ne: Array  # the last assessment was NE


def begin(scans: Any) -> Registers:
    """The registers before the first scan."""
    shared = measure.begin(scans)
    none = np.zeros(len(shared.baseline), dtype=bool)
    unknown = np.full(none.shape, NOT_MEASURED, dtype=np.int64)
    return Registers(
        **{field.name: getattr(shared, field.name) for field in attrs.fields(measure.Registers)},
        nlt_nadir=np.full(none.shape, FAR),
        lesions=none,
        last_sum=shared.baseline,
        last_nlt=unknown,
        anchor_scan=np.full(none.shape, -1, dtype=np.int16),
        anchor_day=np.zeros(none.shape, dtype=np.int64),
        anchor_sum=unknown,
        anchor_nlt=unknown,
        anchor_base=np.zeros(none.shape, dtype=np.int8),
        after_ne=none,
    )


def observe(past: Registers, scan: Any, criterion: Criterion, settings: Settings) -> Any:
    """Each patient's symbol at one scan."""
    reference = past.nadir
    if settings.reset_reference == "baseline":
        waiting = ((past.state & TARGETS) != 0) & (past.baseline >= 0)
        reference = np.where(waiting, past.baseline, past.nadir)
    seen = measure.measure(past, scan, criterion, settings, reference=reference)
    _new_lesions(seen, past, scan)
    seen.progressed = _progressed(seen, past, scan, criterion)
    seen.grown = _grown(seen, past, scan, criterion, settings)
    seen.improved = _improved(seen, past, scan, settings)
    seen.gap = scan.day - past.anchor_day
    seen.symbol = criterion.machine.symbol(
        done=scan.recorded & scan.done,
        progressed=seen.progressed,
        grown=seen.grown,
        base=_said(seen, scan).astype(np.intp) - Code.CR,
        lesions=seen.lesions,
        improved=seen.improved,
        timing=_timing(seen, scan, settings),
    )
    return seen


def _new_lesions(seen: SimpleNamespace, past: Registers, scan: Any) -> None:
    """New lesions at this scan, whether any is on record, and their sum (gone means nought)."""
    seen.new = newly(scan)
    gone = scan.nl_resolved & (scan.nlt_sum < 0) & (past.nlt_nadir < FAR)
    seen.nlt = np.where(gone, np.int64(0), scan.nlt_sum)
    seen.lesions = (past.lesions | seen.new | (scan.nlt_sum > 0)) & ~scan.nl_resolved


def _progressed(seen: SimpleNamespace, past: Registers, scan: Any, criterion: Criterion) -> Array:
    """The categories that meet RECIST 1.1 PD now."""
    more = (seen.nlt >= 0) & criterion.thresholds.grown(seen.nlt, past.nlt_nadir)
    new_lesions = seen.new | more | scan.nlnt_pd
    progressed: Array = (
        TARGETS * (seen.target == TARGET[Target.PD])
        + NON_TARGETS * (seen.non_target == NON_TARGET[NonTarget.PD])
        + NEW_LESIONS * new_lesions
    )
    return progressed


def _grown(
    seen: SimpleNamespace, past: Registers, scan: Any, criterion: Criterion, settings: Settings
) -> Array:
    """The categories grown on since the first iUPD (or the scan before, by setting)."""
    further = criterion.thresholds.further
    previous = settings.further_increase_reference == "previous"
    complete = scan.target_sum >= 0
    known = np.where(complete, scan.target_sum, scan.partial_sum)
    target = further(known, past.last_sum if previous else past.anchor_sum)
    if settings.partial_sum_pd == "ne":
        target = target & complete
    more = further(seen.nlt, past.last_nlt if previous else past.anchor_nlt)
    new_lesions = seen.new | more | scan.nlnt_increase | scan.nlnt_pd
    grown: Array = (
        TARGETS * (target | scan.target_increase)
        + NON_TARGETS * scan.nontarget_increase
        + NEW_LESIONS * new_lesions
    )
    if settings.ne_then_iupd_confirms:
        grown = grown | np.where(past.after_ne, seen.progressed, 0)
    return grown


def _improved(seen: SimpleNamespace, past: Registers, scan: Any, settings: Settings) -> Any:
    """Whether the baseline disease is better than at the first iUPD, as the setting counts it."""
    if settings.nl_reset_rule in ("always", "resolve"):
        return int(settings.nl_reset_rule == "always")
    now, then = _CLASS[seen.overall], _CLASS[past.anchor_base]
    better = (now > then) & (then > 0)
    if settings.nl_reset_rule == "improvement":
        better = better | ((scan.target_sum >= 0) & (scan.target_sum < past.anchor_sum))
    if settings.nl_shrinkage == "reset":
        better = better | ((seen.nlt >= 0) & (seen.nlt < past.anchor_nlt))
    return better


def _said(seen: SimpleNamespace, scan: Any) -> Array:
    """The overall response while new lesions last: no iCR, and never no evidence of disease.

    A patient without target disease cannot have iPR, and has NON-iCR/NON-iUPD instead.
    """
    base, lasts = seen.overall, seen.lesions
    without = lasts & ~scan.has_targets & ((base == Code.CR) | (base == Code.NED))
    base = np.where(lasts & scan.has_targets & (base == Code.CR), np.int8(Code.PR), base)
    return np.where(without, np.int8(Code.NON_CR_NON_PD), base)


def _timing(seen: SimpleNamespace, scan: Any, settings: Settings) -> Array:
    """Whether the scan can confirm, counted in days from the first iUPD."""
    early = seen.gap < settings.icpd_min_days - settings.icpd_tolerance_days
    early = early & ~(scan.symptomatic & seen.new)  # a symptom and a further new lesion count
    policy = EARLY if settings.early_scan_policy == "disregard" else HELD
    timing = np.where(early, policy, DUE)
    if settings.icpd_max_days is not None:
        timing = np.where(seen.gap > settings.icpd_max_days, LAPSED, timing)
    return timing


def act(past: Registers, scan: Any, step: Any) -> None:
    """The registers after one scan; a scan that was left out changes none of them."""
    seen, label = step.seen, step.label
    done = label != Code.NONE
    used = done & (label != Code.NE)
    learn(past, scan, label)
    past.lesions = np.where(done, seen.lesions, past.lesions)
    measured = used & (seen.nlt >= 0)
    past.nlt_nadir = np.where(measured, np.minimum(past.nlt_nadir, seen.nlt), past.nlt_nadir)
    complete = used & (scan.target_sum >= 0)
    past.last_sum = np.where(complete, scan.target_sum, past.last_sum)
    past.last_nlt = np.where(measured, seen.nlt, past.last_nlt)
    past.after_ne = (label == Code.NE) | (past.after_ne & ~done)
    _anchor(past, scan, step, complete, measured)


def _anchor(past: Registers, scan: Any, step: Any, complete: Array, measured: Array) -> None:
    """What later scans are held against: set at the first iUPD, sums as soon as they are known."""
    opens, seen = step.opens, step.seen
    past.anchor_scan = np.where(opens, np.int16(scan.scan), past.anchor_scan)
    past.anchor_day = np.where(opens, scan.day, past.anchor_day)
    past.anchor_base = np.where(opens, seen.overall, past.anchor_base)
    first_sum = complete & (opens | (past.anchor_sum < 0))
    first_nlt = measured & (opens | (past.anchor_nlt < 0))
    unknown = np.int64(NOT_MEASURED)
    kept_sum = np.where(opens, unknown, past.anchor_sum)
    kept_nlt = np.where(opens, unknown, past.anchor_nlt)
    past.anchor_sum = np.where(first_sum, scan.target_sum, kept_sum)
    past.anchor_nlt = np.where(first_nlt, seen.nlt, kept_nlt)
