"""What to write in place of a word that a report has and a case file has not.

The words are rows of ``data/entry_words.csv``: those that an oncologist writes first as the kind of
an event or as its key, each with the entry or the key that a case file has for it. No word is read
as another: the message shows the line to write.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from timeline.core.data_tables import data_rows
from timeline.core.text.spelling import loosely_folded

_KIND, _KEY = "kind", "key"
_EXAMPLE = "2021-03"  # the date of an entry that has none
_LONGEST = 60  # characters of a value that a message repeats


@functools.cache
def _rows(of: str) -> Mapping[str, str]:
    """The advice for each word of one column, by its folded form."""
    return {
        loosely_folded(word): row.text("write")
        for row in data_rows("entry_words")
        if row.text("of") == of
        for word in (row.text("word"), *row.texts("also"))
    }


def kind_advice(word: str, at: str = "") -> str:
    """The entry to write for a word that is no kind of event.

    Args:
        word: the word in the place of the kind, such as ``CT``.
        at: the date that stands after it; empty where there is none.

    Returns:
        ``write {scan: 2021-03, modality: CT, ..}``; empty for a word without a row.

    >>> kind_advice("Tumour marker", "2020-03")
    'write {lab: 2020-03, values: {CA-125: 50 U/mL}}'
    """
    advice = _rows(_KIND).get(loosely_folded(word), "")
    return f"write {_filled(advice, word, at or _EXAMPLE)}" if advice else ""


def key_advice(word: str, value: str = "") -> str:
    """The key to write for a word that is no key of an event.

    Args:
        word: the key, such as ``status``.
        value: its value; empty where it is none of one line.

    Returns:
        ``write what: alive``; empty for a word without a row.

    >>> key_advice("status", "alive")
    'write what: alive'
    """
    return _filled(_rows(_KEY).get(loosely_folded(word), ""), word, "", value)


def _filled(advice: str, word: str, at: str, value: str = "") -> str:
    value = value if value and len(value) <= _LONGEST else ".."
    return advice.replace("{at}", at).replace("{word}", word).replace("{value}", value)
