"""The follow-up of one line from one origin: assessments, visits, new therapies and events."""

from __future__ import annotations

import attrs

from timeline.core.span import Span
from timeline.endpoints.anchors import ANCHORS
from timeline.endpoints.censoring.policies import CensoringSituation
from timeline.endpoints.lines_of_therapy import added_without_progression
from timeline.record.events import LOCAL_THERAPIES, Death, Event, Scan
from timeline.record.lines import Line
from timeline.record.ordering.visit_schedule import VisitSchedule, every
from timeline.results.statuses import Anchor, AssessedCase, comes_before, days_apart
from timeline.terminology.endpoints import Endpoint


@attrs.frozen
class EventCandidate:
    """A moment that may end follow-up, and the situation of a policy that it is."""

    situation: CensoringSituation
    anchor: Anchor


@attrs.frozen(kw_only=True)
class FollowedLine:
    """One endpoint of one line from one origin.

    ``assessments`` are adequate ones of this line and later, in order of time, not certain where
    they may have been inadequate; ``visits`` hold the scans of unknown findings as well.
    ``therapies`` are what counts as new anticancer therapy. ``later_claims`` are progressions of
    later lines that no findings document. ``schedule`` is that of planned assessments, None where
    the record states none.
    """

    assessed: AssessedCase
    line: Line
    row: Endpoint
    origin: Anchor
    assessments: tuple[Anchor, ...]
    visits: tuple[Anchor, ...]
    therapies: tuple[Anchor, ...]
    candidates: tuple[EventCandidate, ...]
    later_claims: tuple[EventCandidate, ...]
    schedule: VisitSchedule | None

    @property
    def stop(self) -> str:
        """Why the treatment of the line was stopped; empty where none is given."""
        return self.line.treatments[-1].stop

    @property
    def is_scanned(self) -> bool:
        """Whether a scan on record judges the line, evaluable or not."""
        scans, number = self.assessed.case.all_of(Scan), self.line.number
        return any(each.line == number and each.baseline != number for each in scans)

    @property
    def baseline(self) -> Scan | None:
        """The baseline of the line on record."""
        hits = (s for s in self.assessed.statuses if s.is_baseline and s.line == self.line.number)
        return next((status.scan for status in hits), None)

    def needs(self, candidate: EventCandidate | None) -> tuple[str, ...]:
        """What the findings must mean for a candidate to be the first, or for there to be none."""
        if candidate is not None and candidate.situation is CensoringSituation.PROGRESSION:
            return candidate.anchor.needs
        last = candidate is None or candidate.situation is CensoringSituation.DEATH
        lines = _line_and_later(self.assessed, self.line) if last else (self.line,)
        return tuple(
            text
            for line in lines
            for text in conditions_without_progression(
                self.assessed, line, self.assessed.criterion_in(line, self.row.criterion)
            )
        )

    @property
    def interval(self) -> int | None:
        """The longest interval between planned assessments, in days; None where none is known."""
        return self.schedule.longest if self.schedule else None

    def most_days_unseen(self, since: Span) -> Span | None:
        """The days after a visit until those that a policy allows to be missed were missed."""
        settings = self.assessed.settings
        if self.schedule is None:
            return None
        visits, window = settings.missed_visits, settings.visit_window_days
        return self.schedule.unseen(since, self.planned_from, visits, window)

    @property
    def planned_from(self) -> Span:
        """The day that planned assessments are counted from: of a response the line's start."""
        if not ANCHORS[self.row.origin].varies_with_findings:
            return self.origin.span
        begun = ANCHORS["line start"].find(self.assessed, self.line, "")
        return begun[0].span if begun else self.origin.span

    def visit(self, days: int, start: int) -> Span:
        """The day from the origin on which something is dated by the schedule."""
        window = self.assessed.settings.visit_window_days
        return (self.schedule or every(1)).visit(days, start, window)

    def before(self, anchors: tuple[Anchor, ...], end: Anchor) -> tuple[Anchor, ...]:
        """Those of some scans that come before a moment, not certain where they may come after.

        By the order of the record where the moment is a scan or death, else by date.
        """
        if not isinstance(end.event, Scan):
            last = end.span.high if isinstance(end.event, Death) else end.span.low
            return tuple(
                attrs.evolve(each, span=span, certain=each.certain and each.span.high <= last)
                for each in anchors
                if (span := each.span.not_above(end.span.high)) is not None
            )
        case = self.assessed.case
        place = case.place(end.event)
        return tuple(
            attrs.evolve(each, span=each.span.not_above(end.span.high) or each.span)
            for each in anchors
            if case.place(each.event) < place
        )


def follow_line(assessed: AssessedCase, line: Line, row: Endpoint, origin: Anchor) -> FollowedLine:
    """The follow-up of a line for one endpoint, from one origin on."""
    adequate = tuple(
        each
        for later in _line_and_later(assessed, line)
        for each in _assessments(assessed, later, row.criterion)
        if each.span.high >= origin.span.low
    )
    unknown = tuple(
        each for each in _scans_without_status(assessed, line) if each.span.high >= origin.span.low
    )
    return FollowedLine(
        assessed=assessed,
        line=line,
        row=row,
        origin=origin,
        assessments=_in_order(assessed, adequate),
        visits=_in_order(assessed, (*adequate, *unknown)),
        therapies=_therapies(assessed, line, origin),
        candidates=tuple(_candidates(assessed, line, row, origin)),
        later_claims=tuple(_later_claims(assessed, line, row)),
        schedule=visit_schedule(assessed, line),
    )


def find_anchors(
    assessed: AssessedCase, line: Line | None, row: Endpoint, name: str
) -> tuple[Anchor, ...]:
    """The moments of one name, each with whether it is reached in every reading."""
    return ANCHORS[name].find(assessed, line, row.criterion)


def _in_order(assessed: AssessedCase, anchors: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    return tuple(sorted(anchors, key=lambda each: assessed.case.place(each.event)))


def _line_and_later(assessed: AssessedCase, line: Line) -> tuple[Line, ...]:
    """A line and those after it."""
    return tuple(each for each in assessed.case.lines if each.number >= line.number)


def _assessments(assessed: AssessedCase, line: Line, criterion: str) -> tuple[Anchor, ...]:
    return tuple(
        _event_anchor(each.scan, "last evaluable assessment", certain=each.evaluable == each.labels)
        for each in assessed.status(assessed.criterion_in(line, criterion), line.number)
        if each.evaluable
    )


def _scans_without_status(assessed: AssessedCase, line: Line) -> tuple[Anchor, ...]:
    """Scans of a line that no status was given: the visit was made, its findings are unknown."""
    judged = {id(status.scan) for status in assessed.statuses}
    scans = [scan for scan in assessed.case.all_of(Scan) if scan.line == line.number]
    return tuple(
        _event_anchor(scan, "a scan", certain=False) for scan in scans if id(scan) not in judged
    )


def _event_anchor(event: Event, description: str, *, certain: bool = True) -> Anchor:
    return Anchor(event=event, span=event.start.span, description=description, certain=certain)


def _therapies(assessed: AssessedCase, line: Line, origin: Anchor) -> tuple[Anchor, ...]:
    """New anticancer therapy: the next line, and what the settings count as such."""
    found = list(ANCHORS["next line"].find(assessed, line, ""))
    if assessed.settings.local_therapy_ends_pfs == "censor":
        found += _local_therapies(assessed, line, origin)
    if assessed.settings.addon_without_pd == "new_line":
        added = added_without_progression(assessed, line)
        later = [each for each in added if each.start.span.low > origin.span.high]
        found += [_event_anchor(each, f"start of {each.regimen}") for each in later]
    return tuple(found)


def _local_therapies(assessed: AssessedCase, line: Line, origin: Anchor) -> list[Anchor]:
    """Local therapy from the origin to the next line; not certain where it may lie before.

    Neither is one that comes before or after them by its stated order, whatever its dates allow.
    """
    following = ANCHORS["next line"].find(assessed, line, "")[:1]
    found: list[Anchor] = []
    for each in assessed.case.all_of(*LOCAL_THERAPIES):
        anchor = _event_anchor(each, each.label)
        since = days_apart(origin, anchor, assessed.case)
        later = any(comes_before(then, anchor, assessed.case) for then in following)
        if since.high > 0 and not later:
            found.append(attrs.evolve(anchor, certain=since.low >= 0))
    return found


def visit_schedule(assessed: AssessedCase, line: Line) -> VisitSchedule | None:
    """The planned assessments of a line: as the record states, else by the setting."""
    stated = (each.assessed_every for each in line.treatments if each.assessed_every)
    days = assessed.settings.assessment_days
    return next(stated, None) or (every(days) if days else None)


def _candidates(
    assessed: AssessedCase, line: Line, row: Endpoint, origin: Anchor
) -> list[EventCandidate]:
    """Everything that may end an endpoint, by kind; the policy chooses among them."""
    found = [
        EventCandidate(CensoringSituation.PROGRESSION, each)
        for each in _progressions(assessed, line, row)
    ]
    found += [
        EventCandidate(CensoringSituation.CLAIM, each)
        for each in _reported_progressions(assessed, line, row)
    ]
    found += _stopped_for_progression(assessed, line, row)
    if assessed.settings.local_therapy_ends_pfs == "event":
        found += [
            EventCandidate(CensoringSituation.LOCAL_THERAPY, each)
            for each in _local_therapies(assessed, line, origin)
        ]
    if "death" in row.events:
        found += [
            EventCandidate(CensoringSituation.DEATH, each)
            for each in ANCHORS["death"].find(assessed, line, "")
        ]
    return found


def _progressions(assessed: AssessedCase, line: Line, row: Endpoint) -> list[Anchor]:
    """Progression in the line, and then in each line after it where none came before."""
    found: list[Anchor] = []
    before: tuple[str, ...] = ()
    for each in _line_and_later(assessed, line):
        there = row.under(assessed.criterion_in(each, row.criterion))
        description = "" if each is line else f", line {each.number}"
        found += [
            attrs.evolve(
                anchor,
                description=f"{anchor.description}{description}",
                needs=(*before, *anchor.needs),
            )
            for anchor in find_anchors(assessed, each, there, "progression")
        ]
        before += conditions_without_progression(assessed, each, there.criterion)
    return found


def conditions_without_progression(
    assessed: AssessedCase, line: Line, criterion: str
) -> tuple[str, ...]:
    """What the findings of a line must mean for it to show no progression."""
    found = assessed.progression(criterion, line.number)
    return found.needs(None) if found is not None and not found.always else ()


def _reported_progressions(assessed: AssessedCase, line: Line, row: Endpoint) -> list[Anchor]:
    """Scans reported as progression by their category alone, and progression stated without one."""
    progression = assessed.progression(row.criterion, line.number)
    shown = progression.scans if progression else ()
    reported = ANCHORS["called progression"].find(assessed, line, row.criterion)
    stated = ANCHORS["stated progression"].find(assessed, line, row.criterion)
    return [each for each in (*reported, *stated) if not any(each.event is scan for scan in shown)]


def _later_claims(assessed: AssessedCase, line: Line, row: Endpoint) -> list[EventCandidate]:
    """The same of the lines after it, each with the number of its line."""
    return [
        EventCandidate(
            CensoringSituation.CLAIM,
            attrs.evolve(each, description=f"{each.description}, line {later.number}"),
        )
        for later in _line_and_later(assessed, line)[1:]
        for each in _reported_progressions(
            assessed, later, row.under(assessed.criterion_in(later, row.criterion))
        )
    ]


def _stopped_for_progression(
    assessed: AssessedCase, line: Line, row: Endpoint
) -> list[EventCandidate]:
    """The end of a treatment stopped for progression, where no scan surely documents it."""
    progression = assessed.progression(row.criterion, line.number)
    documented = progression is not None and progression.always
    if line.treatments[-1].stop != "progression" or documented:
        return []
    stops = ANCHORS["treatment stop"].find(assessed, line, "")
    return [EventCandidate(CensoringSituation.STOPPED_FOR_PROGRESSION, each) for each in stops]
