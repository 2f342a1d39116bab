"""What iRECIST counts: the categories, what is held against the first iUPD, and the registers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np

from timeline.core.quantities import NM_PER_MM
from timeline.response.criteria import measurements
from timeline.response.criteria.criterion import Array, Criterion
from timeline.response.criteria.measurements import learn, newly
from timeline.response.scans import FAR, NON_TARGET, NOT_MEASURED, TARGET
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, NonTarget, Target

TARGETS, NON_TARGETS, NEW_LESIONS = 1, 2, 4  # bits of a set of categories
DUE, EARLY, HELD, LAPSED = range(4)
# better is higher; classes that say nothing about better or worse stand at nought
_CLASS = np.zeros(len(Code), dtype=np.int8)
_CLASS[[Code.PD, Code.NON_CR_NON_PD, Code.SD, Code.PR, Code.CR]] = 1, 2, 3, 4, 5


@attrs.define(eq=False, kw_only=True)
class Registers(measurements.Registers):
    """The registers of RECIST 1.1, those of the new lesions, and those set at the first iUPD."""

    nlt_nadir: Array  # smallest sum of new-lesion targets so far; FAR before the first
    lesions: Array  # a new lesion is on record and not gone
    anchor_scan: Array  # scan of the first iUPD of the block; from here on blank unless pending
    anchor_day: Array
    anchor_sum: Array  # the first complete sum of the block; -1 unknown, as below
    anchor_nlt: Array
    anchor_base: Array  # overall response at the first iUPD, new lesions apart
    further_sum: Array  # what a further increase is measured from, by the settings
    further_nlt: Array
    window_day: Array  # the iUPD that the latest day of a confirmation is counted from
    early_new: Array  # a new lesion was first seen at a scan too early to confirm
    after_ne: Array  # the last assessment was NE


def begin(scans: Any) -> Registers:
    """The registers before the first scan."""
    shared = measurements.begin(scans)
    none = np.zeros(len(shared.baseline), dtype=bool)
    unknown = np.full(none.shape, NOT_MEASURED, dtype=np.int64)
    return Registers(
        **{
            field.name: getattr(shared, field.name)
            for field in attrs.fields(measurements.Registers)
        },
        nlt_nadir=np.full(none.shape, FAR),
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


def observe(past: Registers, scan: Any, criterion: Criterion, settings: Settings) -> Any:
    """Each patient's symbol at one scan."""
    reference = past.nadir
    if settings.reset_reference == "baseline":
        waiting = ((past.state & TARGETS) != 0) & (past.baseline >= 0)
        reference = np.where(waiting, past.baseline, past.nadir)
    seen = measurements.measure(past, scan, criterion, settings, reference=reference)
    seen.settings = settings
    seen.gap, seen.window = scan.day - past.anchor_day, scan.day - past.window_day
    _new_lesions(seen, past, scan)
    seen.progressed = _progressed(seen, past, scan, criterion)
    seen.grown = _grown(seen, past, scan, criterion, settings)
    seen.improved = _improved(seen, past, scan, settings)
    seen.symbol = criterion.machine.symbol(
        done=scan.recorded & scan.done,
        progressed=seen.progressed,
        grown=seen.grown,
        base=_said(seen, scan).astype(np.intp) - Code.CR,
        lesions=seen.lesions,
        improved=seen.improved,
        timing=_timing(seen, settings),
    )
    return seen


def _new_lesions(seen: SimpleNamespace, past: Registers, scan: Any) -> None:
    """New lesions at this scan, whether any is on record, and their sum (gone means nought).

    One first seen at a scan too early to confirm is new at the next scan that shows it still.
    ``early`` are such scans; a new symptom and a further new lesion make an exception.
    """
    early = seen.gap < seen.settings.icpd_min_days - seen.settings.icpd_tolerance_days
    seen.early = (past.state > 0) & early & ~(scan.symptomatic & newly(scan))
    still = scan.recorded & scan.done & (scan.new_lesions >= 0) & ~scan.nl_resolved
    seen.carried = past.early_new & still & ~seen.early
    seen.new = newly(scan) | seen.carried
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
    """The categories grown on since the iUPD, as the settings measure it."""
    further, more = criterion.thresholds.further, settings.further_increase_bound == "gt"
    complete = scan.target_sum >= 0
    known = np.where(complete, scan.target_sum, scan.partial_sum)
    target = further(known, past.further_sum, more=more)
    if settings.partial_sum_pd == "ne":
        target = target & complete
    larger = further(seen.nlt, past.further_nlt, more=more)
    new_lesions = seen.new | larger | scan.nlnt_increase | scan.nlnt_pd
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
        least = max(settings.nl_reset_mm * NM_PER_MM, 1)
        smaller = past.anchor_sum - scan.target_sum >= least
        better = better | ((scan.target_sum >= 0) & smaller)
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


def _timing(seen: SimpleNamespace, settings: Settings) -> Array:
    """Whether the scan can confirm: early from the first iUPD on, lapsed as the settings count."""
    policy = EARLY if settings.early_scan_policy == "disregard" else HELD
    timing = np.where(seen.early, policy, DUE)
    if settings.icpd_max_days is not None:
        timing = np.where(seen.window > settings.icpd_max_days, LAPSED, timing)
    return timing


# what a further increase is measured from, of the sum held so far and that of this scan
_REFERENCES = {
    "lowest_since_iupd": np.minimum,
    "first_iupd": lambda held, _: held,
    "previous": lambda _, now: now,
}


def act(past: Registers, scan: Any, step: Any) -> None:
    """The registers after one scan; a scan that was left out changes none of them."""
    seen, label = step.seen, step.label
    done = label != Code.NONE
    learn(past, scan, label)
    past.lesions = np.where(done, seen.lesions, past.lesions)
    measured = done & (seen.nlt >= 0)
    past.nlt_nadir = np.where(measured, np.minimum(past.nlt_nadir, seen.nlt), past.nlt_nadir)
    past.after_ne = (label == Code.NE) | (past.after_ne & ~done)
    _anchor(past, scan, step, done & (scan.target_sum >= 0), measured)
    _early(past, scan, seen)
    _forget(past, (step.state > 0) & (label != Code.PD))


def _anchor(past: Registers, scan: Any, step: Any, complete: Array, measured: Array) -> None:
    """What later scans are held against: set at the first iUPD, sums as soon as they are known."""
    opens, seen = step.opens, step.seen
    past.anchor_scan = np.where(opens, np.int16(scan.scan), past.anchor_scan)
    past.anchor_day = np.where(opens, scan.day, past.anchor_day)
    past.anchor_base = np.where(opens, seen.overall, past.anchor_base)
    last = opens | (seen.settings.icpd_window_from == "last_iupd")
    past.window_day = np.where(last & (step.label == Code.UPD), scan.day, past.window_day)
    sums, nlts = (scan.target_sum, complete, opens), (seen.nlt, measured, opens)
    first, rule = _REFERENCES["first_iupd"], _REFERENCES[seen.settings.further_increase_reference]
    past.anchor_sum = _held(past.anchor_sum, *sums, first)
    past.anchor_nlt = _held(past.anchor_nlt, *nlts, first)
    past.further_sum = _held(past.further_sum, *sums, rule)
    past.further_nlt = _held(past.further_nlt, *nlts, rule)


def _held(held: Array, now: Array, known: Array, opens: Array, rule: Any) -> Array:
    """A sum that later ones are held against, after a scan; it starts anew at a first iUPD."""
    starts = opens | (held < 0)
    after = np.where(starts, now, rule(held, now))
    kept: Array = np.where(known, after, np.where(opens, np.int64(NOT_MEASURED), held))
    return kept


def _early(past: Registers, scan: Any, seen: SimpleNamespace) -> None:
    """Whether a new lesion of an early scan still waits for a scan that can show it."""
    done, looked = scan.recorded & scan.done, scan.new_lesions >= 0
    first = newly(scan) & (seen.settings.early_new_lesion == "counts")
    waits = np.where(seen.early, past.early_new | first, past.early_new & ~looked)
    past.early_new = np.where(done, waits, past.early_new)


def _forget(past: Registers, pending: Array) -> None:
    """Nothing is held of an iUPD that is void or confirmed."""
    for name, blank in _BLANK.items():
        setattr(past, name, np.where(pending, getattr(past, name), blank))


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
