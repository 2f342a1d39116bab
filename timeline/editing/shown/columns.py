"""Which columns of a grid are shown: the usual ones, those of the kinds in it, and those in use."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from timeline.core.problem import listed
from timeline.editing.event_rows import DATE, END, KIND
from timeline.editing.grid import Grid, GridColumn
from timeline.record.events import EVENTS, KINDS

ALWAYS = (  # columns of a grid of events that has no row yet
    *(KIND, DATE, END, "what", "line", "drugs", "called", "target", "sum", "non-target", "new"),
    *("baseline", "modality", "setting", "cycle", "stop"),
)
USUAL: Mapping[str, tuple[str, ...]] = {  # the further columns of each kind that is in the grid
    "diagnosis": ("site", "stage", "grade"),
    "symptom": ("ecog",),
    "visit": ("type",),
    "biopsy": ("site",),
    "biomarker": ("name", "assay", "result"),
    "surgery": ("site", "margin"),
    "radiotherapy": ("site", "dose", "fractions"),
    "treatment": ("cycles",),
    "toxicity": ("grade",),
    "lab": ("values",),
    "performance": ("ecog",),
    "transfusion": ("product", "units"),
    "ablation": ("site",),
    "embolisation": ("site",),
    "procedure": ("site",),
    "stent": ("site",),
    "relapse": ("site",),
    "metastasis": ("site",),
    "dose held": ("reason",),
    "dose reduced": ("reason",),
    "dose increased": ("reason",),
    "dose resumed": ("reason",),
    "treatment refused": ("reason",),
    "last contact": ("disease-status",),
    "lost to follow-up": ("disease-status",),
    "withdrawal": ("disease-status",),
    "death": ("cause",),
}
_FIRST = ("sum", "grade", "site", "ecog", "values", "dose", "fractions", "stage", "cycles",
          "lesions", "change", "criterion", "resolved", "note", "place", "id")  # fmt: skip
NO_DATE = "20XX"  # the date of a row that was added without one
_NAMED = 3  # kinds that a text names


def shown_columns(grid: Grid, added: Collection[str] = ()) -> tuple[GridColumn, ...]:
    """The columns of a grid that are shown, in its order.

    Args:
        grid: of events or of claims.
        added: the keys of columns that a person has asked for.

    Returns:
        Of a grid of events the usual columns, those of the kinds of its rows, those that a row
        has a value in, and those that were added; of any other grid all columns.
    """
    if grid.columns and grid.columns[0].key != KIND:
        return grid.columns
    kinds = {KINDS[row.kind].kind for row in grid.rows if row.kind in KINDS}
    wanted = {*ALWAYS, *added, *(key for row in grid.rows for key in row.cells)}
    wanted |= {key for kind in kinds for key in USUAL.get(kind, ())}
    return tuple(column for column in grid.columns if column.key in wanted)


def more_columns(
    grid: Grid, added: Collection[str] = ()
) -> tuple[tuple[GridColumn, ...], tuple[GridColumn, ...]]:
    """The columns of a grid that are not shown: the usual ones first, then all others by name."""
    shown = {column.key for column in shown_columns(grid, added)}
    left = {column.key: column for column in grid.columns if column.key not in shown}
    first = tuple(left.pop(key) for key in _FIRST if key in left)
    return first, tuple(left[key] for key in sorted(left))


def first_to_fill(grid: Grid, row: int, shown: Sequence[str]) -> str:
    """The key of the cell of a new row that is to be filled first.

    Args:
        grid: of events or of claims.
        row: the number of the row, from 0.
        shown: the keys of the columns that are shown, in their order.

    Returns:
        That of the date where it is not known at all; else the first column behind the one that
        names the kind which the row takes and has no value in; else the first that is shown.
    """
    new = grid.rows[row]
    if new.cells.get(DATE) == NO_DATE:
        return DATE
    columns = {column.key: column for column in grid.columns}
    left = (
        key
        for key in shown
        if key not in new.cells
        and key != END
        and not columns[key].fixed
        and new.kind in columns[key].kinds
    )
    return next(left, shown[0])


def kinds_that_take(column: GridColumn, most: int = _NAMED) -> str:
    """The kinds of rows that take a column, in words: ``every event``, ``diagnosis, toxicity``.

    ``most``: kinds that are named; the others are counted.
    """
    kinds = [kind for kind in EVENTS if kind in column.kinds]
    if len(kinds) == len(EVENTS):
        return "every event"
    return listed(kinds, most=most) if kinds else "no event"


def why_not_taken(column: GridColumn, kind: str) -> str:
    """Why a row of a kind has no cell in a column; empty where it has one.

    >>> from timeline.editing.event_rows import columns
    >>> grade = next(each for each in columns() if each.key == "grade")
    >>> why_not_taken(grade, "scan")
    "scan has no 'grade': it is a key of diagnosis, toxicity"
    """
    if column.fixed:
        return f"the {column.title} follows from the other cells and is not written"
    if kind in column.kinds:
        return ""
    if not kind:
        return "the row has no known kind of event (write the event first)"
    return f"{kind} has no {column.key!r}: it is a key of {kinds_that_take(column, len(EVENTS))}"
