"""How far the targets of a line are from their baseline at each scan: percents, where measured."""

from __future__ import annotations

from fractions import Fraction

import attrs

from timeline.assessment.baseline_shares import Share, shares
from timeline.assessment.line_course import LineCourse, line_course
from timeline.assessment.scan_readings import as_measured
from timeline.assessment.target_sums import rules_of, sum_in, target_sums
from timeline.core.quantities import shown_mm
from timeline.core.span import NEVER_ENDS, Span
from timeline.core.text.phrase import Phrase
from timeline.record.case import Case
from timeline.record.events import Scan
from timeline.record.findings import DISAPPEARED_WORDS, plain
from timeline.record.lines import Line
from timeline.response.lesion_rules import DIAMETERS, LesionRules, Measure
from timeline.response.scans import NOT_MEASURED
from timeline.settings.response import DEFAULTS, Settings

HUNDRED_PERCENT = Fraction(100)
ABSENT_WORDS = frozenset(
    plain(word) for word in DISAPPEARED_WORDS
)  # words that are a size: nothing is left


@attrs.frozen(kw_only=True)
class SizeChange:
    """One scan: its change from baseline in percent, both ends included; None: not evaluated.

    ``-30`` is a sum 30 % below baseline. ``basis`` is what the range rests on.
    """

    scan: Scan
    percent: Span | None
    basis: tuple[Phrase, ...]

    @property
    def description(self) -> str:
        """What the range rests on, in English."""
        return "; ".join(map(str, self.basis))

    @property
    def is_measured(self) -> bool:
        """Whether it is one number, from a sum or from every target."""
        return self.percent is not None and self.percent.is_point


@attrs.frozen(kw_only=True)
class SizeChanges:
    """A measured line: its baseline, and the change at each later scan, in order of time.

    ``baseline`` is None where every change is printed and no baseline scan is on record;
    ``baseline_sum`` is in millionths of the unit of ``measure``, and None where no sum is known.
    """

    line: Line
    baseline: Scan | None
    scans: tuple[SizeChange, ...]
    baseline_sum: int | None = None
    measure: Measure = DIAMETERS


def size_changes(case: Case, line: Line, settings: Settings = DEFAULTS) -> SizeChanges | None:
    """The changes of a line; None where neither its baseline nor any change has a number.

    A sum that was measured counts; else the change as printed, without its rounding.
    """
    of = line_course(case, line, settings)
    rules = rules_of(line, settings)
    base, columns, problems = target_sums(case, line.number, of.baseline, of.scans, rules)
    if problems or not (base or any(scan.change for scan in of.scans)):
        return None
    found = []
    printed = shares(of.scans, base, columns["target_sum"].tolist())
    sums_of = zip(of.points, columns["target_sum"], columns["partial_sum"], printed, strict=True)
    for point, total, part, share in sums_of:
        percent: Span | None = None
        if share is not None and share.change is not None:
            percent, basis = share.percent, _printed_change(point.scan, share)
        elif base:
            now = as_measured(point.scan, rules.measure)
            sums, basis = _possible_sums(now, int(total), int(part), of, rules)
            percent = _percent(sums, base)
        else:
            basis = _without_size(point.scan)
        found.append(SizeChange(scan=point.scans[-1], percent=percent, basis=basis))
    baseline = of.baselines[-1] if of.baselines else None
    return SizeChanges(
        line=line,
        baseline=baseline,
        scans=tuple(found),
        baseline_sum=base,
        measure=rules.measure,
    )


def _printed_change(scan: Scan, share: Share) -> tuple[Phrase, ...]:
    printed = Phrase.of("change {change} (printed)", change=scan.change)
    open_ = share.nadir is not None and not share.nadir.is_number
    return (printed, Phrase("the nadir is not known")) if open_ else (printed,)


def _percent(sums: Span | None, base: int) -> Span | None:
    return sums and (sums - base).divided_by(Fraction(base, HUNDRED_PERCENT))


def _possible_sums(
    scan: Scan, total: int, part: int, of: LineCourse, rules: LesionRules
) -> tuple[Span | None, tuple[Phrase, ...]]:
    """The sums that a scan allows, in millionths of the unit, and what they rest on.

    A category without a size is no size: PR by its word is nowhere in particular below -30 %.
    """
    stated = None if scan.sum is None else sum_in(scan.sum, rules)
    if stated is not None:
        if rules.measure.of_uptake:
            return Span.point(stated), (Phrase.of("uptake {size}", size=scan.sum),)
        return Span.point(stated), (Phrase.of("sum {size}", size=scan.sum),)
    if scan.lesions:
        return _sum_of_lesions(scan, total, part, of, rules.measure)
    if scan.target is not None and plain(scan.target.text) in ABSENT_WORDS:
        return Span.point(0), (Phrase.of("targets {finding}", finding=scan.target),)
    return None, _without_size(scan)


def _without_size(scan: Scan) -> tuple[Phrase, ...]:
    if scan.target:
        return (Phrase.of("no size is reported, only targets {finding}", finding=scan.target),)
    if not scan.called:
        return (Phrase("no size is reported"),)
    called = " and ".join(category for _, category in scan.called)
    return (Phrase.of("no size is reported, only {category}", category=called),)


def _sum_of_lesions(
    scan: Scan, total: int, part: int, of: LineCourse, measure: Measure
) -> tuple[Span | None, tuple[Phrase, ...]]:
    if total != NOT_MEASURED:
        return Span.point(total), (
            Phrase.of("sum {size}", size=f"{shown_mm(total)} {measure.unit}"),
        )
    sizes = dict(scan.lesions)
    targets = [name for name, _ in of.baseline.lesions] if of.baseline else []
    missing = [name for name in targets if name not in sizes or sizes[name].length is None]
    if not part:
        return None, (Phrase("targets not evaluated"),)
    size, names = f"{shown_mm(part)} {measure.unit}", ", ".join(missing)
    at_least = Phrase.of("at least {size}: {lesions} not evaluated", size=size, lesions=names)
    return Span(part, NEVER_ENDS), (at_least,)
