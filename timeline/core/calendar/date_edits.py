"""Single edits of one date: the year, a digit, two digits or day and month exchanged."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from timeline.core.calendar.dates import format_day, parse_edtf
from timeline.core.frozen_class import frozen
from timeline.core.span import Span

TEXT_LENGTHS = {1: 10, 28: 7, 29: 7, 30: 7, 31: 7, 365: 4, 366: 4}  # days of a date, its letters


@frozen
class DateEdit:
    """A kind of edit and the date that it makes, with its days, both ends included."""

    kind: str
    text: str
    days: Span

    def __str__(self) -> str:
        return f"{self.text} ({self.kind})"


def _years(text: str) -> Iterator[str]:
    for step in (-1, 1):
        yield f"{int(text[:4]) + step:04d}{text[4:]}"


def _digits(text: str) -> Iterator[str]:
    for at, character in enumerate(text):
        if character.isdigit():
            yield from (
                text[:at] + new + text[at + 1 :] for new in "0123456789" if new != character
            )


def _pairs(text: str) -> Iterator[str]:
    places = [at for at, character in enumerate(text) if character.isdigit()]
    for first, last in itertools.pairwise(places):
        letters = list(text)
        letters[first], letters[last] = letters[last], letters[first]
        yield "".join(letters)


def _day_and_month(text: str) -> Iterator[str]:
    parts = text.split("-")
    if len(parts) == 3:
        yield "-".join((parts[0], parts[2], parts[1]))


# The smallest edit first.
KINDS: tuple[tuple[str, Callable[[str], Iterator[str]]], ...] = (
    ("the year", _years),
    ("one digit", _digits),
    ("two digits exchanged", _pairs),
    ("day and month exchanged", _day_and_month),
)


def edits_of(days: Span) -> tuple[DateEdit, ...]:
    """Every date one edit away from a day, month or year; none for any other range of days.

    The smallest kind of edit comes first, and within it the date that moves least.
    """
    text = _text(days)
    found: dict[str, DateEdit] = {}
    for kind, make in KINDS if text else ():
        made = [DateEdit(kind, each, span) for each in make(text) if (span := _days(each))]
        for each in sorted(made, key=lambda edit: abs(float(edit.days.low) - float(days.low))):
            found.setdefault(each.text, each)
    found.pop(text, None)
    return tuple(found.values())


def _text(days: Span) -> str:
    if not days.is_bounded:
        return ""
    length = TEXT_LENGTHS.get(int(days.high - days.low) + 1, 0)
    text = format_day(days.low)[:length]
    return text if length and _days(text) == days else ""


def _days(text: str) -> Span | None:
    try:
        return parse_edtf(text).span
    except ValueError:
        return None
