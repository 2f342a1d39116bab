"""The findings of assessments as columns of `timeline.response.scans.Scans`, one row a visit.

What lesions are measured gives the target response, states of lesions the non-target response and
the new lesions. Where no lesion of a kind is on record for a subject and reader, the part of the
response that the table of responses states is taken.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.scans import (
    NON_TARGET_CODE,
    NOT_MEASURED,
    NOT_REPORTED,
    TARGET_CODE,
)
from timeline.terminology.response_codes import NonTarget, Target
from timeline.trial.findings.lesion_words import Group, State
from timeline.trial.findings.measurements import NO_STATE, Measurements
from timeline.trial.findings.parts import NewLesions, Part, Parts
from timeline.trial.findings.target_sums import Targets
from timeline.trial.findings.visits import Visits

Array = npt.NDArray[Any]
# of two statements of one assessment the worse counts
_TARGET_RANK = ("NA", "NE", "CR", "PR", "SD", "PD")
_LEVEL_RANK = ("NA", "NE", "CR", "NON-CR/NON-PD", "PD")
_NEW_RANK = (
    NewLesions.NOT_EVALUATED, NewLesions.NONE, NewLesions.EQUIVOCAL, NewLesions.NEW,
)  # fmt: skip


@attrs.frozen(kw_only=True, eq=False)
class ScanColumns:
    """The findings of n visits, and of each chain (subject and reader) what its baseline has.

    Attributes:
        columns: columns of `Scans` by name, one value a visit.
        baseline_sum: of each chain, nanometres, `NOT_MEASURED` where there is none.
        has_targets: of each chain whether it has target disease.
        has_non_targets: of each chain whether it has non-target disease.
    """

    columns: dict[str, Array]
    baseline_sum: Array
    has_targets: Array
    has_non_targets: Array


def scan_columns(
    chains: int,
    visits: Visits,
    measured: tuple[Measurements, Array, Targets] | None,
    stated: tuple[Parts, Array] | None,
) -> ScanColumns:
    """The findings of every visit.

    Args:
        chains: the number of subjects times readers.
        visits: the assessments.
        measured: the rows of lesions, of each its visit, and the targets; None where none are.
        stated: the parts of responses, and of each its visit.
    """
    made = _Columns(chains, visits)
    if measured is not None:
        made.add_targets(*measured)
        made.add_non_targets(*measured)
        made.add_new_lesions(*measured[:2])
    if stated is not None:
        made.add_parts(*stated)
    return made.result()


class _Columns:
    """The columns as they are filled."""

    def __init__(self, chains: int, visits: Visits) -> None:
        n = len(visits)
        self.visits, self.chain = visits, visits.chain
        no = np.zeros(n, dtype=bool)
        self.columns: dict[str, Array] = {
            "target_sum": np.full(n, NOT_MEASURED),
            "partial_sum": np.zeros(n, dtype=np.int64),
            "target_cr": no.copy(),
            "target_left": no.copy(),
            "target": np.full(n, NOT_REPORTED, dtype=np.int8),
            "target_increase": no.copy(),
            "nontarget": np.full(n, NON_TARGET_CODE[NonTarget.NE], dtype=np.int8),
            "nontarget_increase": no.copy(),
            "new_lesions": np.full(n, NOT_REPORTED, dtype=np.int16),
            "nlt_sum": np.full(n, NOT_MEASURED),
            "nl_resolved": no.copy(),
            "equivocal_new": no.copy(),
            "confirms_equivocal": no.copy(),
            "since": np.full(n, -1),  # the visit that first showed a lesion which proved to be new
        }
        self.baseline_sum = np.full(chains, NOT_MEASURED)
        none = np.zeros(chains, dtype=bool)
        self.targets, self.measured_targets = none.copy(), none.copy()
        self.non_targets, self.seen_non_targets = none.copy(), none.copy()
        self.seen_new = none.copy()

    def result(self) -> ScanColumns:
        level = self.columns["nontarget"]
        level[~self.non_targets[self.chain]] = NON_TARGET_CODE[NonTarget.NA]
        return ScanColumns(
            columns=self.columns,
            baseline_sum=self.baseline_sum,
            has_targets=self.targets,
            has_non_targets=self.non_targets,
        )

    # ---- from lesions
    def add_targets(self, found: Measurements, place: Array, targets: Targets) -> None:
        if not len(self.visits):
            return
        mine = self.chain[place[(place >= 0) & (found.group == Group.TARGET)]]
        self.measured_targets[mine] = True
        self.targets |= self.measured_targets
        usable = (targets.base >= 0) & (targets.count > 0) & ~targets.incomplete
        at = np.maximum(targets.base, 0)
        self.baseline_sum[usable] = targets.columns["target_sum"][at[usable]]
        judged = usable[self.chain]
        for name in ("target_sum", "partial_sum", "target_cr", "target_left"):
            self.columns[name][judged] = targets.columns[name][judged]

    def add_non_targets(self, found: Measurements, place: Array, targets: Targets) -> None:
        """The level of the non-target lesions of the baseline.

        PD where one has unequivocally progressed, NE where one was not evaluated, CR where all are
        gone (Eisenhauer 2009 4.3.3, Table 2).
        """
        rows = np.flatnonzero(
            (place >= 0) & (found.group == Group.NON_TARGET) & (found.state != NO_STATE)
        )
        chain = self.chain[place[rows]]
        named = chain * max(len(found.names), 1) + found.name[rows]
        base = targets.base[chain]  # without a baseline every such lesion that was ever seen
        known = np.unique(named[(base == place[rows]) | (base < 0)])
        count = np.bincount(known // max(len(found.names), 1), minlength=len(self.targets))
        self.seen_non_targets[chain] = True
        self.non_targets |= count > 0
        rows = rows[np.isin(named, known)]
        n = len(self.visits)
        visit, state = place[rows], found.state[rows]
        of = {each: np.bincount(visit[state == each], minlength=n) for each in State}
        evaluated = sum(of[each] for each in State if each is not State.NOT_EVALUATED)
        whole = evaluated >= count[self.chain]
        level = np.where(
            of[State.PROGRESSED] > 0, NON_TARGET_CODE[NonTarget.PD],
            np.where(~whole, NON_TARGET_CODE[NonTarget.NE],
                     np.where(of[State.GONE] == evaluated, NON_TARGET_CODE[NonTarget.CR],
                              NON_TARGET_CODE[NonTarget.NON_CR_NON_PD])),
        )  # fmt: skip
        judged = (count > 0)[self.chain]
        self.columns["nontarget"][judged] = level[judged]

    def add_new_lesions(self, found: Measurements, place: Array) -> None:
        """New lesions: first seen at a visit, equivocal, or all gone; and the sum of them."""
        rows = np.flatnonzero((place >= 0) & (found.group == Group.NEW))
        self.seen_new[self.chain[place[rows]]] = True
        self.columns["new_lesions"][:] = 0  # a lesion that is not listed is not there
        by_chain: dict[int, dict[int, list[tuple[int, int, int]]]] = {}
        for row in rows[np.argsort(place[rows], kind="stable")].tolist():
            chain, lesion = int(self.chain[place[row]]), int(found.name[row])
            seen = (int(place[row]), int(found.state[row]), int(found.length[row]))
            by_chain.setdefault(chain, {}).setdefault(lesion, []).append(seen)
        for chain, lesions_seen in by_chain.items():
            low, high = np.searchsorted(self.chain, (chain, chain + 1))
            self._add_new_of(range(int(low), int(high)), lesions_seen)

    def _add_new_of(self, visits: range, seen: dict[int, list[tuple[int, int, int]]]) -> None:
        """The new lesions of one chain."""
        course = [_course(each) for each in seen.values()]
        for each in course:
            if each.new_at is not None:
                if each.equivocal_at is not None:
                    self.columns["confirms_equivocal"][each.new_at] = True
                    self.columns["since"][each.new_at] = each.equivocal_at
                else:
                    self.columns["new_lesions"][each.new_at] += 1
            for visit in each.equivocal:
                self.columns["equivocal_new"][visit] = True
        for visit in visits:
            begun = [each for each in course if each.new_at is not None and each.new_at <= visit]
            gone = [visit in each.gone for each in begun]
            self.columns["nl_resolved"][visit] = bool(begun) and all(gone)
            sized = [each for each in begun if any(at <= visit for at in each.length)]
            lengths = [each.length.get(visit, 0 if visit in each.gone else NOT_MEASURED)
                       for each in sized]  # fmt: skip
            if lengths and min(lengths) >= 0:
                self.columns["nlt_sum"][visit] = sum(lengths)

    # ---- from parts
    def add_parts(self, found: Parts, place: Array) -> None:
        if not len(self.visits):
            return
        known = place >= 0
        self._add_target_parts(found, place, known & (found.part == Part.TARGET))
        self._add_level_parts(found, place, known & (found.part == Part.NON_TARGET))
        self._add_new_parts(found, place, known & (found.part == Part.NEW_LESION))

    def _add_target_parts(self, found: Parts, place: Array, mine: Array) -> None:
        mine &= ~self.measured_targets[self.chain[place]]
        value, more = _worst(found, place, mine, _ranks(_TARGET_RANK, TARGET_CODE), self.visits)
        stated = value >= 0
        some = stated & (value != TARGET_CODE[Target.NA])
        self.targets[self.chain[some]] = True
        self.columns["target"][some] = value[some]
        self.columns["target_increase"][some] = more[some]

    def _add_level_parts(self, found: Parts, place: Array, mine: Array) -> None:
        mine &= ~self.seen_non_targets[self.chain[place]]
        ranks = _ranks(_LEVEL_RANK, NON_TARGET_CODE)
        value, more = _worst(found, place, mine, ranks, self.visits)
        some = (value >= 0) & (value != NON_TARGET_CODE[NonTarget.NA])
        self.non_targets[self.chain[some]] = True
        self.columns["nontarget"][some] = value[some]
        self.columns["nontarget_increase"][some] = more[some]

    def _add_new_parts(self, found: Parts, place: Array, mine: Array) -> None:
        mine &= ~self.seen_new[self.chain[place]]
        value, _ = _worst(found, place, mine, np.argsort(_NEW_RANK), self.visits)
        new, equivocal = value == NewLesions.NEW, value == NewLesions.EQUIVOCAL
        in_doubt = _earlier_in_chain(equivocal, self.chain)
        self.columns["equivocal_new"] |= equivocal
        self.columns["confirms_equivocal"] |= new & in_doubt
        count = np.where(new & ~in_doubt, 1, 0)
        count[(value == NewLesions.NOT_EVALUATED)] = NOT_REPORTED
        self.columns["new_lesions"][value >= 0] = count[value >= 0]


@attrs.frozen
class _Course:
    """The course of one new lesion; visits by their place."""

    new_at: int | None
    equivocal_at: int | None  # since when it was in doubt, where it then proved to be new
    equivocal: tuple[int, ...]
    gone: frozenset[int]
    length: dict[int, int]


def _course(seen: list[tuple[int, int, int]]) -> _Course:
    """The course of a new lesion from its rows: visit, state and length, by visit."""
    states: dict[int, int] = {}
    length: dict[int, int] = {}
    for visit, state, size in seen:
        if size != NOT_MEASURED:
            length[visit] = size
        if state != NO_STATE:
            states[visit] = state
    for visit, size in length.items():
        states.setdefault(visit, State.GONE if size == 0 else State.PRESENT)
    new_at = equivocal_at = None
    equivocal, gone = [], []
    for visit in sorted(states):
        state = states[visit]
        if state == State.GONE:
            gone.append(visit)
            equivocal_at = None if new_at is None else equivocal_at
        elif new_at is None and state == State.EQUIVOCAL:
            equivocal.append(visit)
            equivocal_at = visit if equivocal_at is None else equivocal_at
        elif new_at is None and state in (State.PRESENT, State.PROGRESSED):
            new_at = visit
    known = {visit: size for visit, size in length.items() if new_at is not None}
    return _Course(new_at, equivocal_at, tuple(equivocal), frozenset(gone), known)


def _ranks(order: tuple[str, ...], codes: Any) -> Array:
    """The rank of each code by the order of its words, the worst last."""
    ranks = np.zeros(len(codes), dtype=np.int64)
    for word, code in codes.items():
        ranks[code] = order.index(str(word))
    return ranks


def _worst(
    found: Parts, place: Array, mine: Array, ranks: Array, visits: Visits
) -> tuple[Array, Array]:
    """The value of a part at each visit, -1 where none is stated, and whether it says iCPD."""
    rows = np.flatnonzero(mine)
    rows = rows[np.argsort(ranks[found.value[rows]], kind="stable")]
    value = np.full(len(visits), -1)
    value[place[rows]] = found.value[rows]  # the last one written stays
    more = np.zeros(len(visits), dtype=bool)
    more[place[rows]] = found.further[rows]
    return value, more


def _earlier_in_chain(holds: Array, chain: Array) -> Array:
    """Whether something held at an earlier visit of the same chain."""
    before = np.cumsum(holds) - holds
    starts = np.flatnonzero(np.append(True, chain[1:] != chain[:-1])[: len(chain)])
    at_start = np.repeat(before[starts], np.diff(np.append(starts, len(chain))))
    found: Array = before > at_start
    return found
