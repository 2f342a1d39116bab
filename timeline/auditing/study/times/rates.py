"""Survival rates at a time against the median, the patients, and each other."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    contradiction_only,
    group_by,
    group_of,
    shared_verdict,
    total_of,
)
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.estimates.repairs import repair_note
from timeline.auditing.study.times.os_and_pfs import check_rates_of_os_and_pfs
from timeline.auditing.study.times.survival_claims import (
    CURVES,
    KAPLAN_MEIER,
    by_day,
    landmarks,
    medians_of,
    times_in_unit,
)
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS, rounded
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.statistics.rounding import Consistency, ordered
from timeline.statistics.survival.kaplan_meier import HALF
from timeline.statistics.survival.survival_checks import landmark_rate, rate_and_median, rates_fall


def check_rates_and_medians(claims: Claims) -> Iterator[Verdict]:
    """A rate is above 50 % only before the median, and below only after it (K18)."""
    for claim in landmarks(claims):
        median = medians_of(claims, assessed(claim)).get((claim.of, group_of(claim)))
        if median is None or claim.printed is None or claim.at is None:
            continue
        stated, *others = times_in_unit(claim, median.unit)
        fit = rate_and_median(claim.printed, stated, median.printed).fit
        if fit is Consistency.CONTRADICTED and any(
            rate_and_median(claim.printed, at, median.printed).fit is not Consistency.CONTRADICTED
            for at in others
        ):
            fit = Consistency.POSSIBLE
        description = f"printed {claim.text} %; {_order_text(claim, claim.printed, median)}"
        notes = (
            tuple(_median_left(claim.printed, stated, median))
            if fit is Consistency.POSSIBLE
            else ()
        )
        recorded = "; ".join((_order_text(claim, claim.printed, median), *notes))
        yield Verdict(
            claim,
            Conclusion(fit.value),
            description,
            notes=notes,
            others=(median,),
            recorded=recorded,
        )


def _order_text(claim: Claim, rate: Printed, median: Claim) -> str:
    """Where the median lies by the rate, and what is printed of it."""
    at, of = claim.at, f"the median {claim.of}"
    printed = f"printed as {median.text} {median.unit}"
    if rate.span.low > HALF * 100:
        return f"above 50 % at {at}, so {of} must be later; it is {printed}"
    if rate.span.high < HALF * 100:
        return f"below 50 % at {at}, so {of} cannot be later; it is {printed}"
    return f"about 50 % at {at}; {of} is {printed}"


def _median_left(rate: Printed, at: Fraction, median: Claim) -> Iterator[str]:
    """The part of the range of a printed median that a rate allows."""
    span = median.printed.span if median.printed else None
    if span is None or at not in span or not span.is_bounded:
        return
    ends = (at, span.high) if rate.span.low > HALF * 100 else (span.low, at)
    if rate.span.low > HALF * 100 or rate.span.high < HALF * 100:
        low, high = (rounded(end) for end in ends)
        yield f"that fits only if the exact median is {low} to {high} {median.unit}"


def check_landmarks(claims: Claims) -> Iterator[Verdict]:
    """A rate before the first censoring is a share of the patients (K19).

    The printed shortest follow-up is at or before the first censoring of OS. PFS can be censored
    before it, at the last assessment.
    """
    shortest = {
        group_of(claim): claim
        for claim in claims
        if claim.kind == "follow-up" and claim.range and claim.range.low
        if not has_qualifier(claim, "quartiles")
    }
    for claim in landmarks(claims):
        total, least = total_of(claim, claims), shortest.get(group_of(claim))
        if total is None or claim.printed is None or claim.of != "OS":
            continue
        first = least.range.low if least and least.range else None
        if first is None or least is None:
            yield not_checkable(claim, "a rate over time need not be a share of the patients")
            continue
        at = max(times_in_unit(claim, least.unit))
        found = landmark_rate(claim.printed, total, at, first)
        if found.fit is Consistency.NOT_CHECKABLE:
            yield not_checkable(claim, "a rate over time need not be a share of the patients")
            continue
        description = f"printed {claim.text} % of {total} before the first censoring ({first})"
        yield Verdict(claim, Conclusion(found.fit.value), description)


def check_rates_in_order(claims: Claims) -> Iterator[Verdict]:
    """Rates never rise with time; an estimate is within its limits (K20)."""
    for (_, endpoint, *_), several in group_by(
        landmarks(claims, CURVES),
        lambda each: (group_of(each), each.of, each.n, each.criterion, assessed(each)),
    ).items():
        yield from _check_falling(endpoint, several)
        yield from _check_one_time(endpoint, several)
    for claim in claims:
        both = claim.ci.both if claim.ci else None
        if both and claim.printed:
            found = ordered(both[0], claim.printed, both[1])
            description = f"printed {claim.text} with limits {claim.ci}"
            conclusion = contradiction_only(found.fit)
            repair = repair_note(claim) if conclusion is Conclusion.CONTRADICTED else ""
            yield Verdict(claim, conclusion, description, notes=(repair,) if repair else ())


def _check_one_time(endpoint: str, several: list[Claim]) -> Iterator[Verdict]:
    """One curve has one rate at one time; repeats of the same wording are left to C26."""
    for same_time in group_by(several, lambda each: next(iter(by_day([each])), None)).values():
        earlier = _EarlierRates()
        for other in same_time:
            one = next(
                (each for each in earlier.before(other) if _are_different(each, other)), None
            )
            earlier.add(other)
            if one is not None:
                apart = (one.about, one.note) != (other.about, other.note)
                description = f"printed {endpoint} {one.text} % and {other.text} % at {other.at}"
                conclusion = Conclusion.POSSIBLE if apart else Conclusion.CONTRADICTED
                notes = ("possible only if from two analyses",) * apart
                yield from shared_verdict([one, other], conclusion, description, notes)


class _EarlierRates:
    """Earlier rates of one time in the order of the report, without those that compare the same.

    Of equal rates in the same words at several places only the first is kept.
    """

    def __init__(self) -> None:
        self._count = 0
        self._here: dict[str, dict[tuple[str, str], tuple[int, Claim]]] = {}
        self._worded: dict[str, dict[str, tuple[int, Claim]]] = {}

    def add(self, rate: Claim) -> None:
        self._count += 1
        first = self._count, rate
        self._here.setdefault(rate.place, {}).setdefault((str(rate.at), rate.text), first)
        self._worded.setdefault(str(rate.at), {}).setdefault(rate.text, first)

    def before(self, rate: Claim) -> Iterator[Claim]:
        """The rates at the same place and those with the time in other words, in report order."""
        here = self._here.get(rate.place, {}).values()
        others = [rates.values() for at, rates in self._worded.items() if at != str(rate.at)]
        yield from (each for _, each in heapq.merge(here, *others, key=lambda each: each[0]))


def _are_different(one: Claim, other: Claim) -> bool:
    """Whether two rates cannot be one number and no other rule compares them."""
    elsewhere = one.place != other.place and str(one.at) == str(other.at)
    if one is other or elsewhere or not one.printed or not other.printed:
        return False
    return not one.printed.may_equal(other.printed)


def _check_falling(endpoint: str, several: list[Claim]) -> Iterator[Verdict]:
    """Rates in order of time; in several units a rise must hold for every length of a month."""
    one_unit = len({claim.at.unit for claim in several if claim.at}) == 1
    orders = [by_day(several, name) for name in ((DEFAULT_MONTH,) if one_unit else MONTHS)]
    times = orders[0]
    if len(times) > 1:
        fits = [
            rates_fall([(at, claim.printed) for at, claim in each.items() if claim.printed]).fit
            for each in orders
        ]
        rates_text = ", ".join(
            f"{claim.text} % at {claim.at}" for _, claim in sorted(times.items())
        )
        broken = all(fit is Consistency.CONTRADICTED for fit in fits)
        conclusion = Conclusion.CONTRADICTED if broken else Conclusion.AGREES
        yield from shared_verdict(
            list(times.values()), conclusion, f"printed {endpoint} {rates_text}"
        )


RULES = (
    Rule(
        id="K18",
        checks="a rate at a time against the median of the same endpoint",
        formula="S(t) > 50 % exactly before the median",
        severity=Severity.ERROR,
        source=KAPLAN_MEIER,
        example_fail="44 % free of progression at 12 weeks, median 5.6 months",
        example_ok="58.8 % at 24 weeks, median 27.9 weeks",
        check=check_own(check_rates_and_medians),
        yields=True,
    ),
    Rule(
        id="K19",
        checks="a rate before the first censoring is a share of the patients",
        formula="k / n up to the shortest follow-up; not checked beyond it",
        severity=Severity.NOTE,
        source=KAPLAN_MEIER,
        example_fail="63 % of 13 at 3 months, everybody followed for 6",
        example_ok="63 % of 13 at 12 months, the shortest follow-up 6",
        check=check_own(check_landmarks),
        yields=True,
    ),
    Rule(
        id="K20",
        checks="rates in order of time, OS against PFS, an estimate between its limits",
        formula="S(t1) >= S(t2) for t1 < t2; OS(t) >= PFS(t); low <= estimate <= high",
        severity=Severity.ERROR,
        source="a survival curve never rises",
        example_fail="OS 35 % at 5 years, 50 % at 10",
        example_ok="OS 50 % at 5 years, 35 % at 10",
        check=check_own(check_rates_in_order, check_rates_of_os_and_pfs),
        yields=True,
    ),
)
