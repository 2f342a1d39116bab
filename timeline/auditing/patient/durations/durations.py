"""Printed durations against those that the dates allow, and what else would reproduce them."""

from __future__ import annotations

from fractions import Fraction

import attrs

from timeline.assessment.scan_remarks.criteria import size_of_another_measure
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.durations.compared_alternatives import (
    compare_alternatives,
    joint_conclusion,
    with_alternative,
)
from timeline.auditing.patient.durations.conventions import in_days
from timeline.auditing.patient.durations.definition_search import (
    INTERVAL,
    DefinitionSearch,
    reproducing_dates,
    search_definitions,
)
from timeline.auditing.patient.durations.duration_text import (
    SHOWN,
    description,
    expected_text,
    explanation_notes,
    other_origins_text,
    recorded_text,
    values_text,
)
from timeline.auditing.patient.durations.missing_endpoints import (
    no_such_line,
    not_derived,
    without_line,
)
from timeline.auditing.rule import Rule, Severity, check_each
from timeline.auditing.verdict import Explanation, Verdict, not_checkable
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.durations import days_per
from timeline.core.printed_numbers import CENSORED, Printed
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.lines import Line
from timeline.report.claims import DURATIONS, Claim
from timeline.results.alternatives import Alternative, Side
from timeline.results.statuses import Anchor, Outcome, days_and_months, elapsed
from timeline.terminology.criteria import PRIMARY
from timeline.terminology.endpoints import rows_of

SAME_DAY = Span.point(0)
STILL_RUNNING_NOTE = "by the text it had not ended: taken as a lower bound"


def check_interval(claim: Claim, derived: DerivedCase) -> Verdict:
    """The verdict on a printed time between two events of the case."""
    try:
        origin, end = (_anchor(each, derived) for each in (claim.from_, claim.to))
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    days = elapsed(origin, end, derived.case)
    if days is None:
        return not_checkable(claim, f"{claim.to} is on record before {claim.from_}")
    outcome = Outcome(endpoint=INTERVAL, line=None, origin=origin, end=end, days=days, event=True)
    notes = ("a median of one patient is that patient's value",) if claim.statistic else ()
    return _confirmed(_compared(claim, derived, None, outcome, notes), derived)


def _confirmed(verdict: Verdict, derived: DerivedCase) -> Verdict:
    """A verdict of agreement, which is no more than consistency where one date is the figure."""
    every = verdict.outcome.alternatives if verdict.outcome is not None else ()
    counted = bool(every) and all(_is_counted(each.origin, each.end, derived) for each in every)
    if verdict.conclusion is not Conclusion.AGREES or not counted:
        return verdict
    note = "the record has no date of its own for it, and counts it from the other event"
    return attrs.evolve(verdict, conclusion=Conclusion.CONSISTENT, notes=(note, *verdict.notes))


def _is_counted(origin: Anchor, end: Anchor, derived: DerivedCase) -> bool:
    """Whether one of two moments has no date but that counted from the other.

    A printed time between them then agrees by construction, and confirms nothing.
    """
    if origin.event is end.event and origin.offset != end.offset:  # a cycle, by its length
        return True
    for one, other in ((origin, end), (end, origin)):
        when = one.event.end if one.side == "end" else one.event.start
        if when is None or when.relative is None or _has_own_date(when, when.relative.text):
            continue
        name = when.relative.reference
        try:
            counted_from, named = derived.case.find(name)
        except ValueError:  # a cycle, or a time that is itself counted
            continue
        moment = other.event.end if other.side == "end" else other.event.start
        if counted_from is other.event and named == moment:
            return True
        if moment is not None and derived.case.days_between_dates(named, moment) == SAME_DAY:
            return True  # as a scan at the last contact that a start is counted from
    return False


def _anchor(reference: str, derived: DerivedCase) -> Anchor:
    """The moment that a claim names: of an event, a cycle or a time counted from one.

    ValueError if it is unknown.
    """
    (event, named_side), offset = derived.case.moment(reference)
    side: Side = "end" if named_side == "end" else "start"
    span = derived.case.days_of((event, side)) + offset
    return Anchor(event=event, span=span, description=reference, side=side, offset=offset)


def _has_own_date(when: PartialDate, counted: str) -> bool:
    """Whether a moment has a date besides the time it is counted by, and its order."""
    parts = (part.strip() for part in when.text.split(","))
    return any(part != counted and not part.startswith(("after ", "before ")) for part in parts)


def check_endpoint(claim: Claim, derived: DerivedCase) -> Verdict:
    """The verdict on a printed endpoint, against the one derived by the criterion it names."""
    numbers = [line.number for line in derived.case.lines]
    rows = rows_of(claim.endpoint)
    of_patient = any(not row.per_line for row in rows)
    number = claim.line
    if number is None and not of_patient and len(numbers) == 1:
        number = numbers[0]
    line = derived.case.line(number)
    if line is None and not (of_patient and number is None):
        return not_checkable(claim, no_such_line(number, numbers, without_line(derived)))
    criterion = claim.judged_by or (line.criterion if line else "") or PRIMARY.title
    outcome = derived.outcome(claim.endpoint, number, criterion)
    if outcome is None:
        return not_checkable(claim, not_derived(claim, criterion, number, rows))
    others = [
        (each, each.origin)
        for each in derived.other_origins(outcome)
        if each.days is not None and each.origin is not None
    ]
    notes = tuple(
        f"{other.name} from {origin.dated} would be "
        f"{' or '.join(days_and_months(each.days) for each in other.together)}"
        for other, origin in others
    )
    verdict = _compared(claim, derived, line, outcome, notes)
    if verdict.conclusion is Conclusion.CONTRADICTED and not claim.from_:
        verdict = _with_origins(verdict, derived, outcome)
    no_origin = line is None and verdict.conclusion is Conclusion.CONTRADICTED and not claim.from_
    return _from_first_line(verdict, derived) if no_origin else _confirmed(verdict, derived)


def _with_origins(verdict: Verdict, derived: DerivedCase, outcome: Outcome) -> Verdict:
    """A finding on a time of which the report names no origin, with the time from each origin.

    Of the patient also that from the start of the first line, as in ``_from_first_line``.
    """
    others = list(derived.other_origins(outcome))
    if outcome.line is None:
        of_lines = [derived.outcome(outcome.endpoint, x.number, "") for x in derived.case.lines[:1]]
        others += [each for each in of_lines if each is not None]
    dated = [each for each in others if each.days is not None and each.origin is not None]
    return attrs.evolve(
        verdict,
        recorded=verdict.recorded + other_origins_text(verdict.claim, dated),
        expected=expected_text(verdict.claim, outcome, dated),
    )


def _from_first_line(verdict: Verdict, derived: DerivedCase) -> Verdict:
    """A time of the patient that names no origin, where the start of treatment reproduces it.

    Trials count survival from randomisation or the start of treatment (FDA 2018), reports of
    patients from diagnosis: neither is wrong where none is named.
    """
    claim = verdict.claim
    for line in derived.case.lines[:1]:
        first = derived.outcome(claim.endpoint, line.number, "")
        for outcome in (first, *derived.other_origins(first)) if first is not None else ():
            found = _compared(claim, derived, line, outcome, ())
            origin = outcome.origin
            if origin is not None and found.conclusion in (Conclusion.AGREES, Conclusion.POSSIBLE):
                note = (
                    f"no origin is named: not possible from the diagnosis, but from "
                    f"{origin.dated} it is"
                )
                return attrs.evolve(
                    found, conclusion=Conclusion.POSSIBLE, notes=(note, *found.notes)
                )
    return verdict


def _compared(
    claim: Claim, derived: DerivedCase, line: Line | None, outcome: Outcome, notes: tuple[str, ...]
) -> Verdict:
    """The verdict on a printed duration against an outcome, with what else would reproduce it."""
    if outcome.elapsed is None:
        return not_checkable(claim, f"{outcome.name} cannot be derived: {outcome.reason}")
    if not isinstance(claim.value, Printed):
        return not_checkable(claim, f"not read as a number: {claim.text!r}")
    try:
        per_unit = days_per(claim.unit)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    printed_days = in_days(claim.value.span, per_unit)
    found = compare_alternatives(outcome, printed_days)
    conclusion = joint_conclusion(found, may_be_none=outcome.may_be_none)
    if conclusion is Conclusion.NOT_CHECKABLE:
        why = f"the printed time lies beyond the follow-up on record, {values_text(outcome)}"
        return attrs.evolve(not_checkable(claim, why), outcome=outcome)
    if conclusion is Conclusion.AGREES and _is_lower(outcome, claim.value, per_unit):
        conclusion = Conclusion.CONSISTENT
    share = found[0].share if len(found) == 1 else None
    verdict = Verdict(
        claim,
        conclusion,
        description(claim, outcome, conclusion, share),
        outcome=outcome,
        share=share,
        notes=(*notes, STILL_RUNNING_NOTE) if claim.runs else notes,
        recorded=recorded_text(claim, outcome),
    )
    if conclusion is not Conclusion.CONTRADICTED:
        return verdict
    if line is not None and outcome.criterion:
        reason = size_of_another_measure(derived.case, line.number, outcome.criterion)
        if reason:
            return attrs.evolve(not_checkable(claim, reason), outcome=outcome)
    search = _search(derived, line, outcome, claim.value, claim.unit)
    return _explained(verdict, derived, outcome, printed_days, search)


def _explained(
    verdict: Verdict,
    derived: DerivedCase,
    outcome: Outcome,
    printed_days: Span,
    search: DefinitionSearch,
) -> Verdict:
    """A contradicted print with what would reproduce it; possible if only the counting differs."""
    counted = tuple(each for each in search.found if each.tier == 0 and not each.far)
    if counted:
        search = attrs.evolve(search, found=counted)
        text = description(verdict.claim, outcome, Conclusion.POSSIBLE, None)
        verdict = attrs.evolve(
            verdict, conclusion=Conclusion.POSSIBLE, description=text, share=None
        )
    notes = (*verdict.notes, *explanation_notes(search, possible=bool(counted)))
    return attrs.evolve(
        verdict,
        explanations=search.found,
        tried=search.tried,
        by_chance=search.by_chance,
        expected="" if counted else expected_text(verdict.claim, outcome),
        notes=notes if counted else (*notes, *_reproducing_dates(derived, outcome, printed_days)),
    )


def _is_lower(outcome: Outcome, claimed: Printed, per_unit: Fraction) -> bool:
    """Whether a censored print, such as 12+, is a shorter time than the record reproduces."""
    if claimed.hedge is not CENSORED:
        return False
    printed = in_days(Span(claimed.span.low, claimed.span.low + claimed.unit), per_unit)
    return all(not printed.overlaps(each.days) for each in outcome.alternatives)


def _search(
    derived: DerivedCase, line: Line | None, outcome: Outcome, claimed: Printed, unit: str
) -> DefinitionSearch:
    """The definitions that reproduce a print from each alternative; each explanation once."""
    searches = [
        search_definitions(derived, line, with_alternative(outcome, each), claimed, unit)
        for each in _distinct_alternatives(outcome)
    ]
    found: dict[str, Explanation] = {}
    every = [each for search in searches for each in search.found]
    for each in sorted(every, key=lambda each: each.cost):
        found.setdefault(each.description, each)
    return DefinitionSearch(
        found=tuple(found.values()),
        tried=sum(each.tried for each in searches),
        pairs=sum(each.pairs for each in searches),
        hits=sum(each.hits for each in searches),
        by_chance=sum(each.by_chance for each in searches),
    )


def _distinct_alternatives(outcome: Outcome) -> tuple[Alternative, ...]:
    """The alternatives, one for each start and end."""
    found = {(id(each.origin.event), id(each.end.event), each.end.span): each
             for each in reversed(outcome.alternatives)}  # fmt: skip
    return tuple(reversed(found.values()))


def _reproducing_dates(
    derived: DerivedCase, outcome: Outcome, printed_days: Span
) -> tuple[str, ...]:
    """The dates that would make a claim true, from each alternative, in one sentence."""
    dates = [
        reproducing_dates(derived, with_alternative(outcome, each), printed_days)
        for each in _distinct_alternatives(outcome)[:SHOWN]
    ]
    sides = zip(*(each for each in dates if each), strict=True)  # the ends, then the starts
    found = dict.fromkeys(text for texts in sides for text in texts)
    return (f"it would need {', or '.join(found)}",) if found else ()


RULES = (
    Rule(
        id="C01",
        reproduces=True,
        checks="a printed endpoint against the one that the rules derive from the dates",
        formula="end less start over every allowed pair of days, in the printed unit, overlaps the "
        "range that the printed figure allows",
        severity=Severity.ERROR,
        vague=True,
        source="whether a printed time is possible: as the GRIM test, Brown and Heathers 2017; "
        "definitions: FDA 2018, Eisenhauer 2009, Seymour 2017",
        example_fail="PFS 8.4 months per iRECIST, first iUPD 3.98 to 5.95 months after the start",
        example_ok="PFS 4 months, dates 3.06 to 4.99 months",
        check=check_each((kind for kind in DURATIONS if kind != INTERVAL), check_endpoint),
    ),
    Rule(
        id="C27",
        reproduces=True,
        checks="a printed time between two events",
        formula="as C01, between the two events that the claim names",
        severity=Severity.ERROR,
        vague=True,
        source="as C01",
        example_fail="metastases within 8 months of an event that lies 10.05 to 11.99 months "
        "before",
        example_ok="treated again after 14 months, dates 13.01 to 14.98 months",
        check=check_each((INTERVAL,), check_interval),
    ),
)
