"""The number of a line of therapy in words: ``1st``, ``second line``, ``L3``."""

from __future__ import annotations

import re

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_FORM = re.compile(
    rf"(?:line |l ?)?(?:(?P<digits>[1-9][0-9]?)(?:st|nd|rd|th)?|(?P<word>{'|'.join(_ORDINALS)}))"
    r"(?:[- ]?(?:line|l))?(?: (?:therapy|treatment|chemotherapy))?",
    re.IGNORECASE,
)


def line_number(text: str) -> str:
    """The number of the line that a text names, as a cell has it; empty of any other text.

    >>> [line_number(each) for each in ("1st", "first", "L1", "2nd line", "3L", "1-2", "adjuvant")]
    ['1', '1', '1', '2', '3', '', '']
    """
    found = _FORM.fullmatch(" ".join(text.split()))
    if found is None:
        return ""
    return found["digits"] or str(_ORDINALS.index(found["word"].lower()) + 1)
