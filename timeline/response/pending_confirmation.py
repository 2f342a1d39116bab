"""Responses that wait for their confirmation, carried scan by scan instead of looked up later.

It gives what `confirmation.first_confirmed` gives. Of responses that have the same
standing (as many scans not evaluated, stable or complete since) the earliest decides: whatever
confirms a later one confirms it too.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.response.confirmation import CONFIRMATIONS, Confirmation, are_among, does_not_count
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
NONE = np.iinfo(np.int64).max  # no response waits in this standing, or none was confirmed


class Pending:
    """The responses of one kind that wait, of n patients.

    ``day`` and ``scan`` are those of the earliest in each standing: scans not evaluated since,
    stable ones, whether CR was seen since, then the patients. ``confirmed``: the earliest scan
    that was confirmed so far, `NONE` where there is none.
    """

    def __init__(self, rule: Confirmation, settings: Settings, patients: int, scans: int) -> None:
        self.rule, self.days = rule, settings.confirm_days
        self.by, self.between = are_among(rule.by), are_among(does_not_count(rule, settings))
        missed = min(settings.max_ne_between, scans) + 1
        self.day: Array = np.full((missed, 2, 2, patients), NONE)
        self.scan: Array = self.day.copy()
        self.confirmed: Array = np.full(patients, NONE)

    def take(self, rows: Array) -> None:
        """Only some patients, by place; one may be taken several times."""
        self.day, self.scan = self.day[..., rows], self.scan[..., rows]
        self.confirmed = self.confirmed[rows]

    def forget(self, rows: Array) -> None:
        """Nothing waits, and nothing was confirmed, of some patients."""
        self._drop(rows)
        self.confirmed = np.where(rows, NONE, self.confirmed)

    def pass_scan(self, label: Array, day: Array, scan: int) -> None:
        """One more scan: labels and days of the patients."""
        self._drop_where((slice(None), slice(None), 1), label == Code.PR)
        waits = self.day < NONE
        gap = day - np.where(waits, self.day, day)
        judged = waits & self.by[label] & (gap >= self.days)
        found = np.where(judged, self.scan, NONE).min(axis=(0, 1, 2))
        self.confirmed = np.minimum(self.confirmed, found)
        self.day, self.scan = (np.where(judged, NONE, each) for each in (self.day, self.scan))
        self._drop(~self.between[label])
        self._shift(0, label == Code.NE)
        self._shift(1, label == Code.SD)
        self._complete(label == Code.CR)
        fresh = (label == self.rule.response) & (self.day[0, 0, 0] == NONE)
        self.day[0, 0, 0] = np.where(fresh, day, self.day[0, 0, 0])
        self.scan[0, 0, 0] = np.where(fresh, scan, self.scan[0, 0, 0])

    def _drop(self, rows: Array) -> None:
        self.day, self.scan = (np.where(rows, NONE, each) for each in (self.day, self.scan))

    def _drop_where(self, place: Any, rows: Array) -> None:
        for each in (self.day, self.scan):
            each[place] = np.where(rows, NONE, each[place])

    def _shift(self, axis: int, rows: Array) -> None:
        """Where one more scan stands between: each standing becomes the next, the last is lost."""
        for name in ("day", "scan"):
            old = getattr(self, name)
            moved = np.full_like(old, NONE)
            to, of = [slice(None)] * 4, [slice(None)] * 4
            to[axis], of[axis] = slice(1, None), slice(None, -1)
            moved[tuple(to)] = old[tuple(of)]
            setattr(self, name, np.where(rows, moved, old))

    def _complete(self, rows: Array) -> None:
        """Where CR is seen: standings without it join those with it."""
        without, seen = self.day[:, :, 0], self.day[:, :, 1]
        earlier = without <= seen
        for each in (self.day, self.scan):
            joined = np.where(earlier, each[:, :, 0], each[:, :, 1])
            each[:, :, 1] = np.where(rows, joined, each[:, :, 1])
            each[:, :, 0] = np.where(rows, NONE, each[:, :, 0])


def pending(settings: Settings, patients: int, scans: int) -> tuple[Pending, ...]:
    """One for each kind of response that can be confirmed."""
    return tuple(Pending(rule, settings, patients, scans) for rule in CONFIRMATIONS.values())
