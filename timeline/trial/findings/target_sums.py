"""Sums of target lesions: baseline, nadir, and what each lesion measured.

The sum has the longest diameter of each target, of a node its short axis (Eisenhauer 2009 4.3.1 and
4.1). The lesions that the baseline has as targets are the targets; of a subject without a baseline
every target on record, which gives sums and nothing to compare them with. Lengths are compared as
whole nanometres, so that no rounding decides. Each reader has a baseline and a nadir of its own.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.criteria import CRITERIA
from timeline.response.lesions import target_columns
from timeline.response.scans import CHUNK, NOT_MEASURED, UNREACHED_LENGTH
from timeline.trial.findings.lesion_words import Group, State
from timeline.trial.findings.measurements import Measurements
from timeline.trial.findings.visits import NO_VISIT, Visits, numbered
from timeline.trial.problems import shown_values
from timeline.trial.reading.values import TableReader
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]
THRESHOLDS = CRITERIA["recist11"].thresholds
SHORTEST_BASELINE = 1_000_000  # 1 mm: no target is shorter, such a number is in another unit
NO_ROW = -1


@attrs.frozen(kw_only=True, eq=False)
class LesionSums:
    """The sums of the targets, one row an assessment, by subject, reader and day.

    Lengths are nanometres, -1 where the sum is not complete or not known.

    Attributes:
        place: the place of the assessment among the visits.
        subject: the place of the subject.
        day: days since 1970-01-01, the day of the assessment.
        flag: place in `timeline.trial.subjects.FLAGS`.
        visit: the number of the visit, NaN where there is none.
        total: the sum, where every target of baseline was measured.
        baseline: the sum at baseline.
        nadir: the smallest sum before this assessment, baseline included.
        is_baseline: whether this is the baseline assessment.
        expected: the number of targets at baseline.
        assessed: the number of them that was measured here.
        accepted: whether the assessment of this reader is the accepted one.
        begun: whether it is the baseline or comes after it.
    """

    place: Array
    subject: Array
    day: Array
    flag: Array
    visit: Array
    total: Array
    baseline: Array
    nadir: Array
    is_baseline: Array
    expected: Array
    assessed: Array
    accepted: Array
    begun: Array

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

    def select(self, rows: Array) -> LesionSums:
        """Some of the assessments."""
        fields = (field.name for field in attrs.fields(LesionSums))
        return LesionSums(**{name: getattr(self, name)[rows] for name in fields})


@attrs.frozen(kw_only=True, eq=False)
class Targets:
    """The targets of each subject and reader (chain), and their lengths at each visit.

    Attributes:
        base: of each chain the place of its baseline among the visits, `NO_VISIT` where none is.
        count: of each chain the number of its targets.
        incomplete: of each chain whether its targets have no complete baseline.
        lengths: visits x targets in nanometres, `NOT_MEASURED` where not assessed.
        source: visits x targets: the row of the table that gives the length, `NO_ROW` where none.
        name: chains x targets: the place of the lesion among the names.
        node: chains x targets: whether the lesion is a node.
        columns: of each visit ``target_sum``, ``partial_sum``, ``target_cr``, ``target_left``.
        has_rows: of each visit whether a target has a row there.
    """

    base: Array
    count: Array
    incomplete: Array
    lengths: Array
    source: Array
    name: Array
    node: Array
    columns: dict[str, Array]
    has_rows: Array


def measured_targets(
    found: Measurements,
    visits: Visits,
    place: Array,
    subjects: Subjects,
    reader: TableReader,
) -> Targets:
    """The targets of a table of lesions; every fault is kept by the reader.

    Args:
        found: the rows.
        visits: the assessments.
        place: of each row its assessment.
        subjects: the subjects, for the day that times count from.
        reader: of the table.
    """
    chains = len(subjects) * visits.readers
    known = place >= 0
    sizes = np.flatnonzero(known & found.is_length & (found.group == Group.TARGET))
    sizes = _without_general_diameters(found, place, sizes)
    _check_once(found, place, sizes, reader)
    base = baselines(found, visits, place, subjects)
    lesions = max(len(found.names), 1)
    named = visits.chain[place[sizes]] * lesions + found.lesion[sizes]
    at_base = base[visits.chain[place[sizes]]] == place[sizes]
    without = base[visits.chain[place[sizes]]] < 0  # then every target that was ever measured
    targets = np.unique(named[at_base | without])
    _check_known(found, sizes, named, targets, at_base, base, visits, place, reader)
    owner = targets // lesions
    count = np.bincount(owner, minlength=chains)
    slot = np.arange(len(targets)) - (np.cumsum(count) - count)[owner]
    width = max(int(count.max(initial=0)), 1)
    at = np.searchsorted(targets, named)
    mine = np.append(targets, -1)[at] == named
    rows = sizes[mine]
    lengths, source = _by_slot(found, place, rows, slot[at[mine]], (len(visits), width))
    name = np.full((chains, width), -1)
    name[owner, slot] = targets % lesions
    node = np.zeros((chains, width), dtype=bool)
    node[visits.chain[place[rows]], slot[at[mine]]] |= found.node[rows]
    _take_states(found, visits, place, targets, slot, lengths, source, node)
    _take_merged(found, visits, place, sizes, name, lengths, source)
    exists = np.arange(width) < count[:, None]
    columns = _columns(lengths, node, exists, visits.chain)
    has_rows = np.zeros(len(visits), dtype=bool)
    has_rows[place[known & (found.group == Group.TARGET)]] = True
    total = _at_baseline(columns["target_sum"], base)
    with_targets = np.zeros(chains, dtype=bool)
    with_targets[visits.chain[place[known & (found.group == Group.TARGET)]]] = True
    short = (total >= 0) & (total < SHORTEST_BASELINE)
    return Targets(
        base=base,
        count=count,
        incomplete=with_targets & ((total < 0) | (count == 0) | short),
        lengths=lengths,
        source=source,
        name=name,
        node=node,
        columns=columns,
        has_rows=has_rows,
    )


def _without_general_diameters(found: Measurements, place: Array, sizes: Array) -> Array:
    """The lengths without a DIAMETER beside the longest diameter or the short axis of a lesion."""
    if not found.either[sizes].any() or found.either[sizes].all():
        return sizes
    key = place[sizes] * (len(found.names) + 1) + found.name[sizes]
    special = key[~found.either[sizes]]
    return sizes[~(found.either[sizes] & np.isin(key, special))]


def _check_once(found: Measurements, place: Array, sizes: Array, reader: TableReader) -> None:
    """One length of each lesion at each assessment, and none of one that has split."""
    lesions = len(found.names) + 1
    key = place[sizes] * lesions + found.name[sizes]
    number = numbered(key)
    again = np.bincount(number, minlength=1)[number] > 1
    part = found.name[sizes] != found.lesion[sizes]
    if part.any():
        whole = place[sizes] * lesions + found.lesion[sizes]
        again |= ~part & (found.length[sizes] >= 0) & np.isin(whole, whole[part])
    reader.problems.add_where(
        "duplicate_measurement", reader.source.label, again,
        lambda at: (
            f"two lengths of the lesion "
            f"{shown_values(found.names[each] for each in found.name[sizes[at]])} at one "
            "assessment (keep one)"
        ),
        column=reader.chosen.get("lesion", ""),
        rows=found.rows.row[sizes],
    )  # fmt: skip


def baselines(found: Measurements, visits: Visits, place: Array, subjects: Subjects) -> Array:
    """The place of the baseline of each chain: the flagged visit, else the last up to the origin.

    `NO_VISIT` where there is none. Only visits count at which a lesion was measured or seen.
    """
    base = np.full(len(subjects) * visits.readers, NO_VISIT)
    seen = np.zeros(len(visits), dtype=bool)
    seen[place[(place >= 0) & (found.group != Group.NEW)]] = True
    origin = np.where(subjects.has_origin, subjects.origin, np.iinfo(np.int64).min)
    before = np.flatnonzero(seen & (visits.day <= origin[visits.subject]))
    base[visits.chain[before]] = before  # the last one written stays
    flagged = np.unique(place[(place >= 0) & found.flagged])
    base[visits.chain[flagged]] = flagged
    return base


def _check_known(
    found: Measurements, sizes: Array, named: Array, targets: Array, at_base: Array, base: Array,
    visits: Visits, place: Array, reader: TableReader,
) -> None:  # fmt: skip
    """A target that is measured later and was none at baseline."""
    later = ~np.isin(named, targets) & ~at_base & (found.length[sizes] >= 0)
    later &= base[visits.chain[place[sizes]]] >= 0
    later &= place[sizes] > base[visits.chain[place[sizes]]]
    later &= np.array(["/" not in name for name in (*found.names, "")])[found.name[sizes]]
    reader.problems.add_where(
        "not_at_baseline", reader.source.label, later,
        lambda at: (
            "targets that the baseline does not have: "
            f"{shown_values(found.names[each] for each in found.name[sizes[at]])} "
            "(a lesion that is new is of group NEW)"
        ),
        column=reader.chosen.get("lesion", ""),
        rows=found.rows.row[sizes],
    )  # fmt: skip


def _by_slot(
    found: Measurements, place: Array, rows: Array, slot: Array, shape: tuple[int, int]
) -> tuple[Array, Array]:
    """Lengths by visit and target; of a lesion that split the sum of its parts."""
    lengths = np.full(shape, NOT_MEASURED)
    source = np.full(shape, NO_ROW)
    part = found.name[rows] != found.lesion[rows]
    whole, at = rows[~part], slot[~part]
    lengths[place[whole], at] = found.length[whole]
    source[place[whole], at] = found.rows.row[whole]
    if part.any():
        rows, slot = rows[part], slot[part]
        key = place[rows] * shape[1] + slot
        missing = np.unique(key[found.length[rows] < 0])
        lengths.ravel()[np.unique(key)] = 0
        np.add.at(lengths.ravel(), key, np.maximum(found.length[rows], 0))
        lengths.ravel()[missing] = NOT_MEASURED
        source.ravel()[key] = found.rows.row[rows]
    return lengths, source


def _take_states(
    found: Measurements, visits: Visits, place: Array, targets: Array, slot: Array,
    lengths: Array, source: Array, node: Array,
) -> None:  # fmt: skip
    """A target without a length that is said to be ABSENT has 0 mm; of a node that is not known."""
    rows = np.flatnonzero(
        (place >= 0) & (found.group == Group.TARGET) & (found.state == State.GONE) & ~found.node
    )
    named = visits.chain[place[rows]] * max(len(found.names), 1) + found.lesion[rows]
    rows = rows[np.isin(named, targets)]
    if not len(rows):
        return
    named = visits.chain[place[rows]] * max(len(found.names), 1) + found.lesion[rows]
    at = slot[np.searchsorted(targets, named)]
    blank = (lengths[place[rows], at] == NOT_MEASURED) & ~node[visits.chain[place[rows]], at]
    lengths[place[rows[blank]], at[blank]] = 0
    source[place[rows[blank]], at[blank]] = found.rows.row[rows[blank]]


def _take_merged(
    found: Measurements, visits: Visits, place: Array, sizes: Array, name: Array, lengths: Array,
    source: Array,
) -> None:  # fmt: skip
    """Two targets that grew together (``T02/T03``): the first has the length, the other 0 mm."""
    merged = {code: word.split("/") for code, word in enumerate(found.names) if "/" in word}
    if not merged:
        return
    codes = {word: code for code, word in enumerate(found.names)}
    for row in sizes[np.isin(found.name[sizes], list(merged))].tolist():
        visit, parts = place[row], [codes.get(each, -2) for each in merged[found.name[row]]]
        mine = name[visits.chain[visit]].tolist()
        if not all(each in mine for each in parts):
            continue
        for number, each in enumerate(parts):
            length = found.length[row]
            at = mine.index(each)
            lengths[visit, at] = length if number == 0 or length < 0 else 0
            source[visit, at] = found.rows.row[row]


def _columns(lengths: Array, node: Array, exists: Array, chain: Array) -> dict[str, Array]:
    """The columns of `Scans` that the targets give, of every visit."""
    parts = [
        target_columns(
            lengths[start : start + CHUNK, None, :],
            node[chain[start : start + CHUNK]],
            exists[chain[start : start + CHUNK]],
        )
        for start in range(0, max(len(lengths), 1), CHUNK)
    ]
    return {name: np.concatenate([part[name][:, 0] for part in parts]) for name in parts[0]}


def _at_baseline(total: Array, base: Array) -> Array:
    """The sum at the baseline of each; `NOT_MEASURED` where there is none."""
    if not len(total):
        return np.full(len(base), NOT_MEASURED)
    return np.where(base >= 0, total[np.maximum(base, 0)], NOT_MEASURED)


def lesion_sums(targets: Targets, visits: Visits) -> LesionSums:
    """The sums of every assessment at which a target has a row."""
    rows = np.flatnonzero(targets.has_rows)
    chain = visits.chain[rows]
    base = targets.base[chain]
    some = targets.count[chain] > 0
    total = np.where(some, targets.columns["target_sum"][rows], NOT_MEASURED)
    at_base = _at_baseline(targets.columns["target_sum"], base)
    begun = (base >= 0) & (rows >= base)
    slots = np.arange(targets.lengths.shape[1]) < targets.count[chain][:, None]
    return LesionSums(
        place=rows,
        subject=visits.subject[rows],
        day=visits.day[rows],
        flag=visits.flag[rows],
        visit=visits.visit[rows],
        total=total,
        baseline=np.where((base >= 0) & some, at_base, NOT_MEASURED),
        nadir=_nadir(chain, np.where(begun, total, NOT_MEASURED)),
        is_baseline=base == rows,
        expected=targets.count[chain],
        assessed=((targets.lengths[rows] >= 0) & slots).sum(axis=1),
        accepted=visits.accepted[rows],
        begun=begun,
    )


def _nadir(who: Array, total: Array) -> Array:
    """The smallest sum of the rows of a chain before each row; -1 where there is none."""
    value = np.where(total >= 0, total, UNREACHED_LENGTH)
    found = np.full(len(value), UNREACHED_LENGTH)
    starts = np.append(True, who[1:] != who[:-1]) if len(who) else np.zeros(0, dtype=bool)
    place = np.arange(len(who)) - np.maximum.accumulate(np.where(starts, np.arange(len(who)), 0))
    for step in range(1, int(place.max(initial=0)) + 1):
        rows = np.flatnonzero(place == step)
        found[rows] = np.minimum(found[rows - 1], value[rows - 1])
    return np.where(found == UNREACHED_LENGTH, NOT_MEASURED, found)
