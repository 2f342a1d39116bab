"""Limits that are narrower than so few events, or patients, allow."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.claims.cohort import ALL, Claims, group_of, number, total_of
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.compare import Conclusion
from timeline.auditing.study.estimates.confidence_limits import level_of
from timeline.auditing.study.times.survival import CURVES, EVENTS_OF, landmarks
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.statistics.precision import rate_width, ratio_width

_WIDE = 3  # times the least standard error, from which limits are remarked on


def look_at_widths_of_ratios(claims: Claims) -> Iterator[Verdict]:
    """Limits of a hazard ratio against the events of its endpoint (K51)."""
    for claim in claims:
        both = claim.ci.both if claim.ci and claim.kind == "HR" else None
        told = _events(claim, claims) if claim.about in CURVES else []
        events = sum(number(each) or 0 for each in told)
        if both and events and all(each.span.is_bounded for each in both):
            found = ratio_width(*both, events, float(level_of(claim)))
            description = (
                f"printed {claim.text} ({claim.ci}), a standard error of ln HR of "
                f"{found.printed:.2g}; {events} events give {found.least:.2g} at least"
            )
            call, notes = Conclusion(found.fit.value), _softened(claim)
            if call is Conclusion.CONTRADICTED and notes:
                call = Conclusion.POSSIBLE
            elif call is Conclusion.AGREES and found.printed > _WIDE * found.least:
                call, notes = Conclusion.POSSIBLE, (_UNEQUAL,)
            shown = notes if call is Conclusion.POSSIBLE else ()
            yield Verdict(
                claim=claim, call=call, description=description, notes=shown, others=tuple(told)
            )


_UNEQUAL = "so wide only if the groups are very unequal, or the ratio is adjusted for much"


def _softened(claim: Claim) -> tuple[str, ...]:
    """What can make limits narrower than the events of two groups do."""
    if has_qualifier(claim, "resampled") or has_qualifier(claim, "weighted"):
        return ("resampled or weighted limits need not follow the events",)
    return () if claim.than else ("so narrow only if it is no ratio of two groups",)


def _events(claim: Claim, claims: Claims) -> list[Claim]:
    """The events of the two groups of a ratio, each told; else those of all patients."""
    told: dict[str, Claim] = {}
    for each in claims:
        of = each.of if each.kind == "events" else EVENTS_OF.get(each.about, "")
        counted = each.kind in ("events", "count") and number(each) is not None
        if counted and of == claim.about and each.at is None:
            told.setdefault(group_of(each), each)
    pair = [told.get(group) for group in (group_of(claim), claim.than)]
    both = [each for each in pair if each is not None]
    if claim.than and group_of(claim) != ALL and len(both) == 2:
        return both
    return [told[ALL]] if ALL in told else []


def look_at_widths_of_rates(claims: Claims) -> Iterator[Verdict]:
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
            f"printed {claim.text} % ({claim.ci}) of {total}; nobody censored, the narrowest "
            f"limits ({name}) are {low:.1f} to {high:.1f}"
        )
        call, notes = _call_of_rate(claim, total, bool(found.methods))
        yield Verdict(claim=claim, call=call, description=description, notes=notes)


def _call_of_rate(claim: Claim, total: int, fits: bool) -> tuple[Conclusion, tuple[str, ...]]:
    if fits:
        return Conclusion.AGREES, ()
    if has_qualifier(claim, "resampled") or has_qualifier(claim, "weighted"):
        return Conclusion.POSSIBLE, ("resampled or weighted limits need not follow the patients",)
    both = claim.ci.both if claim.ci else None
    for level, words in _OTHER_LEVELS if not claim.level and both and claim.printed else ():
        if both and claim.printed and rate_width(claim.printed, *both, total, level).methods:
            return Conclusion.POSSIBLE, (f"so only as {words}: no level is printed",)
    return Conclusion.CONTRADICTED, ()


_OTHER_LEVELS = ((0.90, "limits of 90 %"), (0.6827, "the rate -+ one standard error"))
