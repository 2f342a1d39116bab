"""The table of lines as text, Markdown, CSV, a workbook or a document: one row a format."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

from renderers.backends.sidecars import inert_cell
from timeline.core.text.inert_text import markdown_text, xml_text
from timeline.exchange.document_text import add_text
from timeline.exchange.line_notes import grouped
from timeline.exchange.lines_table import CYCLES, HEADINGS, LinesTable
from timeline.files.extras import import_extra
from timeline.files.output_files import write_file
from timeline.views.terminal import add_row, columns, print_hanging, print_table, terminal

_NOTES = "Notes"
_WIDTHS = {  # of the columns of a workbook, in characters
    **dict(zip(HEADINGS, (6, 30, 26, 14, 18, 14, 18, 34), strict=True)),
    CYCLES: 14,
    _NOTES: 60,
}
_MARGIN = 15.0  # millimetres of a document
_SIZE = 9.0  # points of its table
_MILLIMETRES = {  # of its columns: no word of a usual regimen or toxicity is broken
    **dict(zip(HEADINGS, (12, 38, 32, 24, 24, 24, 30, 46), strict=True)),
    CYCLES: 18,
}
_RATIOS = {**dict(zip(HEADINGS, (0, 4, 4, 0, 3, 3, 4, 5), strict=True)), CYCLES: 2}


def print_lines(table: LinesTable) -> None:
    """Print the table, its footnotes and its notes to the terminal."""
    console = terminal()
    console.print(Text(f"Lines of therapy of {table.name}", style="bold"))
    if not table.rows:
        console.print(Text("no systemic line on record"))
        return
    printed = columns(**{heading: _RATIOS[heading] for heading in table.headings})
    for row in table.rows:
        add_row(printed, *(f"{c.text} [{m}]" if (m := table.marks(c)) else c.text
                           for c in table.cells_of(row)))  # fmt: skip
    print_table(console, printed)
    for letter, note in table.footnotes:
        print_hanging(console, Text(f"[{letter}] "), Text(note))
    for note in table.notes:
        print_hanging(console, Text(""), Text(note))


def as_markdown(table: LinesTable) -> str:
    """The table with raised letters, and the footnotes below it."""
    found = [f"**Lines of therapy of {markdown_text(table.name)}**", ""]
    found.append(_piped(table.headings))
    found.append(_piped("---" for _ in table.headings))
    for row in table.rows:
        cells = ((markdown_text(c.text), table.marks(c)) for c in table.cells_of(row))
        found.append(_piped(f"{text}<sup>{mark}</sup>" if mark else text for text, mark in cells))
    below = [f"<sup>{letter}</sup> {markdown_text(note)}" for letter, note in table.footnotes]
    notes = [markdown_text(note) for note in table.notes]
    return "\n".join([*found, "", *_paragraphs([*below, *notes])])


def _piped(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _paragraphs(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from (text, "")


def as_csv(table: LinesTable) -> str:
    """The cells as printed, and the footnotes of each row in a last column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in _with_notes(table):
        writer.writerow([inert_cell(cell) for cell in row])
    return out.getvalue()


def _with_notes(table: LinesTable) -> Iterator[tuple[str, ...]]:
    yield (*table.headings, _NOTES)
    for row in table.rows:
        notes = grouped(note for cell in row.cells for note in cell.notes)
        yield (*(cell.text for cell in table.cells_of(row)), " ".join(notes.values()))


def as_workbook(table: LinesTable) -> bytes:
    """A workbook with the cells as printed and the notes in a last column.

    Raises:
        ImportError: openpyxl is not installed; the message names the extra.
    """
    openpyxl = import_extra("openpyxl", "xlsx")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "lines"
    for number, row in enumerate(_with_notes(table), start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=place)
            cell.value, cell.data_type = xml_text(text), "s"  # a text, never a formula or a date
            cell.alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
            cell.font = openpyxl.styles.Font(bold=number == 1)
    for place, heading in enumerate((*table.headings, _NOTES), start=1):
        width = _WIDTHS[heading]
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place)].width = width
    for number, text in enumerate(table.notes, start=len(table.rows) + 3):
        cell = sheet.cell(row=number, column=1)
        cell.value, cell.data_type = xml_text(text), "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_document(table: LinesTable) -> bytes:
    """A document with the table, raised letters, and the footnotes below the table.

    Raises:
        ImportError: python-docx is not installed; the message names the extra.
    """
    docx = import_extra("docx", "docx")
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = docx.enum.section.WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = docx.shared.Mm(_MARGIN)
    title = document.add_paragraph()
    title.add_run(xml_text(f"Lines of therapy of {table.name}")).bold = True
    grid = document.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    for cell, heading in zip(grid.rows[0].cells, table.headings, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    for row in table.rows:
        for cell, own in zip(grid.add_row().cells, table.cells_of(row), strict=True):
            paragraph = cell.paragraphs[0]
            add_text(paragraph, xml_text(own.text))
            if mark := table.marks(own):
                paragraph.add_run(mark).font.superscript = True
    _lay_out(docx, grid, table.headings)
    for letter, note in table.footnotes:
        paragraph = document.add_paragraph()
        paragraph.add_run(letter).font.superscript = True
        add_text(paragraph, xml_text(f" {note}"))
    for note in table.notes:
        add_text(document.add_paragraph(), xml_text(note))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _lay_out(docx: Any, grid: Any, headings: Sequence[str]) -> None:
    """The columns as wide as their words need, in small letters; the headings on each page."""
    grid.autofit = False
    for column, heading in zip(grid.columns, headings, strict=True):
        column.width = docx.shared.Mm(_MILLIMETRES[heading])
        for cell in column.cells:
            cell.width = column.width
            for run in cell.paragraphs[0].runs:
                run.font.size = docx.shared.Pt(_SIZE)
    grid.rows[0]._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:tblHeader"))


WRITERS: dict[str, Callable[[LinesTable], str | bytes]] = {
    ".md": as_markdown,
    ".csv": as_csv,
    ".xlsx": as_workbook,
    ".docx": as_document,
}


def write_lines(path: Path, table: LinesTable) -> None:
    """Write the table in the format of the suffix.

    Raises:
        ValueError: the suffix is unknown, or the file may not be replaced.
        ImportError: the library of the format is not installed; the message names the extra.
        OSError: the file cannot be written.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(WRITERS)
        raise ValueError(f"unknown kind of table: {path.suffix!r} (write {known})")
    content = writer(table)
    write_file(path, content.encode() if isinstance(content, str) else content)
