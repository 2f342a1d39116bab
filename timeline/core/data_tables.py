"""The tables of ``timeline/data``: CSV files that a pharmacist or a clinician can read and edit.

The first line names the columns. Several values of one cell are separated by semicolons. The
column ``source`` states where the row was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from timeline.core.frozen_class import frozen

T = TypeVar("T")
SEPARATOR = ";"


@frozen
class DataRow:
    """One row of a table: its cells by column, and its place as ``file:line``."""

    place: str
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """A cell without the blanks around it; empty where nothing is written."""
        return (self.cells.get(column) or "").strip()

    def texts(self, column: str) -> tuple[str, ...]:
        """The values of a cell, separated by semicolons."""
        parts = (part.strip() for part in self.text(column).split(SEPARATOR))
        return tuple(part for part in parts if part)

    def required(self, column: str, read: Callable[[str], T]) -> T:
        """A cell as ``read`` reads it.

        Raises: ValueError with the file, the line, the column and the value seen, also where
        the cell is empty.
        """
        text = self.text(column)
        try:
            return read(text)
        except (ValueError, ZeroDivisionError) as fault:
            raise ValueError(f"{self.place}: {column}: {text!r} is not valid ({fault})") from None

    def optional(self, column: str, read: Callable[[str], T]) -> T | None:
        """The same; None where the cell is empty."""
        return self.required(column, read) if self.text(column) else None


def data_rows(name: str) -> Iterator[DataRow]:
    """The rows of ``timeline/data/NAME.csv``, in their order.

    Raises: ValueError where a row has more or fewer cells than there are columns; OSError where
    there is no such table.
    """
    import csv
    from pkgutil import get_data  # importlib.resources imports tempfile and zipfile

    found = get_data("timeline", f"data/{name}.csv")
    if found is None:
        raise FileNotFoundError(f"the files of timeline cannot be read: data/{name}.csv")
    reader = csv.reader(found.decode("utf-8").splitlines(), strict=True)
    columns = next(reader)
    for cells in reader:
        place = f"{name}.csv:{reader.line_num}"
        if len(cells) != len(columns):
            raise ValueError(f"{place}: {len(cells)} cells (write {len(columns)}, as the header)")
        yield DataRow(place, dict(zip(columns, cells, strict=True)))
