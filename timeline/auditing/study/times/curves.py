"""Figures of an endpoint against the time of each patient, censored or not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import Claims, group_of, total_of
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.compare import Conclusion
from timeline.auditing.study.times.risk_tables import numbers_of
from timeline.auditing.study.times.survival_claims import EVENTS_OF, times_in, ways_between
from timeline.auditing.verdict import Verdict
from timeline.core.durations import rounded
from timeline.core.span import Span
from timeline.report.claims import DURATIONS, TIMES, Claim
from timeline.report.printed_statistics import many
from timeline.statistics.followed_values import AtRisk, at_risk, follow_up_of
from timeline.statistics.individual_values import (
    FromValues,
    IndividualValues,
    median_of,
    survival_at,
    values_of,
)

_OF_RESPONDERS = ("DoR", "TTR")  # endpoints that only some of the patients have


def check_curves(claims: Claims) -> Iterator[Verdict]:
    """Each figure of an endpoint whose value is told for every patient (K48)."""
    for told in claims:
        prints = tuple(many(told.value)) if told.kind == "values" else ()
        name = told.of or told.about
        if not prints or name not in DURATIONS or told.unit not in TIMES:
            continue
        values = values_of(prints)
        for claim in claims:
            if claim is not told and _is_of_all(claim, told, len(prints), claims):
                verdict = _check_figure(claim, told, values, claims)
                if verdict is not None:
                    yield verdict


def is_of_a_curve(claim: Claim) -> bool:
    """Whether a claim is a median time of an endpoint, which its curve gives."""
    is_median = "median" in (claim.kind, claim.statistic)
    return _endpoint(claim) in DURATIONS and is_median and claim.unit in TIMES


def _endpoint(claim: Claim) -> str:
    """What a time is of: its kind, or what a plain median is about."""
    return claim.of or claim.about if claim.kind == "median" else claim.kind


def _is_of_all(claim: Claim, told: Claim, here: int, claims: Claims) -> bool:
    """Whether a figure is of just the patients whose values are told."""
    name = told.of or told.about
    of = EVENTS_OF.get(claim.about, "") if claim.kind == "count" else claim.of or _endpoint(claim)
    of = name if is_median_follow_up(claim) and name == OF_FOLLOW_UP else of
    same = of == name and group_of(claim) == group_of(told) and assessed(claim) == assessed(told)
    if not same or (claim.criterion and told.criterion and claim.criterion != told.criterion):
        return False
    n, size = total_of(claim, claims), total_of(told, claims)
    some = name in _OF_RESPONDERS and not claim.n
    return some or all(each is None or each == here for each in (n, size))


def _check_figure(
    claim: Claim, told: Claim, values: IndividualValues, claims: Claims
) -> Verdict | None:
    """The verdict on one figure of the endpoint; None where it is of another kind."""
    if claim.kind == "at-risk":
        patients = total_of(claim, claims) or total_of(told, claims)
        return check_row_at_risk(claim, told, values, patients)
    if is_median_follow_up(claim):
        return check_median_follow_up(claim, told, values)
    if is_of_a_curve(claim):
        found = _median(claim, told, values)
        return _verdict(claim, told, found, "median", claim.unit)
    if claim.kind == "rate" and claim.printed and claim.at and len(claim.at.values) == 1:
        found = survival_at(values, claim.printed, _times(claim, told.unit))
        return _verdict(claim, told, found, f"rate at {claim.at}", "%")
    return _events(claim, told, values) if claim.kind in ("events", "count") else None


_BY_SEVERITY = (Conclusion.AGREES, Conclusion.POSSIBLE, Conclusion.CONTRADICTED)


def _median(claim: Claim, told: Claim, values: IndividualValues) -> FromValues:
    """The median of the values in the unit of a claim, under the month that fits best."""
    same = told.unit == claim.unit
    ways = [Fraction(1)] if same else ways_between(told.unit, claim.unit)
    found = (median_of(values.times_factor(way), claim.printed) for way in ways)
    return min(found, key=lambda each: _BY_SEVERITY.index(Conclusion(each.fit.value)))


def _verdict(claim: Claim, told: Claim, found: FromValues, what: str, unit: str) -> Verdict:
    call = Conclusion(found.fit.value)
    given = "not reached" if found.value is None else f"{rounded(found.value)} {unit}"
    sign = " %" if unit == "%" else f" {unit}" * bool(claim.printed)
    description = f"printed {claim.text}{sign}; the values give a Kaplan-Meier {what} of {given}"
    notes = tuple(f"reproduced by {each}" for each in found.reproduced_by[:2])
    is_rate = call is Conclusion.CONTRADICTED and unit == "%" and found.value is not None
    if is_rate and claim.printed and 100 - (found.value or 0) in claim.printed.span:
        notes = ("the share that had the event prints so",)
    return Verdict(claim=claim, call=call, description=description, notes=notes, others=(told,))


def _times(claim: Claim, unit: str) -> list[Fraction]:
    """The one time of a claim in the unit of the values, under each month where it is another."""
    if claim.at is None or len(claim.at.values) != 1:
        return []
    return [claim.at.values[0]] if claim.at.unit == unit else times_in(claim, unit)


def _events(claim: Claim, told: Claim, values: IndividualValues) -> Verdict | None:
    """How many had the event, by the time told where one is."""
    if claim.printed is None:
        return None
    had = [one for one in values.patients if one.event]
    ends = _times(claim, told.unit)
    least = min((sum(one.latest <= end for one in had) for end in ends), default=len(had))
    most = max((sum(one.earliest <= end for one in had) for end in ends), default=len(had))
    by = f" by {claim.at}" if ends else ""
    counts = f"{least}" if least == most else f"{least} to {most}"
    censored = len(values.patients) - len(had)
    description = (
        f"printed {claim.text}; the values tell {counts} events{by} and {censored} censored"
    )
    meets = Span(least, most).overlaps(claim.printed.span)
    call = Conclusion.AGREES if meets else Conclusion.CONTRADICTED
    return Verdict(claim=claim, call=call, description=description, others=(told,))


OF_FOLLOW_UP = "OS"  # the times to death or last contact: how long each patient was followed


def check_row_at_risk(
    claim: Claim, told: Claim, values: IndividualValues, patients: int | None
) -> Verdict | None:
    """A row of numbers at risk; None where its values may be those of some patients only."""
    numbers, times = numbers_of(claim), claim.at.values if claim.at else ()
    plain = len(numbers) == len(list(many(claim.value))) == len(times)
    of_more = patients is None and max(numbers, default=0) > len(values.times)
    if (
        claim.at is None
        or not plain
        or not numbers
        or of_more
        or has_qualifier(claim, "delayed entry")
    ):
        return None
    same = claim.at.unit == told.unit
    ways = [Fraction(1)] if same else ways_between(claim.at.unit, told.unit)
    every = [at_risk(values, numbers, [time * way for time in times]) for way in ways]
    found = min(every, key=_rank)
    told_so = ", ".join(map(str, found.counts))
    description = f"printed {claim.text} at risk at {claim.at}; the values give {told_so}"
    call = Conclusion(found.fit.value)
    notes = {
        Conclusion.AGREES: f"counted as {found.convention}",
        Conclusion.POSSIBLE: "so only if the values were rounded to the times, or cut",
    }
    note = (notes[call],) if call in notes else ()
    return Verdict(claim=claim, call=call, description=description, notes=note, others=(told,))


def _rank(found: AtRisk | FromValues) -> int:
    return _BY_SEVERITY.index(Conclusion(found.fit.value))


def is_median_follow_up(claim: Claim) -> bool:
    """Whether a claim is a median follow-up in a unit of time, from no origin of its own."""
    median = claim.kind == "follow-up" and claim.statistic == "median"
    return median and claim.unit in TIMES and not claim.from_


def check_median_follow_up(claim: Claim, told: Claim, values: IndividualValues) -> Verdict | None:
    """A median follow-up; by which definition the values give it, if by any."""
    if claim.printed is None:
        return None
    same = told.unit == claim.unit
    ways = [Fraction(1)] if same else ways_between(told.unit, claim.unit)
    every = [follow_up_of(values.times_factor(way), claim.printed) for way in ways]
    found = min(every, key=_rank)
    given = "not reached" if found.value is None else f"{rounded(found.value)} {claim.unit}"
    description = (
        f"printed {claim.text} {claim.unit}; the values give {given} by reverse Kaplan-Meier"
    )
    call = Conclusion(found.fit.value)
    notes = tuple(f"reproduced by {each}" for each in found.reproduced_by[:1])
    if call is Conclusion.POSSIBLE:
        notes = tuple(f"so only as {each}" for each in found.reproduced_by[:1])
    elif call is Conclusion.CONTRADICTED:
        notes = ("nor does the middle of all times, or of those alive, print so",)
    return Verdict(claim=claim, call=call, description=description, notes=notes, others=(told,))
