"""Claims on survival: medians, events and rates, and their times in one unit."""

from __future__ import annotations

from fractions import Fraction

from timeline.auditing.claims.cohort import Claims, cached_by_claims, group_of, number
from timeline.auditing.claims.qualifiers import Assessment, assessed
from timeline.auditing.study.times.calendar import SURVIVAL
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS, days_per
from timeline.report.claims import Claim

CURVES = (*SURVIVAL, "DSS", "EFS", "RFS", "MFS", "CSS")  # endpoints whose curve falls with time
EVENTS_OF = {"deaths": "OS", "died": "OS", "progressions": "TTP"}


@cached_by_claims
def medians_of(
    claims: Claims, assessment: Assessment | None = None
) -> dict[tuple[str, str], Claim]:
    """The first median of each endpoint and group, by one way of assessment if given.

    OS does not depend on the way of assessment.
    """
    found: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        same = assessment is None or claim.kind == "OS" or assessed(claim) == assessment
        if same and claim.kind in SURVIVAL and claim.statistic == "median":
            found.setdefault((claim.kind, group_of(claim)), claim)
    return found


@cached_by_claims
def events_of(claims: Claims) -> dict[tuple[str, str], Claim]:
    """The claim on all events of each endpoint and group, where one is printed."""
    found: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        endpoint = claim.of if claim.kind == "events" else ""
        if claim.kind == "count":
            endpoint = EVENTS_OF.get(claim.about, "")
        if endpoint and number(claim) is not None and claim.at is None:
            found.setdefault((endpoint, group_of(claim)), claim)
    return found


@cached_by_claims
def landmarks(claims: Claims, of: tuple[str, ...] = SURVIVAL) -> list[Claim]:
    """The rates of some endpoints at one time."""
    rates = (c for c in claims if c.kind == "rate" and c.of in of and c.at and c.printed)
    return [claim for claim in rates if claim.at and len(claim.at.values) == 1]


def times_in_unit(claim: Claim, unit: str) -> list[Fraction]:
    """The time of a rate in another unit, for each pair of lengths of a month.

    A report may count its landmarks in calendar months and its medians in months of 30 days. The
    default convention is first.
    """
    if claim.at is None:
        return []
    return [claim.at.values[0] * factor for factor in unit_factors(claim.at.unit, unit)]


def unit_factors(unit: str, other: str) -> list[Fraction]:
    """Factors from one unit to another, the default length of a month first."""
    factors = [days_per(unit) / days_per(other)]
    factors += [days_per(unit, one) / days_per(other, two) for one in MONTHS for two in MONTHS]
    return list(dict.fromkeys(factors))


def by_day(rates: list[Claim], month: str = DEFAULT_MONTH) -> dict[Fraction, Claim]:
    """Rates by their time in days, for one length of a month."""
    timed = [(claim.at, claim) for claim in rates if claim.at]
    return {at.values[0] * days_per(at.unit, month): claim for at, claim in timed}


KAPLAN_MEIER = "Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452"
