"""A fault of the tables of a swimmer plot, and the rows that are left out because of it."""

from __future__ import annotations

import attrs

from renderers.swimmer.tables.rows import StateInterval, TableEvent
from timeline.core.problem import Problem


@attrs.frozen
class TableFault:
    """A fault, and the rows that are left out because of it."""

    problem: Problem
    out: tuple[StateInterval | TableEvent, ...] = ()


def fault_of(
    row: StateInterval | TableEvent, description: str, *out: StateInterval | TableEvent
) -> TableFault:
    """A fault of a row, with its patient, and the rows that are left out because of it."""
    return TableFault(Problem(row.where, f"{row.id}: {description}"), out)
