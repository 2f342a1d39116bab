"""The status of each scan of a line: its labels in every interpretation, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.assessment.equivocal_lesions import SOURCE as FIRST_SIGHT
from timeline.assessment.line_course import LineCourse, reported_category
from timeline.assessment.scan_readings import is_measured_by, uptake_texts
from timeline.assessment.time_points import SOURCE as JOINED
from timeline.assessment.time_points import shows_progression
from timeline.core.state_machine import Transition
from timeline.record.events import Scan
from timeline.response.collected_labels import COLLECTED_TEXT, SOURCE
from timeline.response.criteria.criterion import Criterion
from timeline.response.explain import JudgedScan, evidence_sentence
from timeline.response.responses import WARNINGS
from timeline.response.scans import Scans
from timeline.response.state_sets import TRACED_COLUMNS, StateSet
from timeline.results.conditions import VagueScan
from timeline.results.statuses import Status
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import categories_of

Array = npt.NDArray[Any]
PROGRESSION_CODES = (Code.PD, Code.UPD)


# How labels that a scan may have are listed: better first, unconfirmed before confirmed.
LABEL_ORDER = (
    *(Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD, Code.NED, Code.UPD, Code.PD),
    *(Code.NE, Code.MISSING, Code.NONE),
)


@attrs.frozen(kw_only=True, eq=False)
class AssessedLine:
    """One line after the engine assessed it by one criterion.

    ``place`` is that of the line among those of ``found``, from 0.
    """

    course: LineCourse
    criterion: Criterion
    found: StateSet
    place: int
    vague: tuple[VagueScan, ...]

    @cached_property
    def rows(self) -> Array:
        """The places of the results of this line in ``found``."""
        return np.flatnonzero(self.found.line == self.place)

    @cached_property
    def traced(self) -> tuple[dict[str, Array], ...]:
        """By time point, the columns `TRACED_COLUMNS` in any interpretation."""
        by_scan = []
        for each in self.found.traced[: len(self.course.used)]:
            first, end = np.searchsorted(each[:, 0], (self.place, self.place + 1))
            by_scan.append(dict(zip(TRACED_COLUMNS, each[first:end, 1:].T, strict=True)))
        return tuple(by_scan)


def evidence_texts(line: AssessedLine, scans: Scans) -> list[str]:
    """The evidence of each scan of a line in words.

    Args:
        line: The line.
        scans: The first interpretation of the scans of every line of its batch.

    Returns:
        The findings of each scan as written; of a measured scan its sums.
    """
    return [
        evidence_sentence(
            JudgedScan(
                scans=scans,
                trace=line.found.example,
                criterion=line.criterion,
                patient=line.place,
                scan=at,
                dated=line.course.dated,
            )
        )
        if is_measured_by(scan, line.criterion.lesions.measure)
        and not scans.from_percent[line.place, at]
        else findings_text(scan)
        for at, scan in enumerate(line.course.used)
    ]


def line_statuses(line: AssessedLine, grounds: Sequence[str]) -> tuple[Status, ...]:
    return tuple(
        status
        for place, ground in enumerate(grounds)
        for status in _point_statuses(line, place, ground)
    )


def _point_statuses(line: AssessedLine, place: int, ground: str) -> tuple[Status, ...]:
    """The status of a time point at the scan that dates it; its other scans have no label."""
    point = line.course.used_points[place]
    progressed = all(code in PROGRESSION_CODES for code in line.traced[place]["code"])
    dates = dating_scan(line, place) if progressed else point.scans[-1]
    status = _scan_status(line, place, dates, ground)
    if point.note:
        status = attrs.evolve(
            status, why=f"{point.note}; {status.why}", source=f"{status.source}; {FIRST_SIGHT}"
        )
    if point.is_single:
        return (status,)
    joined = attrs.evolve(
        status, why=f"{point.because}; {status.why}", source=f"{status.source}; {JOINED}"
    )
    other = attrs.evolve(
        status,
        labels=(),
        rows=(),
        transitions=(),
        source=JOINED,
        why=f"{point.because}: {dates.label}",
    )
    return tuple(
        joined if scan is dates else attrs.evolve(other, scan=scan) for scan in point.scans
    )


def dating_scan(line: AssessedLine, place: int) -> Scan:
    """The scan of a time point that dates its progression."""
    point = line.course.used_points[place]
    if point.is_single:
        return point.scans[0]
    nadir = line.traced[place]["nadir"]
    grown, rules = line.criterion.thresholds.is_progression, line.criterion.lesions
    return shows_progression(
        point,
        lambda name, size: rules.size(size, node=name in line.course.nodes),
        lambda total: bool(grown(np.asarray(total), nadir).all()),
    )


def sorted_words(criterion: Criterion, codes: Iterable[int]) -> tuple[str, ...]:
    """The words of some codes, each once, from the best response to none."""
    each_once = sorted({int(code) for code in codes}, key=LABEL_ORDER.index)
    return tuple(str(criterion.words[code]) for code in each_once)


def _scan_status(line: AssessedLine, place: int, scan: Scan, ground: str) -> Status:
    criterion, traced = line.criterion, line.traced[place]
    rules = _applied_rules(criterion, traced)
    description, sources = [rule.description for rule in rules], [rule.source for rule in rules]
    if (traced["row"] < 0).any():
        description, sources = [*description, COLLECTED_TEXT], [*sources, SOURCE]
    return Status(
        scan=scan,
        line=line.course.line.number,
        criterion=criterion.title,
        labels=sorted_words(criterion, traced["code"]),
        rows=tuple(rule.id for rule in rules),
        why=f"{ground}: {' or '.join(description)}{_window_remark(traced)}",
        source=" or ".join(dict.fromkeys(sources)),
        transitions=_transitions(criterion, traced),
    )


def _window_remark(traced: Mapping[str, Array]) -> str:
    """That a confirmation lies, or may lie, outside the window of the settings."""
    codes = set(traced["warning"].tolist())
    warnings = [WARNINGS[code] for code in sorted(codes) if WARNINGS[code]]
    if not warnings:
        return ""
    perhaps = "perhaps " if 0 in codes else ""
    return f" ({perhaps}{' or '.join(warnings)}: outside the usual window)"


def _applied_rules(criterion: Criterion, traced: Mapping[str, Array]) -> list[Transition]:
    return [criterion.machine.rules[row] for row in np.unique(traced["row"]) if row >= 0]


def _transitions(
    criterion: Criterion, traced: Mapping[str, Array]
) -> tuple[tuple[str, str, str], ...]:
    """State before a scan, row, state after, in any interpretation; each once."""
    machine = criterion.machine
    columns = (traced["before"], traced["row"], traced["after"])
    each_once = set(zip(*(column.tolist() for column in columns), strict=True))
    return tuple(
        (machine.states[start], machine.rules[row].id, machine.states[end])
        for start, row, end in sorted(each_once)
        if row >= 0
    )


def findings_text(scan: Scan) -> str:
    """The findings of a scan in words; the only evidence of its status."""
    if reported_category(scan):
        words = dict.fromkeys(word for _, word in scan.called if categories_of(word))
        found = "nothing new, and no other" if scan.tells_only_nothing_new else "no"
        return f"{found} findings are printed; read by the authors' call, {' and '.join(words)}"
    parts = (
        f"target sum {scan.sum}" if scan.sum else "",
        f"change {scan.change} (printed)" if scan.change else "",
        f"targets {scan.target}" if scan.target else "",
        f"density {scan.density}" if scan.density else "",
        *uptake_texts(scan),
        "a new or growing nodule within a tumour" if scan.nodule else "",
        f"non-targets {scan.non_target}" if scan.non_target else "",
        f"new lesions: {', '.join(scan.new_lesions)}" if scan.new_lesions else "",
        "" if scan.new else "none said to be new",
        f"earlier new lesions {scan.earlier_new}" if scan.earlier_new else "",
    )
    return "; ".join(part for part in parts if part) or "nothing new"
