"""Numbers of things in words: ``1 problem``, ``2 warnings, 1 note``."""

from __future__ import annotations

from collections.abc import Iterable

SEVERITIES = ("error", "warning", "note")  # of problems, remarks and findings, most severe first


def plural(number: int, noun: str) -> str:
    """A number with its noun.

    >>> plural(1, "problem"), plural(0, "claim")
    ('1 problem', '0 claims')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def by_severity(severities: Iterable[str]) -> str:
    """How many there are of each severity, the most severe first; empty for none.

    >>> by_severity(["note", "warning", "note"])
    '1 warning, 2 notes'
    """
    every = [str(each) for each in severities]
    return ", ".join(plural(every.count(each), each) for each in SEVERITIES if each in every)
