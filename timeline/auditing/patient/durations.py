"""Printed durations against those that the dates allow, and what else would reproduce them."""

from __future__ import annotations

from fractions import Fraction

import attrs

from timeline.auditing.patient.conventions import in_days
from timeline.auditing.patient.explain import Search, explain, window
from timeline.auditing.verdict import Explanation, Verdict, not_checkable
from timeline.auditing.weigh import Call, share, weigh
from timeline.criterion_terms import PRIMARY, TERMS
from timeline.edtf import tell
from timeline.endpoints import Endpoint, rows_of
from timeline.lines import Line
from timeline.months import days_per, rounded
from timeline.outcomes.derived import Anchor, Outcome, days_and_months, elapsed
from timeline.printed import Printed
from timeline.reading import Reading
from timeline.source import Claim

SHOWN = 3  # explanations that a sentence names; the rest stand in the JSON


def judge_interval(claim: Claim, reading: Reading) -> Verdict:
    """A printed time between two events of the case."""
    try:
        (start, start_at), (end, end_at) = (reading.case.find(r) for r in (claim.from_, claim.to))
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    origin = Anchor(event=start, span=start_at.span, says=claim.from_)
    last = Anchor(event=end, span=end_at.span, says=claim.to)
    days = elapsed(origin, last)
    outcome = Outcome(
        endpoint="interval", line=None, origin=origin, end=last, days=days, event=True
    )
    if days is None:
        return not_checkable(claim, f"{claim.to} is on record before {claim.from_}")
    notes = ("a median of one patient is that patient's value",) if claim.statistic else ()
    return _weighed(claim, reading, None, outcome, notes)


def judge_endpoint(claim: Claim, reading: Reading) -> Verdict:
    """A printed endpoint against the one that the rules derive, by the criterion it names."""
    lines = {line.number: line for line in reading.case.lines}
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
    outcome = reading.outcome(claim.endpoint, number, criterion)
    if outcome is None:
        return not_checkable(claim, _not_derived(claim, criterion, number, rows))
    notes = tuple(
        f"{other.name} from {other.origin.says} ({tell(other.origin.span)}) would be "
        f"{days_and_months(other.days)}"
        for other in reading.beside(outcome)
        if other.days is not None and other.origin is not None
    )
    return _weighed(claim, reading, line, outcome, notes)


def _not_derived(
    claim: Claim, criterion: str, number: int | None, rows: tuple[Endpoint, ...]
) -> str:
    """Why the case has no such endpoint, and what would derive it."""
    if number and all(not row.per_line for row in rows):
        return f"{claim.endpoint} is an endpoint of the patient, not of a line (leave line out)"
    if criterion not in TERMS:
        return f"no rule of this version judges by {criterion}"
    return (
        f"line {number} is not judged by {criterion} "
        f"(write criterion: {criterion} on the line, or --criterion {criterion})"
    )


def _weighed(
    claim: Claim, reading: Reading, line: Line | None, outcome: Outcome, notes: tuple[str, ...]
) -> Verdict:
    if outcome.elapsed is None:
        return not_checkable(claim, f"{outcome.name} cannot be derived: {outcome.reason}")
    if not isinstance(claim.value, Printed):
        return not_checkable(claim, f"not read as a number: {claim.text!r}")
    origin, end, days = outcome.elapsed
    try:
        per_unit = days_per(claim.unit)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    wanted = in_days(claim.value.span, per_unit)
    call = weigh(days, wanted)
    if outcome.event is False and wanted.low > days.high:
        why = f"the print lies beyond the follow-up on record, {days_and_months(days)}"
        return attrs.evolve(not_checkable(claim, why), outcome=outcome)
    part = None if days.is_point else share(origin.span, end.span, wanted)
    if call is Call.POSSIBLE and part == 0:
        call = Call.CONTRADICTED  # the ranges touch between two whole days
    search = Search()
    if call is Call.CONTRADICTED:
        search = explain(reading, line, outcome, claim.value, claim.unit)
        counted = tuple(each for each in search.found if each.tier == 0)
        if counted:
            call, search, part = Call.POSSIBLE, attrs.evolve(search, found=counted), None
        notes += tuple(_explanations(search, possible=bool(counted)))
        notes += (text,) if (text := window(reading, outcome, wanted)) and not counted else ()
    return Verdict(
        claim=claim,
        call=call,
        says=_sentence(claim, outcome, call, part),
        outcome=outcome,
        share=part,
        explanations=search.found,
        tried=search.tried,
        by_chance=search.by_chance,
        notes=notes,
    )


def _sentence(claim: Claim, outcome: Outcome, call: Call, part: Fraction | None) -> str:
    says = f"printed {claim.text} {claim.unit}"
    if outcome.elapsed is not None:
        origin, end, days = outcome.elapsed
        says += (
            f"; the dates give {days_and_months(days)}, from {origin.says} "
            f"({tell(origin.span)}) to {end.says} ({tell(end.span)})"
        )
    if call is Call.POSSIBLE:
        says += _percent(part)
    if outcome.event is False:
        says += f"; {outcome.reason}, so the true value is at least that"
    if outcome.event is None:
        says += f"; {outcome.reason}"
    return says


def _percent(part: Fraction | None) -> str:
    return f"; {rounded(part * 100, 1)} % of the allowed days reproduce it" if part else ""


def _explanations(search: Search, *, possible: bool) -> list[str]:
    """The best explanations in words; two changes at once only where none does alone."""
    if possible:  # the stated start and end reproduce it, counted or rounded otherwise
        return [f"reproduced only by {each.says}" for each in search.found[:SHOWN]]
    if not search.found:
        return [f"none of {search.tried} other definitions reproduces it"]
    single = [each for each in search.found if each.changes == 1]
    shown = [_explanation(each) for each in (single or search.found)[:SHOWN]]
    told = f"{len(search.found)} of {search.tried} other definitions tried reproduce it"
    if search.hits:
        told += (
            f"; of {search.pairs} other starts and ends, counted as stated, {search.hits}, where "
            f"chance alone would give {rounded(Fraction(search.by_chance), 1)}"
        )
    return [*shown, told]


def _explanation(each: Explanation) -> str:
    part = _percent(each.share) if each.call is Call.POSSIBLE else ""
    hidden = f"; {each.hidden}" if each.hidden else ""
    days = f": {days_and_months(each.days)}" if each.days else ""
    return f"reproduced by {each.says}{days}{part}{hidden}"
