"""Printed durations against those that the dates allow, and what else would reproduce them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from timeline.auditing.compare import Conclusion, share_text
from timeline.auditing.patient.durations.compared_alternatives import (
    compare_alternatives,
    joint_conclusion,
    with_alternative,
)
from timeline.auditing.patient.durations.conventions import in_days
from timeline.auditing.patient.durations.definition_search import (
    DefinitionSearch,
    search_definitions,
    windows,
)
from timeline.auditing.rule import Rule, Severity, check_each
from timeline.auditing.verdict import Explanation, Verdict, not_checkable
from timeline.core.dates import PartialDate, format_days
from timeline.core.durations import days_per, rounded
from timeline.core.printed_numbers import CENSORED, Printed
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event
from timeline.record.lines import Line
from timeline.report.claims import DURATIONS, Claim
from timeline.results.alternatives import Alternative, Side
from timeline.results.statuses import Anchor, Outcome, days_and_months, elapsed
from timeline.terminology.criteria import PRIMARY, TERMS
from timeline.terminology.endpoints import Endpoint, rows_of

STILL_RUNNING_NOTE = "the text says that it had not ended: taken as a lower bound"
SHOWN = 3  # explanations that a sentence names; the rest stand in the JSON


def check_interval(claim: Claim, derived: DerivedCase) -> Verdict:
    """A printed time between two events of the case."""
    try:
        (start, start_at), (end, end_at) = (derived.case.find(r) for r in (claim.from_, claim.to))
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    origin = _named(start, start_at, claim.from_)
    last = _named(end, end_at, claim.to)
    days = elapsed(origin, last)
    outcome = Outcome(
        endpoint="interval", line=None, origin=origin, end=last, days=days, event=True
    )
    if days is None:
        return not_checkable(claim, f"{claim.to} is on record before {claim.from_}")
    notes = ("a median of one patient is that patient's value",) if claim.statistic else ()
    return _compared(claim, derived, None, outcome, notes)


def _named(event: Event, at: PartialDate, description: str) -> Anchor:
    """The moment of an event that a claim names: its start, or its end."""
    side: Side = "end" if at is event.end and at is not event.start else "start"
    return Anchor(event=event, span=at.span, description=description, side=side)


def check_endpoint(claim: Claim, derived: DerivedCase) -> Verdict:
    """A printed endpoint against the one that the rules derive, by the criterion it names."""
    lines = {line.number: line for line in derived.case.lines}
    rows = rows_of(claim.endpoint)
    of_patient = any(not row.per_line for row in rows)
    number = claim.line
    if number is None and not of_patient and len(lines) == 1:
        number = next(iter(lines))
    line = lines.get(number) if number else None
    if line is None and not (of_patient and number is None):
        said = f"line {number} is not in the case" if number else "the claim names no line"
        return not_checkable(
            claim, f"{said} (lines on record: {', '.join(map(str, lines)) or 'none'})"
        )
    criterion = claim.judged_by or (line.criterion if line else "") or PRIMARY.title
    outcome = derived.outcome(claim.endpoint, number, criterion)
    if outcome is None:
        return not_checkable(claim, _not_derived(claim, criterion, number, rows))
    notes = tuple(
        f"{other.name} from {other.origin.description} ({format_days(other.origin.span)}) would be "
        f"{' or '.join(days_and_months(each.days) for each in other.together)}"
        for other in derived.beside(outcome)
        if other.days is not None and other.origin is not None
    )
    verdict = _compared(claim, derived, line, outcome, notes)
    unnamed = line is None and verdict.conclusion is Conclusion.CONTRADICTED and not claim.from_
    return _from_first_line(verdict, derived) if unnamed else verdict


def _from_first_line(verdict: Verdict, derived: DerivedCase) -> Verdict:
    """A time of the patient that names no origin, where the start of treatment reproduces it.

    Trials count survival from randomisation or the start of treatment (FDA 2018), reports of
    patients from diagnosis: neither is wrong where none is named.
    """
    claim = verdict.claim
    for line in derived.case.lines[:1]:
        first = derived.outcome(claim.endpoint, line.number, "")
        for outcome in (first, *derived.beside(first)) if first is not None else ():
            found = _compared(claim, derived, line, outcome, ())
            if (
                found.conclusion in (Conclusion.AGREES, Conclusion.POSSIBLE)
                and outcome.origin is not None
            ):
                note = (
                    f"no origin is named: not possible from the diagnosis, but from "
                    f"{outcome.origin.description} ({format_days(outcome.origin.span)}) it is"
                )
                return attrs.evolve(
                    found, conclusion=Conclusion.POSSIBLE, notes=(note, *found.notes)
                )
    return verdict


def _not_derived(
    claim: Claim, criterion: str, number: int | None, rows: tuple[Endpoint, ...]
) -> str:
    """Why the case has no such endpoint, and what would derive it."""
    if number and all(not row.per_line for row in rows):
        return f"{claim.endpoint} is an endpoint of the patient, not of a line (leave line out)"
    if criterion not in TERMS:
        return f"this version does not know the criterion {criterion}"
    return (
        f"line {number} is not judged by {criterion} "
        f"(write criterion: {criterion} on the line, or --criterion {criterion})"
    )


def _compared(
    claim: Claim, derived: DerivedCase, line: Line | None, outcome: Outcome, notes: tuple[str, ...]
) -> Verdict:
    if outcome.elapsed is None:
        return not_checkable(claim, f"{outcome.name} cannot be derived: {outcome.reason}")
    if not isinstance(claim.value, Printed):
        return not_checkable(claim, f"not read as a number: {claim.text!r}")
    try:
        per_unit = days_per(claim.unit)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    wanted = in_days(claim.value.span, per_unit)
    found = compare_alternatives(outcome, wanted)
    conclusion = joint_conclusion(found, may_be_none=outcome.may_be_none)
    if conclusion is Conclusion.NOT_CHECKABLE:
        why = f"the print lies beyond the follow-up on record, {_values_text(outcome)}"
        return attrs.evolve(not_checkable(claim, why), outcome=outcome)
    if conclusion is Conclusion.AGREES and _is_lower(outcome, claim.value, per_unit):
        conclusion = Conclusion.CONSISTENT
    notes += (STILL_RUNNING_NOTE,) if claim.runs else ()
    part = found[0].share if len(found) == 1 else None
    search = DefinitionSearch()
    if conclusion is Conclusion.CONTRADICTED:
        search = _search(derived, line, outcome, claim.value, claim.unit)
        counted = tuple(each for each in search.found if each.tier == 0 and not each.far)
        if counted:
            conclusion, search, part = (
                Conclusion.POSSIBLE,
                attrs.evolve(search, found=counted),
                None,
            )
        notes += tuple(_explanations(search, possible=bool(counted)))
        notes += () if counted else _windows(derived, outcome, wanted)
    return Verdict(
        claim,
        conclusion,
        _sentence(claim, outcome, conclusion, part),
        outcome=outcome,
        share=part,
        explanations=search.found,
        tried=search.tried,
        by_chance=search.by_chance,
        notes=notes,
    )


def _is_lower(outcome: Outcome, claimed: Printed, per_unit: Fraction) -> bool:
    """Whether a censored print, such as 12+, is a shorter time than the record reproduces."""
    if claimed.hedge is not CENSORED:
        return False
    rounded_so = Span(claimed.span.low, claimed.span.low + claimed.unit)
    reproducing = in_days(rounded_so, per_unit)
    return all(not reproducing.overlaps(each.days) for each in outcome.alternatives)


def _search(
    derived: DerivedCase, line: Line | None, outcome: Outcome, claimed: Printed, unit: str
) -> DefinitionSearch:
    """What would reproduce a print, looked for from each alternative; each explanation once."""
    searches = [
        search_definitions(derived, line, with_alternative(outcome, each), claimed, unit)
        for each in _distinct_alternatives(outcome)
    ]
    found: dict[str, Explanation] = {}
    for each in sorted((one for search in searches for one in search.found), key=_cost):
        found.setdefault(each.description, each)
    return DefinitionSearch(
        found=tuple(found.values()),
        tried=sum(each.tried for each in searches),
        pairs=sum(each.pairs for each in searches),
        hits=sum(each.hits for each in searches),
        by_chance=sum(each.by_chance for each in searches),
    )


def _cost(each: Explanation) -> Any:
    return each.cost


def _distinct_alternatives(outcome: Outcome) -> tuple[Alternative, ...]:
    """The alternatives, one for each start and end."""
    found = {(id(each.origin.event), id(each.end.event), each.end.span): each
             for each in reversed(outcome.alternatives)}  # fmt: skip
    return tuple(reversed(found.values()))


def _windows(derived: DerivedCase, outcome: Outcome, wanted: Span) -> tuple[str, ...]:
    """The dates that would make a claim true, from each alternative, in one sentence."""
    told = [
        windows(derived, with_alternative(outcome, each), wanted)
        for each in _distinct_alternatives(outcome)[:SHOWN]
    ]
    kinds = zip(*(each for each in told if each), strict=True)  # the ends, then the starts
    found = dict.fromkeys(text for texts in kinds for text in texts)
    return (f"it would need {', or '.join(found)}",) if found else ()


def _values_text(outcome: Outcome) -> str:
    """The days of each range that is apart from the others, with its state and condition."""
    groups = outcome.together
    if len(groups) == 1:
        return days_and_months(groups[0].days)
    return " or ".join(
        " ".join(part for part in (f"{days_and_months(each.days)} ({each.state})", each.conditions)
                 if part)
        for each in groups
    )  # fmt: skip


def _sentence(claim: Claim, outcome: Outcome, conclusion: Conclusion, part: Fraction | None) -> str:
    description = f"printed {claim.text} {claim.unit}"
    if outcome.elapsed is not None:
        description += f"; the dates give {_values_text(outcome)}, {_moments_text(outcome)}"
    if conclusion is Conclusion.POSSIBLE:
        dates = (a.span for each in outcome.alternatives for a in (each.origin, each.end))
        description += share_text(part, *dates)
    if outcome.event is False:
        description += f"; {outcome.reason}, so the true value is at least that"
    if outcome.event is None:
        description += f"; {outcome.reason}"
    return description


def _moments_text(outcome: Outcome) -> str:
    """From which moments to which it runs."""
    starts = dict.fromkeys(f"{a.description} ({format_days(a.span)})" for a in
                           (each.origin for each in outcome.alternatives))  # fmt: skip
    ends = dict.fromkeys(f"{a.description} ({format_days(a.span)})" for a in
                         (each.end for each in outcome.alternatives))  # fmt: skip
    return f"from {' or '.join(starts)} to {' or '.join(ends)}"


def _explanations(search: DefinitionSearch, *, possible: bool) -> list[str]:
    """The best explanations in words; two changes at once only where none does alone."""
    if possible:  # the stated start and end reproduce it, counted or rounded otherwise
        return [f"reproduced only by {each.description}" for each in search.found[:SHOWN]]
    found = [each for each in search.found if not each.far]
    if not found:
        return [f"none of {search.tried} other definitions reproduces it"]
    single = [each for each in found if each.changes == 1]
    shown = [_explanation(each) for each in (single or found)[:SHOWN]]
    told = f"{len(found)} of {search.tried} other definitions tried reproduce it"
    if search.hits:
        told += (
            f"; of {search.pairs} other starts and ends, counted as stated, {search.hits}, where "
            f"chance alone would give {rounded(Fraction(search.by_chance), 1)}"
        )
    return [*shown, told]


def _explanation(each: Explanation) -> str:
    hidden = f"; {each.hidden}" if each.hidden else ""
    days = f": {days_and_months(each.days)}" if each.days else ""
    return f"reproduced by {each.description}{days}{each.told}{hidden}"


RULES = (
    Rule(
        id="C01",
        reproduces=True,
        checks="a printed endpoint against the one that the rules derive from the dates",
        formula="end less start over every allowed pair of days, in the printed unit, meets the "
        "range that the print can stand for",
        severity=Severity.ERROR,
        vague=True,
        source="GRIM idea (Brown and Heathers 2017) on intervals; definitions: FDA 2018, "
        "Eisenhauer 2009, Seymour 2017",
        example_fail="PFS 8.4 months per iRECIST, first iUPD 3.98 to 5.95 months after the start",
        example_ok="PFS 4 months, dates 3.06 to 4.99 months",
        check=check_each((kind for kind in DURATIONS if kind != "interval"), check_endpoint),
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
        check=check_each(("interval",), check_interval),
    ),
)
