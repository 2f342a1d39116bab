"""One line under one criterion: what its scans come to in every world, and where it progressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.criteria.criterion import Criterion
from timeline.engine.best import best
from timeline.engine.collected import SAID, SOURCE
from timeline.engine.progression import Progression as Ended
from timeline.engine.progression import progression
from timeline.engine.reason import explained
from timeline.engine.response import WARNINGS, Responses, respond
from timeline.engine.scans import Scans
from timeline.events import Scan
from timeline.machine import Rule
from timeline.outcomes.course import Course, from_call
from timeline.outcomes.derived import BestResponse, Progression, Status
from timeline.outcomes.doubt import SOURCE as FIRST_SIGHT
from timeline.outcomes.timepoint import SOURCE as JOINED
from timeline.outcomes.timepoint import shows_progression
from timeline.outcomes.ways import Way
from timeline.outcomes.worlds import Worlds
from timeline.settings import Settings
from timeline.terms import Code

PROGRESSED = (Code.PD, Code.UPD)
# How labels that a scan may have are listed: better first, unconfirmed before confirmed.
ORDER = (
    *(Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD, Code.NED, Code.UPD, Code.PD),
    *(Code.NE, Code.MISSING, Code.NONE),
)


@attrs.frozen(kw_only=True)
class Found:
    """What one line comes to under one criterion."""

    statuses: tuple[Status, ...]
    progression: Progression
    best: BestResponse


def assess(
    courses: Sequence[Course], every: Sequence[Worlds], criterion: Criterion, settings: Settings
) -> tuple[Found, ...]:
    """Lines with the worlds of each: the status of each scan that says anything, and what they
    came to. All are judged at once, each world of each line as a patient of his own.
    """
    responses = respond(
        Scans.joined([each.scans for each in every]), criterion, settings, trace=True
    )
    ended = progression(responses, settings)
    bests = [best(responses, settings, confirmed=each).code for each in (False, True)]
    found, start = [], 0
    for course, mine in zip(courses, every, strict=True):
        rows = slice(start, start + len(mine))
        first, confirmed = (_words(criterion, codes[rows]) for codes in bests)
        found.append(
            Found(
                statuses=_statuses(course, mine.scans, responses.part(rows, traced=True)),
                progression=_progression(
                    course, mine, responses.part(rows, traced=True), ended.part(rows)
                ),
                best=BestResponse(
                    line=course.line.number,
                    criterion=criterion.title,
                    labels=first,
                    confirmed=confirmed,
                ),
            )
        )
        start = rows.stop
    return tuple(found)


def _statuses(course: Course, scans: Scans, responses: Responses) -> tuple[Status, ...]:
    grounds = [
        explained(scans, responses, place, course.dated).sentence
        if scan.sum or scan.lesions
        else findings(scan)
        for place, scan in enumerate(course.used)
    ]
    return tuple(
        status
        for place, ground in enumerate(grounds)
        for status in _at_point(course, responses, place, ground)
    )


def _at_point(course: Course, responses: Responses, place: int, ground: str) -> tuple[Status, ...]:
    """The status of a time point at the scan that dates it; its other scans have no label."""
    point = course.used_points[place]
    progressed = all(code in PROGRESSED for code in responses.code[:, place])
    dates = _shown(course, responses, place) if progressed else point.scans[-1]
    status = _status(course, responses, place, dates, ground)
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
        status, labels=(), rows=(), moves=(), source=JOINED, why=f"{point.because}: {dates.label}"
    )
    return tuple(
        joined if scan is dates else attrs.evolve(other, scan=scan) for scan in point.scans
    )


def _shown(course: Course, responses: Responses, place: int) -> Scan:
    """The scan of a time point that dates its progression."""
    point = course.used_points[place]
    if point.is_single:
        return point.scans[0]
    nadir = responses.traced.nadir[:, place]
    grown = responses.criterion.thresholds.grown
    return shows_progression(point, lambda total: bool(grown(np.asarray(total), nadir).all()))


def _words(criterion: Criterion, codes: Iterable[int]) -> tuple[str, ...]:
    """The words of some codes, each once, better first."""
    each_once = sorted({int(code) for code in codes}, key=ORDER.index)
    return tuple(str(criterion.words[code]) for code in each_once)


def _status(course: Course, responses: Responses, place: int, scan: Scan, ground: str) -> Status:
    criterion = responses.criterion
    rules = _rules(responses, place)
    says, sources = [rule.says for rule in rules], [rule.source for rule in rules]
    if (responses.row[:, place] < 0).any():
        says, sources = [*says, SAID], [*sources, SOURCE]
    return Status(
        scan=scan,
        line=course.line.number,
        criterion=criterion.title,
        labels=_words(criterion, responses.code[:, place]),
        rows=tuple(rule.id for rule in rules),
        why=f"{ground}: {' or '.join(says)}{_remark(responses, place)}",
        source=" or ".join(dict.fromkeys(sources)),
        moves=_moves(responses, place),
    )


def _remark(responses: Responses, place: int) -> str:
    """What the settings remark on a label, such as a late confirmation: surely, or perhaps."""
    seen = {int(code) for code in responses.warning[:, place]}
    told = [WARNINGS[code] for code in sorted(seen) if WARNINGS[code]]
    if not told:
        return ""
    return f" ({'perhaps ' if 0 in seen else ''}{' or '.join(told)}: outside the usual window)"


def _rules(responses: Responses, place: int) -> list[Rule]:
    rows = dict.fromkeys(int(row) for row in responses.row[:, place])
    return [responses.criterion.machine.rules[row] for row in sorted(rows) if row >= 0]


def _moves(responses: Responses, place: int) -> tuple[tuple[str, str, str], ...]:
    """State before a scan, row, state after, in every reading; each once."""
    machine, after = responses.criterion.machine, responses.traced.state
    before = after[:, place - 1] if place else np.zeros_like(after[:, 0])
    taken = (before, responses.row[:, place], after[:, place])
    each_once = set(zip(*(column.tolist() for column in taken), strict=True))
    return tuple(
        (machine.states[start], machine.rules[row].id, machine.states[end])
        for start, row, end in sorted(each_once)
        if row >= 0
    )


def findings(scan: Scan) -> str:
    """What a scan showed, in words: the only ground that a status stands on."""
    call = from_call(scan)
    if call:
        return f"no findings are printed; read by the authors' call, {' and '.join(call)}"
    said = (
        f"target sum {scan.sum}" if scan.sum else "",
        f"targets {scan.target}" if scan.target else "",
        f"density {scan.density}" if scan.density else "",
        "a new or growing nodule within a tumour" if scan.nodule else "",
        f"non-targets {scan.non_target}" if scan.non_target else "",
        f"new lesions: {', '.join(scan.new_lesions)}" if scan.new_lesions else "",
        "" if scan.new else "none said to be new",
        f"earlier new lesions {scan.earlier_new}" if scan.earlier_new else "",
    )
    return "; ".join(part for part in said if part) or "nothing new"


def _progression(course: Course, mine: Worlds, responses: Responses, found: Ended) -> Progression:
    # a lesion that proves to be new dates progression from the scan that first showed it
    dated = responses.day == np.asarray(found.day)[:, None]
    places = np.where(dated.any(axis=1), dated.argmax(axis=1), found.scan)
    confirming = [
        int(np.argmax(codes == Code.PD)) for codes in responses.code if (codes == Code.PD).any()
    ]
    confirms = responses.criterion.confirms
    return Progression(
        line=course.line.number,
        criterion=responses.criterion.title,
        scans=_in_order(course, responses, places[places >= 0]),
        always=bool((places >= 0).all()),
        confirmed=confirms and bool(np.asarray(found.confirmed)[places >= 0].all()),
        confirming=_in_order(course, responses, confirming) if confirms else (),
        ways=_ways(course, mine, responses, found, places),
        vague=mine.vague,
    )


def _ways(
    course: Course, mine: Worlds, responses: Responses, found: Ended, places: npt.NDArray[Any]
) -> tuple[Way, ...]:
    """Each result of the worlds once, with the readings that lead to it."""
    results = np.stack([found.response_scan, places, found.confirmed], axis=1)
    each_once, which = np.unique(results, axis=0, return_inverse=True)
    ways = []
    for number, (response, progressed, confirmed) in enumerate(each_once.tolist()):
        rows = mine.choices[which.reshape(-1) == number]
        bits = (sum(1 << int(one) for one in set(column)) for column in rows.T.tolist())
        ways.append(
            Way(
                response=course.used_points[response].scans[-1] if response >= 0 else None,
                progression=_shown(course, responses, progressed) if progressed >= 0 else None,
                confirmed=bool(confirmed),
                readings=tuple(bits),
            )
        )
    return tuple(ways)


def _in_order(course: Course, responses: Responses, places: Iterable[int]) -> tuple[Scan, ...]:
    return tuple(_shown(course, responses, place) for place in sorted(set(map(int, places))))
