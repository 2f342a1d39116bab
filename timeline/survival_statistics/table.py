"""The patients of a table of survival times: columns by name, or sequences with a value each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from renderers.survival.groups import in_order
from renderers.survival.tables.from_table import Times, TimesReading, times_of
from renderers.tables.csv_table import Table
from renderers.tables.frames import cell_of
from renderers.tables.sources import source_name
from timeline.core.frozen_class import frozen
from timeline.core.problem import InvalidFile, Problem, Where
from timeline.statistics.survival.cumulative_incidence import CENSORED, COMPETING, EVENT
from timeline.statistics.survival.product_limit import Numbers
from timeline.statistics.survival.risk_sets import merged_times
from timeline.survival_statistics.given_columns import NAME, GivenColumns, several_columns
from timeline.survival_statistics.large_tables import (
    LARGE,
    LargeTable,
    of_frame,
    of_sequences,
    read_large,
)

MOST_GROUPS = 50
_CASES = (".yaml", ".yml")
_DATASETS = (".xpt", ".json")  # transport files and Dataset-JSON; Parquet and CSV are tables
_PARQUET = (".parquet", ".pq")


@frozen(kw_only=True, eq=False)
class Patients:
    """The patients of a table.

    Attributes:
        name: of the file, or what messages call the table.
        times: of each patient, those that differ by rounding alone made equal.
        codes: of each patient ``CENSORED``, ``EVENT`` or ``COMPETING``.
        groups: the group of each; empty where there are none.
        strata: the stratum of each; empty where there are none.
        names: the groups, the first of the sorted names first.
        endpoint: what the times are of: the code of an endpoint, or the heading of the column.
        unit: of the times; empty where it is not known.
        by: the heading of the column of groups; empty where there is none.
        strata_of: the headings of the columns of strata.
        event_name: the word of the table for the event, where it has one; else empty.
        competing_name: likewise of the competing event.
        has_competing: whether a competing event is stated.
        notes: what was noticed while the table was read.
    """

    name: str
    times: Numbers
    codes: Any
    groups: tuple[str, ...]
    strata: tuple[str, ...]
    names: tuple[str, ...]
    endpoint: str
    unit: str
    by: str = ""
    strata_of: tuple[str, ...] = ()
    event_name: str = ""
    competing_name: str = ""
    has_competing: bool = False
    notes: tuple[Problem, ...] = ()

    @property
    def events(self) -> Any:
        """Whether each had the event; a competing one counts as censored."""
        return self.codes == EVENT

    def of_group(self, name: str) -> Any:
        """Which patients a group has; all for the empty name."""
        if not name:
            return np.ones(len(self.times), dtype=bool)
        return np.fromiter((group == name for group in self.groups), bool, len(self.groups))


def patients_of(
    table: Any,
    columns: Mapping[str, Any],
    strata: Any,
    reading: TimesReading,
    unit: str,
    column_map: Mapping[str, str],
) -> Patients:
    """The patients of a table.

    Args:
        table: the path of a file, a data frame, or None where every column is a sequence.
        columns: the fields time, event, group and start, each as the name of a column, as a
            sequence with a value for each patient, or None.
        strata: names of columns, a sequence with a value for each patient, or several.
        reading: how the table is read, but for its strata.
        unit: of the times; empty for that of the table, which may have none.
        column_map: the table's own names of other fields.

    Raises:
        InvalidFile: the table has faults; all are listed.
        ValueError: a column is given twice, or nothing is.
        TypeError: it is no table.
    """
    if isinstance(table, str | Path) and Path(table).suffix.lower() in _CASES:
        what = "a case file, and survival statistics are of a table with one row a patient"
        advice = f"timeline draw {table} --figure survival draws cases"
        raise InvalidFile([Problem(Where(str(table)), f"{what} ({advice})")])
    table = _of_dataset(table)
    name = table.file if isinstance(table, Table) else NAME if table is None else source_name(table)
    given = {**column_map, **{field: each for field, each in columns.items() if each is not None}}
    several = several_columns(strata, alone=table is None)
    gathered = None
    if all(isinstance(each, str) for each in (*given.values(), *several)):
        names, strata_names = given, tuple(several)
        if table is None:
            raise ValueError("no table (give a data frame, a path, or each column as a sequence)")
        large = _large(table)
    else:
        gathered = GivenColumns.of(table, given, several)
        names, strata_names = gathered.names, gathered.strata
        large = of_sequences(NAME, gathered.headings, gathered.values)
    reading = attrs.evolve(reading, strata=strata_names)
    quick = read_large(large, names, unit, reading) if large is not None else None
    if quick is not None:
        whole = attrs.evolve(quick.found, groups=quick.groups, strata=quick.strata,
                             notes=quick.notes)  # fmt: skip
        return _patients(name, whole, strata_names, quick.times, quick.events, quick.competing)
    source = table if gathered is None else gathered.table()
    found, problems = times_of(source, names, unit, reading)
    if found is None:
        raise InvalidFile(problems)
    times = np.array([float(time) for time in found.times])
    events, competing = np.array(found.events, dtype=bool), np.array(found.competing, dtype=bool)
    return _patients(name, found, strata_names, times, events, competing)


def _large(table: Any) -> LargeTable | None:
    """A data frame, or a Parquet file, as columns where it has many rows; else None."""
    if isinstance(table, Table):
        return None
    if not isinstance(table, str | Path):
        return of_frame(table)
    if Path(table).suffix.lower() not in _PARQUET:
        return None
    try:
        from pyarrow import parquet

        many = parquet.read_metadata(table).num_rows >= LARGE
        return of_frame(parquet.read_table(table), str(table)) if many else None
    except Exception:  # whatever is wrong with it is named where it is read row by row
        return None


def _of_dataset(table: Any) -> Any:
    """A dataset of CDISC, or the file of one, as a table; anything else as it is.

    Raises:
        InvalidFile: the file cannot be read.
    """
    if table is None or (
        isinstance(table, str | Path) and Path(table).suffix.lower() not in _DATASETS
    ):
        return table
    from timeline.cdisc import Dataset, read_dataset

    dataset = read_dataset(table) if isinstance(table, str | Path) else table
    if not isinstance(dataset, Dataset):
        return table
    rows = tuple((number, tuple(map(cell_of, record.values())))
                 for number, record in enumerate(dataset.rows(), start=1))  # fmt: skip
    name = dataset.file or dataset.name.lower()
    return Table(file=name, line=1, headings=dataset.names, rows=rows)


def _patients(
    name: str,
    found: Times,
    strata_names: tuple[str, ...],
    times: Numbers,
    events: Any,
    competing: Any,
) -> Patients:
    names = in_order(found.groups)
    if len(names) > MOST_GROUPS:
        what = f"{len(names)} groups in {found.headings['group']!r}, at most {MOST_GROUPS}"
        raise InvalidFile([Problem(Where(name), f"{what} (name a column with few values)")])
    codes = np.where(events, EVENT, CENSORED)
    if len(competing):
        codes = np.where(competing, COMPETING, codes)
    called = found.called
    return Patients(
        name=Path(name).name,
        times=merged_times(times),
        codes=codes,
        groups=found.groups,
        strata=found.strata,
        names=names,
        endpoint=found.endpoint or found.headings["time"],
        unit=found.unit,
        by=found.headings.get("group", "") if found.groups else "",
        strata_of=strata_names,
        event_name=called.event if called else "",
        competing_name=called.competing if called else "",
        has_competing=called is not None,
        notes=found.notes,
    )
