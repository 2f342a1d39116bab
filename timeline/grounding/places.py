"""Where in a text a place such as ``Case presentation, paragraph 2`` is."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence

from timeline.grounding.paragraph_parts import (
    GAP,
    LABEL,
    Paragraph,
    Part,
    Region,
    continuation,
    heading_text,
    is_label,
    is_separate,
    legend_end,
    legend_key,
    starts_legend,
)
from timeline.report_text import ReportText, Section, SectionRole

_PARAGRAPH = re.compile(
    r"(?:paragraph\s+(?P<number>[0-9]+)|(?P<last>last)\s+paragraph)\b", re.IGNORECASE
)
_SECTION = re.compile(r"section\s+(?P<number>[0-9]+(?:\.[0-9]+)*)$", re.IGNORECASE)
_FRONT = ("title", "abstract", "authors", "citation", "citation line", "keywords", "summary")
_BODY = (SectionRole.CASE, SectionRole.METHODS, SectionRole.RESULTS, SectionRole.DISCUSSION)
_ROLES = {  # the first word of a place, and the role of the sections that it may mean
    "abstract": SectionRole.ABSTRACT,
    "summary": SectionRole.ABSTRACT,
    "introduction": SectionRole.INTRODUCTION,
    "background": SectionRole.INTRODUCTION,
    "case": SectionRole.CASE,
    "methods": SectionRole.METHODS,
    "materials": SectionRole.METHODS,
    "patients": SectionRole.METHODS,
    "results": SectionRole.RESULTS,
    "discussion": SectionRole.DISCUSSION,
    "conclusion": SectionRole.DISCUSSION,
    "conclusions": SectionRole.DISCUSSION,
    "references": SectionRole.REFERENCES,
}


def headings_of(place: str) -> Iterator[str]:
    """The headings that a place names: not a figure, a table, a number, or a part of the front."""
    for each in place.split(";"):
        name = each.partition(",")[0].strip()
        is_other = LABEL.match(name) or _SECTION.match(name) or name.lower() in _FRONT
        if name and not is_other:
            yield name


class Places:
    """The places of one report."""

    def __init__(self, report: ReportText) -> None:
        self.report = report
        self.front_end = _front_end(report)
        self._regions: dict[str, Region | None] = {}
        self._groups: dict[str, list[range]] = {}
        self._paragraphs_under: dict[str, tuple[list[int], list[Region]]] = {}
        self._labels = dict(self._legends())

    def region(self, place: str) -> Region | None:
        """The parts of the text that a place names; None if the text has no such place.

        Several places are separated by semicolons. Words after a comma that name no paragraph
        (``conclusion``) are not compared: the whole section or paragraph is taken.
        """
        if place not in self._regions:
            self._regions[place] = self._region(place)
        return self._regions[place]

    def _region(self, place: str) -> Region | None:
        found = [self._one(each.strip()) for each in place.split(";")]
        known = [each for each in found if each is not None]
        if not known:
            return None
        parts = tuple(sorted({part for each in known for part in each.parts}))
        return Region(parts, any(each.is_table for each in known))

    @functools.cached_property
    def case_section(self) -> Region:
        """The description of the patient; of a study its results, with the tables.

        A text without such a section is compared from its abstract on, but for the references.
        """
        cases = self._of_role(SectionRole.CASE)
        sections = cases or self._of_role(SectionRole.RESULTS) or self._every_section()
        parts = [part for parts in self._paragraphs(sections) for part in parts]
        tables = () if cases else self.tables
        return Region(tuple(sorted((*parts, *(part for each in tables for part in each.parts)))))

    @property
    def has_case_section(self) -> bool:
        """Whether the text has a section on the case, or results."""
        return bool(self._of_role(SectionRole.CASE) or self._of_role(SectionRole.RESULTS))

    def _every_section(self) -> list[Section]:
        left_out = (SectionRole.REFERENCES, SectionRole.BACK)
        every = [each for each in self.report.sections if each.role not in left_out]
        return [each for each in every if each.role is not SectionRole.FRONT] or every

    @functools.cached_property
    def references(self) -> Region:
        """The list of references, to the end of the text: boxes may divide it."""
        sections = self._of_role(SectionRole.REFERENCES)
        return Region(((sections[0].start, len(self.report.text)),) if sections else ())

    @property
    def tables(self) -> tuple[Region, ...]:
        """The tables of the text."""
        return tuple(each for each in self._labels.values() if each.is_table)

    def _one(self, place: str) -> Region | None:
        name, *rest = (part.strip() for part in place.split(","))
        if label := LABEL.match(name):
            return self._labels.get(legend_key(label))
        if name.lower() in _FRONT:
            return self._in_front(name.lower(), rest)
        sections = self._sections(name)
        if not sections:
            numbered = _SECTION.match(name)
            return self._numbered(numbered["number"]) if numbered else self._without_heading(name)
        if all(each.role is SectionRole.REFERENCES for each in sections):
            return self.references
        found = next(filter(None, map(_PARAGRAPH.search, rest)), None)
        if found is None:
            return Region(tuple(self._flow(sections)))
        paragraphs = self._paragraphs(sections)
        groups = self._groups.get(name.lower(), [range(n, n + 1) for n in range(len(paragraphs))])
        number = len(groups) if found["last"] else int(found["number"])
        if not 1 <= number <= len(groups):
            return None
        return Region(tuple(part for each in groups[number - 1] for part in paragraphs[each]))

    def joined(self, place: str) -> str:
        """Two places that a comma joins, with a semicolon in its stead; empty if there are none.

        ``Abstract, Case presentation`` names two sections, if no part of the abstract has that
        heading. A part of a structured abstract (``Abstract, results``) is one place.
        """
        first, _, rest = (part.strip() for part in place.partition(","))
        others = [part.strip() for part in rest.split(",")]
        if ";" in place or not rest or self._is_part_of_abstract(first, others[0]):
            return ""
        known = first.lower() in _FRONT or bool(self._sections(first))
        return f"{first}; {', '.join(others)}" if known and self._is_place(others[0]) else ""

    def _is_part_of_abstract(self, first: str, part: str) -> bool:
        within = [heading_text(each) for each in self.report.sections if each.in_abstract]
        return first.lower() == "abstract" and any(each.startswith(part.lower()) for each in within)

    def _is_place(self, name: str) -> bool:
        """Whether a name is that of a place of its own, and not of a part of an abstract."""
        role = _ROLES.get(name.lower().partition(" ")[0])
        own = role in (SectionRole.CASE, SectionRole.ABSTRACT) or LABEL.match(name) is not None
        return own and self._one(name) is not None

    def numbered_place(self, place: str) -> tuple[str, int] | None:
        """The section and the number of a place that names a paragraph by its number."""
        name, *rest = (part.strip() for part in place.split(","))
        found = next(filter(None, map(_PARAGRAPH.search, rest)), None)
        return (name.lower(), int(found["number"])) if found and found["number"] else None

    def paragraphs_of(self, name: str) -> list[Region]:
        """The paragraphs of a section, by its heading, as the text divides them."""
        return [Region(parts) for parts in self._paragraphs(self._sections(name))]

    def group(self, name: str, groups: list[range]) -> None:
        """State which paragraphs of the text are one paragraph of the report.

        A new page begins a paragraph of the text that is none of the report.
        """
        self._groups[name] = groups
        self._regions.clear()

    def paragraph_at(self, offset: int) -> Region | None:
        """The paragraph that holds a character, with its parts on other pages."""
        section = self.report.section_at(offset)
        if section is None:
            return None
        starts, paragraphs = self._under(section.heading)
        before = bisect.bisect_right(starts, offset) - 1
        found = paragraphs[before] if before >= 0 else None
        return found if found is not None and found.contains(offset) else None

    def _under(self, heading: str) -> tuple[list[int], list[Region]]:
        """Where each part of a paragraph under a heading begins, and the paragraph."""
        if heading not in self._paragraphs_under:
            every = map(Region, self._paragraphs(self._by_heading[heading]))
            starts = sorted(
                ((start, each) for each in every for start, _ in each.parts),
                key=lambda each: each[0],
            )
            self._paragraphs_under[heading] = (
                [start for start, _ in starts],
                [each for _, each in starts],
            )
        return self._paragraphs_under[heading]

    @functools.cached_property
    def _by_heading(self) -> dict[str, list[Section]]:
        found: dict[str, list[Section]] = {}
        for each in self.report.sections:
            found.setdefault(each.heading, []).append(each)
        return found

    @functools.cached_property
    def _by_heading_text(self) -> dict[str, list[Section]]:
        found: dict[str, list[Section]] = {}
        for each in self.report.sections:
            found.setdefault(heading_text(each), []).append(each)
        return found

    def _in_front(self, name: str, rest: Sequence[str]) -> Region:
        """A place before the body: the part of an abstract that is named, else all of it."""
        part = rest[0].lower() if rest else name
        if name != "abstract":
            return Region(tuple(self._front_without_abstract()))
        front = [each for each in self.report.sections
                 if each.start < self.front_end or each.in_abstract]  # fmt: skip
        named = [
            (each.start, each.end) for each in front
            if heading_text(each).startswith(part) or (not rest and each.in_abstract)
        ]  # fmt: skip
        end = self.front_end
        return Region(tuple(named) if named and (rest or name == "abstract") else ((0, end),))

    def _front_without_abstract(self) -> Iterator[Part]:
        """What comes before the body and is not the abstract: title, authors, keywords."""
        start = 0
        abstract = [SectionRole.ABSTRACT, *_BODY]  # of its parts some have the names of the body
        for each in self.report.sections:
            if each.start < self.front_end and each.role in abstract and start:
                yield start, each.start
                start = each.end
            start = start or 1
        yield start, self.front_end

    def _without_heading(self, name: str) -> Region | None:
        """A place whose heading the text does not print: an introduction follows the abstract."""
        role = _ROLES.get(name.lower().partition(" ")[0])
        return Region(((0, self.front_end),)) if role is SectionRole.INTRODUCTION else None

    def _sections(self, name: str) -> list[Section]:
        """The sections with a heading, or of the role that the heading usually has."""
        heading = " ".join(name.lower().split())
        with_it = self._by_heading_text.get(heading, [])
        same = [each for each in with_it if each.start >= self.front_end and not is_label(each)]
        if not same:  # a part of a structured abstract, which is cited by its own heading
            same = [each for each in with_it if each.in_abstract]
            same = [] if heading.partition(" ")[0] in _ROLES else same
        if same or heading.partition(" ")[0] not in _ROLES:
            return same
        return self._of_role(_ROLES[heading.partition(" ")[0]])

    def _of_role(self, role: SectionRole) -> list[Section]:
        return [each for each in self.report.sections
                if each.role is role and (each.start >= self.front_end or each.in_abstract)
                and not is_label(each)]  # fmt: skip

    def _numbered(self, number: str) -> Region | None:
        """The section of a number, such as 3.1, up to the next numbered heading."""
        text = self.report.text
        begun = re.search(rf"(?m)^[#* \t\r\f\v]*{re.escape(number)}\.?\s+[A-Z][^\n]*$", text)
        if begun is None:
            return None
        after = re.compile(r"(?m)^[#* \t\r\f\v]*[0-9]{1,2}(?:\.[0-9]{1,2})*\.?\s+[A-Z][^\n]{2,90}$")
        ends = (each for each in after.finditer(text, begun.end()) if is_separate(text, each))
        following = next(ends, None)
        end = following.start() if following else len(text)
        return Region(((begun.end(), end),))

    def _flow(self, sections: Sequence[Section]) -> Iterator[Part]:
        yield from ((each.start, each.end) for each in sections)

    def _paragraphs(self, sections: Sequence[Section]) -> list[tuple[Part, ...]]:
        """The paragraphs of a section in order; one that a page or a figure divides is one."""
        blocks = [block for each in sections for block in self._blocks(each)]
        blocks = [each for each in blocks if not each.is_table and not LABEL.match(each.text)]
        found: list[tuple[Part, ...]] = []
        index = 0
        while index < len(blocks):
            parts = [blocks[index]]
            while parts[-1].is_open:
                after = continuation(blocks, index)
                if after is None:
                    break
                index = after
                parts.append(blocks[index])
            found.append(tuple((each.start, each.end) for each in parts))
            index += 1
        return found

    def _blocks(self, section: Section) -> Iterator[Paragraph]:
        text, start = self.report.text, section.start
        for gap in (*GAP.finditer(text, section.start, section.end), None):
            end = gap.start() if gap else section.end
            words = text[start:end]
            if words.strip():
                yield Paragraph(start, end, words.strip())
            start = gap.end() if gap else end

    def _legends(self) -> Iterator[tuple[str, Region]]:
        """Figures and tables by kind and number: the label, its paragraph, and rows after it."""
        text = self.report.text
        starts = re.finditer(r"(?m)^[#* \t\r\f\v]*(?=(?:suppl|fig|table))", text, re.IGNORECASE)
        for start in starts:
            label = LABEL.match(text, start.start())
            if label is None or not starts_legend(text, label):
                continue
            table = label["kind"].lower().startswith("table")
            yield (
                legend_key(label),
                Region(((start.start(), legend_end(text, label, table)),), table),
            )


def _front_end(report: ReportText) -> int:
    """Where the body begins: at the introduction, or at the first part after the abstract."""
    body = [each for each in report.sections if not each.in_abstract]
    starts = [each for each in body if each.role is SectionRole.INTRODUCTION]
    if not starts:
        abstracts = [each.end for each in report.sections if each.role is SectionRole.ABSTRACT]
        after = abstracts[-1] if abstracts else 0
        starts = [each for each in body if each.role in _BODY and each.start >= after]
    return starts[0].start if starts else len(report.text)
