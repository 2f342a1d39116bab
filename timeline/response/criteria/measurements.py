"""One scan measured by RECIST 1.1: target response, non-target response and overall response.

Every criterion but Choi measures in this way; what differs is the sum that is put in, the rows of
the tables, and the machine that reads the result.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from timeline.response.confirmation import CONFIRMATIONS, UNCONFIRMED, first_confirmed
from timeline.response.criteria.criterion import Array, Criterion, ScanStep
from timeline.response.scans import (
    NON_TARGET_CODE,
    TARGET_CODE,
    UNREACHED_LENGTH,
    Scans,
    ScanView,
)
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, NonTarget, Target


@attrs.define(eq=False, kw_only=True)
class Registers:
    """What is remembered of each patient from scan to scan; arrays of n patients.

    Sums are nanometres.
    """

    baseline: Array  # sum at baseline; -1 where there is none
    nadir: Array  # smallest complete sum so far, baseline included; UNREACHED_LENGTH where none
    had_cr: Array  # an overall CR has been assigned
    state: Array  # state of the machine
    responded: Array  # CR or PR assigned, and no PD since; an iUPD is none until confirmed
    keeps_pr: Array  # and confirmed, so that PR stays
    since: Array  # the first scan after the last PD
    code: Array  # labels so far, scans x patients
    day: Array  # their days


def initial_registers(scans: Scans) -> Registers:
    """The registers before the first scan."""
    patients = len(scans.baseline_sum)
    none, shape = np.zeros(patients, dtype=bool), scans.day.shape[::-1]
    baseline = scans.baseline_sum
    return Registers(
        baseline=baseline,
        nadir=np.where(baseline >= 0, baseline, UNREACHED_LENGTH),
        had_cr=none.copy(),
        state=np.zeros(patients, dtype=np.intp),
        responded=none.copy(),
        keeps_pr=none.copy(),
        since=np.zeros(patients, dtype=np.int16),
        code=np.zeros(shape, dtype=np.int8),
        day=np.zeros(shape, dtype=np.int64),
    )


def shows_new_lesion(scan: ScanView) -> Array:
    """Whether a new lesion is seen at this scan, or an equivocal one is confirmed as new."""
    shows: Array = (scan.new_lesions > 0) | scan.confirms_equivocal
    return shows


def nadir_before(registers: Registers, scan: ScanView) -> Array:
    """The smallest sum before a scan; that of a percentage printed from the nadir is stated."""
    nadir: Array = np.where(scan.nadir_sum >= 0, scan.nadir_sum, registers.nadir)
    return nadir


def measure_scan(
    registers: Registers,
    scan: ScanView,
    criterion: Criterion,
    settings: Settings,
    *,
    new: Array | int = 0,
    reference: Array | None = None,
    more: Mapping[str, Array] | None = None,
) -> ScanStep:
    """Target, non-target and overall response of one scan, as codes.

    Args:
        registers: What is remembered of the scans before.
        scan: One scan of all patients.
        criterion: Its tables and thresholds are used.
        settings: Answers to what the publications leave open.
        new: The column of new lesions of the overall table; 0 where the criterion judges new
            lesions apart.
        reference: The sum that growth is measured from, in nanometres; the nadir by default.
        more: Further columns of the target table, by name.

    Returns:
        The step as far as the tables give it; ``done`` for the machine, and ``pr_persists``: PR
        although the sum no longer shows it.
    """
    reappeared = registers.had_cr & (settings.reappear_after_cr == "pd")
    columns = _target_columns(registers, scan, criterion, settings, reappeared, reference)
    columns |= more or {}
    reappears, persists = columns["back"], columns["kept"]
    named = tuple(
        columns[each.name] if each.name in columns else sign(scan, criterion, each.name)
        for each in criterion.target.columns
    )
    row = criterion.target.row.ravel()[_table_index(named)]
    target = np.where(scan.has_targets, criterion.target_code[row], np.int8(TARGET_CODE[Target.NA]))
    level = scan.nontarget
    again = reappeared & (level == NON_TARGET_CODE[NonTarget.NON_CR_NON_PD])
    non_target = np.where(again, np.int8(NON_TARGET_CODE[NonTarget.PD]), level)
    levels, news = criterion.overall.code.shape[1:]
    overall = criterion.overall.code.ravel()[(target * levels + non_target) * news + new]
    if settings.new_lesions_not_evaluated == "ne":
        unknown = (scan.new_lesions < 0) & (overall != Code.PD)
        overall = np.where(unknown, np.int8(Code.NE), overall)
    if criterion.gate is not None:
        overall = gated(scan, criterion, overall)
    return ScanStep(
        done=scan.recorded & scan.done,
        target=target,
        target_row=row,
        non_target=non_target,
        overall=overall,
        total=scan.target_sum,
        partial=scan.partial_sum,
        pr_persists=persists & ~reappears & scan.has_targets,
    )


def gated(scan: ScanView, criterion: Criterion, label: Array) -> Array:
    """The labels of the overall response after the gate of a criterion, as codes."""
    if criterion.gate is None:
        return label
    place: Array = label.astype(np.intp) - Code.CR
    for column in criterion.gate.columns[1:]:
        place = 2 * place + sign(scan, criterion, column.name)
    found: Array = criterion.gate_code.ravel()[place]
    return found


def sign(scan: ScanView, criterion: Criterion, name: str) -> Array:
    """Whether a scan has one of the signs of a criterion, by the name of its row."""
    place = next(bit for bit, row in enumerate(criterion.lesions.signs) if row.name == name)
    shows: Array = (scan.signs >> place) & 1
    return shows


def _table_index(columns: tuple[Array, ...]) -> Array:
    """The place in a flattened table of columns of two values, the last column fastest."""
    place = np.zeros(columns[0].shape, dtype=np.int16)
    for column in columns:
        place = 2 * place + column
    return place


def _target_columns(
    registers: Registers,
    scan: ScanView,
    criterion: Criterion,
    settings: Settings,
    reappeared: Array,
    reference: Array | None,
) -> dict[str, Array]:
    """The columns that a target table may have, by name; each criterion reads those of its own.

    Where there is no sum, the target response that the reader reported is used.
    """
    thresholds, reported = criterion.limits(settings), scan.target
    complete = scan.target_sum >= 0
    known = np.where(complete, scan.target_sum, scan.partial_sum)
    missing = ~complete & ((reported < 0) | (reported == TARGET_CODE[Target.NE]))
    absent = scan.target_cr | (reported == TARGET_CODE[Target.CR])
    nadir = nadir_before(registers, scan) if reference is None else reference
    increased = thresholds.is_progression(known, nadir, scan.below_pd)
    if settings.partial_sum_pd == "ne":
        increased = increased & ~missing
    increased = np.where(reported >= 0, reported == TARGET_CODE[Target.PD], increased)
    decreased = complete & thresholds.is_response(known, registers.baseline)
    decreased = decreased | (reported == TARGET_CODE[Target.PR])
    no_longer = complete & registers.responded & ~(absent | increased | decreased)
    persists = _pr_persists(registers, scan, no_longer, settings)
    from_nadir = settings.who_pd_reference == "nadir"
    early = {}
    if thresholds.early_percent is not None:
        enough = complete & thresholds.is_early_response(known, registers.baseline)
        early = {"shrunk early": enough | (reported == TARGET_CODE[Target.PR])}
    return {
        **early,
        "missing": missing,
        "gone": absent,
        "grown": increased,
        "lesion": scan.lesion_grown if from_nadir else scan.lesion_grown_base,
        "back": reappeared & (~missing | scan.target_left),
        "shrunk": decreased,
        "kept": persists,
        "judged": np.full(absent.shape, settings.who_pd_basis == "sum"),
    }


def _pr_persists(
    registers: Registers, scan: ScanView, no_longer: Array, settings: Settings
) -> Array:
    """Whether an earlier PR stays, for the patients whose sum no longer shows it."""
    if settings.pr_stays != "after_confirmed":
        return no_longer & (settings.pr_stays == "on")
    patients = np.flatnonzero(no_longer & ~registers.keeps_pr)
    if len(patients):
        counted = np.arange(scan.scan)[:, None] >= registers.since[patients]
        code = np.where(counted, registers.code[: scan.scan, patients], np.int8(Code.NONE))
        day = registers.day[: scan.scan, patients]
        for rule in CONFIRMATIONS.values():
            confirmed = first_confirmed(code, day, rule, settings) != UNCONFIRMED
            registers.keeps_pr[patients] |= confirmed
    return no_longer & registers.keeps_pr


def update_shared_registers(registers: Registers, scan: ScanView, label: Array) -> None:
    """Update the registers that every criterion shares, once a scan has its label."""
    measured = (label != Code.NONE) & (scan.target_sum >= 0)
    nadir = np.minimum(registers.nadir, scan.target_sum)
    nadir = np.where(scan.nadir_sum >= 0, np.minimum(nadir, scan.nadir_sum), nadir)
    registers.nadir = np.where(measured, nadir, registers.nadir)
    registers.had_cr = registers.had_cr | (label == Code.CR)
    worse = label == Code.PD  # an iUPD ends nothing: later scans may void it
    responds = (label == Code.CR) | (label == Code.PR)
    registers.responded = (registers.responded | responds) & ~worse
    registers.keeps_pr = registers.keeps_pr & ~worse
    registers.since = np.where(worse, np.int16(scan.scan + 1), registers.since)
    registers.code[scan.scan], registers.day[scan.scan] = label, scan.day
