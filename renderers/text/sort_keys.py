"""What texts and numbers of patients are sorted by, in a figure and on its page."""

from __future__ import annotations

import re

from timeline.core.span import Number
from timeline.terminology.criteria import BEST_FIRST

Rank = tuple[tuple[int, float, str], ...]
_DIGITS = re.compile(r"(\d+(?:\.\d+)?)")


def rank(text: str) -> Rank:
    """The sort key of a text: numbers by size, the rest by letter; an empty text is last.

    Categories of response are in clinical order: CR, PR, SD, PD, NE.
    """
    if not text:
        return ((2, 0.0, ""),)
    if text in BEST_FIRST:
        return by_size(BEST_FIRST.index(text))
    parts = _DIGITS.split(text.casefold())
    return tuple(
        (0, float(part), "") if n % 2 else (1, 0.0, part) for n, part in enumerate(parts) if part
    )


def by_size(number: Number | None) -> Rank:
    """The sort key of a number; None is last."""
    return ((0, float(number), ""),) if number is not None else ((2, 0.0, ""),)
