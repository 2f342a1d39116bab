"""Sums of lesions in the shape of ADTR, and what the sums of each subject come to."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.core.quantities import NM_PER_MM
from timeline.response.responses import NEVER
from timeline.trial import long_tables as column
from timeline.trial.findings.target_sums import LesionSums
from timeline.trial.long_tables import LongTable
from timeline.trial.parameters.cohort_part import first_where
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]


def sums_table(sums: LesionSums, subjects: Subjects) -> LongTable:
    """The sums in the shape of ADTR: lengths in millimetres, changes in millimetres and percent."""
    every = np.ones(len(sums.subject), dtype=bool)
    total, base, nadir = (
        np.where(each >= 0, each / NM_PER_MM, np.nan)
        for each in (sums.total, sums.baseline, sums.nadir)
    )
    first = np.where(sums.is_baseline, np.nan, 1.0)
    nadir = nadir * first
    origin = subjects.origin[sums.subject]
    offset = sums.day - np.where(origin == NEVER, sums.day, origin)
    yes = column.words
    with np.errstate(divide="ignore", invalid="ignore"):
        change, from_nadir = total - base, total - nadir
        percent, nadir_percent = 100 * change / base, 100 * from_nadir / nadir
    made = {
        "USUBJID": column.subjects(sums.subject, subjects.ids),
        "PARAMCD": column.words(np.zeros(len(every), dtype=np.int64), ["SDIAM"]),
        "PARAM": column.words(
            np.zeros(len(every), dtype=np.int64), ["Sum of Diameters of Target Lesions (mm)"]
        ),
        "ADT": column.dates(sums.day, every),
        "ADY": column.whole(np.where(offset >= 0, offset + 1, offset), origin != NEVER),
        "AVAL": column.numbers(total),
        "BASE": column.numbers(base),
        "NADIR": column.numbers(nadir),
        "CHG": column.numbers(change),
        "PCHG": column.numbers(np.where(np.isfinite(percent), percent, np.nan)),
        "CHGNAD": column.numbers(from_nadir),
        "PCHGNAD": column.numbers(np.where(np.isfinite(nadir_percent), nadir_percent, np.nan)),
        "ABLFL": yes(sums.is_baseline.astype(np.int64) - 1, ("Y",)),
        "PDFL": yes(sums.progression.astype(np.int64) - 1, ("Y",)),
        "LSEXP": column.whole(sums.expected, every),
        "LSASS": column.whole(sums.assessed, every),
    }
    return LongTable("sums", column.table(made))


def depth_table(sums: LesionSums, subjects: Subjects, early: tuple[int, int]) -> LongTable:
    """What the sums of each subject come to, one row a subject that has a baseline.

    ``DEPTH``: the greatest decrease from baseline in percent, or the least increase, up to the
    first PD by the sums; ``DEPTHDT`` its day. ``EARLY``: the change in percent at the first
    assessment on the days ``early`` after the origin, both included (early tumour shrinkage: a
    decrease of 20 percent or more, Piessevaux 2013, J Clin Oncol 31:3764). ``GROWTH``: growth of
    volume in percent a month from baseline to the first assessment (Ferté 2014, Clin Cancer Res
    20:246).
    """
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
    soon = first_where(after & (since >= early[0]) & (since <= early[1]))
    who = np.flatnonzero(_at(sums.is_baseline, grid, False).any(axis=1))
    rows = np.arange(n)
    change = np.where(after, 100.0 * (total - base) / np.maximum(base, 1), np.nan)
    value = [np.where(at >= 0, change[rows, np.maximum(at, 0)], np.nan)[who]
             for at in (deepest, soon)]  # fmt: skip
    day = _at(sums.day, grid, 0)
    baseline_day = np.where(has & _at(sums.is_baseline, grid, False), day, 0).max(axis=1)
    months = (day[rows, np.maximum(first, 0)] - baseline_day) / 30.4375
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = total[rows, np.maximum(first, 0)] / np.maximum(base[rows, np.maximum(first, 0)], 1)
        growth = 100 * (np.exp(3 * np.log(grown) / months) - 1)
    growth = np.where((first >= 0) & (months > 0) & (grown > 0), growth, np.nan)[who]
    known = deepest[who] >= 0
    made = {
        "USUBJID": column.subjects(who, subjects.ids),
        "DEPTH": column.numbers(value[0]),
        "DEPTHDT": column.dates(day[who, np.maximum(deepest[who], 0)], known),
        "EARLY": column.numbers(value[1]),
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
