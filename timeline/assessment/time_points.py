"""Scans of one assessment as one time point: a CT on the first, an MRI on the fifth.

RECIST judges an assessment, not an image. Scans that name one ``timepoint``, or that lie within
a setting of days and report different lesions, are judged together: what they found is joined.
Progression is dated by the first scan that shows it, a response by the last of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem
from timeline.core.span import Span
from timeline.record.event_parts.lesion_sizes import LesionSize
from timeline.record.events import Scan
from timeline.record.findings import NONE, NOT_EVALUATED, Finding

DaysApart = Callable[[Scan, Scan], Span]
SOURCE = (
    "Eisenhauer 2009 4.4 judges the assessment; FDA 2018 Appendix: progression on the first date "
    "that shows it, or the last of the target lesions where only their sum does"
)


@frozen(kw_only=True)
class TimePoint:
    """The scans of one assessment, in order of time.

    ``scan`` holds what all of them found, with the date of the last. ``because``: why they are
    one, empty for a single scan. ``since``: what first showed an equivocal lesion
    that is confirmed here, and ``note`` says so.
    """

    scans: tuple[Scan, ...]
    scan: Scan
    because: str = ""
    since: Scan | None = None
    note: str = ""

    @property
    def is_single(self) -> bool:
        return len(self.scans) == 1


def shows_progression(
    point: TimePoint, size: Callable[[str, LesionSize], int | None], proves: Callable[[int], bool]
) -> Scan:
    """The first scan of a time point that shows its progression, the last where none does alone.

    Args:
        point: The scans of one assessment.
        size: What the criterion sums of a target, by its name; None: not known.
        proves: Whether a sum of targets measured so far is progression whatever the others are.
    """
    known: dict[str, int] = {}
    for scan in point.scans:
        sizes = {name: size(name, each) for name, each in scan.lesions}
        known |= {name: each for name, each in sizes.items() if each is not None}
        words = [found for found in (scan.target, scan.non_target) if found is not None]
        if (
            scan.new_lesions
            or scan.confirms_equivocal
            or any(set(found.allows) == {"PD"} for found in words)
            or scan.earlier_new == "grown"
            or (scan.lesions and proves(sum(known.values())))
        ):
            return scan
    return point.scans[-1]


OF_UPTAKE = (
    "sul_peak",
    "suv",
    "liver",
    "tlg",
    "at_background",
    "uptake_extent",
    "cycles_since_baseline",
)
WORDS = ("deauville", "uptake", "marrow", "clinical")  # one word each
SINGLE_FIELDS = (  # one value for all scans of a time point
    *("target", "sum", "change", "density", "nodule", "non_target", "earlier_new"),
    *OF_UPTAKE,
    *("spleen", "corticosteroid"),
)


def reported_findings(scan: Scan) -> frozenset[str]:
    """What a scan reports on: each target by name, the targets, the non-targets and so on."""
    found = {f"lesion {name}" for name, size in scan.lesions if size.length is not None}
    found |= {f"new lesion {name}" for name, each in scan.new_lesion_sizes
              if each.length is not None}  # fmt: skip
    others = {
        "targets": bool(scan.sum or scan.change) or _is_evaluated(scan.target),
        "non-targets": _is_evaluated(scan.non_target),
        "density": scan.density is not None,
        "uptake": any(getattr(scan, name) is not None for name in OF_UPTAKE)
        or bool(scan.deauville or scan.uptake),
        "nodule": scan.nodule is not None,
        "earlier new lesions": scan.earlier_new not in (None, NOT_EVALUATED),
    }
    return frozenset(found | {name for name, holds in others.items() if holds})


def _is_evaluated(found: Finding | None) -> bool:
    return found is not None and found.is_evaluated


def are_complementary(scans: Sequence[Scan]) -> bool:
    """Whether each of some scans reports on something, and no two on the same."""
    each = [reported_findings(scan) for scan in scans]
    every = [name for one in each for name in one]
    named = any(name.startswith("lesion ") for name in every)
    return all(each) and len(set(every)) == len(every) and not (named and "targets" in every)


def days_by_dates(early: Scan, late: Scan) -> Span:
    """The days from one scan to another that their dates alone leave, both ends included."""
    return late.start.span - early.start.span


def are_within(scans: Sequence[Scan], days: int, apart: DaysApart = days_by_dates) -> bool:
    """Whether some scans are certainly within so many days of each other."""
    return all(
        -days <= between.low and between.high <= days
        for early, late in itertools.combinations(scans, 2)
        for between in (apart(early, late),)
    )


def group_time_points(
    scans: Iterable[Scan], days: int, apart: DaysApart = days_by_dates
) -> tuple[tuple[TimePoint, ...], tuple[Problem, ...]]:
    """The time points of some scans in order of time, and what contradicts itself in one.

    ``apart``: the days between two scans; a case knows more of them than their dates do.
    """
    groups: list[list[Scan]] = []
    named: dict[str, list[Scan]] = {}
    for scan in scans:
        if scan.timepoint and scan.timepoint in named:
            named[scan.timepoint].append(scan)
        elif not scan.timepoint and groups and _belongs_to(groups[-1], scan, days, apart):
            groups[-1].append(scan)
        else:
            groups.append([scan])
            named.setdefault(scan.timepoint or scan.label, groups[-1])
    points, problems = [], []
    for group in groups:
        try:
            points.append(join_time_point(group, days))
        except ValueError as fault:
            problems.append(Problem(group[-1].where, str(fault)))
    return tuple(points), tuple(problems)


def _belongs_to(group: Sequence[Scan], scan: Scan, days: int, apart: DaysApart) -> bool:
    every = [*group, scan]
    unnamed = not any(each.timepoint for each in every)
    return unnamed and are_within(every, days, apart) and are_complementary(every)


def join_time_point(scans: Sequence[Scan], days: int) -> TimePoint:
    """One time point of some scans. ValueError where two of them contradict each other."""
    if len(scans) == 1:
        return TimePoint(scans=tuple(scans), scan=scans[0])
    labels = " and ".join(scan.label for scan in scans)
    named = scans[0].timepoint
    why = f"timepoint {named}" if named else f"within {days} days, setting timepoint_days"
    because = f"{labels} are one time point ({why})"
    return TimePoint(scans=tuple(scans), scan=_joined_scan(scans), because=because)


def _joined_scan(scans: Sequence[Scan]) -> Scan:
    """What several scans found, dated by the last. ValueError where they contradict each other."""
    last = scans[-1]
    single = {
        name: _single_value([getattr(scan, name) for scan in scans], name) for name in SINGLE_FIELDS
    }
    words = {name: _single_word([getattr(scan, name) for scan in scans], name) for name in WORDS}
    flags = {
        name: any(getattr(scan, name) for scan in scans)
        for name in ("non_target_increase", "symptomatic")
    }
    listed = {
        name: tuple(dict.fromkeys(each for scan in scans for each in getattr(scan, name)))
        for name in ("equivocal", "confirms_equivocal", "called")
    }
    sizes = {name: _joined_sizes(scans, name) for name in ("lesions", "new_lesion_sizes")}
    modality = ", ".join(dict.fromkeys(scan.modality for scan in scans if scan.modality))
    changed: dict[str, Any] = {**single, **words, **flags, **listed, **sizes, "modality": modality}
    return attrs.evolve(last, new=_joined_new_lesions(scans), **changed)


def _single_value(values: Sequence[Any], name: str) -> Any:
    """The value of one field; one that was not evaluated gives way to one that was."""
    known = [value for value in values if value is not None]
    is_evaluated: Callable[[Any], bool] = lambda value: (  # noqa: E731
        value.is_evaluated if isinstance(value, Finding) else value != NOT_EVALUATED
    )
    different = list(dict.fromkeys(filter(is_evaluated, known))) or known[:1]
    if len(different) > 1:
        what = name.replace("_", "-")
        values_text = " and ".join(map(str, different))
        raise ValueError(f"{what} is given twice at one time point: {values_text} (keep one)")
    return different[0] if different else None


def _single_word(values: Sequence[str], name: str) -> str:
    """The word of one field; one that was not evaluated gives way to one that was."""
    return _single_value([value or None for value in values], name) or ""


def _joined_sizes(scans: Sequence[Scan], name: str) -> tuple[tuple[str, Any], ...]:
    found: dict[str, Any] = {}
    for scan in scans:
        for lesion, size in getattr(scan, name):
            known = found.get(lesion)
            if known is None or known.length is None:
                found[lesion] = size
            elif size.length is not None and size.length != known.length:
                raise ValueError(
                    f"{lesion} is measured twice at one time point: {known} and {size} (keep one)"
                )
    return tuple(found.items())


def _joined_new_lesions(scans: Sequence[Scan]) -> tuple[str, ...]:
    """The sites of all scans; else not evaluated where one of them was not, else none."""
    words = [word for scan in scans for word in scan.new]
    sites = [word for word in words if word not in (NONE, NOT_EVALUATED)]
    rest = [word for word in (NOT_EVALUATED, NONE) if word in words]
    return tuple(dict.fromkeys(sites or rest[:1]))
