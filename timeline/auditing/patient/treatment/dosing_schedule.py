"""Schedules as printed: the days of a cycle that a drug is given on, and the length of a cycle."""

from __future__ import annotations

import re
from fractions import Fraction

_DAYS = re.compile(r"(?i)\b(?:d|days?)\s*(?P<days>[0-9][0-9,\s–-]*(?:(?:and|to)\s*[0-9]+)*)")
_TRAILING = re.compile(r"(?i)\b(?P<low>[0-9]+)\s*(?:–|-|to)\s*(?P<high>[0-9]+)\s*days\b")
_FOR = re.compile(r"(?i)\b(?:over|for)\s+(?P<count>[0-9]+)\s+days\b")
_CYCLE = re.compile(
    r"(?i)\b(?:q|every)\s*(?P<count>[0-9]+|two|three|four|six)?[\s-]*(?P<unit>d|w|days?|weeks?)\b",
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6}


def days_given(text: str) -> tuple[int, ...]:
    """The days of a cycle that a print names, in order; empty where it names none.

    >>> days_given("days 1 and 8"), days_given("qd d1–3"), days_given("over 5 days")
    ((1, 8), (1, 2, 3), (1, 2, 3, 4, 5))
    """
    spell = _FOR.search(text)
    if spell:
        return tuple(range(1, int(spell["count"]) + 1))
    trailing = _TRAILING.search(text)
    if trailing:
        return tuple(range(int(trailing["low"]), int(trailing["high"]) + 1))
    found = _DAYS.search(text)
    days: set[int] = set()
    for part in re.split(r",|\band\b", found["days"]) if found else ():
        ends = [int(number) for number in re.findall(r"[0-9]+", part)]
        days |= set(range(ends[0], ends[-1] + 1)) if ends else set()
    return tuple(sorted(days))


def cycle_days(text: str) -> Fraction | None:
    """The length of a cycle in days: ``every 3 weeks``, ``q3w``, ``every 21 days``."""
    found = _CYCLE.search(text)
    if found is None:
        return None
    said = (found["count"] or "1").lower()
    count = _NUMBERS.get(said) or int(said)
    return Fraction(count * (7 if found["unit"].lower().startswith("w") else 1))
