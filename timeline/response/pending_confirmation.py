"""Responses that wait for confirmation, carried scan by scan.

The result is that of `confirmation.first_confirmed`. Responses are grouped by what came since: how
many scans that were not evaluable, how many with SD, and whether CR was seen. Of the responses in a
group only the earliest is kept, because whatever confirms a later one confirms the earliest too.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.response.confirmation import (
    CONFIRMATIONS,
    Confirmation,
    allowed_between,
    membership_table,
)
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
NO_DAY = np.iinfo(np.int64).max  # no response waits in this group, or none was confirmed


class PendingResponses:
    """The responses of one kind that wait for confirmation, of n patients.

    ``day`` and ``scan`` are those of the earliest response of each group; their axes are scans
    not evaluable since, scans with SD since, CR seen since (0 or 1), and patients. ``confirmed``
    is the earliest scan that was confirmed so far, `NO_DAY` where there is none.
    """

    def __init__(self, rule: Confirmation, settings: Settings, patients: int, scans: int) -> None:
        self.rule, self.days = rule, settings.confirm_days
        self.by, self.between = (
            membership_table(rule.by),
            membership_table(allowed_between(rule, settings)),
        )
        missed = min(settings.max_ne_between, scans) + 1
        self.day: Array = np.full((missed, 2, 2, patients), NO_DAY)
        self.scan: Array = self.day.copy()
        self.confirmed: Array = np.full(patients, NO_DAY)

    def select(self, rows: Array) -> None:
        """Keep some patients, by place; one may be taken several times."""
        self.day, self.scan = self.day[..., rows], self.scan[..., rows]
        self.confirmed = self.confirmed[rows]

    def reset(self, rows: Array) -> None:
        """Drop the waiting and the confirmed responses of some patients."""
        self._drop(rows)
        self.confirmed = np.where(rows, NO_DAY, self.confirmed)

    def add_scan(self, label: Array, day: Array, scan: int) -> None:
        """Take in one more scan: its labels, its days, and its place from 0."""
        self._drop_where((slice(None), slice(None), 1), label == Code.PR)
        waiting = self.day < NO_DAY
        gap = day - np.where(waiting, self.day, day)
        confirms = waiting & self.by[label] & (gap >= self.days)
        found = np.where(confirms, self.scan, NO_DAY).min(axis=(0, 1, 2))
        self.confirmed = np.minimum(self.confirmed, found)
        self.day, self.scan = (np.where(confirms, NO_DAY, each) for each in (self.day, self.scan))
        self._drop(~self.between[label])
        self._shift(0, label == Code.NE)
        self._shift(1, label == Code.SD)
        self._complete(label == Code.CR)
        starts = (label == self.rule.response) & (self.day[0, 0, 0] == NO_DAY)
        self.day[0, 0, 0] = np.where(starts, day, self.day[0, 0, 0])
        self.scan[0, 0, 0] = np.where(starts, scan, self.scan[0, 0, 0])

    def _drop(self, rows: Array) -> None:
        self.day, self.scan = (np.where(rows, NO_DAY, each) for each in (self.day, self.scan))

    def _drop_where(self, place: Any, rows: Array) -> None:
        for each in (self.day, self.scan):
            each[place] = np.where(rows, NO_DAY, each[place])

    def _shift(self, axis: int, rows: Array) -> None:
        """Move to the next group where one more scan came between; the last group is dropped."""
        for name in ("day", "scan"):
            old = getattr(self, name)
            moved = np.full_like(old, NO_DAY)
            target, source = [slice(None)] * 4, [slice(None)] * 4
            target[axis], source[axis] = slice(1, None), slice(None, -1)
            moved[tuple(target)] = old[tuple(source)]
            setattr(self, name, np.where(rows, moved, old))

    def _complete(self, rows: Array) -> None:
        """Merge the groups without CR into those with CR, where CR is seen."""
        without, with_cr = self.day[:, :, 0], self.day[:, :, 1]
        earlier = without <= with_cr
        for each in (self.day, self.scan):
            joined = np.where(earlier, each[:, :, 0], each[:, :, 1])
            each[:, :, 1] = np.where(rows, joined, each[:, :, 1])
            each[:, :, 0] = np.where(rows, NO_DAY, each[:, :, 0])


def pending_responses(
    settings: Settings, patients: int, scans: int
) -> tuple[PendingResponses, ...]:
    """One for each kind of response that can be confirmed: CR and PR."""
    return tuple(
        PendingResponses(rule, settings, patients, scans) for rule in CONFIRMATIONS.values()
    )
