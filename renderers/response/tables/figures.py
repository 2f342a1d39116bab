"""The spider and the waterfall of a table of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from renderers.response.best_change import UNKNOWN, WaterfallBar, percent, with_source
from renderers.response.colouring import ARM, BEST, NONE, Colouring
from renderers.response.spider import lay_out_spider
from renderers.response.subjects import Subjects
from renderers.response.tables.changes import Change
from renderers.response.tables.checks import PatientRows
from renderers.response.tables.read import ChangeTable
from renderers.response.tables.request import ChangeReading
from renderers.response.tables.shapes import Kind
from renderers.response.trajectory import Point, Trajectory
from renderers.response.waterfall import lay_out_waterfall
from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from renderers.text.translation import localized, translate, translated
from timeline.core.calendar.durations import days_per, rounded
from timeline.core.span import Span
from timeline.core.text.spelling import folded
from timeline.terminology.criteria import PRIMARY, meaning
from timeline.terminology.response_codes import Code

_CONFIRMED = ("cbor", "confirmed best response", "confirmed best overall response")
_NOT_EVALUABLE = PRIMARY.words[Code.NE]
_BASELINES = {
    "flag": "Baseline: the scan that the table marks as such.",
    "day": "Baseline: the last measurement up to time zero, drawn there at 0.",
    "first": "Baseline: the first scan, from which time counts.",
}
_AS_STATED = "Changes from baseline as in the table."
_TO_PROGRESSION = "Scans are included up to progression as in the table."
_ALL_SCANS = "All scans of the table after baseline are included."
_BY = "Thresholds are those of {criterion}."
_TOO_SMALL = "Lesions too small to measure count {size} mm."


@attrs.frozen(kw_only=True)
class TableColours:
    """How the patients of a table are coloured: the category of each, by name."""

    colouring: Colouring
    categories: Mapping[str, str]


@localized
def spider_of_table(
    table: ChangeTable,
    page: Page,
    colours: TableColours,
    reading: ChangeReading,
    *,
    unit: str = "months",
    bridge: bool = False,
    highlight: Sequence[str] = (),
) -> Scene:
    """The spider of a table that was read without errors.

    Raises:
        ValueError: no patient has a change, the unit is unknown, or the page is too narrow.
    """
    size = days_per(unit)
    shown = [each for each in table.patients if not each.course.why]
    _check(shown, table)
    threads = [_thread(each, size, colours, reading.criterion) for each in shown]
    subjects = _subjects(table, reading)
    return lay_out_spider(
        threads, subjects, page, unit, colours.colouring, bridge=bridge, highlight=highlight
    )


@localized
def waterfall_of_table(
    table: ChangeTable, page: Page, colours: TableColours, reading: ChangeReading
) -> Scene:
    """The waterfall of a table that was read without errors.

    Raises:
        ValueError: no patient has a change, or the bars are too many for the page.
    """
    shown = [each for each in table.patients if not each.course.why]
    _check(shown, table)
    bars = [
        attrs.evolve(
            _bar(each, colours, reading.criterion),
            characteristics=tuple(_characteristics(each, table, colours)),
        )
        for each in shown
    ]
    subjects = _subjects(table, reading)
    counted = f"{subjects.origin} {subjects.counted_to}".strip()
    return lay_out_waterfall(
        bars, attrs.evolve(subjects, counted_to=counted), page, colours.colouring
    )


def _check(shown: Sequence[PatientRows], table: ChangeTable) -> None:
    if not shown:
        why = ", ".join(dict.fromkeys(each.course.why for each in table.patients))
        hint = " (--option baseline=first takes the first scan)" if table.rule == "day" else ""
        raise ValueError(f"no patient has a change to draw: {why}{hint}")


def _thread(
    patient: PatientRows, size: Fraction, colours: TableColours, criterion: str
) -> Trajectory:
    began = Point(
        time=Span.point(0),
        change=Span.point(0),
        style="baseline",
        has_new=False,
        tooltip=f"{patient.name}: {translated([patient.course.baseline])}",
    )
    points = [_point(patient, each, size) for each in patient.course.changes if each.days]
    death = patient.death and (patient.death.not_below(0) or Span.point(0)).divided_by(size)
    return Trajectory(
        name=patient.name,
        criterion=criterion,
        points=(began, *points),
        goes_on=patient.goes_on and death is None,
        death=death,
        tooltip=f"{patient.name}",
        category=colours.categories[patient.name],
    )


def _point(patient: PatientRows, change: Change, size: Fraction) -> Point:
    days = (change.days or Span.point(0)).not_below(0) or Span.point(0)
    return Point(
        time=days.divided_by(size),
        change=change.percent,
        style=change.assessment.label,
        has_new=change.assessment.has_new,
        has_non_target=change.assessment.has_non_target,
        tooltip=_tooltip(patient, change),
    )


def _tooltip(patient: PatientRows, change: Change) -> str:
    parts = (
        f"{patient.name}{_day(change)}: {_size(change)}",
        change.assessment.label,
        translate("new lesion") if change.assessment.has_new else "",
        translate("progression of non-target lesions") if change.assessment.has_non_target else "",
    )
    return with_source("; ".join(part for part in parts if part), change.assessment.place)


def _size(change: Change) -> str:
    if change.percent is None:
        return translated([change.basis])
    return f"{percent(change.percent)} ({translated([change.basis])})"


def _day(change: Change) -> str:
    if change.days is None:
        return ""
    low, high = rounded(change.days.low, 0), rounded(change.days.high, 0)
    if low == high:
        return f", {translate('day {number}', number=low)}"
    return f", {translate('days {low} to {high}', low=low, high=high)}"


def _bar(patient: PatientRows, colours: TableColours, criterion: str) -> WaterfallBar:
    """The bar of the best change up to the first progression that the table states."""
    counted = _counted(patient.course.changes)
    known = [each for each in counted if each.percent is not None]
    change = Span(
        min(each.percent.low for each in known if each.percent),
        min(each.percent.high for each in known if each.percent),
    )
    best = next(each for each in known if each.percent and each.percent.low == change.low)
    best_response = translate("best response {response}", response=patient.best)
    response = f"; {best_response}" if patient.best else ""
    without = [each.assessment.label for each in counted if each.percent is None]
    return WaterfallBar(
        name=patient.name,
        criterion=criterion,
        change=change,
        labels=(patient.best,) if patient.best else (),
        has_new=any(each.assessment.has_new for each in counted),
        tooltip=with_source(
            f"{patient.name}{_day(best)}: {_size(best)}{response}", best.assessment.place
        ),
        unmeasured=sum(label not in ("", _NOT_EVALUABLE) for label in without),
        category=colours.categories[patient.name],
        unknown=UNKNOWN,
    )


def _characteristics(
    patient: PatientRows, table: ChangeTable, colours: TableColours
) -> Iterator[tuple[str, str]]:
    """The arm of a patient, and what else bars are filled by, with the headings of the table."""
    by, arm = colours.colouring.by, table.arm_heading
    if arm:
        texts = (row.text(arm) for row in patient.rows)
        yield arm, next(filter(None, texts), "")
    if by not in (BEST, NONE, ARM, arm):
        yield by, colours.categories[patient.name]


def _counted(changes: Sequence[Change]) -> Sequence[Change]:
    """The changes up to the first progression stated, if one of them is a number; else all."""
    for place, each in enumerate(changes):
        if each.assessment.label and meaning(each.assessment.label) is Code.PD:
            counted = changes[: place + 1]
            return counted if any(one.percent is not None for one in counted) else changes
    return changes


def _subjects(table: ChangeTable, reading: ChangeReading) -> Subjects:
    excluded: dict[str, list[str]] = {}
    for each in table.patients:
        if each.course.why:
            excluded.setdefault(each.course.why, []).append(each.name)
    states_response = any(
        one.assessment.label for each in table.patients for one in each.course.changes
    )
    counted_to = _TO_PROGRESSION if states_response else _ALL_SCANS
    small = translate(_TOO_SMALL, size=reading.too_small) if table.too_small else ""
    return Subjects(
        given=len(table.patients),
        excluded=excluded,
        since=_since(table, reading),
        origin=translate(_origin(table)),
        notes=tuple(each for each in (translate(_BY, criterion=reading.criterion), small) if each),
        counted_to="" if table.kind is Kind.BEST else translate(counted_to),
        is_confirmed=True if folded(table.best_heading) in _CONFIRMED else None,
        known=_known(table),
    )


_COLUMNS = {"new lesion": ("new", "kind"), "ongoing": ("ongoing",), "death": ("death",)}


def _known(table: ChangeTable) -> frozenset[str]:
    """The facts that some column of the table states."""
    rows = [row for patient in table.patients for row in patient.rows]
    fields = rows[0].layout.fields if rows else {}
    return frozenset(name for name, each in _COLUMNS.items() if any(one in fields for one in each))


def _origin(table: ChangeTable) -> str:
    sums = table.kind in (Kind.SIZE, Kind.SUM)
    return _BASELINES.get(table.rule, _AS_STATED) if sums else _AS_STATED


def _since(table: ChangeTable, reading: ChangeReading) -> str:
    """What time counts from, in words."""
    times = table.times
    if reading.time_zero or times is None:
        return reading.time_zero
    if table.rule == "first":
        return translate("baseline scan")
    if times.dated:
        return translate("start of treatment")
    return translate("study day 1") if times.is_study_day else translate("day 0")
