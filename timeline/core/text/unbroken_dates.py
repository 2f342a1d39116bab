"""Dates within a text, which no line may break: in ``2020-10`` a line would end at the hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A year with a month, or with a month and a day; X for a digit that is not known (EDTF).
DATE = r"(?<![\w-])[0-9X]{4}(?:-[0-9X]{2}){1,2}(?![\w-])"
_DATE = re.compile(f"({DATE})")


def with_dates(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text in order, each with whether it is a date; no part is empty.

    >>> list(with_dates("from 2020-10 on"))
    [('from ', False), ('2020-10', True), (' on', False)]
    """
    for number, part in enumerate(_DATE.split(text)):
        if part:
            yield part, bool(number % 2)
