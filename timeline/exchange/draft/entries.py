"""An entry of a draft, and the sentences that it comes from."""

from __future__ import annotations

import bisect
import functools
import itertools
import operator
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from timeline.report_text import Confidence, Mention, MentionKind, ReportText, Section, mentions

TODO = "TODO"  # a person decides; a file with it does not load
_LONGEST = 1500  # characters of a sentence; a table without stops is divided
_CONTEXT = 200  # characters before a mention
_ORDER = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
_ABBREVIATION = r"(?<!\bal)(?<!\bFig)(?<!\bfig)(?<!\bvs)(?<!\bDr)(?<!\bNo)(?<!\bca)(?<!\bSt)"
_END = re.compile(rf"\n\s*\n|(?<=[.!?])(?<!\b[A-Z]\.){_ABBREVIATION}\s+(?=[A-Z(\"“])")
_EXCEPT = (  # no toxicity apart from fever: a fever; not maintained and the patient died: a death
    r"(?!apart\b|except\b|other\s+than\b|besides\b|but\b|however\b"
    r"|and\s+(?:the|he|she|his|her|it|they)\b)"
)
_NEGATED = re.compile(
    r"\b(?:no|not|without|never|denied|refused|declined|neither|nor|absence of)\b"
    rf"(?:\s+{_EXCEPT}[\w-]+,?){{0,5}}\s*$"
    r"|\bfree\s+(?:of|from)(?:\s+(?:any|the|local|distant|disease|tumou?r))*\s*$",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(  # after what was not done: surgery was not feasible, was declined
    r"[^.;,]{0,40}?\b(?:was|were|is|are|be|been)\s+(?:also\s+|therefore\s+)?"
    r"(?:(?:not|never)\s+(?:\w+\s+){0,2}?(?:done|performed|given|administered|feasible|possible"
    r"|indicated|begun|started|undertaken|carried\s+out|an\s+option|considered|recommended|planned)"
    r"|(?:declined|refused|rejected|omitted|contraindicated|impossible|unfeasible|cancel+ed))\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(  # Department of Surgery, Surgical Case Reports
    r"\b(?:departments?|divisions?|sections?|units?|institutes?|cent(?:er|re)s?|clinics?|schools?"
    r"|facult(?:y|ies)|colleges?|societ(?:y|ies)|hospitals?|journals?|boards?|associations?|laborator"
    r"(?:y|ies)|services?)\s+(?:of|for)\s+(?:[\w-]+,?\s+(?:and\s+|&\s+)?){0,5}$",
    re.IGNORECASE,
)
_OF_INSTITUTION = re.compile(
    r"\s+(?:departments?|units?|clinics?|cent(?:er|re)s?|wards?|service|team)\b", re.IGNORECASE
)
_RATE = re.compile(  # a rate or a risk is one of patients, and no event of this one
    r"\b(?:rates?|risks?|incidence|probability|likelihood|chances?)\s+(?:of|for)"
    r"(?:\s+[\w-]+){0,2}\s*$",
    re.IGNORECASE,
)
_PROPERTY = re.compile(  # of a tumour, after a drug: cisplatin-resistant
    r"[-\u2010-\u2015](?:resistan|refractor|sensitiv|ineligib|eligib|na[iï]ve|free|induced|related)",
    re.IGNORECASE,
)
_FREE = re.compile(r"[\s\u2010-\u2015-]free\b", re.IGNORECASE)  # after a word: recurrence-free
_REFERRED = re.compile(
    r"\b(?:after|following|before|prior\s+to|since|post|until|from|during)(?:\s+[\w-]+){0,2}\s*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:compared|comparison|relative)\s+(?:to|with)(?:\s+\w+){0,3}\s*$|\bthan\s+(?:on|in)\s*$",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"\bcontinu\w*(?:\s+[\w-]+){0,4}\s*$", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:planned|scheduled|intended|will be|to be)\b[^.;]{0,60}$", re.IGNORECASE
)
_REPLACED = re.compile(r"\b(?:changed|switched|converted)\s+from\s*$", re.IGNORECASE)
_THEN_PLANNED = re.compile(r"\s+(?:was|were|is|are|has been)\s+(?:planned|scheduled)\b")
_JOINED = re.compile(r"\s*(?:to|until|through|till|and|[-–—])\s*(?:the\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:who|for\s+which)\b", re.IGNORECASE)

_START = operator.attrgetter("start")

Span = tuple[int, int]  # offsets of the report, the second excluded


@attrs.frozen(slots=False)
class Sentence:
    """A sentence of a report: where it is, its section, and what it mentions."""

    start: int
    end: int
    section: Section
    place: str
    found: tuple[Mention, ...]
    text: str

    def part(self, start: int, end: int) -> Sentence:
        """The sentence between two offsets of the report, the second excluded."""
        found = tuple(each for each in self.found if start <= each.start < end)
        text = self.text[start - self.start : end - self.start]
        return attrs.evolve(self, start=start, end=end, found=found, text=text)

    @functools.cached_property
    def _by_kind(self) -> dict[MentionKind, tuple[Mention, ...]]:
        kinds = dict.fromkeys(each.kind for each in self.found)
        return {kind: tuple(each for each in self.found if each.kind is kind) for kind in kinds}

    def of(self, kind: MentionKind) -> tuple[Mention, ...]:
        """Its mentions of a kind, in their order."""
        return self._by_kind.get(kind, ())

    @functools.cached_property
    def _starts(self) -> Mapping[MentionKind | None, list[int]]:
        starts: dict[MentionKind | None, list[int]] = {None: [each.start for each in self.found]}
        return starts | {kind: [each.start for each in own] for kind, own in self._by_kind.items()}

    def first_from(self, offset: int, kind: MentionKind | None = None) -> Mention | None:
        """Its first mention that starts at an offset of the report or after it; None for none.

        ``kind``: of these mentions only.
        """
        index = bisect.bisect_left(self._starts.get(kind, ()), offset)
        return next(iter((self.found if kind is None else self.of(kind))[index : index + 1]), None)

    def last_until(self, offset: int, kind: MentionKind) -> Mention | None:
        """Its last mention of a kind that ends at an offset of the report or before it."""
        own = self.of(kind)
        index = bisect.bisect_right(self._starts.get(kind, ()), offset)
        before = (own[at] for at in range(index - 1, -1, -1) if own[at].end <= offset)
        return next(before, None)

    def starting(self, kind: MentionKind, low: int, high: int) -> tuple[Mention, ...]:
        """Its mentions of a kind that start between two offsets, the second excluded."""
        starts = self._starts.get(kind, ())
        first, end = bisect.bisect_left(starts, low), bisect.bisect_left(starts, high)
        return self.of(kind)[first:end]

    @functools.cached_property
    def dates(self) -> tuple[Mention, ...]:
        """Its dates, without those that something is only compared with."""
        return tuple(
            each for each in self.of(MentionKind.DATE) if not _COMPARED.search(self.before(each))
        )

    def dates_from(self, low: int, high: int) -> tuple[Mention, ...]:
        """Its ``dates`` that start between two offsets, the second excluded."""
        first, end = (bisect.bisect_left(self.dates, each, key=_START) for each in (low, high))
        return self.dates[first:end]

    @functools.cached_property
    def joined_dates(self) -> tuple[Mention, Mention] | None:
        """Its first two dates with ``to`` between them, which are one period; None for none."""
        for one, two in itertools.pairwise(self.dates):
            if _JOINED.fullmatch(self.text, one.end - self.start, two.start - self.start):
                return one, two
        return None

    @functools.cached_property
    def later_clauses(self) -> tuple[Span, ...]:
        """The words that begin its clauses on something else, such as ``who``, in order."""
        found = (each.span() for each in _CLAUSE.finditer(self.text))
        return tuple((self.start + start, self.start + end) for start, end in found)

    @functools.cached_property
    def _details(self) -> Mapping[str, list[Mention]]:
        """Its doses, routes and schedules by their words, each kind in the order of the text."""
        found: dict[str, list[Mention]] = {}
        for kind in (MentionKind.DOSE, MentionKind.ROUTE, MentionKind.SCHEDULE):
            for each in self.of(kind):
                found.setdefault(each.text, []).append(each)
        return found

    def without_details(self, start: int, end: int) -> str:
        """Its text between two offsets without the doses, routes and schedules there."""
        text = self.text[start - self.start : end - self.start]
        for words, found in self._details.items():
            at = bisect.bisect_left(found, start, key=_START)
            if at < len(found) and found[at].end <= end:
                text = text.replace(words, "")
        return text.replace(".", "")

    def before(self, mention: Mention) -> str:
        """Its text before a mention, as much of it as a rule looks at."""
        return self.text[max(0, mention.start - self.start - _CONTEXT) : mention.start - self.start]

    def is_negated(self, mention: Mention) -> bool:
        """Whether a mention is of nothing that this patient had.

        A negation is before it, within a few words (``no evidence of recurrence``, ``free of
        recurrence``), or after it (``recurrence-free``, ``surgery was not feasible``), or its rate
        or risk is stated.
        """
        before, after = self.before(mention), self.text[mention.end - self.start :]
        return bool(
            _NEGATED.search(before)
            or _RATE.search(before)
            or _FREE.match(after)
            or _NOT_DONE.match(after)
            or (mention.kind is MentionKind.DRUG and _PROPERTY.match(after))
        )

    def is_of_institution(self, mention: Mention) -> bool:
        """Whether it is part of the name of a department or a clinic."""
        after = self.text[mention.end - self.start :]
        return bool(_INSTITUTION.search(self.before(mention)) or _OF_INSTITUTION.match(after))

    def is_referred_to(self, mention: Mention) -> bool:
        """Whether it only dates something else: ``after surgery``."""
        return _REFERRED.search(self.before(mention)) is not None

    def is_continued(self, mention: Mention) -> bool:
        """Whether a treatment continues: ``continuing lenvatinib``."""
        return _CONTINUED.search(self.before(mention)) is not None

    def was_replaced(self, mention: Mention) -> bool:
        """Whether a drug is one that was changed for another."""
        return _REPLACED.search(self.before(mention)) is not None

    def is_planned(self, mention: Mention) -> bool:
        """Whether an event is planned."""
        after = self.text[mention.end - self.start :]
        return bool(_PLANNED.search(self.before(mention)) or _THEN_PLANNED.match(after))


def sentences(report: ReportText) -> Iterator[Sentence]:
    """The sentences of a report that mention anything, in their order."""
    every = mentions(report.text)
    at = 0
    for section in report.sections:
        start = section.start
        for end in _ends(report.text, section):
            while at < len(every) and every[at].start < start:
                at += 1
            stop = at
            while stop < len(every) and every[stop].start < end:
                stop += 1
            if stop > at:
                place = report.place_of(every[at].start)
                words = report.text[start:end]
                yield Sentence(start, end, section, place, every[at:stop], words)
            start, at = end, stop


def _ends(text: str, section: Section) -> Iterator[int]:
    """Where the sentences of a section end."""
    start = section.start
    found = (each.end() for each in _END.finditer(text, section.start, section.end))
    for end in itertools.chain(found, (section.end,)):
        yield from range(start + _LONGEST, end, _LONGEST)
        yield end
        start = end


@attrs.frozen(kw_only=True)
class DraftEntry:
    """An entry of a draft.

    Attributes:
        entry: its keys and values, as a case or report file has them.
        place: the place in the report, under which the file lists it.
        sources: the mentions that it comes from.
        confidence: the lowest confidence among its date and its mentions.
        remark: what a person should know to decide, in a few words.
    """

    entry: Mapping[str, Any]
    place: str
    sources: tuple[Mention, ...]
    confidence: Confidence = Confidence.MEDIUM
    remark: str = ""

    @property
    def start(self) -> int:
        """The offset of its first word."""
        return min(each.start for each in self.sources)

    @property
    def comment(self) -> str:
        """The offsets of its words, and its confidence: ``offset 12-20, confidence high``."""
        spans = dict.fromkeys(f"{each.start}-{each.end}" for each in sorted(self.sources))
        remark = f"; {self.remark}" if self.remark else ""
        return f"offset {', '.join(spans)}, confidence {self.confidence}{remark}"


def lowest_confidence(*confidences: Confidence) -> Confidence:
    """The lowest of some confidences."""
    return max(confidences, key=_ORDER.index)
