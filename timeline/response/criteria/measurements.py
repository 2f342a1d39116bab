"""One scan measured: target response, non-target level and the overall table, for all patients."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np

from timeline.response.confirmation import CONFIRMATIONS, UNCONFIRMED, first_confirmed
from timeline.response.criteria.criterion import Array, Criterion
from timeline.response.scans import FAR, NON_TARGET, TARGET
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, NonTarget, Target


@attrs.define(eq=False, kw_only=True)
class Registers:
    """What the engine remembers of each patient from scan to scan; arrays of n patients."""

    baseline: Array  # -1 where there is no sum
    nadir: Array  # smallest complete sum so far, baseline included; FAR where there is none
    had_cr: Array  # an overall CR has been assigned
    state: Array
    responded: Array  # CR or PR assigned, and no PD since; an iUPD is none until confirmed
    keeps_pr: Array  # and confirmed, so that PR stays
    since: Array  # the first scan after the last PD
    code: Array  # labels so far, scans x patients
    day: Array  # their days


def begin(scans: Any) -> Registers:
    """The registers before the first scan."""
    patients = len(scans.baseline_sum)
    none, shape = np.zeros(patients, dtype=bool), scans.day.shape[::-1]
    baseline = scans.baseline_sum
    return Registers(
        baseline=baseline,
        nadir=np.where(baseline >= 0, baseline, FAR),
        had_cr=none.copy(),
        state=np.zeros(patients, dtype=np.intp),
        responded=none.copy(),
        keeps_pr=none.copy(),
        since=np.zeros(patients, dtype=np.int16),
        code=np.zeros(shape, dtype=np.int8),
        day=np.zeros(shape, dtype=np.int64),
    )


def newly(scan: Any) -> Array:
    """Whether a new lesion is seen here, or an equivocal one proves to be new."""
    seen: Array = (scan.new_lesions > 0) | scan.confirms_equivocal
    return seen


def measure(
    past: Registers,
    scan: Any,
    criterion: Criterion,
    settings: Settings,
    *,
    new: Array | int = 0,
    reference: Array | None = None,
) -> SimpleNamespace:
    """Codes of target, non-target and overall response at one scan.

    ``new`` is the column of the overall table (0 where new lesions are kept apart);
    ``reference`` the sum that growth is held against, the nadir unless given.
    """
    back = past.had_cr & (settings.reappear_after_cr == "pd")
    tests = _target_tests(past, scan, criterion, settings, back, reference)
    _, _, _, back_here, _, kept = tests
    row = criterion.target.row.ravel()[_digits(tests)]
    letter = criterion.target_code[row]
    target = np.where(scan.has_targets, letter, np.int8(TARGET[Target.NA]))
    level = scan.nontarget
    again = back & (level == NON_TARGET[NonTarget.NON_CR_NON_PD])
    non_target = np.where(again, np.int8(NON_TARGET[NonTarget.PD]), level)
    levels, news = criterion.overall.code.shape[1:]
    overall = criterion.overall.code.ravel()[(target * levels + non_target) * news + new]
    if settings.new_lesions_not_evaluated == "ne":
        unknown = (scan.new_lesions < 0) & (overall != Code.PD)
        overall = np.where(unknown, np.int8(Code.NE), overall)
    return SimpleNamespace(
        target=target,
        target_row=row,
        non_target=non_target,
        overall=overall,
        total=scan.target_sum,
        partial=scan.partial_sum,
        kept=kept & ~back_here & scan.has_targets,
    )


def _digits(tests: tuple[Array, ...]) -> Array:
    """The place in a table of yes and no columns, the last one fastest."""
    place = np.zeros(tests[0].shape, dtype=np.int16)
    for test in tests:
        place = 2 * place + test
    return place


def _target_tests(
    past: Registers,
    scan: Any,
    criterion: Criterion,
    settings: Settings,
    back: Array,
    reference: Array | None,
) -> tuple[Array, ...]:
    """The columns of the target table: a reader's response stands in where there is no sum."""
    limits, told = criterion.thresholds, scan.target
    complete = scan.target_sum >= 0
    known = np.where(complete, scan.target_sum, scan.partial_sum)
    missing = ~complete & ((told < 0) | (told == TARGET[Target.NE]))
    gone = scan.target_cr | (told == TARGET[Target.CR])
    grown = limits.grown(known, past.nadir if reference is None else reference)
    if settings.partial_sum_pd == "ne":
        grown = grown & ~missing
    grown = np.where(told >= 0, told == TARGET[Target.PD], grown)
    shrunk = (complete & limits.shrunk(known, past.baseline)) | (told == TARGET[Target.PR])
    doubtful = complete & past.responded & ~(gone | grown | shrunk)
    kept = _kept(past, scan, doubtful, settings)
    return missing, gone, grown, back & (~missing | scan.target_left), shrunk, kept


def _kept(past: Registers, scan: Any, doubtful: Array, settings: Settings) -> Array:
    """Whether an earlier PR stays, asked only of those whose sum no longer shows it."""
    if settings.pr_stays != "after_confirmed":
        return doubtful & (settings.pr_stays == "on")
    asked = np.flatnonzero(doubtful & ~past.keeps_pr)
    if len(asked):
        counted = np.arange(scan.scan)[:, None] >= past.since[asked]
        code = np.where(counted, past.code[: scan.scan, asked], np.int8(Code.NONE))
        day = past.day[: scan.scan, asked]
        for rule in CONFIRMATIONS.values():
            confirmed = first_confirmed(code, day, rule, settings) != UNCONFIRMED
            past.keeps_pr[asked] |= confirmed
    return doubtful & past.keeps_pr


def learn(past: Registers, scan: Any, label: Array) -> None:
    """The registers that every criterion shares, after a scan has its label."""
    done = (label != Code.NONE) & (scan.target_sum >= 0)
    past.nadir = np.where(done, np.minimum(past.nadir, scan.target_sum), past.nadir)
    past.had_cr = past.had_cr | (label == Code.CR)
    worse = label == Code.PD  # an iUPD ends nothing: it may yet be void
    past.responded = (past.responded | (label == Code.CR) | (label == Code.PR)) & ~worse
    past.keeps_pr = past.keeps_pr & ~worse
    past.since = np.where(worse, np.int16(scan.scan + 1), past.since)
    past.code[scan.scan], past.day[scan.scan] = label, scan.day
