"""The words of authors for a response: the rows of ``data/response_words.csv``.

A category is one of a response criterion. A call is any other description: metabolic responses
are terms of PERCIST and of the EORTC, and no status is derived from them, nor from the others.
"""

from __future__ import annotations

from timeline.core.data_tables import DataRow, data_rows
from timeline.core.schema import one_of
from timeline.terminology.criteria import LABELS

_LASTING_OF = ("CR", "PR", "SD")  # what may last: ongoing partial response
_ROWS = tuple(data_rows("response_words"))


def _of_kind(kind: str) -> tuple[DataRow, ...]:
    return tuple(row for row in _ROWS if row.text("kind") == kind)


def _spellings(row: DataRow) -> tuple[str, ...]:
    return row.text("word"), *row.texts("also")


# Calls of the authors on how the disease behaves: no category of a criterion, and no finding.
HYPERPROGRESSION, PSEUDOPROGRESSION = "hyperprogression", "pseudoprogression"
OTHER_CALLS = tuple(row.text("word") for row in _of_kind("call"))
CALLS = (*LABELS, *OTHER_CALLS)


def _meanings() -> dict[str, str]:
    """Each other spelling, and the category or the call that it means."""
    known = (*_of_kind("category"), *_of_kind("call"))
    plain = {also: row.text("word") for row in known for also in row.texts("also")}
    lasting = {
        f"{lasts} {spelling}": row.text("word")
        for row in known
        if row.text("word") in _LASTING_OF
        for lasts in (each for first in _of_kind("lasting") for each in _spellings(first))
        for spelling in _spellings(row)
    }
    return plain | lasting


CALLS_BY_NAME = _meanings()
REFUSED = {
    spelling: row.text("advice") for row in _of_kind("refused") for spelling in _spellings(row)
}
response_called = one_of(CALLS, "response", CALLS_BY_NAME, refused=REFUSED, loose=True)
