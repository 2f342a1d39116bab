"""The date of a draft event: the only date of its sentence, else the nearest."""

from __future__ import annotations

import itertools
import re

import attrs

from timeline.exchange.draft.entries import TODO, Sentence, lowest_confidence
from timeline.exchange.draft.relative_dates import by_cycles, counted_from
from timeline.report_text import Confidence, Mention, MentionKind

_UNTIL = re.compile(r"\b(?:until|till|through|up\s+to)\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:to|until|through|till|and|[-–—])\s*(?:the\s+)?", re.IGNORECASE)


@attrs.frozen
class EventDate:
    """The date of an event: as a case file has it, and the mentions that it comes from."""

    text: str
    sources: tuple[Mention, ...] = ()
    confidence: Confidence = Confidence.LOW
    remark: str = ""


def date_text(date: Mention) -> str:
    """A date as a case file has it; TODO if it can be two dates, or none."""
    return TODO if date.confidence is Confidence.LOW else date.value


def event_date(sentence: Sentence, mention: Mention) -> EventDate:
    """The date of what a mention names: the only date of its sentence, else the nearest."""
    dates = tuple(each for each in sentence.dates if not _is_of_clause(sentence, mention, each))
    if sentence.dates and not dates:
        return EventDate(TODO, remark="its sentence dates something else")
    if not dates:
        phrases = sentence.of(MentionKind.DATE_PHRASE)
        if not phrases:
            return EventDate(TODO, remark="no date in this sentence")
        near = min(phrases, key=lambda each: _distance(each, mention))
        cycles = by_cycles(near)
        text = counted_from(sentence, near) or (cycles[0] if len(cycles) == 1 else "")
        if text:
            return EventDate(text, (near,), Confidence.MEDIUM)
        return EventDate(TODO, (near,), Confidence.LOW, f"dated by: {near.value}")
    own = (each for each in dates if _is_own(sentence, mention, each))
    near = next(own, None) or min(dates, key=lambda each: _distance(each, mention))
    confidence = Confidence.MEDIUM if len(dates) > 1 else Confidence.HIGH
    return EventDate(date_text(near), (near,), lowest_confidence(confidence, near.confidence))


_IN = re.compile(
    r"(?:\s+(?!and\b|or\b|but\b)[\w-]+){0,3}?\s+(?:in|on|by|at|since|from)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def _is_own(sentence: Sentence, mention: Mention, date: Mention) -> bool:
    """Whether a date follows as that of a mention: ``complete response achieved in May 2020``."""
    if date.start < mention.end:
        return False
    between = sentence.text[mention.end - sentence.start : date.start - sentence.start]
    others = any(mention.end <= each.start < date.start for each in sentence.found)
    return not others and _IN.fullmatch(between) is not None


_CLAUSE = re.compile(r"\b(?:who|for\s+which)\b", re.IGNORECASE)


def _is_of_clause(sentence: Sentence, mention: Mention, date: Mention) -> bool:
    """Whether a date is that of a later clause: ``cancer, who underwent surgery in May 2020``."""
    between = sentence.text[mention.end - sentence.start : date.start - sentence.start]
    return date.start >= mention.end and _CLAUSE.search(between) is not None


def _distance(one: Mention, other: Mention) -> int:
    return max(one.start - other.end, other.start - one.end)


def treatment_period(sentence: Sentence, mention: Mention) -> EventDate:
    """The period of a treatment: two dates with ``to`` between them, else the nearest begins it."""
    dates = sentence.dates
    for one, two in itertools.pairwise(dates):
        between = sentence.text[one.end - sentence.start : two.start - sentence.start]
        if _BETWEEN.fullmatch(between):
            text = f"{date_text(one)}/{date_text(two)}"
            return EventDate(text, (one, two), lowest_confidence(one.confidence, two.confidence))
    when = event_date(sentence, mention)
    if any(
        by_cycles(each) for each in when.sources
    ):  # they count those of a treatment, often its own
        when = EventDate(TODO, remark="no date in this sentence")
    for date in when.sources:
        passed = [
            each
            for each in sentence.of(MentionKind.PROCEDURE)
            if mention.end <= each.start and each.end <= date.start and each is not mention
        ]
        if passed:  # after chemotherapy a resection on that day, or radiotherapy until then
            return EventDate(f"{TODO}/", remark=f"{passed[0].value} is between it and the date")
        if date.kind is MentionKind.DATE and _UNTIL.search(sentence.before(date)):
            return attrs.evolve(when, text=f"{TODO}/{when.text}")
    return attrs.evolve(when, text=f"{when.text}/")
