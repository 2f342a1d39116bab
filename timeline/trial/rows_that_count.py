"""Which rows of a table are of known subjects, are overall responses, and are of one evaluator."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.core.problem import near
from timeline.response.responses import NEVER
from timeline.trial.problems import shown_values
from timeline.trial.reading.arrow import numpy_of
from timeline.trial.reading.dates import DAY, MISSING, UNREADABLE, DateColumn
from timeline.trial.reading.values import NO_TEXT, TableReader, TextColumn
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]
OVERALL_TESTS = ("OVRLRESP", "OVR", "IOVRLRESP")  # RSTESTCD and PARAMCD of an overall response


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


def overall_rows(reader: TableReader) -> Array:
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


def evaluator_rows(reader: TableReader, evaluator: str | None, among: Array) -> Array:
    """Of some rows those of one evaluator, and of its readers those that are accepted."""
    kept = rows_of_evaluator(reader, evaluator, among)
    return kept & readers_of(reader, kept)[2]


def rows_of_evaluator(
    reader: TableReader, evaluator: str | None, among: Array | None = None
) -> Array:
    """The rows of one evaluator, by whichever of its readers; ``among``: of these rows."""
    roles = reader.text("evaluator")
    kept = np.ones(reader.source.rows, dtype=bool) if among is None else among
    column = reader.chosen.get("evaluator", "")
    if evaluator is not None:
        if evaluator not in roles.words:
            known = near(evaluator, roles.words) if roles.words else "the table names none"
            reader.problems.add(
                "mixed_evaluators", reader.source.label,
                f"no rows of the evaluator {evaluator!r} ({known})", column=column,
            )  # fmt: skip
            return np.zeros_like(kept)
        found: Array = kept & (roles.code == roles.words.index(evaluator))
        return found
    if not TextColumn(roles.code[kept]).is_one:
        here = [roles.words[code] if code >= 0 else "" for code in np.unique(roles.code[kept])]
        named = shown_values(
            word or "none named" for word in sorted(here, key=lambda each: not each)
        )
        first = next(word for word in here if word)
        reader.problems.add(
            "mixed_evaluators", reader.source.label,
            f"several evaluators: {named} (write evaluator={first!r})", column=column,
        )  # fmt: skip
    return kept


def readers_of(reader: TableReader, kept: Array) -> tuple[Array, tuple[str, ...], Array]:
    """The readers of some rows.

    Returns:
        The place of the reader of each row; the names of the readers, the last of them empty; and
        whether the row is accepted: every row where there is one reader.
    """
    readers = reader.text("reader")
    every = np.ones(reader.source.rows, dtype=bool)
    code = np.where(readers.missing, len(readers.words), readers.code)
    names = (*readers.words, "")
    if TextColumn(readers.code[kept]).is_one:
        return code, names, every
    if not reader.has("accepted"):
        reader.problems.add(
            "mixed_evaluators", reader.source.label,
            f"several readers: {shown_values(readers.words)}, and no column RSACPTFL "
            "or TRACPTFL (write Y there for the accepted one, or leave one reader)",
            column=reader.chosen["reader"],
        )  # fmt: skip
        return code, names, every
    return code, names, reader.flags("accepted")


def dates_of(reader: TableReader, subjects: Subjects, subject: Array) -> DateColumn:
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
