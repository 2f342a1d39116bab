"""The assessments of a trial: which rows of the table count, and one of each day.

Every row of overall responses of the chosen evaluator is kept, so that a derived table can list it;
``counts`` tells which of them the derivation sees.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.endpoints.censoring.policies import POLICIES, CensoringSituation, Effect
from timeline.response.criteria.criterion import Criterion
from timeline.settings.trial import TrialSettings
from timeline.terminology.response_codes import Code
from timeline.trial.findings.derived_responses import DerivedResponses
from timeline.trial.findings.findings import Findings, Measured
from timeline.trial.findings.parts import UNKNOWN, code_of_word
from timeline.trial.one_per_day import check_sequence, in_order, one_per_day
from timeline.trial.presets import DERIVABLE
from timeline.trial.problems import shown_values
from timeline.trial.reading.arrow import strings_of
from timeline.trial.reading.dates import MISSING, iso
from timeline.trial.reading.values import TableReader, TextColumn
from timeline.trial.rows_of_criterion import criterion_rows
from timeline.trial.rows_that_count import dates_of, evaluator_rows, overall_rows, subjects_of
from timeline.trial.subjects import Subjects, imputation_flag, partial_problem

Array = npt.NDArray[Any]


@attrs.frozen(kw_only=True, eq=False)
class Assessments:
    """The overall responses of one evaluator, sorted by subject and order of the table.

    Attributes:
        row: the row of the table of responses, from 0; -1 where none gives the response.
        subject: the place of the subject.
        day: days since 1970-01-01; 0 where there is no date.
        dated: whether there is a date.
        flag: place in `timeline.trial.subjects.FLAGS`.
        code: the response as `Code`; -1 where none is given, `UNKNOWN` where it is no word.
        counts: whether the derivation sees it.
        sequence: the number of the row in its subject, NaN where the table has none.
        visit: the number of the visit, NaN where the table has none.
        response: the column of responses as written.
        lesion_row: the row of the table of lesions that dates it, -1 where none does.
        lesion_sequence: the number of that row in its subject, NaN where there is none.
        derived: what the responses were derived from; None where they were collected.
    """

    row: Array
    subject: Array
    day: Array
    dated: Array
    flag: Array
    code: Array
    counts: Array
    sequence: Array
    visit: Array
    response: TextColumn
    lesion_row: Array
    lesion_sequence: Array
    derived: DerivedResponses | None = None


def read_assessments(
    reader: TableReader,
    subjects: Subjects,
    ids: TextColumn,
    criterion: Criterion,
    settings: TrialSettings,
    evaluator: str | None,
) -> Assessments:
    """The assessments of a table of responses; every fault is kept by the reader."""
    subject = subjects_of(reader, subjects, ids)
    response = reader.text("response")
    sequence = reader.numbers("sequence")
    dates = dates_of(reader, subjects, subject)
    kept = overall_rows(reader)
    kept &= criterion_rows(reader, criterion, kept)
    kept &= evaluator_rows(reader, evaluator, kept)
    known = kept & (subject >= 0)
    code = _codes(reader, response, criterion, known)
    day, dated = dates.imputed(settings.scan_date_imputation, settings.scan_date_precision)
    stated = known & (code >= 0)
    column = reader.chosen.get("date", reader.chosen.get("day", ""))
    reader.problems.add_where(
        "no_date",
        reader.source.label,
        stated & (dates.precision == MISSING) & (reader.has("date") or reader.has("day")),
        lambda at: f"no date of the response {shown_values(response.texts(at))} (write the day)",
        column=column,
    )
    advice = "write the day, or settings scan_date_imputation and scan_date_precision"
    without = stated & dates.partial & ~dated
    partial_problem(reader, "date", dates, without, advice)
    origin = subjects.origin[np.maximum(subject, 0)] if len(subjects) else np.zeros_like(day)
    with_origin = subjects.has_origin[np.maximum(subject, 0)] if len(subjects) else stated
    early = stated & dated & with_origin & (day < origin)
    reader.problems.add_where(
        "before_reference",
        reader.source.label,
        early,
        lambda at: (
            f"assessments before the day that times count from: "
            f"{shown_values(iso(int(day[place])) for place in at)}"
        ),
        column=column,
    )
    _check_death(reader, subjects, subject, day, stated & dated)
    usable = stated & dated & with_origin & ~early
    usable &= _before_therapy(day, subjects.new_therapy, subject, settings)
    order = in_order(np.flatnonzero(known), subject, sequence)
    check_sequence(reader, order, subject, sequence)
    counts = np.zeros(len(subject), dtype=bool)
    counts[one_per_day(reader, order[usable[order]], subject, day, code, settings)] = True
    if criterion.terms.adds_new_lesions:
        _check_unconfirmed(reader, criterion, subject, day, code, np.flatnonzero(counts))
    rows = _as_slice(order, len(subject))
    return Assessments(
        row=order,
        subject=subject[rows],
        day=np.where(dated, day, 0)[rows],
        dated=dated[rows],
        flag=imputation_flag(dates, dated)[rows],
        code=code[rows],
        counts=counts[rows],
        sequence=sequence[rows],
        visit=reader.numbers("visit")[rows],
        response=TextColumn(response.code[rows], response.dictionary),
        lesion_row=np.full(len(order), -1),
        lesion_sequence=np.full(len(order), np.nan),
    )


def derived_assessments(
    found: Findings, measured: Measured | None, criterion: Criterion, subjects: Subjects,
    settings: TrialSettings,
) -> Assessments:  # fmt: skip
    """The assessments whose responses were derived, those of the accepted reader."""
    visits, accepted = found.visits, found.visits.accepted[found.derived.visit]
    kept = np.flatnonzero(accepted)
    derived, at = found.derived.select(kept), found.derived.visit[kept]
    order = np.lexsort((visits.day[at], visits.subject[at]))
    derived, at, kept = derived.select(order), at[order], kept[order]
    subject, day = visits.subject[at], visits.day[at]
    usable = derived.code != Code.NONE
    usable &= _before_therapy(day, subjects.new_therapy, subject, settings)
    row, sequence = np.full(len(at), -1), np.full(len(at), np.nan)
    if found.parts is not None:
        stated = found.collected_row[kept]
        some = stated >= 0
        row[some] = found.parts.rows.row[stated[some]]
        sequence[some] = found.parts.rows.sequence[stated[some]]
    lesion_row, lesion_sequence = _dating_rows(measured, len(visits))
    return Assessments(
        row=row,
        subject=subject,
        day=day,
        dated=np.ones(len(at), dtype=bool),
        flag=visits.flag[at],
        code=derived.code,
        counts=usable,
        sequence=sequence,
        visit=visits.visit[at],
        response=TextColumn(derived.code.astype(np.int32), strings_of(criterion.words)),
        lesion_row=lesion_row[at],
        lesion_sequence=lesion_sequence[at],
        derived=derived,
    )


def _dating_rows(measured: Measured | None, visits: int) -> tuple[Array, Array]:
    """Of each visit the first row of lesions on its day, and the number of that row."""
    row, sequence = np.full(visits, -1), np.full(visits, np.nan)
    if measured is not None:
        rows, place = measured.rows.rows, measured.place
        mine = np.flatnonzero((place >= 0) & rows.dated)
        mine = mine[rows.day[mine] == measured.visits.day[place[mine]]][::-1]
        row[place[mine]], sequence[place[mine]] = rows.row[mine], rows.sequence[mine]
    return row, sequence


def _as_slice(order: Array, count: int) -> Array | slice:
    """The order of rows; a slice where it is every row in its place, so that nothing is copied."""
    whole = len(order) == count and bool((order[1:] > order[:-1]).all())
    return slice(None) if whole else order


def _check_death(
    reader: TableReader, subjects: Subjects, subject: Array, day: Array, stated: Array
) -> None:
    """Nobody is assessed after death; an imputed death is not compared."""
    if not len(subjects):
        return
    place = np.maximum(subject, 0)
    late = stated & (day > subjects.death[place]) & (subjects.death_flag[place] == 0)
    reader.problems.add_where(
        "contradiction",
        reader.source.label,
        late,
        lambda at: (
            f"an assessment on {iso(int(day[at[0]]))}, after death on "
            f"{iso(int(subjects.death[subject[at[0]]]))} (correct one of them)"
        ),
        column=reader.chosen.get("date", ""),
    )


def _check_unconfirmed(
    reader: TableReader, criterion: Criterion, subject: Array, day: Array, code: Array, rows: Array
) -> None:
    """A confirmed progression follows an unconfirmed one; readers write one word for both."""
    rows = rows[(code[rows] != Code.NE)]
    rows = rows[np.lexsort((day[rows], subject[rows]))]
    same = np.append(False, subject[rows[1:]] == subject[rows[:-1]]) if len(rows) else rows > 0
    before = np.append(Code.NONE, code[rows[:-1]])[: len(rows)]
    follows = same & ((before == Code.UPD) | (before == Code.PD))
    alone = np.zeros(len(code), dtype=bool)
    alone[rows[(code[rows] == Code.PD) & ~follows]] = True
    words = criterion.words
    reader.problems.add_where(
        "never_unconfirmed",
        reader.source.label,
        alone,
        lambda _: (
            f"{words[Code.PD]} without {words[Code.UPD]} before it, so that it counts as confirmed "
            f"(write {words[Code.UPD]!r} at the first sight, or set icpd_without_iupd)"
        ),
        column=reader.chosen.get("response", ""),
    )


def _before_therapy(day: Array, therapy: Array, subject: Array, settings: TrialSettings) -> Array:
    """Which assessments count, by the day on which new anticancer therapy began."""
    rule = settings.responses_after_new_therapy
    if rule == "by_policy":
        passed = POLICIES[settings.pfs_policy].rule(CensoringSituation.NEW_THERAPY)
        rule = "counted" if passed.effect is Effect.NOTHING else "left_out"
    if rule == "counted" or not len(therapy):
        return np.ones(len(day), dtype=bool)
    begun = therapy[np.maximum(subject, 0)]
    return day < begun if rule == "left_out_from_day" else day <= begun


def _codes(reader: TableReader, response: TextColumn, criterion: Criterion, known: Array) -> Array:
    """The responses as `Code`, -1 where there is none and `UNKNOWN` where it is no word."""
    code = response.map([code_of_word(word, criterion) for word in response.words])
    column, label = reader.chosen.get("response", ""), reader.source.label
    words = [word for word in criterion.words if word not in ("-", "MISSING")]
    reader.problems.add_where(
        "unknown_response",
        label,
        known & (code == UNKNOWN),
        lambda at: (
            f"no response by {criterion.title}: {shown_values(response.texts(at))} "
            f"({_other_criterion(response.texts(at[:1])[0])}write {', '.join(words)})"
        ),
        column=column,
    )
    reader.problems.add_where(
        "no_response",
        label,
        known & response.missing & reader.has("response"),
        lambda _: "no response (write NE where it could not be evaluated)",
        column=column,
    )
    return code.astype(np.int8)


def _other_criterion(word: str) -> str:
    """The criterion to ask for that has a word, of those that tables are derived by."""
    from timeline.response.criteria import CRITERIA

    for key, criterion in CRITERIA.items():
        if key in DERIVABLE and word in criterion.words:
            return f"it is one of {criterion.title}: write criterion={key!r}, or "
    return ""
