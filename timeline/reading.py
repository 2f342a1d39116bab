"""A case as read by the rules: the one thing that audit, figures and exports take."""

from __future__ import annotations

import attrs

from timeline.assess import assess
from timeline.case import Case
from timeline.criteria import CRITERIA
from timeline.derived import Assessed, Outcome, Progression, Status
from timeline.endpoints import derive
from timeline.problem import Problem
from timeline.settings import DEFAULTS, Settings
from timeline.worlds import Course, course, worlds

READ_BY = ("recist11", "irecist")  # every line is read by both; RECIST 1.1 stays primary (S17)


@attrs.frozen(kw_only=True)
class Reading(Assessed):
    """A case, the status of each of its scans under each criterion, and its outcomes."""

    outcomes: tuple[Outcome, ...] = ()

    def outcome(self, endpoint: str, line: int | None) -> Outcome | None:
        """The main outcome of an endpoint, or None where the case has no such line."""
        hits = (o for o in self.outcomes if (o.endpoint, o.line) == (endpoint, line) and o.main)
        return next(hits, None)

    def beside(self, outcome: Outcome) -> tuple[Outcome, ...]:
        """The same endpoint of the same line from other origins."""
        name = (outcome.endpoint, outcome.line)
        return tuple(o for o in self.outcomes if (o.endpoint, o.line) == name and not o.main)


def read(case: Case, settings: Settings = DEFAULTS) -> tuple[Reading | None, tuple[Problem, ...]]:
    """What the rules make of a case, or why they cannot be applied to it."""
    statuses: tuple[Status, ...] = ()
    progressions: tuple[Progression, ...] = ()
    problems: tuple[Problem, ...] = ()
    for line in case.lines:
        mine, progressed, faults = _read_line(course(case, line), settings)
        statuses, progressions = statuses + mine, progressions + progressed
        problems += faults
    if problems:
        return None, problems
    known = Assessed(case=case, statuses=statuses, progressions=progressions)
    outcomes = derive(known)
    return Reading(case=case, statuses=statuses, progressions=progressions, outcomes=outcomes), ()


def _read_line(
    of: Course, settings: Settings
) -> tuple[tuple[Status, ...], tuple[Progression, ...], tuple[Problem, ...]]:
    """The statuses of one line and its progression, by each criterion."""
    statuses: list[Status] = []
    progressions: list[Progression] = []
    scans, problems = worlds(of)
    for criterion in (CRITERIA[key] for key in READ_BY):
        if of.baseline is not None:
            number, title = of.line.number, criterion.title
            base = Status(scan=of.baseline, line=number, criterion=title, is_baseline=True)
            statuses.append(base)
        if scans is not None:
            assessed, progression = assess(of, scans, criterion, settings)
            statuses += assessed
            progressions.append(progression)
    return tuple(statuses), tuple(progressions), problems
