"""Tables with a parameter in each row (PARAMCD, TRTESTCD): which rows hold the changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from renderers.response.tables.shapes import Kind, ShapedTable
from renderers.tables.csv_table import TableRow
from renderers.tables.labels import words_of
from timeline.core.problem import Problem
from timeline.core.text.spelling import folded

_NAMED = 8  # values that a message names
_CODES = (
    (("code of a sum",), Kind.SUM),
    (("code of a change",), Kind.CHANGE),
    (("code of a diameter", "code of a short axis"), Kind.SIZE),
)
Found = tuple[Kind | None, str, list[TableRow], list[Problem]]


def rows_of_parameter(table: ShapedTable, rows: list[TableRow]) -> Found:
    """The kind and the field of the values of a table, their rows, and a note or the fault.

    Of a table with a parameter in each row the sums are taken, else changes, else diameters.
    """
    if table.shape.kind is not None:
        return table.shape.kind, table.shape.value, rows, []
    heading = table.heading("parameter")
    where = attrs.evolve(table.rows[0].where("parameter"), line=1)
    present = tuple(dict.fromkeys(row.text("parameter") for row in rows))
    for meanings, kind in _CODES:
        words = frozenset[str]().union(*map(words_of, meanings))
        codes = [code for code in present if folded(code) in words]
        if len(codes) > 1 and kind is not Kind.SIZE:
            what = f"{heading} holds {', '.join(map(repr, codes))}: which one is drawn? (--option "
            return None, "", rows, [Problem(where, f"{what}'only={heading}: {codes[0]}')")]
        if codes and (kind is not Kind.SIZE or table.has("lesion")):
            taken = [row for row in rows if row.text("parameter") in codes]
            others = [code for code in present if code and code not in codes]
            note = f"{heading} {', '.join(codes)} is read"
            note += f", not {few(others)}" if others else ""
            if kind is Kind.SIZE:
                return _by_axis(table, taken, Problem(where, note))
            return kind, "value", taken, [Problem(where, note)]
    what = f"{heading} holds no sum, no change and no diameter: {few(present)} "
    return None, "", rows, [Problem(where, f"{what}(SUMDIAM, SDIAM, PCHG, LDIAM are known; give "
                                    "a table with a column of sums)")]  # fmt: skip


def _by_axis(table: ShapedTable, rows: list[TableRow], note: Problem) -> Found:
    """Of lesions with both axes the short one of a node, the long one of any other (RECIST 1.1).

    Eisenhauer 2009, 4.2.1: nodes are measured by their short axis.
    """
    short = words_of("code of a short axis")
    axes: dict[tuple[str, ...], set[bool]] = {}
    for row in rows:
        axes.setdefault(_measured(row), set()).add(folded(row.text("parameter")) in short)
    both = {key for key, found in axes.items() if len(found) > 1}
    if not both:
        return Kind.SIZE, "value", rows, [note]
    if not table.has("location"):
        heading = table.heading("parameter")
        what = "both axes of a lesion, and no column tells nodes, which are measured by the short "
        what += f"one (add TULOC from TU; or --option 'only={heading}: LDIAM' for the long one)"
        return None, "", rows, [Problem(note.where, what)]
    taken = [row for row in rows
             if _measured(row) not in both
             or (folded(row.text("parameter")) in short) == _is_node(row)]  # fmt: skip
    what = f"the short axis is read of nodes ({table.heading('location')}), else the long one"
    return Kind.SIZE, "value", taken, [note, Problem(note.where, what)]


def _measured(row: TableRow) -> tuple[str, ...]:
    return tuple(row.text(field) for field in ("id", "time", "lesion"))


def _is_node(row: TableRow) -> bool:
    return "node" in folded(row.text("location"))


def few(words: Iterable[str]) -> str:
    """Some words, or the first of them and how many more there are."""
    found: Sequence[str] = tuple(words)
    most = ", ".join(found[:_NAMED])
    return most if len(found) <= _NAMED else f"{most} and {len(found) - _NAMED} more"
