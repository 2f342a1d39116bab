"""Sums of lesions in the shape of ADTR, and what the sums of each subject come to."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.core.quantities import NM_PER_MM
from timeline.measures.formulas import decrease, early_days, growth_rate, month_in_days
from timeline.response.responses import NEVER
from timeline.response.scans import NOT_MEASURED
from timeline.settings.trial import TrialSettings
from timeline.trial import long_tables as column
from timeline.trial.findings.findings import Measured
from timeline.trial.findings.target_sums import LesionSums
from timeline.trial.long_tables import LongTable
from timeline.trial.parameters.cohort_part import first_where
from timeline.trial.subjects import FLAGS, Subjects

Array = npt.NDArray[Any]
SUM, SUM_LABEL = "SDIAM", "Sum of Diameters of Target Lesions (mm)"


def sums_table(sums: LesionSums, subjects: Subjects) -> LongTable:
    """The sums in the shape of ADTR: lengths in millimetres, changes in millimetres and percent."""
    every = np.ones(len(sums.subject), dtype=bool)
    made = {
        "USUBJID": column.subjects(sums.subject, subjects.ids),
        "PARAMCD": column.words(np.zeros(len(every), dtype=np.int64), [SUM]),
        "PARAM": column.words(np.zeros(len(every), dtype=np.int64), [SUM_LABEL]),
        "ADT": column.dates(sums.day, every),
        "ADTF": column.words(sums.flag, FLAGS),
        "ADY": _study_day(sums.subject, sums.day, subjects),
        "VISITNUM": column.numbers(sums.visit),
        **_changes(sums.total, sums.baseline, sums.nadir, sums.is_baseline, sums.begun),
        "PDFL": column.words(sums.progression.astype(np.int64) - 1, ("Y",)),
        "LSEXP": column.whole(sums.expected, every),
        "LSASS": column.whole(sums.assessed, every),
    }
    return LongTable("sums", column.table(made))


def _study_day(subject: Array, day: Array, subjects: Subjects) -> Any:
    """The day of a study: that of the origin is 1, the one before it -1."""
    origin = subjects.origin[subject]
    offset = day - np.where(origin == NEVER, day, origin)
    return column.whole(np.where(offset >= 0, offset + 1, offset), origin != NEVER)


def _changes(
    value: Array, base: Array, nadir: Array, is_baseline: Array, begun: Array
) -> dict[str, Any]:
    """Values with baseline, nadir and changes; lengths are nanometres, -1 where there is none.

    Changes are given from the baseline on.
    """
    value, base, nadir = (
        np.where(each >= 0, each / NM_PER_MM, np.nan) for each in (value, base, nadir)
    )
    nadir = np.where(is_baseline, np.nan, nadir)
    with np.errstate(divide="ignore", invalid="ignore"):
        change, from_nadir = np.where(begun, value - base, np.nan), value - nadir
        percent, nadir_percent = 100 * change / base, 100 * from_nadir / nadir
    return {
        "AVAL": column.numbers(value),
        "BASE": column.numbers(base),
        "NADIR": column.numbers(nadir),
        "CHG": column.numbers(change),
        "PCHG": column.numbers(np.where(np.isfinite(percent), percent, np.nan)),
        "CHGNAD": column.numbers(from_nadir),
        "PCHGNAD": column.numbers(np.where(np.isfinite(nadir_percent), nadir_percent, np.nan)),
        "ABLFL": column.words(is_baseline.astype(np.int64) - 1, ("Y",)),
    }


def measurements_table(measured: Measured, subjects: Subjects) -> LongTable:
    """Each target and the sums in the shape of ADTR, by subject, parameter and date.

    ``LDIAM1`` and so on are the targets in the order of the table, of a node its short axis;
    ``SDIAM`` is their sum.
    """
    sums = measured.sums.select(np.flatnonzero(measured.sums.accepted))
    targets, chain = measured.targets, measured.visits.chain[sums.place]
    here = targets.source[sums.place] >= 0
    here &= np.arange(here.shape[1]) < targets.count[chain][:, None]
    at, slot = np.nonzero(here)
    base = targets.base[chain[at]]
    length = targets.lengths[sums.place[at], slot]
    at_base = np.full(len(at), NOT_MEASURED)
    if len(at):
        at_base = np.where(base >= 0, targets.lengths[np.maximum(base, 0), slot], NOT_MEASURED)
    which = np.concatenate([at, np.arange(len(sums.place))])
    number = int(here.shape[1])
    parameter = np.concatenate([slot, np.full(len(sums.place), number)])
    order = np.lexsort((sums.day[which], parameter, sums.subject[which]))
    which, parameter = which[order], parameter[order]

    def both(of_lesions: Array, of_sums: Array) -> Array:
        return np.concatenate([of_lesions, of_sums])[order]

    rows = measured.rows.rows
    first = np.full(len(measured.visits), -1)
    mine = np.flatnonzero(measured.place >= 0)[::-1]
    first[measured.place[mine]] = rows.row[mine]
    row = both(targets.source[sums.place[at], slot], first[sums.place])
    sequence = np.full(int(rows.row.max(initial=0)) + 1, np.nan)
    sequence[rows.row] = rows.sequence
    is_sum = parameter == number
    none = np.full(len(at), NOT_MEASURED)
    value = both(length, sums.total)
    names = ("", *measured.rows.names)
    lesion = both(targets.name[chain[at], slot] + 1, np.zeros(len(sums.place), dtype=np.int64))
    labels = [f"Diameter of Target Lesion {n + 1} (mm)" for n in range(number)]
    every = np.ones(len(which), dtype=bool)
    made = {
        "USUBJID": column.subjects(sums.subject[which], subjects.ids),
        "PARAMCD": column.words(parameter, [*(f"LDIAM{n + 1}" for n in range(number)), SUM]),
        "PARAM": column.words(parameter, [*labels, SUM_LABEL]),
        "TRLNKID": column.words(lesion, names),
        "ADT": column.dates(sums.day[which], every),
        "ADTF": column.words(sums.flag[which], FLAGS),
        "ADY": _study_day(sums.subject[which], sums.day[which], subjects),
        "VISITNUM": column.numbers(sums.visit[which]),
        **_changes(
            value, both(at_base, sums.baseline), both(none, sums.nadir), sums.is_baseline[which],
            sums.begun[which],
        ),
        "ANL01FL": column.words(np.where(is_sum & (value >= 0), 0, -1), ("Y",)),
        "SRCSEQ": column.whole(
            np.nan_to_num(sequence[row]).astype(np.int64), ~np.isnan(sequence[row]) & ~is_sum
        ),
        "SRCROW": column.whole(row + 1, every),
    }  # fmt: skip
    return LongTable("measurements", column.table(made))


def depth_table(sums: LesionSums, subjects: Subjects, settings: TrialSettings) -> LongTable:
    """What the sums of each subject come to, one row a subject that has a baseline.

    By the formulas of the measures of a case file (`timeline.measures.rows`). ``DEPTH``: depth of
    response, the greatest decrease from baseline in percent, negative where the sums only grew, up
    to and including the first PD by the sums; ``DEPTHDT`` its day. ``EARLY``: early shrinkage, the
    decrease in percent at the first assessment within ``ets_window`` days of day ``ets_day`` from
    the origin; ``EARLYFL`` is Y where it is ``ets_percent`` or more, else N. ``GROWTH``: the tumour
    growth rate, in percent of volume a month, from baseline to the first assessment; -100 where
    nothing is left.
    """
    early = early_days(settings.ets_day, settings.ets_window)
    n = len(subjects)
    width = int(np.bincount(sums.subject, minlength=1).max(initial=0))
    place = _place_in_subject(sums.subject)
    grid = np.full((n, max(width, 1)), -1)
    grid[sums.subject, place] = np.arange(len(sums.subject))
    has = grid >= 0
    after = has & _at(sums.after, grid, False)
    ended = np.logical_or.accumulate(has & _at(sums.progression, grid, False), axis=1)
    ended[:, 1:] = ended[:, :-1]
    ended[:, 0] = False
    total, base = _at(sums.total, grid, 0), _at(sums.baseline, grid, 1)
    ratio = np.where(after & ~ended, total / np.maximum(base, 1), np.inf)
    deepest = np.where(np.isfinite(ratio).any(axis=1), ratio.argmin(axis=1), -1)
    since = _at(sums.day, grid, 0) - np.where(subjects.has_origin, subjects.origin, 0)[:, None]
    first = first_where(after)
    soon = first_where(after & (since >= early.low) & (since <= early.high))
    who = np.flatnonzero(_at(sums.is_baseline, grid, False).any(axis=1))
    rows = np.arange(n)
    shrunk = np.where(after, decrease(np.maximum(base, 1), total.astype(float)), np.nan)
    value = [np.where(at >= 0, shrunk[rows, np.maximum(at, 0)], np.nan)[who]
             for at in (deepest, soon)]  # fmt: skip
    reached = np.where(np.isnan(value[1]), -1, value[1] < settings.ets_percent).astype(np.int64)
    day = _at(sums.day, grid, 0)
    baseline_day = np.where(has & _at(sums.is_baseline, grid, False), day, 0).max(axis=1)
    apart = day[rows, np.maximum(first, 0)] - baseline_day
    months = apart / float(month_in_days(settings.month_days))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        grown = total[rows, np.maximum(first, 0)] / np.maximum(base[rows, np.maximum(first, 0)], 1)
        growth = growth_rate(grown, months)
    growth = np.where((first >= 0) & (months > 0), growth, np.nan)[who]
    known = deepest[who] >= 0
    made = {
        "USUBJID": column.subjects(who, subjects.ids),
        "DEPTH": column.numbers(value[0]),
        "DEPTHDT": column.dates(day[who, np.maximum(deepest[who], 0)], known),
        "EARLY": column.numbers(value[1]),
        "EARLYFL": column.words(reached, ("Y", "N")),
        "GROWTH": column.numbers(growth),
    }
    return LongTable("depth", column.table(made))


def _place_in_subject(subject: Array) -> Array:
    starts = np.append(True, subject[1:] != subject[:-1])[: len(subject)]
    every = np.arange(len(subject))
    return every - np.maximum.accumulate(np.where(starts, every, 0))


def _at(values: Array, grid: Array, missing: Any) -> Array:
    if not len(values):
        return np.full(grid.shape, missing)
    return np.where(grid >= 0, values[np.maximum(grid, 0)], missing)
