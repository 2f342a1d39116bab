"""A report as a tagged PDF, made of the same page as the HTML.

The tags follow the page: headings, lists, tables with their headers, figures with an alternative
text (ISO 32000-1, 14.8). Nothing is read from outside of the page.
"""

from __future__ import annotations

from typing import Any

from timeline.files.extras import import_extra
from timeline.views.board_report.content import Content
from timeline.views.board_report.formats.page import page_text


def pdf_bytes(content: Content, paper: str = "a4") -> bytes:
    """The document on a paper, ``a4`` or ``letter``.

    Raises:
        ImportError: WeasyPrint, or the library Pango that it needs, is not installed.
    """
    weasyprint = _weasyprint()
    only_data = import_extra("weasyprint.urls", "report").URLFetcher(
        allowed_protocols=("data",), fail_on_errors=True
    )
    document = weasyprint.HTML(string=page_text(content, alt_in_title=True), url_fetcher=only_data)
    sheet = weasyprint.CSS(string=f"@page {{ size: {paper} }}")
    found: bytes = document.write_pdf(stylesheets=[sheet], pdf_tags=True)
    return found


def _weasyprint() -> Any:
    try:
        return import_extra("weasyprint", "report")
    except OSError:  # its own library is not on this computer
        raise ImportError(
            "needs the library Pango, which WeasyPrint draws text with (install the package pango "
            "of your system, or write .html or .docx)"
        ) from None
