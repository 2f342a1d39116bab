"""Median survival against the number of events and the shortest follow-up."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    group_of,
    number,
    possible_days,
    shared_verdict,
    total_of,
)
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.number_text import number_text
from timeline.auditing.study.times.survival_claims import KAPLAN_MEIER, events_of, medians_of
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.statistics.rounding import Consistency
from timeline.statistics.survival.kaplan_meier import HALF
from timeline.statistics.survival.survival_checks import median_reach


def check_median_reached(claims: Claims) -> Iterator[Verdict]:
    """Whether the number of events allows a median to be reached, or not reached (K12)."""
    for claim, events_claim, total in _with_events(claims):
        events = number(events_claim) or 0
        if events > total:
            description = f"printed {_events_text(events, total)}"
            yield from shared_verdict([claim, events_claim], Conclusion.CONTRADICTED, description)
            continue
        found = median_reach(total, events)
        low, high = (float(end) for end in (found.survival.low, found.survival.high))
        description = (
            f"printed {claim.text} with {_events_text(events, total)}: survival can end at "
            f"{low:.2f} to {high:.2f}"
        )
        broken = found.fit is Consistency.CONTRADICTED if claim.printed else high < HALF
        conclusion = Conclusion.CONTRADICTED if broken else Conclusion.AGREES
        notes: tuple[str, ...] = ()
        shortest = followed_beyond(claim, claims)
        if not broken and shortest is not None and 2 * events < total:
            certain = claim.kind == "OS"
            conclusion = Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE
            description += (
                f"; no patient is censored before it: all others are followed for {shortest}"
            )
            notes = (
                ()
                if certain
                else ("possible only if some are censored at an assessment before it",)
            )
        yield Verdict(claim, conclusion, description, notes=notes, others=(events_claim,))


def _events_text(events: int, patients: int) -> str:
    return f"{number_text(events, 'event')} in {number_text(patients, 'patient')}"


def followed_beyond(median: Claim, claims: Claims) -> str | None:
    """The shortest follow-up, as text, if a reached median is not after it; otherwise None."""
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
        ends = [each.span if same else possible_days(each, unit) for each, unit in (
            (median.printed, median.unit), (least, claim.unit))]  # fmt: skip
        if ends[0].high <= ends[1].low:
            return f"{least} {claim.unit}"
    return None


def check_censoring(claims: Claims) -> Iterator[Verdict]:
    """The number censored before a median that few events reach (K13)."""
    for claim, events_claim, total in _with_events(claims):
        events = number(events_claim) or 0
        found = median_reach(total, events) if events <= total else None
        if claim.printed is None or found is None or found.fit is not Consistency.POSSIBLE:
            continue
        if followed_beyond(claim, claims) is not None:
            continue  # no patient is censored before it: K12
        description = (
            f"printed {claim.text} with {_events_text(events, total)}: the median is reached "
            f"only if at least {found.censored_before} are censored before it"
        )
        yield Verdict(claim, Conclusion.POSSIBLE, description, others=(events_claim,))


def _with_events(claims: Claims) -> Iterator[tuple[Claim, Claim, int]]:
    """Each median with its events and patients, where both are known."""
    events = events_of(claims)
    for key, claim in medians_of(claims).items():
        events_claim, total = events.get(key), total_of(claim, claims)
        if events_claim is not None and total is not None:
            yield claim, events_claim, total


RULES = (
    Rule(
        id="K12",
        checks="whether the number of events allows a median to be reached, or not reached",
        formula="survival ends at (n - d) / n at most, at 0 where all others are censored first",
        severity=Severity.ERROR,
        source=KAPLAN_MEIER,
        example_fail="a median OS with no death; or none, with 9 deaths of 15",
        example_ok="a median OS with 8 deaths of 15",
        check=check_own(check_median_reached),
        yields=True,
    ),
    Rule(
        id="K13",
        checks="how many must be censored before a median that few events reach",
        formula="n - 2 d at least",
        severity=Severity.NOTE,
        source=KAPLAN_MEIER,
        example_fail="a median OS with 4 deaths of 15: 7 censored before it (possible)",
        example_ok="a median OS with 8 deaths of 15",
        check=check_own(check_censoring),
        yields=True,
    ),
)
