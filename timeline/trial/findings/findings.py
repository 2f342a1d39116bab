"""What the tables of a trial say of lesions and responses, and the responses that it gives."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.response.responses import NEVER
from timeline.settings.trial import TrialSettings
from timeline.terminology.response_codes import Code, Target
from timeline.trial.findings.derived_responses import DerivedResponses, derive_responses
from timeline.trial.findings.finding_rows import FindingRows, with_readers
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
from timeline.trial.problems import shown_values
from timeline.trial.reading.values import TableReader, TextColumn
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]
_TARGETS = tuple(Target)


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
    _check_dates(reader, found, visits.place[0])
    return _measured(reader, rows, visits.place[0], visits, subjects)


def _measured(
    reader: TableReader, rows: Measurements, place: Array, visits: Visits, subjects: Subjects
) -> Measured:
    targets = measured_targets(rows, visits, place, subjects, reader)
    _check_baselines(reader, targets, visits, subjects)
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
        _check_sites(lesions)
    given = [each.rows for each in (rows, parts) if each is not None]
    tables, readers = with_readers(given)
    visits = join_visits(tables, len(readers), settings)
    place = list(visits.place)
    measured = None
    if lesions is not None and rows is not None:
        at = place.pop(0)
        _check_dates(lesions, tables[0], at)
        measured = _measured(lesions, rows, at, visits, subjects)
        _check_non_targets(lesions, measured)
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
    if settings.visit_date == "by_finding":
        seen = _first_sight(measured, parts, stated, len(visits))[judged]
        derived = _dated_by_new_lesions(derived, seen, visits.day[judged])
    collected, collected_row = _collected(parts, stated, judged, len(visits))
    if responses is not None and parts is not None:
        _check_dates(responses, tables[-1], stated)
        _check_early(responses, parts, stated, visits, subjects)
        _check_without_findings(responses, parts, stated, due & ~shown, criterion)
        _compare(responses, parts, stated, visits, derived, columns, criterion)
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


# ---- faults
def _check_dates(reader: TableReader, rows: FindingRows, place: Array) -> None:
    reader.problems.add_where(
        "no_date", reader.source.label,
        (place < 0) & rows.blank & (reader.has("date") or reader.has("day")),
        lambda _: "no date, and none of its visit (write the day)",
        column=reader.chosen.get("date", reader.chosen.get("day", "")),
        rows=rows.row,
    )  # fmt: skip


def _check_sites(reader: TableReader) -> None:
    if not reader.has("location"):
        reader.problems.add(
            "missing_column", reader.source.label,
            "no column TULOC, site of the lesion, which tells the nodes, that are normal below "
            "10 mm (merge it from TU, or write columns={'location': NAME})",
        )  # fmt: skip


def _check_baselines(
    reader: TableReader, targets: Targets, visits: Visits, subjects: Subjects
) -> None:
    """Targets whose baseline is missing, incomplete or 0 mm."""
    who = np.flatnonzero(targets.incomplete) // visits.readers
    who = np.unique(who[subjects.has_origin[who]])
    if len(who):
        names = [subjects.ids[int(place)].as_py() for place in who]
        reader.problems.add(
            "no_baseline", reader.source.label,
            f"no complete baseline of the targets of {shown_values(names)} (write the lengths of "
            "every target up to the day that times count from, or mark the baseline in TRBLFL)",
        )  # fmt: skip


def _check_early(
    reader: TableReader, parts: Parts, place: Array, visits: Visits, subjects: Subjects
) -> None:
    day = visits.day[np.maximum(place, 0)] if len(visits) else np.zeros(len(place))
    origin = subjects.origin[parts.rows.subject]
    reader.problems.add_where(
        "before_reference", reader.source.label,
        (place >= 0) & (origin != NEVER) & (day < origin),
        lambda _: "responses of a visit before the day that times count from",
        column=reader.chosen.get("date", ""),
        rows=parts.rows.row,
    )  # fmt: skip


def _check_without_findings(
    reader: TableReader, parts: Parts, place: Array, without: Array, criterion: Criterion
) -> None:
    """Collected responses of visits of which neither a lesion nor a part is on record."""
    alone = (place >= 0) & (parts.part == Part.OVERALL)
    if len(without):
        alone &= without[place]
    reader.problems.add_where(
        "different_response", reader.source.label, alone,
        lambda rows: "an overall response as collected, and no finding of that visit on record: "
        + shown_values(criterion.words[parts.value[each]] for each in rows),
        column=reader.chosen.get("response", ""), rows=parts.rows.row,
    )  # fmt: skip


def _check_non_targets(reader: TableReader, measured: Measured) -> None:
    """A non-target lesion that is seen later and was not there at baseline."""
    rows, place, base = measured.rows, measured.place, measured.targets.base
    mine = np.flatnonzero((place >= 0) & (rows.group == Group.NON_TARGET))
    chain = measured.visits.chain[place[mine]]
    named = chain * max(len(rows.names), 1) + rows.name[mine]
    there = (rows.state[mine] >= State.PRESENT) | (rows.length[mine] > 0)
    later = (base[chain] >= 0) & (place[mine] > base[chain]) & there
    later &= ~np.isin(named, named[base[chain] == place[mine]])
    reader.problems.add_where(
        "not_at_baseline", reader.source.label, later,
        lambda at: "non-target lesions that the baseline does not have: "
        f"{shown_values(rows.names[each] for each in rows.name[mine[at]])} "
        "(a lesion that is new is of group NEW)",
        column=reader.chosen.get("lesion", ""), rows=rows.rows.row[mine],
    )  # fmt: skip


def _compare(
    reader: TableReader, parts: Parts, place: Array, visits: Visits, derived: DerivedResponses,
    columns: ScanColumns, criterion: Criterion,
) -> None:  # fmt: skip
    """Name the collected responses that differ from the derived ones, up to the first PD."""
    if not len(derived):
        return
    of_visit = np.full(len(visits), -1)
    of_visit[derived.visit] = np.arange(len(derived))
    at = np.where(place >= 0, of_visit[place], -1)
    pd = derived.code == Code.PD
    chain = visits.chain[derived.visit]
    starts = np.append(True, chain[1:] != chain[:-1])[: len(chain)]
    before = np.cumsum(pd) - pd
    first = np.flatnonzero(starts)
    ended = before > np.repeat(before[first], np.diff(np.append(first, len(chain))))
    here = np.maximum(at, 0)
    comparable = (at >= 0) & ~ended[here]
    label, column = reader.source.label, reader.chosen.get("response", "")
    overall = comparable & (parts.part == Part.OVERALL) & (derived.code[here] != Code.NONE)
    words = criterion.words
    reader.problems.add_where(
        "different_response", label, overall & (parts.value != derived.code[here]),
        lambda rows: "overall response as collected and as derived: " + shown_values(
            f"{words[parts.value[each]]}, {words[derived.code[here[each]]]}" for each in rows),
        column=column, rows=parts.rows.row,
    )  # fmt: skip
    target = comparable & (parts.part == Part.TARGET)
    target &= (columns.baseline_sum >= 0)[visits.chain[place]]
    reader.problems.add_where(
        "different_response", label, target & (parts.value != derived.target[here]),
        lambda rows: "target response as collected and by the sums: " + shown_values(
            f"{_TARGETS[parts.value[each]]}, {_TARGETS[derived.target[here[each]]]}"
            for each in rows),
        column=reader.chosen.get("target_response", column), rows=parts.rows.row,
    )  # fmt: skip
