"""Times that are printed as reached, and what the record leaves open of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.auditing.comparison.compare import (
    DATED,
    Conclusion,
    compare,
    share_of_days,
    share_text,
)
from timeline.auditing.patient.case_network import LAST_STAGES
from timeline.auditing.patient.dates.publication import STAGES
from timeline.auditing.patient.durations.duration_text import recorded_text
from timeline.auditing.patient.durations.printed_durations import (
    JudgedDuration,
    judged_durations,
    least_days,
)
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.dates import format_days
from timeline.core.span import NEVER_BEGAN, Span
from timeline.endpoints.anchors import ANCHORS
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Death, LastContact
from timeline.results.statuses import Anchor, days_and_months, days_apart
from timeline.terminology.criteria import TERMS

_REPRODUCED = (Conclusion.AGREES, Conclusion.CONSISTENT)
ORIGINS = ("line start", "diagnosis", "first symptom", "biopsy", "surgery")


def check_censored(evidence: Evidence) -> Iterator[Verdict]:
    """A time printed as reached, of an endpoint without its event on record (C08)."""
    for each in judged_durations(evidence, "C01"):
        printed = each.claim.printed
        if each.outcome.event is False and printed is not None and not printed.is_lower_bound:
            why = each.outcome.reason.partition(":")[0]
            recorded = f"{recorded_text(each.claim, each.outcome)}: {why}"
            expected = _as_running(each)
            if not expected and each.conclusion is not Conclusion.CONTRADICTED:
                recorded += "; a longer time is possible, but is not on record"
            description = f" as a time reached; {recorded}"
            yield each.verdict(Conclusion.POSSIBLE, description, recorded, expected)


_FIGURES = re.compile(r"[0-9]+(?:[.·,][0-9]+)?")


def _as_running(judged: JudgedDuration) -> str:
    """How a time that fits is printed while it runs: ``4+ years``; empty where it does not fit."""
    found = _FIGURES.findall(judged.claim.text)
    followed, printed = judged.outcome.days, judged.days
    fits = followed is not None and printed is not None and followed.overlaps(printed)
    if not fits or len(found) != 1:
        return ""
    return f"{found[0]}+ {judged.claim.unit}, as a time without the event so far"


def check_anchor(evidence: Evidence) -> Iterator[Verdict]:
    """A PFS that the date of the confirmation reproduces and the first progression does not (C09).

    Of a criterion that requires a confirmation, such as iRECIST.
    """
    derived = evidence.derived
    if derived is None:
        return
    for each in judged_durations(evidence, "C01"):
        outcome, printed_days, terms = each.outcome, each.days, TERMS.get(each.outcome.criterion)
        if (
            each.conclusion is not Conclusion.CONTRADICTED
            or printed_days is None
            or outcome.elapsed is None
        ):
            continue
        if outcome.endpoint != "PFS" or terms is None or not terms.confirms:
            continue
        anchor = ANCHORS[f"{terms.title} confirmation"]
        confirmed = anchor.find(derived, derived.case.line(outcome.line), terms.title)
        if not confirmed:
            continue
        origin, _, days = outcome.elapsed
        other = days_apart(origin, confirmed[0], derived.case)
        if compare(other, printed_days) is not Conclusion.CONTRADICTED:
            yield each.verdict(
                Conclusion.CONTRADICTED,
                f"; {terms.title} dates progression at the {terms.progression}, "
                f"{days_and_months(days)}; the printed time is reproduced by {terms.confirmation}, "
                f"{days_and_months(other)}",
                f"{terms.confirmation} reproduces it",
            )


def check_origins(evidence: Evidence) -> Iterator[Verdict]:
    """An OS that another origin reproduces on a greater share of days than the one in use (C23)."""
    derived = evidence.derived
    if derived is None:
        return
    for each in judged_durations(evidence, "C01"):
        printed_days, elapsed = each.days, each.outcome.elapsed
        if each.claim.kind != "OS" or each.claim.line or elapsed is None:
            continue
        if printed_days is None or each.conclusion in _REPRODUCED:
            continue
        origin, end, _ = elapsed
        share = share_of_days(origin.span, end.span, printed_days) or 0
        better = [
            other
            for other in _origins(derived)
            if other.event is not origin.event
            and (share_of_days(other.span, end.span, printed_days) or 0) > share
        ]
        if better:
            texts = "; ".join(
                _origin_text(other, end, printed_days, derived.case) for other in (*better, origin)
            )
            days = days_apart(better[0], end, derived.case).not_below(0)
            length = f"it is {days_and_months(days)}" if days else "it is shorter"
            recorded = f"the report does not say where OS begins: from {better[0].dated} {length}"
            yield each.verdict(Conclusion.POSSIBLE, f"; no origin is named: {texts}", recorded)


def _origins(derived: DerivedCase) -> list[Anchor]:
    """Every moment that a report may count an OS from, each event once."""
    lines = [None, *derived.case.lines]
    found = [a for name in ORIGINS for line in lines for a in ANCHORS[name].find(derived, line, "")]
    return list({id(each.event): each for each in reversed(found)}.values())[::-1]


def _origin_text(origin: Anchor, end: Anchor, printed_days: Span, case: Case) -> str:
    days = days_apart(origin, end, case).not_below(0)
    part = share_of_days(origin.span, end.span, printed_days)
    share = share_text(part, origin.span, end.span).replace("; ", ", ")
    length = days_and_months(days) if days else ""
    return f"from {origin.dated} {length}{share}"


def check_last_contact(evidence: Evidence) -> Iterator[Verdict]:
    """A patient printed as alive, where no last contact is dated to a month or better (C33)."""
    derived = evidence.derived
    alive = [
        each
        for each in evidence.patients
        if (each.kind == "OS" and not each.line) or "alive" in each.text.lower()
    ]
    if derived is None or not alive or derived.case.all_of(Death):
        return
    contacts = derived.case.all_of(LastContact)
    when = "no last contact on record"
    if contacts:
        span = contacts[-1].start.span
        if span.is_bounded and span.high - span.low <= DATED:
            return
        when = f"last contact {format_days(span)}"
    description = f"printed {alive[0].text}: alive, without a date ({when})"
    recorded = "alive, without a day of last contact"
    yield Verdict(
        alive[0], Conclusion.POSSIBLE, description, others=tuple(alive[1:]), recorded=recorded
    )


def check_ceiling(evidence: Evidence) -> Iterator[Verdict]:
    """A time without an end on record that is longer than from its origin to the report (C34)."""
    report = evidence.report
    dates = ((STAGES[key], getattr(report, key)) for key in LAST_STAGES)
    last_name, last = next((each for each in dates if each[1] is not None), ("", None))
    for each in judged_durations(evidence, "C01", "C27"):
        outcome, printed_days = each.outcome, each.days
        if outcome.event is True or outcome.origin is None or last is None or printed_days is None:
            continue
        first = outcome.origin.span.low
        if first == NEVER_BEGAN:
            continue  # without a first day of the start no time is too long
        start = f"; from {outcome.origin.description} to"
        most = Span.point(last.span.high - first)
        if least_days(each.claim) > most.high:
            yield each.verdict(
                Conclusion.CONTRADICTED,
                f"{start} the {last_name} of the report ({format_days(last.span)}) "
                f"are {days_and_months(most)}",
                f"longer than {outcome.origin.description} to {last_name}",
            )
        elif report.received and printed_days.low > report.received.span.high - first:
            before_receipt = Span.point(report.received.span.high - first)
            yield each.verdict(
                Conclusion.POSSIBLE,
                f"{start} the receipt of the report ({format_days(report.received.span)}) are at "
                f"most {days_and_months(before_receipt)}: it can only have been reached after "
                "receipt",
                "it can only have been reached after the receipt of the report",
            )


_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"

RULES = (
    Rule(
        id="C08",
        checks="a time printed as reached, of an endpoint whose event is not on record",
        formula="the outcome is censored and the printed time is no lower bound",
        severity=Severity.WARNING,
        source=_FDA + ", censoring",
        example_fail="PFS was 16 months, no progression on record",
        example_ok="PFS of at least 16 months, no progression on record",
        check=check_censored,
        uses=("C01",),
        yields=True,
    ),
    Rule(
        id="C09",
        reproduces=True,
        checks="which date ends a PFS by iRECIST",
        formula="the first iUPD of those that iCPD confirms reproduces the printed time, not only "
        "the date of the iCPD",
        severity=Severity.ERROR,
        source="Seymour 2017, Lancet Oncol 18:e143, statistical considerations",
        example_fail="8.4 months, iUPD at 3.98 to 5.95, iCPD at 7.00 to 8.97",
        example_ok="4.9 months, iUPD at 3.98 to 5.95",
        check=check_anchor,
        uses=("C01",),
        yields=True,
    ),
    Rule(
        id="C23",
        checks="from which origin an OS of the patient is counted",
        formula="the share of days that reproduce it, from each origin in use",
        severity=Severity.WARNING,
        source=_FDA + ", Overall survival; the origin is a choice and must be named",
        example_fail="OS over 60 months: 19 % of the days from diagnosis, more from first symptom",
        example_ok="OS 6.3 months, 192 days from diagnosis",
        check=check_origins,
        uses=("C01",),
        yields=True,
    ),
    Rule(
        id="C33",
        checks="a patient who is alive, with no day of last contact",
        formula="last contact is on record to a month",
        severity=Severity.NOTE,
        source="CARE guidelines 2013, follow-up and outcomes",
        example_fail="alive until now, last imaging ten months before acceptance",
        example_ok="alive at the last visit of 9 June 2023",
        check=check_last_contact,
        yields=True,
    ),
    Rule(
        id="C34",
        checks="a time without an end on record against the dates of the report",
        formula="at most acceptance (else publication, else receipt) less origin; possible where "
        "only after receipt",
        severity=Severity.ERROR,
        source="calendar",
        example_fail="OS over 70 months, 62.7 months from diagnosis to acceptance",
        example_ok="OS over 50 months, the same dates",
        check=check_ceiling,
        uses=("C01", "C27"),
        yields=True,
    ),
)
