"""What later scans, the best response and the progression ask of the scans so far, by row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.best_response import waits_past_pd
from timeline.response.criteria.criterion import Criterion
from timeline.response.evaluate import NEVER
from timeline.response.pending_confirmation import NONE, Pending, pending
from timeline.response.progression import passed_scans, response_begun, stands_alone
from timeline.response.scans import Scans
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
# registers that are kept otherwise: labels and days so far as the responses that wait, the scan of
# the first iUPD only for explanations
_OTHERWISE = ("code", "day", "since", "anchor_scan", "keeps_pr")
_DAYS = ("anchor_day", "window_day")  # days of a pending progression


class Past:
    """The registers of a criterion, and a digest of the labels so far; arrays of n rows."""

    def __init__(self, first: Scans, criterion: Criterion, settings: Settings) -> None:
        self.criterion, self.settings = criterion, settings
        rows, scans = first.shape
        self.registers = criterion.begin(first)
        self.first_sight = np.full(rows, NEVER)
        self.walked = response_begun(rows)
        self.first_pd = np.full(rows, -1, dtype=np.int64)
        self.labels = np.zeros(rows, dtype=np.int64)  # bits of those that count, and after them
        self.late = self.labels.copy()  # those late enough for a stable disease
        self.alone = stands_alone(criterion.confirms, settings)
        self.past_pd = waits_past_pd(criterion, settings)
        self.dates_last = settings.trailing_iupd_date != "first"
        asks = settings.response_confirmation != "not_required"
        sums = bool((first.target_sum >= 0).any()) and settings.pr_stays == "after_confirmed"
        self.best = pending(settings, rows, scans)  # for the best response
        self.whole = pending(settings, rows, scans) if asks else ()  # for the duration
        self.at_block = np.full((len(self.whole), 2, rows), NONE)  # confirmed at block, at last
        self.lasting = pending(settings, rows, scans) if sums else ()  # for a PR that stays

    @property
    def _waiting(self) -> tuple[Pending, ...]:
        return (*self.best, *self.whole, *self.lasting)

    def take(self, rows: Array) -> None:
        """Only some rows, by place; one may be taken several times."""
        self.registers = _taken(self.registers, rows)
        self.walked = SimpleNamespace(**{k: v[rows] for k, v in vars(self.walked).items()})
        for name in ("first_sight", "first_pd", "labels", "late"):
            setattr(self, name, getattr(self, name)[rows])
        self.at_block = self.at_block[..., rows]
        for each in self._waiting:
            each.take(rows)

    def learn(self, step: SimpleNamespace, now: SimpleNamespace, back_dated: Array) -> None:
        """One scan that was judged. ``back_dated``: rows in which it is no response, see below."""
        scan, day = now.scan, now.day
        raw = np.where(now.recorded, step.label, np.int8(Code.NONE))
        label = np.where(back_dated, np.int8(Code.NONE), raw)
        over = (self.first_pd >= 0) & (not self.past_pd)
        counted = np.where(over, np.int8(Code.NONE), label)
        bits = np.left_shift(np.int64(1), counted.astype(np.int64))
        self.labels = self.labels | bits
        self.late = self.late | np.where(day >= self.settings.min_sd_days, bits, 0)
        kept = step.kept & (label == Code.PR)
        for waits, codes in ((self.best, counted), (self.whole, label)):
            measured = np.where(kept & (codes == Code.PR), np.int8(Code.SD), codes)
            for each in waits:
                each.pass_scan(measured, day, scan)
        block, last = self.walked.block, self.walked.last
        passed_scans(self.walked, label, step.opens, scan, alone=self.alone)
        for place, each in enumerate(self.whole):
            for which, (old, new) in enumerate(
                ((block, self.walked.block), (last, self.walked.last))
            ):
                held = self.at_block[place, which]
                self.at_block[place, which] = np.where(old != new, each.confirmed, held)
        for each in self.lasting:
            each.pass_scan(raw, day, scan)
            each.forget(raw == Code.PD)
        first = (self.first_pd < 0) & (raw == Code.PD)
        self.first_pd = np.where(first, scan, self.first_pd)

    def key(self, start: Array, soonest: Array) -> list[Array]:
        """Columns that are equal in two rows only if all later labels and results are.

        ``start``: the day that each row counts its days from; ``soonest``: the first day that its
        next scan can have.
        """
        going = self.walked.going
        found = [
            *self._of_registers(start),
            self.walked.response,
            self.walked.final,
            going,
            np.where(going, self.walked.block, -1),
            np.where(going & self.dates_last, self.walked.last, -1),
            self.labels,
            self.late,
            self.first_pd if self.criterion.confirms else self.first_pd >= 0,
            np.where(self.first_sight == NEVER, NEVER, self.first_sight + start),
            *self.at_block.reshape(-1, len(start)),
        ]
        for each in self._waiting:
            found += self._of_waiting(each, start, soonest, exact=each in self.whole)
        return found

    def _of_registers(self, start: Array) -> list[Array]:
        state = self.registers.state
        waits = (state > 0) & (state < len(self.criterion.machine.states) - 1)
        found = []
        for field in attrs.fields(type(self.registers)):
            value = getattr(self.registers, field.name)
            if field.name in _DAYS:
                found.append(np.where(waits, value + start, 0))
            elif field.name not in _OTHERWISE:
                found.append(value)
        keeps = self.registers.keeps_pr
        for each in self.lasting:
            keeps = keeps | (each.confirmed < NONE)
        return [*found, keeps]

    def _of_waiting(
        self, each: Pending, start: Array, soonest: Array, *, exact: bool
    ) -> list[Array]:
        """What waits, by day where a later scan can tell; by its scan where that is a result."""
        enough = soonest - self.settings.confirm_days
        day = np.where(each.day < NONE, np.maximum(each.day + start, enough), NONE)
        found = list(day.reshape(-1, len(start)))
        if exact:
            found += [*each.scan.reshape(-1, len(start)), each.confirmed]
        else:
            found.append(each.confirmed < NONE)
        return found


def _taken(registers: Any, rows: Array) -> Any:
    changed = {}
    for field in attrs.fields(type(registers)):
        value = getattr(registers, field.name)
        changed[field.name] = value[:, rows] if value.ndim == 2 else value[rows]
    return attrs.evolve(registers, **changed)


def back_dated(since: Array, count: Array) -> Array:
    """Scans from the first sight of a lesion that proves new to its confirmation, n x m.

    ``since``: by scan the place of that first sight, -1: none; ``count``: its readings.
    """
    found = np.zeros(since.shape, dtype=bool)
    for scan in range(since.shape[1]):
        first = np.where(count[:, scan] > 0, since[:, scan], -1)
        places = np.arange(since.shape[1])
        found |= (first >= 0)[:, None] & (places >= first[:, None]) & (places < scan)
    return found
