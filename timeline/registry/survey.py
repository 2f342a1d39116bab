"""Which rows of a registry are overall responses of the evaluator that counts.

That is a question to the whole registry: a batch in which only one reader appears does not tell
that another has several. So the few different values of these columns are gathered first, and the
answer holds for every batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.problem import near
from timeline.trial.problems import Problems, TableProblem, shown_values
from timeline.trial.reading.arrow import numpy_of
from timeline.trial.rows_that_count import OVERALL_TESTS

Array = npt.NDArray[Any]
ROLES = ("test", "evaluator", "reader", "accepted")
FLAGS = ("Y", "N", "")


@attrs.frozen(kw_only=True)
class Survey:
    """What the columns of `ROLES` hold in the whole registry.

    Attributes:
        columns: the name of each column by role, of those that the registry has.
        evaluator: the evaluator whose rows count; None: every row counts.
        overall_only: whether only rows of overall responses count.
        accepted_only: whether only rows of the accepted reader count.
        problems: the faults of these columns.
    """

    columns: Mapping[str, str]
    evaluator: str | None
    overall_only: bool
    accepted_only: bool
    problems: tuple[TableProblem, ...] = ()

    def counts(self, table: Any) -> Array:
        """Which rows of a batch count."""
        found = np.ones(len(table), dtype=bool)
        if self.overall_only:
            found &= _holds(table, self.columns["test"], OVERALL_TESTS)
        if self.evaluator is not None:
            found &= _holds(table, self.columns["evaluator"], [self.evaluator])
        if self.accepted_only:
            found &= _holds(table, self.columns["accepted"], ["Y"])
        return found


def different(tables: Iterable[Any], columns: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The different rows of some columns, as text in the order of ``columns``; sorted."""
    import pyarrow

    names = list(columns.values())
    found: set[tuple[str, ...]] = set()
    for each in tables:
        table = each if isinstance(each, pyarrow.Table) else pyarrow.Table.from_batches([each])
        if len(table) and names:
            plain = pyarrow.table({name: _plain(table[name]) for name in names})
            rows = plain.group_by(names, use_threads=False).aggregate([])
            found |= {tuple((row[name] or "").strip() for name in names)
                      for row in rows.to_pylist()}  # fmt: skip
    return sorted(found)


def survey(
    rows: Sequence[tuple[str, ...]],
    columns: Mapping[str, str],
    evaluator: str | None,
    severity: Mapping[str, str],
) -> Survey:
    """What the different rows of a registry say; every fault is kept."""
    problems = Problems(severity)
    at = {role: place for place, role in enumerate(columns)}

    def words(role: str, of: Sequence[tuple[str, ...]] = rows) -> list[str]:
        return list(dict.fromkeys(row[at[role]] for row in of)) if role in at else []

    tests, roles = words("test"), words("evaluator")
    if any(tests) and not set(tests) & set(OVERALL_TESTS):
        problems.add(
            "missing_column", "",
            f"no overall response among {shown_values(filter(None, tests))} "
            f"(write {OVERALL_TESTS[0]} in {columns['test']})", column=columns["test"],
        )  # fmt: skip
    kept = rows
    if evaluator is not None and rows:
        named = list(filter(None, roles))
        if evaluator not in named:
            known = near(evaluator, named) if named else "the table names none"
            what = f"no rows of the evaluator {evaluator!r} ({known})"
            problems.add("mixed_evaluators", "", what, column=columns.get("evaluator", ""))
        else:
            kept = [row for row in rows if row[at["evaluator"]] == evaluator]
    elif len(roles) > 1:
        each = shown_values(word or "none named" for word in roles)
        one = next(filter(None, roles))
        problems.add("mixed_evaluators", "", f"several evaluators: {each} (write the one that "
                     f"counts: evaluator {one!r})", column=columns["evaluator"])  # fmt: skip
    readers = words("reader", kept)
    several = len(readers) > 1
    if several and "accepted" not in at:
        problems.add("mixed_evaluators", "", f"several readers: "
                     f"{shown_values(filter(None, readers))}, and no column RSACPTFL (write Y "
                     "there for the accepted one, or leave one reader)",
                     column=columns["reader"])  # fmt: skip
    if several:
        unknown = [word for word in words("accepted") if word not in FLAGS]
        if unknown:
            problems.add("unknown_flag", "", f"neither Y, N nor empty: {shown_values(unknown)} "
                         "(write Y or N)", column=columns["accepted"])  # fmt: skip
    return Survey(
        columns=columns,
        evaluator=evaluator,
        overall_only=any(tests),
        accepted_only=several and "accepted" in at,
        problems=tuple(problems.found),
    )


def _plain(column: Any) -> Any:
    import pyarrow

    decoded = pyarrow.dictionary if pyarrow.types.is_dictionary(column.type) else None
    kind = column.type.value_type if decoded else column.type
    return column.cast(kind).cast(pyarrow.string())


def _holds(table: Any, name: str, words: Collection[str]) -> Array:
    """Which cells of a column hold one of some words, without the blanks around them."""
    import pyarrow

    column = table[name].unify_dictionaries().combine_chunks()
    if isinstance(column, pyarrow.ChunkedArray):  # of no chunk
        return np.zeros(0, dtype=bool)
    if not pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    each = [(word or "").strip() in words for word in _plain(column.dictionary).to_pylist()]
    return np.array([*each, False])[numpy_of(column.indices, -1)]
