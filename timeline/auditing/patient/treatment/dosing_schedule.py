"""Printed dosing schedules: the dosing days of a cycle, and the length of a cycle."""

from __future__ import annotations

import re
from fractions import Fraction

_DAYS = re.compile(r"(?i)\b(?:d|days?)\s*(?P<days>[0-9][0-9,\s–-]*(?:(?:and|to)\s*[0-9]+)*)")
_TRAILING = re.compile(r"(?i)\b(?P<low>[0-9]+)\s*(?:–|-|to)\s*(?P<high>[0-9]+)\s*days\b")
_FOR = re.compile(r"(?i)\b(?:over|for)\s+(?P<count>[0-9]+)\s+days\b")
_CYCLE = re.compile(
    r"(?i)(?:\b(?:q|every|per)|/)\s*(?:(?P<count>[0-9]+|two|three|four|six)[\s-]*(?P<unit>d|w|days?"
    r"|weeks?|wks?)|(?P<single>w|weeks?|wks?))\b"
)
_WEEKLY = re.compile(
    r"(?i)(?<!bi-)(?<!tri-)(?:\b(?P<count>[0-9]+|two|three|four|six)[\s-]*)?\bweekly\b"
)
_SEVERAL_A_WEEK = re.compile(r"(?i)\b(?:once|twice|thrice|times)\s+(?:a|per|every)?\s*week")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6}


def dosing_days(text: str) -> tuple[int, ...]:
    """The days of a cycle on which a drug is given, in order; empty where the text names none.

    >>> dosing_days("days 1 and 8"), dosing_days("qd d1–3"), dosing_days("over 5 days")
    ((1, 8), (1, 2, 3), (1, 2, 3, 4, 5))
    """
    duration = _FOR.search(text)
    if duration:
        return tuple(range(1, int(duration["count"]) + 1))
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
    """The length of a cycle in days: ``every 3 weeks``, ``q3w``, ``3-weekly``, ``/28 d``.

    None where no such length is stated; how often a dose is given in a day or a week is none.

    >>> cycle_days("30 mg/28 d"), cycle_days("weekly"), cycle_days("qd"), cycle_days("twice weekly")
    (Fraction(28, 1), Fraction(7, 1), None, None)
    """
    found = _CYCLE.search(text)
    if found is None:
        weekly = None if _SEVERAL_A_WEEK.search(text) else _WEEKLY.search(text)
        return None if weekly is None else Fraction(7 * _count(weekly["count"]))
    of_weeks = (found["unit"] or found["single"]).lower().startswith("w")
    return Fraction(_count(found["count"]) * (7 if of_weeks else 1))


def _count(text: str | None) -> int:
    number = (text or "1").lower()
    return _NUMBERS.get(number) or int(number)
