"""Numbers at risk and a median follow-up against the values of each patient (K48)."""

from __future__ import annotations

from fractions import Fraction

from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.compare import Conclusion
from timeline.auditing.study.times.risk_tables import numbers_of
from timeline.auditing.study.times.survival import ways_between
from timeline.auditing.verdict import Verdict
from timeline.core.durations import rounded
from timeline.report.claims import TIMES, Claim
from timeline.report.printed_statistics import many
from timeline.statistics.followed_values import AtRisk, at_risk, follow_up_of
from timeline.statistics.individual_values import FromValues, IndividualValues

_BEST = (Conclusion.AGREES, Conclusion.POSSIBLE, Conclusion.CONTRADICTED)
OF_FOLLOW_UP = "OS"  # the times to death or last contact: how long each patient was followed


def held_at_risk(
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
    return _BEST.index(Conclusion(found.fit.value))


def is_median_follow_up(claim: Claim) -> bool:
    """Whether a claim is a median follow-up in a unit of time, from no origin of its own."""
    median = claim.kind == "follow-up" and claim.statistic == "median"
    return median and claim.unit in TIMES and not claim.from_


def held_follow_up(claim: Claim, told: Claim, values: IndividualValues) -> Verdict | None:
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
