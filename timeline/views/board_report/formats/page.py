"""A report as one HTML page: self-contained, everything that comes from a file escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from itertools import count
from pathlib import Path

from renderers.backends.save import files_of
from timeline.core.text.inert_text import in_reading_order, undirected, xml_text
from timeline.views.board_report.content import Block, Content, Figure, Items, Table
from timeline.views.board_report.formats.column_widths import column_widths
from timeline.views.unbroken import unbroken

_TEMPLATES = Path(__file__).parents[2] / "templates"
_INNER = 180.0  # millimetres of A4 between its margins
_TOGETHER = 12  # rows of a group that are kept on one page
_TEMPLATE = "board_report.html.j2"
_SVG = Path("figure.svg")
_TITLE = re.compile(r"<title[^>]*>.*?</title>", re.DOTALL)
_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)  # the declarations of an XML file
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_IDS = re.compile(r"""(\bid="|url\(#|href="#)(?!title-|words-)""")


def page_bytes(content: Content, _: str = "a4") -> bytes:
    """The page in UTF-8; the paper is that of the printer."""
    return page_text(content).encode()


def page_text(content: Content, *, alt_in_title: bool = False) -> str:
    """The page as text.

    Args:
        content: the content.
        alt_in_title: the text alternative of a drawing as its title, which a PDF takes it from.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_plain,
    )
    environment.filters["dated"] = lambda text: unbroken(_plain(text))
    return environment.get_template(_TEMPLATE).render(
        content=content,
        generator="oncology-timeline",
        kind_of=_kind,
        rows_named=_rows_named(content),
        widths=_widths,
        most_together=_TOGETHER,
        drawings=_drawings(alt_in_title=alt_in_title),
    )


def _plain(value: object) -> object:
    """A text without characters that no page may hold, or that turn its direction of writing."""
    return in_reading_order(undirected(xml_text(value))) if type(value) is str else value


def _rows_named(content: Content) -> frozenset[tuple[str, str]]:
    """The rows of tables that a list names: the key of the table, and the first cell."""
    blocks = [block for section in content.sections for block in section.blocks]
    named = {block.names for block in blocks if isinstance(block, Items)}
    return frozenset(
        (block.key, row[0].text)
        for block in blocks
        if isinstance(block, Table) and block.key in named
        for row in block.rows
    )


def _kind(block: Block) -> str:
    return type(block).__name__


def _widths(table: Table) -> list[str]:
    """The width of each column in percent, as on A4."""
    return [f"{100 * each / _INNER:.2f}" for each in column_widths(table, _INNER)]


def _drawings(*, alt_in_title: bool) -> Callable[[Figure], list[object]]:
    """What makes the pages of a figure, each with ids of its own."""
    from markupsafe import Markup

    counted = count(1)

    def drawings(figure: Figure) -> list[object]:
        found: list[object] = []
        for scene in figure.scenes:
            ((_, content),) = files_of(scene, _SVG, figure.page)
            svg = _inline(content.decode(), f"f{next(counted)}-")
            if alt_in_title:
                title = f"<title>{escape(str(_plain(figure.alt)))}</title>"
                svg = title.join(_TITLE.split(svg, maxsplit=1))
            found.append(Markup(svg))  # noqa: S704 (our own drawing, with its texts escaped)
        return found

    return drawings


def _inline(svg: str, prefix: str) -> str:
    """A drawing within the page; its ids are unlike those of any other drawing."""
    inner = _METADATA.sub("", _HEAD.sub("", svg, count=1))
    return _IDS.sub(rf"\g<1>{prefix}", inner)
