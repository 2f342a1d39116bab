"""A report as one text, divided into its sections."""

from __future__ import annotations

import bisect
import functools
import re
from enum import StrEnum

import attrs

LONGEST = 1_000_000  # characters of one report; a long review has 300,000


class SectionRole(StrEnum):
    """What a section of a report is for."""

    FRONT = "front"  # before the first heading: title, authors, dates of the journal
    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    CASE = "case"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    LEGEND = "legend"
    TABLE = "table"
    REFERENCES = "references"
    BACK = "back"  # consent, funding, contributions
    OTHER = "other"


@attrs.frozen
class Section:
    """A part of a text under one heading.

    Attributes:
        heading: the heading as printed; empty before the first one.
        role: what the section is for.
        start: the offset of its first character after the heading.
        end: the offset after its last character.
        in_abstract: whether it is a part of a structured abstract, such as its Background.
    """

    heading: str
    role: SectionRole
    start: int
    end: int
    in_abstract: bool = False


@attrs.frozen(slots=False)
class ReportText:
    """The text of a report and its sections, in their order.

    Attributes:
        text: the entire text. Offsets count its characters from 0. That of a plain file is the
            file; that of an XML or PDF file is what was extracted.
        sections: they cover the text except headings, and do not overlap.
        source: the name of the file.
        citation: what an XML file has of the publication: ``doi``, and the dates ``received``,
            ``revised``, ``accepted`` and ``published`` as far as they are known.
    """

    text: str
    sections: tuple[Section, ...]
    source: str = ""
    citation: tuple[tuple[str, str], ...] = ()

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def section_at(self, offset: int) -> Section | None:
        """The section that holds a character; None in a heading or outside the text."""
        index = bisect.bisect_right(self._starts, offset) - 1
        found = self.sections[index] if index >= 0 else None
        return found if found is not None and offset < found.end else None

    def place_of(self, offset: int) -> str:
        """The place of a character as reports are cited: ``Case presentation, paragraph 2``.

        Paragraphs are separated by an empty line and counted from 1 under their heading, legends
        between them left out.
        """
        section = self.section_at(offset)
        if section is None:
            return ""
        heading = section.heading or section.role.capitalize()
        starts = self._paragraphs[section.heading, section.role]
        return f"{heading}, paragraph {max(1, bisect.bisect_right(starts, offset))}"

    @functools.cached_property
    def _paragraphs(self) -> dict[tuple[str, SectionRole], list[int]]:
        """Where the paragraphs under each heading begin."""
        starts: dict[tuple[str, SectionRole], list[int]] = {}
        for section in self.sections:
            own = starts.setdefault((section.heading, section.role), [])
            found = _PARAGRAPH.finditer(self.text, section.start, section.end)
            own.extend(each.start() for each in found)
        return starts


_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t\r]*\n))*")  # up to an empty line
