"""The sums of diameters of one patient: a curve for each measured line, with its thresholds.

The response threshold of a criterion counts from the baseline of the line, that of progression
from its nadir.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import attrs

from renderers.axes.values import signed
from renderers.layout.date_ranges import DateRange
from renderers.text.events import event_sentence
from renderers.text.line_summary import criterion_of, label_of
from renderers.text.translation import translate, translated
from renderers.timeline.drawing import Drawing
from renderers.timeline.tracks.value_track import SCALE
from timeline.assessment.tumour_change import SizeChange, SizeChanges
from timeline.core.calendar.durations import rounded
from timeline.core.quantities import LENGTH, NM_PER_MM
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Scan
from timeline.response.criteria import CRITERIA
from timeline.response.criteria.criterion import Thresholds
from timeline.results.statuses import Status

Key = tuple[int, str]  # the identity of a scan, and the title of a criterion


@attrs.frozen(kw_only=True)
class SumPoint:
    """A scan: its dates, the sums that it allows, the style of its marker, and its label."""

    scan: Scan
    dates: DateRange
    sums: Span
    style: str
    label: str
    tooltip: str

    @property
    def is_judged(self) -> bool:
        """Whether its marker is that of a response."""
        return self.style not in ("baseline", "measured")

    @property
    def is_measured(self) -> bool:
        """Whether it is one sum."""
        return self.sums.is_point

    @property
    def value(self) -> float:
        """The sum, or the middle of what it may be; of one without an upper end the lower."""
        low, high = self.sums.low, self.sums.high
        return float(low) if high == NEVER_ENDS else (float(low) + float(high)) / 2

    @property
    def highest(self) -> float:
        """The largest sum that has a bound."""
        return float(self.sums.low if self.sums.high == NEVER_ENDS else self.sums.high)


@attrs.frozen(kw_only=True)
class SumCurve:
    """One line of therapy. ``in_mm``: sums of diameters in mm; else changes in percent."""

    points: tuple[SumPoint, ...]
    thresholds: Thresholds | None
    in_mm: bool
    judged: frozenset[Key]  # the statuses that its markers show

    @property
    def response(self) -> float | None:
        """The sum at or below which it is a response; None for a criterion without thresholds."""
        if self.thresholds is None:
            return None
        base = self.points[0].value if self.in_mm else 100.0
        limit = base * (100 - self.thresholds.response_percent) / 100
        return limit if self.in_mm else limit - 100

    @property
    def progression(self) -> tuple[tuple[float, float, float], ...]:
        """From one scan to the next: the two days, and the sum from which on it is progression."""
        limits = self.thresholds
        if limits is None:
            return ()
        found = []
        nadir = self.points[0].value
        for one, other in pairwise(self.points):
            nadir = min(nadir, one.value) if one.is_measured else nadir
            of_percent = (100 + limits.progression_percent) / 100
            if self.in_mm:
                limit = max(nadir * of_percent, nadir + limits.progression_least)
            else:
                limit = (100 + nadir) * of_percent - 100
            found.append((one.dates.at, other.dates.at, limit))
        return tuple(found)


def curves(drawing: Drawing) -> tuple[SumCurve, ...]:
    """The curve of each line whose targets are measured at some scan after its baseline."""
    derived = drawing.derived
    found = derived.size_changes.values()
    made = (_curve(changes, drawing) for changes in found if changes is not None)
    return tuple(curve for curve in made if len(curve.points) > 1)


def shown_on_track(drawing: Drawing) -> frozenset[Key]:
    """The statuses that have a marker on the track."""
    return frozenset[Key]().union(*(curve.judged for curve in curves(drawing)))


def is_measured(derived: DerivedCase) -> bool:
    """Whether some line has a curve, and so an axis left of the first day."""
    found = derived.size_changes.values()
    return any(changes and any(each.percent for each in changes.scans) for changes in found)


def scale_of(derived: DerivedCase) -> float:
    """The millimetres left of the first day that the axis takes; 0 without a curve."""
    return SCALE if is_measured(derived) else 0.0


def _curve(changes: SizeChanges, drawing: Drawing) -> SumCurve:
    criterion = criterion_of(changes.line)
    found = drawing.derived.status(criterion, changes.line.number)
    statuses = {id(each.scan): each for each in found}
    base = _base_in_mm(changes)
    points = [
        _point(each, base, statuses.get(id(each.scan)), drawing)
        for each in changes.scans
        if each.percent is not None and each.scan.start.span.is_bounded
    ]
    first = _baseline(changes, points[0].dates.low if points else 0.0, drawing)
    rows = (row for row in CRITERIA.values() if row.title == criterion)
    limits = next((row.thresholds for row in rows if not row.lesions.measure.of_uptake), None)
    judged = frozenset((id(p.scan), criterion) for p in points if p.style != "measured")
    return SumCurve(
        points=(first, *points), thresholds=limits, in_mm=base is not None, judged=judged
    )


def _base_in_mm(changes: SizeChanges) -> int | None:
    """The baseline sum in nanometres; None of any other measure, drawn as changes in percent."""
    return None if changes.measure.measures != LENGTH else changes.baseline_sum


def _baseline(changes: SizeChanges, before: float, drawing: Drawing) -> SumPoint:
    """The baseline of a line; where no scan of it is on record, the start of the line."""
    event = changes.baseline or changes.line.start
    dates = drawing.page.dates_of(event)
    if dates.open_low or dates.open_high:
        dates = DateRange(low=min(dates.low, before), high=before, by_order=True)
    base = _base_in_mm(changes)
    text = f"{_mm(base)} mm" if base is not None else "0 %"
    words = f"{translate('baseline')}, {translate('sum {size}', size=text)}"
    scan = changes.baseline or changes.scans[0].scan
    return SumPoint(
        scan=scan, dates=dates, sums=Span.point(0 if base is None else Fraction(base, NM_PER_MM)),
        style="baseline", label=text, tooltip=event_sentence(scan, words),
    )  # fmt: skip


def _mm(nanometres: int | float) -> str:
    return rounded(nanometres / NM_PER_MM, 1).removesuffix(".0")


def _point(
    change: SizeChange, base: int | None, status: Status | None, drawing: Drawing
) -> SumPoint:
    percent = change.percent or Span.point(0)
    labels = status.labels if status is not None else ()
    style = "measured" if not labels else labels[0] if len(labels) == 1 else "either"
    response = label_of(status) if status is not None and labels else ""
    number = signed(float(rounded(percent.low, 0)))
    parts = [response, f"{number} %" if percent.is_point else ""]
    sums = percent if base is None else _sums(percent, Fraction(base, NM_PER_MM))
    return SumPoint(
        scan=change.scan,
        dates=drawing.page.dates_of(change.scan),
        sums=sums,
        style=style,
        label=" ".join(part for part in parts if part),
        tooltip=event_sentence(change.scan, "; ".join(
            part for part in (response, f"{number} %", translated(change.basis)) if part)),
    )  # fmt: skip


def _sums(percent: Span, base: Fraction) -> Span:
    """The sums in millimetres that some changes from a baseline in percent are."""
    low, high = (
        end if isinstance(end, float) else base * (100 + Fraction(end)) / 100
        for end in (percent.low, percent.high)
    )
    return Span(low, high)
