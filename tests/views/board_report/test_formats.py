"""The files: HTML that needs nothing, a tagged PDF, and a Word document; read back by others."""

from __future__ import annotations

import hashlib
import re
import zipfile
from html.parser import HTMLParser

import docx
import pypdf
import pytest

from tests.pango import skip_without_pango
from tests.views.board_report.records import MEASURED, blocks, content_of_text
from timeline.views.board_report import BoardReport
from timeline.views.board_report.content import Figure, Items, Table
from timeline.views.board_report.formats.page import page_text
from timeline.views.case_report import load_all

skip_without_pango(module=True)

_VOID = {"meta", "col", "br"}
_DRAWN = re.compile(r"<svg.*?</svg>", re.DOTALL)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The report of one patient in each format, and in PDF and DOCX on Letter as well."""
    folder = tmp_path_factory.mktemp("saved")
    made = content_of_text(folder)
    made.save(*(folder / f"a4.{suffix}" for suffix in ("html", "pdf", "docx")))
    made.save(folder / "letter.docx", folder / "letter.pdf", paper="letter")
    return folder


def made(folder) -> BoardReport:
    return content_of_text(folder)


class Page(HTMLParser):
    """The headings, the tables and the open elements of a page."""

    def __init__(self):
        super().__init__()
        self.open, self.headings, self.ids, self.tags = [], [], [], []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag not in _VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.text = text
    assert page.open == []
    return page


def test_the_page_needs_nothing_from_elsewhere(saved):
    text = (saved / "a4.html").read_text("utf-8")
    outside = _DRAWN.sub("", text)
    assert not re.search(r"\bsrc=|<script|<link|@import|url\(", outside)
    assert re.findall(r'href="(?!#)[^"]*"', outside) == []
    for drawing in _DRAWN.findall(text):
        assert re.findall(r'(?:href="|url\()(?!#)[^")]*', drawing) == []


def test_the_page_has_one_first_heading_and_ordered_levels(saved):
    page = read((saved / "a4.html").read_text("utf-8"))
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert all(later - before <= 1 for before, later in zip(page.headings, page.headings[1:],
                                                            strict=False))  # fmt: skip
    assert len(set(page.ids)) == len(page.ids)
    assert page.tags[0] == ("html", {"lang": "en", "dir": "ltr"})
    drawn = [found for tag, found in page.tags if tag == "svg"]
    assert drawn
    assert all(found["role"] == "img" and found["aria-labelledby"] for found in drawn)
    for name in [word for found in drawn for word in found["aria-labelledby"].split()]:
        assert name in page.ids
    heads = [found.get("scope") for tag, found in page.tags if tag == "th"]
    assert heads
    assert set(heads) <= {"col", "row", "rowgroup"}


def test_two_figures_of_a_page_share_no_id(tmp_path):
    for name in ("one", "two"):
        text = MEASURED.replace("case: measured", f"case: {name}")
        (tmp_path / f"{name}.yaml").write_text(text)
    both = BoardReport(load_all(sorted(tmp_path.iterdir()))[0])
    page = read(page_text(both.content))
    assert page.text.count("<svg") == 3  # swimmer, waterfall and spider
    assert len(set(page.ids)) == len(page.ids)


def all_texts(content):
    for section in content.sections:
        yield section.title
    for block in blocks(content, Items):
        yield from block.texts
    for block in blocks(content, Table):
        yield from (cell.text for row in block.rows for cell in row)


def flat(text: str) -> str:
    """Without spaces and hyphens, which the lines of a page change."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@pytest.mark.parametrize("suffix", ["html", "pdf", "docx"])
def test_each_format_has_every_text(saved, suffix):
    path = saved / f"a4.{suffix}"
    if suffix == "html":
        import html

        found = html.unescape(re.sub(r"<[^>]+>", "", path.read_text("utf-8")))
    elif suffix == "pdf":
        found = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        found = re.sub(r"Treatment history: measured\s*\d+ of \d+", "", found)
        found = found.replace("•", "")
    else:
        document = docx.Document(path)
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        found = "\n".join([*(each.text for each in document.paragraphs), *cells])
    missing = [each for each in all_texts(made(saved).content) if flat(each) not in flat(found)]
    if suffix == "pdf":  # a row that continues on the next page has the headings between
        missing = [each for each in missing if len(each) < 40]
    assert missing == []


_DATE = r"[0-9]{4}-[0-9]{2}"


@pytest.mark.parametrize("suffix", ["html", "pdf", "docx"])
def test_no_line_ends_within_a_date(saved, suffix):
    """A browser and Word break a line at a hyphen between digits; the copied text keeps it."""
    path = saved / f"a4.{suffix}"
    if suffix == "html":
        text = _DRAWN.sub("", path.read_text("utf-8"))
        body = re.sub(r'<span class="date">[^<]*</span>', "", text.partition("</h1>")[2])
        assert re.search(_DATE, text)
        assert not re.search(_DATE, re.sub(r"<[^>]*>", "", body))
        assert ".date { white-space: nowrap; }" in text
    elif suffix == "pdf":
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        assert re.search(_DATE, text)
        assert not re.search(r"\b[0-9]{4}-(?:[0-9]{2}-)?\s*\n", text)
    else:
        document = docx.Document(path)
        assert any(re.search(_DATE, cell.text) for row in document.tables[0].rows
                   for cell in row.cells)  # fmt: skip
        written = [each.text for each in document.element.iter(docx.oxml.ns.qn("w:t"))]
        assert not [each for each in written if re.search(_DATE, each)]


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.28, 841.89)), ("letter", (612, 792))])
def test_the_pdf_is_tagged_and_on_the_paper(saved, paper, size):
    """210 and 297 mm are 595.28 and 841.89 points; 8.5 and 11 inches are 612 and 792."""
    reader = pypdf.PdfReader(saved / f"{paper}.pdf")
    for page in reader.pages:
        assert [float(each) for each in page.mediabox[2:]] == pytest.approx(size, abs=0.1)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata.title == "Treatment history: measured"
    tags = _tags(root["/StructTreeRoot"])
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/Figure"} <= set(kinds)
    alts = [alt for kind, alt in tags if kind == "/Figure"]
    assert alts
    assert all(alt and alt.startswith("Treatment timeline of measured") for alt in alts)


def _tags(node):
    """The kind and the alternative text of each element of a structure tree, from the top."""
    found, waiting = [], [node]
    while waiting:
        now = waiting.pop()
        now = now.get_object() if hasattr(now, "get_object") else now
        if isinstance(now, list):
            waiting += now
        elif isinstance(now, dict):
            if "/S" in now:
                found.append((now["/S"], now.get("/Alt")))
            if "/K" in now:
                waiting.append(now["/K"])
    return found


def test_the_document_has_headings_repeated_rows_and_texts_for_pictures(saved):
    document = docx.Document(saved / "a4.docx")
    styles = [each.style.name for each in document.paragraphs]
    assert styles.count("Heading 1") == 1
    titles = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
    assert titles == [each.title for each in made(saved).content.sections]
    for table in document.tables:
        first, *others = [row._tr.trPr for row in table.rows]
        assert first.xpath("./w:tblHeader")
        assert not any(row.xpath("./w:tblHeader") for row in others)
        assert all(row.xpath("./w:cantSplit") for row in (first, *others))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr").startswith("Treatment timeline of measured")
    assert document.core_properties.title == "Treatment history: measured"


@pytest.mark.parametrize(("paper", "size"), [("a4", (210.0, 297.0)), ("letter", (215.9, 279.4))])
def test_the_document_is_on_the_paper(saved, paper, size):
    page = docx.Document(saved / f"{paper}.docx").sections[0]
    assert (page.page_width.mm, page.page_height.mm) == pytest.approx(size, abs=0.1)
    tables = docx.Document(saved / f"{paper}.docx").tables
    inner = size[0] - 30
    for table in tables:
        assert sum(cell.width.mm for cell in table.rows[0].cells) == pytest.approx(inner, abs=1)


def test_the_same_record_gives_the_same_bytes(saved, tmp_path):
    """No time of the run is in a file; the report is made anew from the file."""
    again = BoardReport(load_all([saved / "case.yaml"])[0])
    written = again.save(*(tmp_path / f"a4.{suffix}" for suffix in ("html", "pdf", "docx")))
    for path in written:
        first, second = (saved / path.name).read_bytes(), path.read_bytes()
        assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest(), path.suffix
    with zipfile.ZipFile(written[-1]) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_record_of_200_scans_is_whole(tmp_path):
    """The scans of a long record take several pages of the figure and rows of the table."""
    scans = "".join(
        f"    - {{scan: {2005 + n // 12}-{n % 12 + 1:02}-15, line: 1, target: stable, new: none,"
        f" what: control {n}}}\n"
        for n in range(200)
    )
    text = (
        "case: long\nevents:\n  Case:\n"
        "    - {treatment: 2005-01-01/2021-12-01, line: 1, drugs: imatinib 400 mg}\n"
        f"{scans}    - {{last contact: 2021-12-31}}\n"
    )
    content = content_of_text(tmp_path, text).content
    (rows,) = [each.groups[0].rows for each in blocks(content, Table)
               if each.key == "scans-line-1"]  # fmt: skip
    assert len(rows) == 200
    shown = page_text(content)
    (figure,) = blocks(content, Figure)
    assert shown.count("<svg") == len(figure.scenes) >= 1
    assert all(f"control {n}<" in shown for n in range(200))
