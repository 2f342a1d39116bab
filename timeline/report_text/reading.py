"""A report from a file: plain text, JATS XML, or PDF."""

from __future__ import annotations

from pathlib import Path

from timeline.files.file_text import Unreadable, bytes_of, text_of
from timeline.report_text.jats import looks_like_xml, report_of_xml
from timeline.report_text.pdf import report_of_pdf
from timeline.report_text.plain import report_of_text
from timeline.report_text.report_text import LONGEST, ReportText

_PDF_WITHIN = 1024  # bytes at the start in which readers of PDF look for its first words
_PDF_PARTS = (b"startxref", b" obj")  # of every PDF, and of no text
_SAVE = "save it as plain text in UTF-8, as JATS XML or as PDF"


def read_report(path: Path) -> ReportText:
    """The text of a report with its sections.

    The kind of the file is recognised by its first characters, not by its name. Nothing is
    fetched from a network, and no entity of an XML file is expanded.

    Args:
        path: a plain UTF-8 text, an XML file as PubMed Central gives it, or a PDF.

    Returns:
        The text and its sections.

    Raises:
        Unreadable: the file is missing, of another kind, damaged, encrypted, without text, or
            larger than any report.
    """
    raw = bytes_of(path)
    has_its_parts = all(part in raw for part in _PDF_PARTS)
    if raw.startswith(b"%PDF") or (has_its_parts and b"%PDF-" in raw[:_PDF_WITHIN]):
        return report_of_pdf(raw, path.name)
    if has_its_parts:
        raise Unreadable("a PDF whose beginning is missing (save it again, or as plain text)")
    if looks_like_xml(raw):
        return report_of_xml(raw, path.name)
    del raw
    text = text_of(path, save=_SAVE)
    if len(text) > LONGEST:
        found = f"{len(text):,} characters of text"
        raise Unreadable(f"longer than any report: {found} (at most {LONGEST:,}; divide it)")
    if not text.strip():
        raise Unreadable("no text (save the report as plain text, JATS XML or PDF)")
    return report_of_text(text, path.name)
