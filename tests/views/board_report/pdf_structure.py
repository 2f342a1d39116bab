"""A tagged PDF against conditions of the Matterhorn Protocol 1.1 that a program can decide.

Each fault begins with the number of its condition (PDF Association 2021; ISO 14289-1). Read by
pypdf. It is no validator: conditions on annotations, forms, layers and glyphs are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ContentStream

PAINTS = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Tj", b"TJ", b"'", b'"', b"sh",
          b"Do", b"EI"}  # fmt: skip
KIDS = {  # which elements an element may hold (ISO 32000-1, 14.8.4.3)
    "/Table": ("/TR", "/THead", "/TBody", "/TFoot", "/Caption"),
    "/THead": ("/TR",),
    "/TBody": ("/TR",),
    "/TR": ("/TH", "/TD"),
    "/L": ("/LI", "/Caption"),
    "/LI": ("/Lbl", "/LBody"),
}
CONDITION = {"/Table": "09-004", "/THead": "09-004", "/TBody": "09-004", "/TR": "09-004",
             "/L": "09-005", "/LI": "09-005"}  # fmt: skip


class Structure:
    """The structure of a PDF, and what is wrong with it."""

    def __init__(self, reader: pypdf.PdfReader) -> None:
        """Read the whole document."""
        self.reader, self.faults = reader, list[str]()
        self.elements: list[tuple[str, Any]] = []  # kind and element, in the order of the document
        self.placed: set[tuple[int, int]] = set()  # page and number of content with an element
        self.marked: set[tuple[int, int]] = set()  # .. of content that is marked on a page
        self._pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
        self.root = reader.trailer["/Root"]
        self._element(self.root["/StructTreeRoot"]["/K"], "", 0)
        for number, page in enumerate(reader.pages):
            stream = page.get_contents()
            self._content(stream, page["/Resources"].get_object(), number, is_inside=False)
        self._decide()

    def _element(self, node: Any, above: str, page: int) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                self._element(each, above, page)
            return
        if isinstance(node, int):
            self.placed.add((page, node))
            return
        kind = node.get("/S", "")
        if "/Pg" in node:
            page = self._pages[node.raw_get("/Pg").idnum]
        if kind:
            self.elements.append((kind, node))
            if above in KIDS and kind not in KIDS[above]:
                self.faults.append(f"{CONDITION[above]}: {kind} in {above}")
        for each in (node["/K"],) if "/K" in node else ():
            self._element(each, kind, page)

    def _content(self, stream: Any, resources: Any, page: int, *, is_inside: bool) -> None:
        tags: list[str] = []
        for operands, operator in ContentStream(stream, self.reader).operations:
            if operator in (b"BDC", b"BMC"):
                tag = operands[0]
                if tag == "/Artifact" and set(tags) - {"/Artifact"}:
                    self.faults.append("01-003: an artifact in tagged content")
                if tag != "/Artifact" and "/Artifact" in tags:
                    self.faults.append("01-004: tagged content in an artifact")
                if operator == b"BDC" and "/MCID" in operands[1]:
                    self.marked.add((page, operands[1]["/MCID"]))
                tags.append(tag)
            elif operator == b"EMC":
                tags.pop()
            elif operator in PAINTS:
                if not tags and not is_inside:
                    self.faults.append(f"01-005: {operator!r} is neither tagged nor an artifact")
                if operator == b"Do":
                    drawn = resources["/XObject"][operands[0]].get_object()
                    if drawn["/Subtype"] == "/Form":
                        inner = drawn.get("/Resources", resources).get_object()
                        self._content(drawn, inner, page, is_inside=is_inside or bool(tags))

    def _decide(self) -> None:
        loose = sorted(self.marked - self.placed)
        self.faults += [f"01-005: content {each} has no place in the structure" for each in loose]
        if not self.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            self.faults.append("07-001: the title is not shown")
        if not self.root.get("/Lang"):
            self.faults.append("11-006: no language")
        self.faults += [
            f"13-004: a figure without text on {each.get('/Pg')}"
            for kind, each in self.elements
            if kind == "/Figure" and not each.get("/Alt")
        ]
        self.faults += self._heading_faults()
        self.faults += self._table_faults()
        self.faults += [f"31-009: {name} is not embedded" for name in self._fonts_elsewhere()]

    @property
    def levels(self) -> list[int]:
        """The levels of the headings, in order."""
        return [
            int(kind[2:]) for kind, _ in self.elements if kind[1:2] == "H" and kind[2:].isdigit()
        ]

    def _heading_faults(self) -> Iterator[str]:
        before = 0
        for level in self.levels:
            if level > before + 1:
                yield f"14-003: H{level} after H{before}" if before else "14-002: H1 is not first"
            before = level

    def _table_faults(self) -> Iterator[str]:
        """A cell of a body names its headers, or the headers state their scope."""
        heads = {
            each["/ID"]: each for kind, each in self.elements if kind == "/TH" and "/ID" in each
        }
        for kind, each in self.elements:
            if kind == "/TD" and not each.get("/A", {}).get("/Headers"):
                yield "15-003: a cell without a header"
            for name in each.get("/A", {}).get("/Headers", ()) if kind == "/TD" else ():
                if name not in heads:
                    yield f"15-003: a cell names {name}, which is no header"

    def _fonts_elsewhere(self) -> set[str]:
        found = set()
        for page in self.reader.pages:
            for each in page["/Resources"].get_object().get("/Font", {}).values():
                font = each.get_object()
                inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
                described = inner.get_object()["/FontDescriptor"].get_object()
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described):
                    found.add(str(font["/BaseFont"]))
        return found
