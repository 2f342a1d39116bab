"""Times that are printed as reached, and what the record leaves open of them."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.compare import Conclusion, compare, share_of_days, share_text
from timeline.auditing.patient.durations.printed_figures import days_of, least_days, printed_figures
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.dates import format_days
from timeline.core.span import NEVER_BEGAN, Span
from timeline.endpoints.anchors import ANCHORS
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Death, LastContact
from timeline.results.statuses import Anchor, days_and_months
from timeline.terminology.criteria import TERMS

DATED = 31  # days; a last contact that is vaguer than a month is no date to end a time at
_STANDS = (Conclusion.AGREES, Conclusion.CONSISTENT)
ORIGINS = ("line start", "diagnosis", "first symptom", "biopsy", "surgery")


def check_censored(evidence: Evidence) -> Iterator[Verdict]:
    """A time printed as reached, of an endpoint without its event on record (C08)."""
    for figure in printed_figures(evidence, "C01"):
        outcome, claim = figure.verdict.outcome, figure.claim
        if outcome is None or outcome.event is not False or claim.printed is None:
            continue
        if claim.printed.is_lower_bound:
            continue
        description = f"printed {claim.text} {claim.unit} as a time reached; {outcome.reason}"
        yield Verdict(claim, Conclusion.POSSIBLE, description, others=figure.others)


def check_anchor(evidence: Evidence) -> Iterator[Verdict]:
    """A PFS that the date of the confirmation reproduces and the first progression does not (C09).

    Of a criterion that asks for a confirmation, such as iRECIST.
    """
    for figure in printed_figures(evidence, "C01"):
        outcome, claim = figure.verdict.outcome, figure.claim
        wanted, derived = days_of(claim), evidence.derived
        terms = TERMS.get(outcome.criterion) if outcome else None
        if outcome is None or wanted is None or derived is None:
            continue
        if outcome.endpoint != "PFS" or terms is None or not terms.confirms:
            continue
        line = next((each for each in derived.case.lines if each.number == outcome.line), None)
        last = ANCHORS[f"{terms.title} confirmation"].find(derived, line, terms.title)
        if outcome.elapsed is None or not last:
            continue
        origin, _, days = outcome.elapsed
        other = last[0].span - origin.span
        fits = compare(other, wanted) is not Conclusion.CONTRADICTED
        if fits and figure.verdict.conclusion is Conclusion.CONTRADICTED:
            description = (
                f"printed {claim.text} {claim.unit}; {terms.title} dates progression at the "
                f"{terms.progression}, {days_and_months(days)}; the print is reproduced by "
                f"{terms.confirmation}, {days_and_months(other)}"
            )
            yield Verdict(claim, Conclusion.CONTRADICTED, description, others=figure.others)


def check_origins(evidence: Evidence) -> Iterator[Verdict]:
    """An OS that some other origin reproduces better than the one in use (C23)."""
    for figure in printed_figures(evidence, "C01"):
        outcome, claim = figure.verdict.outcome, figure.claim
        wanted, derived = days_of(claim), evidence.derived
        if claim.kind != "OS" or claim.line or outcome is None or outcome.elapsed is None:
            continue
        if wanted is None or derived is None or figure.verdict.conclusion in _STANDS:
            continue
        origin, end, _ = outcome.elapsed
        mine = share_of_days(origin.span, end.span, wanted) or 0
        found = [each for each in _origins(derived) if each.event is not origin.event]
        better = [
            each for each in found if (share_of_days(each.span, end.span, wanted) or 0) > mine
        ]
        if better:
            told = "; ".join(_origin_text(each, end, wanted) for each in better)
            description = f"printed {claim.text} {claim.unit}; no origin is named: {told}"
            description += f"; {_origin_text(origin, end, wanted)}"
            yield Verdict(claim, Conclusion.POSSIBLE, description, others=figure.others)


def _origins(derived: DerivedCase) -> list[Anchor]:
    lines = [None, *derived.case.lines]
    found = [a for name in ORIGINS for line in lines for a in ANCHORS[name].find(derived, line, "")]
    return list({id(each.event): each for each in reversed(found)}.values())[::-1]


def _origin_text(origin: Anchor, end: Anchor, wanted: Span) -> str:
    days = (end.span - origin.span).not_below(0)
    part = share_of_days(origin.span, end.span, wanted)
    told = share_text(part, origin.span, end.span).replace("; ", ", ")
    length = days_and_months(days) if days else ""
    return f"from {origin.description} ({format_days(origin.span)}) {length}{told}"


def check_last_contact(evidence: Evidence) -> Iterator[Verdict]:
    """A patient alive at a time that no day is printed of (C33)."""
    derived = evidence.derived
    said = [
        each
        for each in evidence.patients
        if (each.kind == "OS" and not each.line) or "alive" in each.text.lower()
    ]
    if derived is None or not said or derived.case.all_of(Death):
        return
    seen = derived.case.all_of(LastContact)
    if seen and seen[-1].start.span.is_bounded:
        span = seen[-1].start.span
        if span.high - span.low <= DATED:
            return
    when = (
        f"last contact {format_days(seen[-1].start.span)}" if seen else "no last contact on record"
    )
    description = f"printed {said[0].text}: alive, without a date ({when})"
    yield Verdict(said[0], Conclusion.POSSIBLE, description, others=tuple(said[1:]))


def check_ceiling(evidence: Evidence) -> Iterator[Verdict]:
    """No time without an end on record is longer than from its origin to the report (C34)."""
    source = evidence.report
    last = source.accepted or source.published or source.received
    for figure in printed_figures(evidence, "C01", "C27"):
        outcome, claim = figure.verdict.outcome, figure.claim
        wanted = days_of(claim)
        if outcome is None or outcome.event is True or outcome.origin is None or last is None:
            continue
        first = outcome.origin.span.low
        if wanted is None or first == NEVER_BEGAN:
            continue  # without a first day of the start no time is too long
        most = Span.point(last.span.high - first)
        description = f"printed {claim.text} {claim.unit}; from {outcome.origin.description} to "
        if least_days(claim) > most.high:
            description += f"the acceptance of the report ({format_days(last.span)}) "
            description += f"are {days_and_months(most)}"
            yield Verdict(claim, Conclusion.CONTRADICTED, description, others=figure.others)
        elif source.received and wanted.low > source.received.span.high - first:
            there = Span.point(source.received.span.high - first)
            description += (
                f"the receipt of the report ({format_days(source.received.span)}) are at most "
            )
            description += f"{days_and_months(there)}: it can only have been reached after receipt"
            yield Verdict(claim, Conclusion.POSSIBLE, description, others=figure.others)


_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"

RULES = (
    Rule(
        id="C08",
        checks="a time printed as reached, of an endpoint whose event is not on record",
        formula="the outcome is censored and the print is no lower bound",
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
        formula="the first iUPD of the block reproduces the print, not only its iCPD",
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
        formula="at most acceptance less origin; possible where only after receipt",
        severity=Severity.ERROR,
        source="calendar",
        example_fail="OS over 70 months, 62.7 months from diagnosis to acceptance",
        example_ok="OS over 50 months, the same dates",
        check=check_ceiling,
        uses=("C01", "C27"),
        yields=True,
    ),
)
