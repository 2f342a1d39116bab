"""Some subjects with about the same number of assessments, as arrays of subjects x scans.

What several parameters rest on is derived once and kept.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.response.best_response import BestOverallResponses, best_overall_response
from timeline.response.confirmation import membership_table
from timeline.response.progression import (
    ProgressionScans,
    confirmed_response,
    labels_by_scan,
    progression_scans,
)
from timeline.response.responses import NEVER, Responses
from timeline.settings.trial import TrialSettings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
CONTROL = membership_table((Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD))
NO_SCAN = -1


class CohortPart:
    """The responses of n subjects, and what follows from them.

    Args:
        responses: The labels; ``reference`` is the day that the least duration of SD counts from.
        settings: The settings.
        origin: The day that times count from, n; `NEVER` where there is none.
        death: The day of death, n; `NEVER` is none.
        last_alive: The day last known alive, n.
        new_therapy: The day on which new anticancer therapy began, n.
        claim: The day on which progression was claimed that no findings document, n.
        stopped: The day on which treatment was stopped for progression, n.
        stopped_for_progression: Whether it was, dated or not, n.
        no_baseline: Whether the baseline is missing or incomplete, n.
        measurable: Whether a target lesion was measured at baseline, n.
    """

    def __init__(
        self,
        responses: Responses,
        settings: TrialSettings,
        *,
        origin: Array,
        death: Array,
        last_alive: Array,
        new_therapy: Array,
        claim: Array,
        stopped: Array,
        stopped_for_progression: Array,
        no_baseline: Array,
        measurable: Array,
    ) -> None:
        self.responses, self.settings = responses, settings
        self.origin, self.death = origin, death
        self.last_alive, self.new_therapy = last_alive, new_therapy
        self.claim, self.stopped = claim, stopped
        self.stopped_for_progression, self.no_baseline = stopped_for_progression, no_baseline
        self.measurable = measurable

    def day(self, scan: Array) -> Array:
        """The day of a scan of each subject, by its place; `NEVER` where it is -1."""
        return day_of(self.responses.day, scan)

    def dated(self, scan: Array) -> Array:
        """The day that a progression seen at a scan counts from: an equivocal lesion's first."""
        return day_of(self.responses.dated, scan)

    @cached_property
    def progression(self) -> ProgressionScans:
        """The scans that progression depends on."""
        return progression_scans(self.responses, self.settings)

    @cached_property
    def best(self) -> BestOverallResponses:
        """The best overall response."""
        return best_overall_response(self.responses, self.settings)

    @cached_property
    def best_confirmed(self) -> BestOverallResponses:
        """The best overall response with CR and PR confirmed."""
        return best_overall_response(self.responses, self.settings, confirmed=True)

    @cached_property
    def confirmed(self) -> tuple[Array, Array]:
        """The scans of the first confirmed response and of its confirmation."""
        return confirmed_response(self.responses, self.settings)

    @cached_property
    def last(self) -> Array:
        """The last assessment, whatever it gave and also after progression."""
        return last_where(self.responses.recorded)

    @cached_property
    def unconfirmed(self) -> Array:
        """The scan of an iUPD that nothing better followed, by setting ``trailing_iupd_date``."""
        found = self.progression
        which = found.block if self.settings.trailing_iupd_date == "first" else found.last
        return np.where((found.final < 0) & found.going & (found.block >= 0), which, NO_SCAN)

    @cached_property
    def control(self) -> Array:
        """The first CR, PR, SD or NON-CR/NON-PD from day ``min_sd_days`` on, before progression."""
        code = labels_by_scan(self.responses)
        if not len(code):
            return np.full(code.shape[1], NO_SCAN)
        ended = np.logical_or.accumulate(code == Code.PD, axis=0)
        lasting = (
            self.responses.day - self.responses.reference[:, None] >= self.settings.min_sd_days
        )
        return first_where(CONTROL[code.T] & lasting & ~ended.T)

    @cached_property
    def evaluable(self) -> Array:
        """The assessments that may censor a time (setting ``censor_at``), subjects x scans."""
        if self.settings.censor_at == "last_assessment":
            return self.responses.recorded
        found: Array = self.responses.recorded & (self.responses.code != Code.NE)
        return found

    @cached_property
    def adequate(self) -> Array:
        """Those of them at which no progression is pending, unless ``censor_at`` takes them all."""
        if self.settings.censor_at == "last_assessment" or not self.responses.criterion.confirms:
            return self.evaluable
        found: Array = self.evaluable & (self.responses.code != Code.UPD)
        return found

    def last_adequate(self, limit: Array, *, included: bool, pending: bool = False) -> Array:
        """The last adequate assessment up to a day, by its place; -1 where there is none.

        Args:
            limit: The day, n.
            included: Whether an assessment of that very day is one of them.
            pending: Whether one with a pending progression is, which is no response.
        """
        day = self.responses.day
        before = day <= limit[:, None] if included else day < limit[:, None]
        return last_where((self.evaluable if pending else self.adequate) & before)


def day_of(days: Array, scan: Array) -> Array:
    """The day of a scan of each subject, by its place; `NEVER` where it is -1."""
    if not days.shape[1]:
        return np.full(len(days), NEVER)
    picked = days[np.arange(len(days)), np.maximum(scan, 0)]
    return np.where(scan >= 0, picked, NEVER)


def first_where(holds: Array) -> Array:
    """The first place of each row at which something holds; -1 where it never does."""
    if not holds.shape[1]:
        return np.full(len(holds), NO_SCAN)
    return np.where(holds.any(axis=1), holds.argmax(axis=1), NO_SCAN)


def last_where(holds: Array) -> Array:
    """The last place of each row at which something holds; -1 where it never does."""
    if not holds.shape[1]:
        return np.full(len(holds), NO_SCAN)
    from_end = holds[:, ::-1].argmax(axis=1)
    return np.where(holds.any(axis=1), holds.shape[1] - 1 - from_end, NO_SCAN)


def earliest_scan(first: Array, second: Array) -> Array:
    """The earlier of two scans; -1 counts as none."""
    return np.where(first < 0, second, np.where(second < 0, first, np.minimum(first, second)))
