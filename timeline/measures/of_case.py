"""The measures of the lines of a case: from its scans, its dates and its outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from timeline.assessment.line_course import LineCourse
from timeline.assessment.target_sums import rules_of, sum_in
from timeline.assessment.tumour_change import SizeChanges
from timeline.core.quantities import NM_PER_MM, shown_mm
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.measures.formulas import month_in_days
from timeline.measures.series import Evaluation, Series
from timeline.record.events import Performance, Scan, Symptom
from timeline.record.findings import NONE
from timeline.record.lines import Line
from timeline.response.lesion_rules import DIAMETERS, LesionRules
from timeline.terminology.criteria import PRIMARY
from timeline.terminology.response_codes import Code

_OTHER_MEASURE = "the sums of the line are no sums of diameters"


def series_of(derived: DerivedCase, line: Line) -> Series | None:
    """What the measures of a line are computed from; None where no sum or change is on record.

    The scan before the baseline is the last that measures every target by its name, else the last
    before the first line that gives a sum, if the baseline gives one too.
    """
    changes = derived.size_changes[line.number]
    if changes is None:
        return None
    course = next(each for each in derived.courses if each.line.number == line.number)
    of_diameters = changes.measure == DIAMETERS
    base = changes.baseline_sum if of_diameters else None
    before = _before(derived, course) if base else None
    return Series(
        base=None if base is None else Fraction(base, NM_PER_MM),
        before=before[1] if before else None,
        before_days=_apart(derived, before[0], changes.baseline) if before else None,
        facts=tuple(_facts(changes, before)),
        evaluations=tuple(_evaluations(derived, course, changes)),
        failure=_failure(derived, line),
        ecog_2=_ecog_2(derived, line),
        **({} if of_diameters else {"no_base": _OTHER_MEASURE}),
    )


def _facts(changes: SizeChanges, before: tuple[Scan, Fraction] | None) -> Iterator[str]:
    """The sums that growth is measured from."""
    if before is not None:
        yield f"{before[0].label}, before the baseline: {shown_mm(int(before[1] * NM_PER_MM))} mm"
    if changes.baseline is not None and changes.baseline_sum is not None:
        total = f"{shown_mm(changes.baseline_sum)} {changes.measure.unit}"
        yield f"{changes.baseline.label}, the baseline: {total}"


def _apart(derived: DerivedCase, one: Scan, other: Scan | None) -> Span | None:
    return None if other is None else derived.case.days_between((one, "start"), (other, "start"))


def _before(derived: DerivedCase, course: LineCourse) -> tuple[Scan, Fraction] | None:
    """The scan before the baseline with the sum of the same lesions, and this sum in mm."""
    case, baseline = derived.case, course.baseline
    if baseline is None:
        return None
    rules = rules_of(course.line, derived.settings)
    first = min(map(case.place, course.baselines))
    for scan in reversed(case.all_of(Scan)):
        if case.place(scan) < first:
            total = _same_lesions(scan, baseline, course, rules)
            if total is not None:
                return scan, total
    return None


def _same_lesions(
    scan: Scan, baseline: Scan, course: LineCourse, rules: LesionRules
) -> Fraction | None:
    """The sum of the targets of a baseline at an earlier scan; None where it is not known."""
    if baseline.lesions:
        sizes = dict(scan.lesions)
        found = [
            rules.size(sizes[name], node=name in course.nodes) if name in sizes else None
            for name, _ in baseline.lesions
        ]
        known = [each for each in found if each is not None]
        return Fraction(sum(known), NM_PER_MM) if len(known) == len(found) else None
    if scan.sum is None or scan.line is not None:
        return None
    total = sum_in(scan.sum, rules)
    return None if total is None else Fraction(total, NM_PER_MM)


def _evaluations(
    derived: DerivedCase, course: LineCourse, changes: SizeChanges
) -> Iterator[Evaluation]:
    case, start = derived.case, course.line.start
    statuses = derived.status(PRIMARY.title, course.line.number)
    labels = {id(each.scan): each.labels for each in statuses}
    counted = _counted(derived, course)
    for place, (point, each) in enumerate(zip(course.points, changes.scans, strict=True)):
        scan = each.scan
        of_point = [id(point.scan), *map(id, point.scans)]
        found = next((labels[one] for one in of_point if one in labels), ())
        change = each.percent if each.percent and each.percent.is_bounded else None
        organs = _organs(point.scan)
        yield Evaluation(
            day=case.days_between((start, "start"), (scan, "start")),
            since_baseline=case.days_between((changes.baseline or start, "start"), (scan, "start")),
            change=change,
            counted=counted[place],
            is_pd=_is(PRIMARY.words[Code.PD], found),
            is_evaluable=not set(found) <= {PRIMARY.words[Code.NE]},
            new_organs=organs,
            more_in_organ=False if organs == 0 else None,
            new_organ=False if organs == 0 else None,
            label=scan.label,
        )


def _is(word: str, labels: Sequence[str]) -> bool | None:
    """Whether a scan has a label; None where it may have another as well, or none is derived."""
    if not labels:
        return None
    return False if word not in labels else True if set(labels) == {word} else None


def _organs(scan: Scan) -> int | None:
    """In how many organs lesions are new; None where the record does not tell."""
    if scan.new_not_evaluated or not scan.new:
        return None
    return 0 if scan.new == (NONE,) else len(set(scan.new_lesions))


def _counted(derived: DerivedCase, course: LineCourse) -> list[bool | None]:
    """Whether each scan lies in the window: up to and including the first progression.

    New therapy begins the next line, whose scans are not of this one.
    """
    every: list[bool | None] = [True] * len(course.points)
    if derived.settings.measure_window == "to_new_therapy":
        return every
    line = course.line
    title = line.criterion or PRIMARY.title
    found = derived.progression(title, line.number)
    ends = [
        place
        for place, point in enumerate(course.points)
        if found and any(each is point.scan or each in point.scans for each in found.scans)
    ]
    if not ends or found is None:
        return every
    first, last = ends[0], ends[-1]
    after = False if found.always else None
    return [
        True if place <= first else None if place <= last else after for place in range(len(every))
    ]


def _failure(derived: DerivedCase, line: Line) -> Span | None:
    """The days to treatment failure; without end where it is censored; None: not known."""
    found = derived.outcome("TTF", line.number)
    if found is None or found.days is None or found.event is None:
        return None
    return found.days if found.event else Span(found.days.low, NEVER_ENDS)


def _ecog_2(derived: DerivedCase, line: Line) -> bool | None:
    """Whether ECOG was 2 or worse within two months of the start; None where none is recorded."""
    limit = 2 * month_in_days(derived.settings.month_days)
    seen = []
    events: list[Performance | Symptom] = [*derived.case.all_of(Performance)]
    events += derived.case.all_of(Symptom)
    for event in events:
        days = derived.case.days_between((line.start, "start"), (event, "start"))
        if event.ecog is not None and days.low >= 0 and days.high < limit:
            seen.append(event.ecog >= 2)
    return any(seen) if seen else None


@attrs.frozen
class LineSeries:
    """A line with what its measures are computed from."""

    line: Line
    series: Series


def series_of_lines(derived: DerivedCase) -> tuple[LineSeries, ...]:
    """Each line that has a sum or a change on record, in order."""
    found = ((line, series_of(derived, line)) for line in derived.case.lines)
    return tuple(LineSeries(line, series) for line, series in found if series is not None)
