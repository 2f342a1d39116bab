"""Printed values that cannot be parsed: findings of an audit, not faults of the file.

A claim may copy a text that is no number (``three-fifths``, ``spring 2020``) or that is impossible
(``5 to 2``). Only what no report prints is a fault of the file.
"""

from __future__ import annotations

import re

from timeline.core.frozen_class import frozen

# A number as a program writes it, or one longer than any figure: an error of the file.
_OF_NO_REPORT = re.compile(r"[0-9][eE][-+]?[0-9]|[0-9]{31}|[\x00-\x1f\x7f]|https?://")
_MORE_DIGITS = "a ratio of"  # a ratio of 0, which is copied without its digits
_LONGEST = 100  # characters of a print
_ADVICE = re.compile(r"\((?P<advice>[^()]*(?:\([^()]*\)[^()]*)*)\)$")
# The messages of a parser for an impossible order.
_BACKWARDS = {
    "the larger number comes first": "the larger number comes first",
    "ends before it starts": "it ends before it starts",
}


@frozen
class Unread:
    """A printed text, why it cannot be parsed, and what is impossible in it (else empty)."""

    text: str
    description: str
    impossible: str = ""

    def __str__(self) -> str:
        return self.text


def unread(text: str, what: str, fault: str) -> Unread | None:
    """A text that a parser refused; None where the file must be corrected.

    >>> fault = "not a printed number: 'three-fifths' (write 5)"
    >>> unread("three-fifths", "a number", fault).description
    "'three-fifths' cannot be read as a number (write 5)"
    >>> unread("1e99", "a number", "not a printed number: '1e99' (write 5)")
    """
    plain = " ".join(text.split())
    of_the_file = fault.startswith(_MORE_DIGITS) or _OF_NO_REPORT.search(text)
    if not plain or len(plain) > _LONGEST or of_the_file:
        return None
    for phrase, wrong in _BACKWARDS.items():
        if phrase in fault:
            return Unread(plain, f"printed {plain}; {wrong}", wrong)
    advice = _ADVICE.search(fault)
    return Unread(
        plain, f"{plain!r} cannot be read as {what}" + (f" {advice[0]}" if advice else "")
    )
