"""The course of one line: its baseline and its time points, built in one place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import attrs

from timeline.assessment.equivocal_lesions import resolve_equivocal
from timeline.assessment.fdg_pet import apply_fdg_pet_rules
from timeline.assessment.time_points import (
    DaysApart,
    TimePoint,
    are_complementary,
    group_time_points,
    join_time_point,
)
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem
from timeline.core.span import NEVER_ENDS
from timeline.record.case import Case
from timeline.record.events import LOCAL_THERAPIES, Event, Scan
from timeline.record.lines import Line
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.criteria import category_on_line
from timeline.terminology.response_words import categories_of

Baselines = tuple[Scan, ...]
Problems = tuple[Problem, ...]


@frozen(kw_only=True)
class LineCourse:
    """One line's baseline and the time points that assess it, in order of time.

    ``baseline`` and ``scans`` hold what all scans of a time point found; ``baselines`` and
    ``points`` hold the scans themselves. ``treated`` are the local therapies within the line, each
    with the scans, by their ids, that certainly come after it. ``nodes``: the lesions that are
    lymph nodes, by name.
    """

    line: Line
    baseline: Scan | None
    points: tuple[TimePoint, ...]
    baselines: tuple[Scan, ...] = ()
    problems: tuple[Problem, ...] = ()
    treated: tuple[tuple[Event, frozenset[int]], ...] = ()
    nodes: frozenset[str] = frozenset()

    @cached_property
    def local_therapies(self) -> tuple[Event | None, ...]:
        """For each scan that reports on response the last local therapy of the line before it."""
        return tuple(
            next(
                (
                    event
                    for event, after in reversed(self.treated)
                    if all(id(scan) in after for scan in point.scans)
                ),
                None,
            )
            for point in self.used_points
        )

    @cached_property
    def scans(self) -> tuple[Scan, ...]:
        """What each time point found, dated by its last scan."""
        return tuple(point.scan for point in self.points)

    def dated(self, number: int) -> str:
        """The date, as written, of a scan that reports on response; -1 is the baseline."""
        scan = self.baseline if number < 0 else self.used[number]
        return str(scan.start) if scan is not None else "no date"

    @cached_property
    def used_points(self) -> tuple[TimePoint, ...]:
        """The time points that report on response."""
        return tuple(
            point
            for point in self.points
            if point.scan.has_findings or reported_category(point.scan)
        )

    @cached_property
    def used(self) -> tuple[Scan, ...]:
        """What each of these found."""
        return tuple(point.scan for point in self.used_points)

    @cached_property
    def since(self) -> tuple[int, ...]:
        """Where the lesion that each used time point confirms was first shown; -1: none."""
        places = {id(scan): place for place, scan in enumerate(self.used)}
        return tuple(
            -1 if point.since is None else places[id(point.since)] for point in self.used_points
        )


def reported_category(scan: Scan) -> tuple[str, ...]:
    """The categories that the authors give a scan whose findings judge no tumour.

    Such a scan has no findings, or only that nothing is new. A word that allows several categories
    gives each of them. None where the findings judge.
    """
    if scan.has_findings and not scan.tells_only_nothing_new:
        return ()
    return tuple(dict.fromkeys(each for _, word in scan.called for each in categories_of(word)))


def is_judged_by_findings(scan: Scan) -> bool:
    """Whether the findings of a scan give its status, and not the call of the authors."""
    return scan.has_findings and not reported_category(scan)


def line_course(case: Case, line: Line, settings: Settings = DEFAULTS) -> LineCourse:
    """The time points of a line, and its baseline: the scan marked so, else the last before it."""
    baselines, problems = find_baselines(case, line, settings)
    before = set(map(id, baselines))
    measured = any(each.is_measured or each.has_uptake for each in baselines)
    mine = [
        scan
        for scan in case.all_of(Scan)
        if scan.line == line.number
        and id(scan) not in before
        and (measured or not scan.begins_only)  # sizes of the next baseline, with none before
    ]
    found = build_course(case, line, mine, (baselines, problems), settings)
    return attrs.evolve(found, treated=_treated(case, line, mine))


def _treated(
    case: Case, line: Line, scans: Sequence[Scan]
) -> tuple[tuple[Event, frozenset[int]], ...]:
    """The local therapies certainly after the start of a line, with its scans after each."""

    def after(first: Event, later: Event) -> bool:
        in_turn = case.place(first) < case.place(later)
        return in_turn and case.days_between((first, "start"), (later, "start")).low >= 0

    found = (each for each in case.all_of(*LOCAL_THERAPIES) if after(line.start, each))
    return tuple((each, frozenset(id(s) for s in scans if after(each, s))) for each in found)


def build_course(
    case: Case,
    line: Line,
    scans: Sequence[Scan],
    before: tuple[Baselines, Problems],
    settings: Settings,
) -> LineCourse:
    """The course of some scans, after the scans of a baseline and what is wrong with those."""
    days, (baselines, problems) = settings.timepoint_days, before
    points, unread = group_time_points(scans, days, _apart(case))
    points, unclear = resolve_equivocal(apply_fdg_pet_rules(points, baselines, settings))
    points = tuple(_in_words_of(line.criterion, point) for point in points)
    baseline = None
    if baselines:
        try:
            baseline = join_time_point(baselines, days).scan
        except ValueError as fault:
            problems += (Problem(baselines[-1].where, str(fault)),)
    return LineCourse(
        line=line,
        baseline=baseline,
        baselines=baselines,
        points=points,
        problems=problems + unread + unclear,
        nodes=frozenset(name for name, lesion in case.lesions if lesion.node),
    )


def _in_words_of(title: str, point: TimePoint) -> TimePoint:
    """A time point with its calls as categories of the criterion of the line: PMR by PERCIST."""
    called = tuple((place, category_on_line(word, title)) for place, word in point.scan.called)
    if called == point.scan.called:
        return point
    return attrs.evolve(point, scan=attrs.evolve(point.scan, called=called))


def _apart(case: Case) -> DaysApart:
    """The days between two scans, exact where the case states them however vague their dates."""
    return lambda early, late: case.days_between((early, "start"), (late, "start"))


def find_baselines(case: Case, line: Line, settings: Settings) -> tuple[Baselines, Problems]:
    """The scans of the baseline: those marked so that complete each other, else the last before."""
    scans, most = case.all_of(Scan), settings.baseline_max_days
    marked = [scan for scan in scans if scan.baseline == line.number]
    before = [scan for scan in scans if not scan.baseline and _precedes(case, scan, line, most)]
    if not marked:
        points, problems = group_time_points(before, settings.timepoint_days, _apart(case))
        return (points[-1].scans if points else ()), problems[-1:] if not points else ()
    baselines = [marked[-1]]
    for scan in reversed(marked[:-1]):
        same = scan.timepoint and scan.timepoint == baselines[0].timepoint
        if same or are_complementary([scan, *baselines]):
            baselines.insert(0, scan)
    return tuple(baselines), ()


def _precedes(case: Case, scan: Scan, line: Line, most: int) -> bool:
    """Whether an unmarked scan may be the baseline of a line: made before it, and for no other.

    A scan of an earlier line was made to judge that line. It is the baseline of the next one
    where it may lie within ``most`` days of its start, and of a later one where it certainly does
    (Eisenhauer 2009 3.2: as close as possible to the start, never more than 4 weeks before it).
    What the record counts to an earlier line comes before the next, unless the dates forbid it.
    """
    if scan.line is not None and scan.line >= line.number:
        return False
    start = line.start.start
    days = case.days_between_dates(scan.start, start)
    if scan.line is None:  # without a last day only where the order or a time leaves no other
        is_dated = scan.start.span.high < NEVER_ENDS
        return scan.start.span.high <= start.span.high if is_dated else days.low >= 0
    numbers = [each.number for each in case.lines if each.number < line.number]
    if scan.line < max(numbers, default=0):
        return days.low >= 0 and days.high <= most
    return days.high >= 0 and days.low <= most


def course_contradictions(of: LineCourse) -> tuple[Problem, ...]:
    """Facts of one line that contradict each other; nothing is chosen among them."""
    problems = list(of.problems)
    for one, other in pairwise(of.used):
        if one.start.is_exact and one.start.span == other.start.span:
            same = attrs.evolve(one, id=other.id, place=other.place) == other
            how = "are given twice" if same else "disagree"
            text = f"two assessments of {one.start} {how} (join them into one scan)"
            problems.append(Problem(other.where, text))
    return tuple(problems)
