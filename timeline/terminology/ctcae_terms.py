"""Terms of CTCAE 5.0 that have fewer than five grades: the rows of ``data/ctcae.csv``."""

from __future__ import annotations

import re

from timeline.core.data_tables import data_rows
from timeline.core.frozen_class import frozen


@frozen
class Term:
    """A term of CTCAE 5.0, the grades it is defined for, and other words for it in reports."""

    term: str
    grades: tuple[int, ...]
    also: tuple[str, ...] = ()


TERMS = tuple(
    Term(
        row.text("term"),
        tuple(range(row.required("lowest_grade", int), row.required("highest_grade", int) + 1)),
        row.texts("also"),
    )
    for row in data_rows("ctcae")
)
_KNOWN = {word: row for row in TERMS for word in (row.term, *row.also)}


def grades_of(term: str) -> Term | None:
    """The row of a term as a report writes it; None where it is not known, or has all grades.

    The words must match exactly: a further word may make it another term.
    """
    return _KNOWN.get(re.sub(r"\s+", " ", term.strip().lower()))
