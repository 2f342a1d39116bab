"""A batch of a registry as a table of responses and one of subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.registry.cutting import first_unsorted, identifiers, starts_of
from timeline.registry.records import decoded, one_array
from timeline.registry.survey import Survey
from timeline.trial.problems import TableProblem, shown_values
from timeline.trial.reading.arrow import array_of, booleans_of, nulls_of

Array = npt.NDArray[Any]
SUBJECTS = "subjects"  # the table of a fault


@attrs.frozen(kw_only=True, eq=False)
class BatchTables:
    """A batch as a table of responses and one of subjects, with their rows in the batch."""

    responses: Any
    subjects: Any
    rows: Array  # of the responses
    starts: Array | None  # of the subjects; None where they have a table of their own
    problems: tuple[TableProblem, ...]

    def in_the_batch(self, problem: TableProblem) -> TableProblem:
        """A fault of either table as one of the batch; of a table of subjects it stays one."""
        of_subjects = problem.table.startswith(SUBJECTS)
        of = self.starts if of_subjects else self.rows
        if of is None:
            return problem
        rows = np.sort(of[problem.rows - 1] + 1) if len(problem.rows) else problem.rows
        return attrs.evolve(problem, table="", rows=rows)


def split(
    table: Any, subject: str, columns: Mapping[str, Sequence[str]], stated: Sequence[str],
    survey: Survey,
) -> BatchTables:  # fmt: skip
    """The two tables of a batch of whole subjects.

    Args:
        table: the batch, in any order of rows.
        subject: the column of identifiers.
        columns: the columns of ``responses`` and of ``subjects``.
        stated: the columns of which an assessment has at least one.
        survey: which rows count.
    """
    import pyarrow.compute as compute

    ids = identifiers(table[subject])
    starts = starts_of(ids)
    at = None  # the rows in the batch, where they were sorted
    if first_unsorted(ids, starts) is not None:
        order = compute.array_sort_indices(ids)
        at = np.asarray(order, dtype=np.int64)
        table, ids = table.take(order), ids.take(order)
        starts = starts_of(ids)
    rows = _assessments(table, stated, survey)
    responses = table.select(columns["responses"])
    return BatchTables(
        responses=responses if len(rows) == len(ids) else responses.take(array_of(rows)),
        subjects=table.select(columns["subjects"]).take(array_of(starts)),
        rows=rows if at is None else at[rows],
        starts=starts if at is None else at[starts],
        problems=_different(table, columns["subjects"], subject, ids, starts, at),
    )


def paired(
    table: Any, subjects: Any, columns: Mapping[str, Sequence[str]], stated: Sequence[str],
    survey: Survey,
) -> BatchTables:  # fmt: skip
    """The same of a batch of assessments and of the table of their subjects."""
    rows = _assessments(table, stated, survey)
    responses = table.select(columns["responses"])
    return BatchTables(
        responses=responses if len(rows) == len(table) else responses.take(array_of(rows)),
        subjects=subjects.select(columns["subjects"]),
        rows=rows,
        starts=None,
        problems=(),
    )


def _assessments(table: Any, stated: Sequence[str], survey: Survey) -> Array:
    """The rows of a batch that are assessments and count."""
    found = np.zeros(len(table), dtype=bool)
    for name in stated if len(table) else ():
        found |= booleans_of(one_array(table[name].is_valid()))
    return np.flatnonzero(found & survey.counts(table))


def _different(
    table: Any, columns: Sequence[str], subject: str, ids: Any, starts: Array, at: Array | None
) -> tuple[TableProblem, ...]:
    """The faults of columns of subjects that are not the same on all rows of a subject."""
    import pyarrow.compute as compute

    found = []
    first = np.zeros(len(ids), dtype=bool)
    first[starts] = True
    for name in columns if len(ids) > 1 else ():
        if name == subject:
            continue
        column = decoded(one_array(table[name]))
        above, below = column.slice(0, len(column) - 1), column.slice(1)
        unequal = compute.not_equal(above, below)
        one_empty = compute.not_equal(compute.is_null(above), compute.is_null(below))
        unlike = booleans_of(unequal) & ~nulls_of(unequal)
        wrong = (unlike | booleans_of(one_empty)) & ~first[1:]
        rows = np.flatnonzero(wrong) + 1
        if len(rows):
            who = shown_values(each.as_py() for each in ids.take(rows[:100]))
            found.append(
                TableProblem(
                    kind="duplicate_subject",
                    table="",
                    column=name,
                    rows=np.sort((rows if at is None else at[rows]) + 1),
                    what=f"differs between the rows of a subject: {who} "
                    "(write the same on every row of a subject)",
                    severity="reject",
                )
            )
    return tuple(found)
