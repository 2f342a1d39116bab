"""The text of a report as it is searched: numbers, dates, responses, words and table cells."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import attrs

from timeline.auditing.comparison.synonyms import abbreviates
from timeline.core.calendar.dates import parse_edtf
from timeline.core.span import Span
from timeline.grounding.numbers import TextNumber, text_numbers
from timeline.grounding.paragraph_parts import Part, Region
from timeline.grounding.places import Places
from timeline.grounding.plain import GREEK, plain
from timeline.report_text import Mention, MentionKind, ReportText, mentions
from timeline.report_text.find_mentions import IN_ORDER


class Found(NamedTuple):
    """Where a printed value is: offsets of the text, the last one excluded."""

    start: int
    end: int


@attrs.frozen
class TextDate:
    """A date as printed, and each day range that it can mean (``03/04/2018`` has two)."""

    start: int
    end: int
    spans: tuple[Span, ...]


_SENTENCE_END = re.compile(r"[.;?!][)\]”\"]?(?:\^?\[[0-9,\-– ]+\])?\s+(?=[A-Z(\[“])")
_OR = " or "
_FIGURE = re.compile(r"(?<![a-z])(?:fig(?:ure|\.)?|table)s?\s?s?[0-9]+")
_TOKEN = re.compile(r"[^\W\d_α-ω]+|[α-ω]+|[0-9]+(?:\.[0-9]+)?")
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
_DEFINED = re.compile(
    r"(?P<name>(?:[A-Za-z][\w'-]*[\s-]+){1,8})\((?P<short>[A-Za-z]*[A-Z]{2}[A-Za-z]*)\)"
)
_BETWEEN = r"(?:\\[a-z]+|\bversion\b|[^\w]|_){0,8}"
_FIRST_LETTER = r"(?:(?<![a-z])|(?<=[0-9]mg)|(?<=[0-9]g)|(?<=[0-9]))"


class TextIndex:
    """The text of one report, searched many times."""

    def __init__(self, report: ReportText) -> None:
        self.report = report
        self.plain = plain(report.text)
        self.places = Places(report)
        self._phrases: dict[str, list[Found]] = {}
        self._typed: dict[str, list[Found]] = {}
        self._named: dict[tuple[str, ...], list[Found]] = {}
        self.responses: dict[str, list[Found]] = {}  # of each category that was looked up
        self._starts: dict[tuple[Part, ...], list[int]] = {}
        self._sentences: dict[tuple[int, int], Region] = {}

    @functools.cached_property
    def numbers(self) -> tuple[TextNumber, ...]:
        """The numbers of the text; those of dates and of figures count nothing."""
        parts = [(each.start, each.end) for each in self.mentions if each.kind is MentionKind.DATE]
        parts += [each.span() for each in _FIGURE.finditer(self.plain)]
        parts.sort()
        starts = [start for start, _ in parts]
        found = []
        for number in text_numbers(self.plain):
            at = bisect.bisect_right(starts, number.start) - 1
            within = at >= 0 and number.start < parts[at][1]
            found.append(attrs.evolve(number, in_name=True) if within else number)
        return tuple(found)

    @functools.cached_property
    def _with_digits(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, number in enumerate(self.numbers):
            found.setdefault(number.digits, []).append(at)
        return found

    def with_digits(self, digits: str) -> Sequence[int]:
        """The places in ``numbers`` of those that print these digits, in order."""
        return self._with_digits.get(digits, ())

    @functools.cached_property
    def with_unit(self) -> frozenset[int]:
        """The offsets of the numbers that have a unit."""
        return frozenset(each.start for each in self.numbers if each.unit)

    @functools.cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return mentions(self.report.text)

    @functools.cached_property
    def _by_value(self) -> dict[tuple[MentionKind, str], list[Mention]]:
        found: dict[tuple[MentionKind, str], list[Mention]] = {}
        for each in self.mentions:
            found.setdefault((each.kind, each.value), []).append(each)
        return found

    @functools.cached_property
    def _mention_starts(self) -> list[int]:
        return [each.start for each in self.mentions]

    def mentions_in(self, region: Region) -> list[Mention]:
        """The mentions that begin in a region, in their order."""
        found: list[Mention] = []
        for part in region.parts:
            first, end = (bisect.bisect_left(self._mention_starts, each) for each in part)
            found.extend(self.mentions[first:end])
        return found

    @functools.cached_property
    def dates(self) -> tuple[TextDate, ...]:
        """The dates of the text with the days they mean."""
        found = []
        for mention in self.mentions:
            if mention.kind is MentionKind.DATE:
                spans = tuple(_spans(mention.value.split(_OR)))
                if spans:
                    found.append(TextDate(mention.start, mention.end, spans))
        return tuple(found)

    @functools.cached_property
    def _dates_of(self) -> dict[Span, list[TextDate]]:
        found: dict[Span, list[TextDate]] = {}
        for date in self.dates:
            for span in dict.fromkeys(date.spans):
                found.setdefault(span, []).append(date)
        return found

    def is_of_date(self, offset: int) -> bool:
        """Whether a character is part of a date, such as the 1 of 1 February 2022."""
        at = bisect.bisect_right(self._date_starts, offset) - 1
        return at >= 0 and offset < self.dates[at].end

    @functools.cached_property
    def _date_starts(self) -> list[int]:
        return [each.start for each in self.dates]

    def dates_of(self, span: Span) -> Sequence[TextDate]:
        """The dates of the text that can mean exactly these days, in order."""
        return self._dates_of.get(span, ())

    def sentence(self, offset: int, more: int = 0) -> Region:
        """The sentence at an offset, with so many sentences on either side.

        It goes on over a page or a figure that divides its paragraph.
        """
        if (offset, more) not in self._sentences:
            self._sentences[offset, more] = self._sentence(offset, more)
        return self._sentences[offset, more]

    def _sentence(self, offset: int, more: int) -> Region:
        paragraph = self.places.paragraph_at(offset)
        parts = paragraph.parts if paragraph else ((0, len(self.plain)),)
        starts = self._sentence_starts(parts)
        before = sum(max(0, min(end, offset) - start) for start, end in parts)
        index = bisect.bisect_right(starts, before) - 1
        first, last = max(0, index - more), min(len(starts) - 1, index + 1 + more)
        return Region(tuple(_within(parts, starts[first], starts[last])))

    def _sentence_starts(self, parts: tuple[Part, ...]) -> list[int]:
        """Where each sentence of a paragraph begins, and its end; counted without its gaps."""
        if parts not in self._starts:
            text = "".join(self.report.text[start:end] for start, end in parts)
            ends = (each.end() for each in _SENTENCE_END.finditer(text))
            self._starts[parts] = [0, *ends, len(text)]
        return self._starts[parts]

    def phrase(self, text: str) -> list[Found]:
        """Where the words and numbers of a phrase follow one another.

        Capitals, blanks, hyphens and brackets between them do not matter.
        """
        if text not in self._phrases:
            form = phrase_pattern(text)
            found = form.finditer(self.plain) if form else ()
            self._phrases[text] = [Found(*each.span()) for each in found]
        return self._phrases[text]

    def abbreviated(self, text: str) -> list[Found]:
        """Where the text prints the other name of an abbreviation that it defines."""
        other = self.abbreviations.get(plain(text).strip())
        return self.phrase(other) if other else []

    @functools.cached_property
    def abbreviations(self) -> dict[str, str]:
        """The abbreviations that the text defines (``stable disease (SD)``), both ways."""
        found: dict[str, str] = {}
        for each in _DEFINED.finditer(self.report.text):
            words = each["name"].split()
            for first in range(len(words)):
                name = " ".join(words[first:])
                if abbreviates(each["short"], name):
                    found[plain(name)], found[plain(each["short"])] = each["short"], name
                    break
        return found

    def letter(self, letter: str, figure: str) -> list[Found]:
        """Where a panel of a figure is cited: ``Figure 4A``, or ``(A)`` in its legend."""
        form = re.compile(
            rf"(?:(?<![0-9]){re.escape(figure)}\s?(?:[A-Z]\s?[,–-]\s?)*|\(){re.escape(letter)}(?![A-Za-z])"
        )
        return [Found(*each.span()) for each in form.finditer(self.report.text)]

    def typed(self, text: str) -> list[Found]:
        """Where the text mentions the same in other words: ``IV`` and intravenously."""
        if text not in self._typed:
            claimed = {(each.kind, each.value) for each in mentions(text)
                      if (each.end - each.start) >= len(text.strip()) - 1}  # fmt: skip
            found = {each for key in claimed for each in self._by_value.get(key, ())}
            self._typed[text] = [
                Found(each.start, each.end) for each in sorted(found, key=IN_ORDER)
            ]
        return self._typed[text]

    def named(self, names: tuple[str, ...]) -> list[Found]:
        """Where the text prints one of some names, in any of the ways that it may print them."""
        if names not in self._named:
            found = {each for name in names for each in (*self.phrase(name), *self.typed(name))}
            self._named[names] = sorted(found)
        return self._named[names]

    def rows(self, region: Region) -> list[list[tuple[int, str]]]:
        """The rows of a table: for each cell its offset and its text."""
        found = []
        for start, end in region.parts:
            for line in re.finditer(r"[^\n]+", self.report.text[start:end]):
                cells = [(start + line.start() + each.start(), each[0])
                         for each in re.finditer(r"[^\t|]+", line[0])]  # fmt: skip
                if len(cells) > 1:
                    found.append(cells)
        return found


def _within(parts: tuple[Part, ...], first: int, last: int) -> Iterable[Part]:
    """What parts hold from one character to before another, counted without the gaps."""
    before = 0
    for start, end in parts:
        low, high = max(start, start + first - before), min(end, start + last - before)
        if low < high:
            yield low, high
        before += end - start


def _spans(texts: Iterable[str]) -> Iterable[Span]:
    for text in texts:
        try:
            yield parse_edtf(text).strict
        except ValueError:
            continue


@functools.lru_cache(maxsize=4096)
def phrase_pattern(text: str) -> re.Pattern[str] | None:
    """A pattern for the words and numbers of a phrase in their order; None if it has none."""
    spelled = {plain(each): _initials(each) for each in _CAPITALS.findall(text)}
    tokens = _TOKEN.findall(plain(text))
    if not tokens:
        return None
    before = _FIRST_LETTER if tokens[0][0].isalpha() else r"(?<![0-9.])"
    last = r"(?:s|es|ly)?(?![a-z])" if tokens[-1][-1].isalpha() else r"(?![0-9]|\.[0-9])"
    if len(tokens) > 1 and len(tokens[-1]) == 1:
        last = r"(?![a-z])"
    forms = [spelled.get(each) or _GREEK.get(each, re.escape(each)) for each in tokens]
    if forms[0] == tokens[0].replace(".", r"\."):  # one that begins with letters is searched fast
        forms[0] += f"(?<={before}{forms[0]})"
    else:
        forms[0] = before + forms[0]
    return re.compile(_BETWEEN.join(forms) + last)


_GREEK = {
    each: f"(?:{letter}|{name})" for letter, name in GREEK.items() for each in (letter, name)
} | dict.fromkeys(("alpha", "alfa", "α"), "(?:α|alpha|alfa)")  # INN alfa


def _initials(capitals: str) -> str:
    """A pattern for an abbreviation, or for words that begin with its letters.

    RECIST is also Response Evaluation Criteria in Solid Tumors.
    """
    words = r"\W+(?:(?:of|for|in|the|and|to|with)\W+)?".join(
        rf"{re.escape(each)}[a-z]+" for each in plain(capitals)
    )
    return f"(?:{re.escape(plain(capitals))}|{words})"
