"""Which rows of a table of responses are of the criterion that is derived (RSCAT).

One RS may hold the assessments of one subject by several criteria, RECIST 1.1 beside iRECIST. Rows
of another one are left out and named; nothing is guessed where no row names the one that is asked.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.terminology.criteria import TERMS, criterion_of_category
from timeline.trial.presets import DERIVABLE
from timeline.trial.problems import shown_values
from timeline.trial.reading.values import TableReader

Array = npt.NDArray[Any]


def criterion_rows(reader: TableReader, criterion: Criterion, wanted: Array) -> Array:
    """The rows of one criterion; every row where the table names no criterion.

    Args:
        reader: of the table of responses; what is left out is kept among its faults.
        criterion: the one that is derived.
        wanted: the rows that could count, of whichever criterion.
    """
    every = np.ones(reader.source.rows, dtype=bool)
    text = reader.text("category")
    here = np.unique(text.code[wanted & ~text.missing])
    words = {int(code): text.words[code] for code in here}
    named = {code: criterion_of_category(word) for code, word in words.items()}
    if not any(named.values()):
        return every  # no category, or such as name no criterion: TUMOR RESPONSE
    mine = np.isin(text.code, [code for code, title in named.items() if title == criterion.title])
    if not (mine & wanted).any():
        reader.problems.add_where(
            "no_criterion", reader.source.label, wanted,
            lambda _: f"no response by {criterion.title}: "
            f"{shown_values(words.values())} ({_advice(named.values())})",
            column=reader.chosen["category"],
        )  # fmt: skip
        return mine
    reader.problems.add_where(
        "other_criterion", reader.source.label, wanted & ~mine,
        lambda at: f"responses not by {criterion.title}: "
        f"{shown_values(word or 'none named' for word in text.texts(at))}",
        column=reader.chosen["category"],
    )  # fmt: skip
    return mine


def _advice(titles: Any) -> str:
    """The criteria that could be asked for."""
    keys = [TERMS[title].key for title in dict.fromkeys(titles) if title in TERMS]
    usable = [f"criterion={key!r}" for key in keys if key in DERIVABLE]
    return f"write {' or '.join(usable)}" if usable else "write the criterion in RSCAT"
