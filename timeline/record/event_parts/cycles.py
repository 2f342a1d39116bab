"""Cycles of a treatment, as a case file and a report write their length and their number."""

from __future__ import annotations

import re

from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import Quantity, above_0
from timeline.core.schema import whole_number
from timeline.core.text.number_words import NUMBER_WORDS

MOST_CYCLES = 200
_UNITS = {"d": "days", "w": "weeks", "m": "months"}
# q3w, q21d, Q3W; every 3 weeks; 21-day, 3-weekly: prescriptions write one length in these ways
_EVERY = re.compile(r"q\s?([0-9]{1,3})\s?([dwm])|every\s+(.+)", re.IGNORECASE)
_HYPHEN = re.compile(
    r"([0-9]{1,3})[-\u2010\u2011\s](day|week|month)(?:s|ly)?(?:\s+cycles?)?", re.IGNORECASE
)
# an interval in words, and the words for it
_INTERVALS = {
    words: interval
    for interval, every in (
        ("1 day", ("daily", "once daily", "once a day", "every day")),
        ("1 week", ("weekly", "once weekly", "once a week", "once per week", "every week")),
        ("2 weeks", ("fortnightly", "every fortnight", "once a fortnight")),
        ("1 month", ("monthly", "once monthly", "once a month", "once per month", "every month")),
    )
    for words in every
}
_ORDINALS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "sixth": 6}
_EVERY_NTH = re.compile(rf"every ({'|'.join(_ORDINALS)}) (day|week|month)")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_TWO_MEANINGS = re.compile(r"bi-?(week|month|annual)(?:ly)?")
_SEVERAL_TIMES = re.compile(
    r"(?:semi-?|(?:twice|thrice|[a-z0-9-]+ times) (?:a |per |each )?)"
    r"(?:day|daily|(?:week|month)(?:ly)?)"
)
_COUNTED = re.compile(
    r"(?:[x×]\s?)?(.*?)(?:(?<=[0-9])\s?[x×]|\s+(?:cycles?|courses?))?", re.IGNORECASE
)


def interval_in_figures(text: str) -> str:
    """An interval with its number in figures: ``weekly`` is ``1 week``; any other text as it is.

    Raises:
        ValueError: the word has two meanings, or tells how often within a time.

    >>> [interval_in_figures(each) for each in ("weekly", "every other week", "three-weekly")]
    ['1 week', '2 weeks', '3-weekly']
    """
    plain = " ".join(text.split())
    words = plain.lower()
    if words in _INTERVALS:
        return _INTERVALS[words]
    if found := _EVERY_NTH.fullmatch(words):
        return f"{_ORDINALS[found[1]]} {found[2]}s"
    if found := _TWO_MEANINGS.fullmatch(words):
        unit = found[1].replace("annual", "year")
        raise ValueError(
            f"{text!r} is every 2 {unit}s to some and twice a {unit} to others (write 2 {unit}s, "
            "or the interval that is meant)"
        )
    if _SEVERAL_TIMES.fullmatch(words):
        raise ValueError(
            f"{text!r} is how often within a time, not how long until it is repeated (write that "
            "interval, such as 3 weeks)"
        )
    in_figures = _WORD.sub(_figure, words)
    return plain if in_figures == words else in_figures


def _figure(found: re.Match[str]) -> str:
    """A number in words as figures, alone or before a hyphen: ``three-weekly`` is ``3-weekly``."""
    whole, (first, dash, rest) = found[0], found[0].partition("-")
    if whole in NUMBER_WORDS:
        return str(NUMBER_WORDS[whole])
    return f"{NUMBER_WORDS.get(first, first)}{dash}{rest}"


def cycle_length(text: str) -> Quantity:
    """The length of a cycle: ``3 weeks``, ``21 days``, ``q3w``, ``every 3 weeks``, ``weekly``.

    Raises:
        ValueError: it is no time above 0.

    >>> [str(cycle_length(each)) for each in ("q3w", "every 21 days", "3-weekly", "weekly")]
    ['3 weeks', '21 days', '3 weeks', '1 week']
    """
    plain = interval_in_figures(text)
    if found := _EVERY.fullmatch(plain):
        plain = found[3] or f"{found[1]} {_UNITS[found[2].lower()]}"
    elif found := _HYPHEN.fullmatch(plain):
        plain = f"{found[1]} {found[2].lower()}s"
    if not any(sign.isdigit() for sign in plain):
        raise ValueError(
            f"not the length of a cycle: {text!r} (write 3 weeks, 21 days, q3w or weekly)"
        )
    try:
        return above_0(plain, "time", alone=True)
    except ValueError as fault:
        raise ValueError(f"{fault}; a cycle of 3 weeks is 3 weeks, 21 days or q3w") from None


def number_of_cycles(text: str) -> int | Printed:
    """A number of cycles: ``6``, ``6 cycles``, ``x 6``; or with a hedge, such as ``about 20``.

    Raises:
        ValueError: it is no number from 1 to 200.

    >>> number_of_cycles("6 courses"), number_of_cycles("x6"), str(number_of_cycles("about 20"))
    (6, 6, 'about 20')
    """
    counted = _COUNTED.fullmatch(" ".join(text.split()))
    plain = counted[1].strip() if counted else text
    try:
        read = parse_printed(plain)
    except ValueError as fault:
        raise ValueError(
            f"not a number of cycles: {text!r} (write 6, about 6, at least 6 or 4-6)"
        ) from fault
    if read.value is not None:
        return whole_number(1, MOST_CYCLES)(str(read.value))
    ends = [end for end in (read.span.low, read.span.high) if not isinstance(end, float)]
    if read.unit != 1 or not all(0 <= end <= MOST_CYCLES for end in ends):
        raise ValueError(f"not a number of cycles from 1 to {MOST_CYCLES}: {text!r}")
    return read
