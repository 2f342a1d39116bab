"""What can be wrong with the tables of a trial: one row a kind, and each fault as a value.

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

from timeline.core.frozen_class import frozen
from timeline.core.problem import near

Array = npt.NDArray[Any]
SEVERITIES = ("reject", "warn", "take")
SHOWN_VALUES = 3  # values that a message has
SHOWN_ROWS = 5  # rows that a message has


@frozen(kw_only=True)
class ProblemKind:
    """One kind of fault: what it is, its default severity, and what is done where it is let pass.

    ``handling`` is empty where nothing sensible can be done, so that the kind is always rejected.
    """

    name: str
    description: str
    severity: str
    handling: str = ""
    reason: str


_KINDS = (
    ProblemKind(
        name="unreadable_table",
        description="a file or a frame that cannot be read",
        severity="reject",
        reason="nothing is known of its rows",
    ),
    ProblemKind(
        name="missing_column",
        description="a column that is needed and is not there",
        severity="reject",
        reason="another column may hold it; only the user knows which",
    ),
    ProblemKind(
        name="wrong_type",
        description="a column of another type than its values need: a number for a response, true "
        "or false for Y",
        severity="reject",
        reason="a cast would give a value that nobody wrote",
    ),
    ProblemKind(
        name="no_subject",
        description="a row that names no subject",
        severity="reject",
        handling="the row does not count",
        reason="its findings may belong to any patient",
    ),
    ProblemKind(
        name="duplicate_subject",
        description="a subject with two rows in the table of subjects",
        severity="reject",
        reason="two dates of randomisation or of death cannot both hold",
    ),
    ProblemKind(
        name="unknown_subject",
        description="a subject of another table that the table of subjects does not have",
        severity="reject",
        handling="the rows of the subject do not count",
        reason="without a row in the table of subjects there is no day to count from",
    ),
    ProblemKind(
        name="no_origin",
        description="a subject without the day that times count from",
        severity="warn",
        handling="no assessment of the subject counts, and no time is derived",
        reason="screen failures are in the table of subjects and were never randomised",
    ),
    ProblemKind(
        name="unreadable_date",
        description="a date that is none",
        severity="reject",
        handling="the value counts as missing",
        reason="a misread date shifts every time that ends at it",
    ),
    ProblemKind(
        name="partial_date",
        description="a date without its day or its month, where the settings impute none",
        severity="reject",
        handling="an assessment does not count; a death or another date counts as missing",
        reason="which day to take is for the protocol to say (scan_date_imputation, "
        "death_date_imputation)",
    ),
    ProblemKind(
        name="no_date",
        description="a response without a date",
        severity="reject",
        handling="the assessment does not count",
        reason="a progression may be among them",
    ),
    ProblemKind(
        name="unknown_response",
        description="a response that is no word of the criterion",
        severity="reject",
        handling="the assessment does not count",
        reason="a misspelt PD would be lost",
    ),
    ProblemKind(
        name="no_response",
        description="an assessment without a response",
        severity="warn",
        handling="the assessment does not count",
        reason="an assessment that was not done is often a row without a response",
    ),
    ProblemKind(
        name="before_reference",
        description="an assessment before the day that times count from",
        severity="warn",
        handling="the assessment does not count",
        reason="a baseline scan has no response after the start of treatment",
    ),
    ProblemKind(
        name="same_day",
        description="responses of one day that differ",
        severity="warn",
        handling="one counts, by setting one_per_day",
        reason="the rule is fixed by the settings, but the table may also mix readers",
    ),
    ProblemKind(
        name="mixed_evaluators",
        description="responses of several evaluators in one table, and none is chosen",
        severity="reject",
        reason="the progressions of investigator and central reader are different endpoints",
    ),
    ProblemKind(
        name="unknown_flag",
        description="a flag that is neither Y, N nor empty",
        severity="reject",
        handling="the flag counts as empty",
        reason="1, yes and TRUE have no meaning that CDISC fixes",
    ),
    ProblemKind(
        name="wrong_unit",
        description="a length without a unit, or in one that is no unit of length",
        severity="reject",
        handling="the length counts as missing",
        reason="centimetres taken for millimetres turn growth of 5 mm into none",
    ),
    ProblemKind(
        name="impossible_length",
        description="a length below 0, or longer than a body",
        severity="reject",
        handling="the length counts as missing",
        reason="the unit or the number is wrong",
    ),
    ProblemKind(
        name="no_lesion",
        description="a measurement that names no lesion",
        severity="reject",
        handling="the measurement does not count",
        reason="without a name it cannot be followed from scan to scan",
    ),
    ProblemKind(
        name="duplicate_measurement",
        description="two lengths of one lesion at one assessment by one evaluator",
        severity="reject",
        reason="the sum would count one lesion twice, or either of the two",
    ),
    ProblemKind(
        name="event_before_origin",
        description="a death or a date last known alive before the day that times count from",
        severity="reject",
        handling="it is dated at that day, as admiral does",
        reason="a time below 0 is an error of one of the two dates",
    ),
    ProblemKind(
        name="contradiction",
        description="dates of one subject that cannot all be true, such as an assessment after "
        "death",
        severity="warn",
        handling="each date is taken as it stands",
        reason="one of them is wrong, and the table does not tell which",
    ),
)
KINDS: Mapping[str, ProblemKind] = {row.name: row for row in _KINDS}


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
    found = {row.name: row.severity for row in _KINDS}
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
        self.found.append(
            TableProblem(
                kind=kind, table=table, column=column, rows=places, what=what, severity=severity
            )
        )

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
