"""Long tables of results, kept as one table of pyarrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.trial.reading.arrow import array_of, strings_of

Array = npt.NDArray[Any]


class LongTable:
    """A table of results, one row a record.

    Columns of words are dictionary-encoded: categories in pandas, categoricals in polars.
    """

    def __init__(self, name: str, table: Any) -> None:
        self.name, self._table = name, table

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._table.column_names)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self)} rows, {len(self.columns)} columns>"

    def to_arrow(self) -> Any:
        """The table as a ``pyarrow.Table``."""
        return self._table

    def to_pandas(self) -> Any:
        """The table as a ``pandas.DataFrame``; dates are ``datetime64``.

        Raises:
            ImportError: pandas is not installed.
        """
        return self._table.to_pandas(date_as_object=False)

    def to_polars(self) -> Any:
        """The table as a ``polars.DataFrame``.

        Raises:
            ImportError: polars is not installed.
        """
        import polars

        return polars.from_arrow(self._table)

    def to_parquet(self, path: Path | str) -> None:
        """Write the table as a Parquet file; a file of that name stays whole until the end."""
        import pyarrow.parquet

        target = Path(path)
        part = target.with_name(target.name + ".part")
        try:
            pyarrow.parquet.write_table(self._table, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def _repr_html_(self) -> str:
        shown = self._table.slice(0, 20).to_pandas(date_as_object=True)
        return f"<p>{self.name}: {len(self)} rows</p>{shown.to_html(index=False, na_rep='')}"


def words(codes: Array, each: Sequence[str]) -> Any:
    """A column of words from their places; -1 and the empty word are null."""
    import pyarrow

    order = {word: place for place, word in enumerate(dict.fromkeys(filter(None, each)))}
    kind = np.int8 if len(order) < 128 else np.int32
    table: Array = np.array([*(order.get(word, -1) for word in each), -1], dtype=kind)
    places = np.take(table, codes)
    return pyarrow.DictionaryArray.from_arrays(
        array_of(places, np.asarray(places < 0)), strings_of(list(order))
    )


def dates(days: Array, known: Array) -> Any:
    """A column of dates from days since 1970-01-01."""
    import pyarrow

    return array_of(days.astype(np.int32), ~known).cast(pyarrow.date32())


def whole(numbers: Array, known: Array) -> Any:
    """A column of whole numbers."""
    return array_of(numbers.astype(np.int32), ~known)


def numbers(values: Array) -> Any:
    """A column of numbers, null where NaN."""
    return array_of(values, np.isnan(values))


def subjects(places: Array, ids: Any) -> Any:
    """A column of identifiers from the places of subjects."""
    import pyarrow

    return pyarrow.DictionaryArray.from_arrays(array_of(places.astype(np.int32)), ids)


def table(columns: Mapping[str, Any]) -> Any:
    """A table of pyarrow."""
    import pyarrow

    return pyarrow.table(dict(columns))
