"""The size of one lesion on one scan, as a case file states it."""

from __future__ import annotations

import re

from timeline.core.frozen_class import frozen
from timeline.core.problem import near
from timeline.core.quantities import NM_PER_MM, length_in_nanometres
from timeline.record.findings import (
    DISAPPEARED_WORDS,
    NOT_APPLICABLE_WORDS,
    NOT_EVALUATED_WORDS,
    plain,
)

TOO_SMALL_MM = 5  # present but too small to measure: Eisenhauer 2009 4.3.2; EORTC clarification
ABSENT = (*DISAPPEARED_WORDS, "not seen", "not visible", "no longer visible", "no longer seen")
TOO_SMALL = ("too small", "too small to measure", "TSTM")
UNSEEN = (*NOT_EVALUATED_WORDS, *NOT_APPLICABLE_WORDS)
LENGTHS: dict[str, int | None] = {  # of a word, in nanometres
    **{plain(word): 0 for word in ABSENT},
    **{plain(word): TOO_SMALL_MM * NM_PER_MM for word in TOO_SMALL},
    **{plain(word): None for word in UNSEEN},
}
_SEVERAL_DIAMETERS = re.compile(r"\d\s*(?:mm|cm)?\s*[×xX*]\s*\d")
WORDS = ("absent", "too small", "not evaluated")  # one of each kind, for messages


@frozen
class LesionSize:
    """A length in nanometres; None where it was not evaluated.

    ``merged`` names the lesion that carries the length of both.
    """

    text: str
    length: int | None
    merged: str = ""

    def __str__(self) -> str:
        return self.text


def lesion_size(text: str) -> LesionSize:
    """``23 mm``, ``12 mm + 9 mm`` (it has split), ``merged with T1``, or a word.

    If a part was not evaluated, the total length is unknown.
    """
    text = " ".join(text.split())
    found = re.fullmatch(r"merged with (\S+)", text)
    if found:
        return LesionSize(text, 0, merged=found[1])
    lengths = [_length(part) for part in text.split("+")]
    known = [each for each in lengths if each is not None]
    return LesionSize(text, sum(known) if len(known) == len(lengths) else None)


def _length(text: str) -> int | None:
    """One part of a size, None where it was not evaluated."""
    word = plain(text)
    if word in LENGTHS:
        return LENGTHS[word]
    if not any(letter.isdigit() for letter in text):
        known = (*WORDS, "merged with ID")
        raise ValueError(f"not a size: {text.strip()!r} (write millimetres; {near(text, known)})")
    if text.lstrip().startswith(("<", "≤")):
        raise ValueError(
            f"not one length: {text.strip()!r} (write the number that was measured, or too small "
            "where the lesion was seen and could not be measured)"
        )
    if _SEVERAL_DIAMETERS.search(text):
        raise ValueError(_one_diameter(text))
    return length_in_nanometres(text)


def _one_diameter(text: str) -> str:
    """The message for a size of two or three diameters: RECIST 1.1 takes one of them."""
    *_, last = text.strip().split()
    unit = last.lstrip("0123456789.,×xX*") or "mm"
    numbers = [each.replace(",", ".") for each in re.findall(r"\d+(?:[.,]\d+)?", text)]
    longest, shortest = (pick(numbers, key=float) for pick in (max, min))
    return (
        f"not one length: {text.strip()!r} (write the longest diameter, {longest} {unit}; of a "
        f"node the short axis, as {shortest} {unit})"
    )
