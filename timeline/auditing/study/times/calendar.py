"""Times of a cohort against the calendar of the study and the follow-up of its patients."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import Claims, group_by, group_of, in_days, shared_verdict
from timeline.auditing.claims.origins import begins_in_study, origins_text
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.compare import Conclusion
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.dates import PartialDate
from timeline.core.durations import MONTHS, days_per
from timeline.core.printed_numbers import Printed
from timeline.core.span import Number, Span
from timeline.report.claims import Claim
from timeline.report.event_references import CUTS, ENDS, OPENS
from timeline.results.statuses import days_and_months
from timeline.statistics.survival_checks import calendar_ceiling, limit_within_longest
from timeline.terminology.endpoints import family

SURVIVAL = family("PFS", "OS", "TTP", "DoR", "DFS", "TTF")


def look_at_longest_follow_up(claims: Claims) -> Iterator[Verdict]:
    """A median that was reached is a time somebody was followed for, from the same origin (K09).

    Contradicted only where the report names the origin of the time, and no other one of the
    follow-up: medians of different origins are never compared as if they were one.
    """
    for claim, value, longest in _followed(claims):
        origins = origins_text(claims, claim.kind, "follow-up")
        named = begins_in_study(claims, claim.kind) or origins_text(claims, "follow-up")
        call = Conclusion.AGREES
        notes: tuple[str, ...] = ()
        if value.span.low > longest.span.high:
            call = Conclusion.CONTRADICTED if len(origins) == 1 and named else Conclusion.POSSIBLE
            notes = (_OBSERVED,)
        yield Verdict(claim=claim, call=call, description=_beside(claim, longest), notes=notes)


_OBSERVED = "a median is a time that was observed: only from another origin can it be longer"


def look_at_upper_limit(claims: Claims) -> Iterator[Verdict]:
    """The upper limit of such a median likewise, but for one reckoned as estimate + z SE (K11)."""
    for claim, value, longest in _followed(claims):
        limits = claim.ci.both if claim.ci else None
        if limits is None or not limits[1].span.is_bounded:
            continue
        if limits[1].span.low <= longest.span.high:
            yield Verdict(claim=claim, call=Conclusion.AGREES, description=_beside(claim, longest))
            continue
        found = limit_within_longest(value, *limits, longest)
        scale = f" (even on the {found.scales[0]} scale)" if found.scales else ""
        note = f"its upper limit {limits[1]} lies beyond it{scale}"
        # The follow-up may be counted from a later day than the time: its origin is not told.
        yield Verdict(
            claim=claim,
            call=Conclusion.POSSIBLE,
            description=_beside(claim, longest),
            notes=(note,),
        )


def _followed(claims: Claims) -> Iterator[tuple[Claim, Printed, Printed]]:
    """Each median of the same patients and unit as a range of follow-up, with its longest."""
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
    """A follow-up that is printed as the longest one."""
    return follow_up.printed if follow_up.statistic == "maximum" else None


def _beside(claim: Claim, longest: Printed) -> str:
    return f"printed {claim.text} {claim.unit}; the longest follow-up printed is {longest}"


def look_at_time_of_reading(claims: Claims) -> Iterator[Verdict]:
    """A time that is told of an earlier moment than it takes itself (K09)."""
    for claim in claims:
        if claim.kind not in SURVIVAL or claim.printed is None or claim.at is None:
            continue
        least = in_days(claim.printed.span, claim.unit).low
        latest = in_days(Span.point(max(claim.at.values)), claim.at.unit).high
        description = (
            f"printed {claim.text} {claim.unit} at {claim.at}, {float(latest):.0f} days at most"
        )
        call = Conclusion.CONTRADICTED if least > latest else Conclusion.AGREES
        yield Verdict(claim=claim, call=call, description=description)


def dated(claims: Claims, names: tuple[str, ...]) -> tuple[Claim, PartialDate] | None:
    """The date of a moment of the study by any of its names, where one is told."""
    for claim in claims:
        if claim.kind == "date" and claim.of in names and isinstance(claim.value, PartialDate):
            return claim, claim.value
    return None


def look_at_calendar(evidence: Evidence) -> Iterator[Verdict]:
    """Times end by the cut-off, counted from the first enrolment; it lies before receipt (K10)."""
    claims = evidence.own
    yield from _dates_in_order(claims)
    yield from _dates_alike(claims)
    opened, cut = dated(claims, OPENS), dated(claims, CUTS)
    if cut is not None and evidence.source.received is not None:
        received = evidence.source.received
        description = f"printed {cut[0].text}; the report was received {received.text}"
        late = cut[1].span.low > received.span.high
        last = evidence.source.accepted or evidence.source.revised
        # A revised report may tell of later data, up to its acceptance.
        updated = late and last is not None and cut[1].span.low <= last.span.high
        call = (
            Conclusion.POSSIBLE
            if updated
            else Conclusion.CONTRADICTED
            if late
            else Conclusion.AGREES
        )
        yield Verdict(claim=cut[0], call=call, description=description)
    if opened is None or cut is None:
        return
    for claim in claims:
        longest = (claim.range.high if claim.range else None) or claim.printed
        if claim.kind in (*SURVIVAL, "follow-up") and longest:
            named = begins_in_study(claims, claim.kind)
            verdict = _within_calendar(claim, longest, opened, cut, origin_named=named)
            # The longest of all may well take up the whole calendar; a median hardly does.
            at_end = claim.range and verdict.call is Conclusion.POSSIBLE and not verdict.notes
            yield attrs.evolve(verdict, call=Conclusion.AGREES) if at_end else verdict


def _dates_in_order(claims: Claims) -> Iterator[Verdict]:
    """A study ends after it starts."""
    opened, ended = dated(claims, OPENS), dated(claims, ENDS)
    if opened and ended and ended[1].span.high < opened[1].span.low:
        description = f"printed {ended[0].of} {ended[0].text}; {opened[0].of} {opened[0].text}"
        yield from shared_verdict([opened[0], ended[0]], Conclusion.CONTRADICTED, description)


def _dates_alike(claims: Claims) -> Iterator[Verdict]:
    """One date of a study at every place; there may well be several cut-offs."""
    told = [c for c in claims if c.kind == "date" and c.of in (*OPENS, *ENDS) and not c.group]
    for several in group_by(told, lambda each: each.of).values():
        first, *later = several
        for claim in later:
            if claim.place != first.place and _are_apart(first.value, claim.value):
                description = f"printed {claim.text}; {first.text} [{first.place}]"
                yield from shared_verdict([first, claim], Conclusion.CONTRADICTED, description)


def _are_apart(one: object, other: object) -> bool:
    return (
        isinstance(one, PartialDate)
        and isinstance(other, PartialDate)
        and not one.span.overlaps(other.span)
    )


def _within_calendar(
    claim: Claim,
    value: Printed,
    opened: tuple[Claim, PartialDate],
    cut: tuple[Claim, PartialDate],
    *,
    origin_named: bool,
) -> Verdict:
    """A longer time is contradicted where the report names its origin; else it may be another."""
    if not claim.unit or cut[1].span.high < opened[1].span.low:
        return not_checkable(claim, "no unit, or the study ends before it starts")
    found = calendar_ceiling(value, days_per(claim.unit), opened[1].span, cut[1].span)
    most = days_and_months(Span.point(found.days.high))
    description = (
        f"printed {value} {claim.unit}; from {opened[0].of} ({opened[0].text}) to "
        f"{cut[0].of} ({cut[0].text}) are at most {most}"
    )
    call = Conclusion(found.fit.value)
    notes: tuple[str, ...] = ()
    if call is Conclusion.CONTRADICTED:
        notes = tuple(_softened(claim, value, found.days.high, origin_named=origin_named))
    return Verdict(
        claim=claim,
        call=Conclusion.POSSIBLE if notes else call,
        description=description,
        notes=notes,
    )


def _softened(claim: Claim, value: Printed, most: Number, *, origin_named: bool) -> Iterator[str]:
    """What could still make a time fit that is longer than the calendar by the usual month."""
    if not origin_named:
        yield f"no origin of {claim.kind} within the study is printed: it could be an earlier one"
    ways = [name for name in MONTHS if value.span.low * days_per(claim.unit, name) <= most + 1]
    if ways and claim.unit == "months":
        yield f"reproduced only by a month of {', '.join(ways)} days"


def look_at_last_assessment(claims: Claims) -> Iterator[Verdict]:
    """The patient enrolled last reaches the assessment before the data are cut (K37)."""
    ended, cut = dated(claims, ENDS), dated(claims, CUTS)
    if ended is None or cut is None:
        return
    room = cut[1].span - ended[1].span
    for claim in claims:
        if claim.kind != "interval" or "assessment" not in claim.to or claim.printed is None:
            continue
        if "start" not in claim.from_ and "enrol" not in claim.from_:
            continue
        least = in_days(claim.printed.span, claim.unit).low
        fits = least <= room.low
        description = (
            f"printed {claim.text} {claim.unit}; from {ended[0].of} ({ended[0].text}) to "
            f"{cut[0].of} ({cut[0].text}) are {days_and_months(room)}"
        )
        call = (
            Conclusion.AGREES
            if fits
            else Conclusion.POSSIBLE
            if least <= room.high
            else Conclusion.CONTRADICTED
        )
        yield Verdict(claim=claim, call=call, description=description)
