"""One line under one criterion: what its scans come to in every world, and where it progressed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from timeline.criteria.criterion import Criterion
from timeline.derived import Progression, Status
from timeline.events import Scan
from timeline.machine import Rule
from timeline.progression import progression
from timeline.response import Responses, respond
from timeline.scans import Scans
from timeline.settings import Settings
from timeline.terms import Code
from timeline.worlds import Course, from_call


def assess(
    course: Course, scans: Scans, criterion: Criterion, settings: Settings
) -> tuple[tuple[Status, ...], Progression]:
    """The status of each scan of a line that says anything, and the line's progression."""
    responses = respond(scans, criterion, settings)
    statuses = tuple(
        _status(course, responses, scan, place) for place, scan in enumerate(course.used)
    )
    return statuses, _progression(course, responses, settings)


def _status(course: Course, responses: Responses, scan: Scan, place: int) -> Status:
    criterion = responses.criterion
    codes = dict.fromkeys(int(code) for code in responses.code[:, place])
    labels = tuple(str(criterion.words[code]) for code in sorted(codes))
    rules = _rules(responses, place)
    return Status(
        scan=scan,
        line=course.line.number,
        criterion=criterion.title,
        labels=labels,
        rows=tuple(rule.id for rule in rules),
        why=f"{findings(scan)}: {' or '.join(rule.says for rule in rules)}",
        source=" or ".join(dict.fromkeys(rule.source for rule in rules)),
    )


def _rules(responses: Responses, place: int) -> list[Rule]:
    rows = dict.fromkeys(int(row) for row in responses.row[:, place])
    return [responses.criterion.machine.rules[row] for row in sorted(rows)]


def findings(scan: Scan) -> str:
    """What a scan showed, in words: the only ground that a status stands on."""
    call = from_call(scan)
    if call:
        return f"no findings are printed; read by the authors' call, {' and '.join(call)}"
    said = (
        f"target sum {scan.sum}" if scan.sum else "",
        f"targets {scan.target}" if scan.target else "",
        f"non-targets {scan.non_target}" if scan.non_target else "",
        f"new lesions: {', '.join(scan.new_lesions)}" if scan.new_lesions else "",
        "" if scan.new else "none said to be new",
        f"earlier new lesions {scan.earlier_new}" if scan.earlier_new else "",
    )
    return "; ".join(part for part in said if part) or "nothing new"


def _progression(course: Course, responses: Responses, settings: Settings) -> Progression:
    found = progression(responses, settings)
    places, used = np.asarray(found.scan), course.used
    confirming = [
        int(np.argmax(codes == Code.PD)) for codes in responses.code if (codes == Code.PD).any()
    ]
    confirms = responses.criterion.thresholds.further_mm is not None
    return Progression(
        line=course.line.number,
        criterion=responses.criterion.title,
        scans=_in_order(used, places[places >= 0]),
        always=bool((places >= 0).all()),
        confirmed=confirms and bool(np.asarray(found.confirmed)[places >= 0].all()),
        confirming=_in_order(used, confirming) if confirms else (),
    )


def _in_order(scans: tuple[Scan, ...], places: Iterable[int]) -> tuple[Scan, ...]:
    return tuple(scans[place] for place in sorted({int(place) for place in places}))
