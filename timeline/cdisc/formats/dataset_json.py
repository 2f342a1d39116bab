"""Datasets as Dataset-JSON 1.1 (CDISC, 2024): metadata of the columns, then rows of values.

Missing texts are empty texts and missing numbers are null. Numeric dates are texts by ISO 8601
with the target type integer, and texts such as ``RSDTC``, which may be partial, are strings.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any, NoReturn

import timeline
from timeline.cdisc.dataset import Dataset, Problems, Value
from timeline.cdisc.formats.columns import dataset_name, from_values, heading_faults
from timeline.cdisc.metadata import DATASETS, DATE_FORMAT, Variable
from timeline.core.problem import Problem, Where
from timeline.files.file_text import Unreadable, text_of

VERSION = "1.1.0"
_REQUIRED = ("datasetJSONCreationDateTime", "datasetJSONVersion", "itemGroupOID", "records",
             "name", "label", "columns")  # fmt: skip
_OF_COLUMN = ("itemOID", "name", "label", "dataType")
_TEXTS = ("string", "datetime", "time", "URI")
_NUMBERS = ("integer", "float", "double", "decimal")
_TYPES = (*_TEXTS, *_NUMBERS, "date", "boolean")
_VERSIONS = re.compile(r"1\.1(\.[0-9]+)?")
_SAVE = "write it as Dataset-JSON 1.1"


def read(path: Path, name: str = "") -> tuple[Dataset | None, Problems]:
    """The dataset of a file of Dataset-JSON 1.1, or every fault of it."""
    file = str(path)
    at = Where(file)
    try:
        found = json.loads(text_of(path, save="save it as UTF-8"), parse_constant=_refuse)
    except Unreadable as fault:
        return None, (Problem(Where(file, fault.line, fault.column), str(fault)),)
    except json.JSONDecodeError as fault:
        return None, (Problem(Where(file, fault.lineno, fault.colno), f"not JSON: {fault.msg}"),)
    except (RecursionError, ValueError) as fault:
        return None, (Problem(at, f"not JSON that can be read: {fault}"),)
    if faults := _shape_faults(found, at):
        return None, faults
    columns = found["columns"]
    names = [each["name"] for each in columns]
    if faults := heading_faults(names, lambda number: Where(file, 1, number + 1)):
        return None, faults
    rows = found.get("rows", [])
    if faults := _row_faults(rows, columns, found["records"], file):
        return None, faults
    values = {each["name"]: [_value(each, row[n]) for row in rows]
              for n, each in enumerate(columns)}  # fmt: skip
    about = {each["name"]: _about(each) for each in columns}
    own = dataset_name(name, found["name"], values.get("DOMAIN", ()), path.stem)
    return from_values(own, found["label"], values, about, file)


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON (write null for a missing value)")


def _shape_faults(found: Any, at: Where) -> Problems:
    """What is wrong with the metadata; places in the file are named by their keys."""
    if not isinstance(found, dict):
        return (Problem(at, f"no object ({_SAVE})"),)
    missing = [key for key in _REQUIRED if key not in found]
    if missing:
        return (Problem(at, f"without {', '.join(missing)} ({_SAVE})"),)
    faults = []
    if not _VERSIONS.fullmatch(str(found["datasetJSONVersion"])):
        seen = found["datasetJSONVersion"]
        faults.append(Problem(at, f"datasetJSONVersion: {seen!r} is not read ({_SAVE})"))
    faults += [
        Problem(at, f"{key}: not a text: {found[key]!r}")
        for key in ("name", "label")
        if not isinstance(found[key], str)
    ]
    if not isinstance(found["records"], int) or isinstance(found["records"], bool):
        faults.append(Problem(at, f"records: not a number: {found['records']!r}"))
    if not isinstance(found["columns"], list) or not isinstance(found.get("rows", []), list):
        return (*faults, Problem(at, "columns and rows are lists in Dataset-JSON"))
    for number, column in enumerate(found["columns"], start=1):
        faults += _column_faults(column, f"columns[{number}]", at)
    return tuple(faults)


def _column_faults(column: Any, place: str, at: Where) -> list[Problem]:
    if not isinstance(column, dict):
        return [Problem(at, f"{place}: no object")]
    missing = [key for key in _OF_COLUMN if not isinstance(column.get(key), str)]
    if missing:
        return [Problem(at, f"{place}: without {', '.join(missing)}")]
    if column["dataType"] not in _TYPES:
        known = ", ".join(_TYPES)
        what = f"{place}: dataType: unknown: {column['dataType']!r} (known: {known})"
        return [Problem(at, what)]
    return []


def _row_faults(rows: list[Any], columns: list[Any], records: int, file: str) -> Problems:
    faults = []
    if records != len(rows):
        what = f"records: {records:,}, and there are {len(rows):,} rows (the file is cut off?)"
        faults.append(Problem(Where(file), what))
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != len(columns):
            count = len(row) if isinstance(row, list) else "no"
            what = f"{count} values of {len(columns)} columns"
            faults.append(Problem(Where(file, number, 1), what))
            continue
        for place, (value, column) in enumerate(zip(row, columns, strict=True), start=1):
            if what := _value_fault(value, column):
                faults.append(Problem(Where(file, number, place), f"{column['name']}: {what}"))
    return tuple(faults)


def _value_fault(value: Any, column: dict[str, Any]) -> str:
    """Why a value is not of the type of its column; empty where it is."""
    kind = column["dataType"]
    if value is None or value == "":
        return ""
    if kind in _TEXTS and not isinstance(value, str):
        return f"not a text: {value!r}"
    if kind == "boolean" and not isinstance(value, bool):
        return f"not true or false: {value!r}"
    if kind == "date":
        return "" if isinstance(value, str) and (_is_text(column) or _day(value)) else (
            f"not a day: {value!r} (write 2021-03-15)")  # fmt: skip
    if kind in _NUMBERS:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number and not (kind == "decimal" and _is_decimal(value)):
            return f"not a number: {value!r}"
        if kind == "integer" and value != int(value):
            return f"not a whole number: {value!r}"
    return ""


def _is_text(column: dict[str, Any]) -> bool:
    """Whether a column of dates holds texts, as --DTC does; else they are numbers to SAS."""
    return column.get("targetDataType") != "integer"


def _is_decimal(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", value))


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _value(column: dict[str, Any], value: Any) -> Any:
    if value is None or value == "":
        return None
    if column["dataType"] == "date" and not _is_text(column):
        return _day(value)
    return float(value) if column["dataType"] == "decimal" else value


def _about(column: dict[str, Any]) -> tuple[str, str, bool | None]:
    is_date = column["dataType"] == "date" and not _is_text(column)
    return (
        column["label"],
        DATE_FORMAT if is_date else "",
        is_date or column["dataType"] in _NUMBERS,
    )


def content(dataset: Dataset, created: datetime.datetime | None = None) -> bytes:
    """The file of a dataset in Dataset-JSON 1.1.

    ``created``: its time of creation; left out, now.
    """
    created = created or datetime.datetime.now(datetime.UTC)
    row = DATASETS.get(dataset.name)
    keys = [key for key in (row.keys if row else ()) if key in dataset]
    columns = [_column(dataset, each, keys) for each in dataset.variables]
    head = {
        "datasetJSONCreationDateTime": created.replace(microsecond=0, tzinfo=None).isoformat(),
        "datasetJSONVersion": VERSION,
        "sourceSystem": {"name": "oncology-timeline", "version": timeline.__version__},
        "itemGroupOID": f"IG.{dataset.name}",
        "records": len(dataset),
        "name": dataset.name,
        "label": dataset.label,
        "columns": columns,
    }
    rows = [
        [_json_value(variable, value)
         for variable, value in zip(dataset.variables, record.values(), strict=True)]
        for record in dataset.rows()
    ]  # fmt: skip
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in rows)
    body = json.dumps(head, ensure_ascii=False, indent=1)
    return f'{body[:-2]},\n "rows": [\n{lines}\n ]\n}}\n'.encode()


def _column(dataset: Dataset, variable: Variable, keys: list[str]) -> dict[str, Any]:
    values = [each for each in dataset.values[variable.name] if each is not None]
    whole = all(isinstance(each, int) for each in values)
    kind = "date" if variable.is_date else "integer" if whole else "float"
    found: dict[str, Any] = {
        "itemOID": f"IT.{dataset.name}.{variable.name}",
        "name": variable.name,
        "label": variable.label or variable.name,
        "dataType": kind if variable.is_numeric else "string",
    }
    if variable.is_date:
        found |= {"targetDataType": "integer", "displayFormat": variable.format}
    elif not variable.is_numeric:
        found["length"] = variable.length
    if variable.name in keys:
        found["keySequence"] = keys.index(variable.name) + 1
    return found


def _json_value(variable: Variable, value: Value) -> Any:
    if value is None:
        return None if variable.is_numeric else ""
    return value.isoformat() if isinstance(value, datetime.date) else value
