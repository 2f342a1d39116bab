"""What a word of reports that is no kind of event may become in a grid.

The words are rows of ``data/event_words.csv``: each with a kind of event, and with what the word
itself states of it. ``CT`` is a scan with the modality CT; ``PD`` may be a scan that was called PD,
or a progression that no scan documents. Nothing is chosen here: a person does.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import attrs

from timeline.core.data_tables import DataRow, data_rows
from timeline.core.text.spelling import loosely_folded
from timeline.editing.event_rows import KIND

_NOTE = "note"


@attrs.frozen(kw_only=True)
class Way:
    """What a text that a cell does not take may become.

    Attributes:
        words: what is written, as words of a button: ``scan, modality: CT``.
        cells: the text of each cell of the row that is written, by the key of its column.
    """

    words: str
    cells: Mapping[str, str]


@functools.cache
def _rows() -> Mapping[str, Sequence[DataRow]]:
    """The rows for each word, by its folded form."""
    found: dict[str, list[DataRow]] = {}
    for row in data_rows("event_words"):
        for word in (row.text("word"), *row.texts("also")):
            found.setdefault(loosely_folded(word), []).append(row)
    return found


def event_ways(word: str, cells: Mapping[str, str]) -> tuple[Way, ...]:
    """What a word in the place of the kind of an event may become.

    Args:
        word: the word, such as ``CT``.
        cells: the other cells of its row, by the keys of their columns. One that has a value keeps
            it; what the word states beside it goes into the note.

    Returns:
        One way for each kind of event that the word may be; none for a word without a row.

    >>> [each.words for each in event_ways("CT", {})]
    ['scan, modality: CT']
    >>> [each.cells for each in event_ways("PD", {})]
    [{'event': 'scan', 'called': 'PD'}, {'event': 'progression'}]
    >>> event_ways("CT", {"modality": "MRI", "note": "late"})[0].cells
    {'event': 'scan', 'note': 'late; CT'}
    """
    plain = " ".join(word.split())
    return tuple(_way(row, plain, cells) for row in _rows().get(loosely_folded(plain), ()))


def _way(row: DataRow, word: str, cells: Mapping[str, str]) -> Way:
    pairs = (text.partition(": ") for text in row.texts("cells"))
    stated = {key: value.replace("{word}", word) for key, _, value in pairs}
    free = {key: value for key, value in stated.items() if cells.get(key, "") in ("", value)}
    if free != stated and word.lower() not in cells.get(_NOTE, "").lower():
        note = cells.get(_NOTE, "")
        free[_NOTE] = f"{note}; {word}" if note else word
    kind = row.text("event")
    told = ", ".join((kind, *(f"{key}: {value}" for key, value in free.items())))
    when = f" ({row.text('when')})" if row.text("when") else ""
    return Way(words=f"{told}{when}", cells={KIND: kind, **free})
