"""Printed changes of tumour size against the sizes on record and the category beside them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.repeats import words
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.auditing.weigh import Call, weigh
from timeline.criteria import BY_TITLE
from timeline.criteria.criterion import Criterion
from timeline.criterion_terms import PRIMARY, meaning, only_one
from timeline.events import Scan
from timeline.months import rounded
from timeline.reading import Reading
from timeline.source import Claim
from timeline.span import ANY, NEVER_ENDS, Span
from timeline.terms import Code

SMALLER = frozenset({"decrease", "decreased", "reduction", "shrinkage", "shrank", "regression"})
LARGER = frozenset({"increase", "increased", "growth", "grew", "enlargement"})
_SIZE = frozenset({"target", "targets", "sum", "diameter", "diameters", "lesion", "lesions",
                   "tumour", "tumor", "size"})  # fmt: skip


@attrs.frozen(kw_only=True)
class Threshold:
    """A row: the change in percent that a category asks for, and what else can give it."""

    called: Code
    change: Span  # percent against the reference, below nought where smaller
    unless: str = ""  # what may give the category all the same; then it is possible


def thresholds(criterion: Criterion) -> tuple[Threshold, ...]:
    """The changes that the categories of a criterion ask for; for PR and PD the bound counts.

    Against baseline for a decrease, against the nadir for an increase.
    """
    limits = criterion.thresholds
    less, more = -limits.response_percent, limits.progression_percent
    unless_new = "lesions are new, or those that are no targets grew"
    by_density = "" if criterion.terms.by_size_alone else "density fell"
    small = f", or the sum grew by less than {limits.progression_mm} mm" * bool(
        limits.progression_mm
    )
    return (
        Threshold(called=Code.CR, change=Span.point(-100),
                  unless="the targets are nodes, which need not vanish"),
        Threshold(called=Code.PR, change=Span(-100, less), unless=by_density),
        Threshold(called=Code.SD, change=Span(less, more, low_in=False, high_in=False),
                  unless=f"a response was not confirmed{small}"),
        Threshold(called=Code.UPD, change=Span(more, NEVER_ENDS), unless=unless_new),
        Threshold(called=Code.PD, change=Span(more, NEVER_ENDS), unless=unless_new),
    )  # fmt: skip


def look_at_changes(evidence: Evidence) -> Iterator[Verdict]:
    """Every printed change of size, against sizes, else against the category of the scan."""
    for claim in evidence.patients:
        said = words(claim.about)
        known = said & _SIZE and said & (SMALLER | LARGER | {"change"})
        if claim.kind == "percent" and known and claim.printed and evidence.reading:
            verdict = _against_sizes(claim, evidence.reading)
            yield verdict or _against_calls(claim, evidence)


def _signed(claim: Claim) -> Span:
    """The printed change with its sign; either sign where no word gives one."""
    span = claim.printed.span if claim.printed else ANY
    said = words(claim.about)
    if said & SMALLER:
        return -span
    return span if said & LARGER else (-span).hull(span)


def _against_sizes(claim: Claim, reading: Reading) -> Verdict | None:
    """From sizes measured at both scans; None where one of them is not measured."""
    before, after = _scans(claim, reading)
    first, last = _total(before), _total(after)
    if first is None or last is None or first.low <= 0 or before is after:
        return None
    low, high = (
        100 * (Fraction(after_mm) / Fraction(before_mm) - 1)
        for after_mm, before_mm in ((last.low, first.high), (last.high, first.low))
    )
    change = Span(low, high)
    says = (
        f"printed {claim.text} % ({claim.about}); from {before.label if before else ''} to "
        f"{after.label if after else ''} the sizes give {rounded(change.low, 1)} to "
        f"{rounded(change.high, 1)} %"
    )
    middle = 100 * (_middle(last) / _middle(first) - 1)
    exactly = middle in _signed(claim)  # what the sizes as printed give
    half = claim.printed.unit / 2 if claim.printed else 0
    wanted = _signed(claim) + Span(-half, half)  # cut, or raised
    call = Call.AGREES if exactly else weigh(change, wanted)
    return Verdict(claim=claim, call=call, says=says)


def _middle(span: Span) -> Fraction:
    return (Fraction(span.low) + Fraction(span.high)) / 2


def _scans(claim: Claim, reading: Reading) -> tuple[Scan | None, Scan | None]:
    """The two scans that are compared; without ``from`` the first is the baseline of the line."""
    after = _scan(claim.to or claim.of, reading)
    if claim.from_:
        return _scan(claim.from_, reading), after
    line = after.line if after else None
    scans = reading.case.all_of(Scan)
    return next((each for each in scans if line and each.baseline == line), None), after


def _scan(reference: str, reading: Reading) -> Scan | None:
    try:
        event = reading.case.find(reference)[0] if reference else None
    except ValueError:
        return None
    return event if isinstance(event, Scan) else None


def _total(scan: Scan | None) -> Span | None:
    """The sum of the targets in mm, as wide as its prints."""
    if scan is None:
        return None
    if scan.sum is not None:
        number, size = scan.sum.number.span, scan.sum.unit.size
        return Span(number.low * size, number.high * size)
    lengths = [each.length for _, each in scan.lesions]
    known = [Fraction(each, 100) for each in lengths if each is not None]
    half = Fraction(1, 2) * len(known)  # each to the millimetre
    return Span(sum(known) - half, sum(known) + half) if known and None not in lengths else None


def _against_calls(claim: Claim, evidence: Evidence) -> Verdict:
    """The category printed of the same scan must be one that such a change allows."""
    where = claim.to or claim.of
    called = [each for each in evidence.patients if each.kind == "response" and each.of == where]
    for each in called:
        own = only_one(str(each.value))
        criterion = BY_TITLE.get(own.title if own else each.judged_by or PRIMARY.title)
        code = meaning(str(each.value))
        row = (
            next((r for r in thresholds(criterion) if r.called is code), None)
            if criterion
            else None
        )
        if row is None or not where:
            continue
        says = f"printed {claim.text} % ({claim.about}); called {each.text} [{each.place}]"
        if _signed(claim).overlaps(row.change):
            return Verdict(claim=claim, call=Call.AGREES, says=says, others=(each,))
        call = Call.POSSIBLE if row.unless else Call.CONTRADICTED
        says += f", which such a change gives only where {row.unless}" if row.unless else ""
        return Verdict(claim=claim, call=call, says=says, others=(each,))
    return not_checkable(claim, "no sizes are on record, and no category is printed, to hold it to")
