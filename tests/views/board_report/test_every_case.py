"""Every case of the repository as a report: none fails, and what it has is on the page."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdf
import pytest

from tests.pango import skip_without_pango
from tests.views.board_report.records import ROOT, blocks, table
from timeline.record.events import Scan
from timeline.views.board_report import BoardReport
from timeline.views.board_report.content import Paragraph, Table
from timeline.views.board_report.formats.document import document_bytes
from timeline.views.board_report.formats.page import page_text
from timeline.views.board_report.formats.pdf import pdf_bytes
from timeline.views.case_report import load_each

skip_without_pango(module=True)

FOLDERS = ("cases", "docs/examples", "tests/situations/inputs")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.yaml"))
PRINTED = ("wang2023.yaml", "short_report.yaml")  # a long and a short one, as PDF and DOCX too


def loaded(path: Path):
    return load_each([path], {})[0].case_report


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_case_is_whole_on_its_page(path):
    found = loaded(path)
    if found is None or found.derived is None:
        pytest.skip("a file with faults, or of no single patient")
    content = BoardReport((found,)).content
    page = page_text(content)
    case = found.derived.case
    assert len(table(content, "lines")) == len(case.lines) if case.lines else True
    scans = [row["scan"] for each in blocks(content, Table) if each.key.startswith("scans-")
             for row in each.records()]  # fmt: skip
    assert len(scans) >= len(case.all_of(Scan))
    assert not [each for each in blocks(content, Paragraph) if "cannot be drawn" in each.text and
                "no event has a date" not in each.text]  # fmt: skip
    assert page.count("<h1>") == 1
    if path.name in PRINTED:
        pdf = pypdf.PdfReader(io.BytesIO(pdf_bytes(content, "letter")))
        assert content.title in pdf.pages[0].extract_text()
        document = docx.Document(io.BytesIO(document_bytes(content)))
        assert document.paragraphs[0].text == content.title
