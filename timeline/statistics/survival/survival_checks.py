"""Published survival figures against the calendar, the numbers at risk and each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import ROUNDINGS, Printed
from timeline.core.span import NEVER_ENDS, Span
from timeline.statistics.intervals import symmetry
from timeline.statistics.percentages import PercentOfN, percent_of_n
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    Order,
    judge,
    not_above,
    ordered,
    rounded_range,
    times,
    whether,
)
from timeline.statistics.survival.kaplan_meier import HALF


@attrs.frozen(kw_only=True)
class Ceiling(CheckResult):
    """How many days any patient can have been observed: a range where the dates are vague."""

    days: Span


def calendar_ceiling(
    time: Printed, days_per_unit: Fraction, first_enrolment: Span, cut_off: Span, inclusive: int = 0
) -> Ceiling:
    """Whether a time fits between the first enrolment and the cut-off of the data (K10).

    ``first_enrolment``, ``cut_off``: ordinals of days, both ends included. ``inclusive``: 1 where
    the first day counts. Holds for times from enrolment or later, whatever their statistic.
    """
    days = cut_off - first_enrolment + inclusive
    fit, roundings = judge([time], lambda spans: not_above(times(spans[0], days_per_unit), days))
    return Ceiling(fit=fit, roundings=roundings, days=days)


@attrs.frozen(kw_only=True)
class LimitCheck(CheckResult):
    """An upper limit against the longest time; ``scales``: where the interval is symmetric."""

    scales: tuple[str, ...]


def limit_within_longest(
    estimate: Printed, low: Printed, high: Printed, longest: Printed
) -> LimitCheck:
    """Whether the upper limit of a Kaplan-Meier median is at most the longest follow-up (K11).

    A Brookmeyer-Crowley limit is one of the times observed (doi:10.2307/2530286). A limit beyond
    is POSSIBLE where the interval is estimate -+ z SE, which knows no such ceiling.
    """
    order = ordered(high, longest)
    scales = symmetry(estimate, low, high).scales
    fit = order.fit
    if fit is Consistency.CONTRADICTED and "normal" in scales:
        fit = Consistency.POSSIBLE
    return LimitCheck(fit=fit, roundings=order.roundings, scales=scales)


@attrs.frozen(kw_only=True)
class MedianReach(CheckResult):
    """What d events of n let a Kaplan-Meier curve do.

    ``survival``: the lowest and highest that it can end at. ``censored_before``: how many must at
    least be censored before the median. ``earliest_rank``: which of the n times in order is the
    first that can be the median.
    """

    survival: Span
    censored_before: int
    earliest_rank: int


def median_reach(n: int, events: int, beyond: int = 0) -> MedianReach:
    """Whether d events of n can bring survival to one half: surely, perhaps, or never (K12, K13).

    ``beyond``: how many are known to be at risk after the median. Survival ends at (n - d) / n
    where the events come first, at beyond / (d + beyond) where the censorings do; so with
    no patients beyond, one event is enough, if it is that of the last at risk.
    """
    if n < 1 or events < 0 or beyond < 0 or events + beyond > n:
        raise ValueError(f"not a cohort: {events} events and {beyond} beyond, of {n} patients")
    highest = Fraction(n - events, n)
    lowest = Fraction(beyond, events + beyond) if events else Fraction(1)
    fit = Consistency.AGREES if highest <= HALF else whether(lowest <= HALF)
    return MedianReach(
        fit=Consistency.POSSIBLE if fit is Consistency.AGREES and highest > HALF else fit,
        survival=Span(lowest, highest),
        censored_before=max(0, n - 2 * events),
        earliest_rank=max((n + 1) // 2, n - events),
    )


def rate_and_median(rate: Printed, at: Fraction | int, reached: Printed | None) -> CheckResult:
    """Whether a rate in percent at a time agrees with the median: above 50 before it only (K18).

    ``at`` in the unit of the median; ``reached`` None where the median was not. A rate of 50
    itself is not informative, as the median may then be the middle of a flat stretch.
    """
    later = Span(at, NEVER_ENDS, low_in=False)

    def rule(spans: tuple[Span, ...]) -> Consistency:
        share, when = spans if reached else (spans[0], later)
        before = when.low > at or when.within(later)
        if (share.low > 50 and before) or (share.high < 50 and when.high <= at):
            return Consistency.AGREES
        above = share.high > 50 and when.overlaps(later)
        below = share.low < 50 and when.low <= at and reached is not None
        return Consistency.POSSIBLE if above or below or 50 in share else Consistency.CONTRADICTED

    fit, roundings = judge([rate, *([reached] if reached else [])], rule)
    return CheckResult(fit=fit, roundings=roundings)


def landmark_rate(
    rate: Printed, n: int, at: Fraction | int, first_censored: Printed | None
) -> PercentOfN:
    """Whether a Kaplan-Meier rate is a share of n, which it is before the first censoring (K19).

    NOT_CHECKABLE after it. ``first_censored`` None where no patient was censored.
    """
    if first_censored and any(rounded_range(first_censored, name).low < at for name in ROUNDINGS):
        return PercentOfN(fit=Consistency.NOT_CHECKABLE, percent=rate, n=n, count=None, counts=())
    return percent_of_n(rate, n)


def rates_fall(landmarks: Sequence[tuple[Fraction | int, Printed]]) -> Order:
    """Whether survival never rises from one time to a later one (K20).

    ``broken`` counts the landmarks from the latest back.
    """
    latest_first = sorted(landmarks, key=lambda landmark: landmark[0], reverse=True)
    return ordered(*(rate for _, rate in latest_first))


def median_order(pfs: Printed | None, os: Printed | None) -> CheckResult:
    """Whether median PFS is at most median OS; None where a median was not reached (K21).

    Same patients, origin and cut-off. Certain only where no patient dies after being censored for
    PFS: censoring PFS at a new therapy, for example, can reverse the order.
    """
    if os is None:
        return CheckResult(fit=Consistency.AGREES, roundings=tuple(ROUNDINGS))
    if pfs is None:
        return CheckResult(fit=Consistency.CONTRADICTED)
    return ordered(pfs, os)


@attrs.frozen(kw_only=True)
class RiskTable(CheckResult):
    """Numbers at risk: how many leave in each interval, and what is wrong, in words."""

    drops: tuple[int, ...]
    faults: tuple[str, ...]


def risk_table(at_risk: Sequence[int], n: int, events: Sequence[int] = ()) -> RiskTable:
    """Whether the numbers at risk start at n, never rise, and allow the events (K49).

    ``events``: those of each interval between two columns. After Guyot et al. 2012,
    doi:10.1186/1471-2288-12-9.
    """
    if not at_risk or (events and len(events) != len(at_risk) - 1):
        raise ValueError(
            f"{len(at_risk)} columns and {len(events)} intervals (one interval fewer than columns)"
        )
    drops = tuple(first - later for first, later in itertools.pairwise(at_risk))
    faults = [f"starts at {at_risk[0]}, not at {n}"] if at_risk[0] != n else []
    faults += [f"rises in interval {i}" for i, drop in enumerate(drops, 1) if drop < 0]
    faults += [
        f"{had} events in interval {i}, where {drop} leave"
        for i, (had, drop) in enumerate(zip(events, drops, strict=False), 1)
        if had > drop >= 0
    ]
    return RiskTable(fit=whether(not faults), drops=drops, faults=tuple(faults))
