"""The size of one lesion on one scan, as a case file says it."""

from __future__ import annotations

import re

import attrs

from timeline.problem import near
from timeline.quantity import length

TOO_SMALL_MM = 5  # present but too small to measure: Eisenhauer 2009 4.3.2; EORTC clarification
WORDS = ("absent", "too small", "not evaluated")


@attrs.frozen
class Size:
    """A length in hundredths of a millimetre; None where it was not evaluated.

    ``merged`` names the lesion that carries the length of both.
    """

    text: str
    length: int | None
    merged: str = ""

    def __str__(self) -> str:
        return self.text


def size(text: str) -> Size:
    """``23 mm``, ``12 mm + 9 mm`` (it has split), ``merged with T1``, or a word."""
    text = " ".join(text.split())
    fixed = {"absent": 0, "too small": TOO_SMALL_MM * 100, "not evaluated": None}
    if text.lower() in fixed:
        return Size(text, fixed[text.lower()])
    found = re.fullmatch(r"merged with (\S+)", text)
    if found:
        return Size(text, 0, merged=found[1])
    if not any(letter.isdigit() for letter in text):
        known = (*WORDS, "merged with ID")
        raise ValueError(f"not a size: {text!r} (write millimetres; {near(text, known)})")
    return Size(text, sum(_length(part) for part in text.split("+")))


def _length(text: str) -> int:
    exact = length(text).exact
    return round((exact or 0) * 100)
