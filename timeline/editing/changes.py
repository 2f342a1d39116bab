"""Changes of the text of a case file by its grids: text in, text out.

Comments, the layout and the order of everything that is not changed stay as they are. A change that
cannot be made is refused with its reasons, and the text is then the old one, byte for byte. The new
text is read again before it is given out: it holds the change and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from renderers.tables.columns import NOTHING
from timeline.editing.cell_values import Cells
from timeline.editing.claim_changes import ClaimChanges
from timeline.editing.claim_rows import columns as claim_columns
from timeline.editing.edits.case_text import CaseText
from timeline.editing.event_changes import EventChanges
from timeline.editing.event_rows import columns as event_columns
from timeline.editing.grid import CLAIMS, EVENTS, Edited
from timeline.editing.line_numbers import line_notes
from timeline.editing.references import taken_out_notes

Changes = EventChanges | ClaimChanges
COLUMNS = {EVENTS: event_columns, CLAIMS: claim_columns}
TABLES: Mapping[str, type[Changes]] = {EVENTS: EventChanges, CLAIMS: ClaimChanges}


def changes_of(text: str, table: str) -> Changes:
    """The changes of one grid of a text.

    Raises:
        ValueError: there is no such grid.
    """
    if table not in TABLES:
        raise ValueError(f"no such grid: {table!r} (write one of: {', '.join(TABLES)})")
    return TABLES[table](CaseText.of(text))


def with_cell(
    text: str, table: str, row: int, key: str, value: str, *, units: Mapping[str, str] = NOTHING
) -> Edited:
    r"""The text with another value in one cell.

    Args:
        text: the text of the file.
        table: ``events`` or ``claims``.
        row: the number of the row, from 0.
        key: the key of the column.
        value: the text of the cell, as in a case table; empty to take the key out.
        units: by the key of its column, what a number alone is a number of.

    Returns:
        The new text; the same text where the cell has this value already, or where there is a
        problem: the value is none that the key takes, or the kind of the row has no such key.

    Raises:
        ValueError: there is no such grid or row.

    >>> text = "case: a\nevents:\n  - {scan: 2021-03, called: PR}  # from the letter\n"
    >>> print(with_cell(text, "events", 0, "new", "liver; L1").text)
    case: a
    events:
      - {scan: 2021-03, called: PR, new: [liver, L1]}  # from the letter
    <BLANKLINE>
    """
    return with_cells(text, table, row, {key: value}, units=units)


def with_cells(
    text: str,
    table: str,
    row: int,
    values: Mapping[str, str],
    *,
    units: Mapping[str, str] = NOTHING,
) -> Edited:
    """The text with other values in some cells of one row: all of them, or none.

    Args:
        text: the text of the file.
        table: ``events`` or ``claims``.
        row: the number of the row, from 0.
        values: the text of each cell by the key of its column.
        units: as in `with_cell`.

    Returns:
        As `with_cell`.

    Raises:
        ValueError: there is no such grid or row.
    """
    changes = readable(text, table)
    if isinstance(changes, Edited):
        return changes
    _known(changes, (row,))
    columns = tuple(column.key for column in COLUMNS[table]())
    changes.cells(row, values, Cells(table=table, row=row, columns=columns, units=units))
    return told(changes, changes.draft.result(row, next(iter(values), "")))


def with_rows(text: str, table: str, at: int, rows: Sequence[Mapping[str, str]]) -> Edited:
    """The text with new rows.

    Args:
        text: the text of the file.
        table: ``events`` or ``claims``.
        at: the number that the first of them is to have, from 0; the number of rows to append.
        rows: the cells of each by the key of its column.

    Returns:
        The new text; the old one with every fault of the cells. Where the events stand in lists
        under their places in the report, a row goes to the list beside it that has its place.
        Without a place it goes to the list of the row above it, and gets the place of that list.

    Raises:
        ValueError: there is no such grid, or no such number.
    """
    changes = readable(text, table)
    if isinstance(changes, Edited):
        return changes
    if not 0 <= at <= len(changes.rows):
        raise ValueError(f"no place for a row: {at} (there are {len(changes.rows)} rows)")
    changes.insert(at, rows)
    return told(changes, changes.draft.result())


def without_rows(text: str, table: str, rows: Sequence[int]) -> Edited:
    """The text without some rows.

    Args:
        text: the text of the file.
        table: ``events`` or ``claims``.
        rows: the numbers of the rows, from 0.

    Returns:
        The new text. The comments of the rows stay, each on a line of its own. A place in the
        report goes with the last event under it. A note names the places that still name an event
        which was taken out.

    Raises:
        ValueError: there is no such grid or row.
    """
    changes = readable(text, table)
    if isinstance(changes, Edited):
        return changes
    _known(changes, rows)
    changes.remove(rows)
    edited = told(changes, changes.draft.result())
    if edited.problems or table != EVENTS:
        return edited
    notes = taken_out_notes(text, edited.text, rows)
    return attrs.evolve(edited, notes=(*edited.notes, *notes))


def moved_row(text: str, table: str, row: int, to: int) -> Edited:
    """The text with one row in another place; the comment lines directly above it move with it.

    Args:
        text: the text of the file.
        table: ``events`` or ``claims``.
        row: the number of the row, from 0.
        to: the number that it is to have.

    Returns:
        The new text; the old one with a problem where the row would come under another place of
        the report.

    Raises:
        ValueError: there is no such grid or row.
    """
    changes = readable(text, table)
    if isinstance(changes, Edited):
        return changes
    _known(changes, (row, to))
    if row != to:
        changes.move(row, to)
    return told(changes, changes.draft.result(row))


def readable(text: str, table: str) -> Changes | Edited:
    """The changes of a text; the text with its problems where nothing of it can be read."""
    changes = changes_of(text, table)
    if changes.case.root is None and changes.case.text.strip():
        return Edited(text, changes.case.problems)
    return changes


def _known(changes: Changes, rows: Sequence[int]) -> None:
    for row in rows:
        if not 0 <= row < len(changes.rows):
            raise ValueError(f"no such row: {row} (there are {len(changes.rows)} rows)")


def told(changes: Changes, edited: Edited) -> Edited:
    """The change with what it did to the lines of therapy."""
    if edited.problems or changes.top != EVENTS:
        return edited
    return attrs.evolve(edited, notes=line_notes(changes.case.plain, changes.draft.plain))
