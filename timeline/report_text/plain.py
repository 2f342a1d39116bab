"""The sections of a plain text, by its headings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import attrs

from timeline.core.data_tables import data_rows
from timeline.report_text.report_text import ReportText, Section, SectionRole

_LONGEST_HEADING = 100  # characters
_KEYWORDS = ("keywords", "key words")
_NOTES = (SectionRole.FRONT, SectionRole.ABSTRACT)  # where a heading of the back is a short note
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MARKUP = re.compile(r"^[#*_\s]+|[*_:\s]+$")
_NUMBER = re.compile(r"^(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\.?|[IVX]{1,4}\.)\s+(?=\S)")
_RUN_IN = re.compile(r"[#*_\s]*(?P<heading>[A-Z][A-Za-z ]{3,40})[*_]{0,2}:[*_]{0,2}[ \t]+(?=\S)")
_OF_SENTENCE = re.compile(
    r"(?:(?<=[.?!)]\s)|(?<=[.?!)]\s{2}))(?P<heading>[A-Z][A-Za-z ]{3,40}):[ \t]+(?=\S)"
)
_LEGEND = re.compile(r"(?:supplementary\s+)?(?:fig(?:ure|\.)?)\s*S?[0-9]", re.IGNORECASE)
_REFERENCE = re.compile(  # - Smith AB, Li C: the layout of some journals divides the list
    r"\s*(?:[-•]|\[?[0-9]{1,3}[.\]])\s+[A-Z][A-Za-z'’-]{1,25}(?:\s[A-Z][a-z]{1,20})?,?\s(?:[A-Z]\.?){1,3},\s"
)
_PARAGRAPH = re.compile(r"(?:\r?\n[ \t]*){2}|\r{2}")  # an empty line
_TABLE = re.compile(r"(?:supplementary\s+)?table\s*S?[0-9IVX]", re.IGNORECASE)


@functools.cache
def _roles() -> dict[str, SectionRole]:
    """What a section is for, by its heading in lower case."""
    return {
        heading.lower(): SectionRole(row.text("role"))
        for row in data_rows("report_headings")
        for heading in row.texts("headings")
    }


@functools.cache
def _parts() -> dict[str, SectionRole]:
    """What a part of an abstract holds, by its heading, where its role does not say it."""
    return {
        heading.lower(): SectionRole(row.text("part"))
        for row in data_rows("report_headings")
        if row.text("part")
        for heading in row.texts("headings")
    }


def part_of(heading: str) -> SectionRole:
    """What a part of a structured abstract holds, by its heading.

    >>> part_of("Rationale").value, part_of("Background").value, part_of("Outcomes").value
    ('introduction', 'introduction', 'abstract')
    """
    plain = " ".join(_MARKUP.sub("", heading).lower().split())
    return _parts().get(plain, role_of(heading))


def role_of(heading: str, inherited: SectionRole = SectionRole.OTHER) -> SectionRole:
    """What a section with this heading is for; that of the section before it if unknown.

    >>> role_of("3 Results").value, role_of("Treatment efficacy", SectionRole.RESULTS).value
    ('results', 'results')
    """
    plain = _NUMBER.sub("", _MARKUP.sub("", heading[: 2 * _LONGEST_HEADING]))
    if _LEGEND.match(plain):
        return SectionRole.LEGEND
    if _TABLE.match(plain):
        return SectionRole.TABLE
    return _roles().get(" ".join(plain.lower().split()), inherited)


def heading_key(heading: str) -> str:
    """A heading without marks, its number, case and more than single spaces.

    >>> heading_key("## 3. Case  Study")
    'case study'
    """
    return " ".join(_NUMBER.sub("", _MARKUP.sub("", heading)).lower().split())


def is_known_heading(key: str) -> bool:
    """Whether the list of headings has a heading, by its key."""
    return key in _roles()


def heading_lines(text: str) -> Iterator[tuple[str, int, int]]:
    """Each line short enough for a heading that begins with a capital: words, start and end."""
    for line in _LINE.finditer(text):
        words = line[0].strip()
        bare = _MARKUP.sub("", words) if len(words) <= _LONGEST_HEADING else ""
        if _NUMBER.sub("", bare)[:1].isupper():
            yield bare, line.start(), line.end()


@attrs.frozen
class _Heading:
    text: str
    role: SectionRole
    start: int
    end: int
    one_paragraph: bool = False  # as a legend, or a note before the abstract
    in_abstract: bool = False  # a part of a structured abstract


def report_of_text(text: str, source: str = "") -> ReportText:
    """A plain text with its sections.

    A heading is a line that is in the list of headings, or a short numbered line between empty
    lines; or the first words of a line before a colon (``Methods: ..``), if they are in the list.
    Within an abstract they may also be those of a sentence.
    """
    headings = _parts_of_abstract(tuple(_headings(text)))
    abstract = max((n for n, each in enumerate(headings)
                    if each.role is SectionRole.ABSTRACT and not each.in_abstract),
                   default=0)  # fmt: skip
    headings = tuple(  # a case before the abstract is the kind of the article
        attrs.evolve(each, role=SectionRole.FRONT)
        if each.role is SectionRole.CASE and number < abstract
        else each
        for number, each in enumerate(headings)
    )
    first = headings[0].start if headings else len(text)
    sections = [Section("", SectionRole.FRONT, 0, first)]
    ends = [*(heading.start for heading in headings[1:]), len(text)][: len(headings)]
    around = sections[0]  # the section that a legend or a note interrupts
    for heading, end in zip(headings, ends, strict=True):
        stop = _PARAGRAPH.search(text, heading.end, end) if heading.one_paragraph else None
        last = stop.start() if stop else end
        sections.append(Section(heading.text, heading.role, heading.end, last, heading.in_abstract))
        if heading.text.lower() in _KEYWORDS:  # the introduction of many journals has no heading
            around = Section("", SectionRole.INTRODUCTION, last, last)
        if stop:
            sections.append(attrs.evolve(around, start=last, end=end))
        if not heading.one_paragraph:
            around = sections[-1]
    return ReportText(text, tuple(each for each in sections if each.end > each.start), source)


def _parts_of_abstract(headings: tuple[_Heading, ...]) -> tuple[_Heading, ...]:
    """The headings; the parts of a structured abstract have a role of their own without a body."""
    body = (SectionRole.CASE, SectionRole.METHODS, SectionRole.RESULTS, SectionRole.DISCUSSION)
    has_body = any(each.role in body and not each.in_abstract for each in headings)
    own = (SectionRole.CASE, SectionRole.RESULTS) if not has_body else ()
    return tuple(
        attrs.evolve(each, role=SectionRole.ABSTRACT)
        if each.in_abstract and each.role not in own
        else each
        for each in headings
    )


def _headings(text: str) -> Iterator[_Heading]:
    """The headings in order; those on a line of their own below ``Abstract`` are its parts."""
    parts = _PartsOfAbstract(text)
    for heading in _lines_and_run_in(text):
        yield parts.placed(heading)


class _PartsOfAbstract:
    """Whether a heading on a line of its own is a part of the abstract or of the body.

    Below a heading ``Abstract`` without a text of its own all headings are parts of the abstract:
    up to the first one after its conclusions, and to one that comes a second time.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0  # of the last heading
        self._within = False
        self._opened = ""  # the heading of the abstract
        self._seen: list[SectionRole] = []

    def placed(self, heading: _Heading) -> _Heading:
        """The heading, as a part of the abstract if it is one."""
        alone = not self._text[self._end : heading.start].strip()
        self._end = heading.end
        if heading.one_paragraph or heading.in_abstract:  # a note, or found before a colon
            self._within = self._within and heading.role is not SectionRole.BACK
            return heading
        if heading.role is SectionRole.ABSTRACT and not self._within:
            self._within, self._opened, self._seen = True, heading.text.lower(), []
            return heading
        before = self._seen[-1:]
        has_text = not before and not alone and self._opened in _WHOLE
        again = heading.role in self._seen and [heading.role] != before
        ended = before == [SectionRole.DISCUSSION] and [heading.role] != before
        if heading.role not in _PARTS or has_text or again or ended:
            self._within = False
        self._seen.append(heading.role)
        return attrs.evolve(heading, in_abstract=True) if self._within else heading


_WHOLE = ("abstract", "summary")  # headings of an abstract, and not of one of its parts
_PARTS = (SectionRole.ABSTRACT, SectionRole.INTRODUCTION, SectionRole.CASE, SectionRole.METHODS,
          SectionRole.RESULTS, SectionRole.DISCUSSION)  # fmt: skip


def _lines_and_run_in(text: str) -> Iterator[_Heading]:
    role, blank_before = SectionRole.FRONT, True
    for line in _LINE.finditer(text):
        words = line[0].strip()
        bare = _MARKUP.sub("", words) if len(words) <= _LONGEST_HEADING else ""
        plain = _NUMBER.sub("", bare)
        known = " ".join(plain.lower().split()) in _roles()
        numbered = bool(_NUMBER.match(bare))
        if bare and (known or (numbered and blank_before)):
            if known or _is_title(plain, text, line.end()):
                own = role_of(words, role)
                note = own is SectionRole.BACK and role in _NOTES
                role = role if note else own
                yield _Heading(bare, own, line.start(), line.end(), one_paragraph=note)
        elif role is not SectionRole.REFERENCES and _REFERENCE.match(line[0]):
            role = SectionRole.REFERENCES
            yield _Heading("References", role, line.start(), line.start())
        elif blank_before and (legend := _LEGEND.match(words) or _TABLE.match(words)):
            end = line.start() + legend.end()
            role_of_it = role_of(legend[0])
            yield _Heading(f"{legend[0]} legend", role_of_it, line.start(), end, one_paragraph=True)
        else:
            for run_in in _run_in(line[0], role):
                own = role_of(run_in["heading"], role)
                note = own is SectionRole.BACK and role in _NOTES
                part = role in _NOTES and own is not SectionRole.BACK
                role = role if note else SectionRole.ABSTRACT if part else own
                start, end = line.start() + run_in.start(), line.start() + run_in.end()
                yield _Heading(
                    run_in["heading"].strip(), own, start, end, one_paragraph=note, in_abstract=part
                )
        blank_before = not words


def _run_in(line: str, section: SectionRole) -> Iterator[re.Match[str]]:
    """The headings before a colon: of a line, and within an abstract of a sentence.

    ``Case report: ..`` before the abstract and in the body is a title.
    """
    first = _RUN_IN.match(line)
    found = [first] if first else []
    if section in _NOTES:
        found += _OF_SENTENCE.finditer(line, first.end() if first else 0)
    for each in found:
        role = _roles().get(" ".join(each["heading"].lower().split()))
        if role is None or (role is SectionRole.CASE and section is not SectionRole.ABSTRACT):
            continue
        section = SectionRole.ABSTRACT if section in _NOTES else section
        yield each


def _is_title(plain: str, text: str, end: int) -> bool:
    """Whether a numbered line that ends here is a heading: capital first, no stop, alone."""
    following = _LINE.match(text, end)
    alone = following is None or not following[0].strip()
    return alone and plain[:1].isupper() and plain[-1:] not in ".,;" and len(plain.split()) <= 14
