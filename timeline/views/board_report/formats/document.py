"""A report as a Word document: real headings, tables with repeated headers, pictures with text."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from renderers.backends.save import png_of
from timeline.core.text.inert_text import in_reading_order, undirected, xml_text
from timeline.exchange.document_text import add_text
from timeline.files.extras import import_extra
from timeline.views.board_report.content import (
    Block,
    Cell,
    Content,
    Facts,
    Figure,
    Items,
    Paragraph,
    Table,
)
from timeline.views.board_report.formats.column_widths import SIZE, column_widths

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # millimetres
_MARGIN = 15.0  # millimetres
_DPI = 220  # of pictures
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date of a ZIP file: the same bytes at any time
_FONT, _SIZE, _SMALL = "Arial", 9.5, SIZE
_SHADE = "F1F1EF"


def document_bytes(content: Content, paper: str = "a4") -> bytes:
    """The document on a paper, ``a4`` or ``letter``.

    Raises:
        ImportError: python-docx is not installed; the message names the extra.
    """
    docx = import_extra("docx", "docx")
    writer = _Writer(docx, paper)
    writer.begin(content)
    for section in content.sections:
        writer.heading(section.title, 2)
        for block in section.blocks:
            writer.block(block)
    writer.text(content.closing, small=True)
    return writer.bytes()


class _Writer:
    """A document that is written from top to bottom."""

    def __init__(self, docx: Any, paper: str) -> None:
        self.docx, self.document = docx, docx.Document()
        self.width, height = PAPERS[paper]
        page = self.document.sections[0]
        mm = docx.shared.Mm
        page.page_width, page.page_height = mm(self.width), mm(height)
        page.left_margin = page.right_margin = mm(_MARGIN)
        page.top_margin = page.bottom_margin = mm(_MARGIN)
        self.inner = self.width - 2 * _MARGIN
        self.section = ""  # the heading above
        self._styles()

    def _styles(self) -> None:
        """One font for all scripts, headings in its colour, and English as the language."""
        docx, qn = self.docx, self.docx.oxml.ns.qn
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
            style = self.document.styles[name]
            style.font.name = _FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{script}"), _FONT)
            for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            style.font.color.rgb = docx.shared.RGBColor(0x1A, 0x1A, 0x1A)
        sizes = {"Normal": _SIZE, "Heading 1": 16, "Heading 2": 12.5, "Heading 3": 10.5,
                 "Caption": _SMALL}  # fmt: skip
        for name, size in sizes.items():
            self.document.styles[name].font.size = docx.shared.Pt(size)
        normal = self.document.styles["Normal"]
        normal.paragraph_format.space_after = docx.shared.Pt(3)
        language = docx.oxml.OxmlElement("w:lang")
        for key in ("val", "eastAsia"):
            language.set(qn(f"w:{key}"), "en-GB")
        properties = normal.element.get_or_add_rPr()
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(language)

    def begin(self, content: Content) -> None:
        """The properties of the document, and its title."""
        core = self.document.core_properties
        core.title, core.author, core.comments = _plain(content.title)[:255], "", ""
        core.subject, core.language = _plain(content.subtitle)[:255], "en"
        self.heading(content.title, 1)
        if content.subtitle:
            self.text(content.subtitle, small=True)

    def heading(self, text: str, level: int) -> None:
        self.document.add_heading(_plain(text), level)
        self.section = text

    def text(self, text: str, *, small: bool = False, mark: str = "", after: bool = False) -> None:
        """One paragraph; ``mark`` is the letter of a footnote before it."""
        paragraph = self.document.add_paragraph()
        if mark:
            paragraph.add_run(mark).font.superscript = True
        run = add_text(paragraph, (" " if mark else "") + _plain(text))
        if small:
            run.font.size = self.docx.shared.Pt(_SMALL)
        paragraph.paragraph_format.keep_with_next = after

    def block(self, block: Block) -> None:
        match block:
            case Paragraph() if block.strong:
                self.heading(block.text, 3)
            case Paragraph():
                self.text(block.text)
            case Items():
                for text in block.texts:
                    add_text(self.document.add_paragraph(style="List Bullet"), _plain(text))
            case Facts():
                self._facts(block)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)

    def _facts(self, facts: Facts) -> None:
        for name, value in facts.rows:
            paragraph = self.document.add_paragraph()
            paragraph.add_run(f"{name}: ").bold = True
            add_text(paragraph, _plain(value).replace("\n", "; "))

    def _table(self, table: Table) -> None:
        if table.title != self.section:  # else the heading says it
            caption = self.document.add_paragraph(_plain(table.title), style="Caption")
            caption.paragraph_format.keep_with_next = True
        grid = self.document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
        grid.autofit = False
        widths = [self.docx.shared.Mm(each) for each in column_widths(table, self.inner)]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        self._row(grid.rows[0], [Cell(each.title) for each in table.columns], widths, head=True)
        for group in table.groups:
            if group.title:
                row = grid.add_row()
                joined = row.cells[0].merge(row.cells[-1])
                self._fill(joined, Cell(group.title), bold=True)
                self._mark_row(row)
            for cells in group.rows:
                self._row(grid.add_row(), list(cells), widths)
        for mark, text in table.footnotes:
            self.text(text, small=True, mark=mark)
        for text in table.notes:
            self.text(text, small=True)
        self.document.add_paragraph()

    def _row(self, row: Any, cells: list[Cell], widths: list[Any], *, head: bool = False) -> None:
        for place, cell, width in zip(row.cells, cells, widths, strict=True):
            place.width = width
            self._fill(place, cell, bold=head)
            if head:
                self._shade(place)
        self._mark_row(row, head=head)

    def _fill(self, place: Any, cell: Cell, *, bold: bool = False) -> None:
        paragraph = place.paragraphs[0]
        paragraph.paragraph_format.space_after = self.docx.shared.Pt(0)
        run = add_text(paragraph, _plain(cell.text))
        run.bold, run.font.size = bold or None, self.docx.shared.Pt(_SMALL)
        if cell.marks:
            mark = paragraph.add_run(cell.marks)
            mark.font.superscript, mark.font.size = True, self.docx.shared.Pt(_SMALL)

    def _shade(self, place: Any) -> None:
        element = self.docx.oxml.OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
            element.set(self.docx.oxml.ns.qn(f"w:{key}"), value)
        place._tc.get_or_add_tcPr().append(element)

    def _mark_row(self, row: Any, *, head: bool = False) -> None:
        """No page break within the row; the first row is repeated on each page."""
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(("w:tblHeader",) if head else ())):
            properties.append(self.docx.oxml.OxmlElement(name))

    def _figure(self, figure: Figure) -> None:
        for number, scene in enumerate(figure.scenes, start=1):
            picture = io.BytesIO(png_of(scene, figure.page, _DPI))
            width = self.docx.shared.Mm(self.inner)
            shape = self.document.add_picture(picture, width=width)
            of = f" (page {number} of {len(figure.scenes)})" if len(figure.scenes) > 1 else ""
            properties = shape._inline.docPr
            properties.set("descr", _plain(figure.alt + of))
            properties.set("title", f"{figure.kind.capitalize()} figure{of}")
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        caption = self.document.add_paragraph(style="Caption")
        add_text(caption, _plain(figure.caption)).bold = False

    def bytes(self) -> bytes:
        """The file, the same bytes at any time."""
        first = io.BytesIO()
        self.document.save(first)
        out = io.BytesIO()
        with (
            zipfile.ZipFile(first) as before,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
        ):
            for name in before.namelist():
                after.writestr(zipfile.ZipInfo(name, _EPOCH), before.read(name),
                               zipfile.ZIP_DEFLATED)  # fmt: skip
        return out.getvalue()


def _plain(text: str) -> str:
    return in_reading_order(undirected(xml_text(text)))
