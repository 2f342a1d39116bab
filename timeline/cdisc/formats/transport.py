"""Datasets as SAS transport files (XPT), version 5, which regulators take. Uses pyreadstat."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import Any

from timeline.cdisc.dataset import Dataset, Problems
from timeline.cdisc.formats.columns import dataset_name, from_values, heading_faults
from timeline.cdisc.metadata import DATE_FORMAT
from timeline.core.problem import Problem, Where
from timeline.files.extras import import_extra

_BEGINS = b"HEADER RECORD*******LIB"  # LIBRARY in version 5, LIBV8 in version 8 (TS-140)
_RECORD = 80  # bytes; a transport file is a whole number of records
_FIRST_DAY = datetime.date(1960, 1, 1)  # of SAS
_DATES = ("DATE", "YYMMDD", "DDMMYY", "MMDDYY", "E8601DA", "IS8601DA", "B8601DA")
_TIMES = ("DATETIME", "E8601DT", "IS8601DT", "TIME")
_SAVE = "write it anew as a transport file, version 5, UTF-8"


def read(path: Path, name: str = "") -> tuple[Dataset | None, Problems]:
    """The dataset of a transport file, or every fault of it.

    Raises:
        ImportError: pyreadstat is not installed; the message names the extra.
    """
    file = str(path)
    if fault := _header_fault(path):
        return None, (Problem(Where(file), fault),)
    library = import_extra("pyreadstat", "cdisc")
    try:
        columns, about = library.read_xport(
            file, output_format="dict", disable_datetime_conversion=True
        )
    except UnicodeDecodeError:
        return None, (Problem(Where(file), f"its texts are not UTF-8 ({_SAVE})"),)
    except Exception as fault:  # the library has one class for all faults, and others slip through
        what = f"not a transport file that can be read: {fault} ({_SAVE})"
        return None, (Problem(Where(file), what),)
    if faults := heading_faults(about.column_names, lambda number: Where(file, 1, number + 1)):
        return None, faults
    formats = {key: str(form or "") for key, form in about.original_variable_types.items()}
    values = {key: list(column) for key, column in columns.items()}
    problems: list[Problem] = []
    for place, (key, column) in enumerate(values.items(), start=1):
        if formats[key].upper().startswith(_TIMES):
            what = f"{key} has the format {formats[key]} (write a day, with the format DATE9.)"
            problems.append(Problem(Where(file, 1, place), what))
        elif formats[key].upper().startswith(_DATES):
            values[key], beyond = _days(key, column, file, place)
            problems += beyond
            formats[key] = DATE_FORMAT
    if problems:
        return None, tuple(problems)
    labels = about.column_names_to_labels
    stated = {
        key: (labels[key] or "", formats[key], about.readstat_variable_types[key] == "double")
        for key in values
    }
    own = dataset_name(name, (about.table_name or "").strip(), values.get("DOMAIN", ()), path.stem)
    return from_values(own, (about.file_label or "").strip(), values, stated, file)


def _header_fault(path: Path) -> str:
    """What shows that a file is no whole transport file; empty where nothing does."""
    try:
        size = path.stat().st_size
        with path.open("rb") as opened:
            begins = opened.read(len(_BEGINS))
    except OSError as fault:
        return f"cannot be read: {fault.strerror}"
    if begins != _BEGINS:
        return f"not a transport file ({_SAVE})"
    if size % _RECORD:
        return f"{size:,} bytes are no whole number of records of {_RECORD} (the file is cut off)"
    return ""


def _days(
    name: str, column: list[Any], file: str, place: int
) -> tuple[list[datetime.date | None], list[Problem]]:
    """Numbers of days since 1960 as dates; one that is no day of a calendar is named."""
    days: list[datetime.date | None] = []
    problems = []
    for number, value in enumerate(column, start=1):
        try:
            days.append(None if value is None or value != value else _day(value))
        except (ValueError, OverflowError):
            days.append(None)
            what = f"{name}: {value!r} days since 1960 are no day of a calendar (correct it)"
            problems.append(Problem(Where(file, number, place), what))
    return days, problems


def _day(value: float) -> datetime.date:
    if value != int(value):
        raise ValueError
    return _FIRST_DAY + datetime.timedelta(days=int(value))


def content(dataset: Dataset) -> bytes:
    """The transport file of a dataset, version 5.

    Raises:
        ImportError: pyreadstat or pandas is not installed; the message names the extra.
        ValueError: the dataset has no name that a transport file takes.
    """
    library, pandas = (import_extra(each, "cdisc") for each in ("pyreadstat", "pandas"))
    columns = {}
    for variable in dataset.variables:
        values = dataset.values[variable.name]
        if variable.is_date:
            count = [_sas_day(each) if isinstance(each, datetime.date) else None for each in values]
            columns[variable.name] = pandas.Series(count, dtype="float64")
        elif variable.is_numeric:
            columns[variable.name] = pandas.Series(list(values), dtype="float64")
        else:
            texts = [each or "" for each in values]
            columns[variable.name] = pandas.Series(texts, dtype=object)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dataset.xpt"
        library.write_xport(
            pandas.DataFrame(columns),
            str(path),
            file_label=dataset.label,
            column_labels={each.name: each.label for each in dataset.variables if each.label},
            table_name=dataset.name,
            file_format_version=5,
            variable_format={each.name: each.format for each in dataset.variables if each.format},
        )
        return path.read_bytes()


def _sas_day(day: datetime.date) -> float:
    return float((day - _FIRST_DAY).days)
