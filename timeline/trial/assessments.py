"""The assessments of a trial: which rows of the table count, and one of each day.

Every row of overall responses of the chosen evaluator is kept, so that a derived table can list it;
``counts`` tells which of them the derivation sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.problem import near
from timeline.endpoints.censoring.policies import POLICIES, CensoringSituation, Effect
from timeline.response.criteria.criterion import Criterion
from timeline.settings.trial import TrialSettings
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import response_called
from timeline.trial.problems import shown_values
from timeline.trial.reading.arrow import numpy_of
from timeline.trial.reading.dates import MISSING, iso
from timeline.trial.reading.values import NO_TEXT, TableReader, TextColumn
from timeline.trial.subjects import Subjects, imputation_flag, partial_problem

Array = npt.NDArray[Any]
OVERALL_TESTS = ("OVRLRESP", "OVR", "IOVRLRESP")  # RSTESTCD and PARAMCD of an overall response
UNKNOWN = -2  # the code of a word that is none of the criterion
# From best to worst, as the templates of admiralonco rank them: any other response beats NE.
WORST_LAST = (
    *(Code.NE, Code.NED, Code.CR, Code.PR, Code.SD),
    *(Code.NON_CR_NON_PD, Code.UPD, Code.PD),
)


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
    dates, sequence = reader.dates("date"), reader.numbers("sequence")
    kept = _overall_rows(reader) & evaluator_rows(reader, evaluator)
    known = kept & (subject >= 0)
    code = _codes(reader, response, criterion, known)
    day, dated = dates.imputed(settings.scan_date_imputation, settings.scan_date_precision)
    stated = known & (code >= 0)
    column = reader.chosen.get("date", "")
    reader.problems.add_where(
        "no_date",
        reader.source.label,
        stated & (dates.precision == MISSING) & reader.has("date"),
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
    order = _in_order(np.flatnonzero(known), subject, sequence)
    counts = np.zeros(len(subject), dtype=bool)
    counts[_one_per_day(reader, order[usable[order]], subject, day, code, settings)] = True
    return Assessments(
        row=order,
        subject=subject[order],
        day=np.where(dated, day, 0)[order],
        dated=dated[order],
        flag=imputation_flag(dates, dated)[order],
        code=code[order],
        counts=counts[order],
        sequence=sequence[order],
        visit=reader.numbers("visit")[order],
        response=TextColumn(response.code[order], response.dictionary),
    )


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


def subjects_of(reader: TableReader, subjects: Subjects, ids: TextColumn) -> Array:
    """The place of the subject of each row; -1 where it is unknown."""
    import pyarrow.compute as compute

    column, label = reader.chosen.get("subject", ""), reader.source.label
    subject = reader.identifiers("subject")
    reader.problems.add_where(
        "no_subject", label, subject.missing & reader.has("subject"),
        lambda _: "no subject (write its identifier)", column=column,
    )  # fmt: skip
    if subject.dictionary is None or ids.dictionary is None:
        return np.full(reader.source.rows, -1, dtype=np.int64)
    if subject.whole_numbers != ids.whole_numbers:
        reader.problems.add(
            "wrong_type", label,
            "identifiers are whole numbers in one table and text in the other (write text in both)",
            column=column,
        )  # fmt: skip
        return np.full(reader.source.rows, -1, dtype=np.int64)
    if subject.dictionary.equals(subjects.ids):
        place = subject.code.astype(np.int64)
    else:
        found = compute.index_in(subject.dictionary, value_set=subjects.ids)
        place = subject.map(numpy_of(found, NO_TEXT))
    unknown = (place < 0) & ~subject.missing
    reader.problems.add_where(
        "unknown_subject",
        label,
        unknown,
        lambda at: (
            f"not in the table of subjects: {shown_values(subject.texts(at))} "
            "(add the subject, or correct the identifier)"
        ),
        column=column,
    )
    return place


def _overall_rows(reader: TableReader) -> Array:
    """The rows of overall responses; all of them where the table has no column of tests."""
    every = np.ones(reader.source.rows, dtype=bool)
    if not reader.has("test"):
        return every
    test = reader.text("test")
    if not len(test.words):
        return every
    found: Array = test.map([word in OVERALL_TESTS for word in test.words], 0).astype(bool)
    if not found.any():
        reader.problems.add(
            "missing_column", reader.source.label,
            f"no overall response among {shown_values(test.words)} "
            f"(write {OVERALL_TESTS[0]} in {reader.chosen['test']})",
            column=reader.chosen["test"],
        )  # fmt: skip
    return found


def evaluator_rows(reader: TableReader, evaluator: str | None) -> Array:
    """The rows of one evaluator, and of its readers those that are accepted."""
    roles = reader.text("evaluator")
    kept = np.ones(reader.source.rows, dtype=bool)
    column = reader.chosen.get("evaluator", "")
    if evaluator is not None:
        if evaluator not in roles.words:
            known = near(evaluator, roles.words) if roles.words else "the table names none"
            reader.problems.add(
                "mixed_evaluators", reader.source.label,
                f"no rows of the evaluator {evaluator!r} ({known})", column=column,
            )  # fmt: skip
            return np.zeros_like(kept)
        kept = roles.code == roles.words.index(evaluator)
    elif not roles.is_one:
        named = shown_values(word or "none named" for word in dict.fromkeys([*roles.words]))
        reader.problems.add(
            "mixed_evaluators", reader.source.label,
            f"several evaluators: {named} (write evaluator={roles.words[0]!r})", column=column,
        )  # fmt: skip
    return kept & _accepted(reader, kept)


def _accepted(reader: TableReader, kept: Array) -> Array:
    """Of several readers the rows that are accepted; all rows where there is one reader."""
    readers = reader.text("reader")
    if TextColumn(readers.code[kept]).is_one:
        return kept
    if not reader.has("accepted"):
        reader.problems.add(
            "mixed_evaluators", reader.source.label,
            f"several readers: {shown_values(readers.words)}, and no column RSACPTFL "
            "(write Y there for the accepted one, or leave one reader)",
            column=reader.chosen["reader"],
        )  # fmt: skip
        return kept
    return reader.flags("accepted")


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


def _in_order(rows: Array, subject: Array, sequence: Array) -> Array:
    """Rows by subject and by their number in the subject, else by their place in the table."""
    who, number = subject[rows], sequence[rows]
    later = who[1:] > who[:-1]
    numbered = bool(len(number)) and not np.isnan(number).all()
    ordered = later | ((who[1:] == who[:-1]) & (not numbered or (number[1:] >= number[:-1])))
    if ordered.all():
        return rows
    if not numbered:
        return rows[np.argsort(who, kind="stable")]
    return rows[np.lexsort((number, who))]


def _one_per_day(
    reader: TableReader,
    rows: Array,
    subject: Array,
    day: Array,
    code: Array,
    settings: TrialSettings,
) -> Array:
    """Of the rows of each subject and day the one that counts."""
    if not len(rows):
        return rows
    key = (subject[rows] << 20) + (day[rows] + (1 << 18))
    if not (key[1:] >= key[:-1]).all():
        by_day = np.argsort(key, kind="stable")
        rows, key = rows[by_day], key[by_day]
    same = key[1:] == key[:-1]
    if not same.any():
        return rows
    differs = np.zeros(len(rows), dtype=bool)
    unequal = same & (code[rows][1:] != code[rows][:-1])
    differs[1:] |= unequal
    differs[:-1] |= unequal
    reader.problems.add_where(
        "same_day",
        reader.source.label,
        differs,
        lambda at: (
            f"different responses of one day: "
            f"{shown_values(iso(int(day[rows[place]])) for place in at)}"
        ),
        column=reader.chosen.get("response", ""),
        rows=rows,
    )
    return _chosen(rows, key, code, settings.one_per_day)


def _chosen(rows: Array, key: Array, code: Array, rule: str) -> Array:
    """The first or the last row of each key, after they were ranked where the rule ranks them."""
    if rule in ("worst", "best"):
        order = np.lexsort((RANKS[rule][code[rows]], key))
        rows, key = rows[order], key[order]
    changes = key[1:] != key[:-1]
    ends = np.append(True, changes) if rule == "first" else np.append(changes, True)
    found: Array = rows[ends]
    return found


def _ranks(order: Sequence[Code]) -> Array:
    ranks = np.zeros(len(Code), dtype=np.int8)
    ranks[list(order)] = np.arange(len(order))
    return ranks


# Any other response beats NE, for the best as for the worst.
RANKS = {"worst": _ranks(WORST_LAST), "best": _ranks((Code.NE, *reversed(WORST_LAST[1:])))}
