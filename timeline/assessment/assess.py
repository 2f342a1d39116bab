"""Lines assessed by one criterion: the status of each scan, progression and best response."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.assessment.line_course import LineCourse, is_judged_by_findings
from timeline.assessment.line_interpretations import LineInterpretations
from timeline.assessment.line_statuses import (
    AssessedLine,
    dating_scan,
    evidence_texts,
    line_statuses,
    sorted_words,
)
from timeline.record.events import Scan
from timeline.response.best_response import best_overall_response
from timeline.response.criteria.criterion import Criterion
from timeline.response.progression import ProgressionArrays as ProgressionArrays
from timeline.response.progression import derive_progression
from timeline.response.scans import Scans
from timeline.response.state_sets import LineBatch, carry_states
from timeline.results.best_response_remarks import BestResponseBasis, best_response_remarks
from timeline.results.conditions import Condition
from timeline.results.statuses import BestResponse, Progression, Status
from timeline.settings.response import Settings

Array = npt.NDArray[Any]


@attrs.frozen(kw_only=True)
class LineAssessment:
    """The statuses, the progression and the best response of one line by one criterion."""

    statuses: tuple[Status, ...]
    progression: Progression
    best: BestResponse


def assess_lines(
    courses: Sequence[LineCourse],
    every: Sequence[LineInterpretations],
    criterion: Criterion,
    settings: Settings,
) -> tuple[LineAssessment, ...]:
    """Assess lines by one criterion, all at once.

    Args:
        courses: The scans of each line.
        every: The interpretations of each line, in the same order.
        criterion: The criterion to judge by.
        settings: Answers to what the publications leave open.

    Returns:
        For each line the status of each scan with findings, the progression and the best response.
    """
    batch = line_batch(every)
    found = carry_states(batch, criterion, settings)
    ended = derive_progression(found.responses, settings)
    bests = [
        best_overall_response(found.responses, settings, confirmed=each).code
        for each in (False, True)
    ]
    assessed = []
    for place, (course, mine) in enumerate(zip(courses, every, strict=True)):
        line = AssessedLine(
            course=course, criterion=criterion, found=found, place=place, vague=mine.vague
        )
        first, confirmed = (sorted_words(criterion, codes[line.rows]) for codes in bests)
        statuses = line_statuses(line, evidence_texts(line, batch.first))
        assessed.append(
            LineAssessment(
                statuses=statuses,
                progression=_line_progression(line, ended.select(line.rows)),
                best=BestResponse(
                    line=course.line.number,
                    criterion=criterion.title,
                    labels=first,
                    confirmed=confirmed,
                    remarks=_remarks(course, first, statuses, settings),
                ),
            )
        )
    return tuple(assessed)


def _remarks(
    course: LineCourse, best: tuple[str, ...], statuses: tuple[Status, ...], settings: Settings
) -> tuple[str, ...]:
    return best_response_remarks(
        BestResponseBasis(
            labels=best,
            statuses=tuple(each for each in statuses if each.labels),
            has_baseline=course.baseline is not None,
            by_findings=tuple(map(is_judged_by_findings, course.used)),
            settings=settings,
            local_therapies=tuple(each.label if each else "" for each in course.local_therapies),
        )
    )


def line_batch(every: Sequence[LineInterpretations]) -> LineBatch:
    """The interpretations of several lines as one batch; lines with fewer scans are padded."""
    most = max(len(each.count) for each in every)
    ends = np.cumsum([0, *(each.count.sum() for each in every)])
    starts = [
        at + np.cumsum(each.count) - each.count for at, each in zip(ends[:-1], every, strict=True)
    ]
    first = Scans.joined([each.scans.select(slice(0, 1)) for each in every])
    return LineBatch(
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


def _line_progression(line: AssessedLine, found: ProgressionArrays) -> Progression:
    # a lesion that proves to be new dates progression from the scan that first showed it
    dated = line.found.responses.day[line.rows] == np.asarray(found.day)[:, None]
    places = np.where(dated.any(axis=1), dated.argmax(axis=1), found.scan)
    confirms, first_pd = line.criterion.confirms, line.found.first_pd[line.rows]
    return Progression(
        line=line.course.line.number,
        criterion=line.criterion.title,
        scans=_dating_scans(line, places[places >= 0]),
        always=bool((places >= 0).all()),
        confirmed=confirms and bool(np.asarray(found.confirmed)[places >= 0].all()),
        confirming=_dating_scans(line, first_pd[first_pd >= 0]) if confirms else (),
        conditions=_conditions(line, found, places),
        vague=line.vague,
    )


def _conditions(
    line: AssessedLine, found: ProgressionArrays, places: Array
) -> tuple[Condition, ...]:
    """Each result once, with the interpretations that lead to it."""
    results = np.stack([found.response_scan, places, found.confirmed], axis=1)
    each_once, which = np.unique(results, axis=0, return_inverse=True)
    mine = line.found.interpretations[line.rows]
    interpretations = np.zeros((len(each_once), mine.shape[1]), dtype=np.int64)
    np.bitwise_or.at(interpretations, which.reshape(-1), mine)
    points = line.course.used_points
    return tuple(
        Condition(
            response=points[response].scans[-1] if response >= 0 else None,
            progression=dating_scan(line, progressed) if progressed >= 0 else None,
            confirmed=bool(confirmed),
            interpretations=tuple(bits[: len(points)]),
        )
        for (response, progressed, confirmed), bits in zip(
            each_once.tolist(), interpretations.tolist(), strict=True
        )
    )


def _dating_scans(line: AssessedLine, places: Iterable[int]) -> tuple[Scan, ...]:
    return tuple(dating_scan(line, place) for place in sorted(set(map(int, places))))
