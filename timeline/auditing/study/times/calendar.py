"""Times of a cohort against the calendar of the study."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import Claims, check_own, group_by, in_days, shared_verdict
from timeline.auditing.claims.origins import begins_in_study
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.durations import MONTHS, days_per
from timeline.core.printed_numbers import Printed
from timeline.core.span import Number, Span
from timeline.report.claims import Claim
from timeline.report.event_references import CUTS, ENDS, OPENS
from timeline.results.statuses import days_and_months
from timeline.statistics.survival.survival_checks import calendar_ceiling
from timeline.terminology.endpoints import family

SURVIVAL = family("PFS", "OS", "TTP", "DoR", "DFS", "TTF")


def date_of(claims: Claims, names: tuple[str, ...]) -> tuple[Claim, PartialDate] | None:
    """The claim and date of an event of the study under any of its names; None without one."""
    for claim in claims:
        if claim.kind == "date" and claim.of in names and isinstance(claim.value, PartialDate):
            return claim, claim.value
    return None


def check_calendar(evidence: Evidence) -> Iterator[Verdict]:
    """Times fit between first enrolment and cut-off; the cut-off is before receipt (K10)."""
    claims = evidence.own
    yield from _check_date_order(claims)
    yield from _check_same_dates(claims)
    start, cut = date_of(claims, OPENS), date_of(claims, CUTS)
    if cut is not None and evidence.report.received is not None:
        received = evidence.report.received
        description = f"printed {cut[0].text}; the report was received {received.text}"
        late = cut[1].span.low > received.span.high
        last = evidence.report.accepted or evidence.report.revised
        # A revised report can have later data, up to its acceptance.
        updated = late and last is not None and cut[1].span.low <= last.span.high
        conclusion = (
            Conclusion.POSSIBLE
            if updated
            else Conclusion.CONTRADICTED
            if late
            else Conclusion.AGREES
        )
        yield Verdict(cut[0], conclusion, description)
    if start is None or cut is None:
        return
    for claim in claims:
        longest = (claim.range.high if claim.range else None) or claim.printed
        if claim.kind in (*SURVIVAL, "follow-up") and longest:
            named = begins_in_study(claims, claim.kind)
            verdict = _check_duration(claim, longest, start, cut, origin_named=named)
            # A maximum can span the whole calendar; a median is unlikely to.
            at_end = claim.range and verdict.conclusion is Conclusion.POSSIBLE and not verdict.notes
            yield attrs.evolve(verdict, conclusion=Conclusion.AGREES) if at_end else verdict


def _check_date_order(claims: Claims) -> Iterator[Verdict]:
    """The end of the study is not before its start."""
    start, ended = date_of(claims, OPENS), date_of(claims, ENDS)
    if start and ended and ended[1].span.high < start[1].span.low:
        description = f"printed {ended[0].of} {ended[0].text}; {start[0].of} {start[0].text}"
        yield from shared_verdict([start[0], ended[0]], Conclusion.CONTRADICTED, description)


def _check_same_dates(claims: Claims) -> Iterator[Verdict]:
    """Start and end of the study are the same at every place; cut-offs can be several."""
    dates = [c for c in claims if c.kind == "date" and c.of in (*OPENS, *ENDS) and not c.group]
    for several in group_by(dates, lambda each: each.of).values():
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


def _check_duration(
    claim: Claim,
    value: Printed,
    start: tuple[Claim, PartialDate],
    cut: tuple[Claim, PartialDate],
    *,
    origin_named: bool,
) -> Verdict:
    """A longer time is contradicted where the report names its origin; otherwise possible."""
    if not claim.unit or cut[1].span.high < start[1].span.low:
        return not_checkable(claim, "no unit, or the study ends before it starts")
    found = calendar_ceiling(value, days_per(claim.unit), start[1].span, cut[1].span)
    most = days_and_months(Span.point(found.days.high))
    description = (
        f"printed {value} {claim.unit}; from {start[0].of} ({start[0].text}) to "
        f"{cut[0].of} ({cut[0].text}) are at most {most}"
    )
    conclusion = Conclusion(found.fit.value)
    notes: tuple[str, ...] = ()
    if conclusion is Conclusion.CONTRADICTED:
        notes = tuple(_allowances(claim, value, found.days.high, origin_named=origin_named))
    return Verdict(claim, Conclusion.POSSIBLE if notes else conclusion, description, notes=notes)


def _allowances(claim: Claim, value: Printed, most: Number, *, origin_named: bool) -> Iterator[str]:
    """Assumptions under which a time longer than the calendar would still fit."""
    if not origin_named:
        yield f"no origin of {claim.kind} within the study is printed: it could be an earlier one"
    months = [name for name in MONTHS if value.span.low * days_per(claim.unit, name) <= most + 1]
    if months and claim.unit == "months":
        yield f"reproduced only by a month of {', '.join(months)} days"


def check_last_assessment(claims: Claims) -> Iterator[Verdict]:
    """The patient enrolled last reaches the assessment before the data are cut (K37)."""
    ended, cut = date_of(claims, ENDS), date_of(claims, CUTS)
    if ended is None or cut is None:
        return
    available = cut[1].span - ended[1].span
    for claim in claims:
        if claim.kind != "interval" or "assessment" not in claim.to or claim.printed is None:
            continue
        if "start" not in claim.from_ and "enrol" not in claim.from_:
            continue
        least = in_days(claim.printed.span, claim.unit).low
        fits = least <= available.low
        description = (
            f"printed {claim.text} {claim.unit}; from {ended[0].of} ({ended[0].text}) to "
            f"{cut[0].of} ({cut[0].text}) are {days_and_months(available)}"
        )
        conclusion = (
            Conclusion.AGREES
            if fits
            else Conclusion.POSSIBLE
            if least <= available.high
            else Conclusion.CONTRADICTED
        )
        yield Verdict(claim, conclusion, description)


RULES = (
    Rule(
        id="K10",
        checks="a time of a cohort against the calendar: first enrolment to the cut-off",
        formula="time at most cut-off less start of the study, in days; cut-off before receipt; "
        "one start and one end at every place, the end after the start",
        severity=Severity.ERROR,
        source="counting; the origin of the time must be named",
        example_fail="median OS 26 months from treatment, April 2022 to April 2024",
        example_ok="median PFS 14.2 months in the same study",
        check=check_calendar,
    ),
    Rule(
        id="K37",
        checks="the patient enrolled last reaches the assessment before the data cut-off",
        formula="last enrolment + time to the assessment <= cut-off",
        severity=Severity.ERROR,
        source="counting",
        example_fail="assessed at 12 weeks, enrolled to March, data cut-off in April",
        example_ok="assessed at 12 weeks, enrolled to November, data cut-off in April",
        check=check_own(check_last_assessment),
        yields=True,
    ),
)
