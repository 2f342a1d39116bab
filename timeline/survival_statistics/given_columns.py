"""Columns of patients that are given one by one: names of columns, sequences, Series, arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from renderers.tables.csv_table import Table
from renderers.tables.frames import cell_of
from timeline.core.problem import near

NAME = "columns"  # what messages call patients that are given as sequences


def several_columns(strata: Any, *, alone: bool) -> list[Any]:
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


@attrs.frozen(kw_only=True)
class GivenColumns:
    """Columns that are given one by one, some of them as sequences.

    Attributes:
        headings: of each column its name.
        values: of each column its values.
        names: of each field, but for the strata, its heading.
        strata: the headings of the strata.
    """

    headings: tuple[str, ...]
    values: tuple[Any, ...]
    names: dict[str, str]
    strata: tuple[str, ...]

    @classmethod
    def of(cls, table: Any, given: Mapping[str, Any], strata: Sequence[Any]) -> GivenColumns:
        """The columns of some fields.

        Raises:
            ValueError: the sequences have different lengths.
        """
        wanted = [*given.items(), *(("strata", each) for each in strata)]
        headings: list[str] = []
        values: list[Any] = []
        for field, value in wanted:
            own = value if isinstance(value, str) else str(getattr(value, "name", None) or field)
            number = sum(other.partition(" (")[0] == own for other in headings)
            headings.append(f"{own} ({number + 1})" if number else own)
            values.append(_column(table, value) if isinstance(value, str) else value)
        lists = [_values(each, field) for each, (field, _) in zip(values, wanted, strict=True)]
        sizes = {name: len(column) for name, column in zip(headings, lists, strict=True)}
        if len(set(sizes.values())) > 1:
            listed = ", ".join(f"{name} {size}" for name, size in sizes.items())
            raise ValueError(f"columns of different lengths: {listed} (one value for each patient)")
        fields = [field for field, _ in wanted]
        return cls(
            headings=tuple(headings),
            values=tuple(lists),
            names={f: h for f, h in zip(fields, headings, strict=True) if f != "strata"},
            strata=tuple(h for f, h in zip(fields, headings, strict=True) if f == "strata"),
        )

    def table(self) -> Table:
        """The columns as a table, a row a patient."""
        each = enumerate(zip(*self.values, strict=True), start=2)
        rows = tuple((line, tuple(map(cell_of, row))) for line, row in each)
        return Table(file=NAME, line=1, headings=self.headings, rows=rows)


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
