"""Follow-up: medians of survival, the calendar, and the two methods of its median."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    group_by,
    group_of,
    in_days,
    numbers,
    possible_days,
    shared_verdict,
)
from timeline.auditing.claims.origins import begins_in_study, stated_origins
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.times.calendar import SURVIVAL, date_of
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import days_per, rounded_up
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.report.event_references import CUTS, ENDS, OPENS
from timeline.results.statuses import days_and_months
from timeline.statistics.rounding import ordered
from timeline.statistics.survival.survival_checks import limit_within_longest


def check_longest_follow_up(claims: Claims) -> Iterator[Verdict]:
    """A reached median is at most the longest follow-up from the same origin (K09).

    Contradicted only where the report names the origin of the time, and no other one of the
    follow-up: medians of different origins are never compared as if they were one.
    """
    for claim, value, longest in _medians_followed(claims):
        origins = stated_origins(claims, claim.kind, "follow-up")
        named = begins_in_study(claims, claim.kind) or stated_origins(claims, "follow-up")
        conclusion = Conclusion.AGREES
        notes: tuple[str, ...] = ()
        if value.span.low > longest.span.high:
            conclusion = (
                Conclusion.CONTRADICTED if len(origins) == 1 and named else Conclusion.POSSIBLE
            )
            notes = (_OBSERVED,)
        broken = conclusion is Conclusion.CONTRADICTED
        right = f"at most {longest} {claim.unit}" if broken else ""
        text = _longest_text(claim, longest)
        yield Verdict(claim, conclusion, text, notes=notes, expected=right)


_OBSERVED = "a median is an observed time: it can be longer only from another origin"


def check_upper_limits(claims: Claims) -> Iterator[Verdict]:
    """The upper limit of a median is at most the longest follow-up (K11).

    A limit computed as estimate + z SE can be longer, so that the verdict is POSSIBLE at worst.
    """
    for claim, value, longest in _medians_followed(claims):
        limits = claim.ci.both if claim.ci else None
        if limits is None or not limits[1].span.is_bounded:
            continue
        if limits[1].span.low <= longest.span.high:
            yield Verdict(claim, Conclusion.AGREES, _longest_text(claim, longest))
            continue
        found = limit_within_longest(value, *limits, longest)
        scale = f" (even on the {found.scales[0]} scale)" if found.scales else ""
        note = f"its upper limit {limits[1]} lies beyond it{scale}"
        # The origin of the follow-up is unknown and can be later than that of the time.
        yield Verdict(claim, Conclusion.POSSIBLE, _longest_text(claim, longest), notes=(note,))


def _medians_followed(claims: Claims) -> Iterator[tuple[Claim, Printed, Printed]]:
    """Each median with the longest follow-up of the same patients in the same unit."""
    for follow_up in (each for each in claims if each.kind == "follow-up"):
        longest = follow_up.range.high if follow_up.range else _maximum(follow_up)
        if has_qualifier(follow_up, "quartiles") or has_qualifier(follow_up, "of some"):
            continue
        for claim in claims if longest is not None else ():
            is_median = claim.kind in SURVIVAL and claim.statistic == "median"
            same = group_of(claim) == group_of(follow_up) and claim.unit == follow_up.unit
            same = same and (not (claim.n and follow_up.n) or claim.n == follow_up.n)
            if is_median and same and claim.printed is not None and longest is not None:
                yield claim, claim.printed, longest


def _maximum(follow_up: Claim) -> Printed | None:
    """A follow-up printed as the maximum."""
    return follow_up.printed if follow_up.statistic == "maximum" else None


def _longest_text(claim: Claim, longest: Printed) -> str:
    return f"printed {claim.text} {claim.unit}; the longest follow-up printed is {longest}"


def check_time_of_assessment(claims: Claims) -> Iterator[Verdict]:
    """A time is at most the time at which it was assessed (K09).

    Possible where a share is printed at that time as well: a sentence that names several figures
    and one time can mean it of the share alone.
    """
    for claim in claims:
        if claim.kind not in SURVIVAL or claim.printed is None or claim.at is None:
            continue
        least = in_days(claim.printed.span, claim.unit).low
        latest = in_days(Span.point(max(claim.at.values)), claim.at.unit).high
        shares = [
            each.about
            for each in claims
            if each.kind == "percent" and each.at == claim.at and group_of(each) == group_of(claim)
        ]
        description = (
            f"printed {claim.text} {claim.unit} at {claim.at}, {float(latest):.0f} days at most"
        )
        too_long = Conclusion.POSSIBLE if shares else Conclusion.CONTRADICTED
        conclusion = too_long if least > latest else Conclusion.AGREES
        recorded = f"longer than {claim.at}, at which it is said to be assessed"
        if shares:
            recorded += f"; right if {claim.at} is the time of {' and '.join(shares)} alone"
        yield Verdict(claim, conclusion, description, recorded=recorded)


def check_shortest_follow_up(claims: Claims) -> Iterator[Verdict]:
    """The patient enrolled last is followed at most to the cut-off (K38)."""
    ended, cut = date_of(claims, ENDS), date_of(claims, CUTS)
    if ended is None or cut is None:
        return
    available = cut[1].span - ended[1].span
    for claim in claims:
        shortest = claim.range.low if claim.kind == "follow-up" and claim.range else None
        if claim.kind == "follow-up" and claim.statistic == "minimum":
            shortest = claim.printed
        if shortest is None or not shortest.span.is_bounded:
            continue
        least = in_days(shortest.span, claim.unit).low
        description = (
            f"printed at least {shortest} {claim.unit}; the patient enrolled last can have "
            f"{days_and_months(available)}"
        )
        conclusion = Conclusion.AGREES if least <= available.high else Conclusion.CONTRADICTED
        most = f"at most {rounded_up(available.high / days_per(claim.unit), 1)} {claim.unit}"
        right = most if conclusion is Conclusion.CONTRADICTED else ""
        yield Verdict(claim, conclusion, description, expected=right)


def check_first_patients(claims: Claims) -> Iterator[Verdict]:
    """Whether a patient enrolled first was followed to the cut-off (K38); all can have died."""
    start, cut = date_of(claims, OPENS), date_of(claims, CUTS)
    least = (cut[1].span - start[1].span).low if start and cut else 0
    for claim in claims:
        longest = claim.range.high if claim.kind == "follow-up" and claim.range else None
        of_some = has_qualifier(claim, "quartiles") or has_qualifier(claim, "of some")
        if not (start and cut and longest and longest.span.is_bounded) or of_some:
            continue
        if possible_days(longest, claim.unit).high < least:
            description = (
                f"printed at most {longest} {claim.unit}; no patient who started in "
                f"{start[0].text} was followed to the cut-off ({cut[0].text}), "
                f"at least {days_and_months(Span.point(least))}"
            )
            yield Verdict(claim, Conclusion.POSSIBLE, description, others=(start[0], cut[0]))


def check_follow_up_methods(claims: Claims) -> Iterator[Verdict]:
    """The naive median of follow-up is at most that of the reverse curve (K39)."""
    follow_ups = [each for each in claims if each.kind == "follow-up" and each.about]
    for several in group_by(follow_ups, lambda each: (group_of(each), each.unit)).values():
        for naive, reverse in itertools.permutations(several, 2):
            if "naive" in naive.about and "reverse" in reverse.about:
                found = ordered(*numbers([naive, reverse]))
                description = (
                    f"printed {naive.text} (naive) and {reverse.text} (reverse Kaplan-Meier)"
                )
                yield from shared_verdict(
                    [naive, reverse], Conclusion(found.fit.value), description
                )


RULES = (
    Rule(
        id="K09",
        checks="a median that was reached against the longest follow-up",
        formula="median at most the longest time observed, from the same origin",
        severity=Severity.ERROR,
        source="Brookmeyer and Crowley 1982, doi:10.2307/2530286",
        example_fail="median OS 26 months from treatment with a longest follow-up of 22.3",
        example_ok="median PFS 14.2 months with a longest follow-up of 22.3",
        check=check_own(check_longest_follow_up),
        yields=True,
    ),
    Rule(
        id="K11",
        checks="the upper limit of a median against the longest follow-up",
        formula="a Brookmeyer-Crowley limit is a time observed; estimate + z SE may lie beyond",
        severity=Severity.WARNING,
        source="Brookmeyer and Crowley 1982, doi:10.2307/2530286",
        example_fail="upper limit 29.7 with a longest follow-up of 22.3",
        example_ok="upper limit 17.4 with a longest follow-up of 22.3",
        check=check_own(check_upper_limits),
        yields=True,
    ),
    Rule(
        id="K38",
        checks="the shortest follow-up against the patient enrolled last, the longest against the "
        "first",
        formula="shortest follow-up <= cut-off - last enrolment; longest >= cut-off - first, or "
        "possible: no patient enrolled first was followed so long",
        severity=Severity.NOTE,
        source="counting",
        example_fail="all followed for 12 months, the last enrolled 5 months before the cut-off",
        example_ok="at least 4.1 months, the last enrolled 4 to 6 months before",
        check=check_own(check_shortest_follow_up, check_first_patients),
        yields=True,
    ),
    Rule(
        id="K39",
        checks="two medians of follow-up, naive and reverse Kaplan-Meier",
        formula="naive <= reverse",
        severity=Severity.NOTE,
        source="Schemper and Smith 1996, doi:10.1016/0197-2456(96)00075-X",
        example_fail="18.0 months naive, 16.9 reverse",
        example_ok="16.9 months naive, 18.0 reverse",
        check=check_own(check_follow_up_methods),
        yields=True,
    ),
)
