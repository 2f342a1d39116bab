"""Confidence limits that are narrower than the number of events or patients allows."""

from __future__ import annotations

import math
from collections.abc import Iterator

from timeline.auditing.claims.cohort import ALL, Claims, check_own, group_of, number, total_of
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.estimates.confidence_limits import level_of
from timeline.auditing.study.number_text import number_text
from timeline.auditing.study.times.survival_claims import (
    CURVES,
    EVENTS_OF,
    events_of,
    landmarks,
    medians_of,
)
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.statistics.distributions import normal_quantile
from timeline.statistics.precision import rate_width, ratio_width

_NARROW = 3  # how many times narrower than d events allow an interval is when it is reported


def check_widths_of_medians(claims: Claims) -> Iterator[Verdict]:
    """An interval far narrower than the number of events allows (K15): a note.

    With a constant rate the standard error of a median of d events is the median / sqrt(d).
    """
    events = events_of(claims)
    for key, claim in medians_of(claims).items():
        events_claim, both = events.get(key), claim.ci.both if claim.ci else None
        number_of_events = number(events_claim) if events_claim else None
        value = claim.printed.value if claim.printed else None
        if not (
            events_claim
            and number_of_events
            and both
            and value
            and both[1].value
            and both[0].value is not None
        ):
            continue
        z = normal_quantile(float((1 + level_of(claim)) / 2))
        error = float(both[1].value - both[0].value) / (2 * z)
        expected = float(value) / math.sqrt(number_of_events)
        narrow = error * _NARROW < expected
        description = (
            f"printed {claim.text} ({claim.ci}), a standard error of {error:.2g}; "
            f"{number_text(number_of_events, 'event')} would give about {expected:.2g}"
        )
        conclusion = Conclusion.POSSIBLE if narrow else Conclusion.AGREES
        recorded = description.removeprefix(f"printed {claim.text} ")
        yield Verdict(
            claim, conclusion, description, others=(events_claim,), recorded=f"limits {recorded}"
        )


_LARGE = 3  # wider limits than so many times the least standard error are reported


def check_widths_of_ratios(claims: Claims) -> Iterator[Verdict]:
    """Limits of a hazard ratio against the events of its endpoint (K51)."""
    for claim in claims:
        both = claim.ci.both if claim.ci and claim.kind == "HR" else None
        event_claims = _events(claim, claims) if claim.about in CURVES else []
        events = sum(number(each) or 0 for each in event_claims)
        if both and events and all(each.span.is_bounded for each in both):
            found = ratio_width(*both, events, float(level_of(claim)))
            description = (
                f"printed {claim.text} ({claim.ci}), a standard error of ln HR of "
                f"{found.printed:.2g}; least from {number_text(events, 'event')}: {found.least:.2g}"
            )
            conclusion, notes = Conclusion(found.fit.value), _allowance(claim)
            if conclusion is Conclusion.CONTRADICTED and notes:
                conclusion = Conclusion.POSSIBLE
            elif conclusion is Conclusion.AGREES and found.printed > _LARGE * found.least:
                conclusion, notes = Conclusion.POSSIBLE, (_UNEQUAL,)
            shown = notes if conclusion is Conclusion.POSSIBLE else ()
            yield Verdict(claim, conclusion, description, notes=shown, others=tuple(event_claims))


_UNEQUAL = "so wide only if the groups are very unequal or the ratio is adjusted for many factors"


def _allowance(claim: Claim) -> tuple[str, ...]:
    """What can make limits narrower than the events of two groups allow."""
    if has_qualifier(claim, "resampled") or has_qualifier(claim, "weighted"):
        return ("resampled or weighted limits need not follow the events",)
    return () if claim.than else ("so narrow only if it is not a ratio of two groups",)


def _events(claim: Claim, claims: Claims) -> list[Claim]:
    """The events of the two groups of a ratio, if both are printed; otherwise of all patients."""
    by_group: dict[str, Claim] = {}
    for each in claims:
        of = each.of if each.kind == "events" else EVENTS_OF.get(each.about, "")
        counted = each.kind in ("events", "count") and number(each) is not None
        if counted and of == claim.about and each.at is None:
            by_group.setdefault(group_of(each), each)
    pair = [by_group.get(group) for group in (group_of(claim), claim.than)]
    both = [each for each in pair if each is not None]
    if claim.than and group_of(claim) != ALL and len(both) == 2:
        return both
    return [by_group[ALL]] if ALL in by_group else []


def check_widths_of_rates(claims: Claims) -> Iterator[Verdict]:
    """Limits of a rate over time against the number of patients (K52)."""
    for claim in landmarks(claims, CURVES):
        both, total = claim.ci.both if claim.ci else None, total_of(claim, claims)
        if not both or not total or claim.printed is None or has_qualifier(claim, "one-sided"):
            continue
        if not all(each.span.is_bounded for each in (claim.printed, *both)):
            continue
        found = rate_width(claim.printed, *both, total, float(level_of(claim)))
        if not found.narrowest:
            continue
        name, (low, high) = found.narrowest[0]
        description = (
            f"printed {claim.text} % ({claim.ci}) of {total}; with no censoring the narrowest "
            f"limits ({name}) are {low:.1f} to {high:.1f}"
        )
        conclusion, notes = _conclusion_on_rate(claim, total, bool(found.methods))
        yield Verdict(claim, conclusion, description, notes=notes)


def _conclusion_on_rate(claim: Claim, total: int, fits: bool) -> tuple[Conclusion, tuple[str, ...]]:
    if fits:
        return Conclusion.AGREES, ()
    if has_qualifier(claim, "resampled") or has_qualifier(claim, "weighted"):
        return Conclusion.POSSIBLE, ("resampled or weighted limits need not follow the patients",)
    both = claim.ci.both if claim.ci else None
    for level, words in _OTHER_LEVELS if not claim.level and both and claim.printed else ():
        if both and claim.printed and rate_width(claim.printed, *both, total, level).methods:
            return Conclusion.POSSIBLE, (f"possible only as {words}: no level is printed",)
    return Conclusion.CONTRADICTED, ()


_OTHER_LEVELS = ((0.90, "limits of 90 %"), (0.6827, "the rate plus and minus one standard error"))


RULES = (
    Rule(
        id="K15",
        checks="the width of the limits of a median against the number of events",
        formula="(U - L) / 2 z a third or more of median / sqrt(d)",
        severity=Severity.NOTE,
        source="the standard error with a constant rate; a rough bound",
        example_fail="26 (22.2 to 29.7) with 4 deaths: 1.9 against 13",
        example_ok="26 (13 to 52) with 4 deaths",
        check=check_own(check_widths_of_medians),
        yields=True,
    ),
    Rule(
        id="K51",
        checks="the limits of a hazard ratio against the number of events",
        formula="(ln U - ln L) / 2 z >= 2 / root(d)",
        severity=Severity.ERROR,
        source="Schoenfeld 1983, doi:10.2307/2531021; possible within a fifth of it, and of a "
        "ratio that is not stated to be of two groups",
        example_fail="HR 0.50 (0.45 to 0.556) of 20 events: 0.054 against 0.447",
        example_ok="HR 0.50 (0.21 to 1.20) of 20 events: 0.445",
        check=check_own(check_widths_of_ratios),
    ),
    Rule(
        id="K52",
        checks="the limits of a rate over time against the number of patients",
        formula="Greenwood's variance >= S (1 - S) / n, in limits plain, log, log-log, logit, "
        "arcsine, Wilson",
        severity=Severity.ERROR,
        source="Greenwood 1926; Kalbfleisch and Prentice 1980; Rothman 1978",
        example_fail="50 % (49 to 51) of 20: 28.1 to 71.9 are the narrowest",
        example_ok="50 % (27 to 69) of 20",
        check=check_own(check_widths_of_rates),
    ),
)
