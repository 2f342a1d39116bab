"""The text of a JATS XML file, as PubMed Central gives it.

The file is read as a stream: no tree is built. Entities are refused, nothing is fetched.
"""

from __future__ import annotations

import contextlib
import re
from xml.etree.ElementTree import ParseError

import attrs

from timeline.core.calendar.dates import parse_edtf
from timeline.files.file_text import Unreadable
from timeline.report_text.plain import role_of
from timeline.report_text.report_text import LONGEST, ReportText, Section, SectionRole

_DEEPEST = 200  # elements within each other; JATS of a report has about 20
_SKIPPED = frozenset(
    ("journal-meta", "contrib-group", "aff", "author-notes", "pub-date", "history", "permissions",
     "self-uri", "related-article", "kwd-group", "funding-group", "counts", "article-id",
     "custom-meta-group", "article-categories", "ref-list", "graphic", "media", "alternatives",
     "tex-math", "object-id", "volume", "issue", "elocation-id", "fpage", "lpage",
     "pub-history", "processing-meta")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "title", "label", "caption", "tr", "list-item", "disp-formula", "disp-quote",
     "article-title", "abstract", "sec", "fig", "table-wrap", "boxed-text", "ack", "fn", "app")
)  # fmt: skip
_NAMED = {  # sections without a title of their own: their heading and role
    "abstract": ("Abstract", SectionRole.ABSTRACT),
    "ack": ("Acknowledgements", SectionRole.BACK),
    "fn-group": ("Footnotes", SectionRole.BACK),
}
_HOLDERS = {"fig": SectionRole.LEGEND, "table-wrap": SectionRole.TABLE}
_DATES = {"received": "received", "rev-recd": "revised", "accepted": "accepted",
          "epub": "published", "pub": "published"}  # fmt: skip
_CITED = ("doi", "received", "revised", "accepted", "published")
_DIGITS = {"year": 4, "month": 2, "day": 2}
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|!--|[a-zA-Z])")
_SPACES = re.compile(r"\s+")


def looks_like_xml(raw: bytes) -> bool:
    """Whether the first bytes are those of an XML file."""
    return _XML.match(raw[:200]) is not None


class _TextBuilder:
    """Collects text and sections while the parser reads."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.sections: list[Section] = []
        self.open = ("", SectionRole.FRONT, 0)
        self.outer: list[tuple[int, str, SectionRole]] = []  # depth, heading, role
        self.depth = 0
        self.skipping = 0  # the depth at which a part that is left out began
        self.title: list[str] | None = None
        self.holder: tuple[int, SectionRole] | None = None
        self.root = ""
        self.citation: dict[str, str] = {}
        self.part = ""  # the part of the citation that the next text is
        self.date: dict[str, str] = {}
        self.dated = ""  # what the date is of

    # the parser calls start, data, end and close

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable(f"more than {_DEEPEST} XML elements within each other (not JATS)")
        tag = tag.rpartition("}")[2]
        self.root = self.root or tag
        self._note(tag, attributes)
        if self.skipping:
            return
        cited = tag == "xref" and attributes.get("ref-type") == "bibr"
        if tag in _SKIPPED or cited:
            self.skipping = self.depth
            return
        if tag in _BLOCKS:
            self._write("\n\n")
        if tag in ("td", "th", "break"):
            self._write(" | " if tag != "break" else " ")
        if tag in _NAMED:
            self._begin(*_NAMED[tag], depth=self.depth)
        if tag in _HOLDERS:
            self.holder = self.depth, _HOLDERS[tag]
        if tag == "sup":
            self._write("" if self._last() == "m" else "^")
        if tag == "title" or (tag == "label" and self.holder):
            self.title = []

    def _note(self, tag: str, attributes: dict[str, str]) -> None:
        """Note what the next text is, in the head of an article."""
        if tag in ("date", "pub-date"):
            kind = attributes.get("date-type") or attributes.get("pub-type") or ""
            self.dated, self.date = _DATES.get(kind, ""), {}
        doi = tag == "article-id" and attributes.get("pub-id-type") == "doi"
        self.part = "doi" if doi else tag if self.dated and tag in _DIGITS else ""

    def data(self, text: str) -> None:
        if self.part == "doi" and len(text) < 200:
            self.citation.setdefault("doi", text.strip())
        elif self.part and text.strip().isdigit():
            self.date[self.part] = text.strip().zfill(_DIGITS[self.part])
        if self.skipping:
            return
        if self.title is not None:
            self.title.append(text)
            return
        self._write(_SPACES.sub(" ", text))

    def end(self, tag: str) -> None:
        tag = tag.rpartition("}")[2]
        self.part = ""
        if tag in ("date", "pub-date"):
            self._dated()
        if self.skipping:
            if self.depth == self.skipping:
                self.skipping = 0
            self.depth -= 1
            return
        if self.title is not None and tag in ("title", "label"):
            heading, self.title = _SPACES.sub(" ", "".join(self.title)).strip(), None
            self._titled(heading, tag)
        if self.holder and self.depth == self.holder[0]:
            self.holder = None
            self._resume()
        if tag in _BLOCKS:
            self._write("\n\n")
        while self.outer and self.outer[-1][0] > self.depth:
            self.outer.pop()
        self.depth -= 1
        if tag in ("sec", "abstract", "ack", "fn-group"):
            self._resume()

    def _dated(self) -> None:
        """Keep a date of the publication, as exactly as it is known, if the calendar has it."""
        parts = [self.date[part] for part in _DIGITS if part in self.date]
        if self.dated and "year" in self.date:
            with contextlib.suppress(ValueError):
                parse_edtf("-".join(parts))
                self.citation.setdefault(self.dated, "-".join(parts))
        self.dated = ""

    def close(self) -> ReportText:
        self._finish()
        sections = tuple(section for section in self.sections if section.end > section.start)
        citation = tuple((key, self.citation[key]) for key in _CITED if key in self.citation)
        return ReportText("".join(self.pieces), sections, citation=citation)

    def _titled(self, heading: str, tag: str) -> None:
        if self.holder:
            if tag == "label":
                self._begin(f"{heading} legend", self.holder[1])
            else:
                self._write(heading)
            return
        inherited = self.outer[-1][2] if self.outer else SectionRole.OTHER
        role = role_of(heading, inherited)
        if self.outer and self.outer[0][2] is SectionRole.ABSTRACT:
            role = SectionRole.ABSTRACT
        self._begin(heading, role, depth=self.depth - 1)

    def _begin(self, heading: str, role: SectionRole, *, depth: int = 0) -> None:
        """Begin a section; ``depth``: that of its element, 0 if it contains no others."""
        self._finish()
        if depth:
            self.outer.append((depth, heading, role))
        if heading:
            self._write(f"{heading}\n\n")
        self.open = heading, role, self.length

    def _resume(self) -> None:
        """Go on with the section around the one that has ended."""
        while self.outer and self.outer[-1][0] > self.depth:
            self.outer.pop()
        heading, role = self.outer[-1][1:] if self.outer else ("", SectionRole.OTHER)
        self._finish()
        self.open = heading, role, self.length

    def _finish(self) -> None:
        heading, role, start = self.open
        if self.length > start:
            self.sections.append(Section(heading, role, start, self.length))
        self.open = heading, role, self.length

    def _last(self) -> str:
        return self.pieces[-1][-1:] if self.pieces else ""

    def _write(self, text: str) -> None:
        if text == "\n\n" and (not self.pieces or self.pieces[-1].endswith("\n\n")):
            return
        if not text:
            return
        if text[0] == " " and self._last() in ("", "\n", " "):
            text = text.lstrip(" ")
            if not text:
                return
        self.pieces.append(text)
        self.length += len(text)
        if self.length > LONGEST:
            raise Unreadable(f"longer than any report: over {LONGEST:,} characters of text")


def report_of_xml(raw: bytes, source: str = "") -> ReportText:
    """The text of a JATS file with its sections, figure legends and tables; without references.

    Raises:
        Unreadable: it is not well formed, defines or uses entities, is nested too deep, or holds
            no text of an article.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    builder = _TextBuilder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=False, forbid_entities=True)
    try:
        parser.feed(raw)
        found: ReportText = parser.close()
    except ParseError as fault:
        line, column = fault.position
        what = str(fault).partition(":")[0]
        advice = "save it again from PubMed Central"
        raise Unreadable(f"not well-formed XML: {what} ({advice})", line, column + 1) from None
    except DefusedXmlException:
        advice = "save the article without a document type of its own"
        raise Unreadable(f"XML that defines entities is not read ({advice})") from None
    except (ValueError, LookupError) as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable(f"not XML that can be read: {fault}") from None
    if builder.root == "html" or not found.text.strip():
        kind = "an HTML page" if builder.root == "html" else "XML without text of an article"
        raise Unreadable(f"{kind} (save the article as JATS XML, PDF or plain text)")
    return attrs.evolve(found, source=source)
