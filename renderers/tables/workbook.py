"""The sheets of a workbook as tables of texts: a date is as exact as its cell shows it."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from renderers.tables.columns import Problems
from renderers.tables.csv_table import Table
from timeline.core.problem import Problem, Where
from timeline.files.extras import import_extra

SUFFIXES = (".xlsx", ".xlsm")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # of a number format: literals, colours, locales
_NO_WORKBOOK = "not a workbook that can be read (save it as XLSX, or each sheet as CSV, UTF-8)"


def read_workbook(path: Path) -> tuple[dict[str, Table], Problems]:
    """The tables of a workbook by the name of their sheet, in order; empty sheets are left out.

    A cell with a date becomes a day, a month or a year, as its number format shows it: a
    spreadsheet that turns 2021-03 into a day displays no day. A formula is its stored value.

    Raises:
        ImportError: openpyxl is not installed; the message names the extra.
    """
    openpyxl = import_extra("openpyxl", "xlsx")
    try:
        book = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path)
    except OSError as fault:
        return {}, (Problem(Where(str(path)), f"cannot be read: {fault.strerror or fault}"),)
    except Exception:
        return {}, (Problem(Where(str(path)), _NO_WORKBOOK),)
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for sheet in book.worksheets:
        file = f"{path} ({sheet.title})"
        rows: list[tuple[int, tuple[str, ...]]] = []
        for number, row in enumerate(sheet.iter_rows(), start=1):
            texts = []
            for place, cell in enumerate(row, start=1):
                try:
                    texts.append(_text(cell, formulas[sheet.title].cell(number, place)))
                except ValueError as fault:
                    problems.append(Problem(Where(file, number, place), str(fault)))
                    texts.append("")
            if any(text.strip() for text in texts):
                rows.append((number, tuple(texts)))
        if rows:
            line, headings = rows[0]
            names = tuple(" ".join(name.split()) for name in headings)
            tables[sheet.title] = Table(file=file, line=line, headings=names, rows=tuple(rows[1:]))
    if not tables and not problems:
        problems.append(Problem(Where(str(path)), "holds no table (the first row names columns)"))
    return tables, tuple(problems)


def _text(cell: Any, formula: Any) -> str:
    """The text of a cell.

    Raises:
        ValueError: it holds an error, a time of a day, or a formula without a stored value.
    """
    value = cell.value
    if value is None and formula.data_type == "f":
        raise ValueError(f"a formula without a value: {formula.value} (write the value)")
    if value is None:
        return ""
    if cell.data_type == "e":
        raise ValueError(f"an error of the spreadsheet: {value} (write the value)")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return _date(value, str(cell.number_format))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int | str):
        return str(value)
    raise ValueError(f"a time of the day: {value} (write a date)")


def _date(value: date, number_format: str) -> str:
    """The date as exactly as it is displayed."""
    shown = _QUOTED.sub("", number_format).lower()
    if "d" in shown or "y" not in shown:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m" if "m" in shown else "%Y")
