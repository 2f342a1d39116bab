"""What the record of one patient allows of each variable of a study.

A category is the set of the categories that the record allows: one where it decides. A number is a
range, both ends included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from timeline.core.calendar.durations import days_per
from timeline.core.quantities import age_in_years
from timeline.core.span import NEVER_ENDS, Span
from timeline.core.text.spelling import folded
from timeline.endpoints.derived_case import DerivedCase
from timeline.exchange.line_cells import toxicity_name
from timeline.record.event_parts.treatment_changes import DoseHeld, DoseReduced, TreatmentChange
from timeline.record.events import Performance, Toxicity
from timeline.study.cohort import NE, NOT_ASSESSED, Cohort
from timeline.study.member import Allowed, Assessment, Member, TablePatient
from timeline.terminology.criteria import CONFIRMED, recist_equivalent
from timeline.terminology.endpoints import printed_name

YES, NO, NOT_STATED = "yes", "no", "not stated"
RESPONDERS = frozenset({"CR", "PR"})
STABLE = frozenset({"SD", "Non-CR/Non-PD", "NON-CR/NON-PD"})
OPEN_GROUP = "left open by the record"
NONE_IN_WINDOW = "no assessment"
_GRADES = frozenset({1, 2, 3, 4, 5})


def plain(label: str) -> str:
    """A response without the mark of its criterion: ``iPR`` is PR, ``iUPD`` and ``iCPD`` PD."""
    return recist_equivalent(label) or label


def _stated(text: str) -> Allowed:
    return frozenset({text.strip() or NOT_STATED})


def sex(_: Cohort, derived: DerivedCase) -> Allowed:
    """The sex as written."""
    return _stated(derived.case.patient.sex)


def diagnosis(_: Cohort, derived: DerivedCase) -> Allowed:
    """The diagnosis of the patient as written; else that of the first diagnosis on record."""
    first = derived.case.diagnosis
    return _stated(derived.case.patient.diagnosis or (first.what if first is not None else ""))


def regimen(cohort: Cohort, derived: DerivedCase) -> Allowed:
    """The regimen of the line that is studied."""
    line = cohort.line_of(derived)
    return frozenset({line.regimen if line is not None else NOT_STATED})


def performance(cohort: Cohort, derived: DerivedCase) -> Allowed:
    """The last ECOG performance status that surely precedes the line, or is of its first day."""
    line = cohort.line_of(derived)
    found = NOT_STATED
    for each in derived.case.all_of(Performance):
        if each.ecog is None:
            continue
        if line is None or each.start.span.high <= line.start.start.span.low:
            found = str(each.ecog)
    return frozenset({found})


def age(_: Cohort, derived: DerivedCase) -> Span | None:
    """The age in years as written: ``60s`` is 60 to 69, a whole number is itself."""
    text = derived.case.patient.age
    if not text:
        return None
    if text.isdigit():
        return Span.point(int(text))
    return age_in_years(text)


def age_group(cohort: Cohort, member: Member) -> Allowed:
    """Whether the age is below or from setting ``age_cut_years``."""
    cut = cohort.settings.age_cut_years
    found = member.numbers.get("age") if isinstance(member, TablePatient) else age(cohort, member)
    if found is None:
        return frozenset({NOT_STATED})
    groups = {f"below {cut} years"} if found.low < cut else set()
    return frozenset(groups | ({f"{cut} years or older"} if found.high >= cut else set()))


def arm(_: Cohort, __: DerivedCase) -> Allowed:
    """The arm of the trial, which case files do not state."""
    return frozenset({NOT_STATED})


def best_response(cohort: Cohort, member: Member) -> Allowed:
    """The best overall response as first documented."""
    return cohort.best(member)


def confirmed_response(cohort: Cohort, member: Member) -> Allowed:
    """The best overall response where CR and PR need a confirming scan."""
    return cohort.best(member, confirmed=True)


def _one_of(labels: Allowed, wanted: frozenset[str]) -> Allowed:
    return frozenset(YES if plain(each) in wanted else NO for each in labels)


def objective_response(cohort: Cohort, member: Member) -> Allowed:
    """Whether the best overall response is CR or PR."""
    return _one_of(best_response(cohort, member), RESPONDERS)


def confirmed_objective_response(cohort: Cohort, member: Member) -> Allowed:
    """Whether the best overall response with confirmation is CR or PR."""
    return _one_of(confirmed_response(cohort, member), RESPONDERS)


def disease_control(cohort: Cohort, member: Member) -> Allowed:
    """Whether the best response is CR, PR, or SD (non-CR/non-PD) for ``disease_control_weeks``."""
    weeks = cohort.settings.disease_control_weeks
    if not weeks:
        return _one_of(best_response(cohort, member), RESPONDERS | STABLE)
    return _lasting(cohort, member, weeks)


def clinical_benefit(cohort: Cohort, member: Member) -> Allowed:
    """Whether the best response is CR or PR, or SD for setting ``clinical_benefit_weeks``."""
    return _lasting(cohort, member, cohort.settings.clinical_benefit_weeks)


def _lasting(cohort: Cohort, member: Member, weeks: int) -> Allowed:
    """Whether a patient responded, or stable disease lasted some weeks from the start."""
    days = _free_days(cohort, member)
    found: set[str] = set()
    for label in map(plain, best_response(cohort, member)):
        if label in RESPONDERS:
            found.add(YES)
        elif label not in STABLE or days is None:
            found.add(NO)
        else:
            found |= {YES} if days.high >= 7 * weeks else set()
            found |= {NO} if days.low < 7 * weeks else set()
    return frozenset(found)


def _free_days(cohort: Cohort, member: Member) -> Span | None:
    """Days from the start without progression or death, up to the event or to censoring."""
    if isinstance(member, TablePatient):
        return member.free_days
    outcome = member.outcome("PFS", cohort.line, cohort.criterion)
    return outcome.days if outcome is not None and outcome.is_evaluable else None


def landmark_response(cohort: Cohort, member: Member) -> Allowed:
    """The response of the assessment nearest to the landmark, within its window.

    A patient with progression before the window has it at the landmark as well, unless the
    criterion waits for its confirmation (iUPD). Where dates leave open which assessment is
    the nearest, or whether one lies in the window, each of their responses is allowed.
    """
    weeks, window = cohort.settings.landmark_weeks, cohort.settings.landmark_window_weeks
    if isinstance(member, TablePatient):
        return _at_landmark(member.assessments, weeks, window)
    line = cohort.line_of(member)
    if line is None or cohort.criterion not in member.criteria.get(cohort.line, ()):
        return frozenset({NOT_ASSESSED})
    start = line.start.start.span
    found = tuple(
        (status.scan.start.span - start, frozenset(status.labels or (NE,)))
        for status in member.status(cohort.criterion, cohort.line)
    )
    return _at_landmark(found, weeks, window)


def _at_landmark(assessments: Sequence[Assessment], weeks: int, around: int) -> Allowed:
    centre = 7 * weeks
    first, last = max(0, 7 * (weeks - around)), 7 * (weeks + around)
    window = Span(first, last)
    inside: list[Assessment] = []
    open_ = False
    for after, labels in assessments:
        if after.high < first and labels <= CONFIRMED:
            return labels
        if after.high < first and labels & CONFIRMED:
            open_ = True
            inside.append((after, labels & CONFIRMED))
        elif after.overlaps(window):
            open_ = open_ or not (after.is_point and after.within(window))
            inside.append((after, labels))
    if not inside:
        return frozenset({NONE_IN_WINDOW})
    if not open_:
        away = [abs(int(each.low) - centre) for each, _ in inside]
        return [labels for far, (_, labels) in zip(away, inside, strict=True)
                if far == min(away)][-1]  # fmt: skip  # of two as near the later
    sure = any(each.within(window) for each, _ in inside)
    return frozenset(() if sure else (NONE_IN_WINDOW,)).union(*(labels for _, labels in inside))


def treatment_time(cohort: Cohort, derived: DerivedCase) -> Span | None:
    """The months from the first to the last day of the line; without end where it goes on."""
    line = cohort.line_of(derived)
    if line is None:
        return None
    start = line.start.start.span
    ends = [each.end for each in line.treatments if not each.planned]
    if any(each.at.ongoing for each in line.treatments) or any(each is None for each in ends):
        return Span(0, NEVER_ENDS)
    last = [each.span for each in ends if each is not None]
    days = Span(max(each.low for each in last), max(each.high for each in last)) - start
    whole = days.not_below(0)
    return None if whole is None else whole.divided_by(Fraction(days_per("months")))


def stop_reason(cohort: Cohort, derived: DerivedCase) -> Allowed:
    """Why the last treatment of the line ended, as written."""
    line = cohort.line_of(derived)
    if line is None:
        return frozenset({NOT_STATED})
    last = line.treatments[-1]
    return frozenset({"ongoing"}) if last.at.ongoing else _stated(last.stop)


def _changed(cohort: Cohort, derived: DerivedCase, kind: type[TreatmentChange]) -> Allowed:
    own = any(each.is_of(cohort.line, "") for each in derived.case.all_of(kind))
    return frozenset({YES if own else NO})


def dose_reduced(cohort: Cohort, derived: DerivedCase) -> Allowed:
    """Whether a reduction of a dose of the line is on record."""
    return _changed(cohort, derived, DoseReduced)


def dose_held(cohort: Cohort, derived: DerivedCase) -> Allowed:
    """Whether an interruption of the line is on record."""
    return _changed(cohort, derived, DoseHeld)


def adverse_events(cohort: Cohort, derived: DerivedCase) -> Iterator[tuple[str, Allowed]]:
    """The worst grades that the record allows, ``0`` for none, of each term and of any term.

    An event counts that is of the line by its own words, or else that dates place on or after its
    first day and before the next line. Of an event without a grade each grade is allowed.
    """
    worst: dict[str, frozenset[int]] = {}
    called: dict[str, str] = {}
    every = frozenset({0})
    for event in derived.case.all_of(Toxicity):
        during = _during(cohort, derived, event)
        if during == frozenset({False}):
            continue
        values = frozenset(event.grade.values) if event.grade is not None else _GRADES
        options = values | ({0} if False in during else set())
        name = toxicity_name(event)
        key = folded(name)
        called.setdefault(key, name)
        worst[key] = _maxima(worst.get(key, frozenset({0})), options)
        every = _maxima(every, options)
    yield "", frozenset(map(str, every))
    for key, found in worst.items():
        yield called[key], frozenset(map(str, found))


def _maxima(one: frozenset[int], other: frozenset[int]) -> frozenset[int]:
    return frozenset(max(a, b) for a in one for b in other)


def _during(cohort: Cohort, derived: DerivedCase, event: Toxicity) -> frozenset[bool]:
    """Whether an adverse event is of the line that is studied: True, False, or both."""
    line = cohort.line_of(derived)
    if line is None:
        return frozenset({False})
    if event.line is not None:
        return frozenset({event.line == cohort.line})
    at, first = event.start.span, line.start.start.span
    later = [each.start.start.span for each in derived.case.lines if each.number > cohort.line]
    found = set()
    if at.high >= first.low and not any(at.low >= each.high for each in later):
        found.add(True)
    if at.low < first.high or any(at.high >= each.low for each in later):
        found.add(False)
    return frozenset(found)


def endpoint_name(name: str, criterion: str) -> str:
    """An endpoint under a criterion: PFS by iRECIST is ``iPFS``; OS rests on none."""
    return name if name == "OS" else printed_name(name, criterion)
