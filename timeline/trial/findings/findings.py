"""What the tables of a trial say of lesions and responses, and the responses that it gives."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.response.responses import NEVER
from timeline.settings.trial import TrialSettings
from timeline.terminology.response_codes import Code
from timeline.trial.findings.derived_responses import DerivedResponses, derive_responses
from timeline.trial.findings.faults import (
    check_baselines,
    check_collected,
    check_dates,
    check_early,
    check_non_targets,
    check_sites,
    check_without_findings,
)
from timeline.trial.findings.finding_rows import with_readers
from timeline.trial.findings.lesion_words import Group, State
from timeline.trial.findings.measurements import Measurements, read_measurements
from timeline.trial.findings.parts import (
    PARTS_OF_A_RESPONSE,
    NewLesions,
    Part,
    Parts,
    read_parts,
)
from timeline.trial.findings.scan_columns import ScanColumns, scan_columns
from timeline.trial.findings.target_sums import LesionSums, Targets, lesion_sums, measured_targets
from timeline.trial.findings.visits import Visits, join_visits
from timeline.trial.reading.values import TableReader, TextColumn
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]


@attrs.frozen(kw_only=True, eq=False)
class Measured:
    """A table of lesions: its rows, their assessments, the targets and their sums."""

    rows: Measurements
    place: Array  # of each row its assessment
    visits: Visits
    targets: Targets
    sums: LesionSums


@attrs.frozen(kw_only=True, eq=False)
class Findings:
    """Responses that were derived from parts or from lesions.

    Attributes:
        visits: the assessments of every reader.
        columns: their findings.
        derived: the responses of those that are judged.
        parts: the statements of the table of responses; None where there is none.
        place: of each of them its assessment.
        collected: of each assessment that is judged the overall response as collected, as `Code`;
            -1 where there is none.
        collected_row: the statement that it is from, its place in ``parts``; -1 where none is.
        without: of each visit whether it is not judged because it has no finding.
    """

    visits: Visits
    columns: ScanColumns
    derived: DerivedResponses
    parts: Parts | None
    place: Array
    collected: Array
    collected_row: Array
    without: Array


def read_measured(
    reader: TableReader,
    subjects: Subjects,
    ids: TextColumn,
    settings: TrialSettings,
    evaluator: str | None,
) -> Measured:
    """A table of lesions by itself; every fault is kept by the reader."""
    rows = read_measurements(reader, subjects, ids, settings, evaluator)
    (found,), readers = with_readers([rows.rows])
    visits = join_visits([found], len(readers), settings)
    check_dates(reader, found, visits.place[0])
    return _measured(reader, rows, visits.place[0], visits, subjects)


def _measured(
    reader: TableReader, rows: Measurements, place: Array, visits: Visits, subjects: Subjects
) -> Measured:
    targets = measured_targets(rows, visits, place, subjects, reader)
    check_baselines(reader, targets, visits, subjects)
    sums = lesion_sums(targets, visits)
    return Measured(rows=rows, place=place, visits=visits, targets=targets, sums=sums)


def read_findings(
    responses: TableReader | None,
    lesions: TableReader | None,
    subjects: Subjects,
    ids: TextColumn,
    criterion: Criterion,
    settings: TrialSettings,
    evaluator: str | None,
) -> tuple[Findings, Measured | None]:
    """The responses that parts or lesions give, and the sums of the lesions.

    Args:
        responses: the table of responses; None where there is none.
        lesions: the table of lesions; None where responses follow from their parts.
        subjects: the subjects.
        ids: their identifiers.
        criterion: the criterion.
        settings: the settings.
        evaluator: whose rows count.
    """
    parts = rows = None
    if responses is not None:
        parts = read_parts(responses, subjects, ids, criterion, settings, evaluator)
    if lesions is not None:
        rows = read_measurements(lesions, subjects, ids, settings, evaluator)
        check_sites(lesions)
    given = [each.rows for each in (rows, parts) if each is not None]
    tables, readers = with_readers(given)
    visits = join_visits(tables, len(readers), settings)
    place = list(visits.place)
    measured = None
    if lesions is not None and rows is not None:
        at = place.pop(0)
        check_dates(lesions, tables[0], at)
        measured = _measured(lesions, rows, at, visits, subjects)
        check_non_targets(lesions, rows, at, visits, measured.targets.base)
    stated = place[0] if parts is not None else np.zeros(0, dtype=np.int64)
    columns = scan_columns(
        len(subjects) * len(readers),
        visits,
        None if measured is None else (measured.rows, measured.place, measured.targets),
        None if parts is None else (parts, stated),
    )
    shown = _with_findings(measured, parts, stated, len(visits))
    due = _due(visits, measured, subjects)
    judged = np.flatnonzero(due & shown)
    derived = derive_responses(visits, judged, columns, criterion, settings)
    by_finding = settings.visit_date == "by_finding"
    if by_finding and not criterion.terms.adds_new_lesions:  # else only the sum progresses
        seen = _first_sight(measured, parts, stated, len(visits))[judged]
        derived = _dated_by_new_lesions(derived, seen, visits.day[judged])
    collected, collected_row = _collected(parts, stated, judged, len(visits))
    if responses is not None and parts is not None:
        check_dates(responses, tables[-1], stated)
        check_early(responses, parts, stated, visits, subjects)
        check_without_findings(responses, parts, stated, due & ~shown, criterion)
        check_collected(responses, parts, stated, visits, derived, columns, criterion)
    found = Findings(
        visits=visits, columns=columns, derived=derived, parts=parts, place=stated,
        collected=collected, collected_row=collected_row, without=due & ~shown,
    )  # fmt: skip
    return found, measured


def _due(visits: Visits, measured: Measured | None, subjects: Subjects) -> Array:
    """Which visits may have a response: from the origin on, after baseline where there is one."""
    origin = subjects.origin[visits.subject]
    after: list[Array] = [origin != NEVER, visits.day >= origin]
    if measured is not None:
        after.append(np.arange(len(visits)) > measured.targets.base[visits.chain])
    found: Array = np.logical_and.reduce(after)
    return found


def _with_findings(
    measured: Measured | None, parts: Parts | None, place: Array, visits: int
) -> Array:
    """At which visits a lesion or a part of the response is on record."""
    found = np.zeros(visits, dtype=bool)
    if measured is not None:
        found[measured.place[measured.place >= 0]] = True
    if parts is not None:
        found[place[(place >= 0) & np.isin(parts.part, PARTS_OF_A_RESPONSE)]] = True
    return found


def _first_sight(
    measured: Measured | None, parts: Parts | None, place: Array, visits: int
) -> Array:
    """Of each visit the first day on which a new lesion was seen; `NEVER` where none was."""
    found = np.full(visits, NEVER)
    if measured is not None:
        rows, at = measured.rows, measured.place
        new = (rows.state == State.PRESENT) | (rows.state == State.PROGRESSED) | (rows.length > 0)
        mine = np.flatnonzero((at >= 0) & (rows.group == Group.NEW) & new & rows.rows.dated)
        np.minimum.at(found, at[mine], rows.rows.day[mine])
    if parts is not None:
        said = (parts.part == Part.NEW_LESION) & (parts.value == NewLesions.NEW)
        mine = np.flatnonzero((place >= 0) & said & parts.rows.dated)
        np.minimum.at(found, place[mine], parts.rows.day[mine])
    return found


def _dated_by_new_lesions(derived: DerivedResponses, seen: Array, day: Array) -> DerivedResponses:
    """Progressions that a new lesion shows, dated by the day on which it was seen."""
    shows = derived.new & ((derived.code == Code.PD) | (derived.code == Code.UPD))
    earlier = shows & (derived.dated == day) & (seen < day)
    return attrs.evolve(derived, dated=np.where(earlier, seen, derived.dated))


def _collected(
    parts: Parts | None, place: Array, judged: Array, visits: int
) -> tuple[Array, Array]:
    """The overall response of each judged visit as collected, and the statement that has it."""
    code = np.full(visits, -1)
    row = np.full(visits, -1)
    if parts is not None:
        mine = np.flatnonzero((place >= 0) & (parts.part == Part.OVERALL))
        code[place[mine]], row[place[mine]] = parts.value[mine], mine
    return code[judged], row[judged]


def claimed_days(found: Findings, subjects: Subjects) -> Array:
    """The first day on which progression is claimed that the findings do not document.

    A collected overall response of PD where none is derived, or no finding is on record.
    """
    claim = np.full(len(subjects), NEVER)
    visits, derived = found.visits, found.derived
    at = derived.visit
    claimed = (found.collected == Code.PD) & (derived.code != Code.PD) & visits.accepted[at]
    np.minimum.at(claim, visits.subject[at[claimed]], visits.day[at[claimed]])
    if found.parts is not None and len(visits):
        parts, place = found.parts, found.place
        alone = (place >= 0) & (parts.part == Part.OVERALL) & (parts.value == Code.PD)
        alone &= (found.without & visits.accepted)[place]
        np.minimum.at(claim, parts.rows.subject[alone], visits.day[place[alone]])
    return claim


def stated_claims(parts: Parts, place: Array | None, visits: Visits | None, count: int) -> Array:
    """The first day of symptomatic deterioration of each subject; `NEVER` where there is none."""
    claim = np.full(count, NEVER)
    mine = np.flatnonzero(parts.part == Part.CLAIM)
    day, dated = parts.rows.day[mine], parts.rows.dated[mine]
    if place is not None and visits is not None and len(visits):
        at = place[mine]
        day = np.where(dated, day, visits.day[np.maximum(at, 0)])
        dated = dated | (at >= 0)
    np.minimum.at(claim, parts.rows.subject[mine[dated]], day[dated])
    return claim


def without_baseline(measured: Measured, subjects: Subjects, settings: TrialSettings) -> Array:
    """Which subjects have no or an incomplete baseline, by a table of lesions.

    Of subjects without any row setting ``baseline_not_on_record`` decides.
    """
    readers = measured.visits.readers
    targets = measured.targets
    on_record = np.logical_or.reduce((targets.base >= 0).reshape(-1, readers), axis=1)
    found = np.logical_or.reduce(targets.incomplete.reshape(-1, readers), axis=1)
    if settings.baseline_not_on_record == "missing":
        found = np.logical_or(found, np.logical_not(on_record))
    missing: Array = np.logical_and(found, subjects.has_origin)
    return missing


def with_targets(measured: Measured) -> Array:
    """Which subjects have a target lesion that was measured at baseline, by any reader."""
    targets = measured.targets
    has_any = ((targets.base >= 0) & (targets.count > 0)).reshape(-1, measured.visits.readers)
    found: Array = np.logical_or.reduce(has_any, axis=1)
    return found
