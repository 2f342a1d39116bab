"""Notes of a printed time which state that it had not ended: a response that is ongoing.

Such a time is a lower bound, as one printed ``16+`` is. A row for each kind of end.
"""

from __future__ import annotations

import re

from timeline.core.claimed_numbers import claimed_number
from timeline.core.printed_numbers import Printed
from timeline.terminology.endpoints import rows_of

_RUNS = (
    r"(?:remains?|still|is|was|and|are|response|remission|control|stable disease|i?(?:CR|PR|SD)|"
    r"treatment|therapy|survival|PFS|OS|DoR|benefit)"
)
_UNENDED = rf"(?:^|[;,.(:]|\b{_RUNS})\s*(?:on-?going|continuing|censored)\b|\bnot (?:yet )?ended\b"
_WORSE = r"(?:progress\w*|PD|relaps\w*|recurren\w*|recurred|event)"
_NO_PROGRESSION = (
    rf"\b(?:no|without)(?: \w+)?(?: \w+)? {_WORSE}|\b(?:not|never)(?: yet)? (?:progressed|relapsed|"
    r"recurred)|\b(?:progression|relapse|recurrence|event|disease)-free"
)
# By what the absence of its event is called (``Endpoint.event``). A time to response has no row:
# a response that is ongoing has been reached.
_ROWS = {
    "progression": rf"{_UNENDED}|{_NO_PROGRESSION}",
    "recurrence": rf"{_UNENDED}|{_NO_PROGRESSION}",
    "event": rf"{_UNENDED}|{_NO_PROGRESSION}",
    "second progression": rf"{_UNENDED}|\bno second progression",
    "death": rf"{_UNENDED}|\b(?:alive|living|no death)\b",
    "end of treatment": rf"{_UNENDED}|\b(?:still|remains) (?:on|receiving|under)\b",
    "discontinuation": rf"{_UNENDED}|\b(?:still|remains) (?:on|receiving|under)\b",
    "next treatment": rf"{_UNENDED}|\bno (?:further|next|new|other|subsequent) (?:\w+ )?"
    r"(?:treatment|therapy|line)\b",
}
# What takes it back, or makes it a name: not ongoing; no progression until May; relapse-free
# survival.
_BEFORE = re.compile(r"\b(?:not|no longer|no)\s*$", re.IGNORECASE)
_AFTER = re.compile(r"^\s*-?(?:until|till|before|prior|for|in the|survival|interval|time|period)\b")


def is_ongoing(endpoint: str, words: str) -> bool:
    """Whether the note of a time states that the event that ends it has not occurred.

    >>> is_ongoing("DoR", "response ongoing"), is_ongoing("DoR", "no progression until May")
    (True, False)
    """
    rows = [_ROWS[row.event] for row in rows_of(endpoint) if row.event in _ROWS]
    return any(
        not _BEFORE.search(words[: found.start()]) and not _AFTER.search(words[found.end() :])
        for row in rows[:1]
        for found in re.finditer(row, words, re.IGNORECASE)
    )


def as_ongoing(number: Printed) -> Printed:
    """A plain printed time as one that had not ended: ``16`` as ``16+``; else as it is."""
    return number if number.value is None else claimed_number(f"{number.text.strip()}+")
