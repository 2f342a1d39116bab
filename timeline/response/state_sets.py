"""Every reading of some lines at once: scan by scan a set of states, equal ones merged.

A scan may allow several readings, and a vague date its first or its last day. Each row is one
state that some of them lead to: the registers of the criterion, and what the best response and the
progression will still ask of the past. Rows that are alike in this have the same future, so one of
them stands for all; which readings of each scan lead to it is kept as bits. The rows at the end
give every result that the product of all readings would give.

Days are numbers on one scale for each line. A row counts its own from its own start; what later
scans can no longer tell apart (a start long past, a response long enough ago) is one.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.response.distinct_rows import distinct
from timeline.response.evaluate import NEVER, Responses, judge
from timeline.response.past_scans import Past, back_dated
from timeline.response.scans import FINDINGS, Scans
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
_PER_LINE = tuple(name for name, row in FINDINGS.items() if row["axes"] == 1)
OF_READING = tuple(
    name
    for name, row in FINDINGS.items()
    if row["axes"] == 2 and name not in ("day", "recorded", "done")
)
SEEN = ("code", "row", "warning", "before", "after", "nadir")  # what is told of a scan
_KEPT = ("code", "opens", "dated", "kept")  # what the results are taken from


@attrs.frozen(kw_only=True, eq=False)
class Lines:
    """The readings of n lines with m scans at most.

    ``first``: the first reading of each scan, n x m. ``table``: the findings of every reading, each
    column flat; those of one scan start at ``start`` and are ``count``, n x m, 0 where there is no
    scan. ``low`` and ``high``: the days of each scan, n x m; ``begun``: those of the start, n x 2.
    """

    first: Scans
    table: dict[str, Array]
    start: Array
    count: Array
    low: Array
    high: Array
    begun: Array

    @property
    def scans(self) -> int:
        return int(self.count.shape[1])


@attrs.frozen(kw_only=True, eq=False)
class StateSet:
    """The results of n lines: a row for each that is different.

    ``line``: of each row. ``readings``: rows x scans, the bits of the readings that lead there.
    ``seen``: by scan, what it was given in any reading: the line, then `SEEN`, a row each.
    ``first_pd``: the first scan with a progression that needs no more confirmation, -1: none.
    """

    responses: Responses
    line: Array
    readings: Array
    seen: tuple[Array, ...]
    first_pd: Array


def carry_states(lines: Lines, criterion: Criterion, settings: Settings) -> StateSet:
    """Every result of some lines by one criterion."""
    walk = _Walk(lines, criterion, settings)
    for scan in range(lines.scans):
        walk.step(scan)
    return walk.ended()


class _Walk:
    """The rows at one moment, and what was seen on the way to it."""

    def __init__(self, lines: Lines, criterion: Criterion, settings: Settings) -> None:
        self.lines, self.criterion, self.settings = lines, criterion, settings
        number = len(lines.first.day)
        several = (lines.count > 1).any() or (lines.low != lines.high).any()
        vague = lines.begun[:, 0] != lines.begun[:, 1]
        self.vague = bool(several or vague.any())  # else each line is one row throughout
        line = np.repeat(np.arange(number), 1 + vague)
        late = np.concatenate([np.zeros(1, dtype=bool), line[1:] == line[:-1]])
        self.line = line
        self.begun = np.where(late, lines.begun[line, 0], lines.begun[line, 1])
        self.past = Past(lines.first.part(line), criterion, settings)
        shape = len(line), lines.scans
        self.kept = {name: np.zeros(shape, dtype=np.int64) for name in _KEPT}
        self.day = np.zeros(shape, dtype=np.int64)
        self.readings = np.zeros(shape, dtype=np.int64)
        self.back_dated = back_dated(lines.first.confirms_since, lines.count)
        self.seen: list[Array] = []

    def take(self, rows: Array) -> None:
        """Only some rows, by place; one may be taken several times."""
        self.line, self.begun = self.line[rows], self.begun[rows]
        self.past.take(rows)
        self.kept = {name: array[rows] for name, array in self.kept.items()}
        self.day, self.readings = self.day[rows], self.readings[rows]

    def step(self, scan: int) -> None:
        """One scan of every line that has so many."""
        here = self.lines.count[self.line, scan] > 0
        reading, late = self._spread(scan, here)
        recorded = self.lines.count[self.line, scan] > 0
        now = self._findings(scan, reading, late, recorded)
        before = self.past.registers.state
        nadir = self.past.registers.nadir
        step, self.past.first_sight = judge(
            self.past.registers, now, self.past.first_sight, self.day, self.criterion, self.settings
        )
        if self.vague:
            self.past.learn(step, now, self.back_dated[self.line, scan])
        told = {"code": step.label, "before": before, "after": step.state, "nadir": nadir}
        told |= {"row": step.row, "warning": step.warning}
        columns = [self.line, *(told[name] for name in SEEN)]
        self.seen.append(_once(np.stack([c[recorded] for c in columns], axis=1).astype(np.int64)))
        for name in _KEPT:
            self.kept[name][:, scan] = step.label if name == "code" else getattr(step, name)
        if self.vague:
            self._merge(scan)

    def _spread(self, scan: int, here: Array) -> tuple[Array, Array]:
        """A row for each reading of the scan on each of its extreme days; place, late or not."""
        lines = self.lines
        count = np.maximum(lines.count[self.line, scan], 1)
        vague = here & (lines.low[self.line, scan] != lines.high[self.line, scan])
        times = count * (1 + vague)
        if (times == 1).all():
            which = np.zeros(len(times), dtype=np.int64)
        else:
            rows = np.repeat(np.arange(len(times)), times)
            which = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
            count = count[rows]
            self.take(rows)
        reading, late = which % count, which // count == 0
        bits = np.left_shift(np.int64(1), reading)
        self.readings[:, scan] = np.where(lines.count[self.line, scan] > 0, bits, 0)
        return lines.start[self.line, scan] + reading, late

    def _findings(self, scan: int, reading: Array, late: Array, recorded: Array) -> SimpleNamespace:
        """What the scan showed in each row; its day is later than that of the scan before."""
        lines = self.lines
        on = np.where(late, lines.high[self.line, scan], lines.low[self.line, scan])
        least = self.day[:, scan - 1] + 1 if scan else np.zeros(len(on), dtype=np.int64)
        self.day[:, scan] = np.maximum(np.maximum(on - self.begun, least), 0)
        now: dict[str, Any] = {name: column[reading] for name, column in lines.table.items()}
        now |= {name: getattr(lines.first, name)[self.line] for name in _PER_LINE}
        now |= {"day": self.day[:, scan], "recorded": recorded, "done": recorded, "scan": scan}
        return SimpleNamespace(**now)

    def _merge(self, scan: int) -> None:
        """One row for all that are alike in everything that a later scan or a result asks for."""
        key = np.stack([self.line, *self._days(scan), *self.past.key(self.begun, self._next(scan))])
        rows, which = distinct(key)
        if len(rows) == len(self.line):
            return
        readings = np.zeros((len(rows), self.readings.shape[1]), dtype=np.int64)
        np.bitwise_or.at(readings, which, self.readings)
        self.take(rows)
        self.readings = readings

    def _next(self, scan: int) -> Array:
        """The first day that the next scan of each row can have; none: far off."""
        if scan + 1 >= self.lines.scans:
            return np.full(len(self.line), NEVER // 4)
        low = self.lines.low[self.line, scan + 1]
        return np.where(self.lines.count[self.line, scan + 1] > 0, low, NEVER // 4)

    def _days(self, scan: int) -> tuple[Array, Array]:
        """The start and the last day of each row, where a later scan can tell them apart."""
        soonest = self._next(scan)
        latest_start = self.lines.begun[self.line, 1]
        matters = soonest - latest_start < max(self.settings.min_sd_days, 0) + 1
        begun = np.where(matters, self.begun, 0)
        last = np.maximum(self.begun + self.day[:, scan], soonest - 1)
        return begun, last

    def ended(self) -> StateSet:
        """The rows as they are."""
        recorded = self.lines.count[self.line] > 0
        responses = Responses(
            criterion=self.criterion,
            day=self.day,
            recorded=recorded,
            code=self.kept["code"].astype(np.int8),
            row=np.full(self.day.shape, -1, dtype=np.int8),
            opens=self.kept["opens"].astype(bool),
            dated=self.kept["dated"],
            warning=np.zeros(self.day.shape, dtype=np.int8),
            kept=self.kept["kept"].astype(bool),
            reference=np.zeros(len(self.line), dtype=np.int64),
            has_targets=self.lines.first.has_targets[self.line],
        )
        return StateSet(
            responses=responses,
            line=self.line,
            readings=self.readings,
            seen=tuple(self.seen),
            first_pd=_first_pd(self.kept["code"]),
        )


def _first_pd(code: Array) -> Array:
    shown = code == Code.PD
    return np.where(shown.any(axis=1), shown.argmax(axis=1), -1)


def _once(rows: Array) -> Array:
    """Each row once, in order of the lines that the first column tells."""
    if len(rows) < 2:
        return rows
    each_once = rows[distinct(rows.T)[0]]
    return each_once[np.argsort(each_once[:, 0], kind="stable")]
