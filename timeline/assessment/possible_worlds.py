"""The readings of a line: what each of its scans may have shown, and on which days.

A report says "shrunk", or gives a month for a day. Each way to read one scan is a row of the
columns that the response engine takes; `timeline.response.state_sets` carries all of them from scan
to scan at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.assessment.line_course import LineCourse, course_problems, from_call
from timeline.assessment.target_sums import new_lesion_sums, target_sums
from timeline.core.problem import Problem
from timeline.core.quantities import nanometres
from timeline.core.span import Number
from timeline.record.case import Case
from timeline.record.events import Event, Scan
from timeline.record.findings import target_finding
from timeline.response.collected_labels import CALL_CODE, NO_CALL
from timeline.response.scans import (
    NO_DENSITY,
    NON_TARGET_CODE,
    NOT_GIVEN,
    NOT_MEASURED,
    TARGET_CODE,
    Scans,
)
from timeline.response.state_sets import INTERPRETED_COLUMNS
from timeline.results.conditions import VagueScan
from timeline.terminology.criteria import meaning, only_one
from timeline.terminology.response_codes import Code, NonTarget, Target

_LONG = 36_525  # days that stand for an open end: longer than any rule looks back
EMPTY: Mapping[str, Any] = MappingProxyType({})

# What a scan without findings is read as where the authors called it: the target response that
# its category implies. The category itself is kept: `timeline.response.collected_labels`.
IMPLIES = {
    Code.CR: "CR",
    Code.PR: "PR",
    Code.SD: "SD",
    Code.NON_CR_NON_PD: "SD",
    Code.NED: "CR",
    Code.PD: "PD",
    Code.UPD: "PD",
    Code.NE: "NE",
}


def bounds(scans: tuple[Scan, ...], start: Event) -> npt.NDArray[np.int64]:
    """The first and the last day of the start and of each scan, since the earliest start; 2 x n.

    An open end lies further off than any rule looks.
    """
    moments = [start.start.span, *(scan.start.span for scan in scans)]
    earliest = _day(start.start.span.low, 0)
    low = [_day(span.low, earliest) - earliest for span in moments]
    high = [_day(span.high, earliest + _LONG) - earliest for span in moments]
    return np.array([low, high], dtype=np.int64)


def _latest(days: npt.NDArray[np.int64]) -> list[int]:
    """Every moment as late as it can be, since the start; each later than the one before."""
    climbing: list[int] = []
    for day in days[1, 1:].tolist():
        climbing.append(max(day - int(days[1, 0]), *(last + 1 for last in climbing[-1:]), 0))
    return climbing


def _day(end: Number, otherwise: int) -> int:
    return otherwise if isinstance(end, float) else int(end)


def readings_of(
    scan: Scan,
    *,
    targets: bool,
    non_targets: bool,
    sizes: Mapping[str, Any] = EMPTY,
    since: int = NOT_GIVEN,
) -> list[dict[str, Any]]:
    """Every way to read the findings of one scan, as values of the engine's columns.

    ``sizes`` are the columns that its measured lesions give, where it has any; ``since`` is the
    place of the scan that first showed the lesion which it confirms.
    """
    total = scan.sum.exact if scan.sum else None
    of_targets: list[dict[str, Any]]
    if scan.lesions:
        of_targets = [{}]
    elif total is not None:
        of_targets = [{"target_sum": nanometres(total), "target_cr": total == 0}]
    elif targets:
        of_targets = _by_words(scan)
    else:
        of_targets = [{}]
    levels = scan.non_target.levels if scan.non_target else ("NE",)
    non_target = (
        [{"nontarget": NON_TARGET_CODE[level]} for level in levels] if non_targets else [{}]
    )
    new: dict[str, Any] = {
        "new_lesions": NOT_GIVEN if scan.new_not_evaluated else len(scan.new_lesions),
        "density": _density(scan),
        "nodule": bool(scan.nodule),
        "nontarget_increase": scan.non_target_increase,
        "equivocal_new": bool(scan.equivocal),
        "confirms_equivocal": bool(scan.confirms_equivocal),
        "confirms_since": since,
        "symptomatic": scan.symptomatic,
        **sizes,
    }
    return [
        {**one, **two, **three, **new}
        for one, two, three in itertools.product(of_targets, non_target, _earlier_new(scan))
    ]


def _density(scan: Scan | None) -> int:
    """The mean density of the targets for the engine, in tenths of a Hounsfield unit."""
    exact = scan.density.exact if scan and scan.density else None
    return NO_DENSITY if exact is None else int(10 * exact)


def _by_words(scan: Scan) -> list[dict[str, Any]]:
    """A target response without a sum, by its word or by the category that the authors called.

    Of PD in a word it is not known how it compares with the first iUPD.
    """
    if called := from_call(scan):
        return [one for word in called for one in _called(word)]
    categories = scan.target.levels if scan.target else ("NE",)
    return [
        {"target": TARGET_CODE[category], "target_increase": more}
        for category in categories
        for more in ((False, True) if category == "PD" else (False,))
    ]


def _called(word: str) -> list[dict[str, Any]]:
    """The readings of a call: of iCPD it has grown on, of PD that is open, of iUPD it has not."""
    code = meaning(word)
    implied = IMPLIES[code] if code is not None else "NE"
    increases = (True,) if only_one(word) else (False, True)
    return [
        {"target": TARGET_CODE[implied], "target_increase": more, "called": CALL_CODE[word]}
        for more in (increases if code is Code.PD else (False,))
    ]


def _earlier_new(scan: Scan) -> list[dict[str, Any]]:
    """Lesions new before: growth confirms; whether it is unequivocal is the reader's to say."""
    if scan.earlier_new == "grown":
        return [{"nlnt_increase": True, "nlnt_pd": certain} for certain in (False, True)]
    return [{"nl_resolved": scan.earlier_new == "gone"}]


@attrs.frozen(kw_only=True, eq=False)
class Worlds:
    """The readings of a line.

    ``scans``: rows that hold each reading of each scan at least once, the first reading of all
    first. ``table``: every reading of every scan, each column flat; ``count``: how many each scan
    has. ``days``: the first and the last day of the start and of each scan, 2 x (1 + scans).
    """

    scans: Scans
    table: dict[str, npt.NDArray[Any]]
    count: npt.NDArray[np.int64]
    days: npt.NDArray[np.int64]
    vague: tuple[VagueScan, ...]


def worlds(case: Case, of: LineCourse) -> tuple[Worlds | None, tuple[Problem, ...]]:
    """Every reading of a line, or why it cannot be read.

    None without a problem where no scan of the line says anything about response.
    """
    scans = of.used
    if problems := course_problems(of):
        return None, problems
    if not scans:
        return None, ()
    base, sizes, problems = target_sums(case, of.line.number, of.baseline, scans)
    if problems:
        return None, problems
    if base is None:
        scans = tuple(map(_unmeasured, scans))
    followed = new_lesion_sums(scans)
    sizes = [{**one, **other} for one, other in zip(sizes, followed, strict=True)]
    non_targets = any(scan.non_target and scan.non_target.reports_disease for scan in scans)
    targets = base is not None or not non_targets or any(map(_speaks_of_targets, scans))
    read = [
        readings_of(scan, targets=targets, non_targets=non_targets, sizes=size, since=since)
        for scan, size, since in zip(scans, sizes, of.since, strict=True)
    ]
    days = bounds(scans, of.line.start)
    most = max(len(one) for one in read)
    rows = [[one[min(which, len(one) - 1)] for one in read] for which in range(most)]
    every = [[reading] for one in read for reading in one]
    given: dict[str, Any] = {
        "base": base,
        "density": _density(of.baseline),
        "targets": targets,
        "non_targets": non_targets,
    }
    try:
        covering = _arrays([_latest(days)] * most, rows, **given)
    except ValueError as fault:  # findings that contradict each other, named by scan
        return None, (_contradiction(scans, str(fault)),)
    flat = _arrays([[0]] * len(every), every, check=False, **given)
    found = Worlds(
        scans=covering,
        table={name: getattr(flat, name).reshape(-1) for name in INTERPRETED_COLUMNS},
        count=np.array([len(one) for one in read], dtype=np.int64),
        days=days,
        vague=tuple(_vague(scans, read)),
    )
    return found, ()


@attrs.frozen
class _Differ:
    """What the readings of a scan may differ in: the lead of its meanings, and their words.

    ``within``: it tells apart only readings that are otherwise alike.
    """

    of: str
    words: tuple[str, ...]
    within: bool = True


_FURTHER = "grown 5 mm since the first unconfirmed PD"
_DIFFER = {
    "target": _Differ("{target} on {date} means", tuple(map(str, Target)), within=False),
    "nontarget": _Differ(
        "non-targets {non_target} on {date} means", tuple(map(str, NonTarget)), within=False
    ),
    "target_increase": _Differ("the targets on {date} have", (f"not {_FURTHER}", _FURTHER)),
    "nlnt_pd": _Differ(
        "the growth of earlier new lesions on {date} is", ("not unequivocal", "unequivocal")
    ),
}


def _vague(scans: tuple[Scan, ...], read: list[list[dict[str, Any]]]) -> Iterator[VagueScan]:
    """The findings of each scan that its readings differ in."""
    for place, (scan, readings) in enumerate(zip(scans, read, strict=True)):
        columns = dict.fromkeys(name for reading in readings for name in reading)
        for column in columns if len(readings) > 1 else ():
            differ = _DIFFER.get(column, _Differ(f"{column} on {{date}} is", ()))
            values = _values(readings, column, within=differ.within)
            if len(values) > 1:
                yield VagueScan(scan=place, of=_lead(scan, differ), meanings=tuple(
                    (differ.words[int(value)] if differ.words else str(value), bits)
                    for value, bits in values.items()
                ))  # fmt: skip


def _lead(scan: Scan, differ: _Differ) -> str:
    calls = " and ".join(call for _, call in scan.called)
    return differ.of.format(
        target=scan.target or calls, non_target=scan.non_target, date=scan.start
    )


def _values(readings: list[dict[str, Any]], column: str, *, within: bool) -> dict[Any, int]:
    """The readings by their value of one column, as bits; ``within`` only those alike elsewhere."""
    alike: dict[Any, set[Any]] = {}
    others = [tuple((k, v) for k, v in sorted(one.items()) if k != column) for one in readings]
    for other, one in zip(others, readings, strict=True):
        alike.setdefault(other, set()).add(one.get(column))
    values: dict[Any, int] = {}
    for bit, (other, one) in enumerate(zip(others, readings, strict=True)):
        if not within or len(alike[other]) > 1:
            value = one.get(column)
            values[value] = values.get(value, 0) | 1 << bit
    return values


def _unmeasured(scan: Scan) -> Scan:
    """A scan of a line without a measured baseline: its sizes can be compared with nothing."""
    if not (scan.sum or scan.lesions):
        return scan
    return attrs.evolve(scan, sum=None, lesions=(), target=target_finding("NE"))


def _contradiction(scans: tuple[Scan, ...], fault: str) -> Problem:
    """The engine's refusal at the place of the scan that it counts from 1."""
    where, _, what = fault.partition(": ")
    number = where.rpartition("scan ")[2]
    scan = scans[int(number) - 1] if number.isdigit() else scans[0]
    return Problem(scan.where, what or fault)


def _speaks_of_targets(scan: Scan) -> bool:
    word = scan.target and scan.target.reports_disease
    told = (word, scan.sum, scan.density, scan.nodule, scan.lesions, from_call(scan))
    return any(map(bool, told))


_BLANK: dict[str, Any] = {
    "target_sum": NOT_MEASURED,
    "partial_sum": 0,
    "target_cr": False,
    "target_left": False,
    "nlt_sum": NOT_MEASURED,
    "target": NOT_GIVEN,
    "target_increase": False,
    "density": NO_DENSITY,
    "nodule": False,
    "nontarget_increase": False,
    "equivocal_new": False,
    "confirms_equivocal": False,
    "confirms_since": NOT_GIVEN,
    "symptomatic": False,
    "nlnt_increase": False,
    "nlnt_pd": False,
    "nl_resolved": False,
    "new_lesions": 0,
    "called": NO_CALL,
}


def _arrays(
    days: list[list[int]],
    rows: list[list[dict[str, Any]]],
    *,
    base: int | None,
    density: int,
    targets: bool,
    non_targets: bool,
    check: bool = True,
) -> Scans:
    columns: dict[str, Any] = {
        name: [[one.get(name, blank) for one in row] for row in rows]
        for name, blank in _BLANK.items()
    }
    if non_targets:
        columns["nontarget"] = [[one["nontarget"] for one in row] for row in rows]
    return Scans.of(
        day=days,
        baseline_sum=NOT_MEASURED if base is None else base,
        baseline_density=density,
        has_targets=targets,
        has_non_targets=non_targets,
        check=check,
        **columns,
    )
