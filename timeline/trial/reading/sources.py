"""Tables from where they are: a data frame, a dict of lists, or the path of a Parquet or CSV file.

narwhals reads the frames of pandas, polars, pyarrow and others. Inside every table is one of
pyarrow. A CSV file is read as text, so that no identifier loses a leading zero.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

ENDINGS = (".parquet", ".csv")


class UnreadableTable(ValueError):
    """A table that cannot be read; the message states why and what to give instead."""


@attrs.frozen(kw_only=True)
class SourceTable:
    """A table whose columns are read when they are asked for.

    Attributes:
        label: its name in messages: ``responses``, with the file where it is one.
        names: the names of its columns.
        rows: the number of its rows.
        column: a function that gives a column by name as an array of pyarrow; UnreadableTable
            where its values are of several types.
    """

    label: str
    names: tuple[str, ...]
    rows: int
    column: Callable[[str], Any]


def open_table(
    name: str,
    source: Any,
    wanted: Callable[[Sequence[str]], Sequence[str]],
    different: Collection[str] = (),
) -> SourceTable:
    """A table from a frame, a dict of lists, or a path.

    Args:
        name: What the table is: ``responses``.
        source: The table.
        wanted: Which of the columns of a file are to be read, from their names.
        different: Columns of a Parquet file whose values are mostly different.

    Raises:
        UnreadableTable: It is no table, or the file cannot be read.
    """
    if isinstance(source, str | Path):
        return _from_path(name, Path(source), wanted, different)
    if isinstance(source, Mapping):
        return _from_dict(name, source)
    return _from_frame(name, source)


def _from_dict(name: str, source: Mapping[Any, Any]) -> SourceTable:
    lengths = {str(key): len(values) for key, values in source.items()}
    if len(set(lengths.values())) > 1:
        each = ", ".join(f"{key} {count}" for key, count in lengths.items())
        raise UnreadableTable(f"columns of different lengths: {each} (give one value a row)")
    columns = {str(key): values for key, values in source.items()}
    rows = next(iter(lengths.values()), 0)
    return SourceTable(
        label=name,
        names=tuple(columns),
        rows=rows,
        column=lambda key: _arrow_of(columns[key]),
    )


def _arrow_of(values: Any) -> Any:
    """A list, array or Series as an array of pyarrow."""
    import pyarrow

    try:
        return pyarrow.array(values, from_pandas=True)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, pyarrow.ArrowNotImplementedError) as why:
        raise UnreadableTable(_types_text(values)) from why


def _types_text(values: Any) -> str:
    """``values of several types: 3 (int), 'CR' (str)``: the first value of each type."""
    kinds: dict[str, Any] = {}
    for value in values:
        if value is not None and value == value:
            kinds.setdefault(type(value).__name__, value)
    each = ", ".join(f"{value!r} ({kind})" for kind, value in kinds.items())
    return f"values of several types: {each} (write one type)"


def _from_frame(name: str, source: Any) -> SourceTable:
    import pyarrow

    if isinstance(source, pyarrow.Table) and len(set(source.column_names)) == source.num_columns:
        # narwhals takes longer to import than a small table to derive
        names = tuple(source.column_names)
        return SourceTable(label=name, names=names, rows=len(source), column=source.column)
    import narwhals as nw

    try:
        frame = nw.from_native(source)
    except TypeError:
        kind = type(source).__name__
        raise UnreadableTable(
            f"is no table, but {kind} (give a data frame of pandas, polars or pyarrow, a dict of "
            f"lists, or the path of a Parquet or CSV file)"
        ) from None
    table = frame.collect() if isinstance(frame, nw.LazyFrame) else frame

    def column(key: str) -> Any:
        try:
            return table[key].to_arrow()
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, pyarrow.ArrowNotImplementedError):
            raise UnreadableTable(_types_text(table[key].to_list())) from None

    names = tuple(str(each) for each in table.columns)
    return SourceTable(label=name, names=names, rows=len(table), column=column)


def _from_path(
    name: str,
    path: Path,
    wanted: Callable[[Sequence[str]], Sequence[str]],
    different: Collection[str],
) -> SourceTable:
    import pyarrow

    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UnreadableTable(f"{path}: not a Parquet or CSV file (write {' or '.join(ENDINGS)})")
    try:
        if ending == ".parquet":
            table = _read_parquet(path, wanted, different)
        else:
            table = _read_csv(path, wanted)
    except OSError as fault:
        raise UnreadableTable(f"{path}: {fault.strerror or fault}") from None
    except (pyarrow.ArrowException, UnicodeDecodeError, csv.Error) as fault:
        text = str(fault).strip().splitlines()[0]
        raise UnreadableTable(f"{path}: {text}") from None
    names, read = table
    return SourceTable(
        label=f"{name} {path.name}",
        names=tuple(names),
        rows=read.num_rows,
        column=read.column,
    )


def _read_parquet(
    path: Path, wanted: Callable[[Sequence[str]], Sequence[str]], different: Collection[str]
) -> tuple[Any, Any]:
    import pyarrow
    import pyarrow.parquet

    with path.open("rb") as opened:
        schema = pyarrow.parquet.read_schema(opened)
    names = list(wanted(schema.names))
    texts = [
        each
        for each in names
        if each not in different
        and (
            pyarrow.types.is_string(schema.field(each).type)
            or pyarrow.types.is_large_string(schema.field(each).type)
        )
    ]
    read = pyarrow.parquet.read_table(path, columns=names, read_dictionary=texts)
    return schema.names, read


def _read_csv(path: Path, wanted: Callable[[Sequence[str]], Sequence[str]]) -> tuple[Any, Any]:
    import pyarrow
    import pyarrow.csv

    with path.open(encoding="utf-8-sig", newline="") as opened:
        names = next(csv.reader(opened), [])
    if not names:
        raise UnreadableTable(f"{path}: is empty (write the headings in the first line)")
    twice = sorted({each for each in names if names.count(each) > 1})
    if twice:
        raise UnreadableTable(f"{path}: two columns are named {twice[0]} (rename one)")
    text = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    options = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, text),
        include_columns=list(wanted(names)),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
    )
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return names, pyarrow.csv.read_csv(path, parse_options=parse, convert_options=options)
