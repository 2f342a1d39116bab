"""The text of a report with a mark at each value that a case file has of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from timeline.app.work.uploaded import REPORTS, stem_of
from timeline.core.internal_fault import internal_fault
from timeline.core.text.inert_text import undirected, xml_text
from timeline.files.file_text import Unreadable

_KINDS = ("found", "elsewhere", "only")
_OWN_WORDS = "that the file states in words of its own"
_MOST_VALUES = 4  # that one mark names

if TYPE_CHECKING:
    from timeline.grounding import Grounding, Lookup


@attrs.frozen(kw_only=True)
class Mark:
    """A part of the text: its first character, the one after its last, its class and its words."""

    start: int
    end: int
    kind: str
    about: str


@attrs.frozen(kw_only=True)
class Marked:
    """A report with the values of a case.

    Attributes:
        name: of the file of the report.
        text: its text.
        marks: in the order of the text; none within another.
        missing: each value that is not where the file says: its line in the file, and the fault.
        counts: how many values are found, and so on, in one sentence.
        fault: why the report could not be read.
    """

    name: str
    text: str = ""
    marks: tuple[Mark, ...] = ()
    missing: tuple[tuple[int, str], ...] = ()
    counts: str = ""
    fault: str = ""


def marked(name: str, raw: bytes, text: str, path: Path) -> Marked:
    """Look up the values of a case file in a report, as ``timeline audit --text`` does.

    Args:
        name: of the file of the report.
        raw: its bytes: plain text, JATS XML or PDF.
        text: of the case file, which need not be saved.
        path: where it is, or would be, saved.
    """
    ending = Path(name).suffix.lower()
    try:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / f"{stem_of(name)}{ending if ending in REPORTS else '.txt'}"
            report.write_bytes(raw)
            return _marked(name, report, text, path)
    except (ValueError, OSError, Unreadable) as fault:
        return Marked(name=name, fault=str(fault))
    except Exception as wrong:
        return Marked(name=name, fault=internal_fault(wrong))


def _marked(name: str, report: Path, text: str, path: Path) -> Marked:
    from timeline.app.work.case_words import case_words
    from timeline.grounding import Status
    from timeline.views.case_report import load_text
    from timeline.views.grounding_view import RAISED, ground_files

    found = load_text(text, path).case_report
    if found is None:
        raise ValueError("the text of the case has problems (mend what is listed first)")
    grounding = ground_files(found, report)
    printed = case_words(found.case, grounding.index) if found.case is not None else ()
    marks = [
        *_marks(grounding),
        *(Mark(start=at.start, end=at.end, kind="found", about=what) for at, what in printed),
    ]
    missing = tuple(
        (each.where.line if each.where.file == str(path) else 0, _fault(each))
        for status in RAISED
        for each in grounding.of(status)
    )
    words = {status: str(status) for status in Status} | {Status.OWN_WORDS: _OWN_WORDS}
    numbers = {status: len(grounding.of(status)) for status in Status}
    counts = ", ".join(
        f"{number} {words[status]}"
        for status, number in numbers.items()
        if number or status is not Status.OWN_WORDS
    )
    return Marked(
        name=name,
        text=grounding.index.report.text,
        marks=tuple(_apart(_joined(marks))),
        missing=missing,
        counts=f"{counts}; {len(grounding.text_only)} of the text not in the file",
    )


def _fault(each: Lookup) -> str:
    place = f" [{each.item.place}]" if each.item.place else ""
    return f"{each.status}: {each.item.what}{place}: {each.fault}"


def _marks(grounding: Grounding) -> Iterator[Mark]:
    from timeline.grounding import Status

    kinds = {Status.FOUND: "found", Status.ELSEWHERE: "elsewhere"}
    for each in grounding.lookups:
        if each.status in kinds:
            for part in each.found:
                about = f"{each.status}: {each.item.what}"
                yield Mark(start=part.start, end=part.end, kind=kinds[each.status], about=about)
    for only in grounding.text_only:
        about = f"{only.kind} not in the file"
        yield Mark(start=only.start, end=only.end, kind="only", about=about)


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """One mark for each part of the text, in order: it names each value that the part prints."""
    found: dict[tuple[int, int], list[Mark]] = {}
    for each in sorted(marks, key=lambda mark: _KINDS.index(mark.kind)):
        found.setdefault((each.start, each.end), []).append(each)
    return [
        attrs.evolve(found[part][0], about=_about([each.about for each in found[part]]))
        for part in sorted(found, key=lambda part: (part[0], -part[1]))
    ]


def _about(words: Sequence[str]) -> str:
    """What a part of the text is in the file; of many values the first few."""
    once = list(dict.fromkeys(words))
    more = f"; and {len(once) - _MOST_VALUES} more" if len(once) > _MOST_VALUES else ""
    return "; ".join(once[:_MOST_VALUES]) + more


def _apart(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks that begin behind the one before."""
    end = 0
    for each in marks:
        if each.start >= end and each.end > each.start:
            yield each
            end = each.end


def marked_html(found: Marked) -> str:
    """The text with its marks, escaped; what each means is its tooltip and in hidden words."""
    from html import escape

    def plain(text: str) -> str:
        return escape(undirected(xml_text(text)))

    parts, at = [], 0
    for mark in found.marks:
        parts.append(plain(found.text[at : mark.start]))
        parts.append(
            f'<mark class="{mark.kind}" title="{plain(mark.about)}">'
            f"{plain(found.text[mark.start : mark.end])}</mark>"
        )
        at = mark.end
    parts.append(plain(found.text[at:]))
    return "".join(parts)
