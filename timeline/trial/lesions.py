"""Sums of target lesions: change from baseline, nadir, and what each subject's sums come to.

One row a measurement in, one row an assessment out. The sum has the longest diameter of each
target, of a node its short axis (Eisenhauer 2009 4.3.1 and 4.1). Lengths are compared as whole
nanometres, so that no rounding decides.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.quantities import NM_PER_MM, UNIT_OF
from timeline.response.criteria import CRITERIA
from timeline.response.scans import NOT_MEASURED, UNREACHED_LENGTH
from timeline.trial.problems import shown_values
from timeline.trial.reading.dates import DAY
from timeline.trial.reading.values import TableReader, TextColumn
from timeline.trial.rows_that_count import evaluator_rows, subjects_of
from timeline.trial.subjects import Subjects, partial_problem

Array = npt.NDArray[Any]
TARGET_GROUP = "TARGET"  # TRGRPID
LONGEST, SHORT_AXIS = "LDIAM", "LPERP"  # TRTESTCD
NODE = "LYMPH NODE"  # TULOC
THRESHOLDS = CRITERIA["recist11"].thresholds
LONGEST_LESION = 1000 * NM_PER_MM  # beyond it the unit is wrong


@attrs.frozen(kw_only=True, eq=False)
class LesionSums:
    """The sums of the targets, one row an assessment, by subject and day.

    Lengths are nanometres, -1 where the sum is not complete or not known.

    Attributes:
        subject: the place of the subject.
        day: days since 1970-01-01, the last day of the assessment.
        total: the sum, where every target of baseline was measured.
        baseline: the sum at baseline.
        nadir: the smallest sum before this assessment, baseline included.
        is_baseline: whether this is the baseline assessment.
        expected: the number of targets at baseline.
        assessed: the number of them that was measured here.
    """

    subject: Array
    day: Array
    total: Array
    baseline: Array
    nadir: Array
    is_baseline: Array
    expected: Array
    assessed: Array

    @property
    def after(self) -> Array:
        """The complete sums after baseline."""
        known = (self.total >= 0) & (self.baseline >= 0) & (self.nadir >= 0)
        found: Array = known & ~self.is_baseline
        return found

    @property
    def progression(self) -> Array:
        """Where the sum has grown enough from the nadir for PD."""
        found: Array = self.after & THRESHOLDS.is_progression(self.total, self.nadir)
        return found


def read_sums(
    reader: TableReader, subjects: Subjects, ids: TextColumn, evaluator: str | None
) -> LesionSums:
    """The sums of a table of measurements; every fault is kept by the reader."""
    subject = subjects_of(reader, subjects, ids)
    kept = _measurements(reader) & evaluator_rows(reader, evaluator) & (subject >= 0)
    length = _lengths(reader, kept)
    lesion, dates = reader.text("lesion"), reader.dates("date")
    partial_problem(reader, "date", dates, kept & dates.partial, "write the day")
    reader.problems.add_where(
        "no_date", reader.source.label, kept & (dates.precision == 0) & reader.has("date"),
        lambda _: "no date of the measurement (write the day)",
        column=reader.chosen.get("date", ""),
    )  # fmt: skip
    reader.problems.add_where(
        "no_lesion", reader.source.label, kept & lesion.missing & reader.has("lesion"),
        lambda _: "no identifier of the lesion (write it)",
        column=reader.chosen.get("lesion", ""),
    )  # fmt: skip
    rows = np.flatnonzero(kept & (dates.precision == DAY) & ~lesion.missing)
    visit = reader.numbers("visit")
    number = _assessment_numbers(subject[rows], dates.day[rows], visit[rows])
    _check_once(reader, rows, number, lesion)
    return _sums(
        subject[rows], dates.day[rows], number, lesion.code[rows].astype(np.int64),
        length[rows], subjects,
    )  # fmt: skip


def _measurements(reader: TableReader) -> Array:
    """The rows of target lesions, of a node the short axis and of others the longest diameter."""
    rows = reader.source.rows
    group, test = reader.text("group"), reader.text("test")
    kept = np.ones(rows, dtype=bool)
    if reader.has("group"):
        kept = group.map([word == TARGET_GROUP for word in group.words], 0).astype(bool)
    if not reader.has("test"):
        return kept
    longest = test.map([word == LONGEST for word in test.words], 0).astype(bool)
    short = test.map([word == SHORT_AXIS for word in test.words], 0).astype(bool)
    if not reader.has("location"):
        if (short & kept).any():
            reader.problems.add(
                "missing_column", reader.source.label,
                "no column TULOC, site of the lesion, which tells the nodes, whose short axis "
                "counts (merge it from TU, or write columns={'location': NAME})",
            )  # fmt: skip
        found_longest: Array = kept & longest
        return found_longest
    site = reader.text("location")
    node = site.map([NODE in word.upper() for word in site.words], 0).astype(bool)
    found: Array = kept & np.where(node, short, longest)
    return found


def _lengths(reader: TableReader, kept: Array) -> Array:
    """Lengths in nanometres, `NOT_MEASURED` where none is given."""
    value, unit = reader.numbers("length"), reader.text("unit")
    label, column_of = reader.source.label, reader.chosen.get
    given = kept & ~np.isnan(value)
    sizes = [_size(word) for word in unit.words]
    size = np.array([*sizes, 0.0])[unit.code]
    reader.problems.add_where(
        "wrong_unit", label, given & (size == 0) & ~(unit.missing & ~reader.has("unit")),
        lambda at: f"no unit of length: {shown_values(unit.texts(at))} (write mm or cm)",
        column=column_of("unit", ""),
    )  # fmt: skip
    wrong = given & (size > 0) & ((value < 0) | (value * size * NM_PER_MM > LONGEST_LESION))
    reader.problems.add_where(
        "impossible_length", label, wrong,
        lambda at: f"no length of a lesion: {shown_values(f'{value[each]:g}' for each in at)} "
        "(correct the number or the unit)",
        column=column_of("length", ""),
    )  # fmt: skip
    exact = np.rint(np.where(given & ~wrong, value, 0.0) * size * NM_PER_MM).astype(np.int64)
    return np.where(given & ~wrong & (size > 0), exact, NOT_MEASURED)


def _size(word: str) -> float:
    """Millimetres of one unit of length; 0 for a word that is none."""
    unit = UNIT_OF.get(word) or UNIT_OF.get(word.lower())
    return float(unit.size) if unit is not None and unit.measures == "length" else 0.0


def _assessment_numbers(subject: Array, day: Array, visit: Array) -> Array:
    """A number for each assessment: one of a subject and visit, else of a subject and day."""
    by_visit = np.where(np.isnan(visit), day.astype(np.float64), visit)
    marks = np.isnan(visit).astype(np.float64)
    if not len(subject):
        return subject
    keys = np.stack([subject.astype(np.float64), marks, by_visit])
    return np.unique(keys, axis=1, return_inverse=True)[1].reshape(-1)


def _check_once(reader: TableReader, rows: Array, number: Array, lesion: TextColumn) -> None:
    """One length of each lesion at each assessment."""
    key = number * (len(lesion.words) + 1) + lesion.code[rows]
    _, back, counts = np.unique(key, return_inverse=True, return_counts=True)
    reader.problems.add_where(
        "duplicate_measurement",
        reader.source.label,
        counts[back.reshape(-1)] > 1,
        lambda at: (
            f"two lengths of the lesion {shown_values(lesion.texts(rows[at]))} at one "
            "assessment (keep one)"
        ),
        column=reader.chosen.get("lesion", ""),
        rows=rows,
    )


def _sums(
    subject: Array, day: Array, number: Array, lesion: Array, length: Array, subjects: Subjects
) -> LesionSums:
    count = int(number.max(initial=-1)) + 1
    who, last = np.zeros(count, dtype=np.int64), np.full(count, np.iinfo(np.int64).min)
    who[number] = subject
    np.maximum.at(last, number, day)
    order = np.lexsort((last, who))
    base = _baseline(who, last, order, subjects)
    at_base = base[who[number]] == number
    targets = int(lesion.max(initial=-1)) + 1
    named = subject * (targets + 1) + lesion
    chosen = np.isin(named, np.unique(named[at_base & (length >= 0)]))
    known = chosen & (length >= 0)
    assessed = np.bincount(number[known], minlength=count)
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, number[known], length[known])
    expected = np.where(base[who] >= 0, assessed[np.maximum(base[who], 0)], 0)
    complete = (assessed == expected) & (expected > 0)
    total = np.where(complete, total, NOT_MEASURED)
    baseline = np.where(base[who] >= 0, total[np.maximum(base[who], 0)], NOT_MEASURED)
    is_baseline = base[who] == np.arange(count)
    nadir = _nadir(who[order], np.where(last >= last[np.maximum(base[who], 0)], total, -1)[order])
    return LesionSums(
        subject=who[order], day=last[order], total=total[order], baseline=baseline[order],
        nadir=nadir, is_baseline=is_baseline[order], expected=expected[order],
        assessed=assessed[order],
    )  # fmt: skip


def _baseline(who: Array, day: Array, order: Array, subjects: Subjects) -> Array:
    """The number of the last assessment up to the origin of each subject; -1 where none is."""
    base = np.full(len(subjects), -1)
    before = order[day[order] <= subjects.origin[who[order]]]
    base[who[before]] = before  # the last one written stays
    return base


def _nadir(who: Array, total: Array) -> Array:
    """The smallest sum of the rows of a subject before each row; -1 where there is none."""
    value = np.where(total >= 0, total, UNREACHED_LENGTH)
    found = np.full(len(value), UNREACHED_LENGTH)
    starts = np.append(True, who[1:] != who[:-1]) if len(who) else np.zeros(0, dtype=bool)
    place = np.arange(len(who)) - np.maximum.accumulate(np.where(starts, np.arange(len(who)), 0))
    for step in range(1, int(place.max(initial=0)) + 1):
        rows = np.flatnonzero(place == step)
        found[rows] = np.minimum(found[rows - 1], value[rows - 1])
    return np.where(found == UNREACHED_LENGTH, NOT_MEASURED, found)
