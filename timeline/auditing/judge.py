"""One function for each kind of claim: it finds the facts that bear on it and weighs them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from timeline.auditing.explain import explain, in_days, window
from timeline.auditing.verdict import Explanation, Verdict
from timeline.auditing.weigh import Call, share, weigh
from timeline.derived import Anchor, Outcome, Status, days_and_months
from timeline.edtf import When, tell
from timeline.events import Event, Treatment
from timeline.lines import Line
from timeline.months import days_per, rounded
from timeline.printed import Printed
from timeline.reading import Reading
from timeline.source import DURATIONS, Claim
from timeline.span import Span

SHOWN = 3  # explanations that a sentence names; the rest stand in the JSON
BY_CRITERION = {("PFS", "iRECIST"): "iPFS"}  # a PFS "per iRECIST" is the endpoint iPFS


def _unknown(claim: Claim, why: str) -> Verdict:
    return Verdict(claim=claim, call=Call.NOT_CHECKABLE, says=why, rule="-")


def judge_date(claim: Claim, reading: Reading) -> Verdict:
    """C03: a printed date against the date of the event it speaks of."""
    try:
        event, when = reading.case.find(claim.of)
    except ValueError as fault:
        return _unknown(claim, str(fault))
    if not isinstance(claim.value, When):
        return _unknown(claim, f"not read as a date: {claim.text!r}")
    call = weigh(when.span, claim.value.span)
    part = _share_of_days(when.span, claim.value.span)
    place = f" [{event.place}]" if event.place else ""
    says = f"printed {claim.text}; {event.label} is on record for {tell(when.span)}{place}"
    if call is Call.POSSIBLE:
        says += _percent(part)
    return Verdict(claim=claim, call=call, says=says, rule="C03", share=part)


def _share_of_days(span: Span, claimed: Span) -> Fraction | None:
    both = span & claimed
    if both is None or not span.is_bounded:
        return None
    return Fraction(both.high - both.low + 1) / Fraction(span.high - span.low + 1)


def judge_interval(claim: Claim, reading: Reading) -> Verdict:
    """C01, C27: a printed time between two events of the case."""
    try:
        (start, start_at), (end, end_at) = (reading.case.find(r) for r in (claim.from_, claim.to))
    except ValueError as fault:
        return _unknown(claim, str(fault))
    days = (end_at.span - start_at.span).not_below(0)
    outcome = Outcome(
        endpoint="interval",
        line=None,
        origin=Anchor(event=start, span=start_at.span, says=claim.from_),
        end=Anchor(event=end, span=end_at.span, says=claim.to),
        days=days,
        event=True,
    )
    if days is None:
        return _unknown(claim, f"{claim.to} is on record before {claim.from_}")
    notes = ("a median of one patient is that patient's value",) if claim.statistic else ()
    return _weighed(claim, reading, None, outcome, notes)


def judge_endpoint(claim: Claim, reading: Reading) -> Verdict:
    """C01, C08, C09: a printed endpoint against the one that the rules derive."""
    lines = {line.number: line for line in reading.case.lines}
    number = claim.line
    if number is None and claim.kind != "OS" and len(lines) == 1:
        number = next(iter(lines))
    line = lines.get(number) if number else None
    if line is None and claim.kind != "OS":
        said = f"line {number} is not in the case" if number else "the claim names no line"
        return _unknown(claim, f"{said} (lines on record: {', '.join(map(str, lines)) or 'none'})")
    criterion = claim.criterion or (line.criterion if line else "")
    outcome = reading.outcome(BY_CRITERION.get((claim.kind, criterion), claim.kind), number)
    if outcome is None:
        return _unknown(claim, f"no rule of this version derives {claim.kind}")
    notes = tuple(
        f"{other.name} from {other.origin.says} ({tell(other.origin.span)}) would be "
        f"{days_and_months(other.days)}"
        for other in reading.beside(outcome)
        if other.days is not None and other.origin is not None
    )
    return _weighed(claim, reading, line, outcome, notes)


def _weighed(
    claim: Claim, reading: Reading, line: Line | None, outcome: Outcome, notes: tuple[str, ...]
) -> Verdict:
    if outcome.elapsed is None:
        return _unknown(claim, f"{outcome.name} cannot be derived: {outcome.reason}")
    if not isinstance(claim.value, Printed):
        return _unknown(claim, f"not read as a number: {claim.text!r}")
    origin, end, days = outcome.elapsed
    try:
        per_unit = days_per(claim.unit)
    except ValueError as fault:
        return _unknown(claim, str(fault))
    wanted = in_days(claim.value.span, per_unit)
    call = weigh(days, wanted)
    part = share(origin.span, end.span, wanted)
    if call is Call.POSSIBLE and part == 0:
        call = Call.CONTRADICTED  # the ranges touch between two whole days
    explained: tuple[Explanation, ...] = ()
    tried = 0
    if call is Call.CONTRADICTED:
        explained, tried = explain(reading, line, outcome, claim.value.span, claim.unit)
        notes += tuple(_explanations(explained, tried))
        notes += (text,) if (text := window(outcome, wanted)) else ()
    return Verdict(
        claim=claim,
        call=call,
        says=_sentence(claim, outcome, call, part),
        rule="C09" if outcome.criterion == "iRECIST" else "C01",
        outcome=outcome,
        share=part,
        explanations=explained,
        tried=tried,
        notes=notes,
    )


def _sentence(claim: Claim, outcome: Outcome, call: Call, part: Fraction | None) -> str:
    says = f"printed {claim.text} {claim.unit}"
    if outcome.elapsed is not None:
        origin, end, days = outcome.elapsed
        says += (
            f"; the dates give {days_and_months(days)}, from {origin.says} "
            f"({tell(origin.span)}) to {end.says} ({tell(end.span)})"
        )
    if call is Call.POSSIBLE:
        says += _percent(part)
    if outcome.event is False:
        says += f"; {outcome.reason}, so the true value is at least that"
    if outcome.event is None:
        says += f"; {outcome.reason}"
    return says


def _percent(part: Fraction | None) -> str:
    return f"; {rounded(part * 100, 1)} % of the allowed days reproduce it" if part else ""


def _explanations(explained: tuple[Explanation, ...], tried: int) -> list[str]:
    """The best explanations in words; two changes at once only where none does alone."""
    if not explained:
        return [f"none of {tried} other definitions reproduces it"]
    single = [each for each in explained if each.changes == 1]
    shown = [
        f"reproduced by {each.says}: {days_and_months(each.days)}"
        + (_percent(each.share) if each.call is Call.POSSIBLE else "")
        for each in (single or explained)[:SHOWN]
    ]
    return [*shown, f"{len(explained)} of {tried} other definitions tried reproduce it"]


def judge_response(claim: Claim, reading: Reading) -> Verdict:
    """C18, C30: what the authors called a scan, or reached in a line, against the findings."""
    try:
        event, _ = reading.case.find(claim.of)
    except ValueError as fault:
        return _unknown(claim, str(fault))
    called = str(claim.value)
    criterion = "iRECIST" if called in IMMUNE or claim.criterion == "iRECIST" else "RECIST 1.1"
    if called not in (*IMMUNE, *RECIST):
        return _unknown(claim, f"{called!r} is no category of RECIST 1.1 or iRECIST")
    statuses = [
        each
        for each in reading.statuses
        if each.criterion == criterion and each.labels and _speaks_of(each, event)
    ]
    if not any(each.scan.has_findings for each in statuses):
        return _unknown(claim, "no findings are printed to hold the call against")
    found = "; ".join(f"{each.label} at {each.scan.label} ({each.why})" for each in statuses)
    return Verdict(
        claim=claim,
        call=_reached(called, statuses),
        says=f"printed {called}; the findings give {found}",
        rule="C30",
    )


def _speaks_of(status: Status, event: Event) -> bool:
    """Whether a status is that of the scan, or of a scan of the line, that a claim names."""
    if isinstance(event, Treatment):
        return status.line == event.line and not status.is_baseline
    return status.scan is event and not status.is_baseline


def _reached(called: str, statuses: list[Status]) -> Call:
    """Reached for sure at one of the scans; perhaps; or at none."""
    if any(each.labels == (called,) for each in statuses):
        return Call.AGREES
    reached = any(called in each.labels for each in statuses)
    return Call.POSSIBLE if reached else Call.CONTRADICTED


RECIST = ("CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD")
IMMUNE = ("iCR", "iPR", "iSD", "iUPD", "iCPD", "NON-iCR/NON-iUPD")
JUDGES: dict[str, Callable[[Claim, Reading], Verdict]] = {
    "date": judge_date,
    "interval": judge_interval,
    "response": judge_response,
    **dict.fromkeys((kind for kind in DURATIONS if kind != "interval"), judge_endpoint),
}
