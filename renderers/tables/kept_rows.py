"""The rows of tables that the option ``only`` keeps: those with a value in a column."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.tables.columns import Problems, column_of
from renderers.tables.csv_table import Table
from timeline.core.problem import Problem, Where, near
from timeline.core.text.spelling import folded

Kept = tuple[tuple[str, str], ...]  # columns, each with the value of the rows that are kept


def column_and_value(text: str) -> tuple[str, str]:
    """A column and a value, from ``TREVAL: INVESTIGATOR``.

    Raises:
        ValueError: it is no such pair.
    """
    column, colon, value = (part.strip() for part in text.partition(":"))
    if not (colon and column and value):
        raise ValueError(f"not a column and a value: {text!r} (write TREVAL: INVESTIGATOR)")
    return column, value


def kept_rows(tables: Sequence[Table], only: Kept) -> tuple[tuple[Table, ...], Problems]:
    """The tables with the rows that are kept.

    Several values of one column keep the rows of each; of several columns a row must have a value
    in every one. A table without a column keeps its rows.

    Args:
        tables: the tables.
        only: the columns and values.

    Returns:
        The tables, and a fault for each column that no table has and each value that no row has.
    """
    if not tables:
        return tuple(tables), ()
    problems: list[Problem] = []
    left = list(tables)
    for column in dict.fromkeys(name for name, _ in only):
        values = [value for name, value in only if name == column]
        having = [(n, number) for n, table in enumerate(left)
                  if (number := column_of(column, table.headings)) is not None]  # fmt: skip
        if not having:
            known = dict.fromkeys(name for table in tables for name in table.headings if name)
            what = f"--option only={column}: no such column ({near(column, known)})"
            problems.append(Problem(tables[0].where, what))
            continue
        texts = dict.fromkeys(_cell(row, number) for n, number in having for _, row in left[n].rows)
        for value in values:
            if folded(value) not in map(folded, texts):
                first, number = having[0]
                where = Where(left[first].file, left[first].line, number + 1)
                what = f"no row with {column} {value!r} ({near(value, texts)})"
                problems.append(Problem(where, what))
        wanted = set(map(folded, values))
        for n, number in having:
            rows = tuple(row for row in left[n].rows if folded(_cell(row[1], number)) in wanted)
            left[n] = attrs.evolve(left[n], rows=rows)
    return tuple(left), tuple(problems)


def _cell(row: Sequence[str], number: int) -> str:
    return row[number].strip() if number < len(row) else ""
