"""The moments that endpoints run from and to, each by name.

An endpoint row names its anchors; the audit tries the others when a printed figure fails.
``tier`` is how far an anchor lies from common usage: 1 a standard alternative, 2 a moment of
the right kind that no definition uses, 3 a moment of another kind.
"""

from __future__ import annotations

import attrs

from timeline.core.dates import PartialDate
from timeline.core.partial_dates import Period
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.curative_treatment import (
    disease_at_a_baseline,
    is_disease_free,
    neoadjuvant,
    progression_before_surgery,
    recurrence,
    scans_after_surgery,
    scans_before_surgery,
)
from timeline.endpoints.second_progression import Anchors, Find, SecondLine
from timeline.record.events import (
    Biopsy,
    Death,
    Event,
    LastContact,
    Radiotherapy,
    Randomisation,
    Scan,
    StatedProgression,
    Surgery,
    Symptom,
)
from timeline.record.lines import Line
from timeline.results.alternatives import Side
from timeline.results.statuses import Anchor, AssessedCase, Progression
from timeline.terminology.criteria import CONFIRMED, PRIMARY, TERMS, CriterionTerms

CALLED_PROGRESSION = CONFIRMED
UNGRADED = frozenset({"recurrence", "dissociated response", "mixed response"})


@attrs.frozen
class AnchorKind:
    """A named moment: where it may stand in an endpoint, how usual that is, how it is found."""

    name: str
    tier: int
    find: Find
    starts: bool = False
    ends: bool = False
    by_reading: bool = False  # of several the first is one in some readings, another in others


def _at(event: Event, description: str, when: PartialDate | None = None) -> Anchor:
    """A moment of an event: its start, or the end that ``when`` is."""
    side: Side = "start" if when is None or when is event.start else "end"
    return Anchor(event=event, span=(when or event.start).span, description=description, side=side)


def _line_start(_: AssessedCase, line: Line | None, __: str) -> Anchors:
    return (_at(line.start, f"start of line {line.number}"),) if line else ()


def _regimen_starts(_: AssessedCase, line: Line | None, __: str) -> Anchors:
    later = line.treatments[1:] if line else ()
    return tuple(_at(each, f"start of {each.regimen}") for each in later)


def _randomisation(known: AssessedCase, line: Line | None, _: str) -> Anchors:
    """The last randomisation before a line that no earlier line began after."""
    if line is None:
        return ()
    case = known.case
    place, begins = case.place, [case.place(each.start) for each in case.lines]
    mine = place(line.start)
    since = max((each for each in begins if each < mine), default=-1)
    found = [each for each in case.all_of(Randomisation) if since < place(each) < mine]
    return tuple(_at(each, "randomisation") for each in found[-1:])


def _diagnosis(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    first = known.case.diagnosis
    return (_at(first, "diagnosis"),) if first else ()


def _first(kind: type[Event], description: str) -> Find:
    def find(known: AssessedCase, _: Line | None, __: str) -> Anchors:
        return tuple(_at(each, description) for each in known.case.all_of(kind)[:1])

    return find


def _each(kind: type[Event], description: str) -> Find:
    def find(known: AssessedCase, _: Line | None, __: str) -> Anchors:
        return tuple(
            _at(each, f"{description} {each.label}".strip()) for each in known.case.all_of(kind)
        )

    return find


def _progression(known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    found = known.progression(criterion, line.number) if line else None
    if found is None:
        return ()
    return tuple(
        attrs.evolve(
            _at(scan, _shown_by(found, scan, TERMS[criterion])),
            # of several scans that may be the first, only the last is one in every reading
            certain=found.always and scan is found.scans[-1],
            needs=found.needs(scan),
        )
        for scan in found.scans
    )


def _shown_by(found: Progression, scan: Scan, terms: CriterionTerms) -> str:
    """What a scan that dates progression is called: confirmed, not, or by the reading."""
    if not terms.confirms:
        return terms.progression
    confirmed = found.confirmed_at(scan) or (found.confirmed,)
    words = {True: terms.progression, False: terms.unconfirmed}
    return " or ".join(word for answer, word in words.items() if answer in confirmed)


def _progression_by(title: str) -> Find:
    """Progression by one criterion, for an endpoint of another."""

    def find(known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
        return () if criterion == title else _progression(known, line, title)

    return find


def _confirmation_by(title: str) -> Find:
    def find(known: AssessedCase, line: Line | None, _: str) -> Anchors:
        found = known.progression(title, line.number) if line else None
        scans = found.confirming if found else ()
        return tuple(_at(scan, TERMS[title].confirmation) for scan in scans)

    return find


def _first_response(known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """Each scan that may show the first CR or PR (confirmed, if it must be), in order of time."""
    criterion = criterion or PRIMARY.title
    found = known.progression(criterion, line.number) if line else None
    if found is None or line is None:
        return ()
    labels = {id(each.scan): each.label for each in known.status(criterion, line.number)}
    required = known.settings.response_confirmation == "required"
    first = "first confirmed response" if required else "first response"
    return tuple(
        attrs.evolve(
            _at(scan, f"{first} ({labels.get(id(scan), '')})"),
            certain=found.always_responds and scan is found.responses[-1],
            needs=found.needs_response(scan),
        )
        for scan in found.responses
    )


def _called_progression(known: AssessedCase, line: Line | None, _: str) -> Anchors:
    """The scans of the line that the authors called progression, up to the first so called by all.

    Where the report calls one scan two things, whether it was progression is open.
    """
    found: list[Anchor] = []
    for scan in known.case.all_of(Scan):
        calls = {call for _, call in scan.called if line and scan.line == line.number}
        if calls & CALLED_PROGRESSION:
            certain = calls <= CALLED_PROGRESSION | UNGRADED
            description = "progression as the authors called it"
            found.append(
                Anchor(event=scan, span=scan.start.span, description=description, certain=certain)
            )
            if certain:
                break
    return tuple(found)


def _stated_progression(known: AssessedCase, line: Line | None, _: str) -> Anchors:
    """Progression of a line that is stated without a scan: until the next line begins."""
    if line is None:
        return ()
    place = known.case.place
    begins = place(line.start)
    later = [place(each.start) for each in known.case.lines if each.number > line.number]
    until = min(later, default=len(known.case.events))
    return tuple(
        _at(each, f"{each.what or 'clinical'} progression, stated without a scan")
        for each in known.case.all_of(StatedProgression)
        if begins < place(each) < until
    )


def _last_curative_surgery(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    """The last operation before the first recurrence, or before the first systemic line."""
    ends = [*_recurrence(known, None, ""), *(_at(line.start, "") for line in known.case.lines[:1])]
    limit = min((anchor.span.low for anchor in ends), default=NEVER_ENDS)
    done = [each for each in known.case.all_of(Surgery) if each.start.span.high <= limit]
    return tuple(_at(each, each.label) for each in done[-1:])


def first_recurrence(known: AssessedCase) -> Scan | None:
    """The first scan after an operation that shows a recurrence in some reading."""
    found = _recurrence(known, None, "")
    return found[0].event if found and isinstance(found[0].event, Scan) else None


def _recurrence(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    """Each scan that may show the first recurrence, and a baseline of which that is not known."""
    shown = _dated(recurrence(known), "first recurrence")
    scan = disease_at_a_baseline(known.case)
    if scan is None or any(each.certain for each in shown):
        return shown
    description = f"the disease at {scan.label}, a baseline, came back after the operation"
    return (
        *shown,
        attrs.evolve(_at(scan, "disease at a baseline"), certain=False, needs=(description,)),
    )


def _dated(found: Progression | None, description: str) -> Anchors:
    """The scans that may date a progression which no line holds."""
    scans = found.scans if found else ()
    return tuple(
        attrs.evolve(
            _at(scan, description),
            certain=found is not None and found.always and scan is scans[-1],
            needs=found.needs(scan) if found else (),
        )
        for scan in scans
    )


def _neoadjuvant(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    start = neoadjuvant(known.case)
    return (_at(start, "start of neoadjuvant treatment"),) if start else ()


def _before_surgery(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    return _dated(progression_before_surgery(known), "progression before surgery (efs_progression)")


def _last_before_surgery(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    seen = scans_before_surgery(known.case)
    return tuple(_at(scan, "last assessment before surgery") for scan in seen[-1:])


def _last_disease_free(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    """The last scan of the follow-up after surgery that showed no disease."""
    scans = [scan for scan in scans_after_surgery(known.case) if is_disease_free(scan)]
    return tuple(_at(scan, "last disease-free assessment") for scan in scans[-1:])


def _last_assessment(known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    if line is None:
        return ()
    statuses = known.status(criterion, line.number)
    evaluable = [each for each in statuses if each.labels and each.labels != ("NE",)]
    return tuple(_at(each.scan, "last evaluable assessment") for each in evaluable[-1:])


def _treatment_stop(_: AssessedCase, line: Line | None, __: str) -> Anchors:
    last = line.treatments[-1] if line else None
    if last is None or last.at.end is None or last.at.ongoing:
        return ()
    return (_at(last, "stop of treatment", last.at.end),)


def _discontinuation(known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """The stop of a treatment that is for good: another line, death, or long enough without it."""
    stops = _treatment_stop(known, line, criterion)
    if not stops or _next_line(known, line, criterion) or _death(known, line, criterion):
        return stops
    seen = _last_contact(known, line, criterion)[0]
    gap, wanted = seen.span - stops[0].span, known.settings.discontinuation_gap_days
    if gap.high < wanted:
        return ()
    return (attrs.evolve(stops[0], certain=gap.low >= wanted),)


def _next_line(known: AssessedCase, line: Line | None, _: str) -> Anchors:
    later = [each for each in known.case.lines if line and each.number > line.number]
    return tuple(_at(each.start, f"start of line {each.number}") for each in later[:1])


def _death(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    return tuple(_at(each, "death") for each in known.case.all_of(Death)[:1])


def _death_in_line(known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """Death is an event of PFS only while no later therapy has begun (FDA 2018)."""
    return () if _next_line(known, line, criterion) else _death(known, line, criterion)


def _last_contact(known: AssessedCase, _: Line | None, __: str) -> Anchors:
    """The last contact that the record states, else the last moment on record."""
    said = known.case.all_of(LastContact)
    return (_at(said[-1], "last contact"),) if said else _last_moment(known)


def _last_moment(known: AssessedCase) -> Anchors:
    """The last of all moments on record, known by date or by order: starts, and ends that came.

    It is no earlier than the earliest day of any of them.
    """
    done = [each for each in known.case.done if not isinstance(each, Death)]
    ended = [each for each in done if isinstance(each.at, Period) and not each.at.ongoing]
    ends = [(each.end, each) for each in ended if each.end is not None]
    seen = [*((each.start, each) for each in done), *ends]
    if not seen:
        return ()
    place = known.case.place
    low = max(when.span.low for when, _ in seen)
    high = max(when.span.high for when, _ in seen)
    last = [(when, each) for when, each in seen if when.span.low == low]
    when, event = max(last, key=lambda one: (place(one[1]), one[0].span.high))
    return (attrs.evolve(_at(event, "last event on record", when), span=Span(low, high)),)


_SECOND = SecondLine(
    progression=_progression,
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
        AnchorKind("randomisation", 1, _randomisation, starts=True),
        AnchorKind("diagnosis", 2, _diagnosis, starts=True),
        AnchorKind("first symptom", 2, _first(Symptom, "first symptom"), starts=True),
        AnchorKind("biopsy", 2, _first(Biopsy, "first biopsy"), starts=True),
        AnchorKind("surgery", 2, _each(Surgery, ""), starts=True),
        AnchorKind("scan", 3, _each(Scan, ""), starts=True),
        AnchorKind("progression", 0, _progression, ends=True),
        *(
            AnchorKind(f"{title} progression", 1, _progression_by(title), ends=True)
            for title in TERMS
        ),
        *(
            AnchorKind(f"{title} confirmation", 1, _confirmation_by(title), ends=True)
            for title, terms in TERMS.items()
            if terms.confirms
        ),
        AnchorKind("treatment stop", 1, _treatment_stop, ends=True),
        AnchorKind("discontinuation", 1, _discontinuation),
        AnchorKind("last assessment", 2, _last_assessment, ends=True),
        AnchorKind("next line", 2, _next_line, ends=True),
        AnchorKind("radiotherapy", 2, _each(Radiotherapy, ""), ends=True),
        AnchorKind("first response", 3, _first_response, starts=True, by_reading=True),
        AnchorKind("next progression", 2, _SECOND.next_progression, ends=True),
        AnchorKind("last assessment of the next line", 2, _SECOND.last_assessment),
        AnchorKind("progression before surgery", 1, _before_surgery, ends=True),
        AnchorKind("last assessment before surgery", 2, _last_before_surgery),
        AnchorKind("death before a third line", 0, _SECOND.death_before_third),
        AnchorKind("called progression", 1, _called_progression, ends=True),
        AnchorKind("stated progression", 1, _stated_progression, ends=True),
        AnchorKind("curative surgery", 2, _last_curative_surgery),
        AnchorKind("neoadjuvant start", 2, _neoadjuvant, starts=True),
        AnchorKind("recurrence", 2, _recurrence, ends=True),
        AnchorKind("last disease-free assessment", 2, _last_disease_free),
        AnchorKind("death", 0, _death, ends=True),
        AnchorKind("death in line", 0, _death_in_line),
        AnchorKind("last contact", 2, _last_contact, ends=True),
    )
}
