"""Which grades an adverse event has in CTCAE 5.0: the terms with fewer than five grades.

The rows are in ``data/ctcae.csv``. Each was compared with the published table of terms. Words of
reports that are no term of CTCAE are listed only where the usual coding has one term for them.
"""

from __future__ import annotations

import re

import attrs

from timeline.core.data_tables import data_rows

SOURCE = "Common Terminology Criteria for Adverse Events 5.0, NCI, 27 November 2017"


@attrs.frozen
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
