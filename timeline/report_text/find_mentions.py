"""Every mention of a text, by the rows of the tables; no network and no model."""

from __future__ import annotations

import bisect
import operator
import re
from collections.abc import Iterator

import attrs

from timeline.report_text.mention import Confidence, Mention, MentionKind
from timeline.report_text.mention_rules import (
    HEDGE_BEFORE,
    HEDGE_WITHIN,
    Pattern,
    number_start,
    patterns,
    stem_pattern,
    word_lists,
)
from timeline.report_text.mention_values import VALUE_OF, drug_of
from timeline.terminology.drugs import nearest

_BEFORE = 100  # characters that a condition on what comes before may look at
_MAY_CONTAIN = frozenset((MentionKind.DATE_PHRASE,))  # kinds that others may lie within


def mentions(text: str) -> tuple[Mention, ...]:
    """What a text mentions, in the order of the text.

    Two mentions do not overlap, except that a phrase for a date (``two months later``) may
    contain a length of time. Where two rules fit the same words, the row that comes first in
    its table decides; of the words of one list the longest.

    Args:
        text: the text of a report, or a part of one.

    Returns:
        The mentions. Their offsets count the characters of the text from 0.

    >>> [(m.kind.value, m.value) for m in mentions("On 5 December 2018 gemcitabine 1,000 mg/m2")]
    [('date', '2018-12-05'), ('drug', 'gemcitabine'), ('dose', '1000 mg/m²')]
    """
    occupied = _OccupiedSpans()
    found = [
        each
        for each in (*_by_pattern(text), *_by_word(text), *_by_stem(text))
        if each.kind in _MAY_CONTAIN or occupied.occupy(each.start, each.end)
    ]
    return tuple(sorted(found, key=IN_ORDER))


IN_ORDER = operator.attrgetter(*(field.name for field in attrs.fields(Mention)))  # as they compare


class _OccupiedSpans:
    """The parts of the text that earlier mentions occupy."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def occupy(self, start: int, end: int) -> bool:
        """Occupy a part; False where some of it is occupied."""
        index = bisect.bisect_right(self._starts, start)
        if index and self._ends[index - 1] > start:
            return False
        if index < len(self._starts) and self._starts[index] < end:
            return False
        self._starts.insert(index, start)
        self._ends.insert(index, end)
        return True


def _by_pattern(text: str) -> Iterator[Mention]:
    numbers = [found.start() for found in number_start().finditer(text)]
    for row in patterns():
        for found in _matches(row, text, numbers):
            mention = _mention(row, found, text)
            if mention is not None:
                yield mention


def _matches(row: Pattern, text: str, numbers: list[int]) -> Iterator[re.Match[str]]:
    """Where a pattern fits; one that begins with a number is tried at the numbers only."""
    if not row.at_number:
        yield from row.regex.finditer(text)
        return
    end = 0
    for start in numbers:
        found = row.regex.match(text, start) if start >= end else None
        if found:
            end = found.end()
            yield found


def _mention(row: Pattern, found: re.Match[str], text: str) -> Mention | None:
    start, end = found.span()
    before = text[max(0, start - _BEFORE) : start]
    if row.before and not row.before.search(before):
        return None
    if row.unless_before and row.unless_before.search(before):
        return None
    hedge = ""
    if row.at_number and (hedged := HEDGE_BEFORE.search(before[-HEDGE_WITHIN:])):
        hedge, start = hedged["hedge"], start - len(hedged[0])
    try:
        value, certain = VALUE_OF[row.kind](found, hedge)
    except ValueError:  # a day that no calendar has, a range the wrong way round
        value, certain = " ".join(text[start:end].split()), False
    return Mention(
        start, end, row.kind, value, text[start:end],
        row.confidence if certain else Confidence.LOW, row.name,
    )  # fmt: skip


def _by_word(text: str) -> list[Mention]:
    """The words of all lists; of those that begin at one place the longest comes first."""
    return sorted(_words(text), key=lambda each: (each.start, -each.end))


def _words(text: str) -> Iterator[Mention]:
    for words in word_lists():
        for found in words.regex.finditer(text):
            row = words.row_of(found[0])
            yield Mention(
                found.start(), found.end(), words.kind, row.value, found[0],
                row.confidence, f"list of {words.kind.value} words",
            )  # fmt: skip


def _by_stem(text: str) -> Iterator[Mention]:
    """Names that no list has, with the ending of a class of drugs: other spellings, new drugs."""
    for found in stem_pattern().finditer(text):
        name = found[0].lower()
        yield Mention(
            found.start(), found.end(), MentionKind.DRUG, drug_of(name), found[0],
            Confidence.MEDIUM, f"ending -{found['stem'].lower()}",
        )  # fmt: skip


@attrs.frozen
class Unlisted:
    """A drug name that no list has, and the listed name that is nearest to it."""

    name: str
    nearest: str | None


def unlisted(mention: Mention) -> Unlisted | None:
    """The name of a drug that was found by its ending alone; None where a list has it."""
    if mention.kind is not MentionKind.DRUG or not mention.rule.startswith("ending"):
        return None
    close = nearest(mention.value)
    return Unlisted(mention.value, close.name if close else None)
