"""Data frames as tables of texts: pandas, polars, pyarrow and others that narwhals reads."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from renderers.tables.columns import Problems
from renderers.tables.csv_table import Table
from timeline.core.problem import Problem, Where

NAME = "data frame"
_MISSING = ("NAType", "NaTType")  # of pandas


def read_frame(frame: Any, name: str = NAME) -> tuple[Table | None, Problems]:
    """The table of a data frame, or why there is none.

    A place counts rows as a file of the frame would have them: the headings are line 1.

    Args:
        frame: a data frame of pandas, polars, pyarrow or another library that narwhals reads.
        name: how messages name it.

    Returns:
        The table with the texts of its cells, a missing value as an empty one; or the fault.

    Raises:
        TypeError: it is no data frame.
    """
    whole = frame_columns(frame)
    if whole is None:
        kind = type(frame).__name__
        raise TypeError(f"not a table: {kind} (give the path of a file, or a data frame)")
    headings = tuple(" ".join(str(heading).split()) for heading in whole.columns)
    if not headings:
        return None, (Problem(Where(name), "holds no column (name the columns)"),)
    rows = tuple(
        (line, texts)
        for line, row in enumerate(whole.iter_rows(), start=2)
        if any(texts := tuple(map(cell_of, row)))
    )
    return Table(file=name, line=1, headings=headings, rows=rows), ()


def frame_columns(frame: Any) -> Any:
    """A data frame as narwhals has it, a lazy one collected; None where it is no data frame."""
    import narwhals as nw

    try:
        read = nw.from_native(_with_index(frame))
    except TypeError:
        return None
    return read.collect() if isinstance(read, nw.LazyFrame) else read


def _with_index(frame: Any) -> Any:
    """A frame of pandas with the named parts of its index as columns, as its reader sees them."""
    names = [each for each in getattr(getattr(frame, "index", None), "names", ()) if each]
    missing = [each for each in names if each not in frame.columns]
    return frame.reset_index(level=missing) if missing else frame


def cell_of(value: Any) -> str:
    """The text of a value: ``yes`` and ``no``, numbers with a point, days as 2021-03-01.

    >>> cell_of(True), cell_of(5.0), cell_of(None), cell_of(date(2021, 3, 1)), cell_of(float("nan"))
    ('yes', '5', '', '2021-03-01', '')
    """
    if value is None or type(value).__name__ in _MISSING or value != value:  # NaN equals nothing
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        day = value.time() == time() and not value.tzinfo
        return value.date().isoformat() if day else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
