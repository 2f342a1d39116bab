"""The patients of a table of survival times: columns by name, or sequences with a value each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from timeline.core.problem import InvalidFile, Problem, Where, near
from timeline.statistics.survival.cumulative_incidence import CENSORED, COMPETING, EVENT
from timeline.statistics.survival.product_limit import Numbers
from timeline.statistics.survival.risk_sets import merged_times

MOST_GROUPS = 50
_CASES = (".yaml", ".yml")
_DATASETS = (".xpt", ".json")  # transport files and Dataset-JSON; Parquet and CSV are tables
_NAME = "columns"  # what messages call patients that are given as sequences


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
    name = (
        table.file if isinstance(table, Table) else _NAME if table is None else source_name(table)
    )
    given = {**column_map, **{field: each for field, each in columns.items() if each is not None}}
    several = _several(strata, alone=table is None)
    if all(isinstance(each, str) for each in (*given.values(), *several)):
        names, strata_names = given, tuple(several)
        if table is None:
            raise ValueError("no table (give a data frame, a path, or each column as a sequence)")
    else:
        table, names, strata_names = _gathered(table, given, several)
    reading = attrs.evolve(reading, strata=strata_names)
    found, problems = times_of(table, names, unit, reading)
    if found is None:
        raise InvalidFile(problems)
    return _patients(name, found, strata_names)


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


def _patients(name: str, found: Times, strata_names: tuple[str, ...]) -> Patients:
    names = in_order(found.groups)
    if len(names) > MOST_GROUPS:
        what = f"{len(names)} groups in {found.headings['group']!r}, at most {MOST_GROUPS}"
        raise InvalidFile([Problem(Where(name), f"{what} (name a column with few values)")])
    events, competing = np.array(found.events, dtype=bool), np.array(found.competing, dtype=bool)
    codes = np.where(events, EVENT, CENSORED)
    if len(competing):
        codes = np.where(competing, COMPETING, codes)
    called = found.called
    return Patients(
        name=Path(name).name,
        times=merged_times(np.array([float(time) for time in found.times])),
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


def _several(strata: Any, *, alone: bool) -> list[Any]:
    """The columns of strata, each a name or a sequence. ``alone``: whether there is no table."""
    if strata is None:
        return []
    if isinstance(strata, str):
        return [strata]
    if isinstance(strata, list | tuple):
        words = all(isinstance(each, str) for each in strata)
        nested = strata and not any(isinstance(each, str | int | float) for each in strata)
        return list(strata) if (words and not alone) or nested else [strata]
    return [strata]


def _gathered(
    table: Any, given: Mapping[str, Any], strata: Sequence[Any]
) -> tuple[Table, dict[str, str], tuple[str, ...]]:
    """A table of the columns that are given, some of them as sequences.

    Raises:
        ValueError: the sequences have different lengths.
    """
    wanted = [*given.items(), *(("strata", each) for each in strata)]
    headings: list[str] = []
    cells: list[list[Any]] = []
    for field, value in wanted:
        heading = value if isinstance(value, str) else str(getattr(value, "name", None) or field)
        number = sum(other.partition(" (")[0] == heading for other in headings)
        headings.append(f"{heading} ({number + 1})" if number else heading)
        cells.append(_column(table, value) if isinstance(value, str) else _values(value, field))
    sizes = {name: len(column) for name, column in zip(headings, cells, strict=True)}
    if len(set(sizes.values())) > 1:
        listed = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise ValueError(f"columns of different lengths: {listed} (one value for each patient)")
    rows = tuple((line, tuple(map(cell_of, row)))
                 for line, row in enumerate(zip(*cells, strict=True), start=2))  # fmt: skip
    made = Table(file=_NAME, line=1, headings=tuple(headings), rows=rows)
    fields = [field for field, _ in wanted]
    names = {f: h for f, h in zip(fields, headings, strict=True) if f != "strata"}
    return made, names, tuple(h for f, h in zip(fields, headings, strict=True) if f == "strata")


def _values(value: Any, field: str) -> list[Any]:
    """The values of a sequence, a Series or an array.

    Raises:
        TypeError: it is none.
    """
    if getattr(getattr(value, "dtype", None), "kind", "") == "M":  # of numpy: else counts of ns
        value = np.asarray(value).astype("datetime64[us]")
    for method in ("to_pylist", "tolist", "to_list"):
        if hasattr(value, method):
            found = getattr(value, method)()
            return found if isinstance(found, list) else [found]
    if not isinstance(value, Sequence):
        kind = type(value).__name__
        raise TypeError(f"{field}: neither the name of a column nor a sequence: {kind}")
    return list(value)


def _column(table: Any, name: str) -> list[Any]:
    """A column of a data frame by its name.

    Raises:
        ValueError: there is no frame, or no such column.
    """
    import narwhals as nw

    if table is None or isinstance(table, str | Path):
        raise ValueError(f"{name!r} is the name of a column, others are sequences (give a data "
                         "frame with names, or sequences alone)")  # fmt: skip
    frame = nw.from_native(table)
    whole = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    if name not in whole.columns:
        raise ValueError(f"no column {name!r} ({near(name, map(str, whole.columns))})")
    return list(whole[name].to_list())
