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
_BY = re.compile(r"(?<=[\dm])\s*[×xX*]\s*(?=\d)")  # between two diameters: 40 x 30 mm
_UNIT = re.compile(r"(?:mm|cm)\s*$")
_PER_PRODUCT = NM_PER_MM  # nm² of a millionth of a mm²
WORDS = ("absent", "too small", "not evaluated")  # one of each kind, for messages


@frozen
class LesionSize:
    """The size of one lesion; what was not evaluated or not measured is None.

    ``length`` is the longest diameter in nanometres, of a node measured once its short axis;
    ``width`` the longest one perpendicular to it, ``area`` the product of the two in millionths of
    a mm²: None where one diameter was measured. ``merged`` names the lesion that carries the size
    of both.
    """

    text: str
    length: int | None
    merged: str = ""
    width: int | None = None
    area: int | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def short_axis(self) -> int | None:
        """What counts of a node in RECIST 1.1: the shorter of two diameters, else the one given."""
        return self.length if self.width is None else self.width


def diameters_of(text: str) -> tuple[str, ...]:
    """The diameters of one part of a size, each with its unit: ``40 mm`` and ``30 mm``."""
    parts = _BY.split(text.strip())
    unit = _UNIT.search(parts[-1])
    return tuple(part if unit is None or _UNIT.search(part) else f"{part} {unit[0].strip()}"
                 for part in parts)  # fmt: skip


@frozen
class _Part:
    """A lesion, or one of the parts that it has split into: its diameters in nanometres."""

    length: int | None
    width: int | None


def lesion_size(text: str) -> LesionSize:
    """``23 mm``, ``40 x 30 mm``, ``12 mm + 9 mm`` (it has split), ``merged with T1``, or a word.

    If a part was not evaluated, the total is unknown. Two diameters are the longest one and the
    longest perpendicular to it, in either order.
    """
    text = " ".join(text.split())
    found = re.fullmatch(r"merged with (\S+)", text)
    if found:
        return LesionSize(text, 0, merged=found[1], width=0, area=0)
    parts = [_part(part) for part in text.split("+")]
    lengths = _known([each.length for each in parts])
    widths = _known([each.width for each in parts])
    areas = None
    if lengths is not None and widths is not None:
        areas = sum(map(_product, lengths, widths))
    return LesionSize(
        text,
        None if lengths is None else sum(lengths),
        width=None if widths is None else sum(widths),
        area=areas,
    )


def _known(each: list[int | None]) -> list[int] | None:
    """The diameters, or None where one of them is not known."""
    known = [length for length in each if length is not None]
    return known if len(known) == len(each) else None


def _product(length: int, width: int) -> int:
    """The product of two diameters in nanometres, in millionths of a mm²."""
    return length * width // _PER_PRODUCT


def _part(text: str) -> _Part:
    """One part of a size, as its diameters; None where it was not evaluated."""
    word = plain(text)
    if word in LENGTHS:
        return _Part(LENGTHS[word], LENGTHS[word])
    if not any(letter.isdigit() for letter in text):
        known = (*WORDS, "merged with ID")
        raise ValueError(f"not a size: {text.strip()!r} (write millimetres; {near(text, known)})")
    if text.lstrip().startswith(("<", "≤")):
        raise ValueError(
            f"not one length: {text.strip()!r} (write the number that was measured, or too small "
            "where the lesion was seen and could not be measured)"
        )
    diameters = diameters_of(text)
    if len(diameters) == 1:
        return _Part(length_in_nanometres(text), None)
    if len(diameters) > 2:
        raise ValueError(_two_diameters(text, diameters))
    if not _UNIT.search(diameters[-1]):
        raise ValueError(f"no unit: {text.strip()!r} (write {' x '.join(diameters)} mm)")
    width, length = sorted(map(length_in_nanometres, diameters))
    if length * width % _PER_PRODUCT:
        raise ValueError(
            f"finer than can be multiplied: {text.strip()!r} (write 3 decimals of a mm at most)"
        )
    return _Part(length, width)


def _two_diameters(text: str, diameters: tuple[str, ...]) -> str:
    """The message for a size of three diameters: criteria take the two of one plane, or one."""
    unit = _UNIT.search(text)
    name = unit[0].strip() if unit else "mm"
    numbers = [_UNIT.sub("", each).strip() for each in diameters]
    try:
        longest = sorted(numbers, key=lambda each: float(each.replace(",", ".")))[::-1]
    except ValueError:
        longest = numbers
    pair = f"{longest[0]} x {longest[1]} {name}"
    return (
        f"three diameters: {text.strip()!r} (write the longest and the longest perpendicular to "
        f"it in one plane, as {pair}; or the longest alone)"
    )
