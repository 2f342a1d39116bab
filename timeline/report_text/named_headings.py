"""Headings of a text that no list has, and that a file names as places of the report."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping

import attrs

from timeline.report_text.plain import heading_key, heading_lines, is_known_heading
from timeline.report_text.report_text import ReportText, Section, SectionRole

_NOT_DIVIDED = (SectionRole.REFERENCES, SectionRole.LEGEND, SectionRole.TABLE)
_WITHOUT_ROLE = (SectionRole.FRONT, SectionRole.OTHER)


def with_named_headings(report: ReportText, names: Mapping[str, SectionRole]) -> ReportText:
    """The text with a section at each line that is one of some names, and nothing more.

    A name that the list of headings has is left as it is, and one that is a heading of the text
    already begins no other section. Above the first heading a line counts only if no other is the
    same: journals print the kind of an article there.

    Args:
        report: the text with its sections.
        names: the headings, as places name them, and what each section is for; ``OTHER`` if that
            is not known: it is then for what the section around it is.
    """
    wanted = {heading_key(name): role for name, role in names.items()}
    wanted = {key: role for key, role in wanted.items() if not is_known_heading(key)}
    if not wanted:
        return report
    report = attrs.evolve(
        report, sections=tuple(_with_role(each, wanted) for each in report.sections)
    )
    had = {heading_key(each.heading) for each in report.sections}
    wanted = {key: role for key, role in wanted.items() if key not in had}
    found = [each for each in heading_lines(report.text) if heading_key(each[0]) in wanted]
    below = {heading_key(text) for text, start, _ in found if not _is_front(report, start)}
    lines = [
        each
        for each in found
        if heading_key(each[0]) not in below or not _is_front(report, each[1])
    ]
    starts, ends = [start for _, start, _ in lines], [end for _, _, end in lines]
    sections: list[Section] = []
    for each in report.sections:
        first = bisect.bisect_left(starts, each.start)
        inside = lines[first : bisect.bisect_right(ends, each.end)]
        sections.extend(_divided(each, inside, wanted))
    return attrs.evolve(report, sections=tuple(sections))


def _with_role(section: Section, roles: Mapping[str, SectionRole]) -> Section:
    """A section of a heading that no list has, with what the file shows that it is for."""
    role = roles.get(heading_key(section.heading), SectionRole.OTHER)
    kept = section.in_abstract or role is SectionRole.OTHER or section.role in _NOT_DIVIDED
    return section if kept else attrs.evolve(section, role=role)


def _is_front(report: ReportText, offset: int) -> bool:
    section = report.section_at(offset)
    return section is not None and section.role is SectionRole.FRONT


def _divided(
    section: Section, inside: list[tuple[str, int, int]], roles: Mapping[str, SectionRole]
) -> Iterator[Section]:
    """The parts of a section before, between and after the lines that are headings in it."""
    if section.role in _NOT_DIVIDED or not inside:
        yield section
        return
    ends = [start for _, start, _ in inside[1:]] + [section.end]
    if section.start < inside[0][1]:
        yield attrs.evolve(section, end=inside[0][1])
    for (text, _, start), end in zip(inside, ends, strict=True):
        role = roles[heading_key(text)]
        if section.in_abstract or role is SectionRole.OTHER:
            role = section.role if section.role not in _WITHOUT_ROLE else SectionRole.OTHER
        if start < end:
            yield attrs.evolve(section, heading=text, role=role, start=start, end=end)
