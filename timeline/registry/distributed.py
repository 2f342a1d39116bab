"""What Dask and Spark have in common: partitions of whole subjects, faults, and plain records.

A distributed table has no order and its rows no numbers. So the table needs a number of each row
within its subject (RSSEQ), and a fault names its subjects in place of rows. The faults of the whole
table are gathered before a record is derived: a task that fails far away would tell only its own.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from timeline.registry.batches import BatchDerivation, RegistryOptions
from timeline.registry.cutting import identifiers
from timeline.registry.files import InvalidRegistry
from timeline.registry.groups import NAMED
from timeline.registry.records import plain_schema
from timeline.trial.problems import TableProblem, TrialWarning, shown_values
from timeline.trial.reading.columns import ROLES

FAULT_COLUMNS = ("KIND", "COLUMN", "SEVERITY", "SUBJECT", "WHAT")


def derivation_of(schema: Any, options: RegistryOptions) -> BatchDerivation:
    """The derivation of the partitions of a table, which is sent to other processes.

    ValueError where the table has no number of rows.
    """
    derivation = BatchDerivation(schema, options)
    if derivation.column("sequence") is None:
        role = ROLES["sequence"]
        raise ValueError(
            f"no column {role.standard[0]}, {role.description}: the rows of a distributed table "
            "have no order (number the rows of each subject, or name the column: "
            "columns={'sequence': NAME})"
        )
    return derivation


def records(derivation: BatchDerivation, tables: Iterable[Any]) -> Iterator[Any]:
    """The records of tables of whole subjects, as tables without dictionaries.

    The faults of all tables are to be looked for first (`faults`).
    """
    import pyarrow

    for table in tables:
        found = derivation.part(table)
        if found.batch is None:
            raise InvalidRegistry(found.problems)
        made = pyarrow.Table.from_batches([found.batch])
        yield made.cast(plain_schema(made.schema))


def faults(derivation: BatchDerivation, tables: Iterable[Any]) -> Iterator[Any]:
    """The faults of tables of whole subjects: a table with a row a fault and subject."""
    import pyarrow

    for table in tables:
        rows = []
        for each in derivation.faults(table):
            at = pyarrow.array(each.rows[:NAMED] - 1)
            who = identifiers(table[derivation.subject]).take(at).cast(pyarrow.string())
            about = each.kind, each.column, each.severity
            rows += [(*about, subject, each.what) for subject in dict.fromkeys(who.to_pylist())]
            rows += [(*about, "", each.what)] * (not len(who))
        columns = zip(*rows, strict=True) if rows else [[]] * len(FAULT_COLUMNS)
        yield pyarrow.table(
            [pyarrow.array(column, pyarrow.string()) for column in columns], schema=fault_schema()
        )


def fault_schema() -> Any:
    """The schema of a table of faults."""
    import pyarrow

    return pyarrow.schema([(name, pyarrow.string()) for name in FAULT_COLUMNS])


def check_faults(rows: Iterable[Mapping[str, str]]) -> None:
    """Raise what is rejected, and warn of the rest.

    Args:
        rows: the rows of the tables of faults of all partitions, in any order.

    Raises:
        InvalidRegistry: there are faults that are to be rejected; all of them are named.
    """
    groups: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for row in rows:
        key = (row["KIND"], row["COLUMN"], row["SEVERITY"])
        groups.setdefault(key, []).append((row["SUBJECT"], row["WHAT"]))
    found = [_problem(*key, sorted(set(alike))) for key, alike in sorted(groups.items())]
    rejected = [each for each in found if each.severity == "reject"]
    if rejected:
        raise InvalidRegistry(rejected)
    warned = [each for each in found if each.severity == "warn"]
    if warned:
        warnings.warn("\n".join(map(str, warned)), TrialWarning, stacklevel=4)


def _problem(kind: str, column: str, severity: str, alike: list[tuple[str, str]]) -> TableProblem:
    """One fault of some subjects, with the words of the first of them."""
    subjects = [subject for subject, _ in alike if subject]
    word = "subject" if len(subjects) == 1 else "subjects"
    table = f"registry, {word} {shown_values(subjects)}" if subjects else "registry"
    more = "; the same elsewhere" if len({what for _, what in alike}) > 1 else ""
    what = alike[0][1] + more
    return TableProblem(kind=kind, table=table, column=column, what=what, severity=severity)
