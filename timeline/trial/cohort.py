"""The derivation of a cohort: subjects by their number of assessments, part by part.

A part holds subjects with about the same number of assessments, so that one subject with two
hundred costs the others nothing. Parts are small enough for the processor's cache, and what a part
gives is written into arrays of all subjects.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.response.responses import NEVER, Responses
from timeline.response.scans import CHUNK
from timeline.settings.trial import TrialSettings
from timeline.terminology.response_codes import Code
from timeline.trial.assessments import Assessments
from timeline.trial.cohort_widths import padded_width
from timeline.trial.parameters.cohort_part import NO_SCAN, CohortPart
from timeline.trial.parameters.follow_up import derive_time
from timeline.trial.parameters.response_rows import ResponseParameter
from timeline.trial.parameters.time_rows import TimeParameter
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]
NO_DAY = np.iinfo(np.int32).max
MOST_THREADS = 4  # more wait for one another


@attrs.frozen(kw_only=True, eq=False)
class CohortColumn:
    """A parameter of all subjects.

    Attributes:
        value: the response as `Code`; of a question 1 for Y and 0 for N.
        day: days since 1970-01-01, `NO_DAY` where there is no date.
        source: the place in `Assessments` of what gives it, -1 where no assessment does.
        confirming: the place in `Assessments` of what confirms it, -1 where nothing does.
    """

    value: Array
    day: Array
    source: Array
    confirming: Array


@attrs.frozen(kw_only=True, eq=False)
class CohortTime:
    """A time to an event of all subjects, as `timeline.trial.parameters.follow_up.TimeAnswer`.

    ``source`` is the place in `Assessments` of the assessment that gives the date, -1 where none
    does; ``origin_of_date`` the place among the events and the censorings of its row.
    """

    exists: Array
    start: Array
    end: Array
    censored: Array
    origin_of_date: Array
    source: Array
    situation: Array


def counted(assessments: Assessments) -> Array:
    """The places of the assessments that count, by subject and day."""
    places = np.flatnonzero(assessments.counts)
    kept = slice(None) if len(places) == len(assessments.counts) else places
    subject, day = assessments.subject[kept], assessments.day[kept]
    key = (subject << 20) + (day + (1 << 18))
    if len(key) and not (key[1:] >= key[:-1]).all():
        places = places[np.argsort(key, kind="stable")]
    return places


def derive_cohort(
    subjects: Subjects,
    assessments: Assessments,
    criterion: Criterion,
    settings: TrialSettings,
    parameters: Sequence[ResponseParameter],
    times: Sequence[TimeParameter],
    threads: int | None = None,
) -> tuple[dict[str, CohortColumn], dict[str, CohortTime]]:
    """Every parameter and every time of all subjects, by PARAMCD.

    ``threads``: how many derive parts; None: as many as there are cores, at most `MOST_THREADS`.
    """
    n = len(subjects)
    columns = {
        row.code: CohortColumn(
            value=np.zeros(n, dtype=np.int8),
            day=np.full(n, NO_DAY, dtype=np.int32),
            source=np.full(n, NO_SCAN, dtype=np.int32),
            confirming=np.full(n, NO_SCAN, dtype=np.int32),
        )
        for row in parameters
    }
    found_times = {
        row.code: CohortTime(
            exists=np.zeros(n, dtype=bool),
            start=np.zeros(n, dtype=np.int32),
            end=np.zeros(n, dtype=np.int32),
            censored=np.zeros(n, dtype=np.int8),
            origin_of_date=np.zeros(n, dtype=np.int8),
            source=np.full(n, NO_SCAN, dtype=np.int32),
            situation=np.full(n, NO_SCAN, dtype=np.int8),
        )
        for row in times
    }

    def derive_part(rows: Array, places: Array, recorded: Array) -> None:
        part = _part_of(subjects, assessments, criterion, settings, rows, places, recorded)
        answers: dict[str, tuple[Array, Array]] = {}
        for row in parameters:
            answers[row.code] = _keep(columns[row.code], part, row, rows, places)
        for time in times:
            _keep_time(found_times[time.code], part, time, answers, rows, places)

    cores = threads or min(os.cpu_count() or 1, MOST_THREADS)
    _on_cores(derive_part, _parts(subjects, assessments), cores if n > CHUNK else 1)
    return columns, found_times


def _on_cores(
    derive_part: Callable[..., None], parts: Iterable[tuple[Array, ...]], cores: int
) -> None:
    """Derive each part, so many at once; each writes its own rows."""
    if cores == 1:
        for part in parts:
            derive_part(*part)
        return
    with ThreadPoolExecutor(cores) as pool:
        waiting: list[Future[None]] = []
        for part in parts:
            waiting.append(pool.submit(derive_part, *part))
            if len(waiting) > cores:
                waiting.pop(0).result()
        for each in waiting:
            each.result()


def _parts(subjects: Subjects, assessments: Assessments) -> Iterator[tuple[Array, Array, Array]]:
    """Subjects, the places of their assessments and which of these are recorded, part by part."""
    seen = counted(assessments)
    count = np.bincount(assessments.subject[seen], minlength=len(subjects))
    first = np.append(0, np.cumsum(count))[:-1]
    width = padded_width(count)
    order = np.argsort(width, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(width[order])) + 1):
        scans = int(width[group].max(initial=0))
        size = max(CHUNK // max(scans // 8, 1), 256)
        for at in range(0, len(group), size):
            rows = group[at : at + size]
            offset = np.arange(scans)
            recorded = offset < count[rows][:, None]
            places = np.minimum(first[rows][:, None] + offset, max(len(seen) - 1, 0))
            yield rows, seen[places] if len(seen) else places, recorded


def _part_of(
    subjects: Subjects,
    assessments: Assessments,
    criterion: Criterion,
    settings: TrialSettings,
    rows: Array,
    places: Array,
    recorded: Array,
) -> CohortPart:
    return CohortPart(
        _responses(subjects, assessments, criterion, settings, rows, places, recorded),
        settings,
        origin=subjects.origin[rows],
        death=subjects.death[rows],
        last_alive=subjects.last_alive[rows],
        new_therapy=subjects.new_therapy[rows],
        claim=subjects.claim[rows],
        stopped=subjects.stopped[rows],
        stopped_for_progression=subjects.stopped_for_progression[rows],
        no_baseline=subjects.no_baseline[rows],
        measurable=subjects.measurable[rows],
    )


def _responses(
    subjects: Subjects,
    assessments: Assessments,
    criterion: Criterion,
    settings: TrialSettings,
    rows: Array,
    places: Array,
    recorded: Array,
) -> Responses:
    """The responses of some subjects, as collected or as derived."""
    code = np.where(recorded, assessments.code[places], np.int8(Code.NONE)).astype(np.int8)
    day, derived = assessments.day[places], assessments.derived
    if derived is None:
        return Responses.reported(
            criterion,
            day,
            code,
            recorded=recorded,
            reference=subjects.reference[rows],
            earliest=subjects.origin[rows],
            settings=settings,
        )
    targets = np.logical_or.reduce(recorded & derived.has_targets[places], axis=1)
    return Responses(
        criterion=criterion,
        day=day,
        recorded=recorded,
        code=code,
        row=derived.row[places],
        opens=derived.opens[places] & recorded,
        dated=np.where(recorded, derived.dated[places], day),
        warning=derived.warning[places],
        pr_persists=derived.pr_persists[places] & recorded,
        reference=subjects.reference[rows],
        has_targets=targets,
        settings=settings,
    )


def _place_of(places: Array, scan: Array) -> Array:
    """The place in `Assessments` of a scan of each subject; -1 stays."""
    if not places.shape[1]:
        return np.full(len(places), NO_SCAN)
    return np.where(scan >= 0, places[np.arange(len(places)), np.maximum(scan, 0)], NO_SCAN)


def _keep(
    column: CohortColumn, part: CohortPart, row: ResponseParameter, rows: Array, places: Array
) -> tuple[Array, Array]:
    """Write one parameter of a part into the column of all subjects; its scan and day."""
    answer = row.derive(part)
    day = part.day(answer.scan) if answer.day is None else answer.day
    column.value[rows] = answer.value
    column.day[rows] = np.where(day == NEVER, NO_DAY, day)
    column.source[rows] = _place_of(places, answer.scan)
    if answer.confirming is not None:
        column.confirming[rows] = _place_of(places, answer.confirming)
    return answer.scan, day


def _keep_time(
    found: CohortTime,
    part: CohortPart,
    row: TimeParameter,
    answers: dict[str, tuple[Array, Array]],
    rows: Array,
    places: Array,
) -> None:
    answer = derive_time(part, row, answers)
    found.exists[rows] = answer.exists
    found.start[rows], found.end[rows] = answer.start, answer.end
    found.censored[rows], found.origin_of_date[rows] = answer.censored, answer.source
    found.source[rows] = _place_of(places, answer.scan)
    found.situation[rows] = answer.situation
