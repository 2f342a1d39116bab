"""What is wrong with the tables of a trial: each fault as a value.

A kind is rejected, warned of or taken. A rejected one ends the derivation, with all faults of all
tables in one error. The others are handled as their row states; each is a value in
``TrialResult.problems``, and those that are warned of are printed as a warning too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.problem import near
from timeline.trial.problem_kinds import KINDS

Array = npt.NDArray[Any]
SEVERITIES = ("reject", "warn", "take")
SHOWN_VALUES = 3  # values that a message has
SHOWN_ROWS = 5  # rows that a message has


@attrs.frozen(kw_only=True)
class TableProblem:
    """One fault in a table: its kind, table, column and rows, and its severity.

    Attributes:
        kind: the row of `KINDS`.
        table: ``responses``, ``subjects`` or ``lesions``, with its file where it is one.
        column: the name of the column, empty where the whole row is meant.
        rows: the rows, counted from 1 without the headings; empty where all are meant.
        what: the fault, and in brackets what to write instead.
        severity: ``reject``, ``warn`` or ``take``.
    """

    kind: str
    table: str
    column: str = ""
    rows: Array = attrs.field(factory=lambda: np.zeros(0, dtype=np.int64), eq=False, repr=False)
    what: str
    severity: str

    @property
    def where(self) -> str:
        """``responses, row 12, column RSDTC``."""
        parts = [self.table]
        if len(self.rows):
            shown = ", ".join(str(row) for row in self.rows[:SHOWN_ROWS])
            more = len(self.rows) - SHOWN_ROWS
            word = "row" if len(self.rows) == 1 else "rows"
            parts.append(f"{word} {shown}" + (f" and {more} more" if more > 0 else ""))
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        handled = KINDS[self.kind].handling
        taken = f"; {handled}" if self.severity != "reject" and handled else ""
        return f"{self.where}: {self.what}{taken}"


class InvalidTables(ValueError):
    """Tables that cannot be used.

    Attributes:
        problems: everything that is wrong with them, all tables together.
    """

    def __init__(self, problems: Iterable[TableProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class TrialWarning(UserWarning):
    """Faults in the tables of a trial that were let pass."""


def severities(changes: Mapping[str, str] | None) -> dict[str, str]:
    """The severity of every kind, with some changed.

    Raises:
        ValueError: A kind or a severity is unknown, or the kind cannot be let pass.
    """
    found = {row.name: row.severity for row in KINDS.values()}
    for name, severity in (changes or {}).items():
        if name not in KINDS:
            raise ValueError(f"severity of an unknown kind {name!r} ({near(name, KINDS)})")
        if severity not in SEVERITIES:
            raise ValueError(
                f"severity of {name}: {severity!r} ({near(str(severity), SEVERITIES)})"
            )
        if severity != "reject" and not KINDS[name].handling:
            raise ValueError(f"severity of {name}: always reject ({KINDS[name].reason})")
        found[name] = severity
    return found


class Problems:
    """The faults found so far, by the severities of one derivation."""

    def __init__(self, changes: Mapping[str, str] | None = None) -> None:
        self.severity = severities(changes)
        self.found: list[TableProblem] = []

    def add(
        self,
        kind: str,
        table: str,
        what: str,
        *,
        column: str = "",
        rows: Sequence[int] | Array = (),
    ) -> None:
        """Keep one fault. ``rows`` are places counted from 0."""
        places = np.asarray(rows, dtype=np.int64) + 1
        severity = self.severity[kind]
        found = TableProblem(
            kind=kind, table=table, column=column, rows=places, what=what, severity=severity
        )
        again = (each == found and np.array_equal(each.rows, places) for each in self.found)
        if not any(again):  # a column may be read twice
            self.found.append(found)

    def add_where(
        self,
        kind: str,
        table: str,
        wrong: Array,
        what: Callable[[Array], str],
        *,
        column: str = "",
        rows: Array | None = None,
    ) -> None:
        """Keep one fault where any row is wrong.

        Args:
            kind: The row of `KINDS`.
            table: The table.
            wrong: True for each row that is wrong.
            what: The fault in words, from the places of the wrong rows within ``wrong``.
            column: The column.
            rows: The rows of the table that ``wrong`` stands for; None: all of them.
        """
        places = np.flatnonzero(wrong)
        if len(places):
            at = places if rows is None else rows[places]
            self.add(kind, table, what(places), column=column, rows=np.sort(at))

    @property
    def rejected(self) -> tuple[TableProblem, ...]:
        return tuple(each for each in self.found if each.severity == "reject")

    def raise_rejected(self) -> None:
        """InvalidTables with every fault that is to be rejected, if there is any."""
        if self.rejected:
            raise InvalidTables(self.rejected)


def shown_values(values: Iterable[Any]) -> str:
    """Some values as a message shows them: each once, the first three."""
    each = list(dict.fromkeys(map(str, values)))
    more = len(each) - SHOWN_VALUES
    return ", ".join(map(repr, each[:SHOWN_VALUES])) + (f" and {more} others" if more > 0 else "")
