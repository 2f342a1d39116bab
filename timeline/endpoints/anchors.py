"""The moments that endpoints run from and to, each by name: `ANCHORS`.

An endpoint row names its anchors; the audit tries the others when a printed value does not fit.
"""

from __future__ import annotations

import attrs

from timeline.core.span import Span
from timeline.endpoints.anchor_kind import AnchorKind, Anchors, FindAnchors, anchor_at
from timeline.endpoints.progression_anchors import (
    confirmation_by,
    first_response,
    line_progression,
    progression_by,
    reported_progression,
    stated_progression,
)
from timeline.endpoints.refusals_and_holds import (
    last_dose_before_refusal,
    last_dose_before_what_followed,
    long_holds,
    refusal,
)
from timeline.endpoints.second_progression import SecondLine
from timeline.endpoints.surgery_anchors import (
    before_surgery,
    last_before_surgery,
    last_curative_surgery,
    last_disease_free,
    neoadjuvant_start,
    no_curative_surgery,
    recurrence_anchors,
)
from timeline.record.events import (
    Biopsy,
    Death,
    Diagnosis,
    Event,
    LastContact,
    Radiotherapy,
    Randomisation,
    Registration,
    Scan,
    Surgery,
    Symptom,
    Treatment,
)
from timeline.record.lines import Line
from timeline.results.statuses import AssessedCase, days_apart
from timeline.terminology.criteria import TERMS


def _line_start(_: AssessedCase, line: Line | None, __: str) -> Anchors:
    return (anchor_at(line.start, f"start of line {line.number}"),) if line else ()


def _regimen_starts(assessed: AssessedCase, line: Line | None, _: str) -> Anchors:
    """The starts of the regimens of a line after the first that begin on another day."""
    if line is None:
        return ()
    first, between = (line.start, "start"), assessed.case.days_between
    later = [each for each in line.treatments[1:] if between(first, (each, "start")) != _SAME_DAY]
    return tuple(anchor_at(each, f"start of {each.regimen}") for each in later)


_SAME_DAY = Span.point(0)


def _last_before_line(kind: type[Event]) -> FindAnchors:
    """The last event of a kind before a line that no earlier line began after."""

    def find(assessed: AssessedCase, line: Line | None, _: str) -> Anchors:
        if line is None:
            return ()
        case = assessed.case
        place, begins = case.place, [case.place(each.start) for each in case.lines]
        mine = place(line.start)
        since = max((each for each in begins if each < mine), default=-1)
        found = [each for each in case.all_of(kind) if since < place(each) < mine]
        return tuple(anchor_at(each, kind.kind) for each in found[-1:])

    return find


def _diagnosis(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    first = assessed.case.diagnosis
    return (anchor_at(first, "diagnosis"),) if first else ()


def _first(kind: type[Event], description: str) -> FindAnchors:
    def find(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
        return tuple(anchor_at(each, description) for each in assessed.case.all_of(kind)[:1])

    return find


def _first_symptom(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    """The first symptom, unless the disease was surely known or treated before it."""
    case = assessed.case
    known = [*case.all_of(Diagnosis)[:1], *case.all_of(Surgery, Radiotherapy, Treatment)]
    return tuple(
        anchor_at(each, "first symptom")
        for each in case.all_of(Symptom)[:1]
        if all(case.days_between((one, "start"), (each, "start")).low <= 0 for one in known)
    )


def _each(kind: type[Event], description: str) -> FindAnchors:
    def find(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
        return tuple(
            anchor_at(each, f"{description} {each.label}".strip())
            for each in assessed.case.all_of(kind)
        )

    return find


def _last_assessment(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    if line is None:
        return ()
    statuses = assessed.status(criterion, line.number)
    evaluable = [each for each in statuses if each.evaluable]
    return tuple(anchor_at(each.scan, "last evaluable assessment") for each in evaluable[-1:])


def _treatment_stop(_: AssessedCase, line: Line | None, __: str) -> Anchors:
    last = line.treatments[-1] if line else None
    if last is None or last.at.end is None or last.at.ongoing:
        return ()
    return (anchor_at(last, "stop of treatment", last.at.end),)


def _discontinuation(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """The first stop for good: a long hold; or the end, where no drug was given long enough."""
    gap = assessed.settings.discontinuation_gap_days
    held = long_holds(assessed.case, line, gap) if line else ()
    if any(each.certain for each in held):
        return held
    return (*held, *_lasting_stop(assessed, line, criterion))


def _lasting_stop(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """The stop of a treatment that is for good: another line, death, or long enough without it."""
    stops = _treatment_stop(assessed, line, criterion)
    stops = stops or last_dose_before_refusal(assessed, line, criterion)
    if not stops or _next_line(assessed, line, criterion) or _death(assessed, line, criterion):
        return stops
    contact = _last_contact(assessed, line, criterion)[0]
    gap = days_apart(stops[0], contact, assessed.case)
    least_gap = assessed.settings.discontinuation_gap_days
    if gap.high < least_gap:
        return ()
    return (attrs.evolve(stops[0], certain=gap.low >= least_gap),)


def _next_line(assessed: AssessedCase, line: Line | None, _: str) -> Anchors:
    later = [each for each in assessed.case.lines if line and each.number > line.number]
    return tuple(anchor_at(each.start, f"start of line {each.number}") for each in later[:1])


def _death(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    return tuple(anchor_at(each, "death") for each in assessed.case.all_of(Death)[:1])


def _death_in_line(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """Death is an event of PFS only while no later therapy has begun (FDA 2018)."""
    return () if _next_line(assessed, line, criterion) else _death(assessed, line, criterion)


def _last_contact(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    """The last contact that the record states, else the last moment on record."""
    contacts = assessed.case.all_of(LastContact)
    return (anchor_at(contacts[-1], "last contact"),) if contacts else _last_moment(assessed)


def _last_moment(assessed: AssessedCase) -> Anchors:
    """The last of all moments on record, known by date or by order: starts, and ends that came.

    It is no earlier than any of them.
    """
    moments = assessed.case.moments_on_record
    if not moments:
        return ()
    place = assessed.case.place
    low = max(when.span.low for when, _ in moments)
    high = max(when.span.high for when, _ in moments)
    last = [(when, each) for when, each in moments if when.span.low == low]
    when, event = max(last, key=lambda one: (place(one[1]), one[0].span.high))
    anchor = anchor_at(event, "last event on record", when)
    every = tuple((each, anchor_at(each, "", one).side) for one, each in moments)
    return (attrs.evolve(anchor, span=Span(low, high), latest_of=every),)


_SECOND = SecondLine(
    progression=line_progression,
    start=_line_start,
    assessment=_last_assessment,
    stop=_treatment_stop,
    next_line=_next_line,
    death=_death,
)


ANCHORS = {
    row.name: row
    for row in (
        AnchorKind("line start", 0, _line_start, starts=True),
        AnchorKind("regimen start", 1, _regimen_starts, starts=True),
        AnchorKind("randomisation", 1, _last_before_line(Randomisation), starts=True),
        AnchorKind("registration", 1, _last_before_line(Registration), starts=True),
        AnchorKind("diagnosis", 2, _diagnosis, starts=True),
        AnchorKind("first symptom", 2, _first_symptom, starts=True),
        AnchorKind("biopsy", 2, _first(Biopsy, "first biopsy"), starts=True),
        AnchorKind("surgery", 2, _each(Surgery, ""), starts=True),
        AnchorKind("scan", 3, _each(Scan, ""), starts=True),
        AnchorKind("progression", 0, line_progression, ends=True),
        *(
            AnchorKind(f"{title} progression", 1, progression_by(title), ends=True)
            for title in TERMS
        ),
        *(
            AnchorKind(f"{title} confirmation", 1, confirmation_by(title), ends=True)
            for title, terms in TERMS.items()
            if terms.confirms
        ),
        AnchorKind("treatment stop", 1, _treatment_stop, ends=True),
        AnchorKind("refusal", 1, refusal, ends=True),
        AnchorKind("last dose before refusal", 1, last_dose_before_refusal),
        AnchorKind("last dose before what followed", 1, last_dose_before_what_followed),
        AnchorKind("discontinuation", 1, _discontinuation),
        AnchorKind("last assessment", 2, _last_assessment, ends=True),
        AnchorKind("next line", 2, _next_line, ends=True),
        AnchorKind("radiotherapy", 2, _each(Radiotherapy, ""), ends=True),
        AnchorKind("first response", 3, first_response, starts=True, varies_with_findings=True),
        AnchorKind("next progression", 2, _SECOND.next_progression, ends=True),
        AnchorKind("last assessment of the next line", 2, _SECOND.last_assessment),
        AnchorKind("progression before surgery", 1, before_surgery, ends=True),
        AnchorKind("last assessment before surgery", 2, last_before_surgery),
        AnchorKind("death before a third line", 0, _SECOND.death_before_third),
        AnchorKind("called progression", 1, reported_progression, ends=True),
        AnchorKind("stated progression", 1, stated_progression, ends=True),
        AnchorKind("curative surgery", 2, last_curative_surgery, why_none=no_curative_surgery),
        AnchorKind("neoadjuvant start", 2, neoadjuvant_start, starts=True),
        AnchorKind("recurrence", 2, recurrence_anchors, ends=True),
        AnchorKind("last disease-free assessment", 2, last_disease_free),
        AnchorKind("death", 0, _death, ends=True),
        AnchorKind("death in line", 0, _death_in_line),
        AnchorKind("last contact", 2, _last_contact, ends=True),
    )
}
