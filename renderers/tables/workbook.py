"""The sheets of a workbook as tables of texts: a date is as exact as its cell shows it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from renderers.tables.columns import Problems
from renderers.tables.csv_table import Table
from renderers.tables.workbook_limits import NO_WORKBOOK, measure_workbook
from timeline.core.problem import Problem, Where
from timeline.files.extras import import_extra
from timeline.files.file_text import Unreadable, bytes_of

SUFFIXES = (".xlsx", ".xlsm")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # of a number format: literals, colours, locales


def read_workbook(path: Path) -> tuple[dict[str, Table], Problems]:
    """The tables of a workbook by the name of their sheet, in order; empty sheets are left out.

    A cell with a date becomes a day, a month or a year, as its number format shows it: a
    spreadsheet that turns 2021-03 into a day displays no day. A formula is its stored value.

    Raises:
        ImportError: openpyxl is not installed; the message names the extra.
    """
    openpyxl = import_extra("openpyxl", "xlsx")
    try:
        raw = bytes_of(path)
        unvalued = measure_workbook(raw)
    except Unreadable as fault:
        return {}, (Problem(Where(str(path)), str(fault)),)
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    try:
        with warnings.catch_warnings(action="ignore"):
            for title, cells in _sheets(openpyxl, raw, formulas=unvalued):
                table, faults = _table(f"{path} ({title})", cells)
                problems += faults
                tables |= {title: table} if table is not None else {}
    except Exception:  # openpyxl raises many kinds on a damaged workbook
        return {}, (Problem(Where(str(path)), NO_WORKBOOK),)
    if not tables and not problems:
        problems.append(Problem(Where(str(path)), "holds no table (the first row names columns)"))
    return tables, tuple(problems)


Cells = Iterator[tuple[Any, Any]]  # of a row: each cell, and the same with its formula


def _sheets(openpyxl: Any, raw: bytes, *, formulas: bool) -> Iterator[tuple[str, Iterator[Cells]]]:
    """The rows of each sheet. ``formulas``: whether those cells have to be read as well."""
    plain: dict[str, Any] = {"read_only": True, "keep_links": False}
    books = [openpyxl.load_workbook(io.BytesIO(raw), data_only=True, **plain)]
    if formulas:
        books.append(openpyxl.load_workbook(io.BytesIO(raw), **plain))
    try:
        for sheets in zip(*(book.worksheets for book in books), strict=True):
            for sheet in sheets:
                sheet.reset_dimensions()  # which many programs write wrong
            rows = zip(*(sheet.iter_rows() for sheet in sheets), strict=True)
            yield sheets[0].title, (zip(row[0], row[-1], strict=True) for row in rows)
    finally:
        for book in books:
            book.close()


def _table(file: str, cells: Iterator[Cells]) -> tuple[Table | None, list[Problem]]:
    """The table of a sheet, None where it is empty; and a fault for each cell without a text."""
    rows: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    for number, row in enumerate(cells, start=1):
        texts = []
        for place, (cell, formula) in enumerate(row, start=1):
            try:
                texts.append(_text(cell, formula))
            except ValueError as fault:
                problems.append(Problem(Where(file, number, place), str(fault)))
                texts.append("")
        if any(text.strip() for text in texts):
            rows.append((number, texts))
    if not rows:
        return None, problems
    width = max(len(texts) for _, texts in rows)
    filled = [(number, (*texts, *[""] * (width - len(texts)))) for number, texts in rows]
    line, headings = filled[0]
    names = tuple(" ".join(name.split()) for name in headings)
    return Table(file=file, line=line, headings=names, rows=tuple(filled[1:])), problems


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
