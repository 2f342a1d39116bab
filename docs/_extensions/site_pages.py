"""What the site adds to Sphinx: generated tables, run commands, and links that leave ``docs``.

A page holds a block ``{generated} NAME``: it is replaced by the Markdown that the function NAME of
`reference_tables` makes from the code. A block ``{document} PATH`` is replaced by a file of the
project, such as a README. The line ``...`` of the first page stands for the pages of ``docs``
that it does not list. Links to files that the site does not show become their names.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer
from reference_tables import GENERATED
from run_commands import CommandOutput, ExampleFile, new_folders
from sphinx.application import Sphinx
from sphinx.util import logging

DOCS = Path(__file__).resolve().parents[1]
ROOT = DOCS.parent
SHOWN = {  # files outside docs, and the page that shows each
    "cases/README.md": "reference/case-files.md",
    "seeds/README.md": "reference/report-files.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changes.md",
}
_BLOCK = re.compile(r"^```\{(generated|document)\} +(\S+) *\n```$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
log = logging.getLogger(__name__)


def with_blocks(text: str, page: Path) -> str:
    """The text of a page with its blocks replaced, and its links as the site has them.

    Args:
        text: Markdown.
        page: the file that it is from.

    Raises:
        KeyError: a block names a table that is not made.
        OSError: a block names a file that cannot be read.
    """

    def replaced(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "generated":
            return GENERATED[name]()
        document = ROOT / name
        return with_site_links(document.read_text("utf-8"), document, page)

    parts = _BLOCK.split(with_site_links(text, page, page))
    found = [parts[0]]
    for kind, name, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        block = _BLOCK.match(f"```{{{kind}}} {name}\n```")
        assert block is not None  # noqa: S101 - it was split by the same pattern
        found += [replaced(block), rest]
    return "".join(found)


def with_site_links(text: str, origin: Path, page: Path) -> str:
    """The text with its links as the site has them; fenced code stays.

    Args:
        text: Markdown.
        origin: the file that the text is from, which its links start from.
        page: the page that shows it.
    """

    def link(match: re.Match[str]) -> str:
        label, target, anchor = match[1], match[2], match[3] or ""
        if not target or "://" in target or target.startswith("mailto:"):
            return match[0]
        path = Path(os.path.normpath(origin.parent / target))
        if path.is_relative_to(ROOT):
            name = path.relative_to(ROOT).as_posix()
            if name in SHOWN:
                path = DOCS / SHOWN[name]
        if path.is_relative_to(DOCS) and path.is_file():
            relative = os.path.relpath(path, page.parent)
            return f"[{label}]({relative}{anchor})"
        return label

    pieces = _FENCE.split(text)
    return "".join(piece if piece.startswith("```") else _LINK.sub(link, piece) for piece in pieces)


def _unlisted(index: str) -> str:
    """The pages of ``docs`` itself that the first page does not list, one a line."""
    listed = {*index.splitlines(), "index"}
    return "\n".join(sorted({path.stem for path in DOCS.glob("*.md")} - listed))


def _read_source(app: Sphinx, name: str, source: list[str]) -> None:
    """Replace the blocks of a page before it is parsed."""
    try:
        source[0] = with_blocks(source[0], app.env.doc2path(name).resolve())
        if name == "index":
            source[0] = source[0].replace("\n...\n", f"\n{_unlisted(source[0])}\n")
    except (KeyError, OSError) as fault:
        log.warning("block cannot be made: %s", fault, location=name)


REPAIRS = (  # what the theme leaves out for those who use a keyboard or a screen reader
    (re.compile(r'(<p class="caption" role="heading")>'), r'\1 aria-level="2">'),
    (
        re.compile(r'<aside class="sidebar-drawer">'),
        '<aside class="sidebar-drawer" aria-label="Pages">',
    ),
    (re.compile(r'<aside class="toc-drawer'), '<aside aria-label="On this page" class="toc-drawer'),
    (re.compile("<pre>"), '<pre tabindex="0">'),
    (re.compile(r'<div class="table-wrapper'), '<div tabindex="0" class="table-wrapper'),
    (re.compile(r'(<div id="search-results">)'), r'<h1 class="unseen">Search</h1>\1'),
)


def _repair_pages(app: Sphinx, fault: Exception | None) -> None:
    """Write into each page what the theme leaves out."""
    for page in Path(app.outdir).rglob("*.html") if fault is None else ():
        text = page.read_text("utf-8")
        for pattern, replacement in REPAIRS:
            text = pattern.sub(replacement, text)
        page.write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the blocks and the directives."""
    app.add_lexer("csv", TextLexer)
    app.add_directive("file", ExampleFile)
    app.add_directive("run", CommandOutput)
    app.connect("builder-inited", new_folders)
    app.connect("source-read", _read_source)
    app.connect("build-finished", _repair_pages)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}
