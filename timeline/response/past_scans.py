"""What later scans, the best response and the progression depend on of the scans so far.

Two rows with an equal `ScanHistory.key` have the same labels and results whatever comes later.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.best_response import counts_after_pd
from timeline.response.criteria.criterion import Criterion, ScanStep
from timeline.response.pending_confirmation import NO_DAY, PendingResponses, pending_responses
from timeline.response.progression import (
    counts_without_iupd,
    initial_progression_scans,
    update_progression_scans,
)
from timeline.response.responses import NEVER
from timeline.response.scans import Scans, ScanView
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
# registers that the key leaves out: labels and days so far are kept as the responses that wait, the
# scan of the first iUPD serves explanations alone
_HELD_BY_RESPONSES = ("code", "day", "since", "anchor_scan", "keeps_pr")
_DAY_REGISTERS = ("anchor_day", "window_day")  # days of a pending progression


class ScanHistory:
    """The registers of a criterion and a digest of the labels so far; arrays of n rows."""

    def __init__(self, first: Scans, criterion: Criterion, settings: Settings) -> None:
        self.criterion, self.settings = criterion, settings
        rows, scans = first.shape
        self.registers = criterion.begin(first)
        self.first_seen = np.full(rows, NEVER)
        self.progression = initial_progression_scans(rows)
        self.first_pd = np.full(rows, -1, dtype=np.int64)
        self.labels = np.zeros(rows, dtype=np.int64)  # bits of the labels that count
        self.lasting_labels = self.labels.copy()  # those from min_sd_days on
        self.alone = counts_without_iupd(criterion.confirms, settings)
        self.counts_after_pd = counts_after_pd(criterion, settings)
        self.dates_last = settings.trailing_iupd_date != "first"
        required = settings.response_confirmation != "not_required"
        sums = bool((first.target_sum >= 0).any()) and settings.pr_stays == "after_confirmed"
        self.best = pending_responses(settings, rows, scans)  # for the best response
        self.duration = pending_responses(settings, rows, scans) if required else ()
        self.at_block = np.full(
            (len(self.duration), 2, rows), NO_DAY
        )  # confirmed at block, at last
        # for a PR that persists
        self.persisting = pending_responses(settings, rows, scans) if sums else ()

    @property
    def _waiting(self) -> tuple[PendingResponses, ...]:
        return (*self.best, *self.duration, *self.persisting)

    def select(self, rows: Array) -> None:
        """Keep some rows, by place; one may be taken several times."""
        self.registers = _selected(self.registers, rows)
        self.progression = self.progression.select(rows)
        for name in ("first_seen", "first_pd", "labels", "lasting_labels"):
            setattr(self, name, getattr(self, name)[rows])
        self.at_block = self.at_block[..., rows]
        for each in self._waiting:
            each.select(rows)

    def add_scan(self, step: ScanStep, now: ScanView, back_dated: Array) -> None:
        """Take in one scan after it was evaluated.

        Args:
            step: The scan after the machine has moved.
            now: Its findings, day and place.
            back_dated: Rows in which it is no response, because progression is dated before it.
        """
        scan, day = now.scan, now.day
        raw = np.where(now.recorded, step.label, np.int8(Code.NONE))
        label = np.where(back_dated, np.int8(Code.NONE), raw)
        over = (self.first_pd >= 0) & (not self.counts_after_pd)
        counted = np.where(over, np.int8(Code.NONE), label)
        bits = np.left_shift(np.int64(1), counted.astype(np.int64))
        self.labels = self.labels | bits
        self.lasting_labels = self.lasting_labels | np.where(
            day >= self.settings.min_sd_days, bits, 0
        )
        persists = step.pr_persists & (label == Code.PR)
        for pending, codes in ((self.best, counted), (self.duration, label)):
            measured = np.where(persists & (codes == Code.PR), np.int8(Code.SD), codes)
            for each in pending:
                each.add_scan(measured, day, scan)
        block, last = self.progression.block, self.progression.last
        update_progression_scans(self.progression, label, step.opens, scan, alone=self.alone)
        for place, each in enumerate(self.duration):
            for which, (old, new) in enumerate(
                ((block, self.progression.block), (last, self.progression.last))
            ):
                before = self.at_block[place, which]
                self.at_block[place, which] = np.where(old != new, each.confirmed, before)
        for each in self.persisting:
            each.add_scan(raw, day, scan)
            each.reset(raw == Code.PD)
        first = (self.first_pd < 0) & (raw == Code.PD)
        self.first_pd = np.where(first, scan, self.first_pd)

    def key(self, start: Array, soonest: Array) -> list[Array]:
        """Columns that are equal in two rows only if all later labels and results are.

        Args:
            start: The day that each row counts its days from.
            soonest: The first day that the next scan of each row can have.
        """
        going = self.progression.going
        found = [
            *self._of_registers(start),
            self.progression.response,
            self.progression.final,
            going,
            np.where(going, self.progression.block, -1),
            np.where(going & self.dates_last, self.progression.last, -1),
            self.labels,
            self.lasting_labels,
            self.first_pd if self.criterion.confirms else self.first_pd >= 0,
            np.where(self.first_seen == NEVER, NEVER, self.first_seen + start),
            *self.at_block.reshape(-1, len(start)),
        ]
        for each in self._waiting:
            found += self._of_waiting(each, start, soonest, exact=each in self.duration)
        return found

    def _of_registers(self, start: Array) -> list[Array]:
        state = self.registers.state
        pending = (state > 0) & (state < len(self.criterion.machine.states) - 1)
        found = []
        for field in attrs.fields(type(self.registers)):
            value = getattr(self.registers, field.name)
            if field.name in _DAY_REGISTERS:
                found.append(np.where(pending, value + start, 0))
            elif field.name not in _HELD_BY_RESPONSES:
                found.append(value)
        keeps = self.registers.keeps_pr
        for each in self.persisting:
            keeps = keeps | (each.confirmed < NO_DAY)
        return [*found, keeps]

    def _of_waiting(
        self, each: PendingResponses, start: Array, soonest: Array, *, exact: bool
    ) -> list[Array]:
        """Responses that wait, by day where it matters; with ``exact`` also by scan."""
        enough = soonest - self.settings.confirm_days
        day = np.where(each.day < NO_DAY, np.maximum(each.day + start, enough), NO_DAY)
        found = list(day.reshape(-1, len(start)))
        if exact:
            found += [*each.scan.reshape(-1, len(start)), each.confirmed]
        else:
            found.append(each.confirmed < NO_DAY)
        return found


def _selected(registers: Any, rows: Array) -> Any:
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
