"""The date of a draft event: the only date of its sentence, else the nearest."""

from __future__ import annotations

import bisect
import operator
import re

import attrs

from timeline.exchange.draft.entries import TODO, Sentence, lowest_confidence
from timeline.exchange.draft.relative_dates import by_cycles, counted_from
from timeline.report_text import Confidence, Mention, MentionKind

_UNTIL = re.compile(r"\b(?:until|till|through|up\s+to)\s*$", re.IGNORECASE)


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
    dates = _dates_before_clause(sentence, mention)
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
    near = _own(sentence, mention, dates) or _nearest(dates, mention)
    confidence = Confidence.MEDIUM if len(dates) > 1 else Confidence.HIGH
    return EventDate(date_text(near), (near,), lowest_confidence(confidence, near.confidence))


_IN = re.compile(
    r"(?:\s+(?!and\b|or\b|but\b)[\w-]+){0,3}?\s+(?:in|on|by|at|since|from)\s+(?:the\s+)?",
    re.IGNORECASE,
)


_START = operator.attrgetter("start")


def _own(sentence: Sentence, mention: Mention, dates: tuple[Mention, ...]) -> Mention | None:
    """The date that follows as that of a mention: ``complete response achieved in May 2020``.

    No other mention is between them.
    """
    following = sentence.first_from(mention.end)
    at = bisect.bisect_left(dates, following.start, key=_START) if following else len(dates)
    if following is None or at == len(dates) or dates[at].start != following.start:
        return None
    between = sentence.text[mention.end - sentence.start : following.start - sentence.start]
    return dates[at] if _IN.fullmatch(between) else None


def _nearest(dates: tuple[Mention, ...], mention: Mention) -> Mention:
    """The date that is nearest to a mention; of two as near the first. Dates do not overlap."""
    at = bisect.bisect_right(dates, mention.start, key=_START)
    return min(dates[max(0, at - 1) : at + 1], key=lambda each: _distance(each, mention))


def _dates_before_clause(sentence: Sentence, mention: Mention) -> tuple[Mention, ...]:
    """The dates but those of a later clause: ``cancer, who underwent surgery in May 2020``."""
    clauses = sentence.later_clauses
    at = bisect.bisect_left(clauses, (mention.end, 0))
    if at == len(clauses):
        return sentence.dates
    return sentence.dates[: bisect.bisect_left(sentence.dates, clauses[at][1], key=_START)]


def _distance(one: Mention, other: Mention) -> int:
    return max(one.start - other.end, other.start - one.end)


def treatment_period(sentence: Sentence, mention: Mention) -> EventDate:
    """The period of a treatment: two dates with ``to`` between them, else the nearest begins it.

    One date alone is that of its start, as the report has it: its end is not stated.
    """
    if sentence.joined_dates:
        one, two = sentence.joined_dates
        text = f"{date_text(one)}/{date_text(two)}"
        return EventDate(text, (one, two), lowest_confidence(one.confidence, two.confidence))
    when = event_date(sentence, mention)
    if any(
        by_cycles(each) for each in when.sources
    ):  # they count those of a treatment, often its own
        when = EventDate(TODO, remark="no date in this sentence")
    for date in when.sources:
        passed = sentence.first_from(mention.end, MentionKind.PROCEDURE)
        if passed and passed.end <= date.start:
            # after chemotherapy a resection on that day, or radiotherapy until then
            return EventDate(TODO, remark=f"{passed.value} is between it and the date")
        if date.kind is MentionKind.DATE and _UNTIL.search(sentence.before(date)):
            return attrs.evolve(when, text=f"{TODO}/{when.text}")
    return when


_DIAGNOSED = re.compile(r"\bdiagnos(?:ed|is)\b", re.IGNORECASE)


def with_doubt(sentence: Sentence, mention: Mention, when: EventDate) -> EventDate:
    """The date of a therapy, doubted where it is that of a diagnosis in the same sentence.

    ``In March 2021 she was diagnosed with cancer and received FOLFOX``: the report dates the
    diagnosis, and the therapy need not have begun then. The date stays, as a guess that is told.
    """
    if len(when.sources) != 1 or len(sentence.dates) != 1 or when.text == TODO:
        return when
    (date,) = when.sources
    found = _DIAGNOSED.search(sentence.text)
    if found is None:
        return when
    start, end = sentence.start + found.start(), sentence.start + found.end()
    of_diagnosis = max(date.start - end, start - date.end)
    if start > mention.start or of_diagnosis >= _distance(date, mention):
        return when
    doubt = "a guess: its sentence dates the diagnosis"
    remark = "; ".join(filter(None, (when.remark, doubt)))
    return attrs.evolve(when, confidence=Confidence.LOW, remark=remark)
