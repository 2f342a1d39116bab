"""Medians, rates over time, events and numbers at risk of one cohort against each other."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import (
    Claims,
    contradiction_only,
    could_take,
    group_by,
    group_of,
    number,
    remembered,
    shared_verdict,
    total_of,
)
from timeline.auditing.claims.qualifiers import Assessment, assessed, has_qualifier
from timeline.auditing.compare import Conclusion
from timeline.auditing.study.estimates.repairs import repairs
from timeline.auditing.study.times.calendar import SURVIVAL
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.durations import DEFAULT_MONTH, MONTHS, days_per, rounded
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.statistics.kaplan_meier import HALF
from timeline.statistics.rounding import Consistency, ordered
from timeline.statistics.survival_checks import (
    landmark_rate,
    median_reach,
    rate_and_median,
    rates_fall,
)

CURVES = (*SURVIVAL, "DSS", "EFS", "RFS", "MFS", "CSS")  # all that fall with time
EVENTS_OF = {"deaths": "OS", "died": "OS", "progressions": "TTP"}


@remembered
def medians_of(claims: Claims, how: Assessment | None = None) -> dict[tuple[str, str], Claim]:
    """The first printed median of each endpoint in each group; of one way of assessing where told.

    Death is seen by whoever looks: the median of OS is that of every way.
    """
    found: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        same = how is None or claim.kind == "OS" or assessed(claim) == how
        if same and claim.kind in SURVIVAL and claim.statistic == "median":
            found.setdefault((claim.kind, group_of(claim)), claim)
    return found


@remembered
def events_of(claims: Claims) -> dict[tuple[str, str], Claim]:
    """How many had the event of each endpoint in each group in all, where told."""
    found: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        endpoint = claim.of if claim.kind == "events" else ""
        if claim.kind == "count":
            endpoint = EVENTS_OF.get(claim.about, "")
        if endpoint and number(claim) is not None and claim.at is None:
            found.setdefault((endpoint, group_of(claim)), claim)
    return found


def look_at_reach(claims: Claims) -> Iterator[Verdict]:
    """Whether so few events let a median be reached, or so many let it not be (K12)."""
    for claim, events_told, total in _with_events(claims):
        had = number(events_told) or 0
        if had > total:
            description = f"printed {had} events of {total} patients"
            yield from shared_verdict([claim, events_told], Conclusion.CONTRADICTED, description)
            continue
        found = median_reach(total, had)
        low, high = (float(end) for end in (found.survival.low, found.survival.high))
        description = (
            f"printed {claim.text} with {had} events of {total} patients: survival can end at "
            f"{low:.2f} to {high:.2f}"
        )
        broken = found.fit is Consistency.CONTRADICTED if claim.printed else high < HALF
        call = Conclusion.CONTRADICTED if broken else Conclusion.AGREES
        notes: tuple[str, ...] = ()
        shortest = followed_beyond(claim, claims)
        if not broken and shortest is not None and 2 * had < total:
            certain = claim.kind == "OS"
            call = Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE
            description += f"; nobody is censored before it, all others are followed for {shortest}"
            notes = () if certain else ("so only if some are censored at an assessment before it",)
        yield Verdict(
            claim=claim, call=call, description=description, notes=notes, others=(events_told,)
        )


def followed_beyond(median: Claim, claims: Claims) -> str | None:
    """The shortest follow-up of the patients, where a median that was reached is not after it."""
    for claim in claims:
        if claim.kind != "follow-up" or group_of(claim) != group_of(median) or claim.unit == "":
            continue
        if (
            has_qualifier(claim, "quartiles")
            or has_qualifier(claim, "of some")
            or median.printed is None
        ):
            continue
        least = claim.range.low if claim.range else None
        least = claim.printed if claim.statistic == "minimum" else least
        if least is None or not least.span.is_bounded or not median.printed.span.is_bounded:
            continue
        same = claim.unit == median.unit
        ends = [each.span if same else could_take(each, unit) for each, unit in (
            (median.printed, median.unit), (least, claim.unit))]  # fmt: skip
        if ends[0].high <= ends[1].low:
            return f"{least} {claim.unit}"
    return None


def look_at_censoring(claims: Claims) -> Iterator[Verdict]:
    """How many must be censored before a median that so few events reach (K13)."""
    for claim, events_told, total in _with_events(claims):
        had = number(events_told) or 0
        found = median_reach(total, had) if had <= total else None
        if claim.printed is None or found is None or found.fit is not Consistency.POSSIBLE:
            continue
        if followed_beyond(claim, claims) is not None:
            continue  # nobody is censored before it: K12
        description = (
            f"printed {claim.text} with {had} events of {total} patients: the median is reached "
            f"only if at least {found.censored_before} are censored before it"
        )
        yield Verdict(
            claim=claim, call=Conclusion.POSSIBLE, description=description, others=(events_told,)
        )


def _with_events(claims: Claims) -> Iterator[tuple[Claim, Claim, int]]:
    """Each median with the events of its endpoint and the patients, where both are told."""
    events = events_of(claims)
    for key, claim in medians_of(claims).items():
        events_told, total = events.get(key), total_of(claim, claims)
        if events_told is not None and total is not None:
            yield claim, events_told, total


def look_at_rates_and_medians(claims: Claims) -> Iterator[Verdict]:
    """A rate above one half stands before the median only, one below it after (K18)."""
    for claim in landmarks(claims):
        median = medians_of(claims, assessed(claim)).get((claim.of, group_of(claim)))
        if median is None or claim.printed is None or claim.at is None:
            continue
        stated, *others = times_in(claim, median.unit)
        fit = rate_and_median(claim.printed, stated, median.printed).fit
        if fit is Consistency.CONTRADICTED and any(
            rate_and_median(claim.printed, at, median.printed).fit is not Consistency.CONTRADICTED
            for at in others
        ):
            fit = Consistency.POSSIBLE
        description = (
            f"printed {claim.text} % free of it at {claim.at}; "
            f"the median is printed {median.text} {median.unit}"
        )
        notes = tuple(_only(claim.printed, stated, median)) if fit is Consistency.POSSIBLE else ()
        yield Verdict(
            claim=claim,
            call=Conclusion(fit.value),
            description=description,
            notes=notes,
            others=(median,),
        )


def _only(rate: Printed, at: Fraction, median: Claim) -> Iterator[str]:
    """Which part of a printed median a rate beside it leaves."""
    span = median.printed.span if median.printed else None
    if span is None or at not in span or not span.is_bounded:
        return
    ends = (at, span.high) if rate.span.low > HALF * 100 else (span.low, at)
    if rate.span.low > HALF * 100 or rate.span.high < HALF * 100:
        low, high = (rounded(end) for end in ends)
        yield f"only a median of {low} to {high} {median.unit} fits"


@remembered
def landmarks(claims: Claims, of: tuple[str, ...] = SURVIVAL) -> list[Claim]:
    """The rates of an endpoint that are told of one time."""
    wanted = (c for c in claims if c.kind == "rate" and c.of in of and c.at and c.printed)
    return [claim for claim in wanted if claim.at and len(claim.at.values) == 1]


def times_in(claim: Claim, unit: str) -> list[Fraction]:
    """The time of a rate in another unit, under each pair of conventions of a month.

    A report may count its landmarks in calendar months and its medians in months of 30 days. The
    default convention stands first.
    """
    if claim.at is None:
        return []
    return [claim.at.values[0] * way for way in ways_between(claim.at.unit, unit)]


def ways_between(unit: str, other: str) -> list[Fraction]:
    """How many of another unit one unit has, the default convention of a month first."""
    ways = [days_per(unit) / days_per(other)]
    ways += [days_per(unit, one) / days_per(other, two) for one in MONTHS for two in MONTHS]
    return list(dict.fromkeys(ways))


def look_at_landmarks(claims: Claims) -> Iterator[Verdict]:
    """A rate before anybody was censored is a share of the patients (K19); a later one need not be.

    The shortest follow-up printed is no later than the first censoring of OS; PFS may be
    censored before, at the last assessment.
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
        at = max(times_in(claim, least.unit))
        found = landmark_rate(claim.printed, total, at, first)
        if found.fit is Consistency.NOT_CHECKABLE:
            yield not_checkable(claim, "a rate over time need not be a share of the patients")
            continue
        description = f"printed {claim.text} % of {total} before anybody was censored ({first})"
        yield Verdict(claim=claim, call=Conclusion(found.fit.value), description=description)


def look_at_order(claims: Claims) -> Iterator[Verdict]:
    """Rates never rise; an estimate lies within its limits (K20)."""
    for (_, endpoint, *_), several in group_by(
        landmarks(claims, CURVES),
        lambda each: (group_of(each), each.of, each.n, each.criterion, assessed(each)),
    ).items():
        yield from _falling(endpoint, several)
        yield from _of_one_time(endpoint, several)
    for claim in claims:
        both = claim.ci.both if claim.ci else None
        if both and claim.printed:
            found = ordered(both[0], claim.printed, both[1])
            description = f"printed {claim.text} with limits {claim.ci}"
            call = contradiction_only(found.fit)
            slips = repairs(claim) if call is Conclusion.CONTRADICTED else ""
            yield Verdict(
                claim=claim, call=call, description=description, notes=(slips,) if slips else ()
            )


def _of_one_time(endpoint: str, several: list[Claim]) -> Iterator[Verdict]:
    """One curve has one rate at one time; the same time in the same words elsewhere is for C26."""
    for at_once in group_by(several, lambda each: next(iter(by_day([each])), None)).values():
        seen = _Seen()
        for other in at_once:
            one = next((each for each in seen.before(other) if _are_two(each, other)), None)
            seen.add(other)
            if one is not None:
                apart = (one.about, one.note) != (other.about, other.note)
                description = f"printed {endpoint} {one.text} % and {other.text} % at {other.at}"
                call = Conclusion.POSSIBLE if apart else Conclusion.CONTRADICTED
                notes = ("so only if of two analyses",) * apart
                yield from shared_verdict([one, other], call, description, notes)


class _Seen:
    """Rates of one time in the order told, each once of those that compare alike with any other.

    Of one print in the same words at several places the first does for all of another wording.
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
        """Those at the same place, and those of the time in other words, the first told first."""
        here = self._here.get(rate.place, {}).values()
        others = [told.values() for at, told in self._worded.items() if at != str(rate.at)]
        yield from (each for _, each in heapq.merge(here, *others, key=lambda each: each[0]))


def _are_two(one: Claim, other: Claim) -> bool:
    """Whether two rates cannot be one number, and no other rule holds them to each other."""
    elsewhere = one.place != other.place and str(one.at) == str(other.at)
    if one is other or elsewhere or not one.printed or not other.printed:
        return False
    return not one.printed.may_equal(other.printed)


def _falling(endpoint: str, several: list[Claim]) -> Iterator[Verdict]:
    """Rates in order of time; of several units only where no month puts the times otherwise."""
    one_unit = len({claim.at.unit for claim in several if claim.at}) == 1
    orders = [by_day(several, name) for name in ((DEFAULT_MONTH,) if one_unit else MONTHS)]
    times = orders[0]
    if len(times) > 1:
        fits = [
            rates_fall([(at, claim.printed) for at, claim in each.items() if claim.printed]).fit
            for each in orders
        ]
        spoken = ", ".join(f"{claim.text} % at {claim.at}" for _, claim in sorted(times.items()))
        broken = all(fit is Consistency.CONTRADICTED for fit in fits)
        call = Conclusion.CONTRADICTED if broken else Conclusion.AGREES
        yield from shared_verdict(list(times.values()), call, f"printed {endpoint} {spoken}")


def by_day(rates: list[Claim], month: str = DEFAULT_MONTH) -> dict[Fraction, Claim]:
    """Rates by their time in days, under one convention of a month."""
    told = [(claim.at, claim) for claim in rates if claim.at]
    return {at.values[0] * days_per(at.unit, month): claim for at, claim in told}
