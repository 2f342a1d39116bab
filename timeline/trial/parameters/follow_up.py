"""Times to an event on arrays: the earliest event, or the date and the reason of censoring.

The situations of a censoring policy are those of case files
(`timeline.endpoints.censoring.policies`), in the same order: of several that apply the first
decides. Baselines are known where a table of lesions is given, claims and reasons for stopping
where the tables state them. Tables tell nothing of local therapy, so that it does not arise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.endpoints.censoring.policies import (
    POLICIES,
    CensoringSituation,
    DateRule,
    Effect,
)
from timeline.response.responses import NEVER
from timeline.trial.parameters.cohort_part import NO_SCAN, CohortPart
from timeline.trial.parameters.time_rows import (
    DEATH,
    LAST_ADEQUATE,
    LAST_ALIVE,
    LAST_EVALUABLE,
    NEW_THERAPY,
    ORIGIN,
    TimeParameter,
)

Array = npt.NDArray[Any]
SITUATIONS = tuple(CensoringSituation)
NO_SITUATION = -1
_LONG_AGO = np.iinfo(np.int64).min


@attrs.frozen(kw_only=True, eq=False)
class TimeAnswer:
    """A time to an event of n subjects; days count from 1970-01-01.

    Attributes:
        exists: whether the subject has the time: an origin, and the response that it starts at,
            with no claim of progression before it where the policy counts claims.
        start: the first day.
        end: the day of the event or of censoring, never before the start.
        censored: CNSR, 0 for an event and 1 for a censored time.
        source: the place of the date among the ``sources`` of the row.
        scan: the assessment that gives the date, its place from 0; -1: it is no assessment.
        situation: the place in `SITUATIONS` of the situation that censored it or moved its date,
            -1 where none did.
    """

    exists: Array
    start: Array
    end: Array
    censored: Array
    source: Array
    scan: Array
    situation: Array


def derive_time(
    part: CohortPart, row: TimeParameter, answers: Mapping[str, tuple[Array, Array]]
) -> TimeAnswer:
    """One time to an event.

    Args:
        part: The subjects.
        row: The row of the time.
        answers: Scan and day of each parameter of response by its PARAMCD.
    """
    start = part.origin if row.start == ORIGIN else answers[row.start][1]
    exists = (start != NEVER) & (part.origin != NEVER)
    follow = _FollowUp(part, row, np.where(exists, start, 0), answers)
    end, source, scan, situation = follow.end()
    return TimeAnswer(
        exists=exists & ~follow.over,
        start=follow.start,
        end=np.maximum(end, follow.start),
        censored=(~row.is_event(source)).astype(np.int8),
        source=source.astype(np.int8),
        scan=scan,
        situation=situation.astype(np.int8),
    )


class _FollowUp:
    """The follow-up of one time of n subjects."""

    def __init__(
        self,
        part: CohortPart,
        row: TimeParameter,
        start: Array,
        answers: Mapping[str, tuple[Array, Array]],
    ) -> None:
        self.part, self.row, self.start = part, row, start
        days, self.scans = [], []
        for source in row.events:
            scan, day = self._event(source.date, answers)
            days.append(day)
            self.scans.append(scan)
        self.days = np.array(days)
        self.which = self.days.argmin(axis=0)  # of events on one day the first listed
        self.event = self.days.min(axis=0)
        self.none = np.full(len(start), NO_SCAN)
        self.scan = self._scan_of_event()
        self.over = np.zeros(len(start), dtype=bool)  # before it starts

    def _scan_of_event(self) -> Array:
        found: Array = np.choose(self.which, self.scans) if len(self.scans) > 1 else self.scans[0]
        return found

    def _event(self, date: str, answers: Mapping[str, tuple[Array, Array]]) -> tuple[Array, Array]:
        part, none = self.part, np.full(len(self.start), NO_SCAN)
        if date == DEATH:
            return none, part.death
        if date == NEW_THERAPY:
            return none, part.new_therapy
        scan, day = answers[date]
        if date == "IUPD" and part.settings.unconfirmed_iupd_policy == "censor":
            return none, np.full(len(none), NEVER)
        return scan, day

    def end(self) -> tuple[Array, Array, Array, Array]:
        """Day, place of the source, scan and situation of the end."""
        situation = np.full(len(self.start), NO_SITUATION)
        if self.row.by_policy:
            situation = self._take_claims(situation)
        happened, scan = self.event != NEVER, self.scan
        day, source = self.event, self.which
        kept, place, at = self._censored(np.full(len(self.start), NEVER))
        day = np.where(happened, day, kept)
        source = np.where(happened, source, place)
        scan = np.where(happened, scan, at)
        if self.row.by_policy:
            return self._by_policy(day, source, scan, situation)
        return day, source, scan, situation

    def _take_claims(self, situation: Array) -> Array:
        """Make events of claims of progression where the policy does, if they are the first.

        A treatment stopped for progression is one where no scan documents a progression.
        """
        policy, part = POLICIES[self.part.settings.pfs_policy], self.part
        documented = part.progression.final >= 0
        for each, place, day in (
            (CensoringSituation.CLAIM, 0, part.claim),
            (
                CensoringSituation.STOPPED_FOR_PROGRESSION,
                1,
                np.where(documented, NEVER, part.stopped),
            ),
        ):
            if policy.rule(each).effect is not Effect.EVENT:
                continue
            self.over |= day < self.start
            first = (day < self.event) & (day >= self.start)
            self.event = np.where(first, day, self.event)
            self.which = np.where(first, len(self.row.events) + len(self.row.censoring) + place,
                                  self.which)  # fmt: skip
            self.scan = np.where(first, NO_SCAN, self.scan)
            situation = np.where(first, SITUATIONS.index(each), situation)
        return situation

    def _censored(self, limit: Array) -> tuple[Array, Array, Array]:
        """The latest censoring date up to a day, the place of its source and its scan.

        Of two on one day the one listed last.
        """
        day, place, scan = np.full(len(limit), _LONG_AGO), np.zeros(len(limit), np.int64), self.none
        for number, source in enumerate(self.row.censoring):
            at = self.none
            if source.date == ORIGIN:
                found = self.start
            elif source.date == LAST_ALIVE:
                alive = self.part.last_alive
                found = np.where(alive == NEVER, _LONG_AGO, alive)
            elif source.date in (LAST_ADEQUATE, LAST_EVALUABLE):
                pending = source.date == LAST_EVALUABLE
                at = self.part.last_adequate(limit, included=True, pending=pending)
                found = np.where(at >= 0, self.part.day(at), _LONG_AGO)
            else:
                raise ValueError(f"{self.row.code}: no censoring date {source.date!r}")
            later = found >= np.maximum(day, _LONG_AGO + 1)
            day = np.where(later, found, day)
            place = np.where(later, number, place)
            scan = np.where(later, at, scan)
        return np.where(day == _LONG_AGO, self.start, day), place + len(self.row.events), scan

    def _by_policy(
        self, day: Array, source: Array, scan: Array, situation: Array
    ) -> tuple[Array, Array, Array, Array]:
        """The end by the table of the policy, the situations in reverse order."""
        policy = POLICIES[self.part.settings.pfs_policy]
        happened, died = self.event != NEVER, self._is_death()
        moved = policy.rule(CensoringSituation.PROGRESSION)
        if moved.dated is DateRule.NEXT_VISIT and self.part.settings.assessment_days:
            visit = np.where(happened & ~died, self._next_visit(), day)
            later = (visit != day) & (situation == NO_SITUATION)
            day = visit
            situation = np.where(later, SITUATIONS.index(CensoringSituation.PROGRESSION), situation)
        unproved = self.part.stopped_for_progression & ~happened
        situation = np.where(
            unproved, SITUATIONS.index(CensoringSituation.STOPPED_FOR_PROGRESSION), situation
        )
        for each, applies, limit in (
            (CensoringSituation.MISSED_VISITS, *self._missed_visits(happened, died)),
            (CensoringSituation.NEW_THERAPY, *self._new_therapy(happened, died)),
        ):
            if policy.rule(each).effect is Effect.NOTHING or not applies.any():
                continue
            kept, place, at = self._censored(limit)
            day, source = np.where(applies, kept, day), np.where(applies, place, source)
            scan = np.where(applies, at, scan)
            situation = np.where(applies, SITUATIONS.index(each), situation)
        return self._without_baseline(day, source, scan, situation)

    def _without_baseline(
        self, day: Array, source: Array, scan: Array, situation: Array
    ) -> tuple[Array, Array, Array, Array]:
        """Times from the origin are censored there where the baseline is missing, by the policy."""
        policy = POLICIES[self.part.settings.pfs_policy]
        each = CensoringSituation.NO_BASELINE
        missing = self.part.no_baseline
        dates = [one.date for one in self.row.sources]
        if policy.rule(each).effect is Effect.NOTHING or ORIGIN not in dates or not missing.any():
            return day, source, scan, situation
        return (
            np.where(missing, self.start, day),
            np.where(missing, dates.index(ORIGIN), source),
            np.where(missing, NO_SCAN, scan),
            np.where(missing, SITUATIONS.index(each), situation),
        )

    def _is_death(self) -> Array:
        dates = np.array([source.date == DEATH for source in self.row.sources])
        found: Array = dates[self.which]
        return found

    def _new_therapy(self, happened: Array, died: Array) -> tuple[Array, Array]:
        """Where new therapy began before the event, and the last day before it.

        On the same day a progression counts and a death does not.
        """
        therapy = self.part.new_therapy
        known = therapy != NEVER
        before = np.where(died, therapy <= self.event, therapy < self.event)
        return known & (~happened | before), therapy

    def _missed_visits(self, happened: Array, died: Array) -> tuple[Array, Array]:
        """Where too many visits were missed before the event, and the last day before it."""
        settings = self.part.settings
        at_scan = self.scan != NO_SCAN  # which is no visit before itself
        limit = np.where(happened, self.event - np.where(at_scan, 1, 0), NEVER)
        if not settings.assessment_days:
            return np.zeros(len(limit), dtype=bool), limit
        last = self.part.last_adequate(limit, included=True)
        seen = np.where(last >= 0, self.part.day(last), self.start)
        allowed = settings.missed_visits * (settings.assessment_days + settings.visit_window_days)
        gap = np.where(happened, self.event - np.maximum(seen, self.start), 0) > allowed
        if settings.death_before_first_scan == "event":
            gap &= ~(died & (last < 0))
        return gap, limit

    def _next_visit(self) -> Array:
        """The scheduled visit that a progression is dated to, never after death.

        A finding within the window after a visit belongs to that visit, on its own day.
        """
        settings = self.part.settings
        every = settings.assessment_days or 1
        days = np.where(self.event == NEVER, 0, self.event) - self.part.origin
        planned = -(-(days - settings.visit_window_days) // every) * every
        visit = self.part.origin + np.maximum(days, planned)
        death = self.part.death
        found: Array = np.maximum(self.event, np.minimum(visit, death))
        return found
