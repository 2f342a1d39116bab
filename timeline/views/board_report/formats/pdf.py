"""A report as a tagged PDF, made of the same page as the HTML.

The tags follow the page: headings, lists, tables with their headers, figures with an alternative
text (ISO 32000-1, 14.8). The foot of each page is an artifact, which a screen reader leaves out.
Nothing is read from outside of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    found: bytes = document.write_pdf(
        stylesheets=[sheet], pdf_tags=True, finisher=lambda _, pdf: _margins_as_artifacts(pdf)
    )
    return found


_REFERENCE = re.compile(rb"([0-9]+) 0 R")


def _margins_as_artifacts(pdf: Any) -> None:
    """Mark as artifacts what is tagged but in no place of the structure: the foot of each page.

    Source: ISO 14289-1, 7.8 (running heads and feet are pagination artifacts); WeasyPrint tags
    them, and leaves them out of the structure.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    placed = set(_elements(pdf, pdf.catalog["StructTreeRoot"]))
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    pages = [each for each in pdf.objects if isinstance(each, dict) and "StructParents" in each]
    tagged = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in pages:
        elements = tagged[page["StructParents"]]
        loose = {place for place, each in enumerate(elements) if each not in placed}
        content = _object(pdf, page["Contents"])
        content.stream = list(_untagged(content.stream, loose))
        for place in loose:
            elements[place] = "null"


def _object(pdf: Any, reference: bytes) -> Any:
    """The object of a reference, ``12 0 R``."""
    found = _REFERENCE.fullmatch(reference)
    assert found is not None  # noqa: S101 - WeasyPrint writes no other
    return pdf.objects[int(found[1])]


def _elements(pdf: Any, reference: bytes) -> Iterator[bytes]:
    """The references of an element of the structure, and of all below it."""
    yield reference
    for kid in _object(pdf, reference).get("K", ()):
        if isinstance(kid, bytes):
            yield from _elements(pdf, kid)


def _untagged(operations: Iterable[Any], loose: set[int]) -> Iterator[Any]:
    """The operations of a page, with an artifact where the number of some content is a loose one.

    Marked content begins with three parts: its tag, a dictionary with its number, and ``BDC``.
    """
    every = iter(operations)
    before: Any = None
    for each in every:
        if isinstance(each, dict) and each.get("MCID") in loose:
            next(every)  # BDC
            before = b"/Artifact BMC"  # instead of the tag
            continue
        if before is not None:
            yield before
        before = each
    if before is not None:
        yield before


def _weasyprint() -> Any:
    try:
        return import_extra("weasyprint", "report")
    except OSError:  # its own library is not on this computer
        raise ImportError(
            "needs the library Pango, which WeasyPrint draws text with (install the package pango "
            "of your system, or write .html or .docx)"
        ) from None
