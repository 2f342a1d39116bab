"""When something was: a moment or a period, by date, by order, or as a paper prints it."""

from __future__ import annotations

import re

import attrs

from timeline.core.calendar.date_forms import iso_forms, names_no_day, word_advice
from timeline.core.calendar.dates import PartialDate, parse_edtf, refuse_other_forms
from timeline.core.calendar.relative_times import RelativeTime, relative_time
from timeline.core.frozen_class import frozen
from timeline.core.span import ANY, NEVER_ENDS, Span


@frozen
class Period:
    """From one moment to another; ``end`` is None where it is not stated.

    One that ends before it starts is read, and refused with the order of the other events:
    they show which of its dates is wrong.
    """

    text: str
    start: PartialDate
    end: PartialDate | None = None
    ongoing: bool = False

    @property
    def is_reversed(self) -> bool:
        """Whether its last day certainly lies before its first."""
        return self.end is not None and self.end.span.high < self.start.span.low

    def __str__(self) -> str:
        return self.text


_ORDER = re.compile(r"(after|before)\s+(.+)")


UNKNOWN = ".."  # a date that is not known at all (ISO 8601-2: an open end)


def parse_date(text: str) -> PartialDate:
    """A date, an order, a time from another event, or several: ``2020-10, after line 1 end``.

    ``..`` is a date that is not known at all.
    """
    refuse_other_forms(text)
    found = [_part(piece.strip(), text) for piece in text.split(",")]
    dates = [each for each in found if each.strict != ANY]
    if len(dates) > 1:
        raise ValueError(
            f"more than one date: {text!r} (write the range as {'/'.join(map(str, dates))})"
        )
    relative = [each.relative for each in found if each.relative]
    if len(relative) > 1:
        raise ValueError(f"counted from two events: {text!r} (keep one of them)")
    return attrs.evolve(
        dates[0] if dates else PartialDate(text),
        text=text.strip(),
        after=_stated("after", [each.after for each in found], text),
        before=_stated("before", [each.before for each in found], text),
        relative=next(iter(relative), None),
    )


def _stated(word: str, events: list[str | None], text: str) -> str | None:
    """The event that a word of order names, once at most."""
    names = [each for each in events if each]
    if len(names) > 1:
        raise ValueError(f"{word!r} is stated twice: {text!r} (name one event)")
    return next(iter(names), None)


def _part(text: str, whole: str) -> PartialDate:
    """One of the parts between commas."""
    found = _ORDER.fullmatch(text)
    if found:
        _refuse_date_of_order(found[1], found[2].strip())
    if found and found[1] == "after":
        return PartialDate(text, after=found[2].strip())
    if found:
        return PartialDate(text, before=found[2].strip())
    relative = relative_time(text)
    if relative is not None:
        return _from_a_date(relative) or PartialDate(text, relative=relative)
    if text == UNKNOWN:
        return PartialDate(text)
    if text.startswith(("+", "-")):
        raise ValueError(f"not counted from any event: {whole!r} (write line 1 {text})")
    try:
        return parse_edtf(text)
    except ValueError:
        _refuse_words(text)
        raise


def _refuse_words(text: str, *, of_period: bool = False) -> None:
    """Raise ValueError for a date in words of order, with what to write."""
    if advice := word_advice(text, of_period=of_period):
        raise ValueError(f"not a date: {text!r} ({advice})")


def _refuse_date_of_order(word: str, text: str) -> None:
    """``after`` and ``before`` name an event; a bound by a date has a form of its own."""
    try:
        parse_edtf(text)
    except ValueError:
        return
    bound = f"[{text}..]" if word == "after" else f"[..{text}]"
    raise ValueError(
        f"{word!r} names no event: '{word} {text}' (write {bound}, in quotes within {{..}}, "
        f"which includes {text}; or the event: {word} line 2)"
    )


def _from_a_date(relative: RelativeTime) -> PartialDate | None:
    """``2016-01 + 6 months``: the days themselves; None where it counts from an event."""
    try:
        anchor = parse_edtf(relative.reference)
    except ValueError:
        return None
    strict, span = (relative.window(days) for days in (anchor.strict, anchor.span))
    return attrs.evolve(anchor, text=relative.text, strict=strict, span=span)


def written(when: PartialDate) -> Span:
    """The days of a date by its own text, not narrowed by any other event."""
    try:
        return parse_date(when.text).span
    except ValueError:
        return when.span


def parse_period(text: str) -> Period:
    """``start/end``; ``start/..`` goes on, ``start/`` and ``start`` do not state the end.

    ``../end`` and ``/end`` do not state the start.
    """
    text = text.strip()
    refuse_other_forms(text)
    parts = text.split("/")
    if len(parts) > 2:
        raise ValueError(f"more than one slash: {text!r} (write start/end)")
    try:
        start = parse_date(parts[0] if parts[0].strip() or len(parts) == 1 else UNKNOWN)
    except ValueError:
        if len(parts) == 1:
            _refuse_words(text, of_period=True)
        raise
    if len(parts) == 1 or not parts[1].strip():
        return Period(text, start)
    if parts[1].strip() == "..":
        return Period(
            text, start, PartialDate("..", span=Span(start.span.low, NEVER_ENDS)), ongoing=True
        )
    return Period(text, start, parse_date(parts[1]))


_YEAR_IN_FULL = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def printed_date(text: str) -> PartialDate:
    """A date as papers print it (``December 2021``, ``1st of June 2016``), or EDTF."""
    whole = _YEAR_IN_FULL.search(text) and ":" not in text  # a time of day is not dropped
    forms = iso_forms(text) if whole else ()
    if len(forms) == 1:  # one of two days, such as 05/12/2021, is none
        return attrs.evolve(parse_edtf(forms[0]), text=text.strip())
    try:
        return parse_edtf(text)
    except ValueError:
        raise ValueError(
            f"not a date: {text!r} (write it as printed, December 2021, or as 2021-12)"
        ) from None


_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?\s*", re.IGNORECASE)


_PART_OF = re.compile(
    r"^(?:in )?(?:the )?(?:early|mid|late|(?:start|beginning|middle|end) of)[ -]"
    r"(?=[^\W\d]+ [0-9]{4}$|[0-9]{4}$)",
    re.IGNORECASE,
)


def printed_day(text: str) -> PartialDate | str:
    """A printed date with or without its weekday; its words where the calendar has no such day.

    A part of a month or a year (``end of May 2020``) is a day of that month or year.

    >>> printed_day("Wednesday, 5 December 2018").strict == printed_date("2018-12-05").strict
    True
    >>> printed_day("30 February 2020")
    '30 February 2020'
    """
    plain = _PART_OF.sub("", _WEEKDAY.sub("", text).strip(" ,"))
    try:
        return attrs.evolve(printed_date(plain), text=text.strip())
    except ValueError:
        if names_no_day(plain):
            return text.strip()
        raise
