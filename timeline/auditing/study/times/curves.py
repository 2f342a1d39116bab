"""Figures of an endpoint against the time of each patient, censored or not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import Claims, group_of, total_of
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.comparison.compare import BEST_FIRST, Conclusion
from timeline.auditing.study.times.risk_tables import numbers_of
from timeline.auditing.study.times.survival_claims import EVENTS_OF, times_in_unit, unit_factors
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import rounded
from timeline.core.span import Span
from timeline.report.claims import DURATIONS, TIMES, Claim
from timeline.report.printed_statistics import many
from timeline.statistics.individual_values import (
    FromValues,
    IndividualValues,
    median_of,
    survival_at,
    values_of,
)
from timeline.statistics.survival.followed_values import AtRisk, at_risk, follow_up_of

_OF_RESPONDERS = ("DoR", "TTR")  # endpoints that only some of the patients have


def check_curves(claims: Claims) -> Iterator[Verdict]:
    """Each figure of an endpoint for which every patient's time is printed (K48)."""
    for values_claim in claims:
        printed_values = tuple(many(values_claim.value)) if values_claim.kind == "values" else ()
        name = values_claim.of or values_claim.about
        if not printed_values or name not in DURATIONS or values_claim.unit not in TIMES:
            continue
        values = values_of(printed_values)
        for claim in claims:
            if claim is not values_claim and _is_of_all(
                claim, values_claim, len(printed_values), claims
            ):
                verdict = _check_figure(claim, values_claim, values, claims)
                if verdict is not None:
                    yield verdict


def is_of_a_curve(claim: Claim) -> bool:
    """Whether a claim is a median time, which a Kaplan-Meier curve gives."""
    is_median = "median" in (claim.kind, claim.statistic)
    return _endpoint(claim) in DURATIONS and is_median and claim.unit in TIMES


def _endpoint(claim: Claim) -> str:
    """The endpoint of a time: its kind, or the subject of a plain median."""
    return claim.of or claim.about if claim.kind == "median" else claim.kind


def _is_of_all(claim: Claim, values_claim: Claim, size: int, claims: Claims) -> bool:
    """Whether a figure is of just the patients whose values are printed, ``size`` of them."""
    name = values_claim.of or values_claim.about
    of = EVENTS_OF.get(claim.about, "") if claim.kind == "count" else claim.of or _endpoint(claim)
    of = name if is_median_follow_up(claim) and name == OF_FOLLOW_UP else of
    same = of == name and group_of(claim) == group_of(values_claim)
    criteria = {claim.criterion, values_claim.criterion} - {""}
    if not same or assessed(claim) != assessed(values_claim) or len(criteria) > 1:
        return False
    totals = (total_of(claim, claims), total_of(values_claim, claims))
    of_some = name in _OF_RESPONDERS and not claim.n
    return of_some or all(total is None or total == size for total in totals)


def _check_figure(
    claim: Claim, values_claim: Claim, values: IndividualValues, claims: Claims
) -> Verdict | None:
    """The verdict on one figure of the endpoint; None for other kinds of claim."""
    if claim.kind == "at-risk":
        patients = total_of(claim, claims) or total_of(values_claim, claims)
        return check_row_at_risk(claim, values_claim, values, patients)
    if is_median_follow_up(claim):
        return check_median_follow_up(claim, values_claim, values)
    if is_of_a_curve(claim):
        found = _median(claim, values_claim, values)
        return _verdict(claim, values_claim, found, "median", claim.unit)
    if claim.kind == "rate" and claim.printed and claim.at and len(claim.at.values) == 1:
        found = survival_at(values, claim.printed, _times(claim, values_claim.unit))
        return _verdict(claim, values_claim, found, f"rate at {claim.at}", "%")
    return _events(claim, values_claim, values) if claim.kind in ("events", "count") else None


def _median(claim: Claim, values_claim: Claim, values: IndividualValues) -> FromValues:
    """The median in the unit of a claim, with the length of a month that fits best."""
    same = values_claim.unit == claim.unit
    factors = [Fraction(1)] if same else unit_factors(values_claim.unit, claim.unit)
    found = (median_of(values.times_factor(factor), claim.printed) for factor in factors)
    return min(found, key=lambda each: BEST_FIRST.index(Conclusion(each.fit.value)))


def _verdict(claim: Claim, values_claim: Claim, found: FromValues, what: str, unit: str) -> Verdict:
    conclusion = Conclusion(found.fit.value)
    value = "not reached" if found.value is None else f"{rounded(found.value)} {unit}"
    unit_text = " %" if unit == "%" else f" {unit}" * bool(claim.printed)
    description = (
        f"printed {claim.text}{unit_text}; the values give a Kaplan-Meier {what} of {value}"
    )
    notes = tuple(f"reproduced by {each}" for each in found.reproduced_by[:2])
    is_rate = conclusion is Conclusion.CONTRADICTED and unit == "%" and found.value is not None
    if is_rate and claim.printed and 100 - (found.value or 0) in claim.printed.span:
        notes = ("it is the share of patients with the event",)
    return Verdict(
        claim,
        conclusion,
        description,
        notes=notes,
        others=(values_claim,),
        recorded=f"the values give a Kaplan-Meier {what} of {value}",
        expected=value if conclusion is Conclusion.CONTRADICTED else "",
    )


def _times(claim: Claim, unit: str) -> list[Fraction]:
    """The time of a claim in the unit of the values, for each length of a month."""
    if claim.at is None or len(claim.at.values) != 1:
        return []
    return [claim.at.values[0]] if claim.at.unit == unit else times_in_unit(claim, unit)


def _events(claim: Claim, values_claim: Claim, values: IndividualValues) -> Verdict | None:
    """The number of events, by the time of the claim if it has one."""
    if claim.printed is None:
        return None
    with_event = [one for one in values.patients if one.event]
    ends = _times(claim, values_claim.unit)
    least = min(
        (sum(one.latest <= end for one in with_event) for end in ends), default=len(with_event)
    )
    most = max(
        (sum(one.earliest <= end for one in with_event) for end in ends), default=len(with_event)
    )
    by_time = f" by {claim.at}" if ends else ""
    counts = f"{least}" if least == most else f"{least} to {most}"
    noun = "event" if counts == "1" else "events"
    censored = len(values.patients) - len(with_event)
    description = (
        f"printed {claim.text}; the values give {counts} {noun}{by_time} and {censored} censored"
    )
    overlaps = Span(least, most).overlaps(claim.printed.span)
    conclusion = Conclusion.AGREES if overlaps else Conclusion.CONTRADICTED
    return Verdict(
        claim,
        conclusion,
        description,
        others=(values_claim,),
        expected=counts if conclusion is Conclusion.CONTRADICTED else "",
    )


OF_FOLLOW_UP = "OS"  # times to death or last contact give the follow-up of each patient


def check_row_at_risk(
    claim: Claim, values_claim: Claim, values: IndividualValues, patients: int | None
) -> Verdict | None:
    """A row of numbers at risk; None where the values can be of some patients only."""
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
    same = claim.at.unit == values_claim.unit
    factors = [Fraction(1)] if same else unit_factors(claim.at.unit, values_claim.unit)
    every = [at_risk(values, numbers, [time * factor for time in times]) for factor in factors]
    found = min(every, key=_rank)
    expected = ", ".join(map(str, found.counts))
    description = f"printed {claim.text} at risk at {claim.at}; the values give {expected}"
    conclusion = Conclusion(found.fit.value)
    notes = {
        Conclusion.AGREES: f"counted as {found.convention}",
        Conclusion.POSSIBLE: "possible only if the values were rounded or truncated to the times",
    }
    note = (notes[conclusion],) if conclusion in notes else ()
    right = expected if conclusion is Conclusion.CONTRADICTED else ""
    return Verdict(
        claim, conclusion, description, notes=note, others=(values_claim,), expected=right
    )


def _rank(found: AtRisk | FromValues) -> int:
    return BEST_FIRST.index(Conclusion(found.fit.value))


def is_median_follow_up(claim: Claim) -> bool:
    """Whether a claim is a median follow-up in a unit of time without its own origin."""
    median = claim.kind == "follow-up" and claim.statistic == "median"
    return median and claim.unit in TIMES and not claim.from_


def check_median_follow_up(
    claim: Claim, values_claim: Claim, values: IndividualValues
) -> Verdict | None:
    """A median follow-up against reverse Kaplan-Meier and other definitions."""
    if claim.printed is None:
        return None
    same = values_claim.unit == claim.unit
    factors = [Fraction(1)] if same else unit_factors(values_claim.unit, claim.unit)
    every = [follow_up_of(values.times_factor(factor), claim.printed) for factor in factors]
    found = min(every, key=_rank)
    value = "not reached" if found.value is None else f"{rounded(found.value)} {claim.unit}"
    description = (
        f"printed {claim.text} {claim.unit}; the values give {value} by reverse Kaplan-Meier"
    )
    conclusion = Conclusion(found.fit.value)
    notes = tuple(f"reproduced by {each}" for each in found.reproduced_by[:1])
    if conclusion is Conclusion.POSSIBLE:
        notes = tuple(f"possible only as {each}" for each in found.reproduced_by[:1])
    elif conclusion is Conclusion.CONTRADICTED:
        notes = ("the median of all times, or of those alive, does not round to it either",)
    right = value if conclusion is Conclusion.CONTRADICTED else ""
    return Verdict(
        claim, conclusion, description, notes=notes, others=(values_claim,), expected=right
    )
