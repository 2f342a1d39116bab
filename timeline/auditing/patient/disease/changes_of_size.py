"""A printed change in percent against the sizes on record at two scans."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.assessment.baseline_shares import BASELINE_SHARE, Share, line_shares, smallest
from timeline.assessment.line_course import LineCourse
from timeline.auditing.comparison.compare import Conclusion, best_of, compare
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.comparison.typos import typo_explanations
from timeline.auditing.patient.disease.recorded_points import (
    assesses_line_of,
    baseline_of,
    course_of,
    size_at,
    time_point_of,
)
from timeline.auditing.patient.disease.recorded_sizes import (
    Measured,
    in_mm,
    lesions_by_name,
    measured,
    scan_named,
    totals,
)
from timeline.auditing.verdict import Explanation, Verdict, reproduced_by
from timeline.core.calendar.durations import range_text, rounded
from timeline.core.claimed_numbers import claimed_percentage
from timeline.core.printed_numbers import Printed
from timeline.core.span import ANY, NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.event_parts.percent_change import BASELINE, NADIR, PercentChange
from timeline.record.events import Scan
from timeline.report.claims import Claim

SMALLER = frozenset(
    {"decrease", "decreased", "reduction", "reduced", "shrinkage", "shrank", "regression"}
)
LARGER = frozenset({"increase", "increased", "growth", "grew", "enlargement"})
_SHOWN = 4  # explanations that a sentence names


@attrs.frozen
class _Step:
    """The sizes at two scans, in order of time; ``why`` the first is the reference."""

    before: Measured
    after: Measured
    first: Scan
    last: Scan
    why: str

    @property
    def exact(self) -> Fraction:
        """The change in percent of the sizes as recorded, below 0 where smaller."""
        return 100 * (self.after.exact / self.before.exact - 1)

    def matches(self, claim: Claim, number: Printed | None) -> bool:
        """Whether the sizes as recorded change by a number, with the sign of the claim."""
        return any(self.exact in span for span in signed(claim, number))

    @property
    def span(self) -> Span:
        """The change in percent of all sizes that round to those recorded."""
        return change_between(self.before.span, self.after.span)

    @property
    def widened(self) -> str:
        """The changes that the sizes allow, where the change as recorded does not fit."""
        ends = range_text(self.span, 1, never_below_0=False)
        return f"; lengths that round to these change by {ends} %"

    @property
    def description(self) -> str:
        why = f", {self.why}" if self.why else ""
        first = f"{self.first.label} ({in_mm(self.before.exact)} mm{why})"
        last = f"{self.last.label} ({in_mm(self.after.exact)} mm)"
        return f"from {first} to {last} the sizes change by {rounded(self.exact, 1)} %"


def change_between(before: Span, after: Span) -> Span:
    """The change in percent from one of some sizes to one of others, both ends included."""
    low = 100 * (Fraction(after.low) / Fraction(before.high) - 1)
    if before.low <= 0:  # of a lesion too small to measure
        return Span(low, NEVER_ENDS)
    return Span(low, 100 * (Fraction(after.high) / Fraction(before.low) - 1))


@attrs.frozen
class _PrintedStep(_Step):
    """The same in percent of the baseline, where the record has a change and no sizes.

    ``change`` is the change on record, if it is printed from the same scan as the claim.
    """

    change: PercentChange | None = None

    @property
    def span(self) -> Span:
        """The change in percent of all that rounds to the prints on record."""
        if self.change is not None:
            return self.change.percent
        return change_between(self.before.span, self.after.span)

    @property
    def widened(self) -> str:
        """The changes that the prints allow."""
        return f"; what rounds to it is {_ends(self.span)} %"

    @property
    def description(self) -> str:
        if self.change is not None:
            return f"the record has {self.change} at {self.last.label}"
        first = f"{self.first.label} ({self.before.text}{', ' * bool(self.why)}{self.why})"
        last = f"{self.last.label} ({self.after.text})"
        return f"from {first} to {last} the sum changes by {rounded(self.exact, 1)} %"


def _ends(span: Span) -> str:
    return range_text(span, 1, never_below_0=False)


def signed(claim: Claim, number: Printed | None) -> tuple[Span, ...]:
    """A change in percent with the sign of the claim; with either sign where it gives none."""
    span = number.span if number else ANY
    subject = words(claim.about)
    if span.low < 0:
        return (span,)
    if subject & SMALLER:
        return (-span,)
    return (span,) if subject & LARGER else (-span, span)


def against_sizes(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """The verdict on a change by the sizes at both scans; None where one has no size."""
    steps = tuple(_steps(claim, derived)) or tuple(_printed_steps(claim, derived))
    if not steps:
        return None
    printed = f"printed {claim.text} % ({claim.about}); "
    conclusions = [_compared(claim, step) for step in steps]
    best = best_of(conclusions)
    if best is not Conclusion.CONTRADICTED:
        step = steps[conclusions.index(best)]
        widened = "" if best is Conclusion.AGREES else step.widened
        return Verdict(claim, best, f"{printed}{step.description}{widened}")
    explained = (*_other_references(claim, steps[0]), *_typos(claim, steps[0]))
    return Verdict(
        claim,
        best,
        printed + "; ".join(step.description for step in steps),
        explanations=explained,
        notes=reproduced_by(explained[:_SHOWN]),
        recorded="; ".join(step.description for step in steps),
    )


def _compared(claim: Claim, step: _Step) -> Conclusion:
    if step.matches(claim, claim.printed):
        return Conclusion.AGREES
    half = claim.printed.unit / 2 if claim.printed else 0  # the last digit may be rounded or cut
    spans = signed(claim, claim.printed)
    return best_of(compare(step.span, span + Span(-half, half)) for span in spans)


def _steps(claim: Claim, derived: DerivedCase) -> Iterator[_Step]:
    """The steps from each scan that a change may refer to, to the scan of the claim.

    Without ``from``: the baseline for a decrease and the lowest sum for an increase (Eisenhauer
    2009, 4.3.1), then the other of these, then the scan before.
    """
    after = scan_named(claim.to or claim.of, derived)
    if isinstance(after, str):
        return
    after = time_point_of(after, derived)
    for why, before in _references(claim, after, derived):
        sizes = _sizes(claim, before, derived), _sizes(claim, after, derived)
        for first, last in zip(*sizes, strict=False):
            if first is not None and last is not None and first.exact > 0:
                yield _Step(first, last, before, after, why)


def _printed_steps(claim: Claim, derived: DerivedCase) -> Iterator[_PrintedStep]:
    """The steps to the scan of the claim by the changes in percent that the record has."""
    after = scan_named(claim.to or claim.of, derived)
    if isinstance(after, str) or lesions_by_name(claim, derived):
        return
    after = time_point_of(after, derived)
    of = course_of(after, derived)
    places = [n for n, each in enumerate(of.scans) if each is after] if of is not None else []
    if of is None or not places:
        return
    found, _ = line_shares(derived.case, of)
    share = found[places[0]]
    if share is None or not any(each and each.change for each in found[: places[0] + 1]):
        return  # of sizes alone `_steps` has said why there is no change
    for why, first, before in _share_references(claim, places[0], of, found, derived):
        own = share.change if why == f"the {share.reference}" else None
        if before.printed > 0:
            yield _PrintedStep(_of_baseline(before), _of_baseline(share), first, after, why, own)


def _share_references(
    claim: Claim,
    place: int,
    of: LineCourse,
    found: tuple[Share | None, ...],
    derived: DerivedCase,
) -> Iterator[tuple[str, Scan, Share]]:
    """The time points that a change may refer to, with why, in the order of `_references`."""
    earlier = [(scan, share) for scan, share in zip(of.scans[:place], found, strict=False) if share]
    base = of.baseline or of.scans[place]
    if claim.from_:
        named = scan_named(claim.from_, derived)
        point = None if isinstance(named, str) else time_point_of(named, derived)
        if point is base:
            yield f"the {BASELINE}", base, BASELINE_SHARE
        yield from (("", scan, share) for scan, share in earlier if scan is point)
        return
    nadir = found[place].nadir or smallest(found[:place])  # type: ignore[union-attr]
    at_nadir = [scan for scan, share in earlier if share.printed == nadir.printed] or [base]
    options = [(f"the {BASELINE}", base, BASELINE_SHARE), (f"the {NADIR}", at_nadir[0], nadir)]
    if words(claim.about) & LARGER:
        options.reverse()
    options += [("the scan before it", *each) for each in earlier[-1:]]
    distinct: dict[int, tuple[str, Scan, Share]] = {}
    for why, scan, share in options:
        distinct.setdefault(id(scan), (why, scan, share))
    yield from distinct.values()


def _of_baseline(share: Share) -> Measured:
    """A share as percent of the baseline."""
    text = f"{rounded(100 * share.printed, 1)} % of baseline"
    return Measured(100 * share.printed, Span(100 * share.low, 100 * share.high), text)


def _references(claim: Claim, after: Scan, derived: DerivedCase) -> list[tuple[str, Scan]]:
    """The scans that a change may refer to, each once, with why it is one."""
    if claim.from_:
        before = scan_named(claim.from_, derived)
        if isinstance(before, str) or time_point_of(before, derived) is after:
            return []
        return [("", time_point_of(before, derived))]
    sized = [(found.exact, each) for each in _earlier(after, derived)
             if (found := _sizes(claim, each, derived)[0]) is not None]  # fmt: skip
    options = [
        ("the baseline", baseline_of(after, derived)),
        ("the smallest before it", min(sized, key=lambda each: each[0])[1] if sized else None),
    ]
    if words(claim.about) & LARGER:
        options.reverse()
    options.append(("the scan before it", sized[-1][1] if sized else None))
    distinct: dict[int, tuple[str, Scan]] = {}
    for why, scan in options:
        if scan is not None and scan is not after:
            distinct.setdefault(id(scan), (why, scan))
    return list(distinct.values())


def _earlier(after: Scan, derived: DerivedCase) -> list[Scan]:
    """The time points of a line before one of them, the baseline first."""
    found: list[Scan] = []
    for scan in derived.case.all_of(Scan):
        point = time_point_of(scan, derived)
        if point is after:
            break
        if assesses_line_of(scan, after, derived) and not any(each is point for each in found):
            found.append(point)
    return found


def _sizes(claim: Claim, scan: Scan, derived: DerivedCase) -> tuple[Measured | None, ...]:
    """The sizes at a scan that a claim may mean: of the lesion that it names, else the sums."""
    named = lesions_by_name(claim, derived)
    if len(named) != 1:
        sums = totals(claim, scan, derived)
        return tuple(each if isinstance(each, Measured) else None for each in sums)
    return (measured(size_at(named[0], scan, derived)),)


def _other_references(claim: Claim, step: _Step) -> Iterator[Explanation]:
    """Other percentages of the same two sizes that the claim may print."""
    before, after = step.before.exact, step.after.exact
    ways = [("what is left of the earlier size", after / before)]
    if after:
        ways.append(("the change as a share of the later size", abs(before - after) / after))
    for description, part in ways:
        if claim.printed and 100 * part in claim.printed.span:
            yield Explanation(f"{description}, {rounded(100 * part, 1)} %", tier=1)
    if any(-step.exact in span for span in signed(claim, claim.printed)):
        word = "a decrease" if step.exact < 0 else "an increase"
        yield Explanation(f"{word} in its place", tier=1)


def _typos(claim: Claim, step: _Step) -> tuple[Explanation, ...]:
    return typo_explanations(
        claim.text, lambda number: step.matches(claim, number), "%", claimed_percentage
    )
