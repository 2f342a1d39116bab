"""The formats of a report: one row each, by the suffix of the file."""

from __future__ import annotations

from collections.abc import Callable

from timeline.views.board_report.content import Content
from timeline.views.board_report.formats.document import PAPERS, document_bytes
from timeline.views.board_report.formats.page import page_bytes
from timeline.views.board_report.formats.pdf import pdf_bytes

FORMATS: dict[str, Callable[[Content, str], bytes]] = {
    ".html": page_bytes,
    ".htm": page_bytes,
    ".pdf": pdf_bytes,
    ".docx": document_bytes,
}

__all__ = ["FORMATS", "PAPERS"]
