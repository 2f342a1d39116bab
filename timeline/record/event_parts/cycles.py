"""Cycles of a treatment, as a case file and a report write their length and their number."""

from __future__ import annotations

import re

from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import Quantity, above_0
from timeline.core.schema import whole_number

MOST_CYCLES = 200
_UNITS = {"d": "days", "w": "weeks", "m": "months"}
# q3w, q21d, Q3W; every 3 weeks; 21-day, 3-weekly: prescriptions write one length in these ways
_EVERY = re.compile(r"q\s?([0-9]{1,3})\s?([dwm])|every\s+(.+)", re.IGNORECASE)
_HYPHEN = re.compile(
    r"([0-9]{1,3})[-\u2010\u2011\s](day|week|month)(?:s|ly)?(?:\s+cycles?)?", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:[x×]\s?)?(.*?)(?:(?<=[0-9])\s?[x×]|\s+(?:cycles?|courses?))?", re.IGNORECASE
)


def cycle_length(text: str) -> Quantity:
    """The length of a cycle: ``3 weeks``, ``21 days``, ``q3w``, ``every 3 weeks``, ``3-weekly``.

    Raises:
        ValueError: it is no time above 0.

    >>> [str(cycle_length(each)) for each in ("q3w", "every 21 days", "3-weekly")]
    ['3 weeks', '21 days', '3 weeks']
    """
    plain = " ".join(text.split())
    if found := _EVERY.fullmatch(plain):
        plain = found[3] or f"{found[1]} {_UNITS[found[2].lower()]}"
    elif found := _HYPHEN.fullmatch(plain):
        plain = f"{found[1]} {found[2].lower()}s"
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
        raise ValueError(f"not a number of cycles: {text!r} (write 6, or about 6)") from fault
    if read.value is not None:
        return whole_number(1, MOST_CYCLES)(str(read.value))
    ends = [end for end in (read.span.low, read.span.high) if not isinstance(end, float)]
    if read.unit != 1 or not all(0 <= end <= MOST_CYCLES for end in ends):
        raise ValueError(f"not a number of cycles from 1 to {MOST_CYCLES}: {text!r}")
    return read
