"""Datasets as Parquet: texts, numbers, days; the labels are in the metadata. Uses pyarrow."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from timeline.cdisc.dataset import Dataset, Problems, Value
from timeline.cdisc.formats.columns import dataset_name, from_values, heading_faults
from timeline.cdisc.metadata import DATE_FORMAT, Variable
from timeline.core.problem import Problem, Where
from timeline.files.extras import import_extra

_NAME, _LABEL = b"name", b"label"  # keys of the metadata of a table and of a field


def read(path: Path, name: str = "") -> tuple[Dataset | None, Problems]:
    """The dataset of a Parquet file, or every fault of it.

    Raises:
        ImportError: pyarrow is not installed; the message names the extra.
    """
    parquet, types = (import_extra(each, "cdisc") for each in ("pyarrow.parquet", "pyarrow.types"))
    file = str(path)
    try:
        table = parquet.read_table(path)
    except OSError as fault:
        what = f"cannot be read: {fault.strerror or 'not a Parquet file'}"
        return None, (Problem(Where(file), what),)
    except Exception:
        return None, (Problem(Where(file), "not a Parquet file that can be read"),)
    if faults := heading_faults(table.column_names, lambda number: Where(file, 1, number + 1)):
        return None, faults
    columns, about, problems = {}, {}, []
    for place, field in enumerate(table.schema, start=1):
        kind = field.type.value_type if types.is_dictionary(field.type) else field.type
        if not _is_read(types, kind):
            what = f"{field.name}: values of the type {field.type} (write texts, numbers or days)"
            problems.append(Problem(Where(file, 1, place), what))
            continue
        form = DATE_FORMAT if types.is_date(kind) else ""
        numeric = None if types.is_null(kind) else not _is_text(types, kind)
        label = (field.metadata or {}).get(_LABEL, b"").decode(errors="replace")
        about[field.name] = (label, form, numeric)
        try:
            columns[field.name] = table.column(field.name).to_pylist()
        except (OverflowError, ValueError) as fault:  # no day of a calendar, or no UTF-8
            what = f"{field.name}: a value that cannot be read: {fault} (correct it)"
            problems.append(Problem(Where(file, 1, place), what))
    if problems:
        return None, tuple(problems)
    stated = table.schema.metadata or {}
    own = dataset_name(
        name, stated.get(_NAME, b"").decode(errors="replace"), columns.get("DOMAIN", ()), path.stem
    )
    label = stated.get(_LABEL, b"").decode(errors="replace")
    return from_values(own, label, columns, about, file)


def _is_text(types: Any, kind: Any) -> bool:
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_read(types: Any, kind: Any) -> bool:
    """Whether values of a type are read: a time of day is not dropped, and no list is cut."""
    return _is_text(types, kind) or any(
        check(kind) for check in (types.is_integer, types.is_floating, types.is_date, types.is_null)
    )


def content(dataset: Dataset) -> bytes:
    """The Parquet file of a dataset.

    Raises:
        ImportError: pyarrow is not installed; the message names the extra.
    """
    arrow, parquet = (import_extra(each, "cdisc") for each in ("pyarrow", "pyarrow.parquet"))
    fields, arrays = [], []
    for variable in dataset.variables:
        values = dataset.values[variable.name]
        kind = _kind(arrow, variable, values)
        fields.append(arrow.field(variable.name, kind, metadata={_LABEL: variable.label.encode()}))
        arrays.append(arrow.array(values, type=kind))
    about = {_NAME: dataset.name.encode(), _LABEL: dataset.label.encode()}
    table = arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata=about))
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _kind(arrow: Any, variable: Variable, values: tuple[Value, ...]) -> Any:
    if variable.is_date:
        return arrow.date32()
    if not variable.is_numeric:
        return arrow.string()
    whole = all(isinstance(each, int) for each in values if each is not None)
    return arrow.int64() if whole else arrow.float64()
