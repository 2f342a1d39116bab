"""The files of a study: a report, a workbook, rows for programs, and claims, by their suffix."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from timeline.core.problem import near
from timeline.files.extras import import_extra
from timeline.files.output_files import OutputFiles
from timeline.study.reports.claims import claims_text
from timeline.study.reports.report import study_content
from timeline.study.statistic import COLUMNS
from timeline.study.summary import StudySummary
from timeline.views.board_report.content import Content, Table
from timeline.views.board_report.formats import FORMATS as PAGES

_Write = Callable[[StudySummary, Content], bytes]
_MOST = 31  # characters of the name of a sheet, a limit of XLSX


def _page(suffix: str) -> _Write:
    return lambda _, content: PAGES[suffix](content, "a4")


def _json(summary: StudySummary, _: Content) -> bytes:
    return (json.dumps(summary.to_dict(), ensure_ascii=False, indent=1) + "\n").encode()


def _claims(summary: StudySummary, _: Content) -> bytes:
    return claims_text(summary).encode()


def _workbook(summary: StudySummary, content: Content) -> bytes:
    """A sheet a table, as the report prints it; then the numbers, a row each, and the methods."""
    openpyxl = import_extra("openpyxl", "xlsx")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for section in content.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                rows = [[each.title for each in block.columns]]
                for group in block.groups:
                    rows += [[group.title]] if group.title else []
                    rows += [[cell.text for cell in row] for row in group.rows]
                _sheet(openpyxl, book, block.title, rows)
    numbers = [list(COLUMNS)]
    numbers += [[_plain(record[name]) for name in COLUMNS] for record in summary.records()]
    _sheet(openpyxl, book, "Numbers", numbers)
    _sheet(openpyxl, book, "Methods", [["Methods"], *([text] for text in summary.methods)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value


def _sheet(openpyxl: Any, book: Any, title: str, rows: Sequence[Sequence[Any]]) -> None:
    name = title.partition(";")[0][:_MOST]
    sheet = book.create_sheet(name)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
            cell.alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
            cell.font = openpyxl.styles.Font(bold=number == 1)
    sheet.freeze_panes = "A2"
    for column in range(1, len(rows[0]) + 1):
        letter = openpyxl.utils.get_column_letter(column)
        widest = max((len(str(row[column - 1])) for row in rows if len(row) >= column), default=8)
        sheet.column_dimensions[letter].width = min(max(widest + 2, 8), 60)


FORMATS: dict[str, _Write] = {
    **{suffix: _page(suffix) for suffix in PAGES},
    ".xlsx": _workbook,
    ".json": _json,
    ".yaml": _claims,
}


def faults_of(files: Sequence[Path]) -> tuple[str, ...]:
    """Why a study cannot be written to some files, before anything is made."""
    faults = [] if files else ["no file is named (write report.html)"]
    faults += [
        f"{each}: unknown kind of report: {each.suffix or each.name!r} "
        f"({near(each.suffix.lower(), FORMATS)})"
        for each in files
        if each.suffix.lower() not in FORMATS
    ]
    faults += [f"{each}: is named twice (name it once)" for each in dict.fromkeys(files)
               if files.count(each) > 1]  # fmt: skip
    return tuple(faults)


def write_study(summary: StudySummary, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Write the report of a study; all files appear, or none. Raises as `StudySummary.save`."""
    if fault := next(iter(faults_of(files)), ""):
        raise ValueError(fault)
    content = study_content(summary)
    made: dict[Path, bytes] = {}
    for each in files:
        try:
            made[each] = FORMATS[each.suffix.lower()](summary, content)
        except ImportError as fault:
            raise ImportError(f"{each}: {fault}") from None
    with OutputFiles(requested=frozenset(files)) as out:
        for path, data in made.items():
            out.add(path, data)
    return files
