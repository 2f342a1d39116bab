"""The measured lesions of one line: baseline sum, and the sums of each scan, for the engine."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from timeline.core.problem import Problem, near
from timeline.core.quantities import nanometres
from timeline.record.case import Case, LesionDeclaration
from timeline.record.event_parts.lesion_sizes import LesionSize
from timeline.record.events import Scan
from timeline.response.lesions import Lesion, target_columns
from timeline.response.scans import NOT_MEASURED, Array

Columns = dict[str, Array]  # findings of `Scans` by name; one value a scan
Problems = tuple[Problem, ...]


def target_sums(
    case: Case, number: int, baseline: Scan | None, scans: tuple[Scan, ...]
) -> tuple[int | None, Columns, Problems]:
    """The sums of the targets of a line.

    The lesions measured at baseline are its targets; each is declared once under the case's
    ``lesions``. Sums follow from them, or are given as ``sum``. Where a target was not measured
    at baseline there is no sum, and nothing that later sizes could be compared with.

    Args:
        case: The case, for its declared lesions.
        number: The number of the line, for messages.
        baseline: Its baseline; None where there is none.
        scans: Its later scans.

    Returns:
        The baseline sum in nanometres (None: none), the columns ``target_sum``, ``partial_sum``,
        ``target_cr`` and ``target_left`` of the scans, and what is wrong.
    """
    if baseline is None or not baseline.is_measured_whole:
        return None, _unmeasured(len(scans)), ()
    if not baseline.lesions:
        exact = baseline.sum.exact if baseline.sum else None
        late = [scan for scan in scans if scan.lesions]
        problems = tuple(_sizes_without_baseline(scan, number) for scan in late)
        problems += _zero_baseline(baseline, nanometres(exact or Fraction(0)))
        return (None if exact is None else nanometres(exact)), _stated_sums(scans), problems
    known = dict(case.lesions)
    problems = _undeclared_lesions(known, baseline, scans) or _not_targets(baseline, scans)
    if problems:
        return None, _unmeasured(len(scans)), problems
    lesions = baseline_targets(case, baseline)
    total = sum(each.length or 0 for _, each in baseline.lesions)
    problems = _chained_mergers(scans) or _zero_baseline(baseline, total)
    return total, _sum_columns(lesions, scans), problems


def new_lesion_sums(scans: Iterable[Scan]) -> Array:
    """The sum of the new lesions that are followed, at each scan that measures all of them.

    One that was measured before and is not evaluated or left out here leaves no sum: -1.
    """
    known: set[str] = set()
    found: list[int] = []
    for scan in scans:
        sizes = dict(scan.new_lesion_sizes)
        lengths = {name: _length_of(sizes, name) for name in sizes}
        known |= {name for name, length in lengths.items() if length != NOT_MEASURED}
        whole = known and all(lengths.get(name, NOT_MEASURED) != NOT_MEASURED for name in known)
        found.append(sum(lengths[name] for name in known) if whole else NOT_MEASURED)
    return np.array(found, dtype=np.int64)


def _zero_baseline(baseline: Scan, total: int) -> Problems:
    if total > 0:
        return ()
    return (Problem(baseline.where, "the targets measure 0 mm at baseline (leave them out)"),)


def _chained_mergers(scans: tuple[Scan, ...]) -> Problems:
    """A lesion merged with one that is itself merged: no diameter is left to measure."""
    return tuple(
        Problem(scan.where, f"{name} merged with {each.merged}, itself merged (measure one)")
        for scan in scans
        for name, each in scan.lesions
        if each.merged and dict(scan.lesions).get(each.merged, each).merged
    )


def _sizes_without_baseline(scan: Scan, number: int) -> Problem:
    text = f"lesions are measured, but baseline {number} gives a sum (write lesions: there too)"
    return Problem(scan.where, text)


def _undeclared_lesions(
    known: dict[str, LesionDeclaration], baseline: Scan, scans: tuple[Scan, ...]
) -> Problems:
    return tuple(
        Problem(
            scan.where, f"no such lesion: {name!r} ({near(name, known)}; declare it under lesions:)"
        )
        for scan in (baseline, *scans)
        for name, _ in scan.lesions
        if name not in known
    )


def _not_targets(baseline: Scan, scans: tuple[Scan, ...]) -> Problems:
    """Targets are chosen once: a lesion first measured later is no target of the line."""
    targets = [name for name, _ in baseline.lesions]
    return tuple(
        Problem(
            scan.where,
            f"{name!r} is no target of the baseline ({', '.join(targets)}) "
            "(a lesion that is new goes under new-lesion-sizes:)",
        )
        for scan in scans
        for name, each in scan.lesions
        if name not in targets or (each.merged and each.merged not in targets)
    )


def baseline_targets(case: Case, baseline: Scan) -> dict[str, Lesion]:
    """The targets of a baseline by name, as measured at it; those that the case declares."""
    known = dict(case.lesions)
    return {
        name: _target_at_baseline(known[name], each)
        for name, each in baseline.lesions
        if name in known and each.length is not None
    }


def _target_at_baseline(declared: LesionDeclaration, at_baseline: LesionSize) -> Lesion:
    thickness = declared.slice.exact if declared.slice else None
    return Lesion(
        length=at_baseline.length or 0,
        node=declared.node,
        method=declared.method,
        slice_thickness=None if thickness is None else nanometres(thickness),
        type=declared.type,
        organ=declared.organ,
        treated=declared.treated,
        progressed_since=declared.progressed_since,
    )


def _unmeasured(scans: int) -> Columns:
    """The columns of scans whose targets are not measured."""
    return {
        "target_sum": np.full(scans, NOT_MEASURED, dtype=np.int64),
        "partial_sum": np.zeros(scans, dtype=np.int64),
        "target_cr": np.zeros(scans, dtype=np.bool_),
        "target_left": np.zeros(scans, dtype=np.bool_),
    }


def _stated_sums(scans: tuple[Scan, ...]) -> Columns:
    """The columns of scans whose sum is given, where one is."""
    exact = [scan.sum.exact if scan.sum else None for scan in scans]
    total = [NOT_MEASURED if each is None else nanometres(each) for each in exact]
    sums = np.array(total, dtype=np.int64)
    return {**_unmeasured(len(scans)), "target_sum": sums, "target_cr": sums == 0}


def _sum_columns(lesions: dict[str, Lesion], scans: tuple[Scan, ...]) -> Columns:
    """The columns of scans: from the targets where they are measured, else from a given sum."""
    sizes = [dict(scan.lesions) for scan in scans]
    lengths = [[_length_of(each, name) for name in lesions] for each in sizes]
    found = target_columns(
        np.array(lengths, dtype=np.int64).reshape(1, len(scans), len(lesions)),
        np.array([[lesion.node for lesion in lesions.values()]]),
        np.ones((1, len(lesions)), dtype=bool),
    )
    measured = np.array([bool(each) for each in sizes], dtype=np.bool_)
    stated = _stated_sums(scans)
    return {name: np.where(measured, column[0], stated[name]) for name, column in found.items()}


def _length_of(sizes: dict[str, LesionSize], name: str) -> int:
    """A target that a scan does not name was not assessed (Eisenhauer 2009 4.4.2)."""
    size = sizes.get(name)
    if size is None or size.length is None:
        return NOT_MEASURED
    if size.merged:
        carrier = sizes.get(size.merged)
        return 0 if carrier is not None and carrier.length else NOT_MEASURED
    return size.length
