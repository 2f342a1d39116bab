"""All interpretations of some lines at once: scan by scan a set of states, equal ones merged.

The findings of a scan may have several interpretations, and a partial date a first and a last day.
Each *row* is one state that some of them lead to: the registers of the criterion, and what the best
response and the progression still depend on. Rows with equal states have the same future and are
merged; the interpretations of each scan that lead to a row are kept as bits of one integer. The
rows at the end give every result that the product of all interpretations would give.

Days are whole numbers on one scale for each line. A row counts its days from its own start.
Differences that no later scan can show (a start long past, a response long enough ago) are dropped.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.response.evaluate import (
    evaluate_scan,
    registers_before,
    step_columns,
    trace_columns,
)
from timeline.response.past_scans import ScanHistory, back_dated
from timeline.response.responses import NEVER, TRACE_COLUMNS, Responses, ResponseTrace
from timeline.response.scans import FINDINGS, Scans, ScanView
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
_LARGE_RANGE = 1 << 20  # columns with values spread wider are numbered first
MOST_INTERPRETATIONS = 62  # of a scan; they are the bits of one integer
_KEY_LIMIT = 1 << 62  # packed keys stay below this
_PER_LINE = tuple(name for name, row in FINDINGS.items() if row["axes"] == 1)
INTERPRETED_COLUMNS = tuple(
    name
    for name, row in FINDINGS.items()
    if row["axes"] == 2 and name not in ("day", "recorded", "done")
)
TRACED_COLUMNS = ("code", "row", "warning", "before", "after", "nadir")  # of each scan
# what the results are derived from
_RESULT_COLUMNS = {"code": np.int8, "opens": np.bool_, "dated": np.int64, "pr_persists": np.bool_}


@attrs.frozen(kw_only=True, eq=False)
class LineBatch:
    """The interpretations of n lines with at most m scans."""

    first: Scans  # the first interpretation of each scan, n x m
    table: dict[str, Array]  # findings of every interpretation, each column flat
    start: Array  # n x m: where those of a scan start in the flat columns
    count: Array  # n x m: how many there are; 0 where there is no scan
    low: Array  # n x m: the first day that a scan may have
    high: Array  # n x m: the last one
    begun: Array  # n x 2: the first and last day that the line may have started on

    @property
    def scans(self) -> int:
        """The largest number of scans of a line."""
        return int(self.count.shape[1])


@attrs.frozen(kw_only=True, eq=False)
class StateSet:
    """The results of n lines, a row for each different one."""

    responses: Responses
    line: Array  # the line of each row, place from 0
    interpretations: Array  # rows x scans: bits of the interpretations that lead to the row
    traced: tuple[Array, ...]  # by scan, in any interpretation: line, then `TRACED_COLUMNS`
    first_pd: Array  # first scan with PD or iCPD, place from 0; -1 where there is none
    example: (
        ResponseTrace  # n lines: what the first interpretation on the latest days was judged by
    )


def carry_states(lines: LineBatch, criterion: Criterion, settings: Settings) -> StateSet:
    """Every result of some lines by one criterion."""
    carrier = _StateCarrier(lines, criterion, settings)
    for scan in range(lines.scans):
        carrier.add_scan(scan)
    return carrier.result()


class _StateCarrier:
    """The rows after some scans, and what was traced of each scan."""

    def __init__(self, lines: LineBatch, criterion: Criterion, settings: Settings) -> None:
        settings = criterion.answered(settings)
        self.lines, self.criterion, self.settings = lines, criterion, settings
        number = len(lines.first.day)
        open_scans = (lines.count > 1).any() or (lines.low != lines.high).any()
        vague = lines.begun[:, 0] != lines.begun[:, 1]
        self.several = bool(open_scans or vague.any())  # else each line is one row throughout
        line = np.repeat(np.arange(number), 1 + vague)
        late = np.concatenate([np.zeros(1, dtype=bool), line[1:] == line[:-1]])
        self.line = line
        # by line, the row of the first interpretation of every scan on its latest day
        self.example = np.searchsorted(line, np.arange(number))
        self.begun = np.where(late, lines.begun[line, 0], lines.begun[line, 1])
        self.history = ScanHistory(lines.first.select(line), criterion, settings)
        none = len(line), 0
        self.results: dict[str, Array] = {
            name: np.zeros(none, dtype=dtype) for name, dtype in _RESULT_COLUMNS.items()
        }
        self.day = np.zeros(none, dtype=np.int64)
        self.interpretations = np.zeros(none, dtype=np.int64)
        self.back_dated = back_dated(lines.first.confirms_since, lines.count)
        self.traced: list[Array] = []
        self.examples: list[dict[str, Array]] = []

    def select(self, rows: Array) -> None:
        """Keep some rows, by place; one may be taken several times."""
        self.line, self.begun = self.line[rows], self.begun[rows]
        self.history.select(rows)
        self.results = {name: array[rows] for name, array in self.results.items()}
        self.day, self.interpretations = self.day[rows], self.interpretations[rows]

    def add_scan(self, scan: int) -> None:
        """Take in one scan of every line that has it."""
        here = self.lines.count[self.line, scan] > 0
        interpretation, late = self._spread(scan, here)
        recorded = self.lines.count[self.line, scan] > 0
        now = self._findings(scan, interpretation, late, recorded)
        state, nadir = self.history.registers.state, self.history.registers.nadir
        before = registers_before(self.history.registers)
        step, self.history.first_seen = evaluate_scan(
            self.history.registers,
            now,
            self.history.first_seen,
            self.day,
            self.criterion,
            self.settings,
        )
        if self.several:
            self.history.add_scan(step, now, self.back_dated[self.line, scan])
        example = trace_columns(step, before)
        self.examples.append({name: example[name][self.example] for name in TRACE_COLUMNS})
        trace = {"code": step.label, "before": state, "after": step.state, "nadir": nadir}
        trace |= {"row": step.row, "warning": step.warning}
        columns = [self.line, *(trace[name] for name in TRACED_COLUMNS)]
        self.traced.append(
            _unique_rows(np.stack([c[recorded] for c in columns], axis=1).astype(np.int64))
        )
        found = step_columns(step)
        self.results = {
            name: np.column_stack([array, found[name]]) for name, array in self.results.items()
        }
        if self.several:
            self._merge(scan)

    def _spread(self, scan: int, here: Array) -> tuple[Array, Array]:
        """A row for each interpretation of the scan on its first and on its last day.

        Returns:
            The place of its findings in the flat columns, and whether it is on its last day.
        """
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
            self.example = (np.cumsum(times) - times)[self.example]
            self.select(rows)
        interpretation, late = which % count, which // count == 0
        bits = np.left_shift(np.int64(1), interpretation)
        bits = np.where(lines.count[self.line, scan] > 0, bits, 0)
        self.interpretations = np.column_stack([self.interpretations, bits])
        return lines.start[self.line, scan] + interpretation, late

    def _findings(self, scan: int, interpretation: Array, late: Array, recorded: Array) -> ScanView:
        """The findings in each row. The day is later than that of the scan before."""
        lines = self.lines
        day = np.where(late, lines.high[self.line, scan], lines.low[self.line, scan])
        least = self.day[:, scan - 1] + 1 if scan else np.zeros(len(day), dtype=np.int64)
        day = np.maximum(np.maximum(day - self.begun, least), 0)
        self.day = np.column_stack([self.day, day])
        now: dict[str, Any] = {name: column[interpretation] for name, column in lines.table.items()}
        now |= {name: getattr(lines.first, name)[self.line] for name in _PER_LINE}
        now |= {"day": day, "recorded": recorded, "done": recorded, "scan": scan}
        return ScanView(**now)

    def _merge(self, scan: int) -> None:
        """Merge rows that are equal in everything that a later scan or a result depends on."""
        key = np.stack(
            [self.line, *self._days(scan), *self.history.key(self.begun, self._next(scan))]
        )
        rows, which = distinct_rows(key)
        if len(rows) == len(self.line):
            return
        interpretations = np.zeros((len(rows), self.interpretations.shape[1]), dtype=np.int64)
        np.bitwise_or.at(interpretations, which, self.interpretations)
        self.select(rows)
        self.interpretations = interpretations
        self.example = which[self.example]

    def _next(self, scan: int) -> Array:
        """The first day that the next scan of each row can have; far off where there is none."""
        if scan + 1 >= self.lines.scans:
            return np.full(len(self.line), NEVER // 4)
        low = self.lines.low[self.line, scan + 1]
        return np.where(self.lines.count[self.line, scan + 1] > 0, low, NEVER // 4)

    def _days(self, scan: int) -> tuple[Array, Array]:
        """The start and the last day of each row, where they can matter to a later scan."""
        soonest = self._next(scan)
        latest_start = self.lines.begun[self.line, 1]
        matters = soonest - latest_start < max(self.settings.min_sd_days, 0) + 1
        begun = np.where(matters, self.begun, 0)
        last = np.maximum(self.begun + self.day[:, scan], soonest - 1)
        return begun, last

    def result(self) -> StateSet:
        """The rows as results."""
        recorded = self.lines.count[self.line] > 0
        responses = Responses(
            criterion=self.criterion,
            day=self.day,
            recorded=recorded,
            code=self.results["code"],
            row=np.full(self.day.shape, -1, dtype=np.int8),
            opens=self.results["opens"],
            dated=self.results["dated"],
            warning=np.zeros(self.day.shape, dtype=np.int8),
            pr_persists=self.results["pr_persists"],
            reference=np.zeros(len(self.line), dtype=np.int64),
            has_targets=self.lines.first.has_targets[self.line],
        )
        return StateSet(
            responses=responses,
            line=self.line,
            interpretations=self.interpretations,
            traced=tuple(self.traced),
            first_pd=_first_pd(self.results["code"]),
            example=ResponseTrace(
                **{
                    name: np.stack([each[name] for each in self.examples], axis=1)
                    for name in TRACE_COLUMNS
                }
            ),
        )


def _first_pd(code: Array) -> Array:
    shown = code == Code.PD
    return np.where(shown.any(axis=1), shown.argmax(axis=1), -1)


def _unique_rows(rows: Array) -> Array:
    """Each row once, in order of the lines in the first column."""
    if len(rows) < 2:
        return rows
    each_once = rows[distinct_rows(rows.T)[0]]
    return each_once[np.argsort(each_once[:, 0], kind="stable")]


def distinct_rows(columns: Array) -> tuple[Array, Array]:
    """Find which of n rows of integers are different.

    Args:
        columns: c x n.

    Returns:
        The place of one row of each kind, and the kind of every row.
    """
    packed = _packed(columns)
    if not packed:
        return np.zeros(1, dtype=np.intp), np.zeros(columns.shape[1], dtype=np.intp)
    order = np.lexsort(packed)
    new = np.zeros(len(order), dtype=bool)
    new[0] = True
    for column in packed:
        ordered = column[order]
        new[1:] |= ordered[1:] != ordered[:-1]
    which = np.empty(len(order), dtype=np.intp)
    which[order] = np.cumsum(new) - 1
    return order[new], which


def _packed(columns: Array) -> list[Array]:
    """Pack the columns that vary into few, each as digits of one number."""
    packed: list[Array] = []
    size = _KEY_LIMIT
    for column in columns[(columns != columns[:, :1]).any(axis=1)]:
        digits = column - column.min()
        largest = int(digits.max())
        if not 0 <= largest < _LARGE_RANGE:
            digits = np.unique(column, return_inverse=True)[1].reshape(-1)
            largest = int(digits.max())
        if size * (largest + 1) >= _KEY_LIMIT:
            packed.append(digits.astype(np.int64))
            size = largest + 1
        else:
            packed[-1] = packed[-1] * (largest + 1) + digits
            size *= largest + 1
    return packed
