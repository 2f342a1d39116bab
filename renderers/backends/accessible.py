"""What a file tells a reader who cannot see its figure: the words of an SVG, the tags of a PDF.

Matplotlib writes a title into both, and neither a role nor tags. The tags of a PDF are added as an
incremental update (ISO 32000-1, 7.5.6): the file of matplotlib is not changed, its page is marked
as one figure with an alternative text, and the document states its language (14.8, 14.9). The
single letters and lines of the figure are not tagged: to a screen reader it is one picture.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from html import escape

from renderers.scene.scene import Scene

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_ROOT = re.compile(rb"/Size (\d+) /Root (\d+) 0 R(.*?)>>\s*startxref\s+(\d+)", re.DOTALL)
_CATALOG = re.compile(rb"\n(\d+) 0 obj\n<< /Type /Catalog (.*?)>>\nendobj", re.DOTALL)
_PAGE = re.compile(
    rb"\n(\d+) 0 obj\n<< (/Type /Page\s.*?/MediaBox (\[[^\]]*\]).*?)"
    rb"/Contents (\d+ 0 R)(.*?)>>\nendobj",
    re.DOTALL,
)


def accessible_svg(svg: str, scene: Scene) -> str:
    """An SVG file as one image with a name and a description, in the language of the scene.

    The ids differ from figure to figure, since a page may hold several.
    """
    key = hashlib.sha256(f"{scene.name}\n{scene.alt}".encode()).hexdigest()[:8]
    head = (
        f'<svg role="img" aria-labelledby="title-{key} words-{key}" '
        f'lang="{scene.language}" xml:lang="{scene.language}" '
    )
    words = f'<desc id="words-{key}">{escape(scene.alt, quote=False)}</desc>'
    named = _TITLE.sub(
        lambda found: f'<title id="title-{key}">{found[1]}</title>\n {words}', svg, count=1
    )
    return named.replace("<svg ", head, 1)


def tagged_pdf(pdf: bytes, scene: Scene) -> bytes:
    """A PDF file of one page with tags; as it is where it is not written as matplotlib does.

    Args:
        pdf: the file.
        scene: its figure, for title, alternative text and language.

    """
    root, catalog, page = _ROOT.search(pdf), _CATALOG.search(pdf), _PAGE.search(pdf)
    if not (root and catalog and page and len(_PAGE.findall(pdf)) == 1):
        return pdf
    first = int(root[1])
    opens, closes, tree, document, figure, parents = range(first, first + 6)
    language = f"/Lang ({scene.language})"
    objects = {
        int(catalog[1]): f"<< /Type /Catalog {catalog[2].decode('latin-1')} {language} "
        f"/MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> "
        f"/StructTreeRoot {tree} 0 R >>",
        int(page[1]): f"<< {page[2].decode('latin-1')}/Contents [ {opens} 0 R "
        f"{page[4].decode('latin-1')} {closes} 0 R ]{page[5].decode('latin-1')}"
        "/StructParents 0 /Tabs /S >>",
        opens: _stream("/Figure << /MCID 0 >> BDC\n"),
        closes: _stream("\nEMC\n"),
        tree: f"<< /Type /StructTreeRoot /K [ {document} 0 R ] /ParentTree {parents} 0 R "
        "/ParentTreeNextKey 1 >>",
        document: f"<< /Type /StructElem /S /Document /P {tree} 0 R /K [ {figure} 0 R ] >>",
        figure: f"<< /Type /StructElem /S /Figure /P {document} 0 R /Pg {int(page[1])} 0 R /K 0 "
        f"/T {_text(scene.name)} /Alt {_text(scene.alt)} {language} "
        f"/A << /O /Layout /Placement /Block /BBox {page[3].decode('latin-1')} >> >>",
        parents: f"<< /Nums [ 0 [ {figure} 0 R ] ] >>",
    }
    return pdf + _update(objects, len(pdf), root)


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _text(text: str) -> str:
    """A text string of PDF, in any script (7.9.2.2): UTF-16, written in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _update(objects: Mapping[int, str], start: int, root: re.Match[bytes]) -> bytes:
    """The objects that are added or replaced, with their own cross-reference table."""
    body, table = b"", list[str]()
    for number in sorted(objects):
        table.append(f"{number} 1\n{start + len(body):010d} 00000 n \n")
        body += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode("latin-1")
    size = max(max(objects) + 1, int(root[1]))
    trailer = (
        f"trailer\n<< /Size {size} /Root {int(root[2])} 0 R{root[3].decode('latin-1')}"
        f"/Prev {int(root[4])} >>\nstartxref\n{start + len(body)}\n%%EOF\n"
    )
    return body + f"xref\n{''.join(table)}{trailer}".encode("latin-1")
