"""The measured lesions of one line: baseline sum, and the sums of each scan, for the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs
import numpy as np

from timeline.assessment.scan_readings import as_measured
from timeline.core.problem import Problem, near
from timeline.core.quantities import NM_PER_MM, Quantity, nanometres
from timeline.record.case import Case, LesionDeclaration
from timeline.record.event_parts.lesion_sizes import LesionSize
from timeline.record.events import Scan
from timeline.record.lines import Line
from timeline.response.criteria import BY_TITLE
from timeline.response.lesion_rules import RECIST11_RULES, SCORE, LesionRules
from timeline.response.lesions import Lesion, SizeSeries, grown_columns, target_columns
from timeline.response.scans import NOT_MEASURED, Array
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.criteria import PRIMARY

Columns = dict[str, Array]  # findings of `Scans` by name; one value a scan
Problems = tuple[Problem, ...]
GROWN = ("lesion_grown", "lesion_grown_base", "lesion_enlarged")


def rules_of(line: Line, settings: Settings = DEFAULTS) -> LesionRules:
    """The lesion rules of the criterion that a line names, of RECIST 1.1 where it names none.

    A change printed of the line is a change of what they sum. A criterion that sums nothing leaves
    the sizes to RECIST 1.1.
    """
    found = BY_TITLE[line.criterion or PRIMARY.title].lesion_rules(settings)
    return RECIST11_RULES if found.measure.measures == SCORE else found


def target_sums(
    case: Case,
    number: int,
    baseline: Scan | None,
    scans: tuple[Scan, ...],
    rules: LesionRules = RECIST11_RULES,
) -> tuple[int | None, Columns, Problems]:
    """The sums of the targets of a line by the lesion rules of a criterion.

    The lesions measured at baseline are its targets; each is declared once under the case's
    ``lesions``. Sums follow from them, or are given as ``sum``. Where a target was not measured
    at baseline there is no sum, and nothing that later sizes could be compared with.

    Args:
        case: The case, for its declared lesions.
        number: The number of the line, for messages.
        baseline: Its baseline; None where there is none.
        scans: Its later scans.
        rules: What is measured of a lesion, and what is summed.

    Returns:
        The baseline sum in millionths of the unit of the measure (None: none), the columns
        ``target_sum``, ``partial_sum``, ``target_cr``, ``target_left`` and those of
        `grown_columns` of the scans, and what is wrong.
    """
    if baseline is not None:
        baseline = as_measured(baseline, rules.measure)
        scans = tuple(as_measured(scan, rules.measure) for scan in scans)
    if baseline is None or not baseline.is_measured_whole:
        return None, _unmeasured(len(scans)), ()
    if not baseline.lesions:
        late = [scan for scan in scans if scan.lesions]
        problems = tuple(_sizes_without_baseline(scan, number) for scan in late)
        total = _stated_sum(baseline, rules)
        if total is None:  # of another measure: later sums can be compared with nothing
            return None, _unmeasured(len(scans)), problems
        problems += _zero_baseline(baseline, total)
        return total, _stated_sums(scans, rules, total), problems
    known = dict(case.lesions)
    problems = _undeclared_lesions(known, baseline, scans) or _not_targets(baseline, scans)
    if problems:
        return None, _unmeasured(len(scans)), problems
    sizes = _Sizes(case=case, baseline=baseline, rules=rules)
    before = [sizes.at(baseline, name) for name, _ in baseline.lesions]
    problems = _chained_mergers(scans)
    if NOT_MEASURED in before:  # a product, of a target with one diameter on record
        return None, _unmeasured(len(scans)), problems
    problems = problems or _zero_baseline(baseline, sum(before))
    return sum(before), _sum_columns(sizes, scans), problems


def new_lesion_sums(scans: Iterable[Scan], rules: LesionRules = RECIST11_RULES) -> Array:
    """The sum of the new lesions that are followed, at each scan that measures all of them.

    One that was measured before and is not evaluated or left out here leaves no sum: -1. One that
    is too small for the rules is followed from the scan on at which it is large enough.
    """
    known: set[str] = set()
    found: list[int] = []
    for scan in scans:
        sizes = dict(scan.new_lesion_sizes)
        lengths = {name: _size_of(sizes, name, rules, node=False) for name in sizes}
        known |= {
            name
            for name, length in lengths.items()
            if length != NOT_MEASURED and rules.is_new_target(sizes[name])
        }
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


def baseline_targets(
    case: Case, baseline: Scan, rules: LesionRules = RECIST11_RULES
) -> dict[str, Lesion]:
    """The targets of a baseline by name, as measured at it; those that the case declares."""
    known = dict(case.lesions)
    return {
        name: _target_at_baseline(known[name], each, rules)
        for name, each in baseline.lesions
        if name in known and each.length is not None
    }


def _target_at_baseline(
    declared: LesionDeclaration, at_baseline: LesionSize, rules: LesionRules
) -> Lesion:
    thickness = declared.slice.exact if declared.slice else None
    short = declared.node and rules.node_by_short_axis
    length = at_baseline.short_axis if short else at_baseline.length
    return Lesion(
        length=length or 0,
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
    none = np.zeros(scans, dtype=np.bool_)
    return {
        "target_sum": np.full(scans, NOT_MEASURED, dtype=np.int64),
        "partial_sum": np.zeros(scans, dtype=np.int64),
        **dict.fromkeys(("target_cr", "target_left", *GROWN), none),
        "lesion_steps": np.zeros(scans, dtype=np.int64),
    }


def _stated_sum(scan: Scan, rules: LesionRules) -> int | None:
    """The sum that a scan states, where it is one of what the criterion sums."""
    return None if scan.sum is None else sum_in(scan.sum, rules)


def sum_in(stated: Quantity, rules: LesionRules) -> int | None:
    """A sum as printed in millionths of the unit of a measure; None of another measure."""
    if stated.exact is None or stated.unit.measures != rules.measure.measures:
        return None
    return nanometres(stated.exact)


def _stated_sums(scans: tuple[Scan, ...], rules: LesionRules, before: int | None = None) -> Columns:
    """The columns of scans whose sum is given, where one is."""
    found = [_stated_sum(scan, rules) for scan in scans]
    sums = np.array([NOT_MEASURED if each is None else each for each in found], dtype=np.int64)
    columns = {**_unmeasured(len(scans)), "target_sum": sums, "target_cr": sums == 0}
    if rules.lesion_percent is None and rules.lesion_step_mm is not None:  # no lesion is on record
        columns["lesion_grown"] = _stepped(sums, before, rules.lesion_step_mm * NM_PER_MM)
    return columns


def _stepped(sums: Array, before: int | None, step: int) -> Array:
    """Whether a sum has grown by a step from the smallest before, where no lesion is on record."""
    known = [before] if before is not None else []
    found = []
    for total in sums.tolist():
        found.append(bool(known) and total - min(known) >= step)
        known += [total] if total != NOT_MEASURED else []
    return np.array(found, dtype=np.bool_)


@attrs.frozen(kw_only=True)
class _Sizes:
    """What counts of each target of a line by the rules of a criterion."""

    case: Case
    baseline: Scan
    rules: LesionRules

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.baseline.lesions]

    def is_node(self, name: str) -> bool:
        return dict(self.case.lesions)[name].node

    def at(self, scan: Scan, name: str) -> int:
        """The size of a target at a scan; -1 where it is not known."""
        return _size_of(dict(scan.lesions), name, self.rules, node=self.is_node(name))

    def series(self, scans: tuple[Scan, ...]) -> SizeSeries:
        """The sizes of the targets at baseline and at each scan."""
        names, every = self.names, (self.baseline, *scans)

        def columns(of: Callable[[Scan, str], int]) -> Array:
            found = [[of(scan, name) for name in names] for scan in every]
            return np.array(found, dtype=np.int64).reshape(1, len(every), len(names))

        size = columns(self.at)
        two = self.rules.measure.of_area and self.rules.judges_lesions
        return SizeSeries(
            size=size,
            longest=columns(lambda scan, name: _diameter(scan, name, "length")) if two else size,
            shortest=columns(lambda scan, name: _diameter(scan, name, "width")) if two else size,
            node=np.array([[self.is_node(name) for name in names]]),
            exists=np.ones((1, len(names)), dtype=bool),
        )


def _sum_columns(sizes: _Sizes, scans: tuple[Scan, ...]) -> Columns:
    """The columns of scans: from the targets where they are measured, else from a given sum."""
    series, rules = sizes.series(scans), sizes.rules
    later = series.size[:, 1:]
    columns = target_columns(later, series.node, series.exists, rules, series.longest[:, 1:])
    columns |= grown_columns(series, rules)
    measured = np.array([bool(scan.lesions) for scan in scans], dtype=np.bool_)
    stated = _stated_sums(scans, rules)
    return {name: np.where(measured, column[0], stated[name]) for name, column in columns.items()}


def _diameter(scan: Scan, name: str, which: str) -> int:
    """One diameter of a target at a scan in nanometres; -1 where it is not known."""
    size = dict(scan.lesions).get(name)
    found = None if size is None else getattr(size, which)
    return NOT_MEASURED if found is None else int(found)


def _size_of(sizes: dict[str, LesionSize], name: str, rules: LesionRules, *, node: bool) -> int:
    """A target that a scan does not name was not assessed (Eisenhauer 2009 4.4.2)."""
    size = sizes.get(name)
    if size is None or size.length is None:
        return NOT_MEASURED
    if size.merged:
        carrier = sizes.get(size.merged)
        return 0 if carrier is not None and carrier.length else NOT_MEASURED
    found = rules.size(size, node=node)
    return NOT_MEASURED if found is None else found
