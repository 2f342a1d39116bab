"""The shortest and the longest follow-up against the calendar, and two medians of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from timeline.auditing.claims.cohort import (
    Claims,
    could_take,
    group_by,
    group_of,
    in_days,
    numbers,
    shared_verdict,
)
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.compare import Conclusion
from timeline.auditing.study.times.calendar import dated
from timeline.auditing.verdict import Verdict
from timeline.core.span import Span
from timeline.report.event_references import CUTS, ENDS, OPENS
from timeline.results.statuses import days_and_months
from timeline.statistics.rounding import ordered


def look_at_shortest_follow_up(claims: Claims) -> Iterator[Verdict]:
    """Nobody enrolled last can be followed for longer than to the cut-off (K38)."""
    ended, cut = dated(claims, ENDS), dated(claims, CUTS)
    if ended is None or cut is None:
        return
    room = cut[1].span - ended[1].span
    for claim in claims:
        shortest = claim.range.low if claim.kind == "follow-up" and claim.range else None
        if claim.kind == "follow-up" and claim.statistic == "minimum":
            shortest = claim.printed
        if shortest is None or not shortest.span.is_bounded:
            continue
        least = in_days(shortest.span, claim.unit).low
        description = (
            f"printed at least {shortest} {claim.unit}; the patient enrolled last can have "
            f"{days_and_months(room)}"
        )
        call = Conclusion.AGREES if least <= room.high else Conclusion.CONTRADICTED
        yield Verdict(claim=claim, call=call, description=description)


def look_at_first_patients(claims: Claims) -> Iterator[Verdict]:
    """Whether anybody who began first was followed to the cut-off (K38): they may have died."""
    opened, cut = dated(claims, OPENS), dated(claims, CUTS)
    least = (cut[1].span - opened[1].span).low if opened and cut else 0
    for claim in claims:
        longest = claim.range.high if claim.kind == "follow-up" and claim.range else None
        of_some = has_qualifier(claim, "quartiles") or has_qualifier(claim, "of some")
        if not (opened and cut and longest and longest.span.is_bounded) or of_some:
            continue
        if could_take(longest, claim.unit).high < least:
            description = (
                f"printed at most {longest} {claim.unit}; nobody who began in {opened[0].text} was "
                f"followed to the cut-off ({cut[0].text}), {days_and_months(Span.point(least))} "
                "or more"
            )
            yield Verdict(
                claim=claim,
                call=Conclusion.POSSIBLE,
                description=description,
                others=(opened[0], cut[0]),
            )


def look_at_kinds_of_follow_up(claims: Claims) -> Iterator[Verdict]:
    """The naive median of follow-up is at most that of the reverse curve (K39)."""
    told = [each for each in claims if each.kind == "follow-up" and each.about]
    for several in group_by(told, lambda each: (group_of(each), each.unit)).values():
        for naive, reverse in itertools.permutations(several, 2):
            if "naive" in naive.about and "reverse" in reverse.about:
                found = ordered(*numbers([naive, reverse]))
                description = (
                    f"printed {naive.text} (naive) and {reverse.text} (reverse Kaplan-Meier)"
                )
                yield from shared_verdict(
                    [naive, reverse], Conclusion(found.fit.value), description
                )
