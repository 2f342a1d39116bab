"""Numbers with their noun, for the sentences of verdicts."""

from __future__ import annotations


def number_text(number: int, noun: str) -> str:
    """A number and its noun, in the plural unless the number is 1.

    >>> number_text(1, "event"), number_text(2, "event"), number_text(0, "patient")
    ('1 event', '2 events', '0 patients')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
