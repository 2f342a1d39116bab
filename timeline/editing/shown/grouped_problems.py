"""The problems of a pasted or uploaded table in few sentences: those of one kind together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from timeline.core.problem import Problem
from timeline.core.text.counts import plural
from timeline.editing.advice import shortened
from timeline.editing.event_rows import KIND

_VALUE = re.compile(r"'[^']*'|[0-9]+")
_MOST = 12  # numbers of rows that are listed, a run of rows as one


def grouped(problems: Iterable[Problem], table: str = "") -> tuple[str, ...]:
    """The problems of a table as sentences without a full stop, in the order of the first of each.

    Args:
        problems: those of a paste, or of a change of cells.
        table: what the table is called; left out, ``the pasted table``.

    Returns:
        One sentence for all problems that say the same, and one for all of a column that differ
        only in the value and in the numbers to write for it: it has the first of them, and how
        many more there are. The words of the column of events have a sentence each, for each has an
        advice of its own.
    """
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for each in problems:
        groups.setdefault(_kind(each), []).append(each)
    return tuple(_sentence(each, table) for each in groups.values())


def _kind(problem: Problem) -> tuple[str, str, str]:
    """The place without the number of its row, the column, and what is wrong without the value."""
    place, key = getattr(problem, "place", ""), getattr(problem, "key", "")
    if not place:  # a cell of the grid itself
        return (str(problem.where), key, problem.what)
    what = problem.what if key in ("", KIND) else _VALUE.sub("", problem.what)
    return (re.sub("[0-9]+", "", place), key, what)


def _sentence(problems: Sequence[Problem], table: str) -> str:
    first = problems[0]
    place, key = getattr(first, "place", ""), getattr(first, "key", "")
    key = "" if first.what.startswith(f"{key}:") else key  # which the problem itself names
    rows = sorted({each.where.line for each in problems})
    head = place
    if place and len(rows) > 1:
        head = f"{plural(len(rows), 'row')} of {place.partition(' of ')[2]} ({row_numbers(rows)})"
    elif not place and (row := getattr(first, "row", -1)) >= 0:
        head = f"row {row + 1}"
    if table and head:
        head = head.replace("the pasted table", table)
    head = ", ".join(filter(None, [head or table, key]))
    others = len(problems) - sum(1 for each in problems if each.what == first.what)
    more = f"; {others} more like it" if others else ""
    told = f"{head}: {shortened(first.what)}{more}" if head else f"{shortened(first.what)}{more}"
    return f"{told[:1].upper()}{told[1:]}"


def row_numbers(rows: Sequence[int]) -> str:
    """Numbers in their order, a run of three or more by its ends; of very many the first.

    >>> row_numbers([1, 2, 3, 5, 8, 9])
    '1 to 3, 5, 8, 9'
    """
    parts: list[str] = []
    told = 0
    for _, run in itertools.groupby(enumerate(rows), lambda each: each[1] - each[0]):
        numbers = [number for _, number in run]
        if len(numbers) > 2:
            parts.append(f"{numbers[0]} to {numbers[-1]}")
        else:
            parts += map(str, numbers)
        told += len(numbers)
        if len(parts) >= _MOST:
            break
    left = len(rows) - told
    return ", ".join(parts) + (f" and {left} more" if left else "")
