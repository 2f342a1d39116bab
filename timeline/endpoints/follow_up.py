"""One line as it was followed from one start: what was assessed, and what came between."""

from __future__ import annotations

import attrs

from timeline.core.span import Number, Span
from timeline.endpoints.anchors import ANCHORS
from timeline.endpoints.censoring_policies import CensoringSituation
from timeline.endpoints.lines_of_therapy import added_without_progression
from timeline.record.events import Death, Event, Radiotherapy, Scan, Surgery
from timeline.record.lines import Line
from timeline.record.visit_schedule import VisitSchedule, every
from timeline.results.statuses import Anchor, AssessedCase
from timeline.terminology.endpoints import Endpoint

NOT_EVALUABLE = ("NE",)


@attrs.frozen
class EventCandidate:
    """What may end it, and which situation of a policy that is."""

    situation: CensoringSituation
    anchor: Anchor


@attrs.frozen(kw_only=True)
class FollowedLine:
    """One endpoint of one line from one origin.

    ``assessments`` are adequate ones of this line and later, in order of time, not sure where
    they may have been inadequate; ``visits`` hold the scans of unknown findings as well.
    ``therapies`` are what counts as new anticancer therapy. ``schedule`` is that of
    planned assessments, None where the record states none.
    """

    known: AssessedCase
    line: Line
    row: Endpoint
    origin: Anchor
    assessments: tuple[Anchor, ...]
    visits: tuple[Anchor, ...]
    therapies: tuple[Anchor, ...]
    candidates: tuple[EventCandidate, ...]
    schedule: VisitSchedule | None

    @property
    def stop(self) -> str:
        """Why the treatment of the line was stopped; empty where nothing is said."""
        return self.line.treatments[-1].stop

    @property
    def baseline(self) -> Scan | None:
        """The baseline of the line on record."""
        hits = (s for s in self.known.statuses if s.is_baseline and s.line == self.line.number)
        return next((status.scan for status in hits), None)

    def needs(self, candidate: EventCandidate | None) -> tuple[str, ...]:
        """What the findings must mean for a candidate to be the first, or for there to be none."""
        if candidate is not None and candidate.situation is CensoringSituation.PROGRESSION:
            return candidate.anchor.needs
        last = candidate is None or candidate.situation is CensoringSituation.DEATH
        lines = _from(self.known, self.line) if last else (self.line,)
        return tuple(
            text
            for line in lines
            for text in without_progression(
                self.known, line, self.known.criterion_in(line, self.row.criterion)
            )
        )

    @property
    def interval(self) -> int | None:
        """The longest interval between planned assessments, in days; None where none is known."""
        return self.schedule.longest if self.schedule else None

    def most_days_unseen(self, since: Span) -> Span | None:
        """The days after a visit until those that a policy allows to be missed were missed."""
        settings = self.known.settings
        if self.schedule is None:
            return None
        visits, window = settings.missed_visits, settings.visit_window_days
        return self.schedule.unseen(since, self.origin.span, visits, window)

    def visit(self, days: int, start: int) -> Span:
        """The day from the origin on which something is dated by the schedule."""
        window = self.known.settings.visit_window_days
        return (self.schedule or every(1)).visit(days, start, window)

    def before(self, anchors: tuple[Anchor, ...], end: Anchor) -> tuple[Anchor, ...]:
        """Those of some scans that come before a moment, not sure where they may come after.

        By the order of the record where the moment is a scan or death, else by date.
        """
        if not isinstance(end.event, Scan):
            last = end.span.high if isinstance(end.event, Death) else end.span.low
            return tuple(
                attrs.evolve(each, span=span, certain=each.certain and each.span.high <= last)
                for each in anchors
                if (span := each.span.not_above(end.span.high)) is not None
            )
        case = self.known.case
        place = case.place(end.event)
        return tuple(each for each in anchors if case.place(each.event) < place)


def follow_line(known: AssessedCase, line: Line, row: Endpoint, origin: Anchor) -> FollowedLine:
    """What an endpoint of a line saw from its origin on."""
    seen = tuple(
        each
        for later in _from(known, line)
        for each in _assessments(known, later, row.criterion)
        if each.span.high >= origin.span.low
    )
    example_ok = tuple(each for each in _silent(known, line) if each.span.high >= origin.span.low)
    return FollowedLine(
        known=known,
        line=line,
        row=row,
        origin=origin,
        assessments=_in_order(known, seen),
        visits=_in_order(known, (*seen, *example_ok)),
        therapies=_therapies(known, line, origin),
        candidates=tuple(_candidates(known, line, row, origin)),
        schedule=schedule(known, line),
    )


def reached(known: AssessedCase, line: Line | None, row: Endpoint, name: str) -> tuple[Anchor, ...]:
    """The moments of one name, each with whether it is reached in every reading."""
    return ANCHORS[name].find(known, line, row.criterion)


def _in_order(known: AssessedCase, anchors: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    return tuple(sorted(anchors, key=lambda each: known.case.place(each.event)))


def _from(known: AssessedCase, line: Line) -> tuple[Line, ...]:
    """A line and those after it."""
    return tuple(each for each in known.case.lines if each.number >= line.number)


def _assessments(known: AssessedCase, line: Line, criterion: str) -> tuple[Anchor, ...]:
    return tuple(
        _at(each.scan, "last evaluable assessment", certain="NE" not in each.labels)
        for each in known.status(known.criterion_in(line, criterion), line.number)
        if each.labels and each.labels != NOT_EVALUABLE
    )


def _silent(known: AssessedCase, line: Line) -> tuple[Anchor, ...]:
    """Scans of a line that no status was given: the visit was made, its findings are unknown."""
    judged = {id(status.scan) for status in known.statuses}
    scans = [scan for scan in known.case.all_of(Scan) if scan.line == line.number]
    return tuple(_at(scan, "a scan", certain=False) for scan in scans if id(scan) not in judged)


def _at(event: Event, description: str, *, certain: bool = True) -> Anchor:
    return Anchor(event=event, span=event.start.span, description=description, certain=certain)


def _therapies(known: AssessedCase, line: Line, origin: Anchor) -> tuple[Anchor, ...]:
    """New anticancer therapy: the next line, and what the settings count as such."""
    found = list(ANCHORS["next line"].find(known, line, ""))
    if known.settings.local_therapy_ends_pfs == "censor":
        found += _local(known, line, origin)
    if known.settings.addon_without_pd == "new_line":
        added = added_without_progression(known, line)
        later = [each for each in added if each.start.span.low > origin.span.high]
        found += [_at(each, f"start of {each.regimen}") for each in later]
    return tuple(found)


def _local(known: AssessedCase, line: Line, origin: Anchor) -> list[Anchor]:
    """Local therapy from the origin to the next line; not sure where it may lie before."""
    until = _next_start(known, line)
    return [
        _at(each, each.label, certain=each.start.span.low >= origin.span.high)
        for each in known.case.all_of(Surgery, Radiotherapy)
        if each.start.span.high > origin.span.low and each.start.span.low <= until
    ]


def _next_start(known: AssessedCase, line: Line) -> Number:
    found = ANCHORS["next line"].find(known, line, "")
    return found[0].span.high if found else float("inf")


def schedule(known: AssessedCase, line: Line) -> VisitSchedule | None:
    """The planned assessments of a line: as the record states, else by the setting."""
    said = (each.assessed_every for each in line.treatments if each.assessed_every)
    days = known.settings.assessment_days
    return next(said, None) or (every(days) if days else None)


def _candidates(
    known: AssessedCase, line: Line, row: Endpoint, origin: Anchor
) -> list[EventCandidate]:
    """Everything that may end an endpoint, by kind; the policy chooses among them."""
    found = [
        EventCandidate(CensoringSituation.PROGRESSION, each)
        for each in _progressions(known, line, row)
    ]
    found += [EventCandidate(CensoringSituation.CLAIM, each) for each in _claims(known, line, row)]
    found += _stop(known, line, row)
    if known.settings.local_therapy_ends_pfs == "event":
        found += [
            EventCandidate(CensoringSituation.LOCAL_THERAPY, each)
            for each in _local(known, line, origin)
        ]
    if "death" in row.events:
        found += [
            EventCandidate(CensoringSituation.DEATH, each)
            for each in ANCHORS["death"].find(known, line, "")
        ]
    return found


def _progressions(known: AssessedCase, line: Line, row: Endpoint) -> list[Anchor]:
    """Progression in the line, and then in each line after it where none came before."""
    found: list[Anchor] = []
    before: tuple[str, ...] = ()
    for each in _from(known, line):
        there = row.under(known.criterion_in(each, row.criterion))
        description = "" if each is line else f", line {each.number}"
        found += [
            attrs.evolve(
                anchor,
                description=f"{anchor.description}{description}",
                needs=(*before, *anchor.needs),
            )
            for anchor in reached(known, each, there, "progression")
        ]
        before += without_progression(known, each, there.criterion)
    return found


def without_progression(known: AssessedCase, line: Line, criterion: str) -> tuple[str, ...]:
    """What the findings of a line must mean for it to show no progression."""
    found = known.progression(criterion, line.number)
    return found.needs(None) if found is not None and not found.always else ()


def _claims(known: AssessedCase, line: Line, row: Endpoint) -> list[Anchor]:
    """Scans called progression whose findings are not, and progression stated without a scan."""
    progression = known.progression(row.criterion, line.number)
    shown = progression.scans if progression else ()
    called = ANCHORS["called progression"].find(known, line, row.criterion)
    stated = ANCHORS["stated progression"].find(known, line, row.criterion)
    return [each for each in (*called, *stated) if not any(each.event is scan for scan in shown)]


def _stop(known: AssessedCase, line: Line, row: Endpoint) -> list[EventCandidate]:
    """The end of a treatment stopped for progression, where no scan surely documents it."""
    progression = known.progression(row.criterion, line.number)
    documented = progression is not None and progression.always
    if line.treatments[-1].stop != "progression" or documented:
        return []
    stops = ANCHORS["treatment stop"].find(known, line, "")
    return [EventCandidate(CensoringSituation.STOPPED_FOR_PROGRESSION, each) for each in stops]
