"""The order of the assessments of a subject, and the one of each day that counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.settings.trial import TrialSettings
from timeline.terminology.response_codes import Code
from timeline.trial.problems import shown_values
from timeline.trial.reading.dates import iso
from timeline.trial.reading.values import TableReader

Array = npt.NDArray[Any]
# From best to worst, as the templates of admiralonco rank them: any other response beats NE.
WORST_LAST = (
    *(Code.NE, Code.NED, Code.CR, Code.PR, Code.SD),
    *(Code.NON_CR_NON_PD, Code.UPD, Code.PD),
)


def in_order(rows: Array, subject: Array, sequence: Array) -> Array:
    """Rows by subject and by their number in the subject, else by their place in the table."""
    who, number = subject[rows], sequence[rows]
    later = who[1:] > who[:-1]
    numbered = bool(len(number)) and not np.isnan(number).all()
    ordered = later | ((who[1:] == who[:-1]) & (not numbered or (number[1:] >= number[:-1])))
    if ordered.all():
        return rows
    if not numbered:
        return rows[np.argsort(who, kind="stable")]
    return rows[np.lexsort((number, who))]


def check_sequence(reader: TableReader, order: Array, subject: Array, sequence: Array) -> None:
    """Each row of a subject has a number of its own; ``order`` is by subject and number."""
    who, number = subject[order], sequence[order]
    again = np.zeros(len(order), dtype=bool)
    same = (who[1:] == who[:-1]) & (number[1:] == number[:-1])
    again[1:] |= same
    again[:-1] |= same
    reader.problems.add_where(
        "duplicate_sequence",
        reader.source.label,
        again,
        lambda at: (
            f"several rows of one subject with the number "
            f"{shown_values(f'{number[each]:g}' for each in at)} (number each once)"
        ),
        column=reader.chosen.get("sequence", ""),
        rows=order,
    )


def one_per_day(
    reader: TableReader,
    rows: Array,
    subject: Array,
    day: Array,
    code: Array,
    settings: TrialSettings,
) -> Array:
    """Of the rows of each subject and day the one that counts."""
    if not len(rows):
        return rows
    key = (subject[rows] << 20) + (day[rows] + (1 << 18))
    if not (key[1:] >= key[:-1]).all():
        by_day = np.argsort(key, kind="stable")
        rows, key = rows[by_day], key[by_day]
    same = key[1:] == key[:-1]
    if not same.any():
        return rows
    differs = np.zeros(len(rows), dtype=bool)
    unequal = same & (code[rows][1:] != code[rows][:-1])
    differs[1:] |= unequal
    differs[:-1] |= unequal
    reader.problems.add_where(
        "same_day",
        reader.source.label,
        differs,
        lambda at: (
            f"different responses of one day: "
            f"{shown_values(iso(int(day[rows[place]])) for place in at)}"
        ),
        column=reader.chosen.get("response", ""),
        rows=rows,
    )
    return _chosen(rows, key, code, settings.one_per_day)


def _chosen(rows: Array, key: Array, code: Array, rule: str) -> Array:
    """The first or the last row of each key, after they were ranked where the rule ranks them."""
    if rule in ("worst", "best"):
        order = np.lexsort((RANKS[rule][code[rows]], key))
        rows, key = rows[order], key[order]
    changes = key[1:] != key[:-1]
    ends = np.append(True, changes) if rule == "first" else np.append(changes, True)
    found: Array = rows[ends]
    return found


def _ranks(order: Sequence[Code]) -> Array:
    ranks = np.zeros(len(Code), dtype=np.int8)
    ranks[list(order)] = np.arange(len(order))
    return ranks


# Any other response beats NE, for the best as for the worst.
RANKS = {"worst": _ranks(WORST_LAST), "best": _ranks((Code.NE, *reversed(WORST_LAST[1:])))}
