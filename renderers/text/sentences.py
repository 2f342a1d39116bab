"""Sentences of captions and alternative texts."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_ALT = 600  # characters of an alternative text, which a screen reader reads in one go


def within(parts: Iterable[str], limit: int = LONGEST_ALT) -> str:
    """Sentences in their order; one that would make the text too long is left out.

    >>> within(("One.", "", "A long one.", "Two."), 12)
    'One. Two.'
    """
    text = ""
    for part in parts:
        longer = f"{text} {part}".strip()
        text = longer if len(longer) <= limit else text
    return text
