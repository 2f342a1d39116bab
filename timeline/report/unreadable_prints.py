"""Prints of a report that are no figure to this tool: findings of an audit, no faults of the file.

What a claim copies may be read by nobody (``three-fifths``, ``spring 2020``), or be impossible
(``5 to 2``). Only what no report prints is left to the one who wrote the file.
"""

from __future__ import annotations

import re

import attrs

# A number as a program writes it, or one longer than any figure: a slip of the file.
_OF_NO_REPORT = re.compile(r"[0-9][eE][-+]?[0-9]|[0-9]{31}|[\x00-\x1f\x7f]|https?://")
_MORE_DIGITS = "a ratio of"  # a ratio of 0, which is copied without its digits
_LONGEST = 100  # characters of a print
_ADVICE = re.compile(r"\((?P<advice>[^()]*(?:\([^()]*\)[^()]*)*)\)$")
# What a reader says of an order that nothing can have.
_BACKWARDS = {
    "the larger number comes first": "the larger number comes first",
    "ends before it starts": "it ends before it starts",
}


@attrs.frozen
class Unread:
    """A print as it stands, why it is no figure, and what is impossible in it (else nothing)."""

    text: str
    description: str
    impossible: str = ""

    def __str__(self) -> str:
        return self.text


def unread(text: str, what: str, fault: str) -> Unread | None:
    """A print that a reader refused; None where the one who wrote the file must correct it.

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
