"""One line under one criterion: what its scans come to in every world, and where it progressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.assessment.equivocal_lesions import SOURCE as FIRST_SIGHT
from timeline.assessment.line_course import LineCourse, from_call
from timeline.assessment.possible_worlds import Worlds
from timeline.assessment.time_points import SOURCE as JOINED
from timeline.assessment.time_points import shows_progression
from timeline.core.state_machine import Transition
from timeline.record.events import Scan
from timeline.response.best_response import best_overall_response
from timeline.response.collected_labels import COLLECTED_TEXT, SOURCE
from timeline.response.criteria.criterion import Criterion
from timeline.response.evaluate import evaluate_responses
from timeline.response.explain import explain_traced
from timeline.response.progression import ProgressionArrays as Ended
from timeline.response.progression import derive_progression
from timeline.response.responses import WARNINGS, Responses
from timeline.response.scans import Scans
from timeline.response.state_sets import TRACED_COLUMNS, LineInterpretations, StateSet, carry_states
from timeline.results.conditions import Condition, VagueScan
from timeline.results.statuses import BestResponse, Progression, Status
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
PROGRESSED = (Code.PD, Code.UPD)
# How labels that a scan may have are listed: better first, unconfirmed before confirmed.
ORDER = (
    *(Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD, Code.NED, Code.UPD, Code.PD),
    *(Code.NE, Code.MISSING, Code.NONE),
)


@attrs.frozen(kw_only=True)
class LineAssessment:
    """What one line comes to under one criterion."""

    statuses: tuple[Status, ...]
    progression: Progression
    best: BestResponse


def assess(
    courses: Sequence[LineCourse], every: Sequence[Worlds], criterion: Criterion, settings: Settings
) -> tuple[LineAssessment, ...]:
    """Lines with the readings of each: the status of each scan that says anything, and what they
    came to. All are judged at once.
    """
    found = carry_states(lines_of(every), criterion, settings)
    ended = derive_progression(found.responses, settings)
    bests = [
        best_overall_response(found.responses, settings, confirmed=each).code
        for each in (False, True)
    ]
    seen = _by_line(found, len(every))
    grounds = _grounds(courses, every, criterion, settings)
    assessed = []
    for number, (course, mine) in enumerate(zip(courses, every, strict=True)):
        rows = np.flatnonzero(found.line == number)
        line = JudgedLine(
            course=course,
            criterion=criterion,
            seen=seen[number],
            vague=mine.vague,
            readings=found.interpretations[rows],
            first_pd=found.first_pd[rows],
        )
        first, confirmed = (_words(criterion, codes[rows]) for codes in bests)
        assessed.append(
            LineAssessment(
                statuses=_statuses(line, grounds[number]),
                progression=_progression(line, found.responses.select(rows), ended.select(rows)),
                best=BestResponse(
                    line=course.line.number,
                    criterion=criterion.title,
                    labels=first,
                    confirmed=confirmed,
                ),
            )
        )
    return tuple(assessed)


@attrs.frozen(kw_only=True, eq=False)
class JudgedLine:
    """One line as it was judged.

    ``seen``: by time point, what it was given in any reading, by the names of `SEEN`. ``readings``
    and ``first_pd``: of each result, see `timeline.response.state_sets.Carried`.
    """

    course: LineCourse
    criterion: Criterion
    seen: tuple[dict[str, Array], ...]
    vague: tuple[VagueScan, ...]
    readings: Array
    first_pd: Array


def lines_of(every: Sequence[Worlds]) -> LineInterpretations:
    """The readings of several lines as the engine takes them; those with fewer scans padded."""
    most = max(len(each.count) for each in every)
    ends = np.cumsum([0, *(each.count.sum() for each in every)])
    starts = [
        at + np.cumsum(each.count) - each.count for at, each in zip(ends[:-1], every, strict=True)
    ]
    first = Scans.joined([each.scans.select(slice(0, 1)) for each in every])
    return LineInterpretations(
        first=first,
        table={
            name: np.concatenate([each.table[name] for each in every]) for name in every[0].table
        },
        start=_padded(starts, most),
        count=_padded([each.count for each in every], most),
        low=_padded([each.days[0, 1:] for each in every], most),
        high=_padded([each.days[1, 1:] for each in every], most),
        begun=np.array([each.days[:, 0] for each in every]),
    )


def _padded(rows: Sequence[Array], width: int) -> Array:
    return np.stack([np.pad(row, (0, width - len(row))) for row in rows])


def _by_line(found: StateSet, lines: int) -> list[tuple[dict[str, Array], ...]]:
    """What each time point was given in any reading, of each line."""
    by_line: list[list[dict[str, Array]]] = [[] for _ in range(lines)]
    for rows in found.traced:
        number, *columns = rows.T
        edges = np.searchsorted(number, np.arange(lines + 1))
        for line in np.unique(number):
            part = slice(edges[line], edges[line + 1])
            by_line[line].append(
                {name: column[part] for name, column in zip(TRACED_COLUMNS, columns, strict=True)}
            )
    return [tuple(each) for each in by_line]


def _grounds(
    courses: Sequence[LineCourse], every: Sequence[Worlds], criterion: Criterion, settings: Settings
) -> list[list[str]]:
    """What each scan stands on, in words; of measured ones by the numbers of the first reading."""
    told = [[findings(scan) for scan in course.used] for course in courses]
    for number, (course, mine) in enumerate(zip(courses, every, strict=True)):
        measured = [at for at, scan in enumerate(course.used) if scan.sum or scan.lesions]
        if measured:
            one = mine.scans.select(slice(0, 1))
            responses = evaluate_responses(one, criterion, settings, trace=True)
            for at in measured:
                told[number][at] = explain_traced(one, responses, at, course.dated).sentence
    return told


def _statuses(line: JudgedLine, grounds: Sequence[str]) -> tuple[Status, ...]:
    return tuple(
        status for place, ground in enumerate(grounds) for status in _at_point(line, place, ground)
    )


def _at_point(line: JudgedLine, place: int, ground: str) -> tuple[Status, ...]:
    """The status of a time point at the scan that dates it; its other scans have no label."""
    point = line.course.used_points[place]
    progressed = all(code in PROGRESSED for code in line.seen[place]["code"])
    dates = _shown(line, place) if progressed else point.scans[-1]
    status = _status(line, place, dates, ground)
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


def _shown(line: JudgedLine, place: int) -> Scan:
    """The scan of a time point that dates its progression."""
    point = line.course.used_points[place]
    if point.is_single:
        return point.scans[0]
    nadir = line.seen[place]["nadir"]
    grown = line.criterion.thresholds.is_progression
    return shows_progression(point, lambda total: bool(grown(np.asarray(total), nadir).all()))


def _words(criterion: Criterion, codes: Iterable[int]) -> tuple[str, ...]:
    """The words of some codes, each once, better first."""
    each_once = sorted({int(code) for code in codes}, key=ORDER.index)
    return tuple(str(criterion.words[code]) for code in each_once)


def _status(line: JudgedLine, place: int, scan: Scan, ground: str) -> Status:
    criterion, seen = line.criterion, line.seen[place]
    rules = _rules(criterion, seen)
    description, sources = [rule.description for rule in rules], [rule.source for rule in rules]
    if (seen["row"] < 0).any():
        description, sources = [*description, COLLECTED_TEXT], [*sources, SOURCE]
    return Status(
        scan=scan,
        line=line.course.line.number,
        criterion=criterion.title,
        labels=_words(criterion, seen["code"]),
        rows=tuple(rule.id for rule in rules),
        why=f"{ground}: {' or '.join(description)}{_remark(seen)}",
        source=" or ".join(dict.fromkeys(sources)),
        moves=_moves(criterion, seen),
    )


def _remark(seen: Mapping[str, Array]) -> str:
    """What the settings remark on a label, such as a late confirmation: surely, or perhaps."""
    codes = set(seen["warning"].tolist())
    told = [WARNINGS[code] for code in sorted(codes) if WARNINGS[code]]
    if not told:
        return ""
    return f" ({'perhaps ' if 0 in codes else ''}{' or '.join(told)}: outside the usual window)"


def _rules(criterion: Criterion, seen: Mapping[str, Array]) -> list[Transition]:
    return [criterion.machine.rules[row] for row in np.unique(seen["row"]) if row >= 0]


def _moves(criterion: Criterion, seen: Mapping[str, Array]) -> tuple[tuple[str, str, str], ...]:
    """State before a scan, row, state after, in every reading; each once."""
    machine = criterion.machine
    taken = (seen["before"], seen["row"], seen["after"])
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


def _progression(line: JudgedLine, responses: Responses, found: Ended) -> Progression:
    # a lesion that proves to be new dates progression from the scan that first showed it
    dated = responses.day == np.asarray(found.day)[:, None]
    places = np.where(dated.any(axis=1), dated.argmax(axis=1), found.scan)
    confirms = line.criterion.confirms
    return Progression(
        line=line.course.line.number,
        criterion=line.criterion.title,
        scans=_in_order(line, places[places >= 0]),
        always=bool((places >= 0).all()),
        confirmed=confirms and bool(np.asarray(found.confirmed)[places >= 0].all()),
        confirming=_in_order(line, line.first_pd[line.first_pd >= 0]) if confirms else (),
        ways=_ways(line, found, places),
        vague=line.vague,
    )


def _ways(line: JudgedLine, found: Ended, places: Array) -> tuple[Condition, ...]:
    """Each result once, with the readings that lead to it."""
    results = np.stack([found.response_scan, places, found.confirmed], axis=1)
    each_once, which = np.unique(results, axis=0, return_inverse=True)
    readings = np.zeros((len(each_once), line.readings.shape[1]), dtype=np.int64)
    np.bitwise_or.at(readings, which.reshape(-1), line.readings)
    points = line.course.used_points
    return tuple(
        Condition(
            response=points[response].scans[-1] if response >= 0 else None,
            progression=_shown(line, progressed) if progressed >= 0 else None,
            confirmed=bool(confirmed),
            readings=tuple(bits[: len(points)]),
        )
        for (response, progressed, confirmed), bits in zip(
            each_once.tolist(), readings.tolist(), strict=True
        )
    )


def _in_order(line: JudgedLine, places: Iterable[int]) -> tuple[Scan, ...]:
    return tuple(_shown(line, place) for place in sorted(set(map(int, places))))
