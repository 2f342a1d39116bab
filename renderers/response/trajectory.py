"""What one patient adds to a spider plot: the change at each scan, and how the record ends."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from renderers.response.best_change import (
    best_labels,
    line_of,
    non_targets_grown,
    percent,
    with_source,
)
from renderers.response.captions import end_of
from renderers.response.colouring import BY_BEST, Colouring
from renderers.response.thresholds import pair_of
from renderers.text.date_words import worded
from renderers.text.events import scan_words
from renderers.text.line_summary import criterion_of, marker_of
from renderers.text.translation import translate, translated
from timeline.assessment.tumour_change import SizeChange, SizeChanges
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Death, Event
from timeline.record.lines import Line
from timeline.results.statuses import Status


@attrs.frozen(kw_only=True)
class Point:
    """A scan: when since the origin, in units, and the change in percent (None: not evaluated)."""

    time: Span
    change: Span | None
    style: str  # the marker of its status, empty if it has none
    has_new: bool
    tooltip: str
    has_non_target: bool = False  # unequivocal progression of non-targets

    @property
    def at(self) -> float:
        """The middle of the time."""
        return (float(self.time.low) + float(self.time.high)) / 2

    @property
    def middle(self) -> float:
        """The change, or the middle of what is known of it; of one without an upper end the lower.

        ValueError where nothing is known of it.
        """
        if self.change is None:
            raise ValueError(f"the change is not known ({self.tooltip})")
        low, high = self.change.low, self.change.high
        return float(low) if high == NEVER_ENDS else (float(low) + float(high)) / 2

    @property
    def signs(self) -> tuple[str, ...]:
        """The markers besides that of its status: a new lesion, progression of non-targets."""
        found = (
            ("new lesion", self.has_new),
            ("non-target progression", self.has_non_target),
        )
        return tuple(style for style, is_there in found if is_there)

    @property
    def is_measured(self) -> bool:
        return self.change is not None and self.change.is_point


@attrs.frozen(kw_only=True)
class Trajectory:
    """One patient. ``death`` is a death in the line, ``goes_on`` treatment at last contact."""

    name: str
    criterion: str  # what the line is judged by
    points: tuple[Point, ...]
    goes_on: bool
    death: Span | None
    tooltip: str
    category: str = ""  # what its line is coloured by

    @property
    def gaps(self) -> Iterator[tuple[Point, Point]]:
        """The ends of two stretches of measured scans with others between them."""
        runs = tuple(self.runs)
        for before, after in pairwise(runs):
            yield before[-1], after[0]

    @property
    def runs(self) -> Iterator[tuple[Point, ...]]:
        """Stretches of scans one after another that were measured; a missed one parts them."""
        run: list[Point] = []
        for point in self.points:
            if point.is_measured:
                run.append(point)
                continue
            if run:
                yield tuple(run)
            run = []
        if run:
            yield tuple(run)

    @property
    def shrunk(self) -> bool:
        """Whether some scan surely reached the threshold of response of its criterion."""
        limits = pair_of(self.criterion)
        return limits is not None and any(limits.shrunk(p.change) for p in self.points if p.change)

    @property
    def grown(self) -> bool:
        """Whether some scan surely grew over baseline by the threshold of progression."""
        limits = pair_of(self.criterion)
        return limits is not None and any(limits.grown(p.change) for p in self.points if p.change)

    @property
    def last(self) -> Point:
        """The last scan at which something is known of the change."""
        return [point for point in self.points if point.change is not None][-1]

    @property
    def longest(self) -> float:
        """The latest time of anything in it."""
        drawn = (point for point in self.points if point.change is not None or point.style)
        ends = [float(point.time.high) for point in drawn]
        return max([*ends, *([float(self.death.high)] if self.death else [])])


def trajectory_of(
    derived: DerivedCase,
    number: int | None,
    unit: Fraction,
    colouring: Colouring = BY_BEST,
    *,
    confirmed: bool = False,
) -> Trajectory | None:
    """The trajectory of a patient, or None where no scan of the line shows how its targets changed.

    Args:
        derived: the derived case.
        number: the number of the treatment line; None for the first with measured targets.
        unit: days of a unit. Times count from the start of the line.
        colouring: what lines are coloured by.
        confirmed: whether the best response is that with confirmation.
    """
    line = line_of(derived, number)
    found = derived.size_changes[line.number] if line else None
    if line is None or found is None or all(each.percent is None for each in found.scans):
        return None
    statuses = {id(each.scan): each for each in derived.status(criterion_of(line), line.number)}
    points = [
        _point(derived, each, _since(derived, each.scan, line, unit), statuses.get(id(each.scan)))
        for each in found.scans
        if each.scan.start.span.is_bounded
    ]
    if not any(point.change is not None for point in points):
        return None
    began = Point(
        time=Span.point(0),
        change=Span.point(0),
        style="baseline",
        has_new=False,
        tooltip=f"{derived.case.name}: {_baseline(found, derived.case)}",
    )
    return Trajectory(
        name=derived.case.name,
        criterion=criterion_of(line),
        points=(began, *points),
        goes_on=_is_continued(derived, line),
        death=_death(derived, line, unit),
        tooltip=f"{derived.case.name}: {translate('line {number}', number=line.number)}, "
        f"{line.regimen}",
        category=colouring.category(derived, line, best_labels(derived, line, confirmed=confirmed)),
    )


def _baseline(found: SizeChanges, case: Case) -> str:
    """The scan that changes count from."""
    words = translate("baseline")
    return f"{words}, {scan_words(worded(found.baseline, case))}" if found.baseline else words


def _since(derived: DerivedCase, event: Event, line: Line, unit: Fraction) -> Span:
    """Units from the start of the line to an event, at least 0."""
    days = derived.case.days_between((line.start, "start"), (event, "start"))
    since = days.not_below(0) or Span.point(0)
    return since.divided_by(unit)


def _point(derived: DerivedCase, change: SizeChange, time: Span, status: Status | None) -> Point:
    style, label = marker_of(status) if status and status.labels else ("", "")
    basis = translated(change.basis)
    text = f"{percent(change.percent)} ({basis})" if change.percent else basis
    grown = non_targets_grown(change.scan)
    parts = (
        f"{derived.case.name}, {scan_words(worded(change.scan, derived.case))}: {text}",
        label,
        translate("new: {where}", where=", ".join(change.scan.new_lesions))
        if change.scan.new_lesions
        else "",
        translate("progression of non-target lesions") if grown else "",
    )
    return Point(
        time=time,
        change=change.percent,
        style=style,
        has_new=bool(change.scan.new_lesions),
        has_non_target=grown,
        tooltip=with_source("; ".join(part for part in parts if part), change.scan.place),
    )


def _is_last(derived: DerivedCase, line: Line) -> bool:
    return all(other.number <= line.number for other in derived.case.lines)


def _is_continued(derived: DerivedCase, line: Line) -> bool:
    """Whether its treatment was still given when the record ends."""
    ongoing = any(each.at.ongoing for each in line.treatments)
    return ongoing and _is_last(derived, line) and not isinstance(end_of(derived), Death)


def _death(derived: DerivedCase, line: Line, unit: Fraction) -> Span | None:
    """When the patient died, where no later line had begun."""
    end = end_of(derived)
    if not isinstance(end, Death) or not _is_last(derived, line) or not end.start.span.is_bounded:
        return None
    return _since(derived, end, line, unit)
