"""The interpretations of a line: what each of its scans may have shown, and on which days.

A report prints "shrunk", or a month in place of a day. Each way to read one scan is a row of the
columns that the response engine takes; `timeline.response.state_sets` carries all of them from scan
to scan at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.assessment.baseline_shares import shares
from timeline.assessment.line_course import LineCourse, course_contradictions, reported_category
from timeline.assessment.percent_changes import NOMINAL_BASELINE, change_interpretations
from timeline.assessment.scan_interpretations import (
    SUM_COLUMNS,
    scan_interpretations,
    vague_scans,
)
from timeline.assessment.scan_readings import as_measured, line_signs
from timeline.assessment.target_sums import Columns, new_lesion_sums, rules_of, target_sums
from timeline.core.problem import Problem
from timeline.core.span import Number, Span
from timeline.record.case import Case
from timeline.record.events import Event, Scan
from timeline.record.findings import target_finding
from timeline.response.collected_labels import NO_CATEGORY
from timeline.response.lesion_rules import RECIST11_RULES, LesionRules
from timeline.response.scans import (
    FINDINGS,
    NO_DENSITY,
    NON_TARGET_CODE,
    NOT_MEASURED,
    NOT_REPORTED,
    Scans,
    typed_column,
)
from timeline.response.state_sets import INTERPRETED_COLUMNS, MOST_INTERPRETATIONS
from timeline.results.conditions import VagueScan
from timeline.terminology.response_codes import NonTarget

_OPEN_END_DAYS = 36_525  # days in place of an open end: longer than any rule looks back


def possible_days(case: Case, scans: tuple[Scan, ...], start: Event) -> npt.NDArray[np.int64]:
    """The first and the last day of the start and of each scan, 2 x (1 + scans).

    Days count from the earliest start. An open end is `_OPEN_END_DAYS` later. Where the record
    counts every scan from the start at least as closely as it dates it (``22 months after line 1
    start``, of a start without a date), they are these times after a start on day 0.
    """
    counted = _days_from_start(case, scans, start)
    if counted is not None:
        return counted
    moments = [start.start.span, *(scan.start.span for scan in scans)]
    earliest = _day_or(start.start.span.low, 0)
    low = [_day_or(span.low, earliest) - earliest for span in moments]
    high = [_day_or(span.high, earliest + _OPEN_END_DAYS) - earliest for span in moments]
    return np.array([low, high], dtype=np.int64)


def _days_from_start(
    case: Case, scans: tuple[Scan, ...], start: Event
) -> npt.NDArray[np.int64] | None:
    """The days of each scan after a start on day 0; None where dates tell more of some scan."""
    if start.start.is_exact:
        return None
    after = [case.days_between_dates(start.start, scan.start) for scan in scans]
    if any(_width(days) > _width(scan.start.span) for days, scan in zip(after, scans, strict=True)):
        return None
    low = [max(0, _day_or(days.low, 0)) for days in after]
    high = [max(0, _day_or(days.high, _OPEN_END_DAYS)) for days in after]
    return np.array([[0, *low], [0, *high]], dtype=np.int64)


def _width(days: Span) -> Number:
    return days.high - days.low


def _latest_days(days: npt.NDArray[np.int64]) -> list[int]:
    """Every scan as late as it can be, in days since the start; each later than the one before."""
    climbing: list[int] = []
    for day in days[1, 1:].tolist():
        climbing.append(max(day - int(days[1, 0]), *(last + 1 for last in climbing[-1:]), 0))
    return climbing


def _day_or(end: Number, otherwise: int) -> int:
    return otherwise if isinstance(end, float) else int(end)


@attrs.frozen(kw_only=True, eq=False)
class LineInterpretations:
    """The interpretations of a line.

    ``scans``: rows that hold each interpretation of each scan at least once; the first row has the
    first of each. ``table``: every interpretation of every scan, each column flat; ``count``: how
    many each scan has. ``days``: the first and the last day of the start and of each scan,
    2 x (1 + scans), both included.
    """

    scans: Scans
    table: dict[str, npt.NDArray[Any]]
    count: npt.NDArray[np.int64]
    days: npt.NDArray[np.int64]
    vague: tuple[VagueScan, ...]


def line_interpretations(
    case: Case, of: LineCourse, rules: LesionRules = RECIST11_RULES
) -> tuple[LineInterpretations | None, tuple[Problem, ...]]:
    """Every interpretation of a line by the lesion rules of a criterion.

    Args:
        case: The case, for its declared lesions.
        of: The baseline and the time points of the line.
        rules: What is measured of a lesion, and what is summed.

    Returns:
        The interpretations, and the problems that prevent them. Both are empty where no scan of
        the line has findings on response.
    """
    scans = of.used
    if problems := course_contradictions(of):
        return None, problems
    if not scans:
        return None, ()
    base, sizes, problems = target_sums(case, of.line.number, of.baseline, scans, rules)
    if problems:
        return None, problems
    signs = line_signs(scans, of.baseline, rules)
    scans = tuple(as_measured(scan, rules.measure) for scan in scans)
    if rules.measure != rules_of(of.line).measure:
        scans = tuple(map(_without_change, scans))
    if base is None:
        scans = tuple(map(_without_sizes, scans))
    printed = shares(scans, base, sizes["target_sum"].tolist())
    changes = change_interpretations(scans, printed, base, rules.measure)
    if base is None and any(changes):
        base = NOMINAL_BASELINE
    non_targets = any(scan.non_target and scan.non_target.reports_disease for scan in scans)
    targets = base is not None or not non_targets or any(map(_reports_targets, scans))
    interpreted = [
        scan_interpretations(scan, targets=targets, non_targets=non_targets, changes=change)
        for scan, change in zip(scans, changes, strict=True)
    ]
    if problems := tuple(_too_many(scans, interpreted)):
        return None, problems
    days = possible_days(case, scans, of.line.start)
    count = np.array([len(one) for one in interpreted], dtype=np.int64)
    certain = {**sizes, **_certain_findings(scans, of.since)}
    certain["nlt_sum"] = new_lesion_sums(scans, rules)
    certain["signs"] = signs
    table = _findings_table(interpreted, certain, non_targets)
    place = np.minimum(np.arange(count.max())[:, None], count - 1) + np.cumsum(count) - count
    rows: dict[str, Any] = {name: column[place] for name, column in table.items()}
    try:
        first_ones = Scans.of(
            day=[_latest_days(days)] * int(count.max()),
            baseline_sum=NOT_MEASURED if base is None else base,
            baseline_density=_density_tenths(of.baseline),
            has_targets=targets,
            has_non_targets=non_targets,
            least=rules.measure.least,
            **rows,
        )
    except ValueError as fault:  # findings that contradict each other, named by scan
        return None, (_contradiction(scans, str(fault)),)
    found = LineInterpretations(
        scans=first_ones,
        table=table,
        count=count,
        days=days,
        vague=tuple(vague_scans(scans, interpreted)),
    )
    return found, ()


def _without_change(scan: Scan) -> Scan:
    """A scan without a change in percent that is one of another measure."""
    if scan.change is None:
        return scan
    measured = scan.target or scan.sum or scan.lesions
    missing = scan.target if measured else target_finding("NE")
    return attrs.evolve(scan, change=None, target=missing)


def _without_sizes(scan: Scan) -> Scan:
    """A scan of a line without a measured baseline: its sizes can be compared with nothing."""
    if not (scan.sum or scan.lesions):
        return scan
    missing = None if scan.change else target_finding("NE")
    return attrs.evolve(scan, sum=None, lesions=(), target=scan.target or missing)


def _too_many(
    scans: tuple[Scan, ...], interpreted: list[list[dict[str, Any]]]
) -> Iterator[Problem]:
    """Scans with more interpretations than the engine tells apart."""
    for scan, each in zip(scans, interpreted, strict=True):
        if len(each) > MOST_INTERPRETATIONS:
            text = f"its findings can be read in {len(each)} ways, the most is"
            rest = f"{MOST_INTERPRETATIONS} (write one category of target: or of non-target:)"
            yield Problem(scan.where, f"{text} {rest}")


def _contradiction(scans: tuple[Scan, ...], fault: str) -> Problem:
    """The engine's message as a problem at the scan that it names."""
    where, _, what = fault.partition(": ")
    number = where.rpartition("scan ")[2]
    scan = scans[int(number) - 1] if number.isdigit() else scans[0]
    return Problem(scan.where, what or fault)


def _reports_targets(scan: Scan) -> bool:
    word = scan.target and scan.target.reports_disease
    values = (
        word,
        scan.sum,
        scan.change,
        scan.density,
        scan.nodule,
        scan.lesions,
        reported_category(scan),
    )
    return any(map(bool, values))


def _density_tenths(scan: Scan | None) -> int:
    """The mean density of the targets for the engine, in tenths of a Hounsfield unit."""
    exact = scan.density.exact if scan and scan.density else None
    return NO_DENSITY if exact is None else int(10 * exact)


def _certain_findings(scans: tuple[Scan, ...], since: tuple[int, ...]) -> Columns:
    """The findings that have one meaning besides the sums of the targets: one value a scan."""
    columns: dict[str, list[Any]] = {
        "new_lesions": [
            NOT_REPORTED if scan.new_not_evaluated else len(scan.new_lesions) for scan in scans
        ],
        "density": [_density_tenths(scan) for scan in scans],
        "nodule": [bool(scan.nodule) for scan in scans],
        "nontarget_increase": [scan.non_target_increase for scan in scans],
        "equivocal_new": [bool(scan.equivocal) for scan in scans],
        "confirms_equivocal": [bool(scan.confirms_equivocal) for scan in scans],
        "confirms_since": list(since),
        "symptomatic": [scan.symptomatic for scan in scans],
    }
    return {name: typed_column(name, values) for name, values in columns.items()}


_DEFAULTS: dict[str, Any] = {  # of the words that may have several meanings
    "target": NOT_REPORTED,
    "target_increase": False,
    "nlnt_increase": False,
    "nlnt_pd": False,
    "nl_resolved": False,
    "category": NO_CATEGORY,
}


def _findings_table(
    interpreted: list[list[dict[str, Any]]], certain: Columns, non_targets: bool
) -> Columns:
    """The interpretations of all scans of a line as flat columns, in their order."""
    none = NON_TARGET_CODE[NonTarget.NE if non_targets else NonTarget.NA]
    count = [len(one) for one in interpreted]
    every = [each for one in interpreted for each in one]
    words = {
        name: typed_column(name, [each.get(name, default) for each in every])
        for name, default in {**_DEFAULTS, "nontarget": none}.items()
    }
    found = {**words, **{name: np.repeat(column, count) for name, column in certain.items()}}
    for name in SUM_COLUMNS:
        column = found.get(name, np.zeros(len(every), dtype=np.int64))
        blank = FINDINGS[name]["default"]
        values = [each.get(name, blank if name not in found else known)
                  for each, known in zip(every, column.tolist(), strict=True)]  # fmt: skip
        found[name] = typed_column(name, values)
    return {name: found[name] for name in INTERPRETED_COLUMNS}
