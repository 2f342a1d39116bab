"""Survival rates against the bounds that counts of patients alone give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    group_of,
    number,
    possible_days,
    total_of,
    whole_number,
)
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.times.survival_claims import CURVES, EVENTS_OF, landmarks, unit_factors
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import rounded_down, rounded_up
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.report.printed_statistics import TimeLimits

_FREE = re.compile(
    r"\b(?:alive|survivors?|surviv\w+|(?:progression|event|disease|relapse|recurrence)[- ]free|"
    r"free of|at risk|without (?:progression|event|death|relapse|recurrence))\b",
    re.IGNORECASE,
)
_OS_ONLY = re.compile(r"\b(?:alive|surviv\w+|survivors?|without death)\b", re.IGNORECASE)


@attrs.frozen
class _Bound:
    """The least or greatest fraction free of the event, the reason, and the claim behind it."""

    share: Fraction
    reason: str
    source: Claim


def check_crude_bounds(claims: Claims) -> Iterator[Verdict]:
    """K / n <= S(t) <= 1 - d / n: k followed beyond t without the event, d with it by t (K54).

    Each event by t lowers the curve by at least 1 / n, because the mass of censored patients is
    redistributed to those who stay (Efron 1967). Each patient beyond t keeps at least 1 / n.
    """
    known: dict[tuple[object, ...], _SamePatients] = {}
    for claim in landmarks(claims, CURVES):
        total = total_of(claim, claims)
        if total is None or claim.printed is None or has_qualifier(claim, "weighted"):
            continue
        key = (group_of(claim), total, claim.of, () if claim.of == "OS" else assessed(claim))
        if key not in known:
            known[key] = _same_patients(claim, claims, total)
        same_patients = known[key]
        lower = [
            each
            for one in same_patients.counts
            for each in _lower_bounds(one, claim, total, same_patients)
        ]
        upper = [
            each
            for one in same_patients.counts
            for each in _upper_bounds(one, claim, total, same_patients)
        ]
        yield from _check_bounds(claim, claim.printed, lower, upper)


@attrs.frozen
class _SamePatients:
    """Claims on the patients of a rate: counts, all events, shortest and longest follow-up."""

    counts: list[Claim]
    events: list[int]
    shortest: Claim | None
    longest: Claim | None


def _same_patients(rate: Claim, claims: Claims, total: int) -> _SamePatients:
    candidates = [each for each in claims if each.kind in ("count", "events", "follow-up")]
    same = [each for each in candidates if _is_same_patients(each, rate, total)]
    events = [d for each in same if not each.at and (d := _events_of_rate(each, rate)) is not None]
    counts = [each for each in same if each.kind != "follow-up"]
    return _SamePatients(counts, events, _follow_up(same, "low"), _follow_up(same, "high"))


def _check_bounds(
    claim: Claim, rate: Printed, lower: list[_Bound], upper: list[_Bound]
) -> Iterator[Verdict]:
    least = max(lower, key=lambda each: each.share, default=None)
    most = min(upper, key=lambda each: each.share, default=None)
    for bound, side in ((least, "at least"), (most, "at most")):
        if bound is None:
            continue
        share = 100 * bound.share
        slack = rate.unit  # the printed digits can be truncated or rounded up
        low, high = rate.span.high + slack < share, rate.span.low - slack > share
        broken = low if side == "at least" else high
        limit = rounded_down(share, 1) if side == "at least" else rounded_up(share, 1)
        description = f"printed {claim.text} % at {claim.at}; {bound.reason}: {side} {limit} %"
        conclusion = Conclusion.CONTRADICTED if broken else Conclusion.AGREES
        yield Verdict(claim, conclusion, description, others=(bound.source,))


def _is_same_patients(each: Claim, rate: Claim, total: int) -> bool:
    same_n = not each.n or whole_number(each.n) == total
    same_assessment = assessed(each) == assessed(rate) or rate.of == "OS"
    return group_of(each) == group_of(rate) and same_n and same_assessment


def _events_of_rate(claim: Claim, rate: Claim) -> int | None:
    """The number of patients with the event of a rate; None if the claim is of another event."""
    of = claim.of if claim.kind == "events" else ""
    of = EVENTS_OF.get(claim.about, "") if claim.kind == "count" else of
    return number(claim) if of == rate.of else None


def _upper_bounds(
    claim: Claim, rate: Claim, n: int, same_patients: _SamePatients
) -> Iterator[_Bound]:
    """Upper bound 1 - d / n from d events by the time of the rate."""
    d = _events_of_rate(claim, rate)
    if d is None or d > n or rate.at is None:
        return
    if claim.at is not None:
        if _is_by(claim.at, rate.at):
            yield _Bound(Fraction(n - d, n), f"{d} of {n} had it by {claim.at}", claim)
    elif same_patients.longest and _is_within(same_patients.longest, rate.at):
        yield _Bound(
            Fraction(n - d, n), f"{d} of {n} had it, and no patient was followed longer", claim
        )


def _lower_bounds(
    claim: Claim, rate: Claim, n: int, same_patients: _SamePatients
) -> Iterator[_Bound]:
    """Lower bound k / (k + d) from k patients free of the event later, or k / n without d."""
    at, k = rate.at, number(claim) if claim.kind == "count" else None
    if at is None:
        return
    free = k and claim.at and _is_free(claim, rate) and _is_by(at, claim.at)
    if free and k and k <= n:
        of = min([n, *(k + d for d in same_patients.events)])
        yield _Bound(Fraction(k, of), f"{k} of {n} are event-free at {claim.at}", claim)
    by_time = "at all" if claim.at is None else f"by {claim.at}"
    d = _events_of_rate(claim, rate) if claim.at is None or _is_by(at, claim.at) else None
    shortest = same_patients.shortest
    if d is not None and d <= n and shortest and rate.of == "OS" and _is_followed_to(shortest, at):
        follow_up = shortest.range.low if shortest.range else shortest.printed
        why = f"{d} of {n} had it {by_time}, all others followed for {follow_up} {shortest.unit}"
        yield _Bound(Fraction(n - d, n), why, claim)


def _is_free(claim: Claim, rate: Claim) -> bool:
    """Whether a count is of patients without the event of a rate."""
    words = f"{claim.about} {claim.note}"
    if _OS_ONLY.search(words):
        return rate.of == "OS"
    return bool(_FREE.search(words)) and claim.of in ("", rate.of)


def _follow_up(same_patients: list[Claim], end: str) -> Claim | None:
    """The first claim with the shortest (``low``) or longest (``high``) follow-up."""
    statistic = "minimum" if end == "low" else "maximum"
    for each in same_patients:
        if (
            each.kind != "follow-up"
            or has_qualifier(each, "quartiles")
            or has_qualifier(each, "of some")
        ):
            continue
        if each.statistic == statistic or (each.range and getattr(each.range, end)):
            return each
    return None


def _end_of(follow_up: Claim, end: str) -> Printed | None:
    end_value = getattr(follow_up.range, end) if follow_up.range else follow_up.printed
    return end_value if isinstance(end_value, Printed) and end_value.span.is_bounded else None


def _is_within(longest: Claim, at: TimeLimits) -> bool:
    most = _end_of(longest, "high")
    if most is not None and longest.unit == at.unit:
        return most.span.high <= min(at.values)
    return most is not None and possible_days(most, longest.unit).high <= min(_days_of(at))


def _is_followed_to(shortest: Claim, at: TimeLimits) -> bool:
    """Whether the shortest follow-up is the time of a rate, or longer."""
    least = _end_of(shortest, "low")
    if least is None or len(at.values) != 1:
        return False
    if shortest.unit == at.unit:
        return least.value is not None and least.value >= at.values[0]
    return possible_days(least, shortest.unit).low >= max(_days_of(at))


def _is_by(one: TimeLimits, other: TimeLimits) -> bool:
    """Whether one time is at or before another, for every length of a month."""
    if one.unit == other.unit:
        return max(one.values) <= min(other.values)
    return max(_days_of(one)) <= min(_days_of(other))


def _days_of(at: TimeLimits) -> list[Fraction]:
    """The times in days, for each length of a month."""
    return [value * factor for value in at.values for factor in unit_factors(at.unit, "days")]


RULES = (
    Rule(
        id="K54",
        checks="a rate over time against the counts of those with the event and those free of it",
        formula="k / n <= S(t) <= 1 - d / n",
        severity=Severity.ERROR,
        source="Efron 1967, Proc 5th Berkeley Symp 4:831: censored shares go to those who stay",
        example_fail="OS 90 % at 12 months with 8 deaths of 20 by then",
        example_ok="OS 58 % at 12 months with the same",
        check=check_own(check_crude_bounds),
        yields=True,
    ),
)
