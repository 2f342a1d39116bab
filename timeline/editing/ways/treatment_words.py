"""Words that stand around a treatment in a column of events: that it began, and its cycles.

The words that something began are rows of ``data/begin_words.csv``. What a word says to have ended,
or a cycle after the first, is no treatment that began on the date of its row.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from timeline.core.data_tables import data_rows

_AROUND = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (
        r"(?P<drugs>.+?),? ?[x×] ?(?P<cycles>[0-9]{1,2})(?: cycles?)?",
        r"(?P<drugs>.+?),? \(?(?P<cycles>[0-9]{1,2}) cycles\)?",
        r"(?P<cycles>[0-9]{1,2}) cycles (?:of )?(?P<drugs>.+)",
    )
)
_IN_BRACKETS = re.compile(r"([^()]+?) ?\([^()]+\)")


def begun_part(word: str) -> str:
    """What a word says to have begun; empty where it says nothing of it.

    >>> begun_part("Start FOLFOX"), begun_part("C1 of AC"), begun_part("C3 AC")
    ('FOLFOX', 'AC', '')
    """
    before, after = _patterns()
    found = before.fullmatch(word) or after.fullmatch(word)
    return found["what"] if found else ""


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words before what began, and those after it."""
    rows = tuple(data_rows("begin_words"))
    before = [row.text("word") for row in rows if row.text("place") != "after"]
    after = [row.text("word") for row in rows if row.text("place") != "before"]
    return (
        re.compile(rf"(?:{_any_of(before)})[:,]? (?:on |of )?(?P<what>.+)", re.IGNORECASE),
        re.compile(rf"(?P<what>.+?)[:,]? (?:was |were )?(?:{_any_of(after)})", re.IGNORECASE),
    )


def _any_of(words: Sequence[str]) -> str:
    """A pattern of any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def around(word: str) -> tuple[str, dict[str, str]] | None:
    """The drugs of a word that states more of them, with the cells of that; None of any other.

    >>> around("FOLFOX x6"), around("Lutetium (PRRT)")
    (('FOLFOX', {'cycles': '6'}), ('Lutetium', {'what': 'Lutetium (PRRT)'}))
    """
    for pattern in _AROUND:
        if found := pattern.fullmatch(word):
            return found["drugs"], {"cycles": found["cycles"]}
    if inside := _IN_BRACKETS.fullmatch(word):
        return inside[1], {"what": word}
    return None
