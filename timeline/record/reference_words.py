"""The ids of a case file in words: they are names for its own references, which no reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeline.core.calendar.partial_dates import UNKNOWN, Period
from timeline.record.events import Event, Scan, Treatment

_DIVIDES = re.compile("[,/;]")  # what divides the parts of a date


def without_ids(text: str, events: Iterable[Event], *, in_date: bool = False) -> str:
    """A text with the words of each event in place of its id.

    Args:
        text: a text of a case file, such as a date that is counted from an event.
        events: the events whose ids it may hold.
        in_date: whether it is a date, which a comma and a slash divide: the kind of an event is
            enough where what it was has one of them.

    Returns:
        The text: ``within 2 months after adj1 start`` is ``within 2 months after adjuvant
        gemcitabine start``.
    """
    every = tuple(events)
    ids = {event.id: event for event in every if event.id and event.id != event.what}
    if not ids:
        return text
    longest_first = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
    named = re.compile(rf"(?<![\w-])({longest_first})(?![\w-])(?: (start|end)(?![\w-]))?")

    def words(found: re.Match[str]) -> str:
        event, side = ids[found[1]], found[2] or ""
        return f"{_words(event, every, side, in_date=in_date)} {side}".rstrip()

    return named.sub(words, text)


def with_starts(date: str, events: Iterable[Event]) -> str:
    """A date as it is written, where ``after line 4`` says that the start of line 4 is meant.

    A reference to a period without a side is to its start, but reads as to its end.

    Args:
        date: a date or a period of a case file, before ``without_ids``.
        events: the events that it may refer to.

    Returns:
        The text: ``after line 4, before surgery`` is ``after the start of line 4, before surgery``.
    """
    if "after " not in date:
        return date
    periods = [event for event in events if isinstance(event.at, Period)]
    names = {event.id for event in periods if event.id}
    treatments = [event for event in periods if isinstance(event, Treatment)]
    names |= {f"line {event.line}" for event in treatments if event.line is not None}
    names |= {event.setting for event in treatments if event.setting}
    if not names:
        return date
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    sided = rf"(?<![\w-])after ({longest_first})(?![\w-])(?! (?:start|end)(?![\w-]))"
    return re.sub(sided, r"after the start of \1", date)


def _words(event: Event, events: tuple[Event, ...], side: str, *, in_date: bool) -> str:
    """``scan of 2021-04``; what it was, if it has no date of its own."""
    is_dated = event.start.text != UNKNOWN and not event.start.by_order
    if is_dated and event.start.relative is None:
        return f"{event.kind} of {event.start.text}"
    if isinstance(event, Treatment):
        return _regimen(event, events, side)
    if in_date and _DIVIDES.search(event.what):
        return _told_apart(event, events, event.kind)
    return _told_apart(event, events, f"{event.kind} ({event.what})" if event.what else event.kind)


def _told_apart(event: Event, events: tuple[Event, ...], words: str) -> str:
    """The words of an event, and more where another event has the same ones.

    For a scan its response, if that is of no other (``scan with PD``); else when it was, if that
    can stand in a sentence (``scan 12 months after surgery``).
    """
    alike = [
        e for e in events if e.kind == event.kind and (words == e.kind or e.what == event.what)
    ]
    if len(alike) < 2:
        return words
    called = _called(event)
    if called and sum(_called(each) == called for each in alike) == 1:
        return f"{words} with {called}"
    when = "" if event.start.text == UNKNOWN else event.start.text
    return words if not when or _DIVIDES.search(when) else f"{words} {without_ids(when, events)}"


def _called(event: Event) -> str:
    """The response that the authors call a scan, where it is one."""
    found = {category for _, category in event.called} if isinstance(event, Scan) else ()
    return next(iter(found)) if len(found) == 1 else ""


def _regimen(event: Treatment, events: tuple[Event, ...], side: str) -> str:
    """``line 1``, ``adjuvant gemcitabine``; ``line 1 pemetrexed`` for one of its regimens.

    ``line 1 start`` is the start of its first regimen and ``line 1 end`` the end of its last.
    """
    drugs = " + ".join(drug.agent for drug in event.drugs)
    if event.line is None:
        return " ".join(part for part in (event.setting or event.kind, drugs) if part)
    mine = [e for e in events if isinstance(e, Treatment) and e.line == event.line]
    if len(mine) < 2 or (side and event is mine[0 if side == "start" else -1]):
        return f"line {event.line}"
    same = [e for e in mine if e.regimen == event.regimen]
    number = f"regimen {mine.index(event) + 1}" if len(same) > 1 or not drugs else drugs
    return f"line {event.line} {number}"
