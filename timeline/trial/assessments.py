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
from timeline.response.responses import NEVER
from timeline.settings.trial import TrialSettings
from timeline.terminology.response_words import response_called
from timeline.trial.one_per_day import check_sequence, in_order, one_per_day
from timeline.trial.problems import shown_values
from timeline.trial.reading.dates import DAY, MISSING, UNREADABLE, DateColumn, iso
from timeline.trial.reading.values import TableReader, TextColumn
from timeline.trial.rows_that_count import evaluator_rows, overall_rows, subjects_of
from timeline.trial.subjects import Subjects, imputation_flag, partial_problem

Array = npt.NDArray[Any]
UNKNOWN = -2  # the code of a word that is none of the criterion


@attrs.frozen(kw_only=True, eq=False)
class Assessments:
    """The overall responses of one evaluator, sorted by subject and order of the table.

    Attributes:
        row: the row of the table, from 0.
        subject: the place of the subject.
        day: days since 1970-01-01; 0 where there is no date.
        dated: whether there is a date.
        flag: place in `timeline.trial.subjects.FLAGS`.
        code: the response as `Code`; -1 where none is given, `UNKNOWN` where it is no word.
        counts: whether the derivation sees it.
        sequence: the number of the row in its subject, NaN where the table has none.
        visit: the number of the visit, NaN where the table has none.
        response: the column of responses as written.
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
    dates = _dates(reader, subjects, subject)
    kept = overall_rows(reader) & evaluator_rows(reader, evaluator)
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
    )


def _as_slice(order: Array, count: int) -> Array | slice:
    """The order of rows; a slice where it is every row in its place, so that nothing is copied."""
    whole = len(order) == count and bool((order[1:] > order[:-1]).all())
    return slice(None) if whole else order


def _dates(reader: TableReader, subjects: Subjects, subject: Array) -> DateColumn:
    """The dates of a table, or the dates that its study days mean."""
    if reader.has("date") or not reader.has("day"):
        return reader.dates("date")
    number, column = reader.numbers("day"), reader.chosen["day"]
    given = ~np.isnan(number)
    wrong = given & ((number == 0) | (number != np.rint(number)))
    reader.problems.add_where(
        "unreadable_date",
        reader.source.label,
        wrong,
        lambda at: (
            f"no study day: {shown_values(f'{number[each]:g}' for each in at)} (write 1 for the "
            "day that times count from, -1 for the day before)"
        ),
        column=column,
    )
    origin = subjects.origin[np.maximum(subject, 0)] if len(subjects) else np.zeros(len(number))
    known = given & ~wrong & (subject >= 0) & (origin != NEVER)
    offset = np.where(known, np.where(number > 0, number - 1, number), 0).astype(np.int64)
    precision = np.where(known, np.int8(DAY), np.int8(MISSING))
    precision = np.where(given & ~known, np.int8(UNREADABLE), precision)
    return DateColumn(day=np.where(known, origin, 0).astype(np.int64) + offset, precision=precision)


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


def code_of_word(word: str, criterion: Criterion) -> int:
    """The `Code` of a response as a table has it; `UNKNOWN` where it is none of the criterion.

    The word of the criterion, or a spelling of ``data/response_words.csv``: partial response.
    """
    for each in (word, word.upper() if not criterion.confirms else word):
        if each in criterion.words and each not in ("-", "MISSING"):
            return criterion.words.index(each)
    try:
        meant = response_called(word)
    except ValueError:
        return UNKNOWN
    usable = meant in criterion.words and meant not in ("-", "MISSING")
    return criterion.words.index(meant) if usable else UNKNOWN


def _other_criterion(word: str) -> str:
    from timeline.response.criteria import CRITERIA

    for key, criterion in CRITERIA.items():
        if word in criterion.words:
            return f"it is one of {criterion.title}: write criterion={key!r}, or "
    return ""
