"""Grades of adverse events by CTCAE, 1 to 5, as printed: one, or a range of them."""

from __future__ import annotations

import re

from timeline.core.frozen_class import frozen


@frozen
class Grades:
    """One or more grades of an adverse event, 1 to 5, such as ``III`` or ``3-4``."""

    text: str
    values: tuple[int, ...]

    def __str__(self) -> str:
        return self.text

    @property
    def worst(self) -> int:
        """The highest of them."""
        return self.values[-1]

    @property
    def number(self) -> str:
        """The grade as printed, without a word for grade: ``2`` of ``G2`` and of ``grade 2``.

        >>> grades("G2").number, grades("level III").number, grades("any grade").number
        ('2', 'III', 'any')
        """
        return _G.sub("", " ".join(_WORD.sub(" ", self.text).split()))


# The first word of each grade (NCI, CTCAE 5.0, 2017, Grades). A report may use them otherwise.
_WORDS = {"mild": 1, "moderate": 2, "severe": 3, "life-threatening": 4, "fatal": 5}
_WORD = re.compile(r"\b(?:grades?|levels?|ctcae)\b", re.IGNORECASE)
_G = re.compile(r"\bg\s?(?=[1-5iv]+\b)", re.IGNORECASE)  # G3, as tables of adverse events write
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
ALL_GRADES = (1, 2, 3, 4, 5)


def grades(text: str) -> Grades:
    """Grades as printed: ``level III``, ``grade 3``, ``3-4``, ``>= 3``, ``any grade``."""
    plain = _G.sub("", _WORD.sub(" ", text.lower()).strip())
    if plain in ("any", "all"):
        return Grades(text.strip(), ALL_GRADES)
    if plain.startswith(("≥", ">=")):
        first = _grade(plain.lstrip("≥>="), text)
        return Grades(text.strip(), tuple(range(first, 6)))
    ends = [_grade(part, text) for part in re.split(r"\s*(?:\bto\b|or|and|–|-|/|\+)\s*", plain)]
    return Grades(text.strip(), tuple(range(ends[0], ends[-1] + 1)) or _backwards(text))


def _grade(part: str, text: str) -> int:
    word = part.strip()
    value = _ROMAN.get(word) or (int(word) if re.fullmatch(r"[1-5]", word) else None)
    if value is None:
        raise ValueError(f"not a grade: {text!r} (write level III, 3, 3-4, >= 3 or any grade)")
    return value


def _backwards(text: str) -> tuple[int, ...]:
    raise ValueError(f"the higher grade comes first: {text!r} (write 3-4)")


def event_grades(text: str) -> Grades:
    """The grade of one adverse event: ``3``, ``III``; ``2-3`` if the report states both; ``>= 3``.

    Whatever compares it takes any of them; whatever needs one takes the worst, as CTCAE counts an
    event by its highest grade.
    """
    try:
        found = grades(text)
    except ValueError as fault:
        if "not a grade" not in str(fault):
            raise
        number = _WORDS.get(text.strip().lower())
        write = "write 3, 2-3 or >= 3" if number is None else (
            f"write {number} if the report grades by CTCAE; if not, write the word in what: and "
            "leave out grade:")  # fmt: skip
        raise ValueError(f"not a grade: {text!r} ({write})") from None
    if found.values == ALL_GRADES:
        raise ValueError(f"not a grade of one event: {text!r} (write 3, or 2-3)")
    return found
